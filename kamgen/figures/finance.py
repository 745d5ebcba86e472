"""Finance: what a fiscal year of an account comes to, and of many accounts together, in the base currency (003: the performance file)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from kamgen.figures.figure import Amount, Ratio, ratio, together
from kamgen.figures.money import fiscal_year, rate, rate_day, revenue, total, year_end
from kamgen.figures.sales import attained, cost, customer_profit, growth, profit_share, wallet
from kamgen.frozen import Frozen, with_values
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio


class Progress(Frozen):
    """Revenue and budget of a year, in the base currency; `attained` is the one against the other, over the products that have both."""

    revenue: Amount
    budget: Amount
    attained: Ratio


class Result(Frozen):
    """What a year came to, in the base currency; what is missing says why.

    `growth` is the revenue against that of the year before (both at this year's rate), `margin` what is left of the revenue of the
    products whose margin is known, `profit` that less the costs of the customer, `profit_share` the profit against the revenue,
    `wallet` the revenue against what the customer spends.
    """

    growth: Ratio
    margin: Ratio
    cost: Amount
    profit: Amount
    profit_share: Ratio
    wallet: Ratio


def progress(plan: Plan, year: int, portfolio: Portfolio, as_of: dt.date) -> Progress:
    """Revenue and budget of an account, at the rate of the year's last day, or of as-of where the year is not over."""
    dated = rate(portfolio, plan.currency, rate_day(year, portfolio, as_of))
    planned = ((sale.product, attained(sale, year)) for sale in plan.sales if year in sale.actual or year in sale.budget)
    return Progress(
        revenue=_amount(revenue(plan, year), "actual").at(dated),
        budget=_amount(total(sale.budget.get(year) for sale in plan.sales), "budget").at(dated),
        attained=together(planned, nothing="budget").at(dated),
    )


def result(plan: Plan, year: int, portfolio: Portfolio, as_of: dt.date) -> Result:
    """What a year of an account came to, at the rate of the year's last day."""
    dated = rate(portfolio, plan.currency, rate_day(year, portfolio, as_of))
    after = year_end(year, portfolio.fiscal_year_start) + dt.timedelta(days=1)
    return Result(
        growth=growth(plan, portfolio, after).at(dated),
        margin=margin(plan, year).at(dated),
        cost=cost(plan.costs, year).at(dated),
        profit=customer_profit(plan, portfolio, after).at(dated),
        profit_share=profit_share(plan, portfolio, after).at(dated),
        wallet=wallet(plan, portfolio, after).at(dated),
    )


def _amount(value: Decimal | None, name: str) -> Amount:
    return Amount(value, "" if value is not None else name)


def margin(plan: Plan, year: int) -> Ratio:
    """What is left of the revenue, before the costs of the customer: 131,000 at 0.31 leave 40,610. Over the products whose margin is known."""
    told = ((sale.product, _margin(sale.actual.get(year), sale.margin.get(year))) for sale in plan.sales if year in sale.actual)
    return together(told, nothing="actual")


def _margin(actual: Decimal | None, share: Decimal | None) -> Ratio:
    kept = None if actual is None or share is None else actual * share
    return ratio(kept, actual, of="margin", to="actual")


def progress_of_all(named: Iterable[tuple[str, Progress]]) -> Progress:
    """Several accounts (or products) as one; what a figure says nothing of stands in its `left_out`, by name."""
    told = list(named)
    return Progress(
        revenue=added((name, year.revenue) for name, year in told),
        budget=added((name, year.budget) for name, year in told),
        attained=together(((name, year.attained) for name, year in told), nothing="budget"),
    )


def result_of_all(named: Iterable[tuple[str, Result]]) -> Result:
    """Several accounts (or products) as one; what a figure says nothing of stands in its `left_out`, by name."""
    told = list(named)
    return Result(
        growth=together(((name, year.growth) for name, year in told), nothing="actual"),
        margin=together(((name, year.margin) for name, year in told), nothing="actual"),
        cost=added((name, year.cost) for name, year in told),
        profit=added((name, year.profit) for name, year in told),
        profit_share=together(((name, year.profit_share) for name, year in told), nothing="actual"),
        wallet=together(((name, year.wallet) for name, year in told), nothing="sales"),
    )


def added(named: Iterable[tuple[str, Amount]]) -> Amount:
    """Several amounts as one: the sum of what is known, the names of the others beside; where none is, the first tells what is missing."""
    told = list(named)
    left_out = tuple(name for name, amount in told if amount.value is None)
    found = total(amount.value for _, amount in told)
    missing = next((amount.missing for _, amount in told), "actual") if found is None else ""
    return Amount(found, missing, left_out)


def of_product(plan: Plan, product: str) -> Plan | None:
    """The part of a plan that is about one product's money; None where the plan does not name it. Costs are not told by product."""
    sales = tuple(sale for sale in plan.sales if sale.product == product)
    return with_values(plan, sales=sales, costs=()) if sales else None


def told_years(plans: Iterable[Plan], portfolio: Portfolio, as_of: dt.date) -> tuple[int, ...]:
    """Every fiscal year with revenue, and the current one and those after it with a budget; sorted."""
    current = fiscal_year(as_of, portfolio.fiscal_year_start)
    found = {year for plan in plans for year in _years(plan, current)}
    return tuple(sorted(found | {year for year in (portfolio.plan.budget if portfolio.plan else ()) if year >= current}))


def _years(plan: Plan, current: int) -> Iterator[int]:
    for sale in plan.sales:
        yield from (year for year in sale.actual if year <= current)
        yield from (year for year in sale.budget if year >= current)


def gained(attainment: Ratio, elapsed: Fraction) -> str:
    """How a year goes: `ahead` of the share of the year that is gone, `behind` it, or unknown (empty)."""
    if attainment.value is None:
        return ""
    return "ahead" if attainment.value >= elapsed else "behind"
