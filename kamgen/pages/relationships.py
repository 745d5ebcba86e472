"""Relationships: accounts x the functions and buying roles that their tier asks for; whom we know too little, who hangs by one thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from kamgen import grid
from kamgen.cadence import last_met
from kamgen.chart import Chart
from kamgen.charts.stacks import Part as Piece
from kamgen.charts.stacks import Stack, stacks
from kamgen.figures.coverage import Rate, rate_of_all
from kamgen.figures.outlook import Outlook
from kamgen.figures.relationships import threads, weak_contacts
from kamgen.figures.rolewise import STATES, Role, met_of, roles
from kamgen.model.people import Contact
from kamgen.page import Page, page
from kamgen.pages.tiered import ROWS, by_tier, choices, tier_pages
from kamgen.pages.whitespace import order_of
from kamgen.site import Site

FOLDER: Final = "relationships"
WEAKEST: Final = 50
"""Weak contacts that the overview lists."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """An account: its required roles, how many of them were met in the window, and how many people we met in twelve months."""

    outlook: Outlook
    roles: tuple[Role, ...]
    met: Rate
    threads: int


@dataclass(frozen=True, slots=True)
class Weak:
    """Somebody whom we know less well than we want."""

    outlook: Outlook
    contact: Contact
    last: dt.date | None

    @property
    def short(self) -> int:
        """Levels between what is and what is wanted."""
        return (self.contact.wanted or 0) - (self.contact.relationship or 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A role over the accounts that are asked for it: at how many it stands how."""

    key: Key
    label: str
    counts: Mapping[str, int]
    met: Rate


@page("relationships")
def relationships(site: Site) -> Iterator[Page]:
    """The overview, then the matrix of each tier."""
    yield Page(
        address=f"{FOLDER}.md",
        title=site.say("relationships.page"),
        template="relationships.html",
        context=lambda: _context(site),
        menu=42,
        section="customers",
        hide=("navigation", "toc"),
        search=site.say("relationships.search"),
    )
    yield from tier_pages(site, "relationships", FOLDER, _tier)


def rows(site: Site) -> Mapping[str, Row]:
    """Path of the plan -> its row, for every open account of a tier in force."""
    known = (outlook for members in by_tier(site).values() for outlook in members)
    return {outlook.account.path: site.known(FOLDER, outlook, partial(_row, site)) for outlook in known}


def _row(site: Site, outlook: Outlook) -> Row:
    whole, tier = outlook.account.plan or outlook.plan, outlook.account.tier
    found = roles(whole, outlook.plan, tier, site.ruleset, site.workspace.ground.window, site.as_of) if tier else ()
    return Row(outlook, found, met_of(found), len(threads(whole, site.ruleset, site.as_of)))


def _context(site: Site) -> Mapping[str, Any]:
    known = list(rows(site).values())
    asked, weak = _asked(site, known), _weak(site, known)
    single = [row for row in known if row.outlook.key and row.threads < 2]
    chart = _chart(site, asked)
    return {
        "known": known,
        "met": rate_of_all(row.met for row in known),
        "nobody": sum(found.counts.get("nobody", 0) for found in asked),
        "single": sorted(single, key=lambda row: row.threads),
        "contact_of": lambda row: _threads(site, row),
        "keys": sum(1 for row in known if row.outlook.key),
        "weak": weak[:WEAKEST],
        "weak_all": len(weak),
        "asked": asked,
        "charts_shown": [chart] if chart else [],
        "states": STATES,
        "choices": choices(site, FOLDER),
        "window": site.workspace.ground.window,
    }


def _threads(site: Site, row: Row) -> list[tuple[Contact, dt.date]]:
    """The people by whom an account hangs, as far as they are shown."""
    shown = threads(row.outlook.plan, site.ruleset, site.as_of)
    return [(contact, shown[contact.id]) for contact in row.outlook.plan.contacts if contact.id in shown]


