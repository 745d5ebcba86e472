"""The days ahead: each finding is told on the first day that it stands on, and again when it comes back or gets graver."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen import ahead
from kamgen.ahead import coming, last_day
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.workspace import judge, read
from tests.commands.conftest import PORTFOLIO, UNCOVERED

AS_OF = dt.date(2026, 5, 6)
LETTERS = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}


def found(line: int, severity: Severity, *number: str) -> Diagnostic:
    identity = ("KAM202", "a", "activities\0*", "", "", "", *number)
    return Diagnostic("plans/a.md", line, 1, "KAM202", "overdue-activity", severity, "", "", "a", None, "", identity)


def diagnosed(letter: str) -> tuple[Diagnostic, ...]:
    return (found(1, LETTERS[letter]),) if letter in LETTERS else ()


def told(days: list[tuple[Diagnostic, ...]], monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, str]]:
    """What comes, as (day, line, severity), where `days[0]` is today and the last day is looked at too."""
    by_date = {AS_OF + dt.timedelta(number): SimpleNamespace(diagnostics=diagnostics) for number, diagnostics in enumerate(days)}
    monkeypatch.setattr(ahead, "judge", lambda _, date: by_date[date])
    now: Any = SimpleNamespace(diagnostics=days[0], as_of=AS_OF, reading=None)
    return [((one.date - AS_OF).days, one.diagnostic.line, one.diagnostic.severity.word) for one in coming(now, max(by_date))]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("www", []),
        ("-w", [(1, "warning")]),
        ("--ee", [(2, "error")]),
        ("-w--w", [(1, "warning")]),
        ("w--w", [(3, "warning")]),
        ("-wwe", [(1, "warning"), (3, "error")]),
        ("eww", []),
        ("ew-w", [(3, "warning")]),
        ("we-e", [(1, "error")]),
        ("iiw", [(2, "warning")]),
        ("-iii", []),
        ("e", []),
    ],
)
def test_a_finding_that_comes_and_goes(days: str, expected: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[tuple[Diagnostic, ...]] = [(found(1, LETTERS[letter]),) if letter in LETTERS else () for letter in days]
    assert told(judged, monkeypatch) == [(day, 1, severity) for day, severity in expected]


@pytest.mark.parametrize(
    ("days", "stays"),
    [("-ww", [True]), ("-w-", [False]), ("-we", [False, True]), ("-wew", [True, False]), ("-wi", [False]), ("-w-w", [True]), ("w", [])],
)
def test_what_stands_on_the_last_day(days: str, stays: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    by_date = {AS_OF + dt.timedelta(number): SimpleNamespace(diagnostics=diagnosed(letter)) for number, letter in enumerate(days)}
    monkeypatch.setattr(ahead, "judge", lambda _, date: by_date[date])
    now: Any = SimpleNamespace(diagnostics=by_date[AS_OF].diagnostics, as_of=AS_OF, reading=None)
    assert [one.stays for one in coming(now, max(by_date))] == stays


def test_of_equal_findings_the_new_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = found(9, Severity.WARNING)
    above = (found(5, Severity.WARNING), found(9, Severity.WARNING, "2"))
    assert told([(standing,), above], monkeypatch) == [(1, 5, "warning")]
    assert told([above, (standing,), above], monkeypatch) == [(2, 5, "warning")]
    twice = (found(9, Severity.WARNING), found(9, Severity.WARNING, "2"))
    assert told([(standing,), twice], monkeypatch) == [(1, 9, "warning")]


def test_the_gravest_of_a_day_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told([(), (found(1, Severity.WARNING), found(2, Severity.ERROR))], monkeypatch) == [(1, 2, "error"), (1, 1, "warning")]


@given(st.dates(), st.integers(1, 366))
def test_no_look_goes_past_the_last_day(as_of: dt.date, days: int) -> None:
    assert as_of <= last_day(as_of, days) <= dt.date.max
    assert last_day(dt.date.max, days) == dt.date.max


def test_it_is_what_each_day_alone_would_say(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    plan = UNCOVERED.replace("2026-06-09", "2026-05-12").replace("status: cancelled", "status: planned")
    (tmp_path / "plans/a.md").write_text(plan, encoding="utf-8")
    reading = read(tmp_path)
    until = dt.date(2026, 6, 6)
    found_ahead = coming(judge(reading, AS_OF), until)
    assert {(one.date.isoformat(), one.diagnostic.rule) for one in found_ahead} >= {("2026-05-13", "overdue-activity")}
    for one in found_ahead:
        assert one.diagnostic in judge(reading, one.date).diagnostics
        before = judge(reading, one.date - dt.timedelta(1)).diagnostics
        assert all(other.fingerprint != one.diagnostic.fingerprint or other.severity < one.diagnostic.severity for other in before)
