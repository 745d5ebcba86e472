"""`kamgen move`: a planned activity on another day."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.editing import Play

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
