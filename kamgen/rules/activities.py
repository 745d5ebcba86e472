"""Family 2: activities. The next one, the ones that nobody settled, and what was written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from kamgen.cadence import next_activity, overdue, present
from kamgen.day import working_day
from kamgen.diagnostic import Finding, Message
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.rule import Yield, rule
from kamgen.ruleset import Ruleset, Tier

FORTNIGHT: Final = dt.timedelta(days=14)


@rule("KAM201", gate=True)
def no_next_activity(plan: Plan, ruleset: Ruleset, tier: Tier, as_of: dt.date, *, within_days: int | None = None) -> Yield:
    """The account has no next activity.

    Why: priority customers always have a future activity (004). A key account without a next step is an account nobody works.

    Help: plan one: add it under `activities:` with a date, a type, `status: planned`, a subject and a channel.
    Where the rules say `within_days`, it must come that soon.
    """
    following = next_activity(plan, ruleset, as_of)
    if following is None or (within_days is not None and following.date > as_of + dt.timedelta(days=within_days)):
        soon = working_day(as_of + min(FORTNIGHT, dt.timedelta(days=within_days or FORTNIGHT.days)))
        item = planned_item(ruleset, soon, _asked_for(tier), first_person(plan, as_of))
        variant = "within" if following else ""
        yield Finding(
            ("activities",), {"paste": paste(plan, item), "days": within_days, "date": following.date if following else None}, variant=variant
        )


@rule("KAM202")
def overdue_activity(plan: Plan, as_of: dt.date) -> Yield:
    """A planned activity lies in the past, and nobody settled it.

    Why: an activity counts for nothing until it is held, moved or cancelled (004); a customer who did not answer means it is moved.

    Help: set `status: held` with a note and a next step; or move it to a new date and keep the old one in `moved_from`; or set `status: cancelled`.
    """
    late = {id(activity) for activity in overdue(plan, as_of)}
    for index, activity in enumerate(plan.activities):
        if id(activity) in late:
            values = {"type": activity.type, "date": activity.date, "n": (as_of - activity.date).days, "contacts": _names(plan, activity)}
            yield Finding(("activities", index), values)


@rule("KAM203")
def held_without_note(plan: Plan, as_of: dt.date, *, days: int = 90) -> Yield:
    """A held activity has no note.

    Why: the most important information is written down, concrete and something to act on (004); every call and every meeting with a note (000).

    Help: write what was said under `note:`.
    """
    for index, activity in _recent(plan, as_of, days):
        if not activity.note:
            yield Finding(("activities", index), {"type": activity.type, "date": activity.date, "contacts": _names(plan, activity)})


@rule("KAM204")
def held_without_next_step(plan: Plan, ruleset: Ruleset, as_of: dt.date, *, days: int = 90) -> Yield:
    """A held activity has no next step, and nothing is planned after it.

    Why: the next step is described, and the next activity planned in the same breath (004).

    Help: write it under `next_step:`, and plan the next activity.
    """
    if next_activity(plan, ruleset, as_of) is not None:
        return
    for index, activity in _recent(plan, as_of, days):
        if not activity.next_step:
            yield Finding(("activities", index), {"type": activity.type, "date": activity.date, "contacts": _names(plan, activity)})


def _asked_for(tier: Tier) -> str:
    """A type that the tier asks for: a status meeting where it has them, else the first; a call or mail where it asks for nothing."""
    asked = [requirement.types[0] for requirement in tier.requirements.values() if requirement.min and requirement.types]
    return "status-meeting" if "status-meeting" in asked else next(iter(asked), "contact")


def first_person(plan: Plan, as_of: dt.date) -> str | None:
    """The id of the first contact who is still there."""
    return next((contact.id for contact in present(plan, as_of)), None)


def planned_item(ruleset: Ruleset, date: dt.date, type: str, contact: str | None) -> str:
    """An activity to paste: only its subject is left to write. YAML, so it is the same in every language."""
    kind = ruleset.activity_types.get(type)
    keys = {"date": date, "type": type, "status": "planned"} | ({"contacts": f"[{contact}]"} if contact else {})
    keys |= {"channel": "in-person" if kind and kind.physical else "phone", "subject": "..."}
    return f"{{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"


def paste(plan: Plan, item: str) -> Message:
    """How an activity gets into the plan: as one more item, or as the first, where there is no list to add it to."""
    return Message("paste.item" if plan.activities else "paste.first", {"item": item})


def _recent(plan: Plan, as_of: dt.date, days: int) -> Iterator[tuple[int, Activity]]:
    """Held activities of the last `days`, and always the latest; never imported history."""
    held = [(index, activity) for index, activity in enumerate(plan.activities) if activity.status == "held" and activity.date <= as_of]
    latest = max((activity.date for _, activity in held), default=None)
    since = as_of - dt.timedelta(days=days)
    return ((index, activity) for index, activity in held if activity.date >= since or activity.date == latest)


def _names(plan: Plan, activity: Activity) -> str:
    """The people of an activity by name, `nobody named` where there are none."""
    names = {contact.id: contact.name for contact in plan.contacts}
    return ", ".join(names.get(person, person) for person in activity.contacts) or "nobody named"
