"""Family 6: governance. Reviews in their windows, agreements in force, a team, a sponsor, a meeting structure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from kamgen.day import working_day
from kamgen.diagnostic import Finding, Message
from kamgen.figures.reviews import Round, coming_rounds, open_rounds, passed_rounds
from kamgen.model.activity import CUSTOMER_FORUMS
from kamgen.model.company import Agreement
from kamgen.model.governance import Review
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Person, Portfolio
from kamgen.rule import Yield, rule
from kamgen.rules.activities import first_person, paste, planned_item
from kamgen.ruleset import Ruleset

DAY: Final = dt.timedelta(days=1)
YEAR: Final = dt.timedelta(days=364)
INTERNAL_MEETING: Final = "internal-meeting"


@rule("KAM601", variants=("late",))
def review_missed(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, as_of: dt.date) -> Yield:
    """The plan was not reviewed in its latest window.

    Why: the plan is revised twice a year, before next year's budget work and six months later (001); feedback and what was learned go into the
    next plan (003). A prospect, and an account that is newer than the window, is not asked.

    Help: hold the review, and write it under `reviews:` with date, who took part, the outcome, what was learned and what was changed.
    """
    passed = passed_rounds(portfolio.review_windows, as_of)
    if not passed or "since" in plan.unread:
        return
    latest = passed[-1]
    if latest.excuses(plan) or latest.reviewed(plan, as_of):
        return
    since = [(review.date, index) for index, review in enumerate(plan.reviews) if latest.closes < review.date <= as_of]
    following = coming_rounds(portfolio.review_windows, as_of)[0]
    if since:
        date, index = min(since)
        meeting = paste(plan, planned_item(ruleset, working_day(following.due), INTERNAL_MEETING, None))
        values = {"date": date, "n": (date - latest.closes).days, "next": following.due, "paste": meeting}
        yield Finding(("reviews", index), {**_window(latest), **values}, "late")
    else:
        coming = Message("review.coming", _window(following))
        yield Finding(("reviews",), {**_window(latest), "last": _last(plan.reviews, as_of), "coming": coming, "paste": _write(plan, as_of)})


@rule("KAM602", unless=("review-missed",))
def review_due(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Yield:
    """A review window is open, and the plan is not reviewed yet.

    Why: the plan is revised twice a year, before next year's budget work and six months later (001).

    Help: hold the review before the window closes, and write it under `reviews:`.
    """
    if "since" in plan.unread:
        return
    for window in open_rounds(portfolio.review_windows, as_of):
        if not window.excuses(plan) and not window.reviewed(plan, as_of):
            n = (window.closes - as_of).days
            yield Finding(("reviews",), {**_window(window), "n": n, "last": _last(plan.reviews, as_of), "paste": _write(plan, as_of)})
            return


@rule("KAM603")
def agreement_expired(plan: Plan, as_of: dt.date) -> Yield:
    """An agreement has run out, and nothing follows it.

    Why: the customer card shows the frame agreement in force (000); who delivers on one that ran out has no agreed price.

    Help: was it renewed: add the new agreement, and write its title as `replaced_by:`; was it ended: write `ended: true`.
    """
    for index, agreement in enumerate(plan.agreements):
        if agreement.end is None or agreement.end >= as_of or agreement.ended:
            continue
        followers = [other for other in _followers(agreement, plan) if other.end is None or other.end > agreement.end]
        if any(other.start is None or other.start <= as_of for other in followers):
            continue
        start = min((other.start for other in followers if other.start), default=None)
        values = {"title": agreement.title, "end": agreement.end, "n": (as_of - agreement.end).days, "start": start}
        yield Finding(("agreements", index), {**values, "item": _renewed(agreement, agreement.end)}, "later" if start else "")


@rule("KAM604", unless=("ending-without-meeting",))
def agreement_expiring(plan: Plan, as_of: dt.date, *, days: int = 90) -> Yield:
    """An agreement runs out soon, or the last day to give notice is near.

    Why: a renewal is talked about while there is still time to (*ours*; 000 keeps the frame agreement on the customer card).

    Help: agree on what follows, and write it under `agreements:`; or give notice, and write `ended: true`.
    """
    for index, agreement in enumerate(plan.agreements):
        first = min((date for date in (agreement.notice, agreement.end) if date), default=None)
        if first is None or (first - as_of).days > days or (agreement.end or first) < as_of or not _open(agreement, plan, as_of):
            continue
        date = first if first >= as_of else agreement.end or first
        variant = "" if first != agreement.notice else "notice" if date == first else "noticed"
        runs = Message("agreement.runs-to", {"end": agreement.end}) if agreement.end else Message("agreement.open-ended")
        values = {"title": agreement.title, "date": date, "n": (date - as_of).days, "notice": agreement.notice, "runs": runs}
        yield Finding(("agreements", index), {**values, "item": _renewed(agreement, agreement.end or date)}, variant)


@rule("KAM605")
def no_team(plan: Plan, portfolio: Portfolio) -> Yield:
    """Nobody but the owner works the account.

    Why: the KAM needs a customer team, to work the customer on many surfaces (001); who of us should be in it is a question of the analysis (000).

    Help: name the colleagues under `team:`, each with the part and what he or she may decide alone.
    """
    if not plan.team:
        asked = _colleagues(plan, portfolio, "specialist", "support", "kam", "leader", "executive")
        person = plan.deputy or next((found.id for found in asked), "...")
        yield Finding(("team",), {"person": person, "owner": portfolio.person_name(plan.owner)})


@rule("KAM606")
def no_executive_sponsor(plan: Plan, portfolio: Portfolio) -> Yield:
    """No executive of ours stands behind the account, or the one who did has left.

    Why: a key account is a matter of the whole company, and its manager needs the leadership behind (002); the strategic forum meets management
    with management (001).

    Help: ask somebody of the leadership, and write the id as `executive_sponsor:`.
    """
    sponsor = portfolio.person(plan.executive_sponsor)
    if plan.executive_sponsor is not None and (sponsor is None or sponsor.active):
        return
    asked = next(_colleagues(plan, portfolio, "executive", "leader"), None)
    values = {"person": asked.id if asked else "...", "sponsor": sponsor.name if sponsor else None}
    yield Finding(("executive_sponsor",), values, "left" if sponsor else "")


@rule("KAM607")
def no_meeting_structure(plan: Plan, as_of: dt.date, *, days: int = 90) -> Yield:
    """There is no meeting structure, or half of it is missing.

    Why: an internal structure says how often the team meets, who and with what agenda; an external one, best in three forums, says it of the
    meetings with the customer (001). A prospect cannot have one yet, nor an account in its first `days`.

    Help: write under `meetings:` the forums `internal`, `strategic`, `tactical` and `operational`, each with `per_year`, people and agenda.
    """
    if plan.status == "prospect" or (plan.since is not None and (as_of - plan.since).days < days):
        return
    internal = plan.meetings is not None and plan.meetings.internal is not None
    external = any(getattr(plan.meetings, forum, None) for forum in CUSTOMER_FORUMS)
    if internal and external:
        return
    people = {"owner": plan.owner, "sponsor": plan.executive_sponsor or plan.owner, "contact": first_person(plan, as_of) or "..."}
    yield Finding(("meetings",), people, "external" if internal else "internal" if external else "")


def _window(found: Round) -> dict[str, object]:
    return {"window": found.name, "opens": found.opens, "due": found.due, "closes": found.closes}


def _last(reviews: tuple[Review, ...], as_of: dt.date) -> Message:
    """When the plan was last reviewed, in words."""
    last = max((review.date for review in reviews if review.date <= as_of), default=None)
    return Message("review.last", {"date": last, "n": (as_of - last).days}) if last else Message("review.never")


def _write(plan: Plan, as_of: dt.date) -> Message:
    """How a review gets into the plan."""
    item = f"{{date: {as_of}, by: {plan.owner}, outcome: ..., learned: ..., changes: ...}}"
    return Message("review.item" if plan.reviews else "review.first", {"item": item})


def _followers(agreement: Agreement, plan: Plan) -> Iterator[Agreement]:
    """The agreements that this one names as the one that follows it."""
    if agreement.replaced_by is None:
        return iter(())
    return (other for other in plan.agreements if other.title == agreement.replaced_by and other is not agreement)


def _open(agreement: Agreement, plan: Plan, as_of: dt.date) -> bool:
    """Whether it is in force and nothing is decided about what follows."""
    begun = agreement.start is None or agreement.start <= as_of
    return begun and not agreement.ended and not any(_followers(agreement, plan))


def _renewed(agreement: Agreement, end: dt.date) -> str:
    """An agreement to paste that begins when the old one ends, and runs for a year."""
    kind = f"kind: {agreement.kind}, " if agreement.kind else ""
    return f"{{title: New agreement, {kind}start: {end + DAY}, end: {end + DAY + YEAR}}}"


def _colleagues(plan: Plan, portfolio: Portfolio, *roles: str) -> Iterator[Person]:
    """Who of us could be asked, beside the owner: by role in this order."""
    return (person for role in roles for person in portfolio.people if person.role == role and person.active and person.id != plan.owner)
