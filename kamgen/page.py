"""What a generated page is, and the autoescaping Jinja environment that makes its HTML. Jinja lives here and nowhere else.

A page is collected first (address, title, template) and filled in later, when MkDocs asks for it: its fragment is HTML that
is put in after the Markdown conversion. A template gets its context, `link` (a relative address of another page), `say` (a
sentence of the catalogue), `site` and the filters below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from kamgen import grid
from kamgen.compiled import COMPILED
from kamgen.message import say
from kamgen.prose import prose, safe_link, ticks
from kamgen.site import Site
from kamgen.written import day, money, number, quantity, share

HERE: Final = Path(__file__).parent
TEMPLATES: Final = next(folder for folder in (HERE / "templates", HERE.parent / "templates") if folder.is_dir())
"""Inside an installed package, or beside it in the repository."""

RestsOn = tuple[str, ...] | None
"""The paths of the plans that a page or sheet is made of, beside what is the same for all; None: of everything.

It is made again only when they change. One that says so makes its context of `Site.near` or of a `kamgen.extract`, and gets the first as
`site` in its template.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site before it is made.

    `address` is the source path that MkDocs knows it by (`accounts/acme.md`), `source` the file that "Edit this page" opens
    (`plans/acme.md`), `context` is called when the page is made. `parent` is the address of the page above it, for breadcrumbs;
    `menu` its place in the navigation, None for pages that stay out of it; `section` names the group of the menu that it stands in
    (`work`, `views`, `customers`, `money`), empty for a page of its own; `hide` names what the theme leaves out (`navigation`, `toc`).
    `search` is the text that the search finds it by, only what the audience may see. `beside` tells in plain values what a page shows
    of plans that it does not rest on: how many accounts the other tiers have.
    """

    address: str
    title: str
    template: str
    context: Callable[[], Mapping[str, Any]]
    source: str | None = None
    parent: str | None = None
    menu: int | None = None
    section: str = ""
    search: str = ""
    hide: tuple[str, ...] = ("navigation",)
    rests_on: RestsOn = None
    beside: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is no page: a download, a style sheet. `make` is called when the site is made.

    `of` is all that it is made of, in plain values: it is made again only when they change. None where it costs nothing to make.
    """

    address: str
    make: Callable[[], str | bytes]
    of: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page for paper or for reading on: a whole HTML document of its own, without theme, menu and search.

    It costs a tenth of what a page of the theme costs, so that an account may have several. `address` ends in `.html`; `context` is
    called when the sheet is written, and the template gets `site`, `link` and `say` as a page's does.
    """

    address: str
    title: str
    template: str
    context: Callable[[], Mapping[str, Any]]
    rests_on: RestsOn = None


Part = Page | Asset | Sheet
PageMaker = Callable[[Site], Iterable[Part]]
MAKERS: Final[dict[str, PageMaker]] = {}
"""Every maker of pages by name; filled when `kamgen.pages` is imported."""


def page(name: str) -> Callable[[PageMaker], PageMaker]:
    """Registers a function that yields the pages (and downloads) of one sort."""

    def register(maker: PageMaker) -> PageMaker:
        MAKERS[name] = maker
        return maker

    return register


def collect(site: Site) -> tuple[Part, ...]:
    """Every page and download of the site, in the order of the registration."""
    return tuple(made for maker in MAKERS.values() for made in maker(site))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a fragment: what the table of contents shows. `title` is HTML without tags."""

    level: int
    id: str
    title: str


HEADING: Final = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)


def headings(fragment: str) -> tuple[Heading, ...]:
    """The headings of level 2 and 3 that have an id, in order."""
    return tuple(Heading(int(level), anchor, " ".join(re.sub(r"<[^>]*>", "", words).split())) for level, anchor, words in HEADING.findall(fragment))


class PageError(ValueError):
    """A template does not fit: one of the company's own, mostly. The text says which and why."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a site: the company's own over the shipped ones, file by file."""

    environment: Environment = field(repr=False)
    folders: tuple[Path, ...]

    def render(self, made: Page, site: Site, link: Callable[[str], str]) -> str:
        """The fragment of a page. `link` turns an address into a relative URL.

        Every template has `site`, `page`, `link` and `say` beside its own context.
        """
        return self._render(f"pages/{made.template}", **made.context(), site=site, link=link, page=made)

    def sheet(self, made: Sheet, site: Site, link: Callable[[str], str], style: str, notice: str = "") -> str:
        """The whole document of a sheet; `style` is the address of its style sheet. Its template has what a page's has, and the `notice`."""
        told = Markup(notice or self.notice(site, link))  # noqa: S704  (HTML of our own template)
        return self._render(f"pages/{made.template}", **made.context(), site=site, link=link, page=made, style=style, notice=told)

    def siblings(self, made: Page, group: Iterable[Page], link: Callable[[str], str]) -> str:
        """The links to the other pages of a page's section, which stand on top of it."""
        return self._render("partials/siblings.html", page=made, group=group, link=link)

    def grid(self, entry: str, language: str, link: Callable[[str], str]) -> str:
        """What a page with a table for `kamgen.grid` ends with: its script, and what that says."""
        return self._render("partials/grid.html", entry=entry, words=grid.words(language), link=link)

    def notice(self, site: Site, link: Callable[[str], str]) -> str:
        """What stands on top of every page: as of when, and how many errors."""
        return self._render("partials/notice.html", site=site, link=link)

    def _render(self, name: str, **context: Any) -> str:
        try:
            return self.environment.get_template(name).render(**context)
        except TemplateError as error:
            raise PageError(f"{name}: {error}") from error

    def documented(self) -> Mapping[str, str]:
        """Every template by name, in its order, with what the comment that it opens with says: what it is, and its context."""
        found = {file.relative_to(folder).as_posix(): file for folder in reversed(self.folders) for file in folder.rglob("*.html")}
        return {name: opening(found[name].read_text(encoding="utf-8")) for name in sorted(found) if name.startswith(PARTS)}

    def style(self) -> str:
        """The style sheets of the templates, one after the other by name; a company's own stands for ours of that name."""
        found = {file.name: file for folder in reversed(self.folders) for file in (folder / "assets").glob("kamgen*.css")}
        return "\n".join(found[name].read_text(encoding="utf-8") for name in sorted(found, key=lambda name: name.removesuffix(".css")))

    def sheet_style(self) -> str:
        """The style sheet of sheets; a company's own stands for ours."""
        return next(file for folder in self.folders if (file := folder / "assets" / "sheet.css").is_file()).read_text(encoding="utf-8")


OPENING: Final = re.compile(r"\A\s*\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
PARTS: Final = ("pages/", "partials/")
"""Where the templates of pages are; those of the theme are the theme's."""


def opening(text: str) -> str:
    """The comment that a template opens with; empty where there is none."""
    said = OPENING.match(text)
    return " ".join(said[1].split()) if said else ""


def templates(own: Path | None, language: str) -> Templates:
    """The environment; `own` is a folder that overrides templates by file name."""
    folders = (*([own] if own and own.is_dir() else []), TEMPLATES)
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=COMPILED,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=partial(say, language=language))
    environment.filters.update(
        prose=prose, safe_link=safe_link, ticks=ticks, day=day, money=money, share=share, number=number, quantity=quantity, data=data
    )
    return Templates(environment, folders)


def data(value: object) -> Markup:
    """A value as JSON that may stand between `<script type="application/json">` and its end."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704  (nothing in it ends the script)
