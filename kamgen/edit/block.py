"""Changes in lines: keys of a group and items of a list that stand on lines of their own."""

from __future__ import annotations

import re
from typing import Any, Final

from kamgen.edit import write
from kamgen.edit.span import Group, Splice, Style, after, children, end_of, is_flow, line_end, line_start, next_line, opens_line, starts
from kamgen.node import MappingNode, SequenceNode

BLANK_LINE: Final = re.compile(r"\n[ \t]*\r?\n")
BLANK_ABOVE: Final = re.compile(r"\n([ \t]*\r?\n)\Z")
FENCE: Final = re.compile(r"---\s")


def insert_key(text: str, group: MappingNode, behind: str | None, name: str, value: Any, style: Style) -> Splice:
    """A new key below the key `behind` and all that belongs to it, else above the first."""
    column = group.start.column
    lines = write.entry(name, value, column, style)
    if behind is None:
        begin = starts(text, group)[0]
        return Splice(begin, begin, style.eol.join([*lines, " " * column]))
    place = after(text, group.items[behind], column)
    blank = len(lines) > 1 and _apart(text, group, list(group.items).index(behind))
    return _below(place, lines, column, style, blank=blank)


def insert_item(text: str, group: SequenceNode, index: int, value: Any, style: Style) -> Splice:
    """A new item below the item before it, else above the first; in braces where its neighbour stands in braces and its texts have one line each."""
    column = group.start.column
    neighbour = group.items[max(index - 1, 0)]
    lines = write.item(value, column, style)
    if isinstance(neighbour, MappingNode) and is_flow(text, neighbour) and isinstance(value, dict):
        braces = f"- {write.flow(value)}"
        lines = [braces] if len(braces) <= style.width + 40 and "\\n" not in braces else lines
    if index == 0:
        begin = group.start.index
        return Splice(begin, begin, style.eol.join([*lines, " " * column]))
    blank = len(group.items) > 1 and _apart(text, group, min(index, len(group.items) - 1) - 1)
    return _below(after(text, neighbour, column), lines, column, style, blank=blank)


def _below(place: int, lines: list[str], column: int, style: Style, *, blank: bool) -> Splice:
    first = " " * column + lines[0]
    return Splice(place, place, style.eol.join(["", *([""] if blank else []), first, *lines[1:]]))


def _apart(text: str, group: Group, index: int) -> bool:
    """Whether blank lines stand between the entry `index` and the next, or where it is the last, between it and the one before."""
    begins, below = starts(text, group), children(group)
    earlier = index if index + 1 < len(below) else index - 1
    return earlier >= 0 and bool(BLANK_LINE.search(text, end_of(text, below[earlier]), begins[earlier + 1]))


def remove(text: str, group: Group, index: int) -> Splice:
    """One entry less, with its lines. The only entry of a group is not removed so."""
    begins, below = starts(text, group), children(group)
    begin, end = begins[index], end_of(text, below[index])
    if opens_line(text, begin):
        start, stop = line_start(text, begin), next_line(text, end)
        ahead = BLANK_ABOVE.search(text, 0, start) if index + 1 == len(begins) and FENCE.match(text, stop) else None
        return Splice(ahead.start(1) if ahead else start, stop, "")
    between = text[end : begins[index + 1]]
    return Splice(begin, line_end(text, end) if "#" in between else begins[index + 1], "")
