"""`kamgen cancel`: a planned activity that will not be."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.editing import Play

LINES = (
    'cancel havnens --because "No budget: until autumn"',
    "cancel havnens winter",
    "cancel havnens spring --not-held --dry-run",
    "cancel havnens spring --not-held",
    "cancel gamle spring",
    "cancel havnens discovery",
    "cancel byens",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-cancel.txt", play(*LINES))
