"""What makes an activity itself, whatever becomes of it: it is the same after a move, and another one never takes its place.

With an id it is known by the account and the id. Without one by the account, the first date, the type, and the number among those that
share these three. A command that changes the type or the day of one without an id writes it an id that says these: `2026-06-09-contact-no-1`
means the first contact that was planned for that day, whatever it is now, so that it stays the same and so do the others.

Activities with another id count among those of their day and type too, so that an id that
somebody writes by hand moves nobody; where such a one changes its type, later ones of that day without an id may still be numbered anew.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from kamgen.model.activity import Activity
from kamgen.model.kind import IDENTIFIER
from kamgen.model.plan import Plan

Identity = tuple[str, ...]
KEPT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)-no-(\d+)", re.ASCII)
"""An id that keeps what an activity was known by without one."""


def identities(plan: Plan, account: str) -> tuple[Identity, ...]:
    """What makes each activity itself, in the order of the plan."""
    kept = {(account, *found.groups()) for activity in plan.activities if (found := _kept(activity))}
    seen: Counter[Identity] = Counter()
    return tuple(_identity(account, activity, seen, kept) for activity in plan.activities)


def id_that_keeps(plan: Plan, index: int) -> str | None:
    """The id to write for an activity that has none, so that it stays itself when day or type change; None where it has one, or can have none."""
    if plan.activities[index].id:
        return None
    _, day, type, number = identities(plan, "")[index]
    made = f"{day}-{type}-no-{number}"
    return made if IDENTIFIER.fullmatch(made) and all(activity.id != made for activity in plan.activities) else None


def first_date(activity: Activity) -> dt.date:
    """The day that an activity was first planned for, whatever it was moved to."""
    return activity.moved_from[0] if activity.moved_from else activity.date


def _kept(activity: Activity) -> re.Match[str] | None:
    return KEPT.fullmatch(activity.id or "")


def _identity(account: str, activity: Activity, seen: Counter[Identity], kept: Collection[Identity]) -> Identity:
    named = (account, activity.id or "")
    seen[named] += 1
    if (found := _kept(activity)) and seen[named] == 1:
        return (account, *found.groups())
    nameless = (account, first_date(activity).isoformat(), activity.type)
    number = 0 if found else _next_number(nameless, seen, kept)
    return (*named, str(seen[named])) if activity.id else (*nameless, str(number))


def _next_number(nameless: Identity, seen: Counter[Identity], kept: Collection[Identity]) -> int:
    """The number of one more of a day and a type: those that an id keeps are given already."""
    seen[nameless] += 1
    while (*nameless, str(seen[nameless])) in kept:
        seen[nameless] += 1
    return seen[nameless]
