"""From a change to the one place of the text where it is made."""

from __future__ import annotations

import re
from typing import Any, Final

from kamgen.diagnostic import FieldPath
from kamgen.edit import block, flow, order, write
from kamgen.edit.change import Change, Insert, Remove, Set, as_value
from kamgen.edit.span import Group, Splice, Style, as_around, end_of, is_block_text, is_flow, line_end, next_line, starts
from kamgen.frozen import Frozen
from kamgen.node import Document, MappingNode, Node, ScalarNode, SequenceNode, child

COLON: Final = re.compile(r"(?:\s|(?<=\s)#[^\n]*+)*+:")
BLANKS: Final = re.compile(r"[ \t]+(?=[,}])")
COMMENT: Final = re.compile(r"[ \t]+#[^\r\n]*")


class Spot(Frozen):
    """The way to a field: every node from the top of the plan down to the nearest that is there."""

    document: Document
    field: FieldPath
    way: list[Node]
    style: Style

    @property
    def text(self) -> str:
        """The text of the plan."""
        return self.document.text

    @property
    def is_there(self) -> bool:
        """Whether the way leads to the field itself."""
        return len(self.way) > len(self.field)

    def above(self) -> Spot:
        """The way to the group or the list that the field stands in."""
        return Spot(self.document, self.field[:-1], self.way[:-1], self.style)

    def in_brackets(self, depth: int) -> bool:
        """Whether something above the depth stands in `[...]` or `{...}`."""
        return any(is_flow(self.text, node) for node in self.way[:depth])


def spot_of(document: Document, root: MappingNode, field: FieldPath, style: Style) -> Spot:
    """The way to `field`."""
    way: list[Node] = [root]
    for step in field:
        below = child(way[-1], step)
        if below is None:
            break
        way.append(below)
    return Spot(document, field, way, style)


def splice(document: Document, root: MappingNode, change: Change, style: Style) -> Splice:
    """Where and how a change is written. The change is one that `kamgen.edit.change.result` has allowed."""
    return as_around(document.text, _splice(spot_of(document, root, change.field, style), change), style.eol)


def _splice(spot: Spot, change: Change) -> Splice:
    if isinstance(change, Remove):
        return _remove(spot)
    if isinstance(change, Set):
        return _set(spot, as_value(change.value))
    return _insert(spot, change)


def _insert(spot: Spot, change: Insert) -> Splice:
    group, value = spot.way[-1], as_value(change.value)
    if not spot.is_there or not isinstance(group, SequenceNode):
        return _set(spot, [value])
    if not group.items and isinstance(value, dict) and not spot.in_brackets(len(spot.way) - 1):
        return _replace(spot, [value])
    index = len(group.items) if change.index is None else change.index
    if is_flow(spot.text, group):
        return flow.insert(spot.text, group, index, write.flow(value), spot.style.eol)
    return block.insert_item(spot.text, group, index, value, spot.style)


def _set(spot: Spot, value: Any) -> Splice:
    if spot.is_there:
        return _replace(spot, value)
    depth = len(spot.way)
    rest = spot.field[depth:]
    for step in reversed(rest):
        value = {step: value}
    nearest, name = spot.way[-1], str(spot.field[depth - 1])
    return _new_key(spot, nearest, name, value) if isinstance(nearest, MappingNode) else _replace(spot, {name: value})


def _new_key(spot: Spot, group: MappingNode, name: str, value: Any) -> Splice:
    behind = order.before(spot.field[: len(spot.way) - 1], name, group.items)
    if is_flow(spot.text, group):
        index = 0 if behind is None else list(group.items).index(behind) + 1
        return flow.insert(spot.text, group, index, write.pair(name, value), spot.style.eol)
    if not group.items:
        return _first_key(spot, group, name, value)
    return block.insert_key(spot.text, group, behind, name, value, spot.style)


def _first_key(spot: Spot, root: MappingNode, name: str, value: Any) -> Splice:
    """The first key of a plan that has none: in place of its `null`, else on the first line of the front matter."""
    lines = spot.style.eol.join(write.entry(name, value, 0, spot.style))
    if root.start.index < root.end.index:
        return Splice(root.start.index, root.end.index, lines)
    first = next_line(spot.text, 0)
    return Splice(first, first, lines + spot.style.eol)


