"""Shares, budgets and falling revenue: the day, the percent and the accounts that are not asked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.model.commerce import Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import DayOfYear, Portfolio, ReviewWindow
from kamgen.rules.money import no_budget, revenue_falling, shares_over_one

AS_OF = dt.date(2026, 5, 6)
NEXT_YEAR_WANTED = dt.date(2026, 10, 16)


def made(cls: Any, **values: Any) -> Any:
    return cls(**values)


def amounts(**values: Any) -> dict[int, Decimal]:
    return {int(name[1:]): Decimal(value) for name, value in values.items()}


def sale(**values: Any) -> Any:
    return made(Sale, product="fittings", **values)


def plan(*sales: Any, **more: Any) -> Any:
    return made(Plan, account="Acme", tier="A", owner="kari", sales=sales, **more)


def portfolio(*windows: tuple[str, int, int], first: int = 1) -> Any:
    named = tuple(ReviewWindow(name=name, due=DayOfYear(month=month, day=day), grace=14) for name, month, day in windows)
    return made(Portfolio, currency="DKK", fiscal_year_start=first, review_windows=named)


BUDGET = portfolio(("half-year", 4, 1), ("Budget work", 10, 1))


def shares(actual: int, spend: int | None, *theirs: str, percent: int = 1) -> list[str]:
    competitors = {str(number): Decimal(share) for number, share in enumerate(theirs)}
    sold = sale(actual=amounts(y2025=actual), competitor_shares=competitors, **({} if spend is None else {"spend": Decimal(spend)}))
    return [finding.variant for finding in shares_over_one(plan(sold), BUDGET, AS_OF, percent=percent)]


def test_shares_may_come_to_the_whole_and_a_rounding() -> None:
    assert shares(45, 100, "0.35", "0.20") == []
    assert shares(46, 100, "0.35", "0.20") == []
    assert shares(47, 100, "0.35", "0.20") == [""]
    assert shares(46, 100, "0.35", "0.20", percent=0) == [""]


def test_shares_of_one_side_alone() -> None:
    assert shares(102, 100) == ["ours"]
    assert shares(101, 100) == []
    assert shares(0, 100, "0.6", "0.4") == []
    assert shares(0, None, "0.34", "0.33", "0.34") == []
    assert shares(0, None, "0.34", "0.33", "0.34", percent=0) == ["competitors"]
    assert shares(0, None, "0.6", "0.411") == ["competitors"]
    assert shares(60, 100, "0.6", "0.5") == ["competitors"]


def test_who_has_all_of_an_unknown_spend_leaves_nothing_for_us() -> None:
    assert shares(1, None, "1") == ["all"]
    assert shares(1, None, "0.6", "0.4") == ["all"]
    assert shares(0, None, "1") == []
    assert shares(1, None, "0.999") == []


def test_who_spends_nothing_buys_nothing_of_us() -> None:
    assert shares(5, 0) == ["ours"]
    assert shares(5, 0, "0.9") == ["ours"]


@pytest.mark.parametrize(("actual", "told"), [("46.01", "46.01"), ("47", "47"), ("46.5", "46.5"), ("460.004", "460")])
def test_a_share_is_told_as_it_is(actual: str, told: str) -> None:
    sold = sale(actual={2025: Decimal(actual)}, competitor_shares={"one": Decimal("0.551")}, spend=Decimal(100))
    (finding,) = shares_over_one(plan(sold), BUDGET, AS_OF)
    assert str(finding.values["ours"]) == told
    assert str(finding.values["theirs"]) == "55.1"


def test_shares_that_cannot_be_told_are_not_judged() -> None:
    assert shares(500, None, "0.9") == []
    assert shares(0, 0, "0.9") == []
    assert not [*shares_over_one(plan(), BUDGET, AS_OF)]


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.lists(st.decimals(0, 1, places=2), max_size=3))
def test_what_fits_into_the_spend_is_never_blamed(actual: int, spend: int, theirs: list[Decimal]) -> None:
    fits = Decimal(actual) / Decimal(spend) + sum(theirs) <= Decimal("0.999")
    assert not (fits and shares(actual, spend, *map(str, theirs)))


def budget_years(as_of: dt.date, known: Any = BUDGET, **values: Any) -> list[Any]:
    sold = sale(actual=amounts(y2024=1, y2025=1, y2026=1), **values)
    return [finding.values["year"] for finding in no_budget(plan(sold), known, as_of)]


def test_the_budget_is_wanted_when_the_days_of_grace_are_over() -> None:
    assert budget_years(dt.date(2026, 10, 15), budget=amounts(y2026=5)) == []
    assert budget_years(NEXT_YEAR_WANTED, budget=amounts(y2026=5)) == [2027]
    assert budget_years(NEXT_YEAR_WANTED, budget=amounts(y2027=5)) == []
    assert budget_years(AS_OF) == [2026]
    assert budget_years(AS_OF, budget=amounts(y2026=5)) == []


def test_the_budget_is_of_the_fiscal_year_after_the_one_of_the_budget_work() -> None:
    july = portfolio(("Budget", 4, 1), first=7)
    assert budget_years(AS_OF, july) == [2027]
    assert budget_years(dt.date(2026, 4, 15), july) == [2026]


def test_without_its_name_the_budget_work_is_the_latest_window_of_the_year() -> None:
    assert budget_years(NEXT_YEAR_WANTED, portfolio(("autumn", 10, 1), ("spring", 4, 1))) == [2027]
    assert budget_years(AS_OF, portfolio(("autumn", 10, 1), ("spring", 4, 1), (("late spring"), 4, 2), first=7)) == [2027]
    assert budget_years(AS_OF, portfolio()) == []


def test_accounts_without_revenue_prospects_and_new_ones_have_no_budget_to_make() -> None:
    sold = sale(actual=amounts(y2025=1))
    asked = [
        plan(),
        plan(sale(spend=Decimal(5))),
        plan(sale(actual=amounts(y2020=5))),
        plan(sold, status="prospect"),
        plan(sold, since=dt.date(2025, 10, 2)),
    ]
    assert [[*no_budget(account, BUDGET, AS_OF)] for account in asked] == [[]] * 5
    assert len([*no_budget(plan(sold, since=dt.date(2025, 10, 1)), BUDGET, AS_OF)]) == 1


def falls(now: Any, last: Any = 36500, as_of: dt.date = AS_OF, **options: Any) -> list[Any]:
    sold = sale(actual=amounts(y2025=last, y2026=now))
    return [finding.values["percent"] for finding in revenue_falling(plan(sold), BUDGET, as_of, **options)]


def test_the_pace_of_last_year_less_a_fifth() -> None:
    """Until 6 April, when the books are taken to end, 96 of 365 days are gone: 9,600, of which four fifths are 7,680."""
    assert falls(7680) == []
    assert falls(7679) == [20]
    assert falls(0) == [100]
    assert falls(7679, percent=21) == []
    assert falls(9599, percent=0) == [0]
    assert falls(12599, percent=0, behind=0) == [0]


def test_a_young_year_tells_nothing_yet() -> None:
    assert falls(0, as_of=dt.date(2026, 3, 31)) == []
    assert falls(0, as_of=dt.date(2026, 4, 1)) == [100]
    assert falls(0, as_of=dt.date(2026, 1, 2), after=0) == [100]


def test_what_is_not_known_is_no_fall() -> None:
    for sales in (
        (),
        (sale(actual=amounts(y2025=36500)),),
        (sale(actual=amounts(y2026=5)),),
        (sale(actual=amounts(y2025=0, y2026=0)),),
        (sale(actual=amounts(y2025=-5, y2026=0)),),
    ):
        assert not [*revenue_falling(plan(*sales), BUDGET, AS_OF)]


def test_a_customer_who_changes_to_another_product_does_not_fall() -> None:
    left, taken = sale(actual=amounts(y2025=36500, y2026=100)), made(Sale, product="lighting", actual=amounts(y2026=9000))
    assert not [*revenue_falling(plan(left, taken), BUDGET, AS_OF)]


@pytest.mark.parametrize("share", [1, 2, 3])
def test_a_fall_is_the_same_in_every_currency(share: int) -> None:
    assert falls(5000 * share, 36500 * share) == falls(5000)


def test_the_revenue_of_the_account_is_what_is_given_and_what_is_not_given_is_named() -> None:
    """By 6 April the pace of 10,000 is 2,630, of which four fifths are 2,104."""
    named = [("lighting", 9000), ("racks", 0)]
    silent = [made(Sale, product=name, actual=amounts(y2025=amount)) for name, amount in named]

    def said(now: int) -> list[Any]:
        found = revenue_falling(plan(sale(actual=amounts(y2025=1000, y2026=now)), *silent), BUDGET, AS_OF)
        return [(finding.variant, finding.values["products"], finding.values["percent"]) for finding in found]

    assert said(2105) == []
    assert said(2104) == [("missing", ("lighting",), 20)]
    assert said(230) == [("missing", ("lighting",), 91)]


def test_a_product_that_nobody_buys_any_more_is_a_fall_whatever_else_is_new() -> None:
    """By 23 October, 296 of 365 days, the pace of 1,000 is 811."""
    dropped, taken = sale(actual=amounts(y2025=1000, y2026=0)), made(Sale, product="shelves", actual=amounts(y2026=500))
    found = [*revenue_falling(plan(dropped, taken), BUDGET, dt.date(2026, 11, 22))]
    assert [(finding.variant, finding.values["percent"]) for finding in found] == [("", 38)]


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=1, max_size=4))
def test_a_fall_does_not_hang_on_how_the_sums_are_split(now: int, last: list[int]) -> None:
    split = [sale(actual=amounts(y2025=amount)) for amount in last]
    apart = [finding.values["percent"] for finding in revenue_falling(plan(sale(actual=amounts(y2026=now)), *split), BUDGET, AS_OF)]
    assert apart == falls(now, sum(last))


def test_where_no_product_has_a_figure_there_is_no_fall() -> None:
    silent = made(Sale, product="lighting", actual=amounts(y2025=500))
    sold = sale(actual=amounts(y2026=1))
    assert not [*revenue_falling(plan(silent), BUDGET, AS_OF)]
    assert [finding.variant for finding in revenue_falling(plan(sold, silent), BUDGET, AS_OF)] == ["missing"]
    assert not [*revenue_falling(plan(sold, silent), BUDGET, dt.date(2026, 3, 31))]
