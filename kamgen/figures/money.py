"""Money: dated rates. An amount without a rate is an error and never taken for the base currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kamgen.model.commerce import CostYear
from kamgen.model.kind import AMOUNT, SIGNED_AMOUNT
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import Record, keys


def year_end(year: int, fiscal_year_start: int) -> dt.date:
    """The last day of a fiscal year, which is named by the year it ends in."""
    if fiscal_year_start == 1:
        return dt.date(year, 12, 31)
    return dt.date(year, fiscal_year_start, 1) - dt.timedelta(days=1)


def fiscal_year(day: dt.date, start: int) -> int:
    """The fiscal year of a day; `start` is the month it begins in."""
    return day.year + 1 if start > 1 and day.month >= start else day.year


def closed_year(portfolio: Portfolio, as_of: dt.date) -> int:
    """The last closed fiscal year: the one that "actual of a full year" means."""
    return fiscal_year(as_of, portfolio.fiscal_year_start) - 1


def elapsed_share(portfolio: Portfolio, as_of: dt.date) -> Fraction:
    """How much of the current fiscal year is gone, as-of included: 126 of 365 days on 6 May."""
    year = fiscal_year(as_of, portfolio.fiscal_year_start)
    before = year_end(year - 1, portfolio.fiscal_year_start)
    return Fraction((as_of - before).days, (year_end(year, portfolio.fiscal_year_start) - before).days)


def rate_day(year: int, portfolio: Portfolio, as_of: dt.date) -> dt.date:
    """The day whose rate converts the amounts of a fiscal year: its last, and never one after as-of."""
    return min(year_end(year, portfolio.fiscal_year_start), as_of)


def rate(portfolio: Portfolio, currency: str | None, day: dt.date) -> Decimal | None:
    """Base currency per 1 unit of `currency`: the latest rate dated on or before `day`. None where there is none."""
    if currency in {None, portfolio.currency}:
        return Decimal(1)
    dated = [entry for entry in portfolio.rates if entry.currency == currency and entry.date <= day]
    return max(dated, key=lambda entry: entry.date).rate if dated else None


def in_base(amount: Decimal | None, currency: str | None, day: dt.date, portfolio: Portfolio) -> Decimal | None:
    """An amount in the base currency, None where it or its rate is missing: never a silent 1."""
    dated = rate(portfolio, currency, day)
    return None if amount is None or dated is None else amount * dated


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def revenue(plan: Plan, year: int) -> Decimal | None:
    """Revenue of all products in a year, in the account's currency; None where no product has the year."""
    return total(sale.actual.get(year) for sale in plan.sales)


def missing_rates(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> tuple[int, ...]:
    """The fiscal years with amounts that cannot be converted, sorted; as-of's year stands for amounts without a year."""
    if plan.currency in {None, portfolio.currency}:
        return ()
    timeless = {fiscal_year(as_of, portfolio.fiscal_year_start)} if _has_amount(plan) else set()
    return tuple(sorted(year for year in _years(plan) | timeless if rate(portfolio, plan.currency, rate_day(year, portfolio, as_of)) is None))


def _years(plan: Plan) -> set[int]:
    sold = {year for sale in plan.sales for year in (*sale.actual, *sale.budget)}
    return sold | {cost.year for cost in plan.costs}


def _has_amount(value: Any) -> bool:
    """Whether a part of a plan holds an amount beside those that stand under a year of sales or costs."""
    if isinstance(value, tuple):
        return any(_has_amount(item) for item in value)
    if not isinstance(value, Record) or isinstance(value, CostYear):
        return False
    return any(
        found is not None if key.kind in (AMOUNT, SIGNED_AMOUNT) else _has_amount(found)
        for key, found in ((key, getattr(value, key.attribute)) for key in keys(type(value)))
    )
