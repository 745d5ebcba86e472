"""As of when: the option, the environment, the portfolio, the clock."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from kamgen import clock
from kamgen.frozen import with_values
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import blank

PINNED = with_values(blank(Portfolio), today=dt.date(2026, 5, 6))


def test_the_first_that_is_given_counts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAMGEN_AS_OF", "2026-01-02")
    assert clock.as_of("2026-01-01", PINNED) == clock.AsOf(dt.date(2026, 1, 1), "option")
    assert clock.as_of(None, PINNED) == clock.AsOf(dt.date(2026, 1, 2), "environment")
    monkeypatch.delenv("KAMGEN_AS_OF")
    assert clock.as_of(None, PINNED) == clock.AsOf(dt.date(2026, 5, 6), "portfolio")


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Kiritimati", 7), ("UTC", 6), ("Pacific/Pago_Pago", 5)])
def test_today_is_the_portfolios(monkeypatch: pytest.MonkeyPatch, zone: str, day: int):
    def now(tz: dt.tzinfo) -> dt.datetime:
        hour = {"UTC": 12, "Pacific/Kiritimati": 12, "Pacific/Pago_Pago": 2}[zone]
        return dt.datetime(2026, 5, 6, hour, tzinfo=dt.UTC).astimezone(tz)

    monkeypatch.delenv("KAMGEN_AS_OF", raising=False)
    monkeypatch.setattr("kamgen.clock.dt", SimpleNamespace(datetime=SimpleNamespace(now=now)))
    assert clock.as_of(None, with_values(blank(Portfolio), time_zone=zone)) == clock.AsOf(dt.date(2026, 5, day), "clock")


@pytest.mark.parametrize(
    ("step", "day", "words"),
    [
        ("+30d", dt.date(2026, 6, 5), "+30d, counted from 2026-05-06, pinned by `today:` in plans/portfolio.yml"),
        ("-7d", dt.date(2026, 4, 29), "-7d, counted from 2026-05-06, pinned by `today:` in plans/portfolio.yml"),
        ("+2w", dt.date(2026, 5, 20), "+2w, counted from 2026-05-06, pinned by `today:` in plans/portfolio.yml"),
        ("today", dt.date(2026, 5, 6), "today, counted from 2026-05-06, pinned by `today:` in plans/portfolio.yml"),
        ("tomorrow", dt.date(2026, 5, 7), "tomorrow, counted from 2026-05-06, pinned by `today:` in plans/portfolio.yml"),
    ],
)
def test_a_step_is_counted_from_what_the_date_would_be_without_it(monkeypatch: pytest.MonkeyPatch, step: str, day: dt.date, words: str):
    monkeypatch.delenv("KAMGEN_AS_OF", raising=False)
    asked = clock.as_of(step, PINNED)
    assert (asked.date, asked.origin, asked.words) == (day, "option", words)
    monkeypatch.setenv("KAMGEN_AS_OF", step)
    assert clock.as_of(None, PINNED).date == day
    assert clock.as_of(None, PINNED).origin == "environment"


def test_an_option_is_counted_from_the_variable(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAMGEN_AS_OF", "2026-01-31")
    assert clock.as_of("+1d", PINNED).words == "+1d, counted from 2026-01-31, from KAMGEN_AS_OF"
    monkeypatch.setenv("KAMGEN_AS_OF", "+1w")
    assert clock.as_of("+1d", PINNED).date == dt.date(2026, 5, 14)


@pytest.mark.parametrize("text", ["30d", "+30", "+d", "+1m", "+9999999d", "+ 1d", "+1d ", "+\u0661d", "yesterday", "-9999w", "+9999w+1d"])
def test_what_is_neither_a_date_nor_a_step(text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("KAMGEN_AS_OF", raising=False)
    early = with_values(PINNED, today=dt.date(20, 1, 1))
    with pytest.raises(clock.NotADateError, match=r"is not a date like 2026-05-20 .*, nor a step like"):
        clock.as_of(text, early)


def test_no_step_leads_past_the_last_day_there_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("KAMGEN_AS_OF", raising=False)
    with pytest.raises(clock.NotADateError):
        clock.as_of("+1d", with_values(PINNED, today=dt.date.max))


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "+99999w", "-99999w"])
def test_a_date_beyond_the_calendar_of_plans_is_refused(text: str):
    with pytest.raises(clock.NotADateError, match="date"):
        clock.as_of(text, PINNED)
