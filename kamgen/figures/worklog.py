"""Work log (003): what one of us did with customers in a week: date, customer, person met, content, result, next step."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kamgen import spoken
from kamgen.cadence import there, when
from kamgen.figures.agenda import Appointment, takes_part
from kamgen.figures.outlook import Outlook
from kamgen.model.people import Contact


@dataclass(frozen=True, slots=True)
class Entry:
    """A held activity as the work log tells it: `met` are the customer's people who took part, as far as they are known."""

    held: Appointment
    met: tuple[Contact, ...]


def worklog(outlooks: Iterable[Outlook], person: str, first: dt.date, last: dt.date) -> tuple[Entry, ...]:
    """What a person held from one day to another, both included, in the order of time; of lost and archived accounts too.

    An activity is of the person who is named in it, `by` or `with`; one that names nobody as responsible, of the account's owner.
    """
    held = (
        Appointment(outlook, activity)
        for outlook in outlooks
        for activity in outlook.plan.activities
        if activity.status == "held" and first <= activity.date <= last and takes_part(person, outlook.plan, activity)
    )
    return tuple(Entry(one, met(one)) for one in sorted(held, key=lambda one: when(one.activity)))


def met(one: Appointment) -> tuple[Contact, ...]:
    """The customer's people who take part in an activity, in its order; in one that is planned those who will be there."""
    known = {contact.id: contact for contact in one.outlook.plan.contacts}
    return tuple(known[contact] for contact in dict.fromkeys(there(one.outlook.plan, one.activity)) if contact in known)


NUMBER: Final = re.compile(r"\d{1,2}", re.ASCII)


def monday(week: str, today: dt.date) -> dt.date:
    """The first day of a week like `2026-W21`, `week 21` or `21`; without a year the last that has begun. Raises ValueError for anything else."""
    said = " ".join(week.lower().split())
    said = f"week {said}" if NUMBER.fullmatch(said) else said
    if not spoken.WEEK.fullmatch(said):
        raise ValueError(week)
    day = spoken.day(said, today, back=True)
    return day - dt.timedelta(days=day.weekday())
