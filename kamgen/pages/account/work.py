"""Cadence and activities: what is owed to whom, what is planned, what was held."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from markupsafe import Markup

from kamgen.account import Account
from kamgen.cadence import Cell, State, Window, when
from kamgen.message import say
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.pages.account.blocks import Entry, Line, Part, Section, Table, Timeline, grid, part, say_in, section, stack
from kamgen.pages.account.pieces import byline, dated, definitions, headline, state
from kamgen.pages.account.values import Words, cells, rows, told

IN_HEAD = frozenset(
    {"id", "date", "time", "minutes", "place", "type", "status", "contacts", "by", "colleagues", "channel", "forum", "subject"},
)


class Occasion(NamedTuple):
    """What is said of an activity in two lines."""

    day: Markup
    status: str
    subject: str
    about: str
    people: str


def cadence(account: Account, words: Words, window: Window, as_of: dt.date) -> Section | None:
    """Requirement by person, and the numbers of the account as a whole."""
    if not account.cells:
        return None
    note = say_in(words, "account.cadence.window", start=window.start, end=window.end, as_of=as_of)
    persons = _by_person([found for found in account.cells if found.contact is not None], words, note)
    whole = _of_account([found for found in account.cells if found.contact is None], words, "" if persons else note)
    return section("cadence", words, part("cells-person", words, persons), part("cells-account", words, whole))


def _by_person(cells: Sequence[Cell], words: Words, note: str) -> Table | None:
    asked = list(dict.fromkeys(found.requirement for found in cells))
    by_place = {(found.contact, found.requirement): found for found in cells}
    persons = dict.fromkeys(found.contact for found in cells)
    head = [told("account.who", words.language), *[words.name("requirement", name) for name in asked]]
    lines = [Line([words.name("contact", person), *[standing(by_place.get((person, name)), words) for name in asked]]) for person in persons]
    return grid(head, lines, note=note)


def _of_account(cells: Sequence[Cell], words: Words, note: str) -> Table | None:
    lines = [Line([words.name("requirement", found.requirement), standing(found, words)]) for found in cells]
    return stack([told("account.requirement", words.language), told("account.state", words.language)], lines, note)


def standing(found: Cell | None, words: Words) -> str:
    """The state in words, and the numbers it comes from; nothing where nothing is asked for."""
    return _numbers(mark(found), found.held, found.planned, found.owed, found.most, words.language) if found else ""


@lru_cache(maxsize=4096)
def _numbers(state_of: str, held: int, planned: int, owed: int, most: int | None, language: str) -> str:
    message = "account.numbers" if most is None else "account.numbers.most"
    numbers = say(message, language=language, held=held, planned=planned, owed=owed, most=most)
    return state(state_of, told(f"account.state.{state_of}", language), numbers)


def mark(found: Cell) -> str:
    """The state of a cell, with `late` where less is held than the pace asks for."""
    late = found.late and found.state in {State.BEHIND, State.ON_PLAN}
    return f"{found.state.value}-late" if late else found.state.value


ROOM: Final = {"planned": 9_000, "settled": 18_000}
"""Characters of a timeline on the account page, about: what does not fit stands on the page of all activities."""
FRAME: Final = 460
"""Characters of an activity beside its words, about."""


def activities(plan: Plan, words: Words, as_of: dt.date) -> Section | None:
    """What is planned, the nearest first; then what is settled, the newest first. Of long lists the beginning."""
    ahead, settled = timeline(plan.activities)
    return section("activities", words, _entries("planned", ahead, words, as_of), _entries("settled", settled, words, as_of))


def all_activities(plan: Plan, words: Words, as_of: dt.date) -> Section | None:
    """The same, with every activity."""
    ahead, settled = timeline(plan.activities)
    return section("activities", words, _whole("planned", ahead, words, as_of), _whole("settled", settled, words, as_of))


def is_long(plan: Plan) -> bool:
    """Whether some activities have no room on the account page."""
    return any(fitting(found, ROOM[name]) < len(found) for name, found in zip(ROOM, timeline(plan.activities), strict=True))


def fitting(found: Sequence[Activity], room: int) -> int:
    """How many activities, from the first on, fit into so many characters; always one."""
    sizes = itertools.accumulate(
        FRAME + sum(len(text) for text in (one.subject, one.agenda, one.note, one.result, one.next_step) if text) for one in found
    )
    return max(1, sum(1 for size in sizes if size <= room))


def timeline(found: Iterable[Activity]) -> tuple[list[Activity], list[Activity]]:
    """Planned activities, the earliest first (overdue ones lead), and the others, the latest first."""
    known = list(found)
    ahead = sorted((activity for activity in known if activity.status == "planned"), key=when)
    return ahead, sorted((activity for activity in known if activity.status != "planned"), key=when, reverse=True)


def _entries(name: str, found: Sequence[Activity], words: Words, as_of: dt.date) -> Part | None:
    shown = found[: fitting(found, ROOM[name])]
    return part(name, words, Timeline([entry(activity, words, as_of) for activity in shown], len(found) - len(shown)) if found else None)


def _whole(name: str, found: Sequence[Activity], words: Words, as_of: dt.date) -> Part | None:
    return part(name, words, Timeline([entry(activity, words, as_of) for activity in found]) if found else None)


def entry(activity: Activity, words: Words, as_of: dt.date) -> Entry:
    """An activity as the timeline shows it."""
    told_of = occasion(activity, words)
    overdue = activity.status == "planned" and activity.date < as_of
    state_of = "overdue" if overdue else activity.status
    name = activity.id or ""
    return Entry(
        name,
        state_of,
        headline(told_of.day, state_of, told_of.status, age(activity, as_of, words) if overdue else "", told_of.subject),
        byline(told_of.about, told_of.people, name),
        definitions(rows(activity, "activities", words, IN_HEAD)),
    )


def age(activity: Activity, as_of: dt.date, words: Words) -> str:
    """How long an activity is overdue, in words."""
    return say_in(words, "account.overdue.age", n=(as_of - activity.date).days)


def occasion(activity: Activity, words: Words) -> Occasion:
    """When an activity is, what it is about, what sort it is, and who takes part."""
    kind = words.name("activity-type", activity.type)
    status, channel, forum = cells(activity, "activities", ("status", "channel", "forum"), words)
    about = _about(activity, (kind, channel, forum), words)
    return Occasion(dated(activity.date), status, activity.subject or kind, about, who(activity, words))


def _about(activity: Activity, known: tuple[str, ...], words: Words) -> str:
    time = activity.time.isoformat("minutes") if activity.time else ""
    minutes = say_in(words, "account.minutes", n=activity.minutes) if activity.minutes else ""
    return " · ".join([word for word in (*known, time, minutes, activity.place) if word])


def who(activity: Activity, words: Words) -> str:
    """Their people, then ours."""
    ours = words.name("person", activity.by)
    if activity.colleagues:
        ours = f"{ours} {say_in(words, 'account.with', people=words.list('person', activity.colleagues))}".strip()
    return " – ".join([side for side in (words.list("contact", activity.contacts), ours) if side])
