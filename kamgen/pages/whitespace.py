"""White space: what customers could buy from us and do not, accounts x products, the largest gaps first (000, 003)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, Final

from kamgen import grid
from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.charts.stacks import Part as Piece
from kamgen.charts.stacks import Stack, stacks
from kamgen.figures.coverage import Rate, rate_of_all
from kamgen.figures.figure import Amount
from kamgen.figures.money import closed_year
from kamgen.figures.outlook import Outlook
from kamgen.figures.whitespace import STANDINGS, Space, Spread, penetration_of, spaces, spread, summed
from kamgen.page import Page, page
from kamgen.pages.tiered import ROWS, by_tier, choices, tier_pages
from kamgen.site import Site
from kamgen.written import money

FOLDER: Final = "white-space"
LARGEST: Final = 25
"""Gaps that the overview lists."""
BARS: Final = 15


@dataclass(frozen=True, slots=True)
class Row:
    """An account, where every product stands there, what is left in all, and how much of what it could buy it buys."""

    outlook: Outlook
    spaces: tuple[Space, ...]
    room: Amount
    penetration: Rate


@dataclass(frozen=True, slots=True)
class Gap:
    """A product that an account could buy more of."""

    outlook: Outlook
    space: Space


@page("white-space")
def white_space(site: Site) -> Iterator[Page]:
    """The overview, then the matrix of each tier."""
    yield Page(
        address=f"{FOLDER}.md",
        title=site.say("space.page"),
        template="white-space.html",
        context=lambda: _context(site),
        menu=41,
        section="customers",
        hide=("navigation", "toc"),
        search=site.say("space.search"),
    )
    yield from tier_pages(site, "space", FOLDER, _tier)


def rows(site: Site) -> Mapping[str, Row]:
    """Path of the plan -> its row, for the open accounts whose plan tells of sales."""
    known = (outlook for outlook in site.outlooks if outlook.open and outlook.plan.sales)
    return {outlook.account.path: site.known(FOLDER, outlook, partial(_row, site)) for outlook in known}


def _row(site: Site, outlook: Outlook) -> Row:
    found = spaces(outlook.plan, outlook.account.plan or outlook.plan, site.portfolio, site.as_of)
    room = summed((space.product, space.room) for space in found if space.eligible)
    return Row(outlook, found, room, penetration_of(found))


def _context(site: Site) -> Mapping[str, Any]:
    known = list(rows(site).values()) if site.portfolio.products else []
    spreads = _spreads(site, known)
    gaps = [Gap(row.outlook, space) for row in known for space in row.spaces if space.eligible and space.room.value]
    return {
        "rows": known,
        "room": summed((row.outlook.account.id, row.room) for row in known),
        "penetration": rate_of_all(row.penetration for row in known),
        "counts": {name: sum(found.counts.get(name, 0) for found in spreads) for name in STANDINGS},
        "spreads": spreads,
        "gaps": sorted(gaps, key=lambda gap: -(gap.space.room.value or 0))[:LARGEST],
        "gaps_all": len(gaps),
        "silent": [outlook for outlook in site.outlooks if outlook.open and outlook.key and not outlook.plan.sales],
        "charts_shown": [chart for chart in (_rooms(site, spreads), _penetrations(site, spreads)) if chart and chart.drawing],
        "choices": choices(site, FOLDER),
        **_common(site),
    }


def _common(site: Site) -> Mapping[str, Any]:
    labels = {product.id: product.label or product.id for product in site.portfolio.products}
    return {"labels": labels, "standings": STANDINGS, "year": closed_year(site.portfolio, site.as_of)}


def _spreads(site: Site, known: list[Row]) -> list[Spread]:
    """The products of the portfolio in its order."""
    columns = zip(*(row.spaces for row in known), strict=True) if known else ()
    names = [row.outlook.account.id for row in known]
    return [spread(product.id, zip(names, column, strict=True)) for product, column in zip(site.portfolio.products, columns, strict=bool(known))]


def _rooms(site: Site, spreads: list[Spread]) -> Chart | None:
    told = [(found, found.room.value) for found in spreads if found.room.value]
    if not told:
        return None
    told.sort(key=lambda pair: -pair[1])
    largest, most = told[0]
    title = site.say("space.rooms.title", product=_label(site, largest.product), amount=money(most, site.portfolio.currency))
    shown = [Bar(_label(site, found.product), value, money(value)) for found, value in told[:BARS]]
    headings = [site.say("finance.product"), site.say("space.room.in", currency=site.portfolio.currency)]
    return bars("chart-rooms", title, site.say("space.rooms.about", year=closed_year(site.portfolio, site.as_of)), shown, headings)


def _penetrations(site: Site, spreads: list[Spread]) -> Chart | None:
    """Where each product stands with those who could buy it; the title names the one that fewest own."""
    told = sorted((found for found in spreads if found.penetration.whole), key=lambda found: found.penetration.value or Fraction(0))
    if not told:
        return None
    rate = told[0].penetration
    said = "space.spread.title" if rate.part < rate.whole else "space.spread.title.all"
    title = site.say(said, product=_label(site, told[0].product), n=rate.part, accounts=rate.whole)
    names = {name: site.say(f"space.{name}") for name in STANDINGS[:-1]}
    shown = [_stack(site, found, names) for found in told[:BARS]]
    headings = [site.say("finance.product"), *names.values(), site.say("space.could")]
    return stacks("chart-spread", title, site.say("space.spread.about"), shown, headings)


def _stack(site: Site, found: Spread, names: Mapping[str, str]) -> Stack:
    parts = tuple(Piece(label, found.counts[name], str(found.counts[name])) for name, label in names.items() if found.counts.get(name))
    return Stack(_label(site, found.product), parts, str(found.penetration.whole))


def _label(site: Site, product: str) -> str:
    return next((one.label or one.id for one in site.portfolio.products if one.id == product), product)


def _tier(site: Site, tier: str) -> Mapping[str, Any]:
    members, told = by_tier(site).get(tier, []), rows(site)
    found = [told[outlook.account.path] for outlook in members if outlook.account.path in told] if site.portfolio.products else []
    return {
        "rows": found[:ROWS],
        "kept": site.rows.keeper(f"{FOLDER} tier"),
        "total": len(found),
        "rest": lambda cells: _rest(site, found[ROWS:], cells),
        "silent": [outlook for outlook in members if not outlook.plan.sales],
        "rank": STANDINGS.index,
        "order_of": order_of,
        **_common(site),
    }


def order_of(rate: Rate) -> str:
    """What a rate is sorted by; empty where it is none."""
    return "" if rate.value is None else f"{float(rate.value):.6f}"


def _rest(site: Site, found: Iterable[Row], cells: Any) -> Mapping[str, Any]:
    """The rows that the page has only as data, by the macros that the template shows cells with."""

    def coded(row: Row) -> list[tuple[Hashable, ...]]:
        head = [(str(cells.account(row)), None), (str(cells.kam(row)), None)]
        room = (str(cells.room(row.room)), "" if row.room.value is None else str(row.room.value))
        return [*head, room, (str(cells.penetration(row)), order_of(row.penetration)), *(one(space) for space in row.spaces)]

    def one(space: Space) -> tuple[Hashable, ...]:
        words = site.say(f"space.{space.standing}") if space.standing else ""
        return str(cells.space(space)), str(STANDINGS.index(space.standing)) if space.standing else "", words

    return grid.rest(map(coded, found), len(site.portfolio.products) + 4)
