"""From a change to the one place of the text where it is made."""

from __future__ import annotations

import re
from typing import Any, Final

from kamgen.diagnostic import FieldPath
from kamgen.edit import block, flow, order, write
from kamgen.edit.change import Change, Insert, Remove, Set, as_value, nowhere
from kamgen.edit.span import Group, Splice, Style, end_of, is_block_text, is_flow, line_end, starts, style_of
from kamgen.frozen import Frozen
from kamgen.node import Document, MappingNode, Node, ScalarNode, SequenceNode, child

COLON: Final = re.compile(r"\s*:")
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

    def above(self, node: Node) -> Spot:
        """The way to the group or the list that `node` stands in."""
        depth = next(depth for depth, other in enumerate(self.way) if other is node)
        return Spot(self.document, self.field[: depth - 1], self.way[:depth], self.style)

    def in_brackets(self, depth: int) -> bool:
        """Whether something above the depth stands in `[...]` or `{...}`."""
        return any(is_flow(self.text, node) for node in self.way[:depth])


def spot_of(document: Document, root: MappingNode, field: FieldPath) -> Spot:
    """The way to `field`."""
    way: list[Node] = [root]
    for step in field:
        below = child(way[-1], step)
        if below is None:
            break
        way.append(below)
    return Spot(document, field, way, style_of(document.text, root))


def splice(document: Document, root: MappingNode, change: Change) -> Splice:
    """Where and how a change is written. The change is one that `kamgen.edit.change.result` has allowed."""
    spot = spot_of(document, root, change.field)
    if isinstance(change, Remove):
        return _remove(spot)
    if isinstance(change, Set):
        return _set(spot, as_value(change.value))
    return _insert(spot, change)


def _insert(spot: Spot, change: Insert) -> Splice:
    group, value = spot.way[-1], as_value(change.value)
    if not spot.is_there or isinstance(group, ScalarNode):
        return _set(spot, [value])
    if not isinstance(group, SequenceNode):
        raise nowhere(spot.field)
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
    if isinstance(nearest, ScalarNode):
        return _replace(spot, {name: value})
    if not isinstance(nearest, MappingNode):
        raise nowhere(spot.field)
    return _new_key(spot, nearest, name, value)


def _new_key(spot: Spot, group: MappingNode, name: str, value: Any) -> Splice:
    behind = order.before(spot.field[: len(spot.way) - 1], name, group.items)
    if is_flow(spot.text, group):
        index = 0 if behind is None else list(group.items).index(behind) + 1
        return flow.insert(spot.text, group, index, write.pair(name, value), spot.style.eol)
    if not group.items:
        return _first_key(spot, group, name, value)
    return block.insert_key(spot.text, group, behind, name, value, spot.style)


def _first_key(spot: Spot, root: MappingNode, name: str, value: Any) -> Splice:
    """The first key of a plan that has none: in place of its `null`, else above the line that ends the front matter."""
    lines = spot.style.eol.join(write.entry(name, value, 0, spot.style))
    if root.start.index < root.end.index:
        return Splice(root.start.index, root.end.index, lines)
    ahead = spot.text[: len(spot.text) - len(spot.document.body)].rstrip()
    return Splice(len(ahead) - 3, len(ahead) - 3, lines + spot.style.eol)


def _remove(spot: Spot) -> Splice:
    last, group = spot.field[-1], spot.way[-2]
    if isinstance(group, ScalarNode) or not spot.is_there:
        raise nowhere(spot.field)
    index = list(group.keys).index(str(last)) if isinstance(group, MappingNode) else int(last)
    if is_flow(spot.text, group):
        return flow.remove(spot.text, group, index)
    if len(group.items) == 1 and len(spot.way) > 2:
        return _replace(spot.above(spot.way[-1]), {} if isinstance(group, MappingNode) else [])
    return block.remove(spot.text, group, index)


def _replace(spot: Spot, value: Any) -> Splice:
    """Another value in place of the one that the way leads to."""
    depth = len(spot.way) - 1
    old, text = spot.way[depth], spot.text
    parent: Any = spot.way[depth - 1]
    if spot.in_brackets(depth):
        return _replace_in_brackets(text, old, parent, spot.field[depth - 1], value)
    column, begin = _indicator(text, parent, spot.field[depth - 1])
    step = spot.style.step if isinstance(parent, MappingNode) else 2
    used = old.start.column if old.start.line == text.count("\n", 0, begin) else column + 2
    first, *rest = write.behind(value, column, step, used, spot.style, _mark(text, old))
    return _fitted(text, old, begin, first, rest, spot.style.eol)


def _replace_in_brackets(text: str, old: Node, parent: Node, step: str | int, value: Any) -> Splice:
    start, end = old.start.index, end_of(text, old)
    lead = ""
    if start == end and isinstance(parent, MappingNode):
        colon = COLON.match(text, parent.keys[str(step)].end.index)
        lead = ": " if not colon else " " * (colon.end() == start)
    mark = _mark(text, old)
    return Splice(start, end, lead + write.flow(value, mark))


def _indicator(text: str, parent: Group, step: str | int) -> tuple[int, int]:
    """The column of the key or the dash that a value stands behind, and where its colon or dash ends."""
    if isinstance(parent, MappingNode):
        colon = COLON.match(text, parent.keys[str(step)].end.index)
        return parent.start.column, colon.end() if colon else parent.keys[str(step)].end.index
    return parent.start.column, starts(text, parent)[int(step)] + 1


def _mark(text: str, old: Node) -> str:
    """What a text began with: `|`, `>`, a quote, or nothing."""
    mark = text[old.start.index : old.start.index + 1]
    return mark if isinstance(old, ScalarNode) and not old.plain and mark in set("|>'\"") else ""


def _fitted(text: str, old: Node, begin: int, first: str, rest: list[str], eol: str) -> Splice:
    """The new lines in place of the old value; a comment on the first line stays there."""
    start, end = old.start.index, end_of(text, old)
    if is_block_text(text, old):
        comment = COMMENT.search(text, start, line_end(text, start))
    elif not isinstance(old, ScalarNode) and not is_flow(text, old):
        comment = COMMENT.match(text, begin, line_end(text, begin))
        start = begin if "\n" in text[begin:start] else start
    elif rest:
        comment = COMMENT.match(text, end)
        end = line_end(text, end)
    else:
        comment = None
    if not first:
        start = len(text[:start].rstrip()) if "#" not in text[begin:start] else start
    lead = " " if first and start == begin else ""
    return Splice(start, end, eol.join([lead + first + (comment[0] if comment else ""), *rest]))
