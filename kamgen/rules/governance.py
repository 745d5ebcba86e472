"""Family 6: governance. Reviews in their windows, a team, a sponsor, a meeting structure, a pause that ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from kamgen.day import working_day
from kamgen.diagnostic import Finding, Message
from kamgen.figures.reviews import Round, coming_rounds, open_rounds, passed_rounds
from kamgen.model.activity import CUSTOMER_FORUMS
from kamgen.model.governance import Forum, Review
from kamgen.model.plan import Plan
from kamgen.model.portfolio import APPROVERS, Person, Portfolio
from kamgen.proposal import first_person
from kamgen.rule import Yield, rule
from kamgen.rules.ownership import acting
from kamgen.ruleset import Ruleset
from kamgen.suggested import paste, planned_item

INTERNAL_MEETING: Final = "internal-meeting"


@rule("KAM601", variants=("late",))
def review_missed(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, as_of: dt.date) -> Yield:
    """The plan was not reviewed in its latest window.

    Why: the plan is revised twice a year, before next year's budget work and six months later (001); feedback and what was learned go into the
    next plan (003). A prospect, and an account that is newer than the window, is not asked; nor is one that was reviewed in the next window
    already. A review between the windows is late.

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
    if any(date in window for window in open_rounds(portfolio.review_windows, as_of) for date, _ in since):
        return
    if since:
        date, index = min(since)
        values = {"date": date, "n": (date - latest.closes).days, "advice": _keep(plan, ruleset, following, as_of)}
        yield Finding(("reviews", index), {**_window(latest), **values}, "late", period=latest.due.isoformat())
    else:
        coming = Message("review.coming", _window(following))
        yield Finding(
            ("reviews",),
            {**_window(latest), "last": _last(plan.reviews, as_of), "coming": coming, "paste": _write(plan, portfolio, as_of)},
            period=latest.due.isoformat(),
        )


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
            left = Message("review.left", {"n": n}) if n else Message("review.last-day")
            yield Finding(
                ("reviews",),
                {**_window(window), "left": left, "last": _last(plan.reviews, as_of), "paste": _write(plan, portfolio, as_of)},
                period=window.due.isoformat(),
            )
            return


@rule("KAM605")
def no_team(plan: Plan, portfolio: Portfolio) -> Yield:
    """Nobody but the owner works the account.

    Why: the KAM needs a customer team, to work the customer on many surfaces (001); who of us should be in it is a question of the analysis (000).

    Help: name the colleagues under `team:`, each with the part and what he or she may decide alone. The owner alone is no team.
    """
    others = [member.person for member in plan.team if member.person != plan.owner]
    if all(portfolio.has_left(person) for person in others):
        asked = _colleagues(plan, portfolio, "specialist", "support", "kam", "leader", "executive")
        deputy = plan.deputy if plan.deputy != plan.owner and not portfolio.has_left(plan.deputy) else None
        person = deputy or next((found.id for found in asked), "...")
        left = tuple(portfolio.person_name(other) for other in others)
        values = {"person": person, "owner": portfolio.person_name(plan.owner), "left": left, "n": len(left)}
        yield Finding(("team",), values, "left" if others else "owner" if plan.team else "")


@rule("KAM606")
def no_executive_sponsor(plan: Plan, portfolio: Portfolio) -> Yield:
    """No executive of ours stands behind the account: nobody is named, or one who has left, who owns it, or is no leader or executive.

    Why: a key account is a matter of the whole company, and its manager needs the leadership behind (002); the strategic forum meets management
    with management (001). Who owns the account stands before it already, and cannot stand behind it as well.

    Help: ask somebody of the leadership, and write the id as `executive_sponsor:`.
    """
    sponsor = portfolio.person(plan.executive_sponsor)
    variant = "owner" if plan.executive_sponsor == plan.owner else _unfit(sponsor)
    if plan.executive_sponsor is not None and not variant:
        return
    asked = next(_colleagues(plan, portfolio, "executive", "leader"), None)
    values = {"person": asked.id if asked else "...", "sponsor": sponsor.name if sponsor else None}
    yield Finding(("executive_sponsor",), values, variant)


