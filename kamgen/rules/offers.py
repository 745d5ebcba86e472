"""Family 2: from the discovery meeting to the proposal, the offer and the agreement that it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from kamgen.cadence import Cell, channel_of, when, with_customer
from kamgen.day import day_after, free_day, working_day
from kamgen.diagnostic import Finding, Message
from kamgen.model.activity import Activity
from kamgen.model.commerce import PROPOSAL, Offer, lacking_in_proposal
from kamgen.model.company import Agreement
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.proposal import CALL, Proposer
from kamgen.rule import Yield, rule
from kamgen.rules.activities import NOTHING_AHEAD, about, nothing_ahead
from kamgen.ruleset import Ruleset, Tier
from kamgen.suggested import planned

DISCOVERY: Final = "discovery-meeting"
WEEK: Final = dt.timedelta(days=7)
YEAR: Final = 365
OPEN: Final = frozenset({None, "draft", "sent"})
FACE_TO_FACE: Final = frozenset({"in-person", "video"})


@rule("KAM207")
def proposal_without_document(plan: Plan, as_of: dt.date, *, days: int = 90) -> Yield:
    """A proposal meeting was held without a written, binding proposal.

    Why: a written and binding proposal is always there at such a meeting (004); without it nothing can be accepted. Meetings of the
    last `days` count.

    Help: link the proposal under `documents:` of the activity; or name the offer there, with its own `documents:` and `binding: true`.
    """
    if "offers" in plan.unread:
        return
    for index, activity in enumerate(plan.activities):
        if activity.type == PROPOSAL and activity.status == "held" and 0 <= (as_of - activity.date).days <= days:
            yield from _unwritten(plan, index, activity, (as_of - activity.date).days)


@rule("KAM217", ahead=True)
def proposal_due_without_document(plan: Plan, as_of: dt.date, *, days: int = 3) -> Yield:
    """A proposal meeting is due, and no written, binding proposal is linked.

    Why: a written and binding proposal is always there at such a meeting (004); it is not written on the way. A meeting is due
    when it is `days` days away or fewer.

    Help: link the proposal under `documents:` of the activity; or name the offer there, with its own `documents:` and `binding: true`.
    """
    if "offers" in plan.unread:
        return
    for index, activity in enumerate(plan.activities):
        if activity.type == PROPOSAL and activity.status == "planned" and 0 <= (activity.date - as_of).days <= days:
            yield from _unwritten(plan, index, activity, (activity.date - as_of).days)


@rule("KAM218", variants=("late",), unless=("no-next-activity",), gate=True)
def offer_without_follow_up(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date) -> Yield:
    """An offer was sent, and nobody follows it up.

    Why: calls and meetings are planned to follow up a proposal (004); an offer that nobody asks about is lost in silence.
    Where nothing at all is planned with the customer, that is told once, of several offers of the first.

    Help: plan the follow-up; write `status: won` or `status: lost` once it is decided, and a new `decision_due:` when it was put off.
    """
    sent = [(index, offer) for index, offer in enumerate(plan.offers) if offer.status == "sent"]
    if not sent:
        return
    resting = "activities" not in plan.unread and nothing_ahead(plan, ruleset, as_of)
    proposer, date = Proposer(plan, portfolio, ruleset, tier, cells, as_of), working_day(as_of + WEEK)
    for index, offer in sent:
        late = (as_of - offer.decision_due).days if offer.decision_due else 0
        if late > 0 or resting:
            asked = planned(proposer, date, proposer.propose(date, rather=CALL), offer.id)
            values = {"offer": offer.text, "sent": offer.sent, "due": offer.decision_due, "n": late, "paste": asked}
            yield Finding(("offers", index), values, variant=_follow_up(offer, late), fact=() if late > 0 else NOTHING_AHEAD)


@rule("KAM219", gate=True)
def discovery_without_proposal(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date, *, days: int = 30
) -> Yield:
    """A discovery meeting led to no proposal.

    Why: little is sold at a discovery meeting; it prepares the proposal meeting, which follows it (004), within `days` days (*ours*).

    Help: plan the proposal meeting, or write the offer under `offers:`.
    """
    held = [activity for activity in plan.activities if activity.type == DISCOVERY and activity.status == "held"]
    last = max((activity for activity in held if activity.date <= as_of), key=when, default=None)
    if last is None or "offers" in plan.unread or not days < (as_of - last.date).days <= YEAR or _proposed(plan, last.date):
        return
    index = next(index for index, activity in enumerate(plan.activities) if activity is last)
    advice = _propose(Proposer(plan, portfolio, ruleset, tier, cells, as_of))
    yield Finding(("activities", index), {**about(plan, last), "n": (as_of - last.date).days, "advice": advice})


@rule("KAM220", variants=("campaign",), gate=True)
def ending_without_meeting(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date, *, days: int = 60
) -> Yield:
    """An agreement or a campaign runs out soon, and no meeting is planned before it does.

    Why: customers are met when what they bought nears its end (004); afterwards they have already decided.
    Soon is within `days` days (*ours*). One of the same kind that begins later than the one that ends, and runs beyond it, takes over.

    Help: plan the meeting; or name the agreement that follows under `replaced_by:`, or write `ended: true` where the end is meant.
    """
    ending = [(index, agreement) for index, agreement in enumerate(plan.agreements) if _runs_out(agreement, plan, as_of, days)]
    if not ending or "activities" in plan.unread:
        return
    meeting = min((activity.date for activity in plan.activities if _is_meeting(activity, ruleset, as_of)), default=dt.date.max)
    proposer = Proposer(plan, portfolio, ruleset, tier, cells, as_of)
    for index, agreement in ending:
        if agreement.end and agreement.end < meeting:
            date = free_day(as_of + (agreement.end - as_of) // 2, as_of, agreement.end)
            asked = planned(proposer, date, proposer.propose(date, meeting=True))
            values = {"title": agreement.title, "end": agreement.end, "left": _left((agreement.end - as_of).days), "paste": asked}
            yield Finding(("agreements", index), values, variant="campaign" if agreement.kind == "campaign" else "")


def _unwritten(plan: Plan, index: int, activity: Activity, days: int) -> Yield:
    """A proposal meeting whose written, binding proposal is neither linked to it nor to its offer."""
    offer = plan.offer(activity.offer)
    values = {**about(plan, activity), "n": days, "offer": offer.text if offer else None, "written": _written(plan)}
    lack = lacking_in_proposal(offer, activity.documents)
    if lack is not None:
        yield Finding(("activities", index), values, variant="unnamed" if not lack and values["written"] else lack)


def _written(plan: Plan) -> str | None:
    """The id of an offer of the plan that is written and binding."""
    return next((offer.id for offer in plan.offers if offer.id and offer.documents and offer.binding), None)


def _follow_up(offer: Offer, late: int) -> str:
    """Which sentence fits: the decision is late, or nothing is planned (`undated` where nobody wrote when it was sent)."""
    if late > 0:
        return "late"
    return "" if offer.sent else "undated"


def _propose(proposer: Proposer) -> Message:
    """What follows a discovery meeting: a proposal meeting or an offer; where one more is forbidden by a number of the tier, the offer."""
    date = working_day(proposer.as_of + 2 * WEEK)
    proposed = proposer.propose(date, rather=PROPOSAL)
    never = any(PROPOSAL in requirement.types and requirement.max == 0 for requirement in proposer.tier.requirements.values())
    if never or proposed.type != PROPOSAL:
        return Message("discovery-without-proposal.offer")
    return Message("discovery-without-proposal.meeting", {"paste": planned(proposer, date, proposed)})


def _proposed(plan: Plan, since: dt.date) -> bool:
    """Whether a proposal meeting was held or planned, or an offer made, on a day or later."""
    met = (activity for activity in plan.activities if activity.type == PROPOSAL and activity.status in {"planned", "held"})
    return any(activity.date >= since for activity in met) or any(_answers(offer, since) for offer in plan.offers)


def _answers(offer: Offer, since: dt.date) -> bool:
    """Whether an offer may follow a meeting: it was sent later, or nobody wrote when and it is still open."""
    return offer.status in OPEN if offer.sent is None else offer.sent >= since


def _left(days: int) -> Message:
    return Message("ending-without-meeting.left", {"n": days}) if days else Message("ending-without-meeting.today")


def _runs_out(agreement: Agreement, plan: Plan, as_of: dt.date, days: int) -> bool:
    """Whether an agreement ends within the days, and that is not settled."""
    if agreement.end is None or agreement.ended or not 0 <= (agreement.end - as_of).days <= days:
        return False
    others = [other for other in plan.agreements if other is not agreement]
    return not any(other.title == agreement.replaced_by or _takes_over(other, agreement, agreement.end) for other in others)


def _takes_over(other: Agreement, ending: Agreement, end: dt.date) -> bool:
    """Whether an agreement of the same kind begins later than the one that ends, at the latest on the day after its end, and goes on."""
    begins = other.start is not None and (ending.start or dt.date.min) < other.start <= day_after(end)
    return begins and other.kind == ending.kind and not other.ended and (other.end is None or other.end > end)


def _is_meeting(activity: Activity, ruleset: Ruleset, as_of: dt.date) -> bool:
    """Whether it is planned, from as-of on, to meet the customer: a call or mail is no meeting, whatever its type."""
    if activity.status != "planned" or activity.date < as_of or not with_customer(activity, ruleset):
        return False
    return channel_of(activity, ruleset) in FACE_TO_FACE
