"""The menu of a site, and where the pages stand that are not in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mkdocs.structure.files import Files

from kamgen.message import say
from kamgen.page import Page
from kamgen.pages.handbook import PREFIX
from kamgen.plugin.made import MadePage


def navigation(by_section: Mapping[str, list[Page]], handbook: Iterable[str], language: str) -> list[Any]:
    """The menu where mkdocs.yml has none: our pages in their order, then the handbook with the company's pages and those of ours below it."""
    alone = by_section.get("", [])
    below = [page.address for page in alone if page.parent]
    places: list[tuple[int, Any]] = [(page.menu or 0, page.address) for page in alone if not page.parent and not page.address.startswith(PREFIX)]
    groups = [(name, pages) for name, pages in by_section.items() if name]
    places += [(pages[0].menu or 0, {say(f"site.section.{name}", language=language): [page.address for page in pages]}) for name, pages in groups]
    return [*(entry for _, entry in sorted(places, key=lambda place: place[0])), {say("site.handbook", language=language): [*handbook, *below]}]


def attach(files: Files) -> None:
    """Pages outside the navigation get what is above and beside them: breadcrumbs, the active tab."""
    families: dict[str, list[MadePage]] = {}
    for page in (file.page for file in files.documentation_pages()):
        if isinstance(page, MadePage) and page.made.parent and page.made.menu is None:
            families.setdefault(page.made.parent, []).append(page)
    for parent, children in families.items():
        file = files.get_file_from_path(parent)
        for before, page, after in zip([None, *children], children, [*children[1:], None], strict=False):
            page.parent = file.page if file else None  # type: ignore[assignment]  # Material's blog does the same
            page.previous_page, page.next_page = before, after