def _unfit(sponsor: Person | None) -> str:
    """Why somebody cannot be the sponsor; nothing where that is unknown or not so."""
    if sponsor is None:
        return ""
    return "left" if not sponsor.active else "" if sponsor.role in APPROVERS else "colleague"


@rule("KAM607")
def no_meeting_structure(plan: Plan, portfolio: Portfolio, as_of: dt.date, *, days: int = 90) -> Yield:
    """There is no meeting structure, or half of it is missing.

    Why: an internal structure says how often the team meets, who and with what agenda; an external one, best in three forums, says it of the
    meetings with the customer (001). A forum of no meetings in a year is none. A prospect cannot have one yet, nor an account in its first
    `days`.

    Help: write under `meetings:` the forums `internal`, `strategic`, `tactical` and `operational`, each with `per_year`, people and agenda,
    and plan the first meeting of each; KAM307 then counts them.
    """
    if plan.status == "prospect" or (plan.since is not None and (as_of - plan.since).days < days):
        return
    internal = _meets(plan, "internal")
    external = any(_meets(plan, forum) for forum in CUSTOMER_FORUMS)
    if internal and external:
        return
    owner = acting(plan, portfolio)
    sponsor = owner if portfolio.has_left(plan.executive_sponsor) else plan.executive_sponsor or owner
    people = {"owner": owner, "sponsor": sponsor, "contact": first_person(plan, as_of) or "..."}
    yield Finding(("meetings",), people, "external" if internal else "internal" if external else "")


def _meets(plan: Plan, forum: str) -> bool:
    """Whether a forum is agreed, and holds meetings."""
    agreed: Forum | None = getattr(plan.meetings, forum, None)
    return agreed is not None and agreed.per_year != 0


@rule("KAM614")
def paused_without_end(plan: Plan, as_of: dt.date, *, days: int = 90) -> Yield:
    """The account is paused, and nobody has said until when.

    Why: while an account is paused, neither a next activity nor a cadence is asked of it; without an end it would be forgotten for ever
    (*ours*; 004: priority customers always have a future activity).

    Help: write the first day on which it is worked again as `paused_until:`; the day that is proposed lies `days` ahead.
    """
    if plan.status == "paused" and plan.paused_until is None and "paused_until" not in plan.unread:
        yield Finding(("status",), {"until": working_day(as_of + dt.timedelta(days=days))})


def _keep(plan: Plan, ruleset: Ruleset, following: Round, as_of: dt.date) -> Message:
    """How the next review is kept: a meeting on its day, while that day lies ahead and none is planned in its window."""
    if as_of in following:
        return Message("review.keep", _window(following))
    booked = [activity.date for activity in plan.activities if activity.status == "planned" and activity.type == INTERNAL_MEETING]
    if day := min((day for day in booked if day in following), default=None):
        return Message("review.booked", {"due": following.due, "next": day})
    meeting = planned_item(ruleset, working_day(following.due), INTERNAL_MEETING, None)
    return Message("review.book", {"due": following.due, "paste": paste(plan, meeting)})


def _window(found: Round) -> dict[str, object]:
    return {"window": found.name, "opens": found.opens, "due": found.due, "closes": found.closes}


def _last(reviews: tuple[Review, ...], as_of: dt.date) -> Message:
    """When the plan was last reviewed, in words."""
    last = max((review.date for review in reviews if review.date <= as_of), default=None)
    if last:
        return Message("review.last", {"date": last, "n": (as_of - last).days})
    ahead = min((review.date for review in reviews), default=None)
    return Message("review.ahead", {"date": ahead}) if ahead else Message("review.never")


def _write(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Message:
    """How a review gets into the plan."""
    item = f"{{date: {as_of}, by: {acting(plan, portfolio)}, outcome: ..., learned: ..., changes: ...}}"
    return Message("review.item" if plan.reviews else "review.first", {"item": item})


def _colleagues(plan: Plan, portfolio: Portfolio, *roles: str) -> Iterator[Person]:
    """Who of us could be asked, beside the owner: by role in this order."""
    return (person for role in roles for person in portfolio.people if person.role == role and person.active and person.id != plan.owner)
