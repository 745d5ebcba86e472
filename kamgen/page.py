"""What a generated page is, and the autoescaping Jinja environment that makes its HTML. Jinja lives here and nowhere else.

A page is collected first (address, title, template) and filled in later, when MkDocs asks for it: its fragment is HTML that
is put in after the Markdown conversion. A template gets its context, `link` (a relative address of another page), `say` (a
sentence of the catalogue), `site` and the filters below.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from kamgen import grid
from kamgen.account import Account
from kamgen.alphabet import slug
from kamgen.compiled import COMPILED
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.figures.groups import Group, groups
from kamgen.figures.outlook import Outlook, outlook
from kamgen.figures.profile import Profile, profile
from kamgen.frozen import with_values
from kamgen.message import say
from kamgen.model.activity import Activity
from kamgen.model.kind import ACCOUNT_ID
from kamgen.model.portfolio import Person, Portfolio
from kamgen.near import Near
from kamgen.once import Once
from kamgen.privacy import Curtain, own_words, unquoted, visible
from kamgen.prose import prose, safe_link, ticks
from kamgen.rows import Rows
from kamgen.ruleset import Ruleset
from kamgen.workspace import Workspace

HERE: Final = Path(__file__).parent
TEMPLATES: Final = next(folder for folder in (HERE / "templates", HERE.parent / "templates") if folder.is_dir())
"""Inside an installed package, or beside it in the repository."""
INDEX: Final = "index"
THOUSAND: Final = 1000
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Site:
    """What pages are made from: the workspace as one audience may see it.

    `origin` says in words where the as-of date comes from; `source_url` gives the address of a line of a source file, None
    where the configuration names no place to edit files; `handbook` lists the addresses of the company's own pages.
    """

    workspace: Workspace
    origin: str = ""
    source_url: Callable[[str, int], str | None] = field(default=lambda _path, _line: None)
    handbook: tuple[str, ...] = ()
    memory: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What one page found out and others need too, by name; it lasts as long as the site."""
    rows: Rows = field(default_factory=Rows, repr=False, compare=False)
    """What overviews show of single accounts."""
    url: str = ""
    """Where the site is published, as mkdocs.yml says it (`site_url`); empty where it does not."""

    @property
    def portfolio(self) -> Portfolio:
        """What all plans share."""
        return self.workspace.portfolio

    @property
    def ruleset(self) -> Ruleset:
        """The rules in force."""
        return self.workspace.ground.ruleset

    @property
    def as_of(self) -> dt.date:
        """The date that everything is judged at."""
        return self.workspace.as_of

    @property
    def audience(self) -> str:
        """`site` or `team`."""
        return self.portfolio.publish.audience

    @property
    def language(self) -> str:
        """The language of every label."""
        return self.workspace.ground.language

    def say(self, message_id: str, **values: object) -> str:
        """A sentence of the catalogue in the portfolio's language."""
        return say(message_id, language=self.language, **values)

    def name(self, person_id: str | None) -> str:
        """The name of one of us."""
        return self.portfolio.person_name(person_id)

    def type_label(self, activity: Activity) -> str:
        """What people call an activity's type."""
        known = self.ruleset.activity_types.get(activity.type)
        return known.label if known and known.label else activity.type

    @cached_property
    def near(self) -> Site:
        """The site for a page that says what it `rests_on`: it tells when one looks further."""
        return cast("Site", Near(self))

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Every account, with plans as the audience may see them, sorted by name."""
        shown = (self._shown(account) for account in self.workspace.accounts)
        return tuple(sorted(shown, key=lambda account: (account.name.casefold(), account.path)))

    def _shown(self, account: Account) -> Account:
        return with_values(account, plan=visible(account.plan, self.audience, own_words(account))) if account.plan else account

    @cached_property
    def outlooks(self) -> tuple[Outlook, ...]:
        """Where every readable account stands: the highest tier first, then by name."""
        ranks = {tier: rank for rank, tier in enumerate(self.ruleset.tiers)}
        whole = {account.path: account for account in self.workspace.accounts}
        made = (outlook(whole[account.path], account.plan, self.portfolio, self.ruleset, self.as_of) for account in self.accounts if account.plan)
        return tuple(sorted((found for found in made if found), key=lambda found: ranks.get(found.plan.tier, len(ranks))))

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Path of the plan -> severity word -> how many findings nobody waived."""
        found: dict[str, Counter[str]] = {}
        for diagnostic in self.diagnostics:
            if not diagnostic.waived:
                found.setdefault(diagnostic.path, Counter())[diagnostic.severity.word] += 1
        return found

    @cached_property
    def kams(self) -> tuple[Person, ...]:
        """The people who own an account, and the active key account managers who own none, by name."""
        owners = {account.plan.owner for account in self.accounts if account.plan}
        found = (person for person in self.portfolio.people if person.id in owners or (person.active and person.role == "kam"))
        return tuple(sorted(found, key=lambda person: (person.name.casefold(), person.id)))

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the audience may read of the verdict, by file and place: what is not for it is left out of the words."""
        return tuple(map(self.told, self.workspace.diagnostics))

    def told(self, diagnostic: Diagnostic) -> Diagnostic:
        """A finding about this text, of whatever day, as the audience may read it."""
        curtain = self._curtains.get(diagnostic.path)
        bare = unquoted(diagnostic)
        return curtain.over(bare, self.language) if curtain else bare

    @cached_property
    def _curtains(self) -> Mapping[str, Curtain]:
        shown = {account.path: account.plan for account in self.accounts}
        return {account.path: Curtain(account, shown[account.path], self.audience) for account in self.workspace.accounts}

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """Path of the plan -> the figures of the account, for every account that can be read; told when somebody asks."""
        known = {outlook.account.path: outlook for outlook in self.outlooks}
        return Once(lambda path: self._profile(known[path]))

    def _profile(self, outlook: Outlook) -> Profile:
        return profile(outlook.account, outlook.plan, self.portfolio, self.ruleset, self.workspace.ground.window, self.as_of)

    @cached_property
    def each(self) -> dict[tuple[str, ...], Any]:
        """What pages found out about single accounts: nothing that another plan would change. It lasts as long as the site."""
        return {}

    def known(self, name: str, outlook: Outlook, make: Callable[[Outlook], Thing]) -> Thing:
        """What `make` tells of an account, and of nothing else; told once, under a name."""
        key = (name, outlook.account.path)
        if key not in self.each:
            self.each[key] = make(outlook)
        found: Thing = self.each[key]
        return found

    def findings(self, account: Account) -> tuple[Diagnostic, ...]:
        """The diagnostics of one account."""
        return self._by_path.get(account.path, ())

    def counted(self, account: Account) -> Mapping[str, int]:
        """Severity word -> how many findings of an account nobody waived."""
        return self.counts.get(account.path, {})

    @cached_property
    def _by_path(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        found: dict[str, list[Diagnostic]] = {}
        for diagnostic in self.diagnostics:
            found.setdefault(diagnostic.path, []).append(diagnostic)
        return {path: tuple(listed) for path, listed in found.items()}

    @cached_property
    def errors(self) -> int:
        """How many findings fail the build."""
        return self.workspace.count(Severity.ERROR)

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        return dict(_account_addresses(self.accounts))

    def address(self, account: Account) -> str:
        """The address of an account's page, `accounts/<id>.md`; two plans never share one."""
        return self._addresses[account.path]

    @cached_property
    def account_pages(self) -> Mapping[str, str]:
        """Account id -> address of its page, for links by id; the first plan of an id that two have."""
        return {account.id: self.address(account) for account in reversed(self.accounts)}

    @cached_property
    def kam_pages(self) -> Mapping[str, str]:
        """Person id -> address of the page, for the people who have one."""
        return {person.id: f"kams/{person.id if person.id != INDEX else 'person-index'}.md" for person in self.kams}

    @cached_property
    def tier_pages(self) -> Mapping[str, str]:
        """Tier id -> address of its page, for every tier in force."""
        return _addresses_in("tiers", self.ruleset.tiers)

    @cached_property
    def segment_pages(self) -> Mapping[str, str]:
        """Segment -> address of its page: those of the portfolio file, in its order."""
        return _addresses_in("segments", self.portfolio.segments)

    @cached_property
    def region_pages(self) -> Mapping[str, str]:
        """Region -> address of its page: those of the portfolio file, in its order."""
        return _addresses_in("regions", self.portfolio.regions)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Parents with their subsidiaries, as far as the audience may see who belongs to whom, by name."""
        return groups(self.outlooks)

    @cached_property
    def group_pages(self) -> Mapping[str, str]:
        """Account id -> address of the page of its group, for every account that belongs to one."""
        pages = _addresses_in("groups", (group.head for group in self.groups))
        return {**pages, **{member.outlook.account.id: pages[group.head] for group in self.groups for member in group.members}}

    def calendar(self, of: str = "") -> str | None:
        """The address of the calendar that belongs to a page: of a KAM, of an account, without one of all; None where none are published.

        `kams/kari.md` has `calendar/kari.ics`. Where the portfolio names a secret part it stands after `calendar/`.
        """
        if not self.portfolio.publish.calendars:
            return None
        stem = "person-all" if of == "kams/all.md" else of.removeprefix("kams/").removesuffix(".md")
        secret = self.portfolio.publish.calendar_path
        return f"calendar/{f'{secret}/' if secret else ''}{stem or 'all'}.ics"

    def webcal(self, address: str) -> str:
        """What a calendar program subscribes to; empty where nobody says where the site is published."""
        _, _, place = self.url.partition("://")
        return f"webcal://{place.rstrip('/')}/{address}" if place else ""


def _addresses_in(folder: str, names: Iterable[str]) -> Mapping[str, str]:
    """Name -> address of its page in a folder; two names never share one, nor does one stand in the place of the index."""
    found: dict[str, str] = {}
    taken = {INDEX, "readme"}
    for name in dict.fromkeys(names):
        wanted = slug(name) or folder.removesuffix("s")
        free = (f"{wanted}-{count}" if count else wanted for count in itertools.count())
        stem = next(stem for stem in free if stem not in taken)
        taken.add(stem)
        found[name] = f"{folder}/{stem}.md"
    return found


def _account_addresses(accounts: Iterable[Account]) -> Iterator[tuple[str, str]]:
    """Path of the plan -> address of its page. An id that could not be an address is told by a rule and gets a plain one here."""
    taken: set[str] = {INDEX, "readme"}
    for account in sorted(accounts, key=lambda account: account.path):
        wanted = account.id if ACCOUNT_ID.fullmatch(account.id) else slug(account.id) or "account"
        numbered = (f"{wanted}-{count}" for count in itertools.count(2))
        name = next(name for name in itertools.chain((wanted,), numbered) if name not in taken)
        taken.add(name)
        yield account.path, f"accounts/{name}.md"


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


# How values are written, in every language the same: ISO dates, thin thousands, whole per cent.


def day(value: dt.date | None) -> str:
    """`2026-05-20`; empty for None."""
    return value.isoformat() if value else ""


def money(value: Decimal | None, currency: str = "") -> str:
    """An amount without decimals, thousands apart by a no-break space; empty for None."""
    if value is None:
        return ""
    whole = f"{value.quantize(Decimal(1), ROUND_HALF_EVEN) + 0:,}".replace(",", "\u00a0")
    return f"{whole}\u00a0{currency}" if currency else whole


def share(value: Decimal | Fraction | None) -> str:
    """A share from 0 to 1 in whole per cent; what is not all is never rounded to 100 %, nor something to nothing. Empty for None."""
    if value is None:
        return ""
    rounded = round(value * 100)
    return f"{max(1, min(99, rounded)) if 0 < value < 1 else rounded}\u00a0%"


def number(value: Decimal | int | None) -> str:
    """A number as it was written, without zeros at its end; empty for None."""
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | int | None) -> str:
    """A number to read: from a thousand on whole, its thousands apart, as money is; a smaller one as it was written. Empty for None."""
    return number(value) if value is None or -THOUSAND < value < THOUSAND else money(Decimal(value))
