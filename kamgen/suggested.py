"""Activities that a help suggests to plan, ready to paste: a working day for one, and the item to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from kamgen.day import free_day, working_day
from kamgen.diagnostic import Message
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.proposal import CALL, Proposal, Proposer
from kamgen.ruleset import Ruleset

FORTNIGHT: Final = dt.timedelta(days=14)


def planned_soon(proposer: Proposer, within_days: int | None = None, *, rather: str = "") -> Message:
    """An activity to paste, on a working day in a fortnight, or sooner where it is asked for."""
    last = dt.date.max if within_days is None else proposer.as_of + dt.timedelta(days=within_days)
    date = _until(proposer.as_of, last)
    return planned(proposer, date, proposer.propose(date, rather=rather))


def planned_with(proposer: Proposer, contact: Contact) -> Message:
    """An activity with a person to paste, within a fortnight and before the person leaves: a call, where no number forbids it."""
    date = _until(proposer.as_of, last_day(contact.left))
    return planned(proposer, date, proposer.propose(date, rather=CALL, person=contact.id))


def planned(proposer: Proposer, date: dt.date, proposed: Proposal, offer: str | None = None, forum: str | None = None) -> Message:
    """How a proposed activity gets into the plan."""
    item = planned_item(proposer.ruleset, date, proposed.type, proposed.contact, offer, proposed.colleague, forum)
    return paste(proposer.plan, item)


def last_day(left: dt.date | None) -> dt.date:
    """The last day on which somebody can be met."""
    return left - dt.timedelta(days=1) if left else dt.date.max


def _until(as_of: dt.date, last: dt.date) -> dt.date:
    """A working day in a fortnight; where that is too late, the last one before."""
    wanted = working_day(as_of + FORTNIGHT)
    return free_day(min(wanted, last), as_of, min(wanted, last))


def spread(missing: int, planned_on: Iterable[dt.date], as_of: dt.date, last: dt.date, taken: Iterable[dt.date] = ()) -> dt.date:
    """A free working day near the first one that is open where all activities, the missing and the planned ones, share the time until `last`.

    `planned_on` are the days of activities of their sort, `taken` those of others.
    """
    ahead = [day for day in planned_on if as_of <= day <= last]
    step = (last - as_of) / (missing + len(ahead) + 1)
    shares = [as_of + step * number for number in range(1, missing + len(ahead) + 1)]
    free = (day for day in shares if all(abs(day - other) >= step / 2 for other in ahead))
    return free_day(next(free, shares[0]), as_of, last, {*ahead, *taken})


def planned_item(
    ruleset: Ruleset,
    date: dt.date,
    type: str,
    contact: str | None,
    offer: str | None = None,
    colleague: str | None = None,
    forum: str | None = None,
) -> str:
    """An activity to paste: only its subject is left to write. YAML, so it is the same in every language."""
    keys = {"date": date, "type": type, "status": "planned"} | ({"contacts": f"[{contact}]"} if contact else {})
    keys |= {"with": f"[{colleague}]"} if colleague else {}
    keys |= {"channel": usual_channel(ruleset, type)} | ({"offer": offer} if offer else {}) | {"subject": "..."}
    keys |= {"forum": forum} if forum else {}
    return f"{{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"


def usual_channel(ruleset: Ruleset, type: str) -> str:
    """How an activity of a type is usually held."""
    kind = ruleset.activity_types.get(type)
    return "in-person" if kind and kind.physical else "phone"


def paste(plan: Plan, item: str) -> Message:
    """How an activity gets into the plan: as one more item, or as the first, where there is no list to add it to."""
    return Message("paste.item" if plan.activities else "paste.first", {"item": item})