def _weak(site: Site, known: Iterable[Row]) -> list[Weak]:
    """Those furthest below what is wanted first, among them those of the highest tier."""
    found = [one for row in known for one in site.known("weak contacts", row.outlook, partial(_weak_of, site))]
    return sorted(found, key=lambda one: -one.short)


def _weak_of(site: Site, outlook: Outlook) -> tuple[Weak, ...]:
    found = weak_contacts(outlook.plan, site.as_of)
    met = last_met(outlook.plan, site.ruleset, site.as_of) if found else {}
    return tuple(Weak(outlook, contact, met.get(contact.id)) for contact in found)


def _asked(site: Site, known: Iterable[Row]) -> list[Asked]:
    """Every role that any account is asked for, functions first."""
    found: dict[Key, list[Role]] = {}
    for row in known:
        for role in row.roles:
            found.setdefault(role.key, []).append(role)
    ordered = sorted(found, key=lambda key: key[0] != "function")
    return [Asked(key, label(site, key), _counts(found[key]), met_of(found[key])) for key in ordered]


def _counts(found: list[Role]) -> Mapping[str, int]:
    return {state: sum(1 for role in found if role.state == state) for state in STATES}


def label(site: Site, key: Key) -> str:
    """What people call a role."""
    return site.say(f"label.contacts.{key[0]}.{key[1]}")


def _chart(site: Site, asked: list[Asked]) -> Chart | None:
    """How each required role stands; the title names the one that most accounts have not met."""
    if not asked:
        return None
    worst = min(asked, key=lambda found: found.met.part - found.met.whole)
    names = {state: site.say(f"relationships.state.{state}") for state in reversed(STATES)}
    lacking = worst.met.whole - worst.met.part
    title = site.say("relationships.title" if lacking else "relationships.title.none", role=worst.label, n=lacking, accounts=worst.met.whole)
    shown = [_stack(found, names) for found in asked]
    headings = [site.say("relationships.role"), *names.values(), site.say("site.accounts")]
    return stacks("chart-roles", title, site.say("relationships.about"), shown, headings)


def _stack(found: Asked, names: Mapping[str, str]) -> Stack:
    parts = tuple(Piece(words, found.counts[state], str(found.counts[state])) for state, words in names.items() if found.counts[state])
    return Stack(found.label, parts, str(found.met.whole))


def _tier(site: Site, tier: str) -> Mapping[str, Any]:
    members = list(rows(site).values())
    terms = site.ruleset.tiers[tier]
    columns = [*(("function", name) for name in terms.functions), *(("buying_role", name) for name in terms.roles)]
    return {
        "rows": [(row, _placed(row, columns)) for row in members[:ROWS]],
        "kept": site.rows.keeper(f"{FOLDER} tier"),
        "total": len(members),
        "rest": lambda cells: _rest(site, members[ROWS:], columns, cells),
        "columns": [(f"{sort}-{name}", label(site, (sort, name)), sort) for sort, name in columns],
        "rank": STATES.index,
        "order_of": order_of,
        "states": STATES,
        "window": site.workspace.ground.window,
    }


def _placed(row: Row, columns: list[Key]) -> list[Role | None]:
    """The roles in their columns; nothing where the role does not exist at the account."""
    found = {role.key: role for role in row.roles}
    return [found.get(key) for key in columns]


def _rest(site: Site, members: Iterable[Row], columns: list[Key], cells: Any) -> Mapping[str, Any]:
    """The rows that the page has only as data, by the macros that the template shows cells with."""

    def coded(row: Row) -> list[tuple[Hashable, ...]]:
        head = [(str(cells.account(row)), None), (str(cells.kam(row)), None), (str(cells.covered(row)), order_of(row.met))]
        return [*head, (str(cells.threads(row)), str(row.threads)), *map(one, _placed(row, columns))]

    def one(role: Role | None) -> tuple[Hashable, ...]:
        known = (None, None) if role is None else (str(STATES.index(role.state)), site.say(f"relationships.state.{role.state}"))
        return str(cells.role(role)), *known

    return grid.rest(map(coded, members), len(columns) + 4)
