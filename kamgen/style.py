"""The canonical writing of a plan (`kamgen fmt`): the model's order of keys, two spaces for each level; every comment, quote and word stays.

What it changes: the order of keys in groups that stand in lines, how far lines are moved in, spaces at the ends of lines, blank
lines (one around each part of a plan that takes several lines, elsewhere no two in a row). What it leaves: texts and brackets as they
are written, line ends, the byte order mark, the body.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import dropwhile, pairwise
from typing import Final

from kamgen.decode import BYTE_ORDER_MARK
from kamgen.diagnostic import FieldPath, Message
from kamgen.edit import CannotEditError, read
from kamgen.edit.order import names
from kamgen.edit.span import Group, children, end_of, is_block_text, is_flow, line_end, line_start, next_line, starts
from kamgen.frozen import Frozen
from kamgen.node import MappingNode, Node, ScalarNode, scalars
from kamgen.parse import as_data

STEP: Final = 2
COMMENT: Final = re.compile(r"(?<!\S)#[^\n]*")


class Part(Frozen):
    """An entry of a group or a list: the comments and blank lines above it, and its own lines."""

    above: list[str]
    lines: list[str]


def canonical(data: bytes) -> bytes:
    """A plan in canonical writing; written so already, the same bytes. Raises CannotEditError where it cannot be read or rewritten without a loss."""
    document, root = read(data)
    if not root.items or is_flow(document.text, root):
        return data
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    eol = "\r\n" if b"\r\n" in data else "\n"
    text = document.text
    begin, end = next_line(text, 0), _fence(text, document.body)
    written = mark + (text[:begin] + eol.join([*_plan(text, root, begin, end), text[end:]])).encode()
    new, after = read(written)
    same = as_data(after) == as_data(root) and new.body == document.body
    if not same or _comments(new.text, after, _fence(new.text, new.body)) != _comments(text, root, end):
        raise CannotEditError(Message("style.other"))
    return written


def _fence(text: str, body: str) -> int:
    """Where the line begins that ends the front matter."""
    return line_start(text, len(text[: len(text) - len(body)].rstrip()))


def _comments(text: str, root: MappingNode, fence: int) -> Counter[str]:
    """Every comment of a front matter, without the spaces at its end."""
    ends, start = [], 0
    for node in sorted([*_keys(root), *scalars(root)], key=lambda node: node.start.index):
        ends.append(text[start : node.start.index])
        start = node.end.index
        if is_block_text(text, node):
            ends.append(text[node.start.index : line_end(text, node.start.index)])
    return Counter(found.rstrip() for found in COMMENT.findall(" \n".join([*ends, text[start:fence]])))


def _keys(node: Node) -> list[ScalarNode]:
    below = [] if isinstance(node, ScalarNode) else [key for child in children(node) for key in _keys(child)]
    return [*(node.keys.values() if isinstance(node, MappingNode) else ()), *below]


def _plan(text: str, root: MappingNode, begin: int, end: int) -> list[str]:
    """The lines of a front matter between its fences. What stands above the first key's own comments stays above everything."""
    parts, below = _parts(text, root, (), 0, begin, end)
    head: list[str] = []
    while "" in parts[0].above:
        head.append(parts[0].above.pop(0))
    lines = head if any(head) else []
    several = False
    for part in _sorted(parts, root, ()):
        apart = several or len(part.lines) > 1
        above = list(dropwhile(lambda line: not line, part.above))
        blank = [""] if lines and lines[-1] and (apart or (part.above and not part.above[0])) else []
        lines += [*blank, *above, *part.lines]
        several = len(part.lines) > 1
    while below and not below[-1]:
        below.pop()
    return [*lines, *below]


def _sorted(parts: list[Part], group: MappingNode, field: FieldPath) -> list[Part]:
    """The parts of a group in the model's order; a key that it does not know stays behind the one before it."""
    known = names(field)
    ranks = [-1]
    for name in group.items:
        ranks.append(known.index(name) if name in known else ranks[-1])
    return [part for _, part in sorted(zip(ranks[1:], parts, strict=True), key=lambda pair: pair[0])]


