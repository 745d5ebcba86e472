"""Money: dated rates. An amount without a rate is an error and never taken for the base currency."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio


def year_end(year: int, fiscal_year_start: int) -> dt.date:
    """The last day of a fiscal year, which is named by the year it ends in."""
    if fiscal_year_start == 1:
        return dt.date(year, 12, 31)
    return dt.date(year, fiscal_year_start, 1) - dt.timedelta(days=1)


def rate(portfolio: Portfolio, currency: str | None, day: dt.date) -> Decimal | None:
    """Base currency per 1 unit of `currency`: the latest rate dated on or before `day`. None where there is none."""
    if currency in {None, portfolio.currency}:
        return Decimal(1)
    dated = [entry for entry in portfolio.rates if entry.currency == currency and entry.date <= day]
    return max(dated, key=lambda entry: entry.date).rate if dated else None


def missing_rates(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> tuple[int, ...]:
    """The years with amounts that cannot be converted, sorted; as-of's year stands for amounts without a year."""
    if plan.currency in {None, portfolio.currency}:
        return ()
    ends = {year: year_end(year, portfolio.fiscal_year_start) for year in _years(plan)} | {as_of.year: as_of}
    return tuple(sorted(year for year, day in ends.items() if rate(portfolio, plan.currency, day) is None))


def _years(plan: Plan) -> set[int]:
    sold = {year for sale in plan.sales for year in (*sale.actual, *sale.budget)}
    return sold | {cost.year for cost in plan.costs}
