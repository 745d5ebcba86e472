"""Finance: actual, budget, margin, cost, profit and share of wallet, by account, key account manager, product and year (003)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kamgen.figures.figure import Ratio, ratio
from kamgen.figures.finance import Year, gained, of_product, of_year, rolled_up, told_years
from kamgen.figures.money import closed_year, elapsed_share, fiscal_year, rate, rate_day
from kamgen.figures.outlook import Outlook
from kamgen.figures.sales import concentration, retained_revenue
from kamgen.model.plan import Plan
from kamgen.page import Page, Site, page
from kamgen.pages.pictures import budget, largest, revenue_years

ROWS: Final = 1000
"""Accounts of the table."""
TOP: Final = 5
"""How many of the largest accounts concentration is told of."""
FORMULAS: Final = ("attainment", "growth", "retained", "margin", "profit", "wallet", "concentration")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: who or what, the last closed year and the current one. `outlook` is the account's."""

    name: str
    closed: Year
    current: Year
    outlook: Outlook | None = None
    person: str = ""
    accounts: int = 1


@dataclass(frozen=True, slots=True)
class YearLine:
    """A line of the table by year; `budget` is the portfolio's own, or the sum of those of the accounts."""

    year: int
    told: Year
    budget: Decimal | None
    attained: Ratio


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
    lines = [_account(site, outlook) for outlook in known]
    whole = _together(site.say("finance.company"), lines)
    closed, current = closed_year(site.portfolio, site.as_of), fiscal_year(site.as_of, site.portfolio.fiscal_year_start)
    revenues = [(outlook.account.id, outlook.revenue[1], outlook.revenue[0]) for outlook in known]
    by_year = list(_by_year(site, known))
    reached = next((line.attained for line in by_year if line.year == current), whole.current.attained)
    return {
        "lines": lines[:ROWS],
        "total": len(lines),
        "whole": whole,
        "kams": list(_kams(site, lines)),
        "products": list(_products(site, [outlook.plan for outlook in known])),
        "by_year": by_year,
        "accounts": len(lines),
        "total_attained": reached,
        "closed": closed,
        "current": current,
        "elapsed": elapsed_share(site.portfolio, site.as_of),
        "pace": gained(reached, elapsed_share(site.portfolio, site.as_of)),
        "retained": retained_revenue(revenues),
        "concentration": concentration(((name, this) for name, this, _ in revenues), TOP),
        "top": TOP,
        "charts_shown": [chart for chart in (revenue_years(site, "revenue-years"), largest(site)) if chart.drawing],
        "formulas": FORMULAS,
        "unpriced": [outlook for outlook in known if _unpriced(site, outlook.plan)],
    }


def _unpriced(site: Site, plan: Plan) -> bool:
    return rate(site.portfolio, plan.currency, rate_day(closed_year(site.portfolio, site.as_of), site.portfolio, site.as_of)) is None


def _account(site: Site, outlook: Outlook) -> Line:
    return Line(outlook.plan.account, *_two(site, outlook.plan), outlook=outlook)


def _two(site: Site, plan: Plan) -> tuple[Year, Year]:
    """The last closed year and the current one."""
    current = fiscal_year(site.as_of, site.portfolio.fiscal_year_start)
    return of_year(plan, current - 1, site.portfolio, site.as_of), of_year(plan, current, site.portfolio, site.as_of)


def _together(name: str, lines: Iterable[Line], person: str = "") -> Line:
    told = list(lines)
    closed = rolled_up((line.name, line.closed) for line in told)
    return Line(name, closed, rolled_up((line.name, line.current) for line in told), person=person, accounts=len(told))


def _kams(site: Site, lines: list[Line]) -> Iterator[Line]:
    """One line per key account manager, by name: work to do, no ranks."""
    for person in site.kams:
        mine = [line for line in lines if line.outlook and line.outlook.plan.owner == person.id]
        if mine:
            yield _together(person.name, mine, person.id)


def _products(site: Site, plans: list[Plan]) -> Iterator[Line]:
    """One line per product of the portfolio that any plan names."""
    for product in site.portfolio.products:
        parts = [part for plan in plans if (part := of_product(plan, product.id))]
        if parts:
            yield _together(product.label or product.id, (Line(part.account, *_two(site, part)) for part in parts))


def _by_year(site: Site, known: list[Outlook]) -> Iterator[YearLine]:
    plans = [outlook.plan for outlook in known]
    for year in told_years(plans, site.portfolio, site.as_of):
        told = rolled_up((plan.account, of_year(plan, year, site.portfolio, site.as_of)) for plan in plans)
        whole = budget(site, plans, year)
        yield YearLine(year, told, whole, ratio(told.revenue.value, whole, of="actual", to="budget"))
