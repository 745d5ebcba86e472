"""Ambitions: the goals and actions of accounts and of the portfolio, with the days and the money that are planned (001, 002)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from kamgen.figures.coverage import Rate
from kamgen.figures.goals import Progress, action_progress, goals_progress, is_overdue, late, of_target, progress
from kamgen.figures.money import in_base, total
from kamgen.figures.outlook import Outlook
from kamgen.frozen import Frozen
from kamgen.model.ambition import Action, Goal
from kamgen.model.portfolio import Portfolio

FAR = dt.date.max


class Aim(Frozen):
    """A goal, with where it stands; `outlook` is the account's, None for a goal of the portfolio. `owner` answers for it."""

    outlook: Outlook | None
    goal: Goal
    owner: str | None
    progress: Progress
    late: bool

    @property
    def of_target(self) -> Fraction | None:
        """The share of its target that a sum of the year has come to, by which it is judged in time; None for other goals."""
        return of_target(self.goal)


class Deed(Frozen):
    """An action; `cost` is in the base currency, None where it or its rate is missing. `overdue`: open although its day has passed."""

    outlook: Outlook | None
    action: Action
    owner: str | None
    cost: Decimal | None
    overdue: bool


class Effort(Frozen):
    """What some actions take: days of work and money, None where none is given. `unsaid` counts those that lack one of both."""

    days: Decimal | None
    cost: Decimal | None
    unsaid: int


class Ambition(Frozen):
    """Goals and actions that are told together: of an account, of a manager's, of all."""

    aims: tuple[Aim, ...]
    deeds: tuple[Deed, ...]

    def progress(self, as_of: dt.date) -> Progress:
        """The mean progress of the goals whose progress is known."""
        return goals_progress((aim.goal for aim in self.aims), as_of)

    @property
    def late(self) -> int:
        """How many goals are behind their time."""
        return sum(1 for aim in self.aims if aim.late)

    @property
    def overdue(self) -> int:
        """How many open actions are past their day."""
        return sum(1 for deed in self.deeds if deed.overdue)

    @property
    def done(self) -> Rate:
        """Actions done, of all that were not dropped."""
        return action_progress(deed.action for deed in self.deeds)

    @property
    def open_aims(self) -> tuple[Aim, ...]:
        """The goals that are neither reached, missed nor dropped, the nearest day first."""
        return tuple(sorted((aim for aim in self.aims if aim.goal.status == "open"), key=lambda aim: aim.goal.due or FAR))

    @property
    def open_deeds(self) -> tuple[Deed, ...]:
        """The open actions, the nearest day first."""
        return tuple(sorted((deed for deed in self.deeds if deed.action.status == "open"), key=lambda deed: deed.action.due or FAR))

    @property
    def effort(self) -> Effort:
        """What the open actions take."""
        return effort(self.open_deeds)


class Month(Frozen):
    """What is due in a month: goals, actions, and what these take. `first` is its first day; None for what has no day."""

    first: dt.date | None
    aims: tuple[Aim, ...]
    deeds: tuple[Deed, ...]

    @property
    def effort(self) -> Effort:
        """What the actions of the month take."""
        return effort(self.deeds)


def of_account(outlook: Outlook, portfolio: Portfolio, as_of: dt.date) -> Ambition:
    """The goals and actions of one account, as far as they are shown."""
    plan = outlook.plan
    return _ambition(outlook, (plan.goals, plan.actions), (plan.owner, plan.currency), portfolio, as_of)


def of_portfolio(portfolio: Portfolio, as_of: dt.date) -> Ambition:
    """The goals and actions of the portfolio as a whole."""
    plan = portfolio.plan
    return _ambition(None, (plan.goals, plan.actions) if plan else ((), ()), (None, None), portfolio, as_of)


def _ambition(
    outlook: Outlook | None,
    told: tuple[Sequence[Goal], Sequence[Action]],
    given: tuple[str | None, str | None],
    portfolio: Portfolio,
    as_of: dt.date,
) -> Ambition:
    owner, currency = given
    aims = (Aim(outlook, goal, goal.owner or owner, progress(goal, as_of), late(goal, as_of)) for goal in told[0])
    costs = (in_base(action.cost, currency, as_of, portfolio) for action in told[1])
    deeds = (Deed(outlook, action, action.owner or owner, cost, is_overdue(action, as_of)) for action, cost in zip(told[1], costs, strict=True))
    return Ambition(tuple(aims), tuple(deeds))


def together(some: Iterable[Ambition]) -> Ambition:
    """Several as one."""
    told = tuple(some)
    return Ambition(tuple(aim for one in told for aim in one.aims), tuple(deed for one in told for deed in one.deeds))


def effort(deeds: Sequence[Deed]) -> Effort:
    """Days and money of some actions: 3 days and 2 days are 5, whatever is not given is counted as unsaid and never as nothing."""
    unsaid = sum(1 for deed in deeds if deed.action.days is None or deed.cost is None)
    return Effort(total(deed.action.days for deed in deeds), total(deed.cost for deed in deeds), unsaid)


def by_month(whole: Ambition) -> Iterator[Month]:
    """What is open, by the month that it is due in, in the order of time; a month without anything is left out, what has no day is last."""
    aims, deeds = whole.open_aims, whole.open_deeds
    days = [aim.goal.due for aim in aims] + [deed.action.due for deed in deeds]
    for first in sorted({_month(day) or FAR for day in days}):
        wanted = None if first == FAR else first
        mine = tuple(aim for aim in aims if _month(aim.goal.due) == wanted)
        yield Month(wanted, mine, tuple(deed for deed in deeds if _month(deed.action.due) == wanted))


def _month(day: dt.date | None) -> dt.date | None:
    return day.replace(day=1) if day else None
