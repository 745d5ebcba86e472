"""Pages of the company's own beside ours: `extra:` of the plugin in mkdocs.yml names a template of the company for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kamgen.figures.summary import summary
from kamgen.page import Page
from kamgen.site import Site

SECTIONS: Final = ("work", "views", "customers", "money")
"""The groups of the menu that a page may stand in."""
PLACE: Final = 75
"""Where in the menu a page stands that says nothing of it: after ours, before plan health."""
ADDRESS: Final = re.compile(r"[\w-]+(?:[/.][\w-]+)*\.md")
TEMPLATE: Final = re.compile(r"[\w-]+(?:[/.][\w-]+)*\.html")


class ExtraError(ValueError):
    """An entry of `extra:` cannot be a page; its text is a sentence that says which and why."""


def extra_pages(site: Site, entries: Iterable[Mapping[str, Any]], folders: Iterable[Path], taken: Collection[str]) -> Iterator[Page]:
    """The pages that `extra:` names: each has `address`, `title`, `template`, and may have `menu` and `section`.

    `folders` are those of templates, `taken` the addresses of our own pages. Their templates get `outlooks` (every open account, the
    highest tier first) and `all` (their summary), beside what every page has. Raises ExtraError.
    """
    used = set(taken)
    places = tuple(folders)
    for number, entry in enumerate(entries, 1):
        address, template = str(entry["address"]), str(entry["template"])
        if not ADDRESS.fullmatch(address):
            raise ExtraError(site.say("extra.address", number=number, address=address))
        if address in used:
            raise ExtraError(site.say("extra.taken", number=number, address=address))
        if not TEMPLATE.fullmatch(template) or not any((folder / "pages" / template).is_file() for folder in places):
            raise ExtraError(site.say("extra.template", number=number, template=template))
        used.add(address)
        yield _page(site, entry)


def _page(site: Site, entry: Mapping[str, Any]) -> Page:
    title = str(entry["title"])
    return Page(
        address=str(entry["address"]),
        title=title,
        template=str(entry["template"]),
        context=lambda: _context(site),
        menu=PLACE if entry.get("menu") is None else entry["menu"],
        section=entry.get("section") or "",
        hide=("navigation", "toc"),
        search=title,
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    return {"outlooks": known, "all": summary(known)}
