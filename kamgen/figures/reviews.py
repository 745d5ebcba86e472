"""Reviews: were the plans revised in their windows, and how long ago (001: twice a year)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from kamgen.day import months_before
from kamgen.figures.coverage import Rate
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.model.portfolio import ReviewWindow

LONGEST: Final = 2
"""A window opens or closes at most 366 days from its due day, so its year is at most two away from the year it matters in."""


class Round(Frozen):
    """One coming of a review window: all of its days count, the first and the last included."""

    name: str
    opens: dt.date
    due: dt.date
    closes: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.opens <= day <= self.closes

    def reviewed(self, plan: Plan, as_of: dt.date) -> bool:
        """Whether the plan was reviewed inside the window, by as-of."""
        return any(review.date in self and review.date <= as_of for review in plan.reviews)

    def excuses(self, plan: Plan) -> bool:
        """Whether the account is too new for it: a prospect still, or its `since` lies after the day the window opened."""
        return plan.status == "prospect" or (plan.since is not None and plan.since > self.opens)


class Freshness(Frozen):
    """How fresh a plan is. `done` counts the windows of the last 12 months that it was reviewed in, of those that it was not excused from.

    `days` since the last review, of whatever day; None where no review is recorded.
    """

    done: Rate
    days: int | None


def freshness(plan: Plan, windows: Iterable[ReviewWindow], as_of: dt.date) -> Freshness:
    """Reviews done in their windows / windows passed in the last 12 months; days since the last review.

    With the windows of source 001 (1 October and 1 April, 60 days before until 14 after), a plan that was reviewed on 2 October
    and not in spring is 1 of 2 on 6 May, and 216 days old. What cannot be read is not judged: 0 of 0.
    """
    if "reviews" in plan.unread or "since" in plan.unread:
        return Freshness(Rate(0, 0), None)
    asked = [passed for passed in passed_rounds(windows, as_of) if not passed.excuses(plan)]
    last = max((review.date for review in plan.reviews if review.date <= as_of), default=None)
    done = sum(1 for passed in asked if passed.reviewed(plan, as_of))
    return Freshness(Rate(done, len(asked)), (as_of - last).days if last else None)


def passed_rounds(windows: Iterable[ReviewWindow], as_of: dt.date) -> tuple[Round, ...]:
    """The windows whose last day lies in the 12 months before as-of, the oldest first: each window once."""
    since = months_before(as_of, 12)
    return tuple(sorted((found for found in _rounds(windows, as_of) if since <= found.closes < as_of), key=_last_day))


def coming_rounds(windows: Iterable[ReviewWindow], as_of: dt.date) -> tuple[Round, ...]:
    """The windows that are open on as-of or open later, for at least a year ahead, the one that closes first first."""
    return tuple(sorted((found for found in _rounds(windows, as_of) if as_of <= found.closes), key=_last_day))


def _rounds(windows: Iterable[ReviewWindow], as_of: dt.date) -> Iterator[Round]:
    """Every coming of every window from the year before as-of to the year after it."""
    for window in windows:
        before, after = dt.timedelta(days=window.opens), dt.timedelta(days=window.grace)
        for year in range(as_of.year - LONGEST - 1, as_of.year + LONGEST + 1):
            due = dt.date(year, window.due.month, window.due.day)
            yield Round(window.name, due - before, due, due + after)


def _last_day(found: Round) -> dt.date:
    return found.closes
