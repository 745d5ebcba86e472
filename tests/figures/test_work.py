"""The figures of daily work by hand: the lanes of the board, what a requirement comes to, forums, reviews of windows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.cadence import Cell, State
from kamgen.figures.agenda import agenda
from kamgen.figures.board import LANES, Board, board, boards
from kamgen.figures.coverage import Rate
from kamgen.figures.forums import gatherings
from kamgen.figures.fulfilment import MARKS, added, fulfilment, fulfilments
from kamgen.figures.outlook import Outlook
from kamgen.figures.reviews import coming_rounds
from kamgen.figures.revision import ANSWERS, Revised, answer, asked_rounds, next_round, revised, turns
from kamgen.frozen import with_values
from kamgen.model.governance import Review
from kamgen.model.plan import Plan
from kamgen.model.portfolio import DEFAULT_WINDOWS
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
"""A Wednesday."""


def site(root: Path, as_of: dt.date = AS_OF, **plans: str) -> Site:
    head = "---\naccount: {}\ntier: A\nowner: kari.nygaard\ncontacts: [{{name: Anna Lind, function: ceo}}]\n{}---\n"
    return Site(load(write(root, {f"{name}.md": head.format(name.title(), rest) for name, rest in plans.items()}), as_of))


def planned(*days: str, more: str = "") -> str:
    return "activities:\n" + "".join(f"  - {{date: {day}, type: status-meeting, status: planned, contacts: [anna-lind]{more}}}\n" for day in days)


def told(found: Board) -> dict[str, list[str]]:
    lanes = {lane.name: [f"{one.outlook.plan.account} {one.activity.date:%m-%d}" for one in lane.cards] for lane in found.lanes}
    return lanes | {"without": [outlook.plan.account for outlook in found.without]}


def test_lanes_part_the_days(tmp_path: Path) -> None:
    days = planned("2026-05-05", "2026-05-06", "2026-05-07", "2026-05-10", "2026-05-11", "2026-05-17", "2026-05-18", "2026-07-01")
    made = site(tmp_path, alpha=days, beta=planned("2026-05-18", "2026-09-01"), gamma="", lost="status: lost\nstatus_reason: Gone\n" + days)
    found = board(made.outlooks, AS_OF)
    assert told(found) == {
        "overdue": ["Alpha 05-05"],
        "today": ["Alpha 05-06"],
        "this-week": ["Alpha 05-07", "Alpha 05-10"],
        "next-week": ["Alpha 05-11", "Alpha 05-17"],
        "later": ["Beta 05-18"],
        "without": ["Gamma"],
    }
    assert [(lane.first, lane.last) for lane in found.lanes] == [
        (None, dt.date(2026, 5, 5)),
        (AS_OF, AS_OF),
        (dt.date(2026, 5, 7), dt.date(2026, 5, 10)),
        (dt.date(2026, 5, 11), dt.date(2026, 5, 17)),
        (dt.date(2026, 5, 18), None),
    ]


def test_later_is_in_the_order_of_time(tmp_path: Path) -> None:
    made = site(tmp_path, alpha=planned("2026-09-01", "2026-08-01"), beta=planned("2026-07-01"), gamma=planned("2026-08-15"))
    assert told(board(made.outlooks, AS_OF))["later"] == ["Beta 07-01", "Alpha 08-01", "Gamma 08-15"]


def test_each_has_the_own_accounts_and_what_one_takes_part_in(tmp_path: Path) -> None:
    made = site(tmp_path, alpha=planned("2026-05-06", more=", with: [vera.lind]") + "", beta="", gamma=planned("2026-05-06"))
    found = boards(board(made.outlooks, AS_OF))
    assert {name: told(found[name])["today"] for name in found} == {
        "kari.nygaard": ["Alpha 05-06", "Gamma 05-06"],
        "vera.lind": ["Alpha 05-06"],
    }
    assert told(found["kari.nygaard"])["without"] == ["Beta"]
    assert told(found["vera.lind"])["without"] == []


@pytest.mark.parametrize("day", [dt.date.min, dt.date(2026, 5, 10), dt.date.max])
def test_the_week_of_a_sunday_is_over_and_time_has_ends(day: dt.date) -> None:
    lanes = {lane.name: lane for lane in board((), day).lanes}
    assert tuple(lanes) == LANES
    assert lanes["today"].first == lanes["today"].last == day
    if day.weekday() == 6:
        assert lanes["this-week"].first > lanes["this-week"].last  # type: ignore[operator]  # both lanes have days here


@given(offsets=st.lists(st.lists(st.integers(-60, 200), max_size=4), max_size=5), as_of=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_every_account_with_something_ahead_stands_on_the_board(offsets: list[list[int]], as_of: dt.date) -> None:
    outlooks = [_outlook(f"a{place}", [as_of + dt.timedelta(days=days) for days in found]) for place, found in enumerate(offsets)]
    found = board(outlooks, as_of)
    cards = [one for lane in found.lanes for one in lane.cards]
    assert len({id(one.activity) for one in cards}) == len(cards)
    everything = agenda(outlooks, as_of, dt.date.max)
    assert found.lanes[0].cards == everything.overdue
    assert {one.outlook.plan.id for one in everything.ahead} == {one.outlook.plan.id for lane in found.lanes[1:] for one in lane.cards}
    kept = {one.activity.date for lane in found.lanes[1:4] for one in lane.cards}
    last = found.lanes[3].last
    assert last is not None
    assert kept == {one.activity.date for one in everything.ahead if one.activity.date <= last}
    assert boards(found).get("kari", found) == found


def _outlook(name: str, days: list[dt.date]) -> Outlook:
    from kamgen.account import Account
    from kamgen.model.activity import Activity
    from kamgen.node import Document

    activities = tuple(Activity(date=day, type="status-meeting", status="planned") for day in days)
    plan = Plan(account=name, id=name, tier="A", owner="kari", activities=activities)
    account = Account(name, f"plans/{name}.md", Document(f"plans/{name}.md", "", None, "", 1, ()), plan, (), None, ())
    nothing = (None, None, None)
    return Outlook(account, plan, False, True, False, False, False, None, None, (), Rate(0, 0), nothing, None, False)


def cell(held: int, planned: int, owed: int, *, due: int = 0, most: int | None = None, requirement: str = "contact") -> Cell:
    return Cell(requirement, "anna", held, planned, owed, most, due)


def test_over_service_hides_nothing() -> None:
    found = fulfilment([cell(5, 0, 2, due=1, most=4), cell(0, 2, 4, due=1)])
    assert (found.held, found.planned, found.owed) == (5, 2, 6)
    assert (found.rate, found.ahead, found.unplanned) == (Rate(2, 6), 2, 2)
    assert (found.pace, found.lacking, found.late) == (Rate(1, 2), 1, 1)
    assert (found.mark, found.rank) == ("behind-late", 0)
    assert [found.count(name) for name in ("behind", "on-plan", "covered", "over")] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("found", "mark"),
    [
        ([cell(2, 0, 2)], "covered"),
        ([cell(0, 2, 2)], "on-plan"),
        ([cell(0, 2, 2, due=1), cell(2, 0, 2)], "on-plan-late"),
        ([cell(0, 1, 2)], "behind"),
        ([cell(5, 0, 2, most=4), cell(2, 0, 2)], "over"),
        ([cell(5, 0, 2, most=4), cell(0, 2, 2)], "on-plan"),
        ([], "covered"),
    ],
)
def test_the_worst_names_all(found: list[Cell], mark: str) -> None:
    assert fulfilment(found).mark == mark
    assert mark in MARKS


CELLS = st.builds(cell, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), due=st.integers(0, 9), most=st.none() | st.integers(0, 9))


@given(st.lists(CELLS))
def test_what_is_owed_is_parted_in_three(found: list[Cell]) -> None:
    made = fulfilment(found)
    assert made.rate.part + made.ahead + made.unplanned == made.owed
    assert min(made.ahead, made.unplanned, made.lacking) >= 0
    assert sum(made.states.values()) == made.cells == len(found)
    assert (made.unplanned == 0) == all(one.held + one.planned >= one.owed for one in found)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4))
def test_what_is_added_is_what_all_cells_come_to(parts: list[list[Cell]]) -> None:
    assert added(map(fulfilment, parts)) == fulfilment(one for part in parts for one in part)


def test_requirements_are_told_apart() -> None:
    found = fulfilments([cell(1, 0, 2), cell(0, 0, 1, requirement="lunch"), cell(1, 0, 2)])
    assert {name: one.rate for name, one in found.items()} == {"contact": Rate(2, 4), "lunch": Rate(0, 1)}
    assert found["lunch"].states == {State.BEHIND: 1}


MEETINGS = """\
meetings:
  strategic: {per_year: 1}
  tactical: {agenda: [Results]}
  internal: {per_year: 12}
