"""Compliance: what each tier asks for, held, planned and owed; accounts x requirements on a page for each tier."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kamgen import grid
from kamgen.alphabet import slug
from kamgen.chart import Chart
from kamgen.charts.stacks import Part as Piece
from kamgen.charts.stacks import Stack, stacks
from kamgen.figures.fulfilment import MARKS, Fulfilment, fulfilment, fulfilments
from kamgen.figures.outlook import Outlook
from kamgen.page import Page, Site, page
from kamgen.ruleset import Requirement, Tier

ADDRESS: Final = "compliance.md"
ROWS: Final = 1000
"""Accounts of a tier in the page; those beyond follow as data, which the script shows."""
WORST: Final = 15
"""Accounts furthest behind the pace on the overview."""


@dataclass(frozen=True, slots=True)
class Row:
    """An account with cells: `found` per requirement of its tier, None where it owes nothing there, and `all` of them together."""

    outlook: Outlook
    found: tuple[Fulfilment | None, ...]
    all: Fulfilment


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement of a tier over its accounts; `behind`, `late` and `over` count the accounts where anybody stands so."""

    id: str
    label: str
    numbers: str
    all: Fulfilment
    accounts: int
    behind: int
    late: int
    over: int


@dataclass(frozen=True, slots=True)
class Class:
    """A tier, its page, its accounts in the order of their names, its requirements; `outside` are its accounts without cells."""

    tier: Tier
    address: str
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    outside: tuple[Outlook, ...]
    all: Fulfilment


@page("compliance")
def compliance(site: Site) -> Iterator[Page]:
    """The overview, then the tiers, the highest first."""
    yield Page(
        address=ADDRESS,
        title=site.say("compliance.page"),
        template="compliance.html",
        context=lambda: _context(site),
        menu=23,
        section="work",
        hide=("navigation", "toc"),
        search=site.say("compliance.search"),
    )
    for tier, address in addresses(site).items():
        yield _page(site, site.ruleset.tiers[tier], address)


def _page(site: Site, tier: Tier, address: str) -> Page:
    label = tier.label or tier.id
    return Page(
        address=address,
        title=site.say("compliance.of", tier=label),
        template="compliance-tier.html",
        context=lambda: _tier_context(site, tier.id),
        parent=ADDRESS,
        hide=("navigation", "toc"),
        search=site.say("compliance.search"),
    )


def addresses(site: Site) -> Mapping[str, str]:
    """Tier id -> address of its page, for the tiers that ask for a number; two tiers never share one."""
    found: dict[str, str] = {}
    for tier in (tier for tier in site.ruleset.tiers.values() if tier.requirements):
        wanted = slug(tier.id) or "tier"
        names = (f"compliance/{name}.md" for name in itertools.chain((wanted,), (f"{wanted}-{count}" for count in itertools.count(2))))
        found[tier.id] = next(name for name in names if name not in {*found.values(), "compliance/index.md", "compliance/readme.md"})
    return found


def classes(site: Site) -> Mapping[str, Class]:
    """Tier id -> the tier with its accounts, told once for all pages."""
    known: Mapping[str, Class] = site.memory.get("compliance") or _classes(site)
    site.memory["compliance"] = known
    return known


def _classes(site: Site) -> Mapping[str, Class]:
    members: defaultdict[str, list[Outlook]] = defaultdict(list)
    for outlook in site.outlooks:
        if outlook.open and outlook.account.tier:
            members[outlook.account.tier.id].append(outlook)
    return {tier: _class(site, site.ruleset.tiers[tier], address, members[tier]) for tier, address in addresses(site).items()}


def _class(site: Site, tier: Tier, address: str, members: Iterable[Outlook]) -> Class:
    parts = [(outlook, fulfilments(outlook.account.cells)) for outlook in members]
    rows = tuple(_row(outlook, tier, found) for outlook, found in parts if found)
    asked = tuple(_asked(site, name, requirement, place, rows) for place, (name, requirement) in enumerate(tier.requirements.items()))
    outside = tuple(outlook for outlook, found in parts if not found)
    return Class(tier, address, rows, asked, outside, fulfilment(cell for row in rows for cell in row.outlook.account.cells))


def _row(outlook: Outlook, tier: Tier, found: Mapping[str, Fulfilment]) -> Row:
    return Row(outlook, tuple(found.get(name) for name in tier.requirements), fulfilment(outlook.account.cells))


def _asked(site: Site, name: str, requirement: Requirement, place: int, rows: tuple[Row, ...]) -> Asked:
    found = [one for row in rows if (one := row.found[place])]
    cells = (cell for row in rows for cell in row.outlook.account.cells if cell.requirement == name)
    return Asked(
        name,
        requirement.label or name,
        numbers(site, requirement),
        fulfilment(cells),
        len(found),
        sum(1 for one in found if one.count("behind")),
        sum(1 for one in found if one.late),
        sum(1 for one in found if one.count("over")),
    )


