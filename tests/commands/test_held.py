"""`kamgen held`: a planned activity took place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen
from tests.commands.editing import FAR, Play, write

LINES = (
    'held havnens --note "They want it" --next-step "Write it down"',
    'held havnens autumn --note "Before its time"',
    'held havnens spring --date 2026-05-04 --with "anna, vera" --channel video --document https://x.example/a --result Agreed',
    "held havnens early-may --date monday --by vera --minutes 45",
    "held havnens 2026-09 --date tomorrow",
    "held havnens kiosk",
    "held havnens status",
    "held gamle spring",
    "held byens",
    "held havnens 2026-03-04",
    "held havnens discovery",
    "held havnens autumn",
    "held havnens early-may --date today",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-held.txt", play(*LINES))


@pytest.mark.parametrize(
    ("type", "said", "told"),
    [
        ("contact", ("--note", ""), 'without one a call or mail counts for nothing: kamgen set byens activities.1.note "..."'),
        ("contact", ("--next-step", "Call"), "counts for nothing"),
        ("status-meeting", (), 'there is no note: kamgen set byens activities.1.note "..."'),
        ("status-meeting", ("--next-step", "Call"), ""),
        ("contact", ("--note", "Wants a list"), ""),
    ],
)
def test_what_is_held_without_a_note_is_told(folder: Path, kamgen: Kamgen, type: str, said: tuple[str, ...], told: str):
    write(folder)
    planned = f"activities:\n  - {{date: 2026-05-05, type: {type}, status: planned}}\n---\n"
    (folder / "plans" / "byens.md").write_text(FAR[:-4] + planned, encoding="utf-8")
    out = kamgen("held", "byens", *said).out
    assert told in out
    assert bool(told) == ("no note" in out)
    if told:
        assert kamgen("set", "byens", "activities.1.note", "He wants a list").code == 0
