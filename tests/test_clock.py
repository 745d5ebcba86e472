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
