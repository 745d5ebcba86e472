"""Plan x requirements x as-of -> cells: how often something happened, against how often it should (domain.md section 5)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from kamgen.frozen import Frozen
from kamgen.model.activity import FORUMS, Activity
from kamgen.model.people import Contact, Target
from kamgen.model.plan import Plan
from kamgen.model.record import blank
from kamgen.ruleset import Requirement, Ruleset, Tier

NOTE_NEEDED: Final = "contact"
"""A call or mail counts only when its note is worth something (004)."""
INTERNAL: Final = "internal"
NO_TARGET: Final = blank(Target)
UNANNOUNCED: Final = "unannounced-visit"
IN_PERSON: Final = "in-person"


class Window(Frozen):
    """The calendar or fiscal year in which requirements are counted; both ends belong to it."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """Length in days, 365 or 366."""
        return (self.end - self.start).days + 1

    def elapsed(self, as_of: dt.date) -> int:
        """Days gone, as-of included."""
        return (as_of - self.start).days + 1

    def last_quarter(self, as_of: dt.date) -> bool:
        """Whether more than three quarters of the window are gone."""
        return self.elapsed(as_of) * 4 > self.days * 3

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.start <= day <= self.end


def window_of(ruleset: Ruleset, fiscal_year_start: int, as_of: dt.date) -> Window:
    """The window that contains as-of. `fiscal_year_start` is a month, 1-12."""
    month = fiscal_year_start if ruleset.window == "fiscal-year" else 1
    year = as_of.year if as_of.month >= month else as_of.year - 1
    return Window(dt.date(year, month, 1), dt.date(year + 1, month, 1) - dt.timedelta(days=1))


class Standing(Frozen):
    """What an account's status lets the rules judge (domain.md section 5, "What a status means")."""

    open: bool
    gate: bool
    cadence: bool


def standing(plan: Plan, as_of: dt.date) -> Standing:
    """Lost and archived: nothing, nor where the status cannot be read. Prospect: no cadence. Paused: no cadence and no gate until `paused_until`."""
    if plan.closed or "status" in plan.unread:
        return Standing(open=False, gate=False, cadence=False)
    paused = plan.status == "paused" and (plan.paused_until is None or as_of < plan.paused_until)
    return Standing(open=True, gate=not paused, cadence=not paused and plan.status != "prospect")


class State(StrEnum):
    """How a cell stands; the first that fits."""

    OVER = "over"
    COVERED = "covered"
    ON_PLAN = "on-plan"
    BEHIND = "behind"


class Cell(Frozen):
    """One requirement for one person, or for the account: numbers of activities in the window.

    `owed` is the floor after joining late; `due` is what the pace asks for by as-of.
    """

    requirement: str
    contact: str | None
    held: int
    planned: int
    owed: int
    most: int | None
    due: int

    @property
    def state(self) -> State:
        """`over`: more than recommended; `covered`: held; `on-plan`: held and planned; else `behind`."""
        if self.most is not None and self.held + self.planned > self.most:
            return State.OVER
        if self.held >= self.owed:
            return State.COVERED
        return State.ON_PLAN if self.held + self.planned >= self.owed else State.BEHIND

    @property
    def late(self) -> bool:
        """Held less than the pace asks for."""
        return self.held < self.due


def cells(plan: Plan, tier: Tier, ruleset: Ruleset, window: Window, as_of: dt.date, roles: Mapping[str, str]) -> tuple[Cell, ...]:
    """The cells of an account: every requirement of its tier, for the account or for each person worked continuously.

    `roles` tells the role of each of our people. Empty where the status asks for no cadence.
    """
    if not standing(plan, as_of).cadence:
        return ()
    held = [activity for activity in plan.activities if is_held(activity, window, as_of) and with_customer(activity, ruleset)]
    planned = [activity for activity in plan.activities if _is_planned(activity, window, as_of) and with_customer(activity, ruleset)]
    people = worked(plan, tier, as_of)
    found: list[Cell] = []
    for name, requirement in tier.requirements.items():
        done = [activity for activity in held if satisfies(activity, requirement, ruleset, roles, plan.owner)]
        coming = [activity for activity in planned if satisfies(activity, requirement, ruleset, roles, plan.owner)]
        floor = _floor(requirement, plan)
        if requirement.per == "person":
            found.extend(_person_cells(name, requirement, floor, people, _per_contact(done), _per_contact(coming), plan.since, window, as_of))
        elif floor is not None:
            most = _above(floor, requirement.max)
            found.append(_cell(name, None, len(done), len(coming), floor, most, plan.since, window, as_of))
    return tuple(found)


