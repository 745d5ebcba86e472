"""How much room words take in a picture: an estimate that is the same on every machine, since fonts are not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from kamgen.chart import SIZE

NARROW: Final = 0.54
"""Width of a letter by its height, a little more than most have."""
SIGN: Final = 0.92
"""Width of a per cent sign, the widest that stands in pictures often."""
FULL: Final = 1.04
"""Width of Chinese, Japanese and Korean letters and of pictures."""
NOTHING: Final = frozenset({"Mn", "Me", "Cf"})


def width(words: str, size: float = SIZE) -> float:
    """How wide words are, in units of the picture."""
    return sum(_letter(letter) for letter in words) * size


def _letter(letter: str) -> float:
    if unicodedata.category(letter) in NOTHING:
        return 0
    if letter in "iIl.,:;|!' j\u00a0":
        return NARROW / 2
    if letter == "%":
        return SIGN
    wide = unicodedata.east_asian_width(letter) in {"W", "F"}
    return FULL if wide else NARROW * 1.2 if letter.isupper() or letter in "mwMW" else NARROW


def widest(words: Iterable[str], size: float = SIZE) -> float:
    """The width of the widest words."""
    return max((width(word, size) for word in words), default=0)


def shortened(words: str, room: float, size: float = SIZE) -> str:
    """Words on one line that fit into a room: what is too long ends in three dots."""
    line = " ".join(words.split())
    if width(line, size) <= room:
        return line
    while line and width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
