"""Money: years, dated rates, and what is said when a rate is missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.figures.money import missing_rates, rate, year_end
from kamgen.model.analysis import Need
from kamgen.model.commerce import CostYear, Sale
from kamgen.model.company import Company
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio, Rate

AS_OF = dt.date(2026, 5, 6)


def made(cls: Any, **values: Any) -> Any:
    return cls(**values)


def portfolio(*rates: tuple[str, str, str], first_month: int = 1) -> Any:
    dated = tuple(made(Rate, currency=currency, date=dt.date.fromisoformat(day), rate=Decimal(worth)) for currency, day, worth in rates)
    return made(Portfolio, currency="DKK", rates=dated, fiscal_year_start=first_month)


def plan(currency: str | None, *sales: Sale, **more: Any) -> Any:
    return made(Plan, account="Acme", tier="A", owner="kari", currency=currency, sales=sales, **more)


@pytest.mark.parametrize(
    ("year", "first_month", "end"),
    [
        (2026, 1, "2026-12-31"),
        (2026, 7, "2026-06-30"),
        (2024, 3, "2024-02-29"),
        (2026, 3, "2026-02-28"),
        (2026, 12, "2026-11-30"),
        (2026, 2, "2026-01-31"),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(year: int, first_month: int, end: str) -> None:
    assert year_end(year, first_month) == dt.date.fromisoformat(end)


@given(st.integers(1901, 2199), st.integers(1, 12))
def test_fiscal_years_follow_each_other(year: int, first_month: int) -> None:
    assert (year_end(year, first_month) + dt.timedelta(days=1)).month == first_month
    assert year_end(year, first_month).year == year
    assert (year_end(year, first_month) - year_end(year - 1, first_month)).days in {365, 366}


def test_the_latest_rate_on_or_before_the_day() -> None:
    known = portfolio(("EUR", "2026-01-01", "7.46"), ("SEK", "2026-01-01", "0.66"), ("EUR", "2025-01-01", "7.44"), ("EUR", "2026-06-01", "7.50"))
    days = ["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2030-01-01"]
    found = [rate(known, "EUR", dt.date.fromisoformat(day)) for day in days]
    assert found == [None, Decimal("7.44"), Decimal("7.44"), Decimal("7.46"), Decimal("7.46"), Decimal("7.50"), Decimal("7.50")]
    assert rate(known, "SEK", AS_OF) == Decimal("0.66")


@pytest.mark.parametrize("currency", [None, "DKK"])
def test_the_base_currency_is_worth_one(currency: str | None) -> None:
    assert rate(portfolio(), currency, AS_OF) == Decimal(1)
    assert missing_rates(plan(currency), portfolio(), AS_OF) == ()


def test_a_missing_rate_is_none_and_never_one() -> None:
    assert rate(portfolio(("EUR", "2026-05-07", "7.46")), "EUR", AS_OF) is None
    assert rate(portfolio(("EUR", "2026-01-01", "7.46")), "SEK", AS_OF) is None


def test_years_with_amounts_and_no_rate() -> None:
    sold = made(Sale, product="fittings", actual={2023: Decimal(1), 2025: Decimal(1)}, budget={2027: Decimal(1)})
    spent = (made(CostYear, year=2022),)
    assert missing_rates(plan("SEK", sold, costs=spent), portfolio(), AS_OF) == (2022, 2023, 2025, 2027)
    assert missing_rates(plan("SEK", sold, costs=spent), portfolio(("SEK", "2024-01-01", "0.66")), AS_OF) == (2022, 2023)


def test_an_amount_without_a_year_needs_the_rate_of_as_of() -> None:
    worth = Decimal(5)
    for amount in (
        {"potential": worth},
        {"needs": (made(Need, text="Fewer deliveries", value=worth),)},
        {"company": made(Company, turnover=worth)},
        {"sales": (made(Sale, product="fittings", spend=worth),)},
    ):
        priced = made(Plan, account="Acme", tier="A", owner="kari", currency="SEK", **amount)
        assert missing_rates(priced, portfolio(), AS_OF) == (2026,)
        assert missing_rates(priced, portfolio(first_month=5), AS_OF) == (2027,)
        assert missing_rates(priced, portfolio(("SEK", "2026-05-06", "0.66")), AS_OF) == ()
        assert missing_rates(priced, portfolio(("SEK", "2026-05-07", "0.66")), AS_OF) == (2026,)


def test_a_plan_without_amounts_needs_no_rate() -> None:
    assert missing_rates(plan("SEK"), portfolio(), AS_OF) == ()
    assert missing_rates(plan("SEK", made(Sale, product="fittings", margin={2026: Decimal("0.2")})), portfolio(), AS_OF) == ()


def test_no_rate_is_dated_after_as_of() -> None:
    sold = made(Sale, product="fittings", actual={2025: Decimal(1), 2026: Decimal(1)})
    assert missing_rates(plan("SEK", sold), portfolio(("SEK", "2026-05-07", "0.66")), AS_OF) == (2025, 2026)


def test_a_closed_fiscal_year_is_told_in_the_calendar_year_it_ended_in() -> None:
    """As of August the year of June is over: the rate of July is too late for it."""
    sold = made(Sale, product="fittings", actual={2026: Decimal(1)})
    late = portfolio(("SEK", "2026-07-15", "0.66"), first_month=7)
    assert missing_rates(plan("SEK", sold), late, dt.date(2026, 8, 10)) == (2026,)
    assert missing_rates(plan("SEK", potential=Decimal(1)), late, dt.date(2026, 8, 10)) == ()


def test_a_year_ends_when_the_fiscal_year_does() -> None:
    sold = made(Sale, product="fittings", actual={2025: Decimal(1)})
    late = ("SEK", "2025-07-01", "0.66")
    assert missing_rates(plan("SEK", sold), portfolio(late), AS_OF) == ()
    assert missing_rates(plan("SEK", sold), portfolio(late, first_month=7), AS_OF) == (2025,)
