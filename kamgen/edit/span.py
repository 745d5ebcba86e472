"""Where things begin and end in the text of a plan: libyaml ends a list or a group only where the next thing begins."""

from __future__ import annotations

import re
from typing import Final

from kamgen.frozen import Frozen
from kamgen.node import MappingNode, Node, ScalarNode, SequenceNode

BREAK: Final = re.compile(r"\r?\n")
LAST_BREAK: Final = re.compile(r"\r?\n\Z")
COMMENT_LINE: Final = re.compile(r"\r?\n([ ]*)#[^\r\n]*")
COMMA: Final = re.compile(r"(?:\s|(?<=\s)#[^\n]*+)*+,")
MOVED_IN: Final = re.compile(r"\n([ ]*)[^\s]")
Group = SequenceNode | MappingNode


class Splice(Frozen):
    """The text from `start` to `end` becomes `text`; everything else stays."""

    start: int
    end: int
    text: str

    def into(self, text: str) -> str:
        """The text with this put in."""
        return text[: self.start] + self.text + text[self.end :]


def as_around(text: str, made: Splice, eol: str) -> Splice:
    """A splice with the line ends of the line that it ends in, where a file has both: no line that is there gets another end."""
    found = BREAK.search(text, made.end)
    here = found[0] if found else eol
    return made if here == eol else Splice(made.start, made.end, BREAK.sub(here, made.text))


class Style(Frozen):
    """How a file is written: the ends of its lines, how far a group and a list are moved in, where prose is wrapped."""

    eol: str = "\n"
    step: int = 2
    offset: int = 2
    width: int = 110
    lines: bool = True
    """Whether a value may take lines of its own; else everything stands on one line, in quotes and brackets."""


def style_of(text: str, root: MappingNode) -> Style:
    """The style of a file: of its first group and its first list in lines of their own, else two spaces for each."""
    eol = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    below = [node for node in root.items.values() if not isinstance(node, ScalarNode) and not is_flow(text, node)]
    steps = [node.start.column for node in below if isinstance(node, MappingNode)]
    offsets = [node.start.column for node in below if isinstance(node, SequenceNode)]
    return Style(eol, next(filter(None, steps), 2), next(iter(offsets), 2))


def is_flow(text: str, node: Node) -> bool:
    """Whether a list or a group stands in brackets."""
    return not isinstance(node, ScalarNode) and text[node.start.index : node.start.index + 1] in {"[", "{"}


def is_block_text(text: str, node: Node) -> bool:
    """Whether a text stands in lines of its own, after `|` or `>`."""
    return isinstance(node, ScalarNode) and not node.plain and text[node.start.index] in "|>"


def children(group: Group) -> list[Node]:
    """The values of a list or a group, in the order of the file."""
    return list(group.items.values()) if isinstance(group, MappingNode) else group.items


def end_of(text: str, node: Node) -> int:
    """Behind the last character of a value, without the blank lines and comments after it."""
    while not isinstance(node, ScalarNode) and node.items and not is_flow(text, node):
        node = children(node)[-1]
    if is_block_text(text, node):
        return _block_text_end(text, node)
    end = node.end.index
    if node.start.index == end:
        while end and text[end - 1].isspace():
            end -= 1
    return end


def _block_text_end(text: str, node: Node) -> int:
    """Blank lines at the end are text after `|+`, and where they have more spaces than the text is moved in by."""
    written = text[node.start.index : node.end.index]
    keeps = "+" in written.partition("\n")[0].partition("#")[0]
    first = MOVED_IN.search(written)
    column = len(first[1]) if first else 0
    blank = (LAST_BREAK if keeps else re.compile(rf"(?:\r?\n[ ]{{0,{column}}})+\Z")).search(written)
    return node.start.index + (blank.start() if blank else len(written))


def starts(text: str, group: Group) -> list[int]:
    """Where each entry of a list or a group begins: at its key or its dash."""
    if isinstance(group, MappingNode):
        return [_key_start(text, key) for key in group.keys.values()]
    if is_flow(text, group):
        return [node.start.index for node in group.items]
    dash = re.compile(rf"^[ ]{{{group.start.column}}}-(?=\s)", re.MULTILINE)
    found = [group.start.index]
    for before in group.items[:-1]:
        line = dash.search(text, end_of(text, before))
        found.append(line.end() - 1 if line else len(text))
    return found


def _key_start(text: str, key: ScalarNode) -> int:
    before = text[: key.start.index].rstrip(" ")
    asked = before.endswith("?") and len(before) < key.start.index and before[:-1].rpartition("\n")[2].strip(" -") == ""
    return len(before) - 1 if asked else key.start.index


def line_start(text: str, index: int) -> int:
    """Where the line of `index` begins."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Where the line of `index` ends, before its line end."""
    found = text.find("\n", index)
    end = len(text) if found < 0 else found
    return end - 1 if end > index and text[end - 1] == "\r" else end


def next_line(text: str, index: int) -> int:
    """Where the line after that of `index` begins."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def opens_line(text: str, index: int) -> bool:
    """Whether nothing but spaces stands before `index` on its line."""
    return not text[line_start(text, index) : index].strip(" ")


def after(text: str, node: Node, column: int) -> int:
    """Where a line can be added behind a value: at the end of its last line, or of the comments below it that are moved in further than `column`."""
    end = line_end(text, end_of(text, node))
    while (comment := COMMENT_LINE.match(text, end)) and len(comment[1]) > column:
        end = comment.end()
    return end
