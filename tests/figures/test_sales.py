"""Figures of money: share of wallet, penetration, white space, attainment, growth, profit, retained revenue, concentration."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.figures.figure import Amount, Ratio, absent
from kamgen.figures.money import closed_year, elapsed_share, in_base, revenue, total
from kamgen.figures.sales import (
    attained,
    bought,
    budget_attainment,
    concentration,
    customer_profit,
    growth,
    penetration,
    profit_share,
    retained_revenue,
    share_of_wallet,
    wallet,
    white_space,
)
from kamgen.model.commerce import CostYear, Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio, Product

AS_OF = dt.date(2026, 5, 6)
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
SIGNED = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
MAYBE = st.none() | SIGNED


def made(cls: Any, **values: Any) -> Any:
    return cls(**values)


def money(**amounts: str | int) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in amounts.items()}


def years(**amounts: Any) -> dict[int, Decimal]:
    """`y2025=131000` as the plan has it."""
    return {int(name[1:]): Decimal(amount) for name, amount in amounts.items()}


def sale(product: str = "fittings", **values: Any) -> Any:
    return made(Sale, product=product, **values)


def plan(*sales: Sale, **more: Any) -> Any:
    return made(Plan, account="Acme", tier="A", owner="kari", sales=sales, **more)


def portfolio(*products: str, **more: Any) -> Any:
    return made(Portfolio, currency="DKK", products=tuple(made(Product, id=product) for product in products), **more)


FITTINGS = sale(
    actual=years(y2024=98000, y2025=131000, y2026=54000),
    budget=years(y2026=140000),
    margin=years(y2025="0.31"),
    spend=Decimal(310000),
    potential=Decimal(180000),
    competitor_shares=money(north="0.35", others="0.20"),
    status="owned",
)
COSTS = made(CostYear, year=2025, **money(promotion=1200, sales=5400, logistics=3100, other=0))


def test_the_last_closed_year_and_the_share_of_the_current_one() -> None:
    assert closed_year(portfolio(), AS_OF) == 2025
    assert elapsed_share(portfolio(), AS_OF) == Fraction(126, 365)
    assert closed_year(portfolio(fiscal_year_start=5), AS_OF) == 2026
    assert elapsed_share(portfolio(fiscal_year_start=5), AS_OF) == Fraction(6, 365)
    assert elapsed_share(portfolio(), dt.date(2026, 12, 31)) == 1


def test_share_of_wallet_of_a_known_spend() -> None:
    assert share_of_wallet(FITTINGS, 2025) == Ratio(Fraction(131000), Fraction(310000))


def test_share_of_wallet_where_only_the_competitors_are_known() -> None:
    found = share_of_wallet(sale(actual=years(y2025=131000), competitor_shares=money(north="0.35", others="0.20")), 2025)
    assert found.value == Fraction(45, 100)
    assert found.whole == Fraction(131000) / Fraction(45, 100)


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"spend": Decimal(100)}, "actual"),
        ({"actual": years(y2024=1), "spend": Decimal(100)}, "actual"),
        ({"actual": years(y2025=1)}, "spend"),
        ({"actual": years(y2025=1), "spend": Decimal(0)}, "spend"),
        ({"actual": years(y2025=1), "competitor_shares": money(all="1")}, "spend"),
        ({"actual": years(y2025=0), "competitor_shares": money(all="0.5")}, "spend"),
        ({"competitor_shares": money(all="0.5")}, "actual"),
        ({"actual": years(y2025=1), "spend": Decimal(0), "competitor_shares": money(all="0.5")}, "spend"),
    ],
)
def test_share_of_wallet_that_cannot_be_told(values: dict[str, Any], missing: str) -> None:
    assert share_of_wallet(sale(**values), 2025) == absent(missing)


def test_a_product_that_the_plan_says_is_not_ours_is_bought_elsewhere() -> None:
    for status in ("gap", "competitor", "pipeline"):
        assert bought(sale(status=status), 2025) == 0
        assert bought(sale(status=status, actual=years(y2024=5)), 2025) is None
    for other in ("owned", "not-eligible", None):
        assert bought(sale(status=other), 2025) is None


@given(AMOUNTS, st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2, allow_nan=False))
def test_a_share_of_wallet_lies_between_nothing_and_all(actual: Decimal, spend: Decimal) -> None:
    value = share_of_wallet(sale(actual={2025: min(actual, spend)}, spend=spend), 2025).value
    assert value is not None
    assert 0 <= value <= 1


@given(
    st.decimals(min_value=1, max_value=10**9, places=2),
    st.lists(st.decimals(min_value=0, max_value=Decimal("0.2"), places=4), min_size=1, max_size=4),
)
def test_the_share_that_competitors_leave_is_ours(actual: Decimal, shares: list[Decimal]) -> None:
    named = {str(number): share for number, share in enumerate(shares)}
    assert share_of_wallet(sale(actual={2025: actual}, competitor_shares=named), 2025).value == 1 - Fraction(sum(shares))


def test_the_wallet_in_total_leaves_out_what_it_does_not_know() -> None:
    unknown = sale("lighting", actual=years(y2025=70000))
    theirs = sale("signs", spend=Decimal(90000), status="competitor")
    assert wallet(plan(FITTINGS, unknown, theirs), portfolio(), AS_OF) == Ratio(Fraction(131000), Fraction(400000), "", ("lighting",))
    assert wallet(plan(), portfolio(), AS_OF) == absent("sales")


def test_penetration() -> None:
    sold_now = sale("lighting", actual=years(y2026=10))
    ours = portfolio("fittings", "lighting", "signs", "doors", "floors")
    sales = (FITTINGS, sold_now, sale("signs", status="not-eligible"), sale("doors", actual=years(y2024=5)))
    assert penetration(plan(*sales), ours, AS_OF) == Ratio(Fraction(2), Fraction(4))
    assert penetration(plan(sale(status="pipeline", actual=years(y2025=5))), ours, AS_OF) == Ratio(Fraction(0), Fraction(5))
    assert penetration(plan(sale(status="not-eligible")), portfolio("fittings"), AS_OF) == absent("products")


def test_white_space() -> None:
    more = sale("lighting", actual=years(y2025=30000), potential=Decimal(20000))
    gap = sale("signs", potential=Decimal(7000), status="gap")
    closed = sale("doors", potential=Decimal(9000), status="not-eligible")
    ours = portfolio("fittings", "lighting", "signs", "doors", "floors", "roofs")
    half = sale("roofs", actual=years(y2025=5))
    assert white_space(plan(FITTINGS, more, gap, closed, half), ours, AS_OF) == Amount(Decimal(56000), "", ("floors", "roofs"))
    assert white_space(plan(half), portfolio("roofs"), AS_OF) == Amount(None, "potential", ("roofs",))
    assert white_space(plan(), portfolio(), AS_OF) == Amount(None, "potential")


@given(st.lists(st.tuples(SIGNED, AMOUNTS), min_size=1, max_size=5))
def test_white_space_is_never_negative_and_no_product_takes_from_another(pairs: list[tuple[Decimal, Decimal]]) -> None:
    names = [f"p{number}" for number in range(len(pairs))]
    sales = [sale(name, actual={2025: actual}, potential=potential) for name, (actual, potential) in zip(names, pairs, strict=True)]
    whole = white_space(plan(*sales), portfolio(*names), AS_OF).value
    first = white_space(plan(sales[0]), portfolio(names[0]), AS_OF).value
    assert whole is not None
    assert first is not None
    assert whole >= first >= 0


def test_budget_attainment_stands_beside_the_elapsed_share() -> None:
    found = budget_attainment(plan(FITTINGS, sale("signs")), portfolio(), AS_OF)
    assert found.ratio == Ratio(Fraction(54000), Fraction(140000))
    assert found.elapsed == Fraction(126, 365)


def test_budget_attainment_compares_products_that_have_both() -> None:
    planned = sale("lighting", budget=years(y2026=50000))
    unplanned = sale("signs", actual=years(y2026=4000))
    assert budget_attainment(plan(FITTINGS, planned, unplanned), portfolio(), AS_OF).ratio.left_out == ("lighting", "signs")
    assert budget_attainment(plan(planned), portfolio(), AS_OF).ratio == absent("actual", ("lighting",))
    assert budget_attainment(plan(unplanned), portfolio(), AS_OF).ratio == absent("budget", ("signs",))
    assert budget_attainment(plan(), portfolio(), AS_OF).ratio == absent("budget")
    assert attained(sale(actual=years(y2026=5), budget=years(y2026=0)), 2026) == absent("budget")


def test_growth_takes_new_products_in_and_names_them() -> None:
    assert growth(plan(FITTINGS), portfolio(), AS_OF) == Ratio(Fraction(131000), Fraction(98000))
    new = sale("lighting", actual=years(y2025=9000))
    assert growth(plan(FITTINGS, new), portfolio(), AS_OF) == Ratio(Fraction(140000), Fraction(98000), "", ("lighting",))
    assert growth(plan(new), portfolio(), AS_OF) == absent("previous", ("lighting",))
    assert growth(plan(sale(actual=years(y2024=1))), portfolio(), AS_OF) == absent("actual", ("fittings",))
    assert growth(plan(), portfolio(), AS_OF) == absent("actual")


def test_customer_profit() -> None:
    sold = plan(FITTINGS, costs=(COSTS,))
    assert customer_profit(sold, portfolio(), AS_OF) == Amount(Decimal("30910.00"))
    assert profit_share(sold, portfolio(), AS_OF).value == Fraction(30910, 131000)


def test_one_missing_margin_or_cost_makes_the_profit_unknown() -> None:
    unpriced = sale("lighting", actual=years(y2025=1))
    half = made(CostYear, year=2025, **money(promotion=1200, sales=5400))
    assert customer_profit(plan(costs=(COSTS,)), portfolio(), AS_OF) == Amount(None, "actual")
    assert customer_profit(plan(FITTINGS, unpriced, costs=(COSTS,)), portfolio(), AS_OF) == Amount(None, "margin", ("lighting",))
    assert customer_profit(plan(FITTINGS), portfolio(), AS_OF) == Amount(None, "costs")
    assert customer_profit(plan(FITTINGS, costs=(half,)), portfolio(), AS_OF) == Amount(None, "costs", ("logistics", "other"))
    assert customer_profit(plan(FITTINGS, costs=(made(CostYear, year=2024),)), portfolio(), AS_OF) == Amount(None, "costs")
    assert profit_share(plan(FITTINGS, costs=(half,)), portfolio(), AS_OF) == absent("costs", ("logistics", "other"))


def test_retained_revenue() -> None:
    told = [("a", Decimal(140), Decimal(100)), ("b", Decimal(40), Decimal(100))]
    assert retained_revenue(told) == Ratio(Fraction(140), Fraction(200))
    more = [("new", Decimal(70), Decimal(0)), ("unknown", None, Decimal(50)), ("young", Decimal(9), None), ("credit", Decimal(-5), Decimal(100))]
    assert retained_revenue([*told, *more]) == Ratio(Fraction(140), Fraction(300), "", ("unknown", "young"))
    assert retained_revenue([]) == absent("previous")


@given(st.lists(st.tuples(MAYBE, MAYBE), max_size=8))
def test_retained_revenue_lies_between_nothing_and_all(pairs: list[tuple[Decimal | None, Decimal | None]]) -> None:
    found = retained_revenue((str(number), this, last) for number, (this, last) in enumerate(pairs))
    assert found.value is None or 0 <= found.value <= 1


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=6), AMOUNTS)
def test_growth_elsewhere_hides_no_loss(pairs: list[tuple[Decimal, Decimal]], more: Decimal) -> None:
    """What one account buys beyond last year is capped, and changes nothing for the others."""
    told = [(str(number), this, last) for number, (this, last) in enumerate(pairs)]
    (name, this, last), *others = told
    grown = [(name, max(this, last) + more, last), *others]
    assert retained_revenue(grown) == retained_revenue([(name, max(this, last), last), *others])


def test_concentration() -> None:
    told = [("a", Decimal(200)), ("b", Decimal(500)), ("c", Decimal(300)), ("d", None), ("e", Decimal(-50))]
    assert concentration(told, 1) == Ratio(Fraction(500), Fraction(1000), "", ("d",))
    assert concentration(told, 2).value == Fraction(4, 5)
    assert concentration(told, 10).value == 1
    assert concentration([("d", None)], 1) == absent("actual", ("d",))


@given(st.lists(MAYBE, max_size=8), st.integers(0, 9))
def test_concentration_grows_with_the_number_of_accounts_up_to_all(amounts: list[Decimal | None], largest: int) -> None:
    told = [(str(number), amount) for number, amount in enumerate(amounts)]
    less, more = concentration(told, largest).value, concentration(told, largest + 1).value
    assert (less is None) == (more is None)
    assert less is None or more is None or 0 <= less <= more <= 1


def test_revenue_and_sums_of_what_is_known() -> None:
    assert revenue(plan(FITTINGS, sale("lighting", actual=years(y2025=9000))), 2025) == 140000
    assert revenue(plan(FITTINGS), 2020) is None
    assert total([None, Decimal(1), Decimal(2)]) == 3
    assert total([None]) is None
    assert in_base(Decimal(5), "SEK", AS_OF, portfolio()) is None
    assert in_base(None, "DKK", AS_OF, portfolio()) is None
    assert in_base(Decimal(5), "DKK", AS_OF, portfolio()) == 5
