"""How much of a brief fits on one side of A4: rooms from wide to narrow, and how many lines a brief takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any, Final, NamedTuple


class Room(NamedTuple):
    """How long texts and lines may be, in characters; how many people and how many things of a list there are."""

    text: int
    line: int
    people: int
    few: int


ROOMS: Final = (Room(170, 84, 7, 3), Room(150, 64, 6, 3), Room(120, 54, 6, 2), Room(90, 48, 5, 2), Room(70, 40, 4, 1), Room(48, 32, 3, 1))
"""The last one fits whatever a plan holds."""
SIDE: Final = 78
"""Lines of one side of A4, as they are counted here; a seventh more than there are."""
HEADING: Final = 1.9
"""A heading and the space above it, in lines."""
ALL: Final = 100
"""Characters of a line over the whole width; a column has about half of it."""
LEFT: Final = 52
RIGHT: Final = 50


def lines(found: Mapping[str, Any]) -> float:
    """How many lines of A4 a brief takes, rather too many than too few."""
    return _top(found) + _people(found) + max(_left(found), _right(found)) + 1


def _top(found: Mapping[str, Any]) -> float:
    coming = found["next"]
    said = (coming.subject, coming.about, coming.people) if coming else (found["next_words"],)
    late = "; ".join(f"{subject} ({age})" for subject, age in found["late"])
    facts = "".join(f"{name} {value}    " for name, value in found["facts"])
    return 2 * rows(found["called"], ALL // 2) + 1.5 + _all((facts, found["agenda"], late, *said), ALL) + HEADING + 1


def _people(found: Mapping[str, Any]) -> float:
    people = found["people"]
    tall = (
        max(rows(f"{one.name}, {one.title}" + " " * 14 * one.meets, 42), rows(one.ours, 15), rows(one.level, 27), rows(one.role, 14))
        for one in people
    )
    return HEADING + 1.2 + sum(tall) * 1.15 + bool(found["people_more"]) if people else 0


def _left(found: Mapping[str, Any]) -> float:
    past = sum(1.4 * rows(f"{one.subject}{' ' * 11}", LEFT - 6) + rows(one.said, LEFT) + rows(f"{one.then}{' ' * 14}", LEFT) for one in found["past"])
    customer = sum(rows(f"{title} {text}", LEFT) + 0.4 for title, text in found["customer"])
    return 2 * HEADING + past + customer + _list(found["watch"], LEFT)


def _right(found: Mapping[str, Any]) -> float:
    figures = sum(1.15 * max(rows(f"{one.value} {one.aside}", 27), rows(one.label, 19)) for one in found["figures"])
    return HEADING + figures + sum(_list(found[name], RIGHT) for name in ("goals", "actions", "offers", "agreements"))


def _list(items: Iterable[Any], width: int) -> float:
    """Lines with something beside them, which goes below where there is no room."""
    found = [(one.text, one.beside) for one in items]
    tall = (rows(text, width) + (wide(text) + wide(beside) + 2 > width) * rows(beside, width) for text, beside in found)
    return HEADING + sum(tall) * 1.2 if found else 0


def _all(texts: Iterable[str], width: int) -> int:
    return sum(rows(text, width) for text in texts if text)


def rows(text: str, width: int) -> int:
    """How many rows of so many characters a text takes."""
    return ceil(wide(text) / width)


def wide(text: str) -> int:
    """How wide a text is, in characters: those of Chinese and Japanese are two."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
