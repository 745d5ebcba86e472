"""Agenda and work log: whose it is, and in which order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kamgen.figures.agenda import agenda, week_of
from kamgen.figures.outlook import Outlook
from kamgen.figures.worklog import monday, worklog
from tests.commands import reading
from tests.pages.plans import site_of

AS_OF = dt.date(2026, 5, 6)
SETTINGS = """\
title: Test accounts
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam}
  - {id: vera.lind, name: Vera Lind, role: leader}
rules: {extends: per-account}
"""


@pytest.fixture
def outlooks(tmp_path: Path) -> tuple[Outlook, ...]:
    return site_of(tmp_path, reading.PLANS, SETTINGS).outlooks


def dates(outlooks: tuple[Outlook, ...], person: str | None = None, days: int = 30) -> tuple[list[int], list[int], list[str]]:
    found = agenda(outlooks, AS_OF, AS_OF + dt.timedelta(days=days), person)
    return (
        [one.activity.date.day for one in found.overdue],
        [one.activity.date.day for one in found.ahead],
        [outlook.account.id for outlook in found.without],
    )


def test_the_agenda_of_all_and_of_each(outlooks: tuple[Outlook, ...]):
    assert dates(outlooks) == ([29, 4], [12, 20], ["beta"])
    assert dates(outlooks, "kari.nygaard") == ([4], [12, 20], [])
    assert dates(outlooks, "vera.lind") == ([29], [12, 20], ["beta"])
    assert dates(outlooks, "nobody") == ([], [], [])


def test_the_last_day_belongs_to_it(outlooks: tuple[Outlook, ...]):
    assert [dates(outlooks, days=days)[1] for days in (5, 6, 13, 14)] == [[], [12], [12], [12, 20]]


def test_what_is_ahead_by_week(outlooks: tuple[Outlook, ...]):
    found = agenda(outlooks, AS_OF, AS_OF + dt.timedelta(days=30))
    assert [(week.isoformat(), len(ahead)) for week, ahead in found.weeks] == [("2026-05-11", 1), ("2026-05-18", 1)]


def test_today_is_due_and_not_overdue(outlooks: tuple[Outlook, ...]):
    found = agenda(outlooks, dt.date(2026, 5, 12), dt.date(2026, 5, 12))
    assert [one.activity.date.day for one in found.ahead] == [12]


def test_the_work_log_of_a_week(outlooks: tuple[Outlook, ...]):
    first, last = dt.date(2026, 4, 27), dt.date(2026, 5, 3)
    told = [(entry.held.activity.date.day, [contact.name for contact in entry.met]) for entry in worklog(outlooks, "kari.nygaard", first, last)]
    assert told == [(28, ["Anna Lind", "Per Vig"]), (30, ["Ole Bo"])]
    assert worklog(outlooks, "vera.lind", first, last) == ()
    assert worklog(outlooks, "kari.nygaard", dt.date(2026, 5, 1), last) == ()


def test_weeks_as_people_write_them():
    today = dt.date(2026, 5, 24)
    assert monday("2026-W21", today) == dt.date(2026, 5, 18) == week_of(today)
    assert monday("2020-W53", today) == dt.date(2020, 12, 28)
    assert {monday(text, today) for text in ("21", "week 21", "Week  21", "w21", "2026-w21", "2026 week 21")} == {dt.date(2026, 5, 18)}
    assert monday("22", today) == dt.date(2025, 5, 26)
    for text in ("2026-W54", "2026-W00", "2026-21", "54", "today", "", "２０２６-W21"):
        with pytest.raises(ValueError):  # noqa: PT011  (the text is the caller's)
            monday(text, today)
