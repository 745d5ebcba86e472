"""What people write where an answer is still to come: it says nothing yet."""

from __future__ import annotations

import re
from typing import Final

PLACEHOLDERS: Final = frozenset(
    {"n/a", "n.a", "n.a.", "to do", "to-do", "to be done", "to be defined", "to be decided", "to be written", "to come", "lorem ipsum"}
    | {"att göra", "saknas", "mangler", "at gøre", "å gjøre", "i.t", "i.t.", "i/t", "待定", "待补充", "待填写", "待填", "暂无"}
)
"""Whole lines that say nothing, beside what has neither a letter nor a digit, like `...`, `?` and `-`."""
MARK: Final = re.compile(r"(?i:todo|to[ -]do|tbd|tba|tbc|fixme|xxx+)(?:$|\s*[:：(\[–—-])|(?:TODO|TBD|TBA|TBC|FIXME|XXX+)\b")
"""A mark that a line begins with: `TODO: ask Anna` says what is to be done for an answer."""
EDGES: Final = " \t\r\n*_`#>-+.?!:"


def says_something(text: str) -> bool:
    """Whether a text says anything in one of its lines: a letter or a digit, and no placeholder for what is still to come.

    `Anna decides` does, and so does `Twice a year` above `TODO: ask Anna`; `...`, `TBD`, `n/a` and `TODO: ask Anna` alone do not.
    """
    return any(map(_line_says, text.splitlines()))


def _line_says(line: str) -> bool:
    words = line.strip(EDGES)
    return any(map(str.isalnum, words)) and words.casefold() not in PLACEHOLDERS and not MARK.match(words)
