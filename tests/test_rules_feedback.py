"""Feedback: the day on which it is old, and the accounts that are not asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kamgen.model.analysis import Complaint, Feedback, FeedbackProblem
from kamgen.model.plan import Plan
from kamgen.rules.feedback import feedback_not_used, old_complaint, stale_feedback

AS_OF = dt.date(2026, 5, 6)
DAY = dt.timedelta(days=1)
YEAR_AGO = dt.date(2025, 5, 6)


def made(cls: Any, **values: Any) -> Any:
    return cls(**values)


def plan(**values: Any) -> Any:
    return made(Plan, account="Acme", tier="A", owner="kari", **values)


def card(date: dt.date, **values: Any) -> Any:
    return made(Feedback, date=date, **values)


def stale(*dates: dt.date, months: int = 12, **values: Any) -> list[str]:
    return [finding.variant for finding in stale_feedback(plan(feedback=tuple(map(card, dates)), **values), AS_OF, months=months)]


def test_feedback_is_old_after_twelve_months() -> None:
    assert stale(YEAR_AGO) == []
    assert stale(YEAR_AGO - DAY) == [""]
    assert stale(YEAR_AGO - DAY, AS_OF) == []
    assert stale(YEAR_AGO - DAY, months=13) == []


def test_feedback_of_the_future_is_none() -> None:
    assert stale(AS_OF + DAY) == ["ahead"]
    assert stale(AS_OF) == []
    assert stale(YEAR_AGO - DAY, AS_OF + DAY) == [""]
    assert stale() == ["never"]


def test_young_accounts_and_prospects_are_not_asked() -> None:
    assert stale(since=YEAR_AGO + DAY) == []
    assert stale(since=YEAR_AGO) == ["never"]
    assert stale(status="prospect") == []


@pytest.mark.parametrize(
    ("age", "closed", "found"), [(30, None, 0), (31, None, 1), (31, AS_OF, 0), (31, AS_OF + DAY, 1), (400, dt.date(2025, 8, 1), 0), (-3, None, 0)]
)
def test_a_complaint_is_old_after_thirty_days(age: int, closed: dt.date | None, found: int) -> None:
    complaint = made(Complaint, date=AS_OF - age * DAY, text="Late", closed=closed)
    assert len([*old_complaint(plan(complaints=(complaint,)), AS_OF)]) == found


def test_problems_of_the_last_year_and_of_the_latest_card() -> None:
    problem = (made(FeedbackProblem, text="Late"),)
    old, older, ahead = (card(day, problems=problem) for day in (YEAR_AGO - DAY, YEAR_AGO - 9 * DAY, AS_OF + DAY))
    recent = card(YEAR_AGO, problems=problem)

    def told(*cards: Any) -> list[Any]:
        return [finding.field[1] for finding in feedback_not_used(plan(feedback=cards), AS_OF)]

    assert told(old, older, ahead) == [0]
    assert told(old, recent, ahead, card(AS_OF)) == [1]
    assert told(ahead) == []


def test_a_problem_with_a_measure_is_used() -> None:
    problems = (made(FeedbackProblem, text="Late", measure="First stop of the tour"),)
    assert not [*feedback_not_used(plan(feedback=(card(AS_OF, problems=problems),)), AS_OF)]


@pytest.mark.parametrize(("measure", "empty"), [(None, True), ("TBD", True), ("...", True), ("A list at the gate", False)])
def test_a_placeholder_is_no_measure(measure: str | None, empty: bool) -> None:
    complaint = made(Complaint, date=AS_OF - 31 * DAY, text="Late", measure=measure)
    assert [finding.variant for finding in old_complaint(plan(complaints=(complaint,)), AS_OF)] == ["no-measure" if empty else ""]
    problem = made(FeedbackProblem, area="price", text="Dear", measure=measure)
    assert len([*feedback_not_used(plan(feedback=(card(AS_OF, problems=(problem,)),)), AS_OF)]) == empty
