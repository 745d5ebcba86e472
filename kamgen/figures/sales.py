"""Sales: share of wallet, penetration, white space, budget attainment, growth, customer profit, retained revenue, concentration.

What is told of one account is in the account's currency. To add accounts up, take each at its rate (`Ratio.at`, `Amount.at`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.figures.figure import Amount, Ratio, absent, ratio, together
from kamgen.figures.money import closed_year, elapsed_share, fiscal_year, revenue
from kamgen.frozen import Frozen
from kamgen.model.commerce import CostYear, Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio

NOT_OURS: Final = frozenset({"pipeline", "competitor", "gap"})
"""Statuses that say that the customer does not buy the product from us."""
COSTS: Final = ("promotion", "sales", "logistics", "other")


def bought(sale: Sale, year: int) -> Decimal | None:
    """What the customer bought of a product in a year.

    Nothing where the plan says so: a product that is a competitor's, a gap or in the pipeline, and never had revenue. Else a year
    that is not given is unknown.
    """
    if not sale.actual and sale.status in NOT_OURS:
        return Decimal(0)
    return sale.actual.get(year)


def share_of_wallet(sale: Sale, year: int) -> Ratio:
    """Our share of what the customer spends on a product (003: our share, and what is left).

    131,000 of a spend of 310,000 are 131/310, 42 %. Where the spend is unknown and competitors have 35 % and 20 %, it is
    131,000 / (1 - 0.55) = 291,111, and our share is the remaining 45 %.
    """
    actual = bought(sale, year)
    if sale.spend is not None or actual is None or not sale.competitor_shares:
        return ratio(actual, sale.spend, of="actual", to="spend")
    ours = 1 - Fraction(sum(sale.competitor_shares.values(), Decimal(0)))
    return ratio(actual, Fraction(actual) / ours if ours > 0 else None, of="actual", to="spend")


def wallet(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Ratio:
    """Our share of wallet in total, in the last closed year, over the products of which spend and revenue are known.

    131,000 of 310,000 and 0 of 90,000 are 131,000 of 400,000, 33 %; a third product, of which nobody knows the spend, is left out and named.
    """
    year = closed_year(portfolio, as_of)
    return together(((sale.product, share_of_wallet(sale, year)) for sale in plan.sales), nothing="sales")


def penetration(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Ratio:
    """Products that the customer buys from us, of those it could buy.

    Two of four products are owned, one is not eligible: 2 of 3. A product without status is owned when it has revenue this year or
    in the last closed one; one that is not in the plan is a gap.
    """
    eligible = [sale for _, sale in _eligible(plan, portfolio)]
    current = fiscal_year(as_of, portfolio.fiscal_year_start)
    owned = sum(1 for sale in eligible if sale and _is_owned(sale, current))
    return ratio(owned, len(eligible), of="sales", to="products")


def white_space(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Amount:
    """What the customer could buy from us and does not, over the eligible products of which potential and revenue are known.

    A potential of 180,000 with 131,000 sold leaves 49,000; one of 20,000 with 30,000 sold leaves nothing, and takes nothing away.
    """
    year = closed_year(portfolio, as_of)
    rooms = [(product, _room(sale, year) if sale else None) for product, sale in _eligible(plan, portfolio)]
    known = [room for _, room in rooms if room is not None]
    left_out = tuple(product for product, room in rooms if room is None)
    return Amount(sum(known, Decimal(0)), "", left_out) if known else Amount(None, "potential", left_out)


def _room(sale: Sale, year: int) -> Decimal | None:
    actual = bought(sale, year)
    return None if actual is None or sale.potential is None else max(sale.potential - actual, Decimal(0))


def _eligible(plan: Plan, portfolio: Portfolio) -> Iterator[tuple[str, Sale | None]]:
    """The portfolio's products that this customer could buy, each with what the plan says of it."""
    told = {sale.product: sale for sale in plan.sales}
    for product in portfolio.products:
        sale = told.get(product.id)
        if sale is None or sale.status != "not-eligible":
            yield product.id, sale


def _is_owned(sale: Sale, current: int) -> bool:
    if sale.status is not None:
        return sale.status == "owned"
    return any(sale.actual.get(year, 0) > 0 for year in (current - 1, current))


class Attainment(Frozen):
    """Actual against budget of the current year, and how much of the year is gone."""

    ratio: Ratio
    elapsed: Fraction


