"""What a generated page is, and the autoescaping Jinja environment that makes its HTML. Jinja lives here and nowhere else.

A page is collected first (address, title, template) and filled in later, when MkDocs asks for it: its fragment is HTML that
is put in after the Markdown conversion. A template gets its context, `link` (a relative address of another page), `say` (a
sentence of the catalogue) and the filters below.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from kamgen.account import Account
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.message import say
from kamgen.model.portfolio import Portfolio
from kamgen.privacy import may_see, visible
from kamgen.prose import prose, safe_link
from kamgen.ruleset import Ruleset
from kamgen.workspace import Workspace

HERE: Final = Path(__file__).parent
TEMPLATES: Final = next(folder for folder in (HERE / "templates", HERE.parent / "templates") if folder.is_dir())
"""Inside an installed package, or beside it in the repository."""


@dataclass(frozen=True)
class Site:
    """What pages are made from: the workspace as one audience may see it."""

    workspace: Workspace

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

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Every account, with plans as the audience may see them, sorted by name."""
        shown = (self._shown(account) for account in self.workspace.accounts)
        return tuple(sorted(shown, key=lambda account: (account.name.casefold(), account.id)))

    def _shown(self, account: Account) -> Account:
        return replace(account, plan=visible(account.plan, self.audience)) if account.plan else account

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the audience may read of the verdict; a finding in a hidden field only says that there is one."""
        plans = {account.id: account.plan for account in self.workspace.accounts}
        return tuple(self._told(diagnostic, plans.get(diagnostic.account or "")) for diagnostic in self.workspace.diagnostics)

    def _told(self, diagnostic: Diagnostic, plan: Any) -> Diagnostic:
        if may_see(diagnostic.field, plan, self.audience):
            return diagnostic
        hidden = say("site.hidden-finding", language=self.portfolio.language)
        return replace(diagnostic, message=hidden, help="", field="")

    @cached_property
    def open_accounts(self) -> tuple[Account, ...]:
        """The accounts that figures are about: readable, and neither lost nor archived."""
        return tuple(account for account in self.accounts if account.plan and not account.plan.closed)

    def findings(self, account_id: str) -> tuple[Diagnostic, ...]:
        """The diagnostics of one account."""
        return self._by_account.get(account_id, ())

    @cached_property
    def _by_account(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        found: dict[str, list[Diagnostic]] = {}
        for diagnostic in self.diagnostics:
            found.setdefault(diagnostic.account or "", []).append(diagnostic)
        return {name: tuple(listed) for name, listed in found.items()}

    @cached_property
    def errors(self) -> int:
        """How many findings fail the build."""
        return sum(1 for diagnostic in self.diagnostics if diagnostic.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site before it is made.

    `address` is the source path that MkDocs knows it by (`accounts/acme.md`), `source` the file that "Edit this page" opens,
    `context` is called when the page is made. `parent` is the address of the page above it, for breadcrumbs;
    `menu` its place in the navigation, None for pages that stay out of it. `search` is what the search finds it by.
    """

    address: str
    title: str
    template: str
    context: Callable[[], Mapping[str, Any]]
    source: str | None = None
    parent: str | None = None
    menu: int | None = None
    search: str = ""


PageMaker = Callable[[Site], Iterable[Page]]
MAKERS: Final[dict[str, PageMaker]] = {}
"""Every maker of pages by name; filled when `kamgen.pages` is imported."""


def page(name: str) -> Callable[[PageMaker], PageMaker]:
    """Registers a function that yields the pages of one sort."""

    def register(maker: PageMaker) -> PageMaker:
        MAKERS[name] = maker
        return maker

    return register


def collect(site: Site) -> tuple[Page, ...]:
    """Every page of the site, in the order of the registration."""
    return tuple(made for maker in MAKERS.values() for made in maker(site))


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a site: the company's own over the shipped ones, file by file."""

    environment: Environment = field(repr=False)
    language: str

    def render(self, made: Page, link: Callable[[str], str]) -> str:
        """The fragment of a page. `link` turns an address into a relative URL."""
        return self.environment.get_template(f"pages/{made.template}").render(**made.context(), link=link, page=made)


def templates(own: Path | None, language: str) -> Templates:
    """The environment; `own` is a folder that overrides templates by file name."""
    folders = [*([own] if own and own.is_dir() else []), TEMPLATES]
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=partial(say, language=language))
    environment.filters.update(prose=prose, safe_link=safe_link, day=day, money=money, share=share, number=number)
    return Templates(environment, language)


# How values are written, in every language the same: ISO dates, thin thousands, whole per cent.


def day(value: dt.date | None) -> str:
    """`2026-05-20`; empty for None."""
    return value.isoformat() if value else ""


def money(value: Decimal | None, currency: str = "") -> str:
    """An amount without decimals, thousands apart by a no-break space; empty for None."""
    if value is None:
        return ""
    whole = f"{value.quantize(Decimal(1), ROUND_HALF_EVEN):,}".replace(",", "\u00a0")
    return f"{whole}\u00a0{currency}" if currency else whole


def share(value: Decimal | Fraction | None) -> str:
    """A share from 0 to 1 in whole per cent, never rounded up to 100 %; empty for None."""
    return "" if value is None else f"{int(value * 100)}\u00a0%"


def number(value: Decimal | int | None) -> str:
    """A number as it was written, without zeros at its end; empty for None."""
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
