"""`kamgen held`: a planned activity took place."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.editing import Play

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
