"""Goals and actions: how far they have come, and whether they are behind their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from kamgen.figures import measure
from kamgen.figures.coverage import Rate
from kamgen.frozen import Frozen
from kamgen.model.ambition import Action, Goal


class Progress(Frozen):
    """How far a goal has come, from 0 to 1; None where `missing` names what is not given. `elapsed` is the share of its time that is gone."""

    value: Fraction | None
    elapsed: Fraction | None
    missing: str = ""

    @property
    def below(self) -> bool:
        """Whether the progress is below the elapsed share of the goal's time."""
        return self.value is not None and self.elapsed is not None and self.value < self.elapsed


def progress(goal: Goal, as_of: dt.date) -> Progress:
    """(actual - baseline) / (target - baseline), clipped to 0..1 (002: goals are followed up).

    From 100 to 200 and now 150 is a half; now 90 is nothing, now 250 is all of it; from 8 down to 4 and now 6 is a half.
    """
    elapsed = elapsed_share(goal, as_of)
    missing = next((name for name in ("baseline", "target", "actual") if getattr(goal, name) is None), "")
    if goal.baseline is None or goal.target is None or goal.actual is None:
        return Progress(None, elapsed, missing)
    way = Fraction(goal.target - goal.baseline)
    if not way:
        return Progress(None, elapsed, "target")
    return Progress(clipped(Fraction(goal.actual - goal.baseline) / way), elapsed)


def elapsed_share(goal: Goal, as_of: dt.date) -> Fraction | None:
    """The share of a goal's time that is gone, both days included; None where it has no start or no due date."""
    if goal.start is None or goal.due is None or goal.due < goal.start:
        return None
    return clipped(Fraction((as_of - goal.start).days + 1, (goal.due - goal.start).days + 1))


def clipped(share: Fraction) -> Fraction:
    """The share, not below 0 and not above 1."""
    return min(max(share, Fraction(0)), Fraction(1))


def overdue(goal: Goal, as_of: dt.date) -> bool:
    """Whether the goal is open although its day has passed."""
    return goal.status == "open" and goal.due is not None and goal.due < as_of


def late(goal: Goal, as_of: dt.date) -> bool:
    """Whether an open goal is behind its time: its day has passed, or its progress is below the elapsed share of its time.

    Two sorts of goals are not blamed for what they cannot show. What counts whole things is asked for whole things, as the cadence
    is: one agreement signed by December is not a third of an agreement in April. And a sum of the year, like revenue, that starts
    again from nothing is measured against the target alone: of 160,000 in the year 55,233 are due by 6 May, the 126th day, whatever last
    year's 131,000 was; so 56,000 is on time, and 54,000 is late. Numbers are compared as they are, and never rounded.
    """
    if goal.status != "open" or overdue(goal, as_of):
        return goal.status == "open"
    found = progress(goal, as_of)
    if not found.below or found.elapsed is None or goal.baseline is None or goal.target is None or goal.actual is None:
        return False
    share = of_target(goal)
    if share is not None and share >= found.elapsed:
        return False
    return not (is_counted(goal) and _whole_enough(goal.baseline, goal.target, goal.actual, found.elapsed))


def of_target(goal: Goal) -> Fraction | None:
    """A sum of the year against its target alone, from nothing: 56,000 of 160,000 are 35 %. None for other goals, and without numbers."""
    if not is_sum(goal) or goal.actual is None or goal.target is None or goal.target <= 0:
        return None
    return Fraction(goal.actual) / Fraction(goal.target)


def is_sum(goal: Goal) -> bool:
    """Whether the goal measures a sum that grows through the year: its measure names revenue, sales, turnover, profit or orders."""
    return measure.is_sum(goal.measure or "")


def is_counted(goal: Goal) -> bool:
    """Whether the goal counts whole things: from a whole number to a whole number, written without decimals, and no share.

    What it stands at now has no part in it: who has 34 and a half is never behind one who has 34.
    """
    numbers = [number for number in (goal.baseline, goal.target) if number is not None]
    return all(number.as_tuple().exponent == 0 for number in numbers) and not measure.is_share(goal.measure or "")


def _whole_enough(baseline: Decimal, target: Decimal, actual: Decimal, elapsed: Fraction) -> bool:
    """Whether a goal that counts whole things has as many as are due, rounded down."""
    done = actual - baseline if target > baseline else baseline - actual
    return done >= Fraction(abs(target - baseline)) * elapsed // 1


def goals_progress(goals: Iterable[Goal], as_of: dt.date) -> Progress:
    """The mean progress of the goals whose progress is known; a reached goal is whole, a dropped one is no goal any more.

    A half, a whole and an unknown one are 3/4. Goals without numbers are left out and never count as nothing.
    """
    told = [progress(goal, as_of) if goal.status != "reached" else Progress(Fraction(1), None) for goal in goals if goal.status != "dropped"]
    known = [found.value for found in told if found.value is not None]
    if not known:
        return Progress(None, None, next((found.missing for found in told), "goals"))
    return Progress(sum(known, Fraction(0)) / len(known), None)


def action_progress(actions: Iterable[Action]) -> Rate:
    """Actions done, of all that were not dropped (003): one of four done, one dropped, is 1 of 3. No actions, no figure."""
    counted = [action for action in actions if action.status != "dropped"]
    return Rate(sum(1 for action in counted if action.status == "done"), len(counted))


def overdue_actions(actions: Iterable[Action], as_of: dt.date) -> tuple[Action, ...]:
    """Open actions whose day has passed, the oldest first; an action due today is in time."""
    late_ones = [action for action in actions if is_overdue(action, as_of)]
    return tuple(sorted(late_ones, key=lambda action: action.due or as_of))


def is_overdue(action: Action, as_of: dt.date) -> bool:
    """Whether an action is open although its day has passed."""
    return action.status == "open" and action.due is not None and action.due < as_of