def _remove(spot: Spot) -> Splice:
    last, text = spot.field[-1], spot.text
    group: Any = spot.way[-2]
    index = list(group.keys).index(str(last)) if isinstance(group, MappingNode) else int(last)
    if is_flow(text, group):
        return flow.remove(text, group, index)
    if len(group.items) > 1 or len(spot.way) == 2:
        return block.remove(text, group, index)
    emptied = _replace(spot.above(), {} if isinstance(group, MappingNode) else [])
    return Splice(emptied.start, line_end(text, emptied.end), emptied.text)


def _replace(spot: Spot, value: Any) -> Splice:
    """Another value in place of the one that the way leads to."""
    depth = len(spot.way) - 1
    old, text = spot.way[depth], spot.text
    parent: Any = spot.way[depth - 1]
    if spot.in_brackets(depth):
        return _replace_in_brackets(text, old, parent, spot.field[depth - 1], value)
    column, begin = _indicator(text, parent, spot.field[depth - 1])
    if begin is None:
        end = line_end(text, end_of(text, old))
        return Splice(end, end, f"{spot.style.eol}{' ' * column}: {write.flow(value)}")
    used = old.start.column if old.start.line == text.count("\n", 0, begin) else column + 2
    first, *rest = write.behind(value, column, used, spot.style, _mark(text, old), dash=isinstance(parent, SequenceNode))
    if not first and old.start.index == end_of(text, old) and (hints := _hints(text, begin, column)):
        return Splice(hints, hints, spot.style.eol.join(["", *rest]))
    written = _fitted(text, old, begin, first, rest, spot.style.eol)
    on_line = first and written.start == old.start.index and old.start.column == column
    return Splice(written.start, written.end, " " * spot.style.step + written.text) if on_line else written


def _replace_in_brackets(text: str, old: Node, parent: Node, step: str | int, value: Any) -> Splice:
    end = end_of(text, old)
    start, lead = min(old.start.index, end), ""
    if start == end and isinstance(parent, MappingNode):
        colon = COLON.match(text, parent.keys[str(step)].end.index)
        lead = ": " if not colon else " " * (colon.end() == start)
        blanks = BLANKS.match(text, end)
        end = blanks.end() if blanks else end
    return Splice(start, end, lead + write.flow(value, _mark(text, old)))


def _indicator(text: str, parent: Group, step: str | int) -> tuple[int, int | None]:
    """The column of the key or the dash that a value stands behind, and where its colon or dash ends; None for a `? key` without a colon."""
    if isinstance(parent, MappingNode):
        colon = COLON.match(text, parent.keys[str(step)].end.index)
        return parent.start.column, colon.end() if colon else None
    return parent.start.column, starts(text, parent)[int(step)] + 1


def _hints(text: str, begin: int, column: int) -> int | None:
    """Where the comments end that stand below a key without a value, moved in as its value will be; None where there are none."""
    found = re.compile(rf"(?:\r?\n[ ]{{{column + 1},}}#[^\r\n]*)+").match(text, line_end(text, begin))
    return found and found.end()


def _mark(text: str, old: Node) -> str:
    """What a text began with: `|`, `>`, a quote, or nothing."""
    mark = text[old.start.index : old.start.index + 1]
    return mark if isinstance(old, ScalarNode) and not old.plain and mark in set("|>'\"") else ""


def _fitted(text: str, old: Node, begin: int, first: str, rest: list[str], eol: str) -> Splice:
    """The new lines in place of the old value; a comment on the first line stays there."""
    start, end, comment = _extent(text, old, begin, own_lines=bool(rest))
    if not first and "#" not in text[begin:start]:
        start = len(text[:start].rstrip())
    lead = " " if first and start == begin else ""
    gap = " " if not rest and text[end : end + 1] == "#" else ""
    return Splice(start, end, eol.join([lead + first + comment + gap, *rest]))


def _extent(text: str, old: Node, begin: int, *, own_lines: bool) -> tuple[int, int, str]:
    """From where to where the old value goes, and the comment that stands in its way and stays."""
    start, end = old.start.index, end_of(text, old)
    if is_block_text(text, old):
        return start, end, _comment(COMMENT.search(text, start, line_end(text, start)))
    if not isinstance(old, ScalarNode) and not is_flow(text, old):
        between = text[line_end(text, begin) : start]
        beside = between and "#" not in between
        return (begin, end, _comment(COMMENT.match(text, begin))) if beside else (start, end, "")
    return (start, line_end(text, end), _comment(COMMENT.match(text, end))) if own_lines else (start, end, "")


def _comment(found: re.Match[str] | None) -> str:
    return found[0] if found else ""