def budget_attainment(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Attainment:
    """What is reached of this year's budget, over the products that have both (001), beside the elapsed share of the year.

    54,000 of a budget of 140,000 are 39 %; on 6 May 35 % of the year are gone.
    """
    year = fiscal_year(as_of, portfolio.fiscal_year_start)
    reached = ((sale.product, attained(sale, year)) for sale in plan.sales if year in sale.actual or year in sale.budget)
    return Attainment(together(reached, nothing="budget"), elapsed_share(portfolio, as_of))


def attained(sale: Sale, year: int) -> Ratio:
    """A product's actual of a year against its budget."""
    return ratio(sale.actual.get(year), sale.budget.get(year), of="actual", to="budget")


def growth(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Ratio:
    """Revenue of the last closed year against that of the year before: 131,000 after 98,000 are 131/98, 34 % more.

    Products of which only one of the two is given stand in `left_out`; they are in the sums, since new products are growth.
    """
    year = closed_year(portfolio, as_of)
    halves = tuple(sale.product for sale in plan.sales if (year in sale.actual) != (year - 1 in sale.actual))
    return ratio(revenue(plan, year), revenue(plan, year - 1), of="actual", to="previous", left_out=halves)


def customer_profit(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Amount:
    """What the customer earns us in the last closed year: revenue x margin of each product, less what the customer costs (003).

    131,000 at a margin of 0.31 are 40,610; less 1,200 + 5,400 + 3,100 + 0 they are 30,910. One margin or one cost that is not given
    makes the profit unknown.
    """
    year = closed_year(portfolio, as_of)
    sold = [sale for sale in plan.sales if year in sale.actual]
    unpriced = tuple(sale.product for sale in sold if year not in sale.margin)
    costs = cost(plan.costs, year)
    if not sold or unpriced or costs.value is None:
        return Amount(None, "actual" if not sold else "margin" if unpriced else "costs", unpriced or costs.left_out)
    return Amount(sum((sale.actual[year] * sale.margin[year] for sale in sold), Decimal(0)) - costs.value)


def cost(years: Iterable[CostYear], year: int) -> Amount:
    """What the customer costs in a year; unknown unless every kind of cost is given, be it as 0."""
    found = [entry for entry in years if entry.year == year]
    kinds = [(kind, getattr(entry, kind)) for entry in found for kind in COSTS]
    unknown = tuple(kind for kind, value in kinds if value is None)
    return Amount(None, "costs", unknown) if unknown or not found else Amount(sum((value for _, value in kinds), Decimal(0)))


def profit_share(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Ratio:
    """The customer's profit as a share of its revenue: 30,910 of 131,000 are 24 %."""
    profit = customer_profit(plan, portfolio, as_of)
    if profit.value is None:
        return absent(profit.missing, profit.left_out)
    return ratio(profit.value, revenue(plan, closed_year(portfolio, as_of)), of="actual", to="actual")


def retained_revenue(accounts: Iterable[tuple[str, Decimal | None, Decimal | None]]) -> Ratio:
    """Last year's revenue that came again: of each account (its id, this year, last year) the smaller, of all that there was.

    One bought for 100 and now for 140, another for 100 and now for 40: 100 + 40 of 200. A new customer retains nothing, and
    an account that nothing is known of this year stands outside. Amounts are in the base currency.
    """
    told = [(name, this, last) for name, this, last in accounts if last is None or last > 0]
    known = [(this, last) for _, this, last in told if this is not None and last is not None]
    left_out = tuple(name for name, this, last in told if this is None or last is None)
    kept = sum((min(max(this, Decimal(0)), last) for this, last in known), Decimal(0))
    return ratio(kept, sum((last for _, last in known), Decimal(0)), of="actual", to="previous", left_out=left_out)


def concentration(revenues: Iterable[tuple[str, Decimal | None]], largest: int) -> Ratio:
    """The share of revenue of the largest accounts: of 500, 300 and 200 the largest one has a half.

    Amounts are in the base currency. An account whose credits are above its revenue weighs nothing.
    """
    told = list(revenues)
    known = sorted((max(amount, Decimal(0)) for _, amount in told if amount is not None), reverse=True)
    left_out = tuple(name for name, amount in told if amount is None)
    return ratio(sum(known[:largest], Decimal(0)), sum(known, Decimal(0)), of="actual", to="actual", left_out=left_out)
