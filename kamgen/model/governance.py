"""How the account is steered: meeting structure, care, reviews and waivers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kamgen.model.kind import AMOUNT, DATE, PROSE, TEXT, ListOf, RecordOf, Reference, choice, whole
from kamgen.model.record import Record, items, key

CARE_TOUCHES = (
    "newsletter",
    "mail-offer",
    "market-watch",
    "course-invitation",
    "fair-invitation",
    "golf-or-sailing",
    "gift",
    "season-ticket",
    "special-day",
)


class Forum(Record):
    """One forum of the meeting structure (001): who meets, how often, with what agenda."""

    per_year: int | None = key(whole(0, 366), "How often in a year")
    ours: tuple[str, ...] = items(ListOf(Reference("person")), "Who of us takes part")
    theirs: tuple[str, ...] = items(ListOf(Reference("contact")), "Who of them takes part")
    agenda: tuple[str, ...] = items(ListOf(TEXT), "The standing agenda")


class Meetings(Record):
    """The meeting structure (001): an internal one, and three external forums."""

    kam_meetings_per_year: int | None = key(whole(0, 366), "KAM meetings in a year, by agreement with the customer (000)")
    internal: Forum | None = key(RecordOf(Forum), "The KAM team among itself")
    strategic: Forum | None = key(RecordOf(Forum), "The managements of both sides")
    tactical: Forum | None = key(RecordOf(Forum), "Plans and results")
    operational: Forum | None = key(RecordOf(Forum), "Everyday business")


class Care(Record):
    """A touch of the care programme that is no meeting (000)."""

    touch: str = key(choice(*CARE_TOUCHES), "What was done", required=True)
    date: dt.date = key(DATE, "When", required=True)
    contacts: tuple[str, ...] = items(ListOf(Reference("contact")), "For whom; nobody named = everybody")
    value: Decimal | None = key(AMOUNT, "What it was worth, in the account's currency")
    note: str | None = key(TEXT, "What it was, how it was received")


class CareExclusion(Record):
    """A care touch that this customer does not get."""

    touch: str = key(choice(*CARE_TOUCHES), "What is left out", required=True)
    reason: str | None = key(TEXT, "Why")


class Review(Record):
    """A recorded review of the plan (001: revised twice a year)."""

    date: dt.date = key(DATE, "When", required=True)
    by: str | None = key(Reference("person"), "Who led it")
    colleagues: tuple[str, ...] = items(ListOf(Reference("person")), "Who took part", name="with")
    outcome: str | None = key(PROSE, "What was decided")
    learned: str | None = key(PROSE, "What we learned since the last one")
    changes: str | None = key(PROSE, "What was changed in the plan, and why")


class Waiver(Record):
    """A rule that does not hold here for a while, with the reason and who approved it."""

    rule: str = key(Reference("rule"), "The rule's name or code", required=True)
    contact: str | None = key(Reference("contact"), "Only for this person")
    requirement: str | None = key(Reference("requirement-or-forum"), "Only for this requirement, or this forum of the meeting structure")
    until: dt.date = key(DATE, "The last day it holds", required=True)
    reason: str = key(TEXT, "Why", required=True)
    approved_by: str | None = key(Reference("person"), "A leader or executive who is not the owner; without, it is only asked for")
