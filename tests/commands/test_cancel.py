"""`kamgen cancel`: a planned activity that will not be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen
from tests.commands.editing import FAR, Play

LINES = (
    'cancel havnens --because "No budget: until autumn"',
    "cancel havnens winter",
    "cancel havnens spring --not-held --dry-run",
    "cancel havnens spring --not-held",
    "cancel gamle spring",
    'cancel havnens spring --because " "',
    "cancel havnens discovery",
    "cancel byens",
    "cancel havnens 2026-04-20",
    "cancel havnens 2026-09-09",
    "cancel havnens 2026-05",
    "cancel havnens 2026-03-04",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-cancel.txt", play(*LINES))


def _ahead(folder: Path, *days: str) -> Path:
    """A plan whose planned activities lie on these days, with an id each."""
    items = "".join(f"  - {{id: {day}-contact-x{day[-2:]}, date: {day}, type: contact, status: planned}}\n" for day in days)
    file = folder / "plans" / "byens.md"
    file.write_text(FAR[:-4] + f"activities:\n{items}---\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "day"),
    [("2026-06-02", "2026-06-02"), ("2026-06-24 contact", "2026-06-24"), ("2026-06-02-contact", "2026-06-02"), ("2026-09", "2026-09-03")],
)
def test_a_date_means_that_date(folder: Path, kamgen: Kamgen, words: str, day: str):
    file = _ahead(folder, "2026-06-02", "2026-06-24", "2026-09-03")
    assert kamgen("cancel", "byens", words).code == 0
    assert [line for line in file.read_text("utf-8").splitlines() if "cancelled" in line and f"date: {day}" in line]


@pytest.mark.parametrize("words", ["2026-06-20", "2026-06-20 contact", "2026-06-26-contact", "2026-07", "2026-09-26", " "])
def test_no_other_date_is_taken_for_it(folder: Path, kamgen: Kamgen, words: str):
    file = _ahead(folder, "2026-06-18", "2026-09-03")
    before = file.read_bytes()
    result = kamgen("cancel", "byens", words)
    assert (result.code, file.read_bytes()) == (2, before)
    assert "2026-06-18 Call or mail" in result.err


@pytest.mark.parametrize("line", ["cancel byens", "held byens", "retype byens --type lunch"])
def test_nothing_that_lies_ahead_is_taken_without_a_name(folder: Path, kamgen: Kamgen, line: str):
    file = _ahead(folder, "2026-06-18")
    before = file.read_bytes()
    result = kamgen(*line.split())
    assert (result.code, file.read_bytes()) == (2, before)
    assert "Byens Bageri: nothing is due yet, say which is meant: 2026-06-18 Call or mail" in result.err


def test_what_lies_ahead_may_still_be_held(play: Play, folder: Path, kamgen: Kamgen):
    told = kamgen("cancel", "havnens", "early-may", "--not-held")
    assert told.code == 2
    assert "which lies ahead; if it is called off: kamgen cancel havnens early-may" in told.err
    assert kamgen("cancel", "havnens", "early-may").code == 0
