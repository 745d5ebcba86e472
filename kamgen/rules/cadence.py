"""Family 3: cadence. How often something happened, against how often the tier asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kamgen.cadence import (
    Cell,
    State,
    Window,
    ahead,
    forum_cells,
    forum_of,
    is_held,
    last_met,
    present,
    when,
    with_customer,
    worked,
)
from kamgen.day import working_day
from kamgen.diagnostic import FieldPath, Finding, Message
from kamgen.frozen import with_values
from kamgen.model.activity import Activity
from kamgen.model.governance import Care
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.proposal import Proposer
from kamgen.rule import Yield, rule
from kamgen.rules.activities import about
from kamgen.ruleset import Ruleset, Tier
from kamgen.shortfall import forum_kind, forums_for, lacks, missing_of, serves, unsettled
from kamgen.suggested import FORTNIGHT, paste, planned_item, planned_with, spread

UNSETTLED: Final = ("overdue-activity", "long-overdue-activity")
SAYING_IT: Final = (*UNSETTLED, "forum-behind")
"""The rules that may say already what is missing: it was planned and not settled, or a forum lacks it."""
COUNTED_FROM: Final = frozenset({"activities", "contacts", "meetings", "since"})
"""The parts of a plan that cells are counted from."""


@rule("KAM301", unless=("cadence-short", *SAYING_IT))
def cadence_behind(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], window: Window, as_of: dt.date) -> Yield:
    """Held and planned activities together are fewer than the tier asks for.

    Why: the tier's numbers are what the customer is worth to us (000, 004); a number that is not even planned will not be reached.
    Where activities that nobody settled would make up the number, had they been held, only those are told; and where the missing meetings
    of the forums would, only `forum-behind`.

    Help: plan the missing ones; or give the person another number under `targets:`, with the reason.
    """
    yield from _behind(plan, portfolio, ruleset, tier, _judged(plan, cells), window, as_of)


@rule("KAM302", variants=("zero",))
def over_service(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], window: Window, as_of: dt.date) -> Yield:
    """More activities than the tier recommends.

    Why: time spent beyond the number is time that another customer does not get (004). Where the table says 0, the activity is of the wrong sort.

    Help: use another activity type, move the time to another account, or raise the customer's tier.
    """
    for cell in _judged(plan, cells):
        if cell.state is State.OVER:
            advice = Message("over-service.raise" if _more_above(ruleset, tier, cell) else "over-service.highest")
            values: dict[str, object] = {"most": cell.most, "advice": advice}
            if cell.most or not cell.held:
                yield _finding(plan, tier, cell, window, values)
                continue
            roles = portfolio.roles
            index, last = _last_held(plan, ruleset, tier, cell, window, as_of, roles)
            excuse = Message("over-service.waive.more" if plan.waivers else "over-service.waive", {"advice": advice, "end": window.end})
            finding = _finding(plan, tier, cell, window, {**about(plan, last), **values, "advice": excuse}, "zero")
            yield with_values(finding, field=("activities", index))


def _last_held(
    plan: Plan, ruleset: Ruleset, tier: Tier, cell: Cell, window: Window, as_of: dt.date, roles: Mapping[str, str]
) -> tuple[int, Activity]:
    """The latest activity that a cell counts as held, with its position; there is one."""
    held = (
        (index, activity)
        for index, activity in enumerate(plan.activities)
        if is_held(activity, window, as_of) and with_customer(activity, ruleset) and serves(activity, cell, plan, ruleset, tier, roles)
    )
    return max(held, key=lambda found: when(found[1]))


def _more_above(ruleset: Ruleset, tier: Tier, cell: Cell) -> bool:
    """Whether the next higher tier recommends more of it."""
    order = tuple(ruleset.tiers)
    above = ruleset.tiers[order[order.index(tier.id) - 1]] if order[0] != tier.id else None
    asked = above.requirements.get(cell.requirement) if above else None
    return asked is not None and (asked.max is None or cell.most is None or asked.max > cell.most)


@rule("KAM303")
def no_agreed_number(plan: Plan, tier: Tier) -> Yield:
    """The number of KAM meetings has not been agreed with the customer.

    Why: KAM meetings are held as often as agreed with each customer (000); without a number nothing can be kept.

    Help: agree on it, and write it under `meetings:` as `kam_meetings_per_year:`.
    """
    if plan.meetings and plan.meetings.kam_meetings_per_year is not None:
        return
    agreed = next((name for name, requirement in tier.requirements.items() if requirement.agreed), None)
    if agreed:
        place = Message("no-agreed-number.add" if plan.meetings else "no-agreed-number.first")
        yield Finding(("meetings",), {"place": place}, requirement=agreed)


@rule("KAM304")
def late_pace(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], window: Window, as_of: dt.date) -> Yield:
    """Enough is held and planned, but less is held by now than the pace asks for.

    Why: a year's number is spread over the year (000, 004); what is left to the last weeks is what is dropped first.

    Help: bring the next one forward.
    """
    late = [cell for cell in _judged(plan, cells) if cell.late and cell.state is not State.BEHIND]
    roles = portfolio.roles if late else {}
    soon = working_day(as_of + FORTNIGHT)
    for cell in late:
        serving = (activity for activity in ahead(plan, ruleset, as_of) if serves(activity, cell, plan, ruleset, tier, roles))
        following = min(activity.date for activity in serving if activity.date <= window.end)
        advice = Message("late-pace.hold" if following <= soon else "late-pace.forward", {"next": following, "soon": soon})
        yield _finding(plan, tier, cell, window, {"due": cell.due, "owed": cell.owed, "advice": advice})


@rule("KAM305")
def care_gap(plan: Plan, tier: Tier, window: Window, as_of: dt.date, *, days: int = 90) -> Yield:
    """The customer has had nothing of the tier's care programme in this window.

    Why: between meetings the tier's menu of invitations, newsletters and gestures keeps us in mind (000).
    It is asked for from `days` days into the window on, or after the account joined. What is still to come is not done yet.

    Help: do one of them and write it under `care:`; what this customer does not want goes to `care_excluded:`.
    """
    excluded = {exclusion.touch for exclusion in plan.care_excluded}
    menu = [touch for touch in tier.care if touch not in excluded]
    start = max(plan.since or window.start, window.start)
    if not menu or (as_of - start).days < days or plan.unread & {"care_excluded", "since"}:
        return
    touches = [care for care in plan.care if care.touch in tier.care and care.date in window]
    if not any(care.date <= as_of for care in touches):
        planned = min(touches, key=lambda care: care.date, default=None)
        other = next((touch for touch in menu if planned is None or touch != planned.touch), menu[0])
        values = {"menu": tuple(menu), "window": _year(window), "first": menu[0], "advice": _care(plan, other, planned, as_of)}
        yield Finding(("care",), values)


@rule("KAM306", variants=("never",), unless=("cadence-behind", "weak-contact-idle"))
def contact_not_met(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date, *, days: int = 365
) -> Yield:
    """Nobody has met a person who is to be worked continuously for a year.

    Why: these are the people whom the customer is worked through, all the time (000). Who joined in the meantime is excused, and with whom
    something is planned. Where we know the person less well than we want, that is told instead. A year is `days` days.

    Help: plan a call or a meeting with the person; or say that the person is not worked continuously: `work: occasional`.
    """
    if plan.unread & COUNTED_FROM:
        return
    since = as_of - dt.timedelta(days=days)
    last = last_met(plan, ruleset, as_of)
    coming = {person for activity in ahead(plan, ruleset, as_of) for person in activity.contacts}
    proposer = Proposer(plan, portfolio, ruleset, tier, cells, as_of)
    people = {contact.id for contact in worked(plan, tier, as_of) if last.get(contact.id, dt.date.min) < since} - coming
    for index, contact in enumerate(plan.contacts):
        if contact.id in people and max(contact.since or dt.date.min, plan.since or dt.date.min) <= since:
            met = last.get(contact.id)
            values = {"contact": contact.name, "last": met, "paste": planned_with(proposer, contact)}
            known = ("contacts", index, "relationship")
            yield Finding(("contacts", index), values, variant="" if met else "never", contact=contact.id, also=(known,))


@rule("KAM307", unless=UNSETTLED)
def forum_behind(plan: Plan, ruleset: Ruleset, window: Window, as_of: dt.date) -> Yield:
    """A forum of the meeting structure meets less often than the plan says.

    Why: the internal forum and the three external ones each have their own people and their own frequency (001).
    Where activities that nobody settled would make up the number, had they been held, only those are told.

    Help: plan the missing meetings with the forum's name under `forum:`; or change `per_year:` under `meetings:`.
    """
    for cell in _judged(plan, forum_cells(plan, ruleset, window, as_of)):
        if cell.state is State.BEHIND:
            n = lacks(cell)
            coming = [activity for activity in plan.activities if activity.status == "planned"]
            own = [activity.date for activity in coming if forum_of(activity, ruleset) == cell.requirement]
            date = spread(n, own, as_of, window.end, (activity.date for activity in coming))
            item = planned_item(ruleset, date, *forum_kind(plan, ruleset, cell.requirement, date), forum=cell.requirement)
            counted = {"held": cell.held, "planned": cell.planned, "owed": cell.owed, "window": _year(window), "end": window.end}
            values = {**counted, "forum": cell.requirement, "n": n, "paste": paste(plan, item)}
            open_ones = unsettled(plan, window, as_of)
            late = tuple(("activities", index) for index, activity in open_ones if forum_of(activity, ruleset) == cell.requirement)
            also = late if len(late) >= n else ()
            yield Finding(("meetings", cell.requirement), values, requirement=cell.requirement, also=also)


@rule("KAM309", variants=("prospect",), gate=True)
def no_contact(plan: Plan, as_of: dt.date) -> Yield:
    """There is nobody to meet: no contact, or all have left.

    Why: a customer is worked through its people (000); a plan without one cannot be carried out. A prospect is asked for its first.

    Help: add somebody under `contacts:` with name, title and function.
    """
    if not present(plan, as_of):
        words = ("prospect" if plan.status == "prospect" else "", "all-left" if plan.contacts else "")
        yield Finding(("contacts",), {"n": len(plan.contacts)}, variant=".".join(filter(None, words)))


@rule("KAM310", unless=SAYING_IT, grown_from="cadence-behind")
def cadence_short(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], window: Window, as_of: dt.date) -> Yield:
    """The last quarter of the window has begun, and the account's held and planned activities are fewer than the tier asks for.

    Why: what is not in the calendar now will not be held this year (004); for a key account that is a promise broken.
    Where activities that nobody settled would make up the number, had they been held, only those are told; and where the missing meetings
    of the forums would, only `forum-behind`: as long as that is at least as grave as this. Else both are told of what nobody settled, and of
    the forums this one alone. A waiver of `cadence-behind` holds for this too.

    Help: plan the missing ones now.
    """
    if window.last_quarter(as_of):
        of_account = [cell for cell in _judged(plan, cells) if cell.contact is None]
        yield from _behind(plan, portfolio, ruleset, tier, of_account, window, as_of)


def _behind(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], window: Window, as_of: dt.date
) -> Iterator[Finding]:
    """The cells that lack activities, with where that is said already: at overdue ones, had they been held, or at forums that lack them."""
    behind = [cell for cell in cells if cell.state is State.BEHIND]
    if not behind:
        return
    late = [(index, activity) for index, activity in unsettled(plan, window, as_of) if with_customer(activity, ruleset)]
    coming = list(ahead(plan, ruleset, as_of))
    lacking = {cell.requirement: lacks(cell) for cell in forum_cells(plan, ruleset, window, as_of)}
    roles = portfolio.roles
    proposer = Proposer(plan, portfolio, ruleset, tier, cells, as_of)
    for cell in behind:
        open_ones: tuple[FieldPath, ...] = tuple(
            ("activities", index) for index, activity in late if serves(activity, cell, plan, ruleset, tier, roles)
        )
        also = open_ones if len(open_ones) >= lacks(cell) else ()
        forums = forums_for(cell, tier.requirements[cell.requirement], lacking)
        soon = dt.date.max if coming else working_day(as_of + FORTNIGHT)
        finding = _finding(plan, tier, cell, window, missing_of(proposer, cell, window, coming, soon, forums))
        yield with_values(finding, also=also, covers=tuple(("meetings", forum) for forum in forums))


def _care(plan: Plan, first: str, planned: Care | None, as_of: dt.date) -> Message:
    """What to do about a customer without care: something of the menu, or what is planned, sooner."""
    item = Message("care-gap.item" if plan.care else "care-gap.first", {"item": f"{{touch: {first}, date: {as_of}}}"})
    if planned is None:
        return Message("care-gap.now", {"paste": item})
    return Message("care-gap.planned", {"touch": planned.touch, "date": planned.date, "paste": item})


def _judged(plan: Plan, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells, and none where a part of the plan that they are counted from could not be read."""
    return () if plan.unread & COUNTED_FROM else cells


def _year(window: Window) -> int | Message:
    """A window as people call it: the year, or the fiscal year, which is called after the year that it ends in."""
    return window.start.year if window.start.year == window.end.year else Message("the-fiscal-year", {"year": window.end.year})


def _finding(plan: Plan, tier: Tier, cell: Cell, window: Window, values: dict[str, object], variant: str = "") -> Finding:
    requirement = tier.requirements[cell.requirement]
    told: dict[str, object] = {
        "requirement": requirement.label or cell.requirement,
        "target": cell.requirement,
        "held": cell.held,
        "planned": cell.planned,
        "window": _year(window),
        "end": window.end,
    }
    place: FieldPath = ("activities",)
    if cell.contact is None:
        return Finding(place, {**told, **values}, variant=variant, requirement=cell.requirement)
    index, contact = next((index, contact) for index, contact in enumerate(plan.contacts) if contact.id == cell.contact)
    told["contact"] = contact.name
    variant = f"{variant}.person" if variant else "person"
    return Finding(("contacts", index), {**told, **values}, variant=variant, contact=cell.contact, requirement=cell.requirement)
