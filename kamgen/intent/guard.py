"""What is not set field by field: how an activity stands, its day and its type have commands that keep what was before."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kamgen.diagnostic import FieldPath
from kamgen.edit import Set
from kamgen.intent import Intended, refuse
from kamgen.intent.activity import keeping
from kamgen.intent.diary import Diary, called
from kamgen.model.activity import STATUSES, Activity
from kamgen.model.plan import Plan
from kamgen.model.record import keys

KNOWN_BY: Final = {("date",), ("moved_from",), ("type",)}
"""The keys of an activity that it is known by, where it has no id."""
LASTING: Final = tuple(entry.name for entry in keys(Plan) if entry.required)
"""What every plan has."""
LENGTH: Final = len(("activities", 0, "status"))


def guard(diary: Diary, field: FieldPath, value: Any) -> None:
    """Refused where a command does it, with the line to paste; and what no command allows, as that command refuses it.

    None takes a field out; that is refused of what every plan has.
    """
    if value is None and len(field) == 1 and field[0] in LASTING:
        raise refuse("refuse.lasting", id=diary.plan.id, field=field[0])
    if value is None or len(field) != LENGTH or field[0] != "activities":
        return
    activity = diary.plan.activities[int(field[1])]
    known = {"status": _status, "date": _date, "type": _type}
    if (judge := known.get(str(field[2]))) and str(getattr(activity, str(field[2]))) != value:
        judge(diary, activity, value)


def touched(diary: Diary, intended: Intended, field: FieldPath) -> Intended:
    """The changes of a field; an activity that they touch says when, so that calendars follow, and stays the one that they know."""
    if field[0] != "activities" or field[-1] == "updated":
        return intended
    kept = keeping(diary.plan, int(field[1])) if field[2:3] in KNOWN_BY else {}
    ids = (Set((*field[:2], name), value) for name, value in kept.items())
    return Intended((*ids, *intended.changes, Set((*field[:2], "updated"), diary.today)), intended.told)


def _status(diary: Diary, activity: Activity, value: Any) -> None:
    """A planned one is settled by a command; another cannot be held ahead of today, nor be planned behind it."""
    if activity.status == "planned" and value in STATUSES:
        raise refuse(f"guard.{value}", id=diary.plan.id, activity=called(activity))
    if value == "held" and activity.date > diary.today:
        raise refuse("refuse.held-in-the-future", date=activity.date, today=diary.today)
    if value == "planned" and activity.date < diary.today:
        raise refuse("refuse.planned-in-the-past", date=activity.date, today=diary.today)


def _date(diary: Diary, activity: Activity, value: Any) -> None:
    """A planned one is moved, or held on another day; another was not held ahead of today. What is no date is told when the plan is read."""
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return
    if activity.status == "planned":
        raise refuse("guard.date" if day >= diary.today else "guard.date-past", id=diary.plan.id, activity=called(activity), date=day)
    if activity.status == "held" and day > diary.today:
        raise refuse("refuse.held-in-the-future", date=day, today=diary.today)


def _type(diary: Diary, activity: Activity, value: Any) -> None:
    if activity.status in {"planned", "held"} and value in diary.ruleset.activity_types:
        raise refuse("guard.type", id=diary.plan.id, activity=called(activity), type=value)
