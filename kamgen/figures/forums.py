"""Forums: the meeting structure of an account (001), held and planned against what is agreed, and the next meeting of each forum."""

from __future__ import annotations

import datetime as dt

from kamgen.cadence import Cell, Window, forum_cells, forum_of, visits_unbooked
from kamgen.figures.outlook import Outlook
from kamgen.frozen import Frozen
from kamgen.model.activity import FORUMS
from kamgen.model.plan import Plan
from kamgen.ruleset import Ruleset


class Gathering(Frozen):
    """A forum of an account. `cell` is None where no number is agreed; `next` is the day of its next meeting, as far as it is shown.

    `has_next` is true also where that meeting is not for the audience.
    """

    name: str
    cell: Cell | None
    next: dt.date | None
    has_next: bool


def gatherings(outlook: Outlook, ruleset: Ruleset, window: Window, as_of: dt.date) -> tuple[Gathering, ...]:
    """The forums that the plan names, as far as they are shown, in the order of source 001; counted by the whole plan."""
    whole = outlook.account.plan
    if whole is None or outlook.plan.meetings is None:
        return ()
    shown = {name: getattr(outlook.plan.meetings, name) for name in FORUMS}
    cells = {cell.requirement: cell for cell in forum_cells(whole, ruleset, window, as_of)}
    ahead, told = _next(whole, ruleset, as_of), _next(outlook.plan, ruleset, as_of)
    named = ((name, forum) for name, forum in shown.items() if forum)
    return tuple(Gathering(name, cells.get(name) if forum.per_year is not None else None, told.get(name), name in ahead) for name, forum in named)


def _next(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> dict[str, dt.date]:
    """Forum -> the day of its next planned meeting, as-of or later. A visit that nobody booked is no meeting."""
    ahead = (activity for activity in plan.activities if activity.status == "planned" and activity.date >= as_of)
    meetings = sorted((one for one in ahead if not visits_unbooked(one, ruleset)), key=lambda one: one.date, reverse=True)
    return {forum: one.date for one in meetings if (forum := forum_of(one, ruleset))}