activities:
  - {date: 2026-02-02, type: kam-meeting, forum: strategic, status: held, contacts: [anna-lind], note: Said, next_step: Do}
  - {date: 2026-06-02, type: kam-meeting, forum: tactical, status: planned, contacts: [anna-lind]}
  - {date: 2026-05-20, type: kam-meeting, forum: tactical, status: planned, contacts: [anna-lind]}
  - {date: 2026-05-19, type: kam-meeting, forum: tactical, status: planned, booked: false, contacts: [anna-lind]}
  - {date: 2026-05-01, type: internal-meeting, status: planned}
  - {date: 2027-01-08, type: internal-meeting, status: planned}
"""


def test_forums_are_counted_and_have_a_next_meeting(tmp_path: Path) -> None:
    made = site(tmp_path, alpha=MEETINGS, beta="")
    window = made.workspace.ground.window
    alpha, beta = made.outlooks
    found = {one.name: one for one in gatherings(alpha, made.ruleset, window, AS_OF)}
    assert list(found) == ["strategic", "tactical", "internal"]
    strategic, internal = found["strategic"].cell, found["internal"].cell
    assert strategic is not None
    assert (strategic.held, strategic.planned, strategic.owed) == (1, 0, 1)
    assert internal is not None
    assert (internal.held, internal.planned, internal.due) == (0, 0, 4)
    assert found["tactical"].cell is None
    assert [found[name].next for name in found] == [None, dt.date(2026, 5, 20), dt.date(2027, 1, 8)]
    assert gatherings(beta, made.ruleset, window, AS_OF) == ()


def test_a_meeting_that_is_not_shown_is_still_there(tmp_path: Path) -> None:
    made = site(tmp_path, alpha="visibility: {activities: team}\n" + MEETINGS, beta="visibility: {meetings: team}\n" + MEETINGS)
    alpha, beta = made.outlooks
    found = {one.name: one for one in gatherings(alpha, made.ruleset, made.workspace.ground.window, AS_OF)}
    assert (found["tactical"].next, found["tactical"].has_next, found["strategic"].has_next) == (None, True, False)
    assert gatherings(beta, made.ruleset, made.workspace.ground.window, AS_OF) == ()


def reviewed(*days: str, **more: object) -> Plan:
    found = tuple(Review(date=dt.date.fromisoformat(day)) for day in days)
    return with_values(Plan(account="Acme", tier="A", owner="kari"), reviews=found, **more)


ROUNDS = asked_rounds(DEFAULT_WINDOWS, AS_OF)
"""1 October 2025 and 1 April 2026, each open from 60 days before until 14 after."""


@pytest.mark.parametrize(
    ("plan", "answers"),
    [
        (reviewed(), ["missed", "missed"]),
        (reviewed("2025-10-15", "2026-04-15"), ["done", "done"]),
        (reviewed("2025-10-16"), ["late", "missed"]),
        (reviewed("2026-04-16"), ["late", "late"]),
        (reviewed("2026-04-15"), ["missed", "done"]),
        (reviewed("2026-05-07"), ["missed", "missed"]),
        (reviewed(since=dt.date(2026, 1, 1)), ["excused", "missed"]),
        (reviewed(status="prospect"), ["excused", "excused"]),
        (reviewed(unread=frozenset({"reviews"})), ["unread", "unread"]),
    ],
)
def test_a_plan_answers_to_each_window(plan: Plan, answers: list[str]) -> None:
    assert [answer(plan, one, ROUNDS, AS_OF) for one in ROUNDS] == answers
    assert set(answers) <= set(ANSWERS)


def test_an_open_window_is_due_until_its_last_day() -> None:
    for day, found in ((dt.date(2026, 4, 15), "due"), (dt.date(2026, 4, 16), "missed")):
        rounds = asked_rounds(DEFAULT_WINDOWS, day)
        assert answer(reviewed(), rounds[-1], rounds, day) == found


def test_the_next_window_is_not_open_yet() -> None:
    coming = next_round(DEFAULT_WINDOWS, AS_OF)
    assert coming is not None
    assert (coming.name, coming.opens) == ("budget", dt.date(2026, 8, 2))
    assert coming in coming_rounds(DEFAULT_WINDOWS, AS_OF)
    assert next_round((), AS_OF) is None


def test_turns_count_those_who_were_asked(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        alpha="reviews: [{date: 2026-03-20, by: kari.nygaard, outcome: Confirmed}]\n",
        beta="since: 2026-01-01\n",
        gamma="visibility: {reviews: team}\nreviews: [{date: 2026-03-20}]\n",
    )
    found = [revised(outlook, ROUNDS, AS_OF) for outlook in made.outlooks]
    assert [(one.answers, one.days) for one in found] == [(("missed", "done"), 47), (("excused", "missed"), None), (("missed", "done"), 47)]
    assert [one.shown.outcome if one.shown else None for one in found] == ["Confirmed", None, None]
    assert [one.worst for one in found] == [1, 1, 1]
    told = [(turn.round.name, turn.state, turn.done) for turn in turns(found, ROUNDS, next_round(DEFAULT_WINDOWS, AS_OF), AS_OF)]
    assert told == [("budget", "passed", Rate(0, 2)), ("half-year", "passed", Rate(2, 3)), ("budget", "coming", None)]


def test_without_windows_nothing_is_asked(tmp_path: Path) -> None:
    (outlook,) = site(tmp_path, alpha="").outlooks
    found = revised(outlook, (), AS_OF)
    assert found == Revised(outlook, (), None, None)
    assert found.worst == len(ANSWERS)
    assert turns([found], (), None, AS_OF) == ()
