"""Roll-up: what several accounts come to, in money, goals and actions (002: account -> key account manager -> company)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from kamgen.figures.coverage import Rate, rate_of_all
from kamgen.figures.figure import Amount, Ratio, together
from kamgen.figures.finance import added, progress
from kamgen.figures.goals import action_progress, clipped, is_overdue, late
from kamgen.figures.goals import progress as goal_progress
from kamgen.figures.money import fiscal_year, in_base, total
from kamgen.figures.outlook import Outlook
from kamgen.figures.profile import Profile
from kamgen.frozen import Frozen
from kamgen.model.ambition import Action, Goal
from kamgen.model.portfolio import Portfolio


class Ambition(Frozen):
    """Goals and actions of some accounts.

    `missed`, `reached` and `open` count goals, `behind` the open ones that are behind their time; `ways` is how far each goal has come
    that can be told, the reached ones whole. `actions` are those done of all; `overdue` counts the open ones whose day has passed,
    `days` and `cost` (base currency) are what the open ones take, None where none of them says it.
    """

    open: int
    behind: int
    reached: int
    missed: int
    ways: tuple[Fraction, ...]
    actions: Rate
    overdue: int
    days: Decimal | None
    cost: Decimal | None

    @property
    def way(self) -> Fraction | None:
        """The mean of how far the goals have come; None where none tells it."""
        return sum(self.ways, Fraction(0)) / len(self.ways) if self.ways else None


class Contribution(Frozen):
    """What one account brings to a roll-up. Money is in the base currency; what is absent says what is missing.

    `revenue` is of the years of `figures.outlook.years`, `budget` and `attained` of the current one.
    """

    name: str
    revenue: tuple[Amount, ...]
    budget: Amount
    attained: Ratio
    potential: Amount
    white_space: Amount
    ambition: Ambition


class Rollup(Frozen):
    """Some accounts as one; each figure has in `left_out` the names of those that it says nothing of."""

    accounts: int
    revenue: tuple[Amount, ...]
    budget: Amount
    attained: Ratio
    potential: Amount
    white_space: Amount
    ambition: Ambition


def contribution(outlook: Outlook, profile: Profile, portfolio: Portfolio, as_of: dt.date) -> Contribution:
    """What an account brings, as its plan is shown."""
    plan = outlook.plan
    current = progress(plan, fiscal_year(as_of, portfolio.fiscal_year_start), portfolio, as_of)
    revenue = tuple(_known(value, "rate" if outlook.unpriced else "actual") for value in outlook.revenue)
    potential = _known(outlook.potential, "potential" if plan.potential is None else "rate")
    cost = total(in_base(action.cost, plan.currency, as_of, portfolio) for action in plan.actions if action.status == "open")
    told = ambition(plan.goals, plan.actions, as_of, cost)
    return Contribution(plan.account, revenue, current.budget, current.attained, potential, profile.white_space, told)


def ambition(goals: Iterable[Goal], actions: Iterable[Action], as_of: dt.date, cost: Decimal | None = None) -> Ambition:
    """How far goals and actions have come; dropped ones are left out. `cost` is what the open actions take, in the base currency."""
    wanted, work = [goal for goal in goals if goal.status != "dropped"], list(actions)
    ways = (Fraction(1) if goal.status == "reached" else goal_progress(goal, as_of).value for goal in wanted)
    return Ambition(
        open=sum(goal.status == "open" for goal in wanted),
        behind=sum(late(goal, as_of) for goal in wanted),
        reached=sum(goal.status == "reached" for goal in wanted),
        missed=sum(goal.status == "missed" for goal in wanted),
        ways=tuple(clipped(way) for way in ways if way is not None),
        actions=action_progress(work),
        overdue=sum(is_overdue(action, as_of) for action in work),
        days=total(action.days for action in work if action.status == "open"),
        cost=cost,
    )


def rollup(contributions: Iterable[Contribution]) -> Rollup:
    """Several accounts as one."""
    some = list(contributions)
    years = max((len(one.revenue) for one in some), default=0)
    return Rollup(
        accounts=len(some),
        revenue=tuple(added((one.name, one.revenue[year]) for one in some) for year in range(years)),
        budget=added((one.name, one.budget) for one in some),
        attained=together(((one.name, one.attained) for one in some), nothing="budget"),
        potential=added((one.name, one.potential) for one in some),
        white_space=added((one.name, one.white_space) for one in some),
        ambition=_together([one.ambition for one in some]),
    )


def _known(value: Decimal | None, missing: str) -> Amount:
    return Amount(value, "" if value is not None else missing)


def _together(some: list[Ambition]) -> Ambition:
    return Ambition(
        open=sum(one.open for one in some),
        behind=sum(one.behind for one in some),
        reached=sum(one.reached for one in some),
        missed=sum(one.missed for one in some),
        ways=tuple(way for one in some for way in one.ways),
        actions=rate_of_all(one.actions for one in some),
        overdue=sum(one.overdue for one in some),
        days=total(one.days for one in some),
        cost=total(one.cost for one in some),
    )
