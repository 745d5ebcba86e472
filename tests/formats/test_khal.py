"""Calendars in a real program: khal takes one in twice, before and after a move, and shows every meeting once."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.formats.test_ics import PLAN, outlook_of, written

SETTINGS = """\
[calendars]
[[ours]]
path = {folder}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Copenhagen
default_timezone = Europe/Copenhagen
[default]
default_calendar = ours
[sqlite]
path = {folder}/khal.db
"""
MOVED = (
    PLAN.replace("{date: 2026-05-04, type", "{date: 2026-05-19, moved_from: [2026-05-04], type")
    .replace("date: 2026-06-09, time", "date: 2026-06-16, time")
    .replace("2026-06-02], updated", "2026-06-02, 2026-06-09], updated")
)
BEFORE = """\
2025-02-05  Overdue: Havnens Købmandshuse A/S: Call or mail – Forgotten
2026-04-01 09:30 Havnens Købmandshuse A/S: Call or mail
2026-04-13  Not held: Havnens Købmandshuse A/S: Proposal meeting
2026-05-04  Overdue: Havnens Købmandshuse A/S: Status meeting
2026-05-13  Cancelled: Havnens Købmandshuse A/S: Proposal meeting
2026-06-09 10:00 Havnens Købmandshuse A/S: Status meeting – Autumn assortment
""".splitlines()
AFTER = [
    *BEFORE[:3],
    BEFORE[4],
    "2026-05-19  Havnens Købmandshuse A/S: Status meeting",
    "2026-06-16 10:00 Havnens Købmandshuse A/S: Status meeting – Autumn assortment",
]


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("khal") is None, reason="khal is not installed")
def test_a_calendar_program_shows_every_meeting_once(tmp_path: Path):
    (tmp_path / "calendar").mkdir()
    (tmp_path / "khal.conf").write_text(SETTINGS.format(folder=tmp_path), encoding="utf-8")
    for name, plan in (("before", PLAN), ("after", MOVED)):
        (tmp_path / f"{name}.ics").write_bytes(written(*outlook_of(tmp_path / name, plan)))
    seen = []
    for name in ("before", "before", "after", "after"):
        khal(tmp_path, "import", "--batch", str(tmp_path / f"{name}.ics"))
        listed = khal(tmp_path, "list", "--day-format", "", "--format", "{start-date} {start-time} {title}", "2025-01-01", "600d")
        seen.append([line for line in listed.splitlines() if line.strip()])
    assert seen == [BEFORE, BEFORE, AFTER, AFTER]


def khal(folder: Path, *arguments: str) -> str:
    environment = os.environ | {"HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    command = [sys.executable, "-m", "khal", "-c", str(folder / "khal.conf"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True).stdout
