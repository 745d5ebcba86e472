"""The self-assessment of the twelve traits of successful key account management (002)."""

from __future__ import annotations

from typing import Final

from kamgen.model.kind import SCORE, YEAR, ListOf, RecordOf, Reference, whole
from kamgen.model.record import Record, items, key

TRAITS: Final = 12
FIRST: Final = 3
"""How many of the traits are named as the most important ones."""


class Assessment(Record):
    """The scores that one of us gives in a year, from 1 to 5, in the order of the traits."""

    year: int = key(YEAR, "The year", required=True)
    by: str | None = key(Reference("person"), "Who scored")
    scores: tuple[int, ...] = items(ListOf(SCORE), "Twelve scores from 1 to 5, in the order of the traits")
    top_three: tuple[int, ...] = items(ListOf(whole(1, TRAITS)), "The numbers of the three traits that matter most now")


class Assessments(Record):
    """The file of the self-assessment: a list, here under a key of its own."""

    traits: tuple[Assessment, ...] = items(ListOf(RecordOf(Assessment)), "The self-assessments")
