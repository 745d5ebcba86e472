"""Family 2: what is written of an activity, when it is planned and when it was held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import east_asian_width

from kamgen.cadence import NOTE_NEEDED, UNANNOUNCED, Cell, Window, last_activity, overdue, visits_unbooked, when, with_customer
from kamgen.diagnostic import Finding, Message
from kamgen.model.activity import Activity
from kamgen.model.company import Company
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import blank
from kamgen.proposal import Proposer, first_person
from kamgen.rule import Yield, rule
from kamgen.rules.activities import NOTHING_AHEAD, about, nothing_ahead, recent
from kamgen.ruleset import Ruleset, Tier
from kamgen.suggested import planned_soon, usual_channel

DISCOVERY: Final = "discovery-meeting"
NO_CARD: Final = blank(Company)
CARD: Final = frozenset({"company", "needs", "potential", "sales"})
"""Where the eight parts of the customer card (004) stand."""


@rule("KAM203", unless=("empty-contact",))
def held_without_note(plan: Plan, ruleset: Ruleset, as_of: dt.date, *, days: int = 90) -> Yield:
    """A held activity has no note.

    Why: the most important information is written down, concrete and something to act on (004); every call and every meeting with a note (000).
    Activities of the last `days` count, and always the latest.

    Help: write what was said under `note:`.
    """
    for index, activity in recent(plan, ruleset, as_of, days):
        if not activity.note:
            yield Finding(("activities", index), about(plan, activity))


@rule("KAM204", unless=("no-next-activity",), gate=True)
def held_without_next_step(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date, *, days: int = 90
) -> Yield:
    """The latest activity held with the customer has no next step, and nothing is planned after it.

    Why: the next step is described, and the next activity planned in the same breath (004); what another activity followed was followed up.
    It counts for `days`, and always where it is the latest. That nothing is planned is told once, by the gravest of the
    rules that see it, of equals by the first: `no-next-activity`, this one, `offer-without-follow-up`.

    Help: write it under `next_step:`, and plan the next activity.
    """
    latest = last_activity(plan, ruleset, as_of)
    if latest is None or latest.next_step or not nothing_ahead(plan, ruleset, as_of):
        return
    followed = any(with_customer(activity, ruleset) and when(activity) > when(latest) for activity in overdue(plan, as_of))
    index = next((index for index, activity in recent(plan, ruleset, as_of, days) if activity is latest), None)
    if index is not None and not followed:
        asked = planned_soon(Proposer(plan, portfolio, ruleset, tier, cells, as_of))
        yield Finding(("activities", index), {**about(plan, latest), "paste": asked}, fact=NOTHING_AHEAD)


@rule("KAM205", variants=("bare",))
def planned_without_subject(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Yield:
    """A planned activity has no subject.

    Why: the subject says what the activity is about (004); a meeting about nothing is the first to be moved.

    Help: write it under `subject:`, in the customer's words.
    """
    for index, activity in _ahead(plan, as_of):
        if not activity.subject:
            values = {**about(plan, activity), "channel": usual_channel(ruleset, activity.type)}
            yield Finding(("activities", index), values, variant="" if activity.channel else "bare")


@rule("KAM206", unless=("planned-without-subject",))
def planned_without_channel(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Yield:
    """A planned activity does not say how it will be held.

    Why: whether we drive there or call is part of the plan (004); a day of work hangs on it.

    Help: write `channel:` with in-person, phone, video or mail.
    """
    for index, activity in _ahead(plan, as_of):
        if not activity.channel:
            yield Finding(("activities", index), {**about(plan, activity), "channel": usual_channel(ruleset, activity.type)})


@rule("KAM208")
def visit_not_booked(plan: Plan, ruleset: Ruleset, window: Window, as_of: dt.date) -> Yield:
    """A visit that nobody booked is called a meeting.

    Why: a visit without an appointment is always an unannounced visit (004), and fulfils no number of meetings: it is not counted.

    Help: write `type: unannounced-visit`; or, where the customer had agreed, take `booked: false` out.
    """
    for index, activity in enumerate(plan.activities):
        if activity.date >= window.start and _is_called_meeting(activity, ruleset):
            variant = "planned" if activity.status == "planned" and activity.date >= as_of else ""
            yield Finding(("activities", index), about(plan, activity), variant=variant)


@rule("KAM209")
def empty_contact(plan: Plan, ruleset: Ruleset, as_of: dt.date, *, days: int = 90) -> Yield:
    """A call or mail has no note, and so counts for nothing.

    Why: a contact is registered when it creates value, and the value stands in the note (004). Activities of the last `days` count, and
    always the latest.

    Help: write what was learned under `note:`; where nothing was, take the item out, or move it to a new date.
    """
    for index, activity in recent(plan, ruleset, as_of, days):
        if activity.type == NOTE_NEEDED and not activity.note:
            yield Finding(("activities", index), about(plan, activity))


@rule("KAM213")
def discovery_without_card(plan: Plan, ruleset: Ruleset, as_of: dt.date, *, days: int = 90) -> Yield:
    """A discovery meeting was held, and parts of the customer card are empty.

    Why: the discovery meeting is held to fill the eight parts: the company, its situation, challenges, goals and plans, needs and
    potential, competitors, strategy and unique qualities (004). Meetings of the last `days` count, and always the latest activity.

    Help: write what you heard under `company:`, `needs:` and `potential:`.
    """
    if plan.unread & CARD:
        return
    held = [(index, activity) for index, activity in recent(plan, ruleset, as_of, days) if activity.type == DISCOVERY]
    missing = _missing(plan) if held else {}
    if missing:
        index, activity = max(held, key=lambda found: when(found[1]))
        keys = tuple(key for keys in missing.values() for key in keys)
        values = {"n": len(missing), "parts": tuple(_part(part, keys) for part, keys in missing.items()), "paste": _card(keys)}
        values["gain"] = Message("discovery-without-card.gain") if "needs" in keys else ""
        yield Finding(("activities", index), {**about(plan, activity), **values})


@rule("KAM214")
def activity_without_contact(plan: Plan, ruleset: Ruleset, as_of: dt.date, *, days: int = 90) -> Yield:
    """A held activity with the customer names nobody.

    Why: a customer is worked person by person (000); a meeting with nobody counts for no person. Activities of the
    last `days` count, and always the latest.

    Help: write who took part under the activity's `contacts:`; who is not in the plan yet, is added under the plan's own `contacts:` first.
    """
    for index, activity in recent(plan, ruleset, as_of, days):
        if not activity.contacts and with_customer(activity, ruleset):
            person = first_person(plan, activity.date)
            advice = Message("activity-without-contact.write", {"person": person}) if person else Message("activity-without-contact.add")
            yield Finding(("activities", index), {**about(plan, activity), "advice": advice})


@rule("KAM215")
def vague_note(plan: Plan, ruleset: Ruleset, as_of: dt.date, *, days: int = 90, minimum: int = 20) -> Yield:
    """The note of a held activity is a word or two.

    Why: a note is concrete and something to act on (004); "good meeting" is neither. Activities of the last `days` count, and
    always the latest.

    Help: write who wants what, why and by when. `minimum` is the number of characters that a note has at least; a wide one, as in
    Chinese, counts as two.
    """
    for index, activity in recent(plan, ruleset, as_of, days):
        note = (activity.note or "").strip()
        if 0 < len(note) < minimum and _width(note) < minimum:
            yield Finding(("activities", index), {**about(plan, activity), "n": len(note), "minimum": minimum})


def _width(text: str) -> int:
    """How long a text is in letters: a Chinese or Japanese character says as much as two."""
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)


def _ahead(plan: Plan, as_of: dt.date) -> Iterator[tuple[int, Activity]]:
    """Planned activities that are not overdue: those are to be settled, not described."""
    return ((index, activity) for index, activity in enumerate(plan.activities) if activity.status == "planned" and activity.date >= as_of)


def _is_called_meeting(activity: Activity, ruleset: Ruleset) -> bool:
    """Planned or held at the customer's without an appointment, under another name than an unannounced visit's."""
    return activity.type != UNANNOUNCED and activity.status in {"planned", "held"} and visits_unbooked(activity, ruleset)


def _missing(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Of the eight parts of the customer card those that are empty, each with the keys to write."""
    card = plan.company or NO_CARD
    potential = plan.potential is not None or any(sale.potential is not None for sale in plan.sales)
    needed = (*(() if plan.needs else ("needs",)), *(() if potential else ("potential",)))
    parts: dict[str, tuple[str, ...]] = {
        "company": () if card.description or card.industry or card.products else ("description",),
        "situation": () if card.situation else ("situation",),
        "challenges": () if card.challenges else ("challenges",),
        "goals": () if card.goals else ("goals",),
        "needs": needed,
        "competitors": () if card.competitors else ("competitors",),
        "strategy": () if card.strategy else ("strategy",),
        "unique": () if card.unique_qualities else ("unique_qualities",),
    }
    return {part: keys for part, keys in parts.items() if keys}


def _part(part: str, keys: tuple[str, ...]) -> str | Message:
    """A part of the customer card by name; needs and potential are one."""
    if part == "company":
        return Message("discovery-without-card.company")
    return keys[0].replace("_", " ") if len(keys) == 1 else Message("discovery-without-card.needs-and-potential")


WRITTEN: Final = {"competitors": "[...]", "needs": "[{text: ..., gain: ..., agreed: ...}]"}


def _card(keys: tuple[str, ...]) -> str:
    """The keys as YAML to paste, those of the customer card below `company:`."""
    own = [f"{key}: {WRITTEN.get(key, '...')}" for key in keys if key not in {"needs", "potential"}]
    beside = [f"{key}: {WRITTEN.get(key, '...')}" for key in keys if key in {"needs", "potential"}]
    company = [f"company: {{{', '.join(own)}}}"] if own else []
    return ", ".join(f"`{line}`" for line in (*company, *beside))
