"""A year's skeleton: what the tier still asks for, planned, spread over the months, on working days, one a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kamgen.cadence import Cell, Window, next_activity, present, worked
from kamgen.day import working_day
from kamgen.diagnostic import Message
from kamgen.edit import Insert
from kamgen.frozen import Frozen, with_values
from kamgen.intent import Intended, RefusedError, refuse
from kamgen.intent.activity import channel_of, new_id
from kamgen.intent.diary import Diary
from kamgen.proposal import Proposal, Proposer

DAY: Final = dt.timedelta(days=1)
FORTNIGHT: Final = dt.timedelta(days=14)
SOON: Final = dt.timedelta(days=30)
"""How far ahead the next activity of a key account may lie in a year that is planned at once: half of what the rules allow (KAM212)."""
PERSON: Final = "person"


class Slot(Frozen):
    """One activity that is still asked for: its cell, which of how many of the cell it is, counted from 1, and its ideal day."""

    cell: Cell
    number: int
    count: int
    day: dt.date


def scheduled(diary: Diary, proposer: Proposer, window: Window) -> Intended:
    """The planned activities that a window still lacks, or at least the next one (004); and what hinders more.

    Refused on a closed account, and where nothing can be planned because there is nobody.
    """
    if diary.plan.closed:
        raise refuse("refuse.closed", id=diary.plan.id, status=diary.plan.status)
    asked = _asked(diary, proposer, window)
    items = asked or _next(diary, proposer, window)
    lacking = tuple(_lacking(diary, proposer, window))
    if not items and not present(diary.plan, max(window.start, diary.today)):
        raise RefusedError(*lacking)
    ordered = sorted(items, key=lambda item: item["date"])
    return Intended(tuple(Insert(("activities",), item) for item in ordered), (*_told(diary, proposer, window, ordered, asked=bool(asked)), *lacking))


def _asked(diary: Diary, proposer: Proposer, window: Window) -> list[dict[str, Any]]:
    """What the tier still asks for."""
    start = working_day(max(window.start, diary.today + DAY))
    slots = sorted(_slots(proposer.cells, start, window.end), key=lambda slot: slot.day)
    if start <= diary.today + SOON:
        slots = _soon(diary, proposer, slots)
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
    return items


def _soon(diary: Diary, proposer: Proposer, slots: list[Slot]) -> list[Slot]:
    """A key account, which nothing is planned with in the weeks ahead, is met soon: the first of its slots comes forward."""
    day, ahead = diary.today + SOON, next_activity(diary.plan, diary.ruleset, diary.today)
    first = next((slot for slot in slots if _is_with_them(diary, proposer, slot)), None)
    if not proposer.tier.gated or first is None or first.day <= day or (ahead and ahead.date <= day):
        return slots
    return [with_values(first, day=day), *(slot for slot in slots if slot is not first)]


def _is_with_them(diary: Diary, proposer: Proposer, slot: Slot) -> bool:
    """Whether what fills a slot takes place with the customer, and not just about them."""
    kind = diary.ruleset.activity_types.get(proposer.fill(slot.cell, slot.day).type)
    return kind is not None and kind.customer


def _next(diary: Diary, proposer: Proposer, window: Window) -> list[dict[str, Any]]:
    """The next activity, where the tier asks for no more and nothing is ahead; none without anybody to plan it with."""
    start = max(window.start, diary.today)
    if not present(diary.plan, start) or next_activity(diary.plan, diary.ruleset, diary.today):
        return []
    day = working_day(start + FORTNIGHT)
    item = _about(diary, _activity(diary, proposer.propose(day), day), 1, 1)
    return [{**item, "id": new_id(item, {activity.id for activity in diary.plan.activities})}]


def _told(diary: Diary, proposer: Proposer, window: Window, items: list[dict[str, Any]], *, asked: bool) -> Iterator[Message]:
    """What was planned. What is owed is all there where nothing that is `asked` for is planned, or just the next one."""
    if asked:
        yield Message("did.scheduled", {"n": len(items), "first": items[0]["date"], "last": items[-1]["date"]})
        return
    owed = any(cell.owed for cell in proposer.cells)
    yield Message("did.scheduled-nothing" if owed else "did.scheduled-nothing-owed", {"tier": diary.plan.tier, "until": window.end})
    for item in items:
        yield Message("did.planned", diary.in_words(item["date"], item["type"], item.get("contacts", ())))


def _lacking(diary: Diary, proposer: Proposer, window: Window) -> Iterator[Message]:
    """What has to be there before the numbers of the tier can be planned: people to meet, and a number that was agreed (000)."""
    plan, day = diary.plan, max(window.start, diary.today)
    asked = proposer.tier.requirements.values()
    people = present(plan, day)
    if not people:
        yield Message("lacking.contacts", {"id": plan.id})
    elif not worked(plan, proposer.tier, day) and any(one.per == PERSON and one.min for one in asked):
        yield Message("lacking.worked", {"id": plan.id, "tier": plan.tier, "contact": people[0].id})
    if any(one.agreed for one in asked) and (plan.meetings is None or plan.meetings.kam_meetings_per_year is None):
        yield Message("lacking.agreed", {"id": plan.id, "tier": plan.tier})


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
    met = proposed if requirement.per == PERSON else Proposal(proposed.type, None, proposed.colleague)
    return _about(diary, _activity(diary, met, day), slot.number, slot.count)


def _about(diary: Diary, item: dict[str, Any], number: int, count: int) -> dict[str, Any]:
    """An activity with a subject, which of how many it is: without one nobody can prepare it (KAM205)."""
    kind = diary.ruleset.activity_types.get(item["type"])
    return {**item, "subject": f"{(kind and kind.label) or item['type']} {number} of {count}"}


def _activity(diary: Diary, proposed: Proposal, day: dt.date) -> dict[str, Any]:
    people = {"contacts": [proposed.contact]} if proposed.contact else {}
    ours = {"with": [proposed.colleague]} if proposed.colleague not in {None, "...", diary.plan.owner} else {}
    return {
        "date": day,
        "type": proposed.type,
        "status": "planned",
        **people,
        "by": diary.plan.owner,
        **ours,
        "channel": channel_of(diary.ruleset, proposed.type),
        "updated": diary.today,
    }
