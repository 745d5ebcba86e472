"""Finance: actual, budget, margin, cost, profit and share of wallet, by account, key account manager, product and year (003)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kamgen.figures.figure import Ratio, ratio
from kamgen.figures.finance import Progress, Result, added, gained, of_product, progress, progress_of_all, result, result_of_all
from kamgen.figures.money import closed_year, elapsed_share, fiscal_year, rate, rate_day
from kamgen.figures.outlook import Outlook
from kamgen.figures.sales import concentration, retained_revenue
from kamgen.model.plan import Plan
from kamgen.page import Page, page
from kamgen.pages.cells import EMPTY, FigureCell, amount, change, exact, part, reached, signed
from kamgen.pages.pictures import budget, largest, revenue_years
from kamgen.pages.years import progress_in, result_in, years_told
from kamgen.site import Site

ROWS: Final = 1000
"""Accounts of the table."""
TOP: Final = 5
"""How many of the largest accounts concentration is told of."""
FORMULAS: Final = ("attainment", "growth", "retained", "margin", "profit", "wallet", "concentration")


@dataclass(frozen=True, slots=True)
class Line:
    """An account, or several as one (a manager's, a product's, all): the last closed year and the current one.

    `accounts` counts those it is told over, 0 for a single one. `outlook` is the account's, `person` the manager.
    """

    name: str
    before: Progress
    closed: Result
    current: Progress
    accounts: int = 0
    outlook: Outlook | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: whose it is, and its figures."""

    line: Line
    cells: tuple[FigureCell, ...]


@page("finance")
def finance(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="finance.md",
        title=site.say("finance.page"),
        template="finance.html",
        context=lambda: _context(site),
        menu=50,
        section="money",
        hide=("navigation", "toc"),
        search=site.say("finance.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    lines = [_line(site, outlook) for outlook in known]
    whole = _together(site.say("finance.company"), lines)
    return {
        **_cards(site, known, whole),
        "rows": [site.known("finance row", outlook, lambda one: _row(site, _line(site, one))) for outlook in known[:ROWS]],
        "total": len(lines),
        "kept": site.rows.keeper("finance.md"),
        "kams": [_row(site, line) for line in _kams(site, lines)],
        "products": [_row(site, line, costs=False) for line in _products(site, known)],
        "by_year": list(_by_year(site, known)),
        "whole": _row(site, whole),
        "charts_shown": [chart for chart in (revenue_years(site, "revenue-years"), largest(site)) if chart.drawing],
        "formulas": FORMULAS,
        "unpriced": [outlook for outlook in known if _unpriced(site, outlook.plan)],
    }


def _cards(site: Site, known: list[Outlook], whole: Line) -> dict[str, Any]:
    """What stands on top: the figures of all accounts together."""
    current = fiscal_year(site.as_of, site.portfolio.fiscal_year_start)
    goal = budget(site, known, current)
    against = ratio(whole.current.revenue.value, goal, of="actual", to="budget")
    revenues = [(outlook.account.id, outlook.revenue[1], outlook.revenue[0]) for outlook in known]
    elapsed = elapsed_share(site.portfolio, site.as_of)
    return {
        "all": whole,
        "closed": current - 1,
        "current": current,
        "elapsed": elapsed,
        "reached": against,
        "pace": gained(against, elapsed),
        "growth": "" if whole.closed.growth.value is None else signed(whole.closed.growth.value),
        "retained": retained_revenue(revenues),
        "concentration": concentration(((name, this) for name, this, _ in revenues), TOP),
        "top": TOP,
    }


def _unpriced(site: Site, plan: Plan) -> bool:
    day = rate_day(closed_year(site.portfolio, site.as_of), site.portfolio, site.as_of)
    return rate(site.portfolio, plan.currency, day) is None


def _line(site: Site, outlook: Outlook) -> Line:
    closed = closed_year(site.portfolio, site.as_of)
    before, this = (progress_in(site, outlook, year) for year in (closed, closed + 1))
    return Line(outlook.plan.account, before, result_in(site, outlook, closed), this, outlook=outlook)


def _together(name: str, lines: Iterable[Line], person: str = "") -> Line:
    told = list(lines)
    before, current = (progress_of_all((line.name, getattr(line, year)) for line in told) for year in ("before", "current"))
    closed = result_of_all((line.name, line.closed) for line in told)
    return Line(name, before, closed, current, accounts=len(told), person=person)


def _kams(site: Site, lines: list[Line]) -> Iterator[Line]:
    """One line per key account manager, by name: work to do, no ranks."""
    for person in site.kams:
        mine = [line for line in lines if line.outlook and line.outlook.plan.owner == person.id]
        if mine:
            yield _together(person.name, mine, person.id)


def _products(site: Site, known: list[Outlook]) -> Iterator[Line]:
    """One line per product of the portfolio that any plan names."""
    told = [site.known("finance products", outlook, lambda one: _parts(site, one.plan)) for outlook in known]
    for product in site.portfolio.products:
        parts = [part for parts in told if (part := parts.get(product.id))]
        if parts:
            yield _together(product.label or product.id, parts)


def _parts(site: Site, plan: Plan) -> Mapping[str, Line]:
    """Product id -> what it brings at an account, for those that its plan names."""
    closed = closed_year(site.portfolio, site.as_of)
    named = ((product.id, of_product(plan, product.id)) for product in site.portfolio.products)
    return {id: _part(site, part, closed) for id, part in named if part}


def _part(site: Site, part: Plan, closed: int) -> Line:
    before, this = (progress(part, year, site.portfolio, site.as_of) for year in (closed, closed + 1))
    return Line(part.account, before, result(part, closed, site.portfolio, site.as_of), this)


def _row(site: Site, line: Line, *, costs: bool = True) -> Row:
    """The figures in the order of the columns; a product has no costs."""
    told, n = line.closed, line.accounts
    year = line.current
    now = (amount(site, year.revenue, n), amount(site, year.budget, n), reached(site, year.attained, year.revenue, year.budget, n))
    spent = (amount(site, told.cost, n), amount(site, told.profit, n), part(site, told.profit_share, n)) if costs else ()
    last = (amount(site, line.before.revenue, n), change(site, told.growth, n))
    return Row(line, (*last, *now, part(site, told.margin, n), *spent, part(site, told.wallet, n)))


def _by_year(site: Site, known: list[Outlook]) -> Iterator[tuple[int, tuple[FigureCell, ...]]]:
    """A year and its figures; a year that is not over has no result, one that has not begun has a budget only."""
    current = fiscal_year(site.as_of, site.portfolio.fiscal_year_start)
    for year in years_told(site):
        goal = budget(site, known, year)
        if year > current:
            yield year, (EMPTY, exact(site, goal, "budget"), *(EMPTY,) * 6)
            continue
        sold = added((outlook.plan.account, progress_in(site, outlook, year).revenue) for outlook in known)
        found: Ratio = ratio(sold.value, goal, of="actual", to="budget")
        now = (amount(site, sold, len(known)), exact(site, goal, "budget"), part(site, found))
        yield year, (*now, *(_result(site, known, year) if year < current else (EMPTY,) * 5))


def _result(site: Site, known: list[Outlook], year: int) -> tuple[FigureCell, ...]:
    """The result of a year that is over."""
    whole, n = result_of_all((outlook.plan.account, result_in(site, outlook, year)) for outlook in known), len(known)
    shares = (change(site, whole.growth, n), part(site, whole.margin, n))
    return (*shares, amount(site, whole.cost, n), amount(site, whole.profit, n), part(site, whole.profit_share, n))
