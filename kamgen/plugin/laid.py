"""A site laid out: every page, sheet and download is collected and has its place, and nothing is filled yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from kamgen import grid
from kamgen.page import Asset, Page, Sheet, Templates, collect
from kamgen.pages.extra import extra_pages
from kamgen.site import Site

STYLES: Final = "assets/kamgen."
"""What the style sheets of all versions begin with."""
STYLE: Final = f"{STYLES}{{}}.css"
SHEET_STYLE: Final = "assets/sheet.{}.css"


@dataclass(frozen=True, slots=True)
class Laid:
    """Where everything of a site is. `urls` has address -> URL from the top of the site.

    `grid` (the script of tables), `style` and `sheet_style` are addresses.
    """

    site: Site
    templates: Templates
    sections: Mapping[str, list[Page]]
    sheets: tuple[Sheet, ...]
    urls: Mapping[str, str]
    grid: str
    style: str
    sheet_style: str

    def link(self, up: str) -> Callable[[str], str]:
        """The relative URL of an address, from a page whose way to the top is `up`. It raises KeyError where there is no such page."""
        return partial(_link, up, self.urls)


def _link(up: str, urls: Mapping[str, str], address: str) -> str:
    return up + urls[address].removeprefix("./") or "./"


def lay_out(site: Site, templates: Templates, extra: Iterable[Mapping[str, Any]], put: Callable[[Page | Asset], str]) -> Laid:
    """Every part of a site, with the company's own pages beside ours; `put` takes one in and gives its URL. Raises ExtraError."""
    parts = list(collect(site))
    parts += extra_pages(site, extra, templates.folders, {part.address for part in parts})
    urls = {part.address: part.address if isinstance(part, Sheet) else put(part) for part in parts}
    scripts = grid.scripts(templates.folders)
    style, sheet_style = _asset(STYLE, templates.style()), _asset(SHEET_STYLE, templates.sheet_style())
    for asset in (style, sheet_style):
        put(asset)
    for asset in (Asset(f"{scripts.folder}/{name}", partial(str, text)) for name, text in scripts.files.items()):
        urls[asset.address] = put(asset)
    sheets = tuple(part for part in parts if isinstance(part, Sheet))
    return Laid(site, templates, _sections(parts), sheets, urls, scripts.entry, style.address, sheet_style.address)


def _sections(parts: Iterable[object]) -> dict[str, list[Page]]:
    """The pages of the menu by section, in their order; those that stand alone are under the empty name."""
    found: dict[str, list[Page]] = {}
    for page in sorted((part for part in parts if isinstance(part, Page) and part.menu is not None), key=lambda part: part.menu or 0):
        found.setdefault(page.section, []).append(page)
    return found


def _asset(name: str, text: str) -> Asset:
    """A file under a name that changes with it, so that no browser shows yesterday's."""
    return Asset(name.format(hashlib.sha256(text.encode()).hexdigest()[:8]), lambda: text)
