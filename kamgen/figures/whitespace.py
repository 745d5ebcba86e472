"""White space, product by product: what each customer could buy and does not, and how far a product has come with all of them (003)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from kamgen.figures.basket import NOT_FOR_THEM, Item, basket
from kamgen.figures.coverage import Rate
from kamgen.figures.figure import Amount
from kamgen.figures.money import closed_year, rate, rate_day
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio

STANDINGS: Final = ("owned", "pipeline", "competitor", "gap", NOT_FOR_THEM)
UNTOLD: Final = ""
"""Where a product stands that the plan, as far as it is shown, says nothing of."""


class Space(Frozen):
    """A product at a customer: where it stands, what is left for us in the base currency, who else has it, the largest first."""

    product: str
    standing: str
    room: Amount
    rivals: tuple[tuple[str, Decimal], ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether the customer could buy it, as far as that is told."""
        return self.standing not in {UNTOLD, NOT_FOR_THEM}


class Spread(Frozen):
    """A product over customers: how many stand where, what is left with all of them."""

    product: str
    counts: Mapping[str, int]
    room: Amount

    @property
    def penetration(self) -> Rate:
        """Customers who own it, of those who could: 2 own it, 3 do not, one is not eligible: 2 of 5."""
        return Rate(self.counts.get("owned", 0), sum(count for name, count in self.counts.items() if name not in {UNTOLD, NOT_FOR_THEM}))


def spaces(shown: Plan, whole: Plan, portfolio: Portfolio, as_of: dt.date) -> tuple[Space, ...]:
    """Every product of the portfolio at a customer, in the portfolio's order.

    A product that the plan does not name is a gap (domain.md section 4). Where parts of the sales are not shown, that would be a guess:
    such a product is untold.
    """
    dated = rate(portfolio, shown.currency, rate_day(closed_year(portfolio, as_of), portfolio, as_of))
    sure = {sale.product for sale in shown.sales if sale.status} if _facts(shown) != _facts(whole) else None
    return tuple(_space(item, dated, sure is None or item.product in sure) for item in basket(shown, portfolio, as_of))


def _facts(plan: Plan) -> list[tuple[object, ...]]:
    """What decides where products stand."""
    return [(sale.product, sale.status, dict(sale.actual), sale.potential) for sale in plan.sales]


def _space(item: Item, dated: Decimal | None, sure: bool) -> Space:
    standing = item.standing if sure or item.standing != "gap" else UNTOLD
    if item.room is None:
        return Space(item.product, standing, Amount(None, "potential" if item.potential is None else "actual"), item.rivals)
    return Space(item.product, standing, Amount(item.room).at(dated), item.rivals)


def penetration_of(found: Iterable[Space]) -> Rate:
    """Products that a customer owns, of those it could buy and that are told."""
    told = [space for space in found if space.eligible]
    return Rate(sum(1 for space in told if space.standing == "owned"), len(told))


def spread(product: str, told: Iterable[tuple[str, Space]]) -> Spread:
    """A product over customers, each with its name."""
    known = list(told)
    counts = Counter(space.standing for _, space in known)
    return Spread(product, dict(counts), summed((name, space.room) for name, space in known if space.eligible))


def summed(named: Iterable[tuple[str, Amount]]) -> Amount:
    """Amounts in one currency as one, the names of those that are not known beside; where none is, the first says what is missing."""
    told = list(named)
    known = [amount.value for _, amount in told if amount.value is not None]
    left_out = tuple(name for name, amount in told if amount.value is None)
    return Amount(sum(known, Decimal(0)), "", left_out) if known else Amount(None, next((amount.missing for _, amount in told), "sales"), left_out)
