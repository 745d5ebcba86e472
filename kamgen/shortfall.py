"""What a cell lacks, and what would make it up: activities that nobody settled, meetings of forums, one more to paste."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from kamgen.cadence import Cell, Window, present, satisfies
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.proposal import Proposer, first_person
from kamgen.ruleset import Requirement, Ruleset, Tier
from kamgen.suggested import last_day, planned, spread


def lacks(cell: Cell) -> int:
    """How many activities a cell lacks; below 0 where it has more than it owes."""
    return cell.owed - cell.held - cell.planned


def serves(activity: Activity, cell: Cell, plan: Plan, ruleset: Ruleset, tier: Tier, roles: Mapping[str, str]) -> bool:
    """Whether an activity is one that a cell counts, whenever it is."""
    return cell.contact in {None, *activity.contacts} and satisfies(activity, tier.requirements[cell.requirement], ruleset, roles, plan.owner)


def unsettled(plan: Plan, window: Window, as_of: dt.date) -> Iterator[tuple[int, Activity]]:
    """The activities that were planned for a day of the window and that nobody settled, with their positions."""
    for index, activity in enumerate(plan.activities):
        if activity.status == "planned" and window.start <= activity.date < as_of:
            yield index, activity


def forums_for(cell: Cell, requirement: Requirement, lacking: Mapping[str, int]) -> tuple[str, ...]:
    """The forums whose missing meetings would fill a cell of the account."""
    forums = [forum for forum in requirement.forums if lacking.get(forum, 0) > 0]
    if cell.contact is not None or requirement.present or sum(lacking[forum] for forum in forums) < lacks(cell):
        return ()
    return tuple(forums)


def missing_of(proposer: Proposer, cell: Cell, window: Window, coming: Sequence[Activity], soon: dt.date, forums: Sequence[str]) -> dict[str, object]:
    """How many activities a cell lacks, and one to paste: by `soon`, before the person leaves, in a forum that lacks it.

    `coming` are the activities that are planned with the customer: no two are proposed for one day.
    """
    missing, as_of = lacks(cell), proposer.as_of
    leaving = next((contact.left for contact in proposer.plan.contacts if contact.id == cell.contact), None)
    plan, roles = proposer.plan, proposer.portfolio.roles
    days = [activity.date for activity in coming if serves(activity, cell, plan, proposer.ruleset, proposer.tier, roles)]
    taken = (activity.date for activity in coming)
    date = min(spread(missing, days, as_of, min(window.end, last_day(leaving)), taken), soon)
    item = proposer.fill(cell, date)
    return {"n": missing, "owed": cell.owed, "paste": planned(proposer, date, item, forum=next(iter(forums), None))}


def forum_kind(plan: Plan, ruleset: Ruleset, forum: str, date: dt.date) -> tuple[str, str | None]:
    """The activity type of a forum's meetings, and who of the customer takes part in them."""
    if forum == "internal":
        return next((name for name, kind in ruleset.activity_types.items() if not kind.customer), "internal-meeting"), None
    theirs = getattr(plan.meetings, forum).theirs
    there = {contact.id for contact in present(plan, date)}
    return "kam-meeting", ", ".join(person for person in theirs if person in there) or first_person(plan, date)
