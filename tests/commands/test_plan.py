"""`kamgen plan`: one more planned activity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.commands.conftest import Kamgen
from tests.commands.editing import Play

LINES = (
    'plan havnens --type proposal-meeting --date 2026-06-09 --with anna --subject "Kiosks: prices" --agenda "1. Prices"',
    'plan havnens --type contact --on friday --with "anna,kari,jens" --by vera --channel mail --subject Prices',
    'plan byens --type discovery-meeting --on "week 23" --document https://x.example/a --document https://x.example/b',
    "plan havnens --type status-meeting --on +14d --with anna --dry-run",
    "plan havnens --type status-meeting --on yesterday",
    "plan havnens --type status-meeting --on 2026-05-11 --with anna",
    "plan havnens --type unannounced-visit --on friday",
    "plan havnens --type status-meeting --on someday",
    "plan gamle --type status-meeting --on friday",
    "plan havnens --type status-meeting",
    "plan havnens --type status-meeting --on friday --with bo",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-plan.txt", play(*LINES))


def test_a_weekend_is_said_to_be_one(play: Play, folder: Path, kamgen: Kamgen):
    assert "; 2026-05-09 is a Saturday; " in kamgen("plan", "byens", "--type", "lunch", "--on", "saturday").out
    assert "; 2026-05-10 is a Sunday; " in kamgen("move", "havnens", "early-may", "--to", "sunday").out
