"""Reviews: were the plans revised in their windows, and how long ago (001: twice a year)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kamgen.day import in_year, months_before
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
    return _calendar(_days(windows), as_of).passed


def open_rounds(windows: Iterable[ReviewWindow], as_of: dt.date) -> tuple[Round, ...]:
    """The windows that are open on as-of, the one that closes first first."""
    return _calendar(_days(windows), as_of).open


def coming_rounds(windows: Iterable[ReviewWindow], as_of: dt.date) -> tuple[Round, ...]:
    """The windows that are open on as-of or open later, for at least a year ahead, the one that closes first first."""
    return _calendar(_days(windows), as_of).coming


Days = tuple[str, int, int, int, int]
"""A window in plain values: name, month, day, days before, days after."""


class _Calendar(Frozen):
    passed: tuple[Round, ...]
    open: tuple[Round, ...]
    coming: tuple[Round, ...]


def _days(windows: Iterable[ReviewWindow]) -> tuple[Days, ...]:
    return tuple((window.name, window.due.month, window.due.day, window.opens, window.grace) for window in windows)


@lru_cache(maxsize=16)
def _calendar(windows: tuple[Days, ...], as_of: dt.date) -> _Calendar:
    """Every window around as-of; kept, since every plan of a portfolio asks for the same."""
    since = months_before(as_of, 12)
    rounds = sorted(_rounds(windows, as_of), key=lambda found: found.closes)
    return _Calendar(
        tuple(found for found in rounds if since <= found.closes < as_of),
        tuple(found for found in rounds if as_of in found),
        tuple(found for found in rounds if as_of <= found.closes),
    )


def _rounds(windows: Iterable[Days], as_of: dt.date) -> Iterator[Round]:
    """Every coming of every window from the year before as-of to the year after it."""
    for name, month, day, opens, grace in windows:
        for year in range(as_of.year - LONGEST - 1, as_of.year + LONGEST + 1):
            due = in_year(year, month, day)
            yield Round(name, due - dt.timedelta(days=opens), due, due + dt.timedelta(days=grace))
