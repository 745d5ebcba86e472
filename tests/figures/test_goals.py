"""Goals and actions: progress, its time, and what is fair to call late."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.figures.coverage import Rate
from kamgen.figures.goals import Progress, action_progress, elapsed_share, goals_progress, is_sum, late, overdue, overdue_actions, progress
from kamgen.model.ambition import Action, Goal

AS_OF = dt.date(2026, 5, 6)
YEAR = {"start": dt.date(2026, 1, 1), "due": dt.date(2026, 12, 31)}
GONE = Fraction(126, 365)
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=2, allow_nan=False)
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))


def made(cls: Any, **values: Any) -> Any:
    return cls(**values)


def goal(baseline: Any = None, target: Any = None, actual: Any = None, **more: Any) -> Any:
    numbers = {"baseline": baseline, "target": target, "actual": actual}
    return made(Goal, text="Grow", **{name: Decimal(value) for name, value in numbers.items() if value is not None}, **more)


def action(**values: Any) -> Any:
    return made(Action, text="Visit", **values)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "expected"),
    [
        (100, 200, 150, Fraction(1, 2)),
        (100, 200, 90, 0),
        (100, 200, 250, 1),
        (8, 4, 6, Fraction(1, 2)),
        (8, 4, 9, 0),
        ("0.1", "0.4", "0.2", Fraction(1, 3)),
    ],
)
def test_progress(baseline: Any, target: Any, actual: Any, expected: Any) -> None:
    assert progress(goal(baseline, target, actual), AS_OF) == Progress(Fraction(expected), None)


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [((None, 2, 1), "baseline"), ((1, None, 1), "target"), ((1, 2, None), "actual"), ((None, None, None), "baseline"), ((2, 2, 2), "target")],
)
def test_progress_that_cannot_be_told(numbers: tuple[Any, Any, Any], missing: str) -> None:
    found = progress(goal(*numbers, **YEAR), AS_OF)
    assert found == Progress(None, GONE, missing)
    assert not found.below
    assert not late(goal(*numbers, **YEAR), AS_OF)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_progress_lies_between_nothing_and_all(baseline: Decimal, target: Decimal, actual: Decimal) -> None:
    value = progress(goal(baseline, target, actual), AS_OF).value
    assert (value is None) == (baseline == target)
    assert value is None or 0 <= value <= 1


@given(NUMBERS, NUMBERS, NUMBERS, st.decimals(min_value=0, max_value=10**6, places=2))
def test_a_step_towards_the_target_never_lessens_the_progress(baseline: Decimal, target: Decimal, actual: Decimal, step: Decimal) -> None:
    ahead = actual + step if target > baseline else actual - step
    before, after = progress(goal(baseline, target, actual), AS_OF).value, progress(goal(baseline, target, ahead), AS_OF).value
    assert before is None or after is None or before <= after


def test_the_elapsed_share_counts_both_days() -> None:
    assert elapsed_share(goal(**YEAR), AS_OF) == GONE
    assert elapsed_share(goal(**YEAR), dt.date(2025, 12, 31)) == 0
    assert elapsed_share(goal(**YEAR), dt.date(2026, 1, 1)) == Fraction(1, 365)
    assert elapsed_share(goal(**YEAR), dt.date(2027, 3, 1)) == 1
    assert elapsed_share(goal(start=AS_OF), AS_OF) is None
    assert elapsed_share(goal(due=AS_OF), AS_OF) is None
    assert elapsed_share(goal(start=AS_OF, due=AS_OF - dt.timedelta(days=1)), AS_OF) is None


@given(DAYS, DAYS, DAYS, DAYS)
def test_time_only_runs_forward(start: dt.date, due: dt.date, day: dt.date, later: dt.date) -> None:
    first, second = (elapsed_share(goal(start=start, due=due), each) for each in sorted((day, later)))
    assert first is None or second is None or 0 <= first <= second <= 1


def test_late_below_the_elapsed_share_and_not_on_it() -> None:
    on_time = {"start": dt.date(2026, 5, 1), "due": dt.date(2026, 5, 10), "measure": "share"}
    assert progress(goal("0", "1", "0.6", **on_time), AS_OF) == Progress(Fraction(3, 5), Fraction(3, 5))
    assert not late(goal("0", "1", "0.6", **on_time), AS_OF)
    assert late(goal("0", "1", "0.59", **on_time), AS_OF)
    assert not late(goal("0", "1", "0.59", status="reached", **on_time), AS_OF)
    assert not late(goal("0", "1", "0.59", measure="share"), AS_OF)


def test_a_goal_is_overdue_the_day_after_its_last() -> None:
    days = [overdue(goal(due=AS_OF + dt.timedelta(days=days)), AS_OF) for days in (-1, 0, 1)]
    assert days == [True, False, False]
    assert late(goal(due=AS_OF - dt.timedelta(days=1)), AS_OF)
    assert not overdue(goal(due=AS_OF - dt.timedelta(days=1), status="missed"), AS_OF)
    assert not overdue(goal(), AS_OF)


def test_whole_things_are_due_in_whole_things() -> None:
    assert progress(goal(0, 1, 0, **YEAR), AS_OF).below
    assert not late(goal(0, 1, 0, **YEAR), AS_OF)
    assert late(goal(0, 1, 0, **YEAR), dt.date(2026, 12, 31))
    assert late(goal(0, 3, 0, **YEAR), AS_OF)
    assert not late(goal(0, 3, 1, **YEAR), AS_OF)
    assert late(goal(9, 3, 8, **YEAR), AS_OF)
    assert not late(goal(9, 3, 7, **YEAR), AS_OF)
    assert late(goal("0.0", "1", "0.2", **YEAR), AS_OF)


def test_a_sum_of_the_year_is_measured_from_nothing() -> None:
    assert not late(goal(131000, 160000, 56000, measure="Revenue in seafood", **YEAR), AS_OF)
    assert late(goal(131000, 160000, 38000, measure="revenue", **YEAR), AS_OF)
    assert late(goal(131000, 160000, 56000, measure="visitors", **YEAR), AS_OF)
    assert late(goal(-100, 0, -90, measure="profit", **YEAR), AS_OF)
    assert not is_sum(goal())


@given(NUMBERS, NUMBERS, NUMBERS, st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from([None, "share", "revenue"]))
def test_a_better_value_is_never_blamed_where_a_worse_one_is_not(
    baseline: Decimal, target: Decimal, actual: Decimal, step: Decimal, measured: str | None
) -> None:
    for start, end in ((baseline, target), (round(baseline), round(target))):
        better = actual + step if end > start else actual - step
        assert late(goal(start, end, actual, measure=measured, **YEAR), AS_OF) or not late(goal(start, end, better, measure=measured, **YEAR), AS_OF)


@pytest.mark.parametrize(("measured", "expected"), [("share", [True, True, False]), ("visits", [False, False, False]), (None, [False, False, False])])
def test_a_share_is_due_as_it_is_and_things_are_due_whole(measured: str | None, expected: list[bool]) -> None:
    assert [late(goal(0, 100, actual, measure=measured, **YEAR), AS_OF) for actual in ("34", "34.5", "34.6")] == expected


@pytest.mark.parametrize("measured", ["Årsomsætning", "Nettoomsättning per år", "Salgsinntekter", "年度销售额", "Umsatz", "Net revenue"])
def test_a_sum_is_known_inside_a_longer_word(measured: str) -> None:
    assert not late(goal(131000, 160000, 60000, measure=measured, **YEAR), AS_OF)
    assert late(goal(131000, 160000, 54000, measure=measured, **YEAR), AS_OF)


def test_the_progress_of_several_goals_leaves_the_unknown_out() -> None:
    half, reached = goal(0, 2, 1), goal(status="reached")
    unknown, dropped, missed = goal(0, 2), goal(0, 2, 2, status="dropped"), goal(0, 4, 1, status="missed")
    assert goals_progress([half, reached, unknown, dropped], AS_OF).value == Fraction(3, 4)
    assert goals_progress([missed], AS_OF).value == Fraction(1, 4)
    assert goals_progress([unknown], AS_OF) == Progress(None, None, "actual")
    assert goals_progress([dropped], AS_OF) == Progress(None, None, "goals")


def test_actions_done_of_those_that_were_not_dropped() -> None:
    statuses = ["done", "open", "open", "dropped"]
    assert action_progress(action(status=status) for status in statuses) == Rate(1, 3)
    assert action_progress([action(status="dropped")]).value is None


def test_overdue_actions_the_oldest_first() -> None:
    days = {name: action(id=name, due=AS_OF + dt.timedelta(days=offset)) for name, offset in (("b", -1), ("today", 0), ("later", 1), ("a", -9))}
    settled = action(id="done", due=dt.date(2026, 1, 1), status="done")
    assert [found.id for found in overdue_actions([*days.values(), settled, action(id="open")], AS_OF)] == ["a", "b"]
