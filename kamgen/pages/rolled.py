"""Several accounts as one: what a tier, a segment, a region, a group or a key account manager comes to, as their pages show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from markupsafe import Markup

from kamgen.figures.involvement import involvement
from kamgen.figures.outlook import Outlook, years
from kamgen.figures.rollup import Contribution, Rollup, contribution, rollup
from kamgen.figures.summary import Summary, summary
from kamgen.model.portfolio import Person
from kamgen.pages.cells import FigureCell, amount, reached
from kamgen.site import Site

ROWS: Final = 1000
"""Accounts of a table; the portfolio has them all."""
LISTED: Final = 50
"""Accounts without a next activity, and overdue activities, on the page of a tier, a segment, a region or a group."""
HOME: Final = "index.md"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of an overview: some accounts by name, the page about them, and what they come to."""

    name: str
    address: str
    all: Summary
    money: tuple[FigureCell, ...]


def contributed(site: Site, outlook: Outlook) -> Contribution:
    """What an account brings to a roll-up."""
    return site.known("contribution", outlook, lambda one: contribution(one, site.profiles[one.account.path], site.portfolio, site.as_of))


def rolled(site: Site, outlooks: Iterable[Outlook]) -> Rollup:
    """What the open ones of some accounts come to."""
    return rollup(contributed(site, outlook) for outlook in outlooks if outlook.open)


def parted(site: Site, by: Callable[[Outlook], str | None]) -> Mapping[str | None, list[Outlook]]:
    """The accounts by what `by` says of them, each part in the order of the site; nothing is said of those under None."""
    found: defaultdict[str | None, list[Outlook]] = defaultdict(list)
    for outlook in site.outlooks:
        found[by(outlook)].append(outlook)
    return found


def involved(site: Site, person: Person) -> tuple[Outlook, ...]:
    """The accounts that a person owns or has something to do in, told once for all people."""
    return site.once("involved", lambda: involvement(site.outlooks)).get(person.id, ())


def heads(site: Site) -> list[str]:
    """The names of the figures of `figures`."""
    before, closed, current = years(site.portfolio, site.as_of)
    shown = [site.say("site.revenue", year=before), site.say("site.revenue", year=closed), site.say("picture.to-date", year=current)]
    names = ("finance.head.attainment.short", "site.potential", "views.white-space")
    return [*shown, site.say("finance.head.budget.year", year=current), *map(site.say, names)]


def figures(site: Site, found: Rollup) -> tuple[FigureCell, ...]:
    """The money of a roll-up; of no account there is nothing to tell."""
    n = found.accounts
    if not n:
        return tuple(FigureCell() for _ in heads(site))
    money = (*found.revenue, found.budget)
    return (
        *(amount(site, one, n) for one in money),
        reached(site, found.attained, found.revenue[-1], found.budget, n),
        amount(site, found.potential, n),
        amount(site, found.white_space, n),
    )


def line(site: Site, name: str, address: str, outlooks: Iterable[Outlook]) -> Line:
    """A row of an overview."""
    some = list(outlooks)
    return Line(name, address, summary(some), figures(site, rolled(site, some)))


def overview(site: Site, outlooks: Iterable[Outlook]) -> dict[str, Any]:
    """What the page about some accounts begins with; lost and archived ones stand apart."""
    some = list(outlooks)
    known = [outlook for outlook in some if outlook.open]
    found = rolled(site, known)
    return {
        "all": summary(known),
        "rolled": found,
        "money": list(zip(heads(site), figures(site, found), strict=True)),
        "accounts_shown": known[:ROWS],
        "total": len(known),
        "closed": [outlook for outlook in some if not outlook.open],
        "years": years(site.portfolio, site.as_of),
        "listed": LISTED,
        "kept": partial(_kept, site),
    }


def _kept(site: Site, outlook: Outlook, link: Callable[[str], str], macro: Callable[[Outlook], Markup]) -> Markup:
    """What a macro shows of an account, made once for all pages that are as deep in the site: an account stands on up to five of them."""
    return site.rows.shown(f"accounts {link(HOME)}", outlook.account.path, lambda: macro(outlook))
