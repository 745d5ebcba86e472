"""`kamgen retype`: an activity of another type."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.editing import Play

LINES = (
    "retype havnens --type proposal-meeting",
    "retype havnens discovery --type visit",
    "retype havnens winter --type status-meeting --dry-run",
    "retype havnens winter --type agreed-sales-meeting",
    "retype havnens winter --type unannounced-visit",
    "retype havnens winter --type golf",
    "retype havnens nothing --type contact",
    "retype gamle spring --type contact",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-retype.txt", play(*LINES))
