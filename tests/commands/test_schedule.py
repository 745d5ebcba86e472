"""`kamgen schedule`: a year of planned activities."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.editing import Play

LINES = (
    "schedule havnens",
    "schedule byens",
    "schedule byens --year 2027",
    "schedule byens --dry-run",
    "schedule byens --year 2025",
    "schedule gamle",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-schedule.txt", play(*LINES))
