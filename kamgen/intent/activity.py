"""Activities: planned, held, moved, cancelled, of another type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from kamgen.cadence import UNANNOUNCED
from kamgen.diagnostic import Message
from kamgen.edit import Change, Insert, Set
from kamgen.identity import id_that_keeps
from kamgen.intent import Intended, refuse, writing
from kamgen.intent.diary import Diary, called
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.parse import is_stub
from kamgen.ruleset import Ruleset

AROUND: Final = dt.timedelta(days=14)
"""How far a planned date may lie from the day an activity was held, to be the one that was planned (004)."""
AHEAD: Final = dt.timedelta(days=3)
"""How far ahead of that day, where nobody is named who was to take part in it."""
ADDED: Final = ("agenda", "note", "result", "next_step")
"""What is added to when it says something already: nothing that was written down is lost."""
WEEKEND: Final = (6, 7)
SUBJECT: Final = 80
"""Letters of a next step that may be a subject."""

Facts = Mapping[str, Any]
"""What is said of an activity, by the keys of the plan file; only what is given."""


def planned(diary: Diary, facts: Facts, taken: Collection[str] = ()) -> Intended:
    """One more planned activity. Refused in the past, on a closed account, for a visit nobody plans, and where the same is planned already."""
    date, type, contacts = facts["date"], facts["type"], tuple(facts.get("contacts", ()))
    _open(diary)
    if date < diary.today:
        raise refuse("refuse.planned-in-the-past", date=date, today=diary.today)
    if type == UNANNOUNCED:
        raise refuse("refuse.nobody-plans", type=type)
    for other in diary.plan.activities:
        if (other.status, other.date, other.type, set(other.contacts)) == ("planned", date, type, set(contacts)):
            raise refuse("refuse.planned-already", **diary.about(other))
    item = {"channel": channel_of(diary.ruleset, type), **_new(diary, facts, taken), "status": "planned"}
    return Intended(
        (Insert(("activities",), item),),
        (Message("did.planned", diary.in_words(date, type, contacts, facts.get("with", ()))), *_at_the_weekend(date)),
    )


def logged(diary: Diary, facts: Facts) -> Intended:
    """A held activity: the one that was planned around that day, if there is one, else one more. Refused in the future, on a closed account."""
    date, type, contacts = facts["date"], facts["type"], tuple(facts.get("contacts", ()))
    _may_be_held(diary, date)
    meant = planned_around(diary, date, type, contacts)
    if meant is not None:
        return held(diary, meant, facts)
    for other in diary.plan.activities:
        if (other.status, other.date, other.type, set(other.contacts), other.note) == ("held", date, type, set(contacts), facts.get("note")):
            raise refuse("refuse.logged-already", **diary.about(other))
    item = {**_new(diary, facts, ()), "status": "held"}
    lacking = _unwritten(diary.plan, item["id"], item)
    return Intended((Insert(("activities",), item),), (Message("did.held", diary.in_words(date, type, contacts, facts.get("with", ()))), *lacking))


def held(diary: Diary, index: int, facts: Facts) -> Intended:
    """A planned activity was held, on the day it was planned for or on another, which then is a move. Refused in the future, on a closed account."""
    activity = diary.plan.activities[index]
    date = facts.get("date", activity.date)
    _may_be_held(diary, date)
    said = {**facts, "date": date, "status": "held"}
    contacts = tuple(facts.get("contacts", activity.contacts))
    words = diary.in_words(date, activity.type, contacts, facts.get("with", activity.colleagues))
    told = Message("did.held-planned", words) if date == activity.date else Message("did.held-moved", {**words, "planned": activity.date})
    said_of_it = {name: _said(facts.get(name)) or getattr(activity, name) for name in ("note", "next_step", "offer", "documents")}
    lacking = _unwritten(diary.plan, activity.id or str(index + 1), {**said_of_it, "type": activity.type})
    return Intended(tuple(_changes(diary, index, said)), (told, *lacking))


def _unwritten(plan: Plan, called: str, facts: Facts) -> tuple[Message, ...]:
    """What is said of a held activity that lacks something in writing."""
    said = {name: _said(value) for name, value in facts.items()}
    return (
        *writing.no_note(plan.id, called, facts["type"], said.get("note"), said.get("next_step")),
        *writing.no_proposal(plan, called, facts["type"], facts.get("offer"), said.get("documents", ())),
    )


def _said(value: Any) -> Any:
    """A value as a plan is read: what a hint leaves to be filled in (`...`) says nothing, alone or in a list."""
    if isinstance(value, list | tuple):
        return [one for one in value if not is_stub(str(one))]
    return None if is_stub(str(value)) else value


def due(diary: Diary, index: int) -> Activity:
    """A planned activity that may have been held on its day. Refused where that lies ahead: then it was held on another day, or not yet."""
    activity = diary.plan.activities[index]
    if activity.date > diary.today:
        raise refuse("refuse.held-early", **diary.about(activity), id=diary.plan.id, activity=called(activity))
    return activity


def moved(diary: Diary, index: int, to: dt.date, because: str | None = None) -> Intended:
    """A planned activity on another day; the earlier one is kept, and why in the agenda: neither was anything said yet, nor did anything come of it.

    Refused in the past, to the same day, on a closed account.
    """
    activity = diary.plan.activities[index]
    _open(diary)
    if to < diary.today:
        raise refuse("refuse.moved-into-the-past", date=to, today=diary.today)
    if to == activity.date:
        raise refuse("refuse.moved-nowhere", **diary.about(activity))
    why = {"agenda": f"Moved from {activity.date.isoformat()}: {because}"} if because else {}
    told = Message("did.moved", {**diary.about(activity), "to": to})
    return Intended(tuple(_changes(diary, index, {"date": to, **why})), (told, *_at_the_weekend(to)))


def cancelled(diary: Diary, index: int, because: str | None = None, *, not_held: bool = False) -> Intended:
    """A planned activity that will not be; `not_held`: it was not called off, and did not take place. That is refused of one that lies ahead."""
    activity = diary.plan.activities[index]
    if not_held and activity.date > diary.today:
        raise refuse("refuse.not-held-early", **diary.about(activity), id=diary.plan.id, activity=called(activity))
    result = {"result": because} if because else {}
    word = "not-held" if not_held else "cancelled"
    told = Message(f"did.{word}", diary.about(activity))
    return Intended(tuple(_changes(diary, index, {"status": word, **result})), (told,))


def retyped(diary: Diary, index: int, type: str) -> Intended:
    """An activity of another type; a planned one may change its type (004). Calendars know it as before. Refused on a closed account."""
    activity = diary.plan.activities[index]
    _open(diary)
    if activity.status == "planned" and type == UNANNOUNCED:
        raise refuse("refuse.nobody-plans", type=type)
    if type == activity.type:
        raise refuse("refuse.type-already", **diary.about(activity))
    after = diary.in_words(activity.date, type, activity.contacts)
    told = Message("did.retyped", {**diary.about(activity), "now": after["type"]})
    return Intended(tuple(_changes(diary, index, {**keeping(diary.plan, index), "type": type})), (told,))


def _at_the_weekend(day: dt.date) -> tuple[Message, ...]:
    """What is worth a second look: few customers are met on a Saturday."""
    return (Message(f"said.weekday.{day.isoweekday()}", {"date": day}),) if day.isoweekday() in WEEKEND else ()


def keeping(plan: Plan, index: int) -> dict[str, str]:
    """The id that an activity without one gets before its type or day changes, so that it stays itself."""
    made = id_that_keeps(plan, index)
    return {"id": made} if made else {}


def subject_of(step: str | None) -> str | None:
    """What the next activity is about, where nobody says: the first sentence of the next step, if it is short."""
    first = step.strip().partition("\n")[0].partition(". ")[0].rstrip(".") if step else ""
    return first if 0 < len(first) <= SUBJECT else None


def channel_of(ruleset: Ruleset, type: str) -> str:
    """How an activity of a type is usually held."""
    kind = ruleset.activity_types.get(type)
    return "in-person" if kind and kind.physical else "phone"


def _new(diary: Diary, facts: Facts, taken: Collection[str]) -> dict[str, Any]:
    ids = {activity.id for activity in diary.plan.activities} | set(taken)
    return {"by": diary.plan.owner, **facts, "id": new_id(facts, ids), "updated": diary.today}


def new_id(facts: Facts, taken: Collection[str | None]) -> str:
    """`2026-06-09-status-meeting-anna-lind`: the person keeps apart what two of us write on one day; a number where it is taken."""
    people = facts.get("contacts", ())
    first = "-".join([facts["date"].isoformat(), facts["type"], *people[:1]])
    return next(word for word in (first, *(f"{first}-{number}" for number in range(2, len(taken) + 3))) if word not in taken)


def _changes(diary: Diary, index: int, facts: Facts) -> Iterator[Change]:
    """What becomes of an activity of the plan; a day that it was planned for before is kept."""
    activity = diary.plan.activities[index]
    if facts.get("date", activity.date) != activity.date:
        yield Insert(("activities", index, "moved_from"), activity.date)
    said = {name: _with_earlier(activity, name, value) for name, value in facts.items() if not _says_so(activity, name, value)}
    for name, value in {**said, "updated": diary.today}.items():
        yield Set(("activities", index, name), value)


def _says_so(activity: Activity, name: str, value: Any) -> bool:
    """Whether these people take part already: a plan may call them by their names, and keeps them."""
    there = {"contacts": activity.contacts, "with": activity.colleagues}.get(name)
    return there is not None and set(there) == set(value)


def _with_earlier(activity: Activity, name: str, value: Any) -> Any:
    """The value; a text behind the one that was written before, and documents behind those that were there."""
    if name == "documents":
        return [*activity.documents, *(link for link in value if link not in activity.documents)]
    earlier = getattr(activity, name) if name in ADDED else None
    return f"{earlier}\n{value}" if earlier and earlier != value else value


def planned_around(diary: Diary, date: dt.date, type: str, contacts: Collection[str]) -> int | None:
    """The planned activity of that type, nearest to the day, that nobody else of theirs was to take part in."""
    near = [
        (not set(activity.contacts) & set(contacts), abs(activity.date - date), index)
        for index, activity in enumerate(diary.plan.activities)
        if (activity.status, activity.type) == ("planned", type) and _is_around(activity, date, set(contacts))
    ]
    return min(near)[-1] if near else None


def _is_around(activity: Activity, date: dt.date, contacts: set[str]) -> bool:
    """Whether it may be what was held: with one of theirs who was to be there, or a few days ahead at most where one of the two names nobody."""
    if set(activity.contacts) & contacts:
        return abs(activity.date - date) <= AROUND
    return not (activity.contacts and contacts) and -AROUND <= activity.date - date <= AHEAD


def _may_be_held(diary: Diary, date: dt.date) -> None:
    _open(diary)
    if date > diary.today:
        raise refuse("refuse.held-in-the-future", date=date, today=diary.today)


def _open(diary: Diary) -> None:
    if diary.plan.closed:
        raise refuse("refuse.closed", id=diary.plan.id, status=diary.plan.status)
