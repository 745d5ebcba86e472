"""Activities: what was done with the customer, and what is planned."""

from __future__ import annotations

import datetime as dt

from kamgen.model.kind import DATE, FLAG, ID, LINK, PROSE, TEXT, TIME, ListOf, Reference, choice, whole
from kamgen.model.record import Record, items, key

STATUSES = ("planned", "held", "not-held", "cancelled")
CHANNELS = ("in-person", "phone", "video", "mail")
CUSTOMER_FORUMS = ("strategic", "tactical", "operational")
FORUMS = (*CUSTOMER_FORUMS, "internal")


class Activity(Record):
    """One meeting, call, visit or mail with the customer, or about the customer."""

    id: str | None = key(ID, "Stable id; the commands write it")
    date: dt.date = key(DATE, "The day it is planned for, or was held on", required=True)
    time: dt.time | None = key(TIME, "When it begins, in the portfolio's time zone")
    minutes: int | None = key(whole(1, 1440), "How long it takes, in minutes")
    place: str | None = key(TEXT, "Where it takes place")
    type: str = key(Reference("activity-type"), "One of the rule set's activity types", required=True)
    status: str = key(choice(*STATUSES), "planned until somebody settles it; only held ones count", required=True)
    contacts: tuple[str, ...] = items(ListOf(Reference("contact")), "The customer's people who take part")
    by: str | None = key(Reference("person"), "Who of us is responsible for it")
    colleagues: tuple[str, ...] = items(ListOf(Reference("person")), "Who of us takes part as well", name="with")
    channel: str | None = key(choice(*CHANNELS), "How it is held")
    forum: str | None = key(choice(*FORUMS), "Which forum of the meeting structure it belongs to")
    offer: str | None = key(Reference("offer"), "The offer that it is about")
    subject: str | None = key(TEXT, "What it is about")
    agenda: str | None = key(PROSE, "What is to be talked about")
    note: str | None = key(PROSE, "What was said: concrete, something to act on")
    result: str | None = key(PROSE, "What came of it")
    next_step: str | None = key(PROSE, "What happens next, and who does it")
    documents: tuple[str, ...] = items(ListOf(LINK), "Links to minutes, proposals, mails")
    booked: bool = key(FLAG, "false: a visit that nobody booked", default=True)
    moved_from: tuple[dt.date, ...] = items(ListOf(DATE), "Earlier dates, when it was postponed")
    updated: dt.date | None = key(DATE, "When a command last changed it")
