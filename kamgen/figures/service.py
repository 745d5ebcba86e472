"""Service: how well we deliver to each customer, against the average of all customers (003)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.frozen import Frozen
from kamgen.model.commerce import ServiceYear
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import keys

MEASURES: Final = tuple(key.attribute for key in keys(ServiceYear) if key.attribute != "year")
LOWER_IS_BETTER: Final = frozenset({"order_stock_out", "product_stock_out"})


class Average(Frozen):
    """The average of all customers; `accounts` is the number of plans it is the mean of, 0 where the portfolio gives it."""

    value: Fraction
    accounts: int


def service_of(plan: Plan, year: int) -> ServiceYear | None:
    """What a plan says of a year."""
    return next((entry for entry in plan.service if entry.year == year), None)


def service_years(plans: Iterable[Plan]) -> tuple[int, ...]:
    """The fiscal years that any plan tells of, the latest first."""
    return tuple(sorted({entry.year for plan in plans for entry in plan.service}, reverse=True))


def average(plans: Sequence[Plan], portfolio: Portfolio, year: int, measure: str) -> Average | None:
    """The average service of a year: the portfolio's own number, else the mean over the accounts that have one. 0.97 and 0.95 are 0.96."""
    given = portfolio.service_average.get(year, {}).get(measure)
    if given is not None:
        return Average(Fraction(given), 0)
    told = (service_of(plan, year) for plan in plans)
    known = [value for entry in told if entry is not None and (value := getattr(entry, measure)) is not None]
    return Average(Fraction(sum(known, Decimal(0))) / len(known), len(known)) if known else None


def compared(value: Decimal, mean: Fraction, measure: str) -> str:
    """`better`, `worse` or `same` than the average; an empty shelf is worse the more often it is met."""
    if Fraction(value) == mean:
        return "same"
    return "better" if (Fraction(value) > mean) != (measure in LOWER_IS_BETTER) else "worse"
