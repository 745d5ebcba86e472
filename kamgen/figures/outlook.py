"""Outlook: where one account stands as of a date, in the figures that every overview needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kamgen.account import Account
from kamgen.cadence import last_activity, next_activity, overdue, standing
from kamgen.figures.coverage import Rate, compliance, is_gated
from kamgen.figures.money import fiscal_year, in_base, rate_day, revenue
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where an account stands.

    `key`: it is in a key tier; `asked`: its status asks for a next activity; `gated`: both, so that its absence is an error.
    `has_next` is true also where the activity itself is not for the audience. `open` is false for lost and archived accounts.
    Money is in the base currency, None where nothing is given or a rate is missing; `unpriced` says that a rate is missing.
    """

    account: Account
    plan: Plan
    key: bool
    open: bool
    asked: bool
    gated: bool
    has_next: bool
    next: Activity | None
    last: Activity | None
    overdue: tuple[Activity, ...]
    compliance: Rate
    revenue: tuple[Decimal | None, ...]
    potential: Decimal | None
    unpriced: bool


def outlook(whole: Account, shown: Plan, portfolio: Portfolio, ruleset: Ruleset, as_of: dt.date) -> Outlook | None:
    """The outlook of an account: judged by its whole plan, told with the parts that are shown. None where the plan cannot be read."""
    if whole.plan is None:
        return None
    may = standing(whole.plan, as_of)
    amounts = _amounts(shown, portfolio, as_of)
    converted = [in_base(amount, shown.currency, day, portfolio) for amount, day in amounts]
    return Outlook(
        account=whole,
        plan=shown,
        key=whole.tier is not None and whole.tier.gated,
        open=may.open,
        asked=may.open and may.gate,
        gated=is_gated(whole, as_of),
        has_next=next_activity(whole.plan, ruleset, as_of) is not None,
        next=next_activity(shown, ruleset, as_of),
        last=last_activity(shown, ruleset, as_of),
        overdue=overdue(shown, as_of) if may.open else (),
        compliance=compliance(whole.cells),
        revenue=tuple(converted[:-1]),
        potential=converted[-1],
        unpriced=any(amount is not None and value is None for (amount, _), value in zip(amounts, converted, strict=True)),
    )


def _amounts(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> list[tuple[Decimal | None, dt.date]]:
    """The revenue of each year, then the potential: amounts in the account's currency, each with the day of its rate."""
    sold = ((revenue(plan, year), rate_day(year, portfolio, as_of)) for year in years(portfolio, as_of))
    return [*sold, (plan.potential, as_of)]


def years(portfolio: Portfolio, as_of: dt.date) -> tuple[int, int, int]:
    """The last two closed fiscal years and the current one, named by the year they end in."""
    current = fiscal_year(as_of, portfolio.fiscal_year_start)
    return current - 2, current - 1, current
