"""Compliance: what each tier asks for, held, planned and owed; accounts x requirements on a page for each tier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, Final

from kamgen import grid
from kamgen.chart import Chart
from kamgen.charts.stacks import Part as Piece
from kamgen.charts.stacks import Stack, stacks
from kamgen.extract import extract
from kamgen.figures.fulfilment import MARKS, Fulfilment
from kamgen.page import Page, page
from kamgen.pages.compliance.classes import Class, Row, addresses, classes, together
from kamgen.pages.tiered import Choice, by_tier, told
from kamgen.ruleset import Tier
from kamgen.site import Site

ADDRESS: Final = "compliance.md"
ROWS: Final = 1000
"""Accounts of a tier in the page; those beyond follow as data, which the script shows."""
WORST: Final = 15
"""Accounts furthest behind the pace on the overview."""


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


def _choices(site: Site) -> tuple[Choice, ...]:
    """The tiers of which any account is asked for something, each with how many are."""
    asked = {tier: sum(1 for one in by_tier(site).get(tier, ()) if one.account.cells) for tier in addresses(site)}
    return tuple(Choice(site.ruleset.tiers[tier], address, asked[tier]) for tier, address in addresses(site).items() if asked[tier])


def _page(site: Site, tier: Tier, address: str) -> Page:
    label = tier.label or tier.id
    some, others = extract(site, by_tier(site).get(tier.id, ())), _choices(site)
    return Page(
        address=address,
        title=site.say("compliance.of", tier=label),
        template="compliance-tier.html",
        context=lambda: {**_tier_context(some, tier.id), "choices": others},
        rests_on=some.rests_on,
        beside=told(others),
        parent=ADDRESS,
        hide=("navigation", "toc"),
        search=site.say("compliance.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [found for found in classes(site).values() if found.rows]
    rows = [row for found in known for row in found.rows]
    window = site.workspace.ground.window
    return {
        "classes": known,
        "all": together(rows),
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
    return [(owner, len(found[owner]), together(found[owner]), sum(1 for row in found[owner] if row.all.lacking)) for owner in owners]


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
        "kept": site.rows.keeper("compliance tier"),
        "rest": lambda cells: _rest(site, found.rows[ROWS:], cells, len(found.asked)),
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
