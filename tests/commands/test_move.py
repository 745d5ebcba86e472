"""`kamgen move`: a planned activity on another day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.commands.conftest import Kamgen
from tests.commands.editing import FAR, Play, write

LINES = (
    "move havnens --to friday",
    'move havnens early-may --to +14d --because "Anna is ill"',
    'move havnens early-may --to +14d --because ""',
    "move havnens winter --to 2026-05-06",
    'move havnens "status carl" --to "week 23" --dry-run',
    "move havnens spring --to yesterday",
    "move havnens early-may --to 2026-05-11",
    "move havnens status --to friday",
    "move gamle spring --to friday",
    "move havnens",
    "move havnens 2026-09-26 --to friday",
    'move havnens "2026-09-09 winter" --to 2026-09-10',
    "move havnens 2026-03-04 --to friday",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-move.txt", play(*LINES))


def test_the_only_planned_one_is_meant_though_it_lies_ahead(folder: Path, kamgen: Kamgen):
    write(folder)
    one = "  - {id: talk, date: 2026-06-01, type: contact, status: planned}\n"
    (folder / "plans" / "byens.md").write_text(FAR[:-4] + f"activities:\n{one}---\n", encoding="utf-8")
    assert "moved Call or mail with nobody named from 2026-06-01 to 2026-06-02" in kamgen("move", "byens", "--to", "2026-06-02").out
    for command in ("held", "cancel"):
        assert kamgen(command, "byens").err.startswith("kamgen: Byens Bageri: nothing is due yet, say which is meant: 2026-06-02")
    another = one.replace("talk", "lunch")
    (folder / "plans" / "byens.md").write_text(FAR[:-4] + f"activities:\n{one}{another}---\n", encoding="utf-8")
    assert "nothing is due yet" in kamgen("move", "byens", "--to", "2026-06-02").err
