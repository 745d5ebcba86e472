"""Which characters a plan may hold, and what a strange one is called."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection
from typing import Final

DIRECTION: Final = "\u202a-\u202e\u2066-\u2069"
CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
FORBIDDEN: Final = re.compile(f"[{CONTROL}{DIRECTION}\ufeff]|\r(?!\n)")
"""Control characters, direction embeddings, overrides and isolates, a byte order mark inside the text, a lone carriage return."""

INVISIBLE: Final = re.compile("[\u00a0\u00ad\u2000-\u200d\u202f\u205f\u2060\u3000]")
"""Spaces that are no space, and characters of no width: they come with a paste from a word processor, and stop what is read as a space."""

DASHES: Final = "\u2010-\u2015\u2212\uff0d"
BULLETS: Final = f"{DASHES}\u00b7\u2022\u2023\u2043\u2219\u25a0-\u25a1\u25aa-\u25ab\u25cb\u25cf\u25e6\uf0a7\uf0b7"
"""Signs that word processors put before an item of a list, for the inside of a class: none of them is the `-` of YAML."""

CONTROL_BYTES: Final = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
SUSPECT_BYTES: Final = tuple(
    re.compile(piece) for piece in (rb"\xc2[\x80-\x9f]", rb"\xe2\x80[\xa8-\xae]", rb"\xe2\x81[\xa6-\xa9]", rb"\xef\xbb\xbf", rb"\xef\xbf[\xbe\xbf]")
)
CONTROL_NAMES: Final = {
    "\x00": "NUL",
    "\x07": "BELL",
    "\x0b": "VERTICAL TAB",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}


def is_clean(data: bytes) -> bool:
    """Whether UTF-8 text holds nothing forbidden. Asked of bytes it costs a tenth of `FORBIDDEN.search`."""
    return (
        len(data.translate(None, CONTROL_BYTES)) == len(data)
        and data.count(b"\r") == data.count(b"\r\n")
        and not any(suspect.search(data) for suspect in SUSPECT_BYTES)
    )


def trouble(character: str) -> str:
    """What is wrong with a forbidden character: `direction`, `mark` or `control`."""
    if re.match(f"[{DIRECTION}]", character):
        return "direction"
    return "mark" if character == "\ufeff" else "control"


def name(character: str) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`."""
    word = unicodedata.name(character, CONTROL_NAMES.get(character, ""))
    return f"U+{ord(character):04X} {word}".strip()


def slug(text: str) -> str:
    """The id that plain ASCII text makes: its words in small letters, joined by `-`; empty for any other text."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") if text.isascii() else ""


def alike(text: str) -> str:
    """A name as people read it, to compare with another: without case, width, spacing, and however its accents are stored."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def proposed_id(text: str, taken: Collection[str] = ()) -> str:
    """An id to propose for a text in any script, and no other's: `soren-al` for `Søren Ål`; empty where none can be made of it."""
    from anyascii import anyascii  # noqa: PLC0415  (only a mistake needs it)

    made = slug(anyascii(text))
    if not made or made not in taken:
        return made
    return next(numbered for number in itertools.count(2) if (numbered := f"{made}-{number}") not in taken)
