"""What a customer buys and what not, by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kamgen.figures.basket import Item, basket
from kamgen.model.commerce import Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio, Product

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = Portfolio(products=(Product(id="lamps"), Product(id="fittings")))


def item(**given: Any) -> Item:
    """What the basket says of fittings."""
    plan = Plan(account="Acme", tier="A", owner="kari", sales=(Sale(product="fittings", **given),))
    return basket(plan, PORTFOLIO, AS_OF)[1]


def test_every_product_of_the_portfolio_is_told_of_in_its_order() -> None:
    assert basket(Plan(account="Acme", tier="A", owner="kari"), PORTFOLIO, AS_OF) == (Item("lamps", "gap"), Item("fittings", "gap"))


def test_what_they_could_buy_and_do_not_is_the_room() -> None:
    found = item(actual={2025: Decimal(131)}, potential=Decimal(180), spend=Decimal(310))
    assert (found.standing, found.actual, found.room) == ("owned", Decimal(131), Decimal(49))
    assert found.wallet.part == 131
    assert found.wallet.whole == 310


def test_more_than_the_potential_leaves_no_room() -> None:
    assert item(actual={2025: Decimal(200)}, potential=Decimal(180)).room == 0


@pytest.mark.parametrize(
    "given", [{}, {"potential": Decimal(180)}, {"actual": {2025: Decimal(1)}}, {"status": "not-eligible", "potential": Decimal(9)}]
)
def test_a_room_is_not_known_unless_both_are_and_it_is_for_them(given: dict[str, Any]) -> None:
    assert item(**given).room is None


def test_what_a_competitor_has_is_room_as_a_whole() -> None:
    found = item(status="competitor", potential=Decimal(90), competitor_shares={"Small": Decimal("0.2"), "Large": Decimal("0.5")})
    assert (found.actual, found.room) == (Decimal(0), Decimal(90))
    assert [name for name, _ in found.rivals] == ["Large", "Small"]


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        ({"status": "pipeline", "actual": {2026: Decimal(1)}}, "pipeline"),
        ({"actual": {2026: Decimal(1)}}, "owned"),
        ({"actual": {2025: Decimal(1)}}, "owned"),
        ({"actual": {2024: Decimal(1)}}, "gap"),
    ],
)
def test_the_plan_s_word_stands_before_the_revenue(given: dict[str, Any], standing: str) -> None:
    assert item(**given).standing == standing
