"""Days: months back, and working days."""

from __future__ import annotations

import datetime as dt

import pytest

from kamgen.day import day_after, days_of, free_day, in_year, meant, months_before, working_day, year_from


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-05-06", 0, "2026-05-06"),
        ("2026-05-06", 12, "2025-05-06"),
        ("2026-05-31", 3, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-05-06", 100_000, "0001-01-01"),
    ],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-05-08", "2026-05-08"),
        ("2026-05-09", "2026-05-11"),
        ("2026-05-10", "2026-05-11"),
        ("2026-12-24", "2026-12-24"),
        ("2026-12-25", "2026-12-28"),
        ("2027-12-25", "2027-12-27"),
        ("2024-12-26", "2024-12-27"),
        ("2027-01-01", "2027-01-04"),
    ],
)
def test_working_day(day: str, working: str) -> None:
    assert working_day(dt.date.fromisoformat(day)) == dt.date.fromisoformat(working)


@pytest.mark.parametrize(
    ("wanted", "first", "last", "taken", "found"),
    [
        ("2026-05-09", "2026-05-06", "2026-05-31", "", "2026-05-11"),
        ("2026-05-09", "2026-05-06", "2026-05-31", "2026-05-11", "2026-05-12"),
        ("2026-05-12", "2026-05-06", "2026-05-12", "2026-05-12", "2026-05-11"),
        ("2026-06-01", "2026-05-06", "2026-05-10", "", "2026-05-08"),
        ("2026-05-12", "2026-05-12", "2026-05-12", "2026-05-12", "2026-05-12"),
        ("2026-05-09", "2026-05-09", "2026-05-10", "", "2026-05-10"),
    ],
)
def test_the_nearest_working_day_that_is_free(wanted: str, first: str, last: str, taken: str, found: str) -> None:
    day, begin, end = (dt.date.fromisoformat(each) for each in (wanted, first, last))
    assert free_day(day, begin, end, [dt.date.fromisoformat(taken)] if taken else []).isoformat() == found


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", "2026-12-31"),
        ("2028-01-01", "2028-12-31"),
        ("2027-05-06", "2028-05-05"),
        ("2028-02-29", "2029-02-28"),
        ("9999-05-06", "9999-12-31"),
    ],
)
def test_a_year(first: str, last: str) -> None:
    assert year_from(dt.date.fromisoformat(first)) == dt.date.fromisoformat(last)


def test_the_day_after() -> None:
    assert day_after(dt.date(2028, 2, 28)) == dt.date(2028, 2, 29)
    assert day_after(dt.date.max) == dt.date.max


@pytest.mark.parametrize(
    ("text", "written"),
    [("2020/1/1", "2020-01-01"), ("2020.12.31", "2020-12-31"), (" 2020-1-1 ", "2020-01-01"), ("2020/2/30", ""), ("2020/1-1", ""), ("1/1/2020", "")],
)
def test_a_day_that_is_written_in_another_way(text: str, written: str) -> None:
    assert meant(text) == written


def test_a_day_that_comes_back_every_year() -> None:
    assert [in_year(year, 2, 29) for year in (2027, 2028)] == [dt.date(2027, 2, 28), dt.date(2028, 2, 29)]
    assert in_year(2026, 6, 30) == dt.date(2026, 6, 30)
    assert [days_of(month) for month in (1, 2, 4)] == [31, 29, 30]