def _floor(requirement: Requirement, plan: Plan) -> int | None:
    """The number of a requirement; by agreement it is the plan's, None where nothing was agreed."""
    if not requirement.agreed:
        return requirement.min
    return plan.meetings.kam_meetings_per_year if plan.meetings else None


def _person_cells(
    name: str,
    requirement: Requirement,
    floor: int | None,
    people: Iterable[Contact],
    held: Mapping[str, int],
    planned: Mapping[str, int],
    since: dt.date | None,
    window: Window,
    as_of: dt.date,
) -> Iterator[Cell]:
    """The cells of a requirement for each person. Nobody owes anything before the account itself is ours (`since`)."""
    for contact in people:
        own = contact.targets.get(name) or NO_TARGET
        low = floor if own.min is None else own.min
        if low is not None:
            high = _above(low, requirement.max if own.max is None else own.max)
            joined = max(filter(None, (contact.since, since)), default=None)
            yield _cell(name, contact.id, held.get(contact.id, 0), planned.get(contact.id, 0), low, high, joined, window, as_of)


def _above(floor: int, most: int | None) -> int | None:
    """The recommended maximum; none where a number of the plan's own has raised the floor above it."""
    return None if most is None or most < floor else most


def _cell(
    name: str, contact: str | None, held: int, planned: int, floor: int, most: int | None, since: dt.date | None, window: Window, as_of: dt.date
) -> Cell:
    """Who joined inside the window owes the share of the days that remain, and the pace runs from there."""
    start = max(since, window.start) if since else window.start
    remaining = max((window.end - start).days + 1, 0)
    owed = floor * remaining // window.days
    elapsed = min(max((as_of - start).days + 1, 0), remaining)
    return Cell(name, contact, held, planned, owed, most, floor * elapsed // window.days)


def forum_cells(plan: Plan, ruleset: Ruleset, window: Window, as_of: dt.date) -> tuple[Cell, ...]:
    """The meeting structure (001) as cells: each forum that the plan gives a number, under the forum's name, counted like a requirement.

    Empty where the status asks for no cadence.
    """
    if plan.meetings is None or not standing(plan, as_of).cadence:
        return ()
    meetings = [activity for activity in plan.activities if not visits_unbooked(activity, ruleset)]
    held = Counter(forum_of(activity, ruleset) for activity in meetings if is_held(activity, window, as_of))
    planned = Counter(forum_of(activity, ruleset) for activity in meetings if _is_planned(activity, window, as_of))
    forums = ((name, getattr(plan.meetings, name)) for name in FORUMS)
    return tuple(
        _cell(name, None, held[name], planned[name], forum.per_year, None, plan.since, window, as_of)
        for name, forum in forums
        if forum and forum.per_year is not None
    )


def forum_of(activity: Activity, ruleset: Ruleset) -> str | None:
    """The forum that an activity counts for: its own; of a type that meets no customer, the internal one."""
    kind = ruleset.activity_types.get(activity.type)
    return INTERNAL if kind is not None and not kind.customer else activity.forum


def last_met(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Mapping[str, dt.date]:
    """The day of the latest held activity with each contact, as-of included. A call or mail without a note counts for nothing (004)."""
    ever = Window(dt.date.min, as_of)
    held = (activity for activity in plan.activities if is_held(activity, ever, as_of) and with_customer(activity, ruleset))
    return {contact: activity.date for activity in sorted(held, key=when) for contact in activity.contacts}


def worked(plan: Plan, tier: Tier, as_of: dt.date) -> tuple[Contact, ...]:
    """The persons to be worked continuously (000) who are still there."""
    return tuple(contact for contact in present(plan, as_of) if work_of(contact, tier) == "ongoing")


def work_of(contact: Contact, tier: Tier) -> str:
    """`ongoing`, `occasional` or `none`; by default ongoing for the functions that the tier works."""
    return contact.work or ("ongoing" if contact.function in tier.works else "occasional")


def present(plan: Plan, as_of: dt.date) -> tuple[Contact, ...]:
    """The contacts who have not left."""
    return tuple(contact for contact in plan.contacts if contact.left is None or contact.left > as_of)


def there(plan: Plan, activity: Activity) -> tuple[str, ...]:
    """The customer's people of an activity, by id; of one that is planned without those who will have left by its day."""
    gone = {contact.id for contact in plan.contacts if contact.left and contact.left <= activity.date} if activity.status == "planned" else set()
    return tuple(contact for contact in activity.contacts if contact not in gone)


def satisfies(activity: Activity, requirement: Requirement, ruleset: Ruleset, roles: Mapping[str, str], owner: str) -> bool:
    """Whether an activity is of the sort that a requirement counts, whatever its status and date.

    A visit that nobody booked is an unannounced visit, whatever it calls itself (004). Where nobody of us is named as responsible, the
    account's `owner` goes.
    """
    if not activity.booked and visits_unbooked(activity, ruleset):
        return UNANNOUNCED in requirement.types
    if activity.type not in requirement.types and activity.forum not in requirement.forums:
        return False
    return not requirement.present or any(roles.get(person) in requirement.present for person in (activity.by or owner, *activity.colleagues))


def ours(activity: Activity) -> tuple[str, ...]:
    """Who of us takes part: ids, the responsible person first."""
    return (activity.by, *activity.colleagues) if activity.by else activity.colleagues


def with_customer(activity: Activity, ruleset: Ruleset) -> bool:
    """Whether an activity meets the customer: by its type, and not in our internal forum."""
    kind = ruleset.activity_types.get(activity.type)
    return kind is not None and kind.customer and activity.forum != INTERNAL


def visits_unbooked(activity: Activity, ruleset: Ruleset) -> bool:
    """Whether it is a visit to the customer that nobody booked."""
    return not activity.booked and with_customer(activity, ruleset) and channel_of(activity, ruleset) == IN_PERSON


def channel_of(activity: Activity, ruleset: Ruleset) -> str | None:
    """How an activity is held: as it says, else in person where its type usually is."""
    kind = ruleset.activity_types.get(activity.type)
    return activity.channel or (IN_PERSON if kind is not None and kind.physical else None)


def is_held(activity: Activity, window: Window, as_of: dt.date) -> bool:
    """Whether it counts as held in a window, by as-of. A call or mail without a note counts for nothing (004)."""
    if activity.status != "held" or not window.start <= activity.date <= min(as_of, window.end):
        return False
    return activity.type != NOTE_NEEDED or bool(activity.note)


def _is_planned(activity: Activity, window: Window, as_of: dt.date) -> bool:
    return activity.status == "planned" and as_of <= activity.date <= window.end


def _per_contact(activities: Iterable[Activity]) -> Mapping[str, int]:
    """One meeting with three people counts once for each of them."""
    return Counter(contact for activity in activities for contact in set(activity.contacts))


def next_activity(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Activity | None:
    """The earliest planned activity with the customer, dated as-of or later: due today is not overdue."""
    return min(ahead(plan, ruleset, as_of), key=when, default=None)


def ahead(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Iterator[Activity]:
    """What is planned with the customer, dated as-of or later, in the order of the plan."""
    return (activity for activity in plan.activities if activity.status == "planned" and activity.date >= as_of and with_customer(activity, ruleset))


def last_activity(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Activity | None:
    """The latest held activity with the customer, dated as-of or earlier."""
    done = (activity for activity in plan.activities if activity.status == "held" and activity.date <= as_of and with_customer(activity, ruleset))
    return max(done, key=when, default=None)


def overdue(plan: Plan, as_of: dt.date) -> tuple[Activity, ...]:
    """Planned activities dated before as-of that nobody settled, the oldest first."""
    late = (activity for activity in plan.activities if activity.status == "planned" and activity.date < as_of)
    return tuple(sorted(late, key=when))


def when(activity: Activity) -> tuple[dt.date, dt.time]:
    """The order of activities in time; one without a time comes before those of the same day that have one."""
    return activity.date, activity.time or dt.time.min
