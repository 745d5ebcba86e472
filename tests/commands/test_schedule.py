"""`kamgen schedule`: a year of planned activities."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen
from tests.commands.editing import PLAN, Play

LINES = (
    "schedule havnens",
    "schedule byens",
    "schedule byens --year 2027",
    "schedule byens --dry-run",
    "schedule byens --year 2025",
    "schedule gamle",
)


def test_nobody_is_met_twice_a_day_nor_at_the_weekend(play: Play, folder: Path, kamgen: Kamgen):
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(
        portfolio.read_text("utf-8").replace("per-account", "per-person, window: fiscal-year").replace("today:", "fiscal_year_start: 7\ntoday:"),
        "utf-8",
    )
    people = "".join(f"  - {{id: p{number}, name: P {number}, function: ceo}}\n" for number in range(20))
    (folder / "plans" / "byens.md").write_text(f"---\naccount: Byens\ntier: A\nowner: kari.nygaard\ncontacts:\n{people}---\n", encoding="utf-8")
    assert kamgen("schedule", "byens", "--year", "2027").code == 0
    text = (folder / "plans" / "byens.md").read_text("utf-8")
    days = [dt.date.fromisoformat(day) for day in re.findall(r"^    date: (.*)$", text, re.MULTILINE)]
    assert len(days) == 20 * 7
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert dt.date(2026, 7, 1) <= days[0] < days[-1] <= dt.date(2027, 6, 30)
    assert text.count("with: [vera.lind]") == 20
    again = kamgen("schedule", "byens", "--year", "2027")
    assert again.out.startswith("Byens: everything that tier A asks for until 2027-06-30 is held or planned already; next: 2026-")
    more = kamgen("schedule", "byens")
    assert more.code == 0
    days = [dt.date.fromisoformat(day) for day in re.findall(r"^    date: (.*)$", (folder / "plans" / "byens.md").read_text("utf-8"), re.MULTILINE)]
    assert max(days.count(day) for day in days) > 1  # more than the working days that are left: better two on a day than none


@pytest.mark.parametrize(
    ("old", "new", "said"), [("tier: B", "tier: Z", "tier Z is not in"), ("status: active", "status: prospect", "status of the account is prospect")]
)
def test_where_no_numbers_are_asked_for(play: Play, folder: Path, kamgen: Kamgen, old: str, new: str, said: str):
    (folder / "plans" / "havnens.md").write_text(PLAN.replace(old, new), encoding="utf-8")
    result = kamgen("schedule", "havnens")
    assert result.code in {1, 2}
    assert said in result.err or "there is no tier" in result.err


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-schedule.txt", play(*LINES))
