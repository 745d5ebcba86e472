"""Agenda: what is overdue, what comes, and which accounts have nothing ahead; for one of us or for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kamgen.cadence import ours, when
from kamgen.figures.outlook import Outlook
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Appointment:
    """An activity, and the account that it belongs to."""

    outlook: Outlook
    activity: Activity

    @property
    def name(self) -> str:
        """What it is told by among those of its account: its place, where two that are the same have one."""
        return str(self.outlook.plan.activities.index(self.activity))


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is to do from `as_of` to `until`, both included.

    `overdue` has the oldest first, however old; `ahead` is in the order of time; `without` are the accounts that are asked for a
    next activity and have none (004), key accounts first. Lost and archived accounts are outside.
    """

    as_of: dt.date
    until: dt.date
    overdue: tuple[Appointment, ...]
    ahead: tuple[Appointment, ...]
    without: tuple[Outlook, ...]

    @property
    def weeks(self) -> tuple[tuple[dt.date, tuple[Appointment, ...]], ...]:
        """What is ahead by week: the Monday, and the appointments; weeks without any are left out."""
        return tuple((monday, tuple(found)) for monday, found in groupby(self.ahead, key=lambda one: week_of(one.activity.date)))


def agenda(outlooks: Iterable[Outlook], as_of: dt.date, until: dt.date, person: str | None = None) -> Agenda:
    """The agenda of one of us, by id, or of all; accounts keep the order of `outlooks` where nothing else decides."""
    known = [outlook for outlook in outlooks if outlook.open]
    planned = [one for outlook in known for one in _planned(outlook) if person is None or concerns(person, one.outlook.plan, one.activity)]
    planned.sort(key=lambda one: when(one.activity))
    mine = (outlook for outlook in known if person in {None, outlook.plan.owner})
    without = [outlook for outlook in mine if outlook.asked and not outlook.has_next]
    return Agenda(
        as_of=as_of,
        until=until,
        overdue=tuple(one for one in planned if one.activity.date < as_of),
        ahead=tuple(one for one in planned if as_of <= one.activity.date <= until),
        without=tuple(sorted(without, key=lambda outlook: not outlook.key)),
    )


def _planned(outlook: Outlook) -> Iterable[Appointment]:
    return (Appointment(outlook, activity) for activity in outlook.plan.activities if activity.status == "planned")


def concerns(person: str, plan: Plan, activity: Activity) -> bool:
    """Whether an activity is one of a person's: in an account that the person owns, or in any other where the person takes part."""
    return plan.owner == person or person in ours(activity)


def concerned(plan: Plan, activity: Activity) -> frozenset[str]:
    """Everybody whom an activity concerns, by id."""
    return frozenset((plan.owner, *ours(activity)))


def takes_part(person: str, plan: Plan, activity: Activity) -> bool:
    """Whether a person meets the customer: named in the activity, or the account's owner where it names nobody as responsible."""
    return person in ours(activity) or (activity.by is None and plan.owner == person)


def week_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())
