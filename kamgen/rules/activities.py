"""Family 2: activities. The next one, the ones that nobody settled, and how the rules speak of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from kamgen.cadence import Cell, last_activity, next_activity, overdue, with_customer
from kamgen.diagnostic import FieldPath, Finding, Message
from kamgen.model.activity import Activity
from kamgen.model.commerce import PROPOSAL, lacking_in_proposal
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.proposal import CALL, Proposer
from kamgen.rule import Yield, rule
from kamgen.ruleset import Ruleset, Tier
from kamgen.suggested import planned_soon

NOTHING_AHEAD: Final[FieldPath] = ("activities",)
"""Where `no-next-activity` says that nothing is planned: what other rules say of the same fact."""


@rule("KAM201", unless=("held-in-the-future",), gate=True, ahead=True)
def no_next_activity(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date, *, within_days: int | None = None
) -> Yield:
    """The account has no next activity.

    Why: priority customers always have a future activity (004). A key account without a next step is an account nobody works.
    Where one still to come is marked as held by mistake, only that is told; and where a held activity without a next step, or an offer
    that nobody follows up, says more gravely that nothing is planned, it speaks.

    Help: plan one: add it under `activities:` with a date, a type, `status: planned`, a subject and a channel.
    Where the rules say `within_days`, it must come that soon.
    """
    following = next_activity(plan, ruleset, as_of)
    last = dt.date.max if within_days is None else as_of + dt.timedelta(days=within_days)
    if following is None or following.date > last:
        asked = Proposer(plan, portfolio, ruleset, tier, cells, as_of)
        values = {"paste": planned_soon(asked, within_days), "days": within_days, "date": following.date if following else None}
        yield Finding(NOTHING_AHEAD, values, variant="within" if following else "", also=_slips(plan, ruleset, as_of, last))


def _slips(plan: Plan, ruleset: Ruleset, as_of: dt.date, last: dt.date) -> tuple[FieldPath, ...]:
    """The activities ahead that are marked as held; none where a waiver lets such a mark stand, for then nobody is told of it."""
    if any(waiver.rule == "held-in-the-future" for waiver in plan.waivers):
        return ()
    return tuple(("activities", index) for index, activity in held_ahead(plan, ruleset, as_of) if activity.date <= last)


def held_ahead(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Iterator[tuple[int, Activity]]:
    """The activities with the customer on a day that has not come that are marked as held: planned, and written down wrongly."""
    for index, activity in enumerate(plan.activities):
        if activity.status == "held" and activity.date > as_of and with_customer(activity, ruleset):
            yield index, activity


def nothing_ahead(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> bool:
    """Whether nothing with the customer lies ahead, not even what is marked as held by mistake."""
    return next_activity(plan, ruleset, as_of) is None and not any(held_ahead(plan, ruleset, as_of))


@rule("KAM202", unless=("long-overdue-activity",), ahead=True)
def overdue_activity(plan: Plan, as_of: dt.date) -> Yield:
    """A planned activity lies in the past, and nobody settled it.

    Why: an activity counts for nothing until it is held, moved or cancelled (004); a customer who did not answer means it is moved.

    Help: set `status: held` with a note and a next step; or move it to a new date and keep the old one in `moved_from`; or set `status: cancelled`.
    """
    return _unsettled(plan, as_of, 0)


@rule("KAM210")
def held_in_the_future(plan: Plan, as_of: dt.date) -> Yield:
    """An activity is marked as held on a day that has not come.

    Why: only what took place is registered as held (004); a date ahead is a slip, or a meeting that is still planned.

    Help: write `status: planned`; or correct the date.
    """
    for index, activity in enumerate(plan.activities):
        if activity.status == "held" and activity.date > as_of:
            yield Finding(("activities", index), {**about(plan, activity), "n": (activity.date - as_of).days})


@rule("KAM211", ahead=True)
def moved_too_often(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date, *, times: int = 3
) -> Yield:
    """A planned activity was moved again and again.

    Why: a meeting is moved when the customer does not answer (004); one that is moved `times` times or more is a meeting that
    the customer does not want as it is (*ours*).

    Help: ask by phone whether the meeting is wanted; else cancel it, and plan something that is.
    """
    for index, activity in enumerate(plan.activities):
        moves = len(activity.moved_from)
        if moves and moves >= times and activity.status == "planned":
            other = planned_soon(Proposer(plan, portfolio, ruleset, tier, cells, as_of), rather=CALL)
            yield Finding(("activities", index), {**about(plan, activity), "n": moves, "first": min(activity.moved_from), "paste": other})


@rule("KAM212", unless=("no-next-activity",), gate=True, ahead=True)
def next_activity_too_far(
    plan: Plan,
    portfolio: Portfolio,
    ruleset: Ruleset,
    tier: Tier,
    cells: Sequence[Cell],
    as_of: dt.date,
    *,
    within_days: int | None = None,
    key: int = 60,
) -> Yield:
    """The next activity is far away.

    Why: a future activity keeps a priority customer in work (004); one that is months away does not (*ours*).

    Help: plan something before it. The tier's `within_days` says how soon; where it says nothing, `key` days hold for key tiers.
    """
    within = key if within_days is None and tier.gated else within_days
    following = next_activity(plan, ruleset, as_of)
    if within is None or following is None:
        return
    away = (following.date - as_of).days
    if away > within:
        sooner = planned_soon(Proposer(plan, portfolio, ruleset, tier, cells, as_of), within)
        yield Finding(("activities",), {**about(plan, following), "n": away, "days": within, "paste": sooner})


@rule("KAM216", grown_from="overdue-activity", ahead=True)
def long_overdue_activity(plan: Plan, as_of: dt.date, *, days: int = 14) -> Yield:
    """A planned activity lies more than `days` days in the past, and nobody settled it.

    Why: an activity counts for nothing until it is held, moved or cancelled (004); after weeks nobody remembers what was said.

    Help: set `status: held` with a note and a next step; or move it to a new date and keep the old one in `moved_from`; or set `status: cancelled`.
    """
    return _unsettled(plan, as_of, days)


def _unsettled(plan: Plan, as_of: dt.date, days: int) -> Yield:
    """The overdue activities that are more than `days` days old."""
    late = {id(activity) for activity in overdue(plan, as_of)}
    for index, activity in enumerate(plan.activities):
        age = (as_of - activity.date).days
        if age > days and id(activity) in late:
            yield Finding(("activities", index), {**about(plan, activity), "n": age, "days": days, "proof": _proof(plan, activity)})


PROOFS: Final = {"": "overdue-activity.proof", "offer": "overdue-activity.proof.offer", "not-binding": "overdue-activity.proof.binding"}
"""What to write of a proposal, by what is lacking."""


def _proof(plan: Plan, activity: Activity) -> Message | str:
    """What else to write of an activity that was held: of a proposal meeting the written, binding proposal that it lacks."""
    lack = lacking_in_proposal(plan.offer(activity.offer), activity.documents) if activity.type == PROPOSAL else None
    return "" if lack is None else Message(PROOFS[lack], {"offer": activity.offer})


def recent(plan: Plan, ruleset: Ruleset, as_of: dt.date, days: int) -> Iterator[tuple[int, Activity]]:
    """Held activities of the last `days`, and always the latest, of all and with the customer; what lies further back is history, imported or not."""
    held = [(index, activity) for index, activity in enumerate(plan.activities) if activity.status == "held" and activity.date <= as_of]
    met = last_activity(plan, ruleset, as_of)
    latest = {max((activity.date for _, activity in held), default=None), met.date if met else None}
    since = as_of - dt.timedelta(days=days)
    return ((index, activity) for index, activity in held if activity.date >= since or activity.date in latest)


def about(plan: Plan, activity: Activity) -> dict[str, object]:
    """What a message says of an activity: its type, its date, the people by name, else its subject, else `nobody named`; and the dates it has had."""
    names = {contact.id: contact.name for contact in plan.contacts} if activity.contacts else {}
    named = ", ".join(names.get(person, person) for person in activity.contacts)
    moved = (*activity.moved_from, activity.date)
    return {"type": activity.type, "date": activity.date, "contacts": named or activity.subject or Message("people.nobody"), "moved": moved}
