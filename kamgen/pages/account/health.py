"""The health of an account as its page shows it: one number, what it is made of, and what each part asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from kamgen.account import Account
from kamgen.figures.completeness import completeness
from kamgen.figures.health import Health
from kamgen.frozen import Frozen
from kamgen.pages.account.blocks import say_in
from kamgen.pages.account.values import Words, label, told

PLACES: Final[Mapping[str, str]] = {
    "compliance": "section-cadence",
    "freshness": "reviews",
    "relationships": "section-people",
    "goals": "goals",
    "satisfaction": "feedback",
}
"""Where the page tells more of a part."""
GOOD: Final = Fraction(3, 4)
POOR: Final = Fraction(1, 2)


class Piece(NamedTuple):
    """A part of the health. `why` says what is missing where there is no figure; `place` is a part of the page, empty where there is none."""

    name: str
    value: Fraction | None
    weight: int
    tone: str
    why: str
    place: str


class Condition(Frozen):
    """The health in words. `lacking` are the parts of the plan that its tier asks for and that are not filled, the heaviest first."""

    value: Fraction
    tone: str
    pieces: tuple[Piece, ...]
    left_out: str
    lacking: str


def condition(found: Health, account: Account, words: Words, places: Collection[str], as_of: dt.date) -> Condition | None:
    """The health of an account, from its whole plan; None where it has none: lost, archived, or of no tier."""
    if found.value is None:
        return None
    pieces = tuple(
        Piece(
            told(f"account.health.{part.name}", words.language),
            part.value,
            part.weight,
            _tone(part.value),
            "" if part.value is not None else told(f"account.health.missing.{part.name}", words.language),
            place if (place := PLACES.get(part.name, "")) in places else "",
        )
        for part in found.parts
        if part.weight
    )
    left_out = say_in(words, "account.health.left-out", n=len(found.missing)) if found.missing else ""
    return Condition(found.value, _tone(found.value), pieces, left_out, _lacking(account, words, as_of))


def _tone(value: Fraction | None) -> str:
    """A word for the style sheet; the number stands beside it."""
    if value is None:
        return "none"
    return "good" if value >= GOOD else "poor" if value < POOR else "fair"


def _lacking(account: Account, words: Words, as_of: dt.date) -> str:
    if account.plan is None or account.tier is None:
        return ""
    return ", ".join(label(block, words.language) for block in completeness(account.plan, account.tier, as_of).missing)
