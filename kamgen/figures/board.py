"""Board: what is planned, in lanes by how near it is, and which accounts have nothing ahead; for all of us and for each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kamgen.cadence import ours
from kamgen.figures.agenda import Appointment, agenda
from kamgen.figures.outlook import Outlook

LANES: Final = ("overdue", "today", "this-week", "next-week", "later")
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Lane:
    """Planned activities of a time: `first` and `last` are its days, None where it has no end on that side; in the order of time.

    A lane without days, as this week's is on a Sunday, has `last` before `first`.
    """

    name: str
    first: dt.date | None
    last: dt.date | None
    cards: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The lanes in their order, and the accounts that are asked for a next activity and have none (004), key accounts first."""

    lanes: tuple[Lane, ...]
    without: tuple[Outlook, ...]


def board(outlooks: Iterable[Outlook], as_of: dt.date) -> Board:
    """The board of all. A week is the ISO week, from Monday to Sunday; what is due today is not overdue.

    Later has only the next activity of each account in which nothing is sooner: so every open account that is planned stands on it.
    """
    found = agenda(outlooks, as_of, dt.date.max)
    sunday = _after(as_of, WEEK - 1 - as_of.weekday())
    ends = (as_of, sunday, _after(sunday, WEEK))
    starts = (as_of, *(_after(end, 1) for end in ends))
    overdue = Lane(LANES[0], None, _after(as_of, -1), found.overdue)
    near = [_lane(name, first, last, found.ahead) for name, first, last in zip(LANES[1:-1], starts, ends, strict=False)]
    return Board((overdue, *near, _later(starts[-1], ends[-1], found.ahead)), found.without)


def _lane(name: str, first: dt.date, last: dt.date, ahead: tuple[Appointment, ...]) -> Lane:
    return Lane(name, first, last, tuple(one for one in ahead if first <= one.activity.date <= last))


def _later(first: dt.date, near: dt.date, ahead: tuple[Appointment, ...]) -> Lane:
    """The first appointment of each account, where it is not near."""
    nearest: dict[str, Appointment] = {}
    for one in ahead:
        nearest.setdefault(one.outlook.account.path, one)
    return Lane(LANES[-1], first, None, tuple(one for one in nearest.values() if one.activity.date > near))


def boards(whole: Board) -> Mapping[str, Board]:
    """Person id -> what of the board concerns each of us: the accounts that a person owns, and the activities that a person takes part in."""
    cards: defaultdict[tuple[str, str], list[Appointment]] = defaultdict(list)
    for lane in whole.lanes:
        for one in lane.cards:
            for person in concerned(one):
                cards[person, lane.name].append(one)
    without: defaultdict[str, list[Outlook]] = defaultdict(list)
    for outlook in whole.without:
        without[outlook.plan.owner].append(outlook)
    people = dict.fromkeys((*(person for person, _ in cards), *without))
    return {
        person: Board(tuple(_with(lane, cards.get((person, lane.name), [])) for lane in whole.lanes), tuple(without[person])) for person in people
    }


def _with(lane: Lane, cards: Iterable[Appointment]) -> Lane:
    return Lane(lane.name, lane.first, lane.last, tuple(cards))


def concerned(one: Appointment) -> tuple[str, ...]:
    """Whose an activity is: ids of the account's owner and of those who take part, each once."""
    return tuple(dict.fromkeys((one.outlook.plan.owner, *ours(one.activity))))


def _after(day: dt.date, days: int) -> dt.date:
    """A day some days later; no later than the last that there is, nor before the first."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal()))
