"""Drift: what came, what went, and the day on which something turns red, against a look at every single day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kamgen.ahead import coming
from kamgen.diagnostic import Severity
from kamgen.drift import drift, turning
from kamgen.frozen import with_values
from kamgen.workspace import judge, read
from tests.conftest import ROOT
from tests.sites import PORTFOLIO, write

AS_OF = dt.date(2026, 5, 6)
PLAN = """\
---
account: Acme
tier: A
owner: kari.nygaard
contacts:
  - {name: Anna Lind, function: ceo}
activities:
  - {date: DAY, type: status-meeting, status: planned, contacts: [anna-lind], subject: Autumn}
---
"""


def test_what_turns_red_begins_on_the_day_that_a_look_at_every_day_finds() -> None:
    reading = read(ROOT)
    keys = tuple(written for written in reading.plans if written.plan and written.plan.tier in {"VIP", "A"})
    now = judge(with_values(reading, plans=keys, partial=True), AS_OF)
    until = AS_OF + dt.timedelta(days=30)
    found = [(one.date, one.diagnostic) for one in turning(now, until)]
    assert found == [(one.date, one.diagnostic) for one in coming(now, until) if one.stays and one.diagnostic.severity is Severity.ERROR]
    assert len(found) > 5


def test_nothing_turns_red_on_the_same_day(tmp_path: Path) -> None:
    now = judge(read(write(tmp_path, {"acme.md": PLAN.replace("DAY", "2026-05-20")})), AS_OF)
    assert turning(now, AS_OF) == ()


def test_an_error_of_the_portfolio_is_told_with_the_last_day(tmp_path: Path) -> None:
    rules = "rules: {extends: per-person, revised: 2025-05-20, severities: {criteria-not-revised: error, criteria-not-revised.rules: error}}"
    now = judge(
        read(write(tmp_path, {"acme.md": PLAN.replace("DAY", "2026-07-20")}, portfolio=PORTFOLIO.replace("rules: {extends: per-person}", rules))),
        AS_OF,
    )
    until = AS_OF + dt.timedelta(days=30)
    assert [(one.date, one.diagnostic.account) for one in turning(now, until) if one.diagnostic.rule == "criteria-not-revised"] == [(until, None)]


def test_what_came_and_what_went_within_a_week(tmp_path: Path) -> None:
    reading = read(write(tmp_path, {"acme.md": PLAN.replace("DAY", "2026-05-03")}))
    found = drift(judge(reading, AS_OF - dt.timedelta(days=7)), judge(reading, AS_OF))
    assert {"overdue-activity"} <= {one.rule for one in found.came}
    back = drift(judge(reading, AS_OF), judge(reading, AS_OF - dt.timedelta(days=7)))
    assert back.gone == found.came
    assert back.came == found.gone
    assert all(one.severity > Severity.INFO for one in (*found.came, *found.gone))
