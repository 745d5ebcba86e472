"""A year's skeleton: what the tier still asks for, planned, spread over the months, on working days, one a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kamgen.cadence import Cell, Window
from kamgen.day import working_day
from kamgen.diagnostic import Message
from kamgen.edit import Insert
from kamgen.frozen import Frozen
from kamgen.intent import Intended, refuse
from kamgen.intent.activity import Diary, channel_of, new_id
from kamgen.proposal import Proposer

DAY: Final = dt.timedelta(days=1)


class Slot(Frozen):
    """One activity that is still asked for: its cell, which of how many of the cell it is, counted from 1, and its ideal day."""

    cell: Cell
    number: int
    count: int
    day: dt.date


def scheduled(diary: Diary, proposer: Proposer, window: Window) -> Intended:
    """The planned activities that a window still lacks. Refused on a closed account and where no numbers are asked for."""
    if diary.plan.closed:
        raise refuse("refuse.closed", id=diary.plan.id, status=diary.plan.status)
    start = working_day(max(window.start, diary.today + DAY))
    slots = sorted(_slots(proposer.cells, start, window.end), key=lambda slot: slot.day)
    taken = {activity.date for activity in diary.plan.activities if activity.status == "planned"}
    ids = {str(activity.id) for activity in diary.plan.activities}
    items = []
    for slot in slots:
        day = _free(slot.day, start, window.end, taken)
        taken.add(day)
        item = _item(diary, proposer, slot, day)
        item["id"] = new_id(item, ids)
        ids.add(item["id"])
        items.append(item)
    if not items:
        return Intended((), (Message("did.scheduled-nothing", {"tier": diary.plan.tier, "until": window.end}),))
    dates = [item["date"] for item in items]
    told = Message("did.scheduled", {"n": len(items), "first": min(dates), "last": max(dates)})
    return Intended(tuple(Insert(("activities",), item) for item in sorted(items, key=lambda item: item["date"])), (told,))


def _slots(cells: Sequence[Cell], start: dt.date, end: dt.date) -> Iterator[Slot]:
    """Every activity that is lacking, as far from the others of its cell as can be; people one after the other."""
    lacking = [(cell, cell.owed - cell.held - cell.planned) for cell in cells if cell.owed > cell.held + cell.planned]
    days = max((end - start).days, 0)
    for place, (cell, count) in enumerate(lacking):
        for number in range(count):
            part = (2 * place + 1) / (2 * len(lacking))
            yield Slot(cell, cell.held + cell.planned + number + 1, cell.owed, start + dt.timedelta(days=int(days * (number + part) / count)))


def _free(day: dt.date, start: dt.date, end: dt.date, taken: set[dt.date]) -> dt.date:
    """The working day nearest to a day that nothing is planned for; the day itself where all are taken."""
    for distance in range((end - start).days + 1):
        for other in (day + distance * DAY, day - distance * DAY):
            if start <= other <= end and working_day(other) == other and other not in taken:
                return other
    return working_day(day)


def _item(diary: Diary, proposer: Proposer, slot: Slot, day: dt.date) -> dict[str, Any]:
    proposed = proposer.fill(slot.cell, day)
    requirement = proposer.tier.requirements[slot.cell.requirement]
    kind = diary.ruleset.activity_types.get(proposed.type)
    label = (kind and kind.label) or proposed.type
    people = {"contacts": [proposed.contact]} if proposed.contact and requirement.per == "person" else {}
    ours = {"with": [proposed.colleague]} if proposed.colleague not in {None, "...", diary.plan.owner} else {}
    return {
        "date": day,
        "type": proposed.type,
        "status": "planned",
        **people,
        "by": diary.plan.owner,
        **ours,
        "channel": channel_of(diary.ruleset, proposed.type),
        "subject": f"{label} {slot.number} of {slot.count}",
        "updated": diary.today,
    }