def numbers(site: Site, requirement: Requirement) -> str:
    """How often, in words: `2–4 for each person`, `at least 1 for the account`, `as agreed with the customer`."""
    if requirement.agreed:
        return site.say("compliance.agreed")
    if requirement.max is None:
        return site.say(f"compliance.least.{requirement.per}", n=requirement.min)
    if requirement.max == requirement.min:
        return site.say(f"compliance.exactly.{requirement.per}", n=requirement.min)
    return site.say(f"compliance.between.{requirement.per}", least=requirement.min, most=requirement.max)


def _context(site: Site) -> Mapping[str, Any]:
    known = [found for found in classes(site).values() if found.rows]
    rows = [row for found in known for row in found.rows]
    window = site.workspace.ground.window
    return {
        "classes": known,
        "all": fulfilment(cell for row in rows for cell in row.outlook.account.cells),
        "window": window,
        "gone": window.elapsed(site.as_of),
        "kams": _kams(site, rows),
        "worst": sorted((row for row in rows if row.all.lacking), key=lambda row: -row.all.lacking)[:WORST],
        "lacking": sum(1 for row in rows if row.all.lacking),
        "chart": _chart(site, known) if known else None,
        "marks": MARKS,
    }


def _kams(site: Site, rows: Iterable[Row]) -> list[tuple[str, int, Fulfilment, int]]:
    """Person id, accounts, all of their cells, accounts behind the pace; by name, for this is work and no ranking."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.outlook.plan.owner].append(row)
    owners = sorted(found, key=lambda owner: (site.name(owner).casefold(), owner))
    return [(owner, len(found[owner]), _together(found[owner]), sum(1 for row in found[owner] if row.all.lacking)) for owner in owners]


def _together(rows: Iterable[Row]) -> Fulfilment:
    return fulfilment(cell for row in rows for cell in row.outlook.account.cells)


def _chart(site: Site, known: list[Class]) -> Chart:
    words = [site.say(f"compliance.part.{name}") for name in ("held", "ahead", "unplanned")]
    told = [_stack(site, found, words) for found in known if found.all.owed]
    headings = [site.say("site.tier"), *words, site.say("compliance.owed")]
    return stacks("compliance-chart", _title(site, known), site.say("compliance.chart.about"), told, headings)


def _stack(site: Site, found: Class, words: list[str]) -> Stack:
    values = (found.all.rate.part, found.all.ahead, found.all.unplanned)
    parts = tuple(Piece(label, value, str(value)) for label, value in zip(words, values, strict=True) if value)
    return Stack(found.tier.label or found.tier.id, parts, site.say("compliance.owed.n", n=found.all.owed), found.address)


def _title(site: Site, known: list[Class]) -> str:
    """The finding: the tier where most is neither held nor planned."""
    found = max(known, key=lambda one: one.all.unplanned)
    if not found.all.unplanned:
        return site.say("compliance.chart.none")
    return site.say("compliance.chart.title", tier=found.tier.label or found.tier.id, n=found.all.unplanned, owed=found.all.owed)


def _tier_context(site: Site, tier: str) -> Mapping[str, Any]:
    found = classes(site)[tier]
    return {
        "found": found,
        "rows": found.rows[:ROWS],
        "rest": lambda cells: _rest(site, found.rows[ROWS:], cells, len(found.asked)),
        "classes": [one for one in classes(site).values() if one.rows],
        "window": site.workspace.ground.window,
        "gone": site.workspace.ground.window.elapsed(site.as_of),
        "marks": MARKS,
        "order_of": order_of,
        "overview": ADDRESS,
    }


def _rest(site: Site, rows: Iterable[Row], cells: Any, requirements: int) -> Mapping[str, Any]:
    """The rows that the page has only as data, by the macros that the template shows cells with."""

    def coded(row: Row) -> list[tuple[Hashable, ...]]:
        head = [(str(made(row)), None) for made in (cells.account, cells.kam)]
        whole = (str(cells.rate(row)), order_of(row))
        asked = ((str(cells.cell(one)), *([None, None] if one is None else [one.rank, site.say(f"account.state.{one.mark}")])) for one in row.found)
        return [*head, whole, (str(cells.lacking(row)), str(row.all.lacking)), *asked]

    return grid.rest(map(coded, rows), requirements + 4)


def order_of(row: Row) -> str:
    """What the compliance of an account is sorted by; empty where nothing is owed."""
    value = row.all.rate.value
    return "" if value is None else f"{float(value):.6f}"
