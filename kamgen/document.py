"""Text to front matter and body, with the place of every key: the only strict YAML reader, and the only door to PyYAML.

Every scalar is text. What domain.md section 3 refuses is reported as a problem and never raised; reading goes on after it
where that is safe, so that one pass shows a person everything that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import yaml

from kamgen import alphabet
from kamgen.decode import MAX_BYTES, MAX_PROBLEMS, decode, front_matter_end, strange
from kamgen.diagnostic import Message, Place, Problem, problem
from kamgen.doubt import FULL_WIDTH_KEY, doubts, grouped, is_misread, misread, tabs
from kamgen.frozen import with_values
from kamgen.lookalike import dash_like
from kamgen.node import Document, MappingNode, Mark, Node, ScalarNode, SequenceNode, at
from kamgen.syntax import syntax_problem

MAX_DEPTH: Final = 20
TAG: Final = re.compile(r"!(?:<[^>\n]*>|[^\s,\[\]{}]*)")
EVENTS: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ALIAS, SCALAR, SEQUENCE = yaml.AliasEvent, yaml.ScalarEvent, yaml.SequenceStartEvent
SEQUENCE_END, MAPPING_END = yaml.SequenceEndEvent, yaml.MappingEndEvent


def read_plan(path: str, data: bytes) -> Document:
    """A plan file: `---`, one YAML mapping, `---`, Markdown. Never raises; problems are of the kinds of rule family 0."""
    text, problems = decode(data)
    if problems or text is None:
        return Document(path, text or "", None, "", 1, problems)
    end = front_matter_end(text)
    if isinstance(end, Problem):
        return Document(path, text, None, "", 1, (end,))
    front, body = text[: end.start() + 1], text[end.end() :]
    root, problems = read_mapping(front)
    return Document(path, text, root, body, text.count("\n", 0, end.end()) + 1, problems)


def known_plan(path: str, data: bytes) -> Document:
    """What `read_plan` made of a plan file in which it found nothing wrong; its front matter is read when somebody asks for it."""
    text, _ = decode(data)
    end = front_matter_end(text or "")
    if text is None or isinstance(end, Problem):
        return read_plan(path, data)
    front = text[: end.start() + 1]
    return Document(path, text, cache(lambda: read_mapping(front)[0]), text[end.end() :], text.count("\n", 0, end.end()) + 1, ())


def read_data(path: str, data: bytes) -> Document:
    """A file that is one YAML mapping and nothing else: the portfolio, a rule set."""
    text, problems = decode(data)
    if problems or text is None:
        return Document(path, text or "", None, "", 1, problems)
    root, problems = read_mapping(text)
    return Document(path, text, root, "", 1, tuple(_of_data(found) for found in problems))


def _of_data(found: Problem) -> Problem:
    """A problem in a file that is no plan: nothing stands below its facts."""
    if found.message.id != "forbidden-yaml.document":
        return found
    return with_values(found, message=Message("forbidden-yaml.document.data", found.message.values))


def read_file(root: Path, path: str) -> bytes:
    """The bytes of `path` below `root`, no more than one past the limit. Raises OSError."""
    with (root / path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def read_mapping(text: str) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    """The one YAML mapping in `text`. An empty text is an empty mapping; another shape, or bad syntax, is a problem and None."""
    reading = _Reading(text)
    try:
        root = reading.read()
    except _TooMuchError:
        root = None
    except yaml.MarkedYAMLError as error:
        root = None
        reading.problems.append(syntax_problem(text, error, _gives_up))
    except (yaml.YAMLError, ValueError) as error:
        root = None
        reading.problems.append(problem("invalid-yaml", Place(1, 1), words=str(error).split("\n", 1)[0]))
    if root is not None and (other := tuple(islice(misread(root, text, reading.problems), MAX_PROBLEMS))):
        rest = (found for found in reading.problems if not is_misread(found))
        root, reading.problems = None, [*other, *rest]
    if root is not None:
        reading.problems.extend(islice(chain(tabs(root, text), doubts(root, text)), MAX_PROBLEMS))
    return root, tuple(sorted(reading.problems, key=lambda problem: problem.place))


def _gives_up(text: str) -> int:
    """Where the parser gives up on a text, as an index; its length where the parser finds nothing wrong."""
    events = EVENTS(text)
    try:
        while type(events.get_event()) is not yaml.StreamEndEvent:
            continue
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark
        return int(mark.index)
    return len(text)


class _TooMuchError(Exception):
    """Reading stops here: too deep, or too many problems."""


class _Reading:
    """One pass over the events of a text: refuses what is forbidden, builds the nodes.

    Events and not `compose`: the depth is known before libyaml's recursion would end the process, aliases are never
    followed, and it costs about half.
    """

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._next: Callable[[], Any] = EVENTS(text).get_event

    def read(self) -> MappingNode | None:
        """The mapping of the only document. Raises yaml.YAMLError where the syntax is broken."""
        stream = self._next()
        event = self._next()
        if type(event) is yaml.StreamEndEvent:
            return MappingNode({}, {}, stream.start_mark, stream.end_mark)
        if event.version or event.tags:
            self._say("forbidden-yaml.directive", event.start_mark)
        root = self._node(self._next(), 0)
        end, after = self._next(), self._next()
        if type(after) is not yaml.StreamEndEvent:
            self._say("forbidden-yaml.document", after.start_mark)
        elif end.explicit and isinstance(root, MappingNode):
            self._say("forbidden-yaml.end", end.start_mark)
        if isinstance(root, ScalarNode) and root.absent:
            return MappingNode({}, {}, root.start, root.end)
        if not isinstance(root, MappingNode):
            self._say("invalid-yaml.not-a-mapping", root.start)
            return None
        return root

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is SCALAR:
            return self._scalar(event)
        if kind is ALIAS:
            self._say("forbidden-yaml.alias", event.start_mark, name=event.anchor)
            return ScalarNode("", True, event.start_mark, event.end_mark)
        self._examine(event)
        if depth >= MAX_DEPTH:
            self._say("too-large.depth", event.start_mark, limit=MAX_DEPTH)
            raise _TooMuchError
        return (self._sequence if kind is SEQUENCE else self._mapping)(event, depth + 1)

    def _scalar(self, event: Any) -> ScalarNode:
        style = event.style
        if style == '"' or event.anchor is not None or event.tag is not None:
            self._examine(event)
        return ScalarNode(event.value, not style, event.start_mark, event.end_mark)

    def _sequence(self, opening: Any, depth: int) -> SequenceNode:
        items: list[Node] = []
        event: Any
        while type(event := self._next()) is not SEQUENCE_END:
            items.append(self._node(event, depth))
        end: Any = event.end_mark
        return SequenceNode(items, opening.start_mark, end, opening.flow_style)

    def _mapping(self, opening: Any, depth: int) -> MappingNode:
        """The hot loop: scalars, which most keys and values are, take the short way."""
        items: dict[str, Node] = {}
        keys: dict[str, ScalarNode] = {}
        following, scalar, flow = self._next, self._scalar, opening.flow_style
        event: Any
        while type(event := following()) is not MAPPING_END:
            key = scalar(event) if type(event) is SCALAR else self._key(event, depth)
            event = following()
            value = scalar(event) if type(event) is SCALAR else self._node(event, depth)
            name = key.text
            if name in items:
                self._twice(key, keys[name], items[name])
            else:
                items[name] = value
                keys[name] = key
            if flow and type(value) is ScalarNode and (not value.text or "：" in name):
                self._doubt_key(key, value)
        if "<<" in keys and keys["<<"].plain:
            self._say("forbidden-yaml.merge", keys["<<"].start)
        if "" in keys and (not keys[""].plain or keys[""].start.index == keys[""].end.index):
            self._say("invalid-yaml.empty-key", keys[""].start)
        end: Any = event.end_mark
        return MappingNode(items, keys, opening.start_mark, end)

    def _key(self, event: Any, depth: int) -> ScalarNode:
        """A key that is no scalar: an alias, or a list or a group, which is read and refused."""
        node = self._node(event, depth)
        if isinstance(node, ScalarNode):
            return node
        self._say("invalid-yaml.key-shape", node.start)
        return ScalarNode("", True, node.start, node.end)

    def _twice(self, key: ScalarNode, first: ScalarNode, value: Node) -> None:
        """Tells a key that stands twice; the end of a number with a comma is told as that."""
        one, other = at(first.start), at(key.start)
        if grouped(self._text, key):
            return
        if key.plain and key.text[:1] == "-" and (unspaced := dash_like(self._text.split("\n"), key.start.line)):
            self._add(unspaced)
            return
        if one.line == other.line:
            self._say("duplicate-key.line", key.start, key=key.text, line_number=one.line, first=one.column, second=other.column)
        else:
            variant = ".list" if isinstance(value, SequenceNode) else ""
            self._say(f"duplicate-key{variant}", key.start, key=key.text, first=one.line, second=other.line)

    def _doubt_key(self, key: ScalarNode, value: ScalarNode) -> None:
        """A key in braces that is half of a text with a comma, or a whole one; one with a full-width colon was meant to have a value."""
        between = self._text[key.end.index : value.start.index]
        if key.plain and (word := FULL_WIDTH_KEY.match(key.text)):
            self._say("doubtful-text.full-width-colon", key.start, text=word[1])
        elif value.plain and not value.text and (number := grouped(self._text, key)):
            self._add(number)
        elif value.plain and not value.text and key.text and ":" not in between:
            before = self._text[max(0, key.start.index - 100) : key.start.index].rstrip()
            self._say("doubtful-text.comma" if before.endswith(",") else "doubtful-text.brace", key.start, text=key.text)

    def _examine(self, event: Any) -> None:
        """Refuses anchors and tags, and characters that an escape in double quotes brings in."""
        if event.anchor is not None:
            self._say("forbidden-yaml.anchor", event.start_mark, name=event.anchor)
        if event.tag is not None:
            written = TAG.search(self._text, event.start_mark.index)
            self._say("forbidden-yaml.tag", event.start_mark, name=written[0] if written else event.tag)
        if isinstance(event, SCALAR) and (found := alphabet.FORBIDDEN.search(event.value)):
            opens: Any = event.start_mark
            self._add(strange(found[0], at(opens)))

    def _say(self, message_id: str, mark: Mark, **values: object) -> None:
        self._add(problem(message_id, at(mark), **values))

    def _add(self, found: Problem) -> None:
        self.problems.append(found)
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(problem("too-large.problems", found.place, limit=MAX_PROBLEMS))
            raise _TooMuchError
