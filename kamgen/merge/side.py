"""One side of a merge as it was read: its text, what it says, its comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from kamgen.decode import BYTE_ORDER_MARK
from kamgen.diagnostic import Place, Problem, problem
from kamgen.document import read_plan
from kamgen.edit.span import children, end_of
from kamgen.frozen import Frozen
from kamgen.merge.meaning import told
from kamgen.node import MappingNode, Node, ScalarNode
from kamgen.parse import as_data

COMMENT: Final = re.compile(r"#[^\r\n]*")
ENDS: Final = re.compile(rb"\r?\n")
READ_ALL_THE_SAME: Final = "doubtful-text"


class Side(Frozen):
    """A plan that can be read. `tree` is its front matter, told; `comments` how often each stands in it."""

    text: str
    tree: dict[str, Any]
    body: str
    comments: Counter[str]


EMPTY: Final = Side("", {}, "", Counter())
"""What both sides began with, where each has made the file anew."""


def read(data: bytes) -> Side | Problem:
    """A plan, or why it cannot be read."""
    document = read_plan("", data)
    trouble = next((one for one in document.problems if one.kind != READ_ALL_THE_SAME), None)
    if trouble or document.root is None:
        return trouble or problem("not-a-plan.no-front-matter", Place(1, 1))
    front = document.text[: len(document.text) - len(document.body)]
    return Side(document.text, told(as_data(document.root)), document.body, Counter(_comments(front, document.root)))


def read_text(text: str) -> Side | None:
    """A plan that was just made, if it can be read."""
    side = read(text.encode())
    return side if isinstance(side, Side) else None


def _comments(front: str, root: MappingNode) -> Iterator[str]:
    """Every comment of the front matter: what begins with `#` outside of keys and values."""
    place = 0
    for start, end in [*sorted(_spans(front, root)), (len(front), len(front))]:
        yield from (match[0].rstrip() for match in COMMENT.finditer(front, place, max(place, start)))
        place = max(place, end)


def _spans(front: str, node: Node) -> Iterator[tuple[int, int]]:
    """Where the keys and the values stand."""
    if isinstance(node, ScalarNode):
        yield node.start.index, end_of(front, node)
        return
    if isinstance(node, MappingNode):
        yield from ((key.start.index, key.end.index) for key in node.keys.values())
    for below in children(node):
        yield from _spans(front, below)


def line_end(data: bytes) -> str:
    """How the lines of a file end."""
    return "\r\n" if b"\r\n" in data and data.count(b"\r\n") == data.count(b"\n") else "\n"


def with_line_end(data: bytes, end: str) -> bytes:
    """A file with the line ends, and without the byte order mark, of another."""
    return ENDS.sub(end.encode(), data.removeprefix(BYTE_ORDER_MARK))


def wanted(base: Side, ours: Side, theirs: Side) -> Counter[str]:
    """The comments that a merge must hold: what either side has put in, and what neither has taken out."""
    return Counter({text: _three(base.comments[text], ours.comments[text], theirs.comments[text]) for text in ours.comments | theirs.comments})


def _three(base: int, ours: int, theirs: int) -> int:
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else max(ours, theirs)
