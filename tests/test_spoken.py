"""Days as people say them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.spoken import WEEKDAYS, TooFarError, day

WEDNESDAY = dt.date(2026, 5, 6)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))

AHEAD = {
    "2026-06-02": "2026-06-02", "today": "2026-05-06", " Tomorrow ": "2026-05-07", "yesterday": "2026-05-05", "friday": "2026-05-08",
    "fri": "2026-05-08", "wednesday": "2026-05-13", "tue": "2026-05-12", "+14d": "2026-05-20", "-3d": "2026-05-03", "+2w": "2026-05-20",
    "+2 weeks": "2026-05-20", "+1 day": "2026-05-07", "week 23": "2026-06-01", "w23": "2026-06-01", "Week 19": "2026-05-06", "week 18": "2027-05-03",
    "2027 week 1": "2027-01-04", "2027-W01": "2027-01-04", "week 53": "2026-12-28",
}  # fmt: skip
BEHIND = {
    "friday": "2026-05-01",
    "wednesday": "2026-05-06",
    "thu": "2026-04-30",
    "week 18": "2026-04-27",
    "week 19": "2026-05-04",
    "week 20": "2025-05-12",
}


@pytest.mark.parametrize("said", AHEAD)
def test_a_day_ahead(said: str):
    assert day(said, WEDNESDAY).isoformat() == AHEAD[said]


@pytest.mark.parametrize("said", BEHIND)
def test_a_day_behind(said: str):
    assert day(said, WEDNESDAY, back=True).isoformat() == BEHIND[said]


@pytest.mark.parametrize("said", ["", "soon", "2026-02-30", "06.05.2026", "fr", "week", "week 0", "week 54", "2025 week 53", "+d", "+9999w 1", "14d"])
def test_what_is_no_day(said: str):
    with pytest.raises(ValueError, match=r"(?s).*"):
        day(said, WEDNESDAY)


def test_a_week_that_neither_year_has_and_a_day_beyond_the_calendar():
    with pytest.raises(ValueError, match="53"):
        day("week 53", dt.date(2022, 1, 5))
    with pytest.raises(ValueError, match=r"\d"):
        day("+9999w", dt.date(9990, 1, 1))


@pytest.mark.parametrize("said", ["+99999d", "-9999w", "+9999w", "+999999999w"])
def test_what_lies_too_far(said: str):
    with pytest.raises(TooFarError):
        day(said, WEDNESDAY)


@given(DATES, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_within_a_week_on_its_side(today: dt.date, name: str):
    ahead, behind = day(name, today), day(name, today, back=True)
    assert ahead.weekday() == behind.weekday() == WEEKDAYS.index(name)
    assert 1 <= (ahead - today).days <= 7
    assert 0 <= (today - behind).days <= 6


@given(DATES, st.integers(1, 52))
def test_a_week_lies_on_its_side(today: dt.date, week: int):
    ahead, behind = day(f"week {week}", today), day(f"week {week}", today, back=True)
    assert ahead.isocalendar().week == behind.isocalendar().week == week
    assert behind <= today <= ahead
