"""Every kind of page of a built demonstration site, read off the registry: a page that is added is proven without anybody naming it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.page import MAKERS, Asset, Page, Sheet
from kamgen.site import Site
from kamgen.workspace import load
from tests.conftest import ROOT

AS_OF = dt.date(2026, 5, 6)
OTHERS = {"handbook-page": "handbook/meetings/index.html", "404": "404.html"}
"""Pages of the company's own and of the theme."""


def place(made: Page | Sheet) -> str:
    """Where a page lies in a built site."""
    if isinstance(made, Sheet):
        return made.address
    name = made.address.removesuffix(".md")
    return f"{name.removesuffix('index')}index.html" if name.rpartition("/")[2] == "index" else f"{name}/index.html"


@cache
def demonstration() -> Site:
    """The site of the demonstration portfolio."""
    return Site(load(ROOT, AS_OF), "told by the test")


@cache
def pages() -> tuple[tuple[str, Page | Sheet], ...]:
    """Every page and sheet, each with its kind: the maker and the template."""
    site = demonstration()
    made = ((name, part) for name, maker in MAKERS.items() for part in maker(site))
    return tuple((f"{name}/{part.template}", part) for name, part in made if not isinstance(part, Asset))


def kinds(built: Path) -> dict[str, str]:
    """Kind -> the largest page of it, as a path below the site: what can go wrong is mostly on that one."""
    found: dict[str, list[str]] = {}
    for kind, part in pages():
        found.setdefault(kind, []).append(place(part))
    return {kind: max(places, key=lambda there: (built / there).stat().st_size) for kind, places in found.items()} | OTHERS