def _parts(text: str, group: Group, field: FieldPath, column: int, begin: int, end: int) -> tuple[list[Part], list[str]]:
    """The entries of a group or a list between two places of the text, to stand in `column`, and the lines below them."""
    begins, below = starts(text, group), children(group)
    steps: list[str | int] = list(group.items) if isinstance(group, MappingNode) else list(range(len(below)))
    above, parts = _between(text[begin : line_start(text, begins[0])], column), []
    for index, (step, node) in enumerate(zip(steps, below, strict=True)):
        stop = line_end(text, end_of(text, node))
        following = line_start(text, begins[index + 1]) if index + 1 < len(below) else end
        gap = text[next_line(text, stop) : following]
        inner, outer = ("", gap) if is_block_text(text, node) else _split(gap, group.start.column)
        lines = _entry(text, group, begins[index], node, (*field, step), column, stop)
        parts.append(Part(above, [*lines, *_between(inner, column + STEP)]))
        above = _between(outer, column)
    return parts, above


def _split(gap: str, column: int) -> tuple[str, str]:
    """The lines between two entries: those that belong to the first, down to the last comment that is moved in further, and the others."""
    lines = gap.splitlines(keepends=True)
    inner = 0
    for number, line in enumerate(lines, 1):
        moved = len(line) - len(line.lstrip(" "))
        if line.strip() and moved <= column:
            break
        inner = number if line.strip() else inner
    return "".join(lines[:inner]), "".join(lines[inner:])


def _between(gap: str, column: int) -> list[str]:
    """Comments and blank lines, moved in to `column`, no two blank ones in a row."""
    lines = [" " * column + line.strip() if line.strip() else "" for line in gap.split("\n")[:-1]]
    return [line for before, line in pairwise(["x", *lines]) if before or line]


def _entry(text: str, group: Group, begin: int, node: Node, field: FieldPath, column: int, stop: int) -> list[str]:
    """The lines of one entry, from its key or its dash to the end of its last line."""
    if isinstance(group, MappingNode):
        key = group.keys[str(field[-1])]
        colon = text.find(":", key.end.index, node.start.index + 1)
        if begin != key.start.index or colon < 0 or "\n" in text[key.start.index : colon]:
            raise CannotEditError(Message("style.other"))
        head, behind = text[key.start.index : key.end.index] + ":", colon + 1
    else:
        head, behind = "-", begin + 1
    first, *rest = _value(text, node, field, column, behind, stop)
    joined = f"{head} {first}" if first and not first.startswith(" ") else head + first
    return [" " * column + joined.rstrip(), *rest]


def _value(text: str, node: Node, field: FieldPath, column: int, behind: int, stop: int) -> list[str]:
    """What stands behind a colon or a dash: the rest of its line, then the lines below it."""
    if isinstance(node, ScalarNode) or is_flow(text, node):
        return _moved(text, node, column + STEP, behind, stop)
    inner = column + STEP
    same_line = "\n" not in text[behind : node.start.index]
    begin = behind if same_line else next_line(text, behind)
    parts, _ = _parts(text, node, field, inner, begin, stop)
    if isinstance(node, MappingNode):
        parts = _sorted(parts, node, field)
    lines = [line for index, part in enumerate(parts) for line in (*_opened(part.above, index), *part.lines)]
    comment = "" if same_line else text[behind : line_end(text, behind)].rstrip()
    if isinstance(field[-1], int) and not comment and not lines[0].lstrip().startswith("#"):
        return [lines[0].lstrip(" "), *lines[1:]]
    return [comment, *lines]


def _opened(above: list[str], index: int) -> list[str]:
    """The lines above an entry; the first of a list or a group begins without blank ones."""
    return above if index else [line for line in above if line]


def _moved(text: str, node: Node, column: int, behind: int, stop: int) -> list[str]:
    """A text or brackets as they are written, with their comment, and further lines moved in to `column`."""
    first, *rest = text[behind:stop].replace("\r\n", "\n").split("\n")
    first = first.strip(" ") if node.start.index - behind < len(first) or not first.strip() else first.rstrip()
    if not is_block_text(text, node):
        closing = [line.strip() for line in rest]
        return [first, *(" " * (column - STEP * (line[:1] in "]}" and line != "")) + line if line else "" for line in closing)]
    if re.match(r"[|>][+-]?[0-9]", text[node.start.index :]):
        raise CannotEditError(Message("style.other"))
    moved = min((len(line) - len(line.lstrip(" ")) for line in rest if line.strip()), default=0)
    return [first, *(" " * column + line[moved:] if line.strip() else line[moved:] for line in rest)]
