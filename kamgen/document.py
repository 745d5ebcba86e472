"""Text to front matter and body, with the place of every key: the only strict YAML reader, and the only door to PyYAML.

Every scalar is text. What domain.md section 3 refuses is reported as a problem and never raised; reading goes on after it
where that is safe, so that one pass shows a person everything that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import yaml

from kamgen import alphabet
from kamgen.diagnostic import FieldPath, Message, Place, Problem
from kamgen.frozen import Frozen

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 20
MAX_PROBLEMS: Final = 50
"""A file with more problems than this is not read further: nobody mends the fifty-first first."""

BYTE_ORDER_MARK: Final = "\ufeff".encode()
FENCE: Final = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
CLOSING_FENCE: Final = re.compile(r"\n---[ \t]*\r?(?:\n|\Z)")
CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?\r?$", re.MULTILINE)
FULL_WIDTH_KEY: Final = re.compile("^([A-Za-z_][A-Za-z0-9_]*)：")
CUT: Final = re.compile("[ \t]+(#[^ \t\r\n#!][^\r\n]*)")
HASH_AHEAD: Final = re.compile("#(?<=[ \t]#)[^ \t\r\n#!]")
ZERO_AHEAD: Final = re.compile(r"0[0-9](?<=[ \[{,]..)[0-9]*[ \r]*(?:$|[,}\]#])", re.MULTILINE)
LEADING_ZERO: Final = re.compile(r"0[0-9]+")
TAB_AHEAD: Final = re.compile(r" *\t[ \t]*(?=[^ \t\r\n#])")
DIRECTIVE: Final = re.compile("^%", re.MULTILINE)
TAG: Final = re.compile(r"!(?:<[^>\n]*>|[^\s,\[\]{}]*)")
EVENTS: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ALIAS, SCALAR, SEQUENCE = yaml.AliasEvent, yaml.ScalarEvent, yaml.SequenceStartEvent
NEW: Final[Any] = tuple.__new__
"""Makes a named tuple without the call of its class: a plan has hundreds of scalars."""
SEQUENCE_END, MAPPING_END = yaml.SequenceEndEvent, yaml.MappingEndEvent


class Mark(Protocol):
    """A position in the text: line and column count from 0, index is the character's offset."""

    line: int
    column: int
    index: int


class ScalarNode(NamedTuple):
    """One text. `plain` tells `null` from `"null"`."""

    text: str
    plain: bool
    start: Mark
    end: Mark

    @property
    def absent(self) -> bool:
        """Not given: a plain `null`, `~` or nothing at all (domain.md section 3)."""
        return self.plain and self.text in {"", "null", "~"}


class SequenceNode(NamedTuple):
    """A list."""

    items: list[Node]
    start: Mark
    end: Mark


class MappingNode(NamedTuple):
    """Keys with their values, in the order of the file."""

    items: dict[str, Node]
    keys: dict[str, ScalarNode]
    start: Mark
    end: Mark


Node = ScalarNode | SequenceNode | MappingNode


class Document(Frozen):
    """A file that was read: front matter as nodes, body as text, and what was wrong with it.

    `path` is relative to the folder that holds `plans/`, with `/`. `root` is None where no mapping could be read.
    """

    path: str
    text: str
    root: MappingNode | None
    body: str
    body_line: int
    problems: tuple[Problem, ...]

    def node(self, field: FieldPath) -> Node | None:
        """The value at `field`, None where the file does not have it."""
        found = [node for depth, node in self._walk(field) if depth == len(field)]
        return found[0] if found else None

    def place(self, field: FieldPath) -> Place:
        """Where `field` stands: at its key, else where its nearest parent stands, else at the top of the file."""
        place = Place(1, 1)
        parent: Node | None = None
        for depth, node in self._walk(field):
            if depth:
                step = field[depth - 1]
                place = at((parent.keys[str(step)] if isinstance(parent, MappingNode) else node).start)
            parent = node
        return place

    def name(self, field: FieldPath) -> str:
        """`field` in words that survive a reordering: `contacts.anna-lind.phone`; items without id, name or date count from 1."""
        return ".".join(self.words(field))

    def words(self, field: FieldPath) -> list[str]:
        """A word for each step of `field`."""
        words: list[str] = []
        for depth, node in self._walk(field):
            if depth:
                words.append(_item_name(node, field[depth - 1]))
        return [*words, *map(str, field[len(words) :])]

    def _walk(self, field: FieldPath) -> Iterator[tuple[int, Node]]:
        node: Node | None = self.root
        for depth in range(len(field) + 1):
            if node is None:
                return
            yield depth, node
            if depth < len(field):
                node = _child(node, field[depth])


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return node.items.get(str(step))
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def _item_name(node: Node, step: str | int) -> str:
    if isinstance(step, str):
        return step
    if isinstance(node, MappingNode):
        for key in ("id", "name", "key", "date"):
            value = node.items.get(key)
            if isinstance(value, ScalarNode) and value.text:
                return value.text if key == "id" else alphabet.slug(value.text) or value.text
    return str(step + 1)


def at(mark: Mark) -> Place:
    """A position as people count."""
    return Place(mark.line + 1, mark.column + 1)


def read_plan(path: str, data: bytes) -> Document:
    """A plan file: `---`, one YAML mapping, `---`, Markdown. Never raises; problems are of the kinds of rule family 0."""
    text, problems = _decode(data)
    if problems or text is None:
        return Document(path, text or "", None, "", 1, problems)
    end = _front_matter_end(text)
    if isinstance(end, Problem):
        return Document(path, text, None, "", 1, (end,))
    front, body = text[: end.start() + 1], text[end.end() :]
    root, problems = read_mapping(front)
    return Document(path, text, root, body, text.count("\n", 0, end.end()) + 1, problems)


def read_data(path: str, data: bytes) -> Document:
    """A file that is one YAML mapping and nothing else: the portfolio, a rule set."""
    text, problems = _decode(data)
    if problems or text is None:
        return Document(path, text or "", None, "", 1, problems)
    root, problems = read_mapping(text)
    return Document(path, text, root, "", 1, problems)


def read_file(root: Path, path: str) -> bytes:
    """The bytes of `path` below `root`, no more than one past the limit. Raises OSError."""
    with (root / path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _decode(data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    if len(data) > MAX_BYTES:
        return None, (_problem("too-large.bytes", Place(1, 1), limit=MAX_BYTES),)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return None, (_problem("not-utf8.utf16", Place(1, 1)),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        byte = f"{data[error.start]:02X}"
        return None, (_problem("not-utf8.bytes", _place_in(before, len(before)), byte=byte),)
    text = text.removeprefix("\ufeff")
    strange = () if alphabet.is_clean(data.removeprefix(BYTE_ORDER_MARK)) else _strange_characters(text)
    return text, tuple(islice(chain(strange, _conflicts(text)), MAX_PROBLEMS))


def _strange_characters(text: str) -> Iterator[Problem]:
    for match in alphabet.FORBIDDEN.finditer(text):
        yield _strange(match[0], _place_in(text, match.start()))


def _strange(character: str, place: Place) -> Problem:
    return _problem(f"not-utf8.{alphabet.trouble(character)}", place, name=alphabet.name(character))


def _conflicts(text: str) -> Iterator[Problem]:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    for match in CONFLICT.finditer(text):
        yield _problem("conflict-marker", _place_in(text, match.start()), marker=match[0].split()[0])


def _front_matter_end(text: str) -> re.Match[str] | Problem:
    opening = FENCE.match(text)
    if not opening:
        first = text.lstrip().split("\n", 1)[0].rstrip()
        variant = ".late" if FENCE.fullmatch(first) else ".no-front-matter"
        return _problem(f"not-a-plan{variant}", Place(1, 1))
    closing = CLOSING_FENCE.search(text, opening.end() - 1)
    return closing or _problem("not-a-plan.never-closed", Place(1, 1))


def read_mapping(text: str) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    """The one YAML mapping in `text`. An empty text is an empty mapping; another shape, or bad syntax, is a problem and None."""
    reading = _Reading(text)
    try:
        root = reading.read()
    except _TooMuchError:
        root = None
    except yaml.MarkedYAMLError as error:
        root = None
        reading.problems.append(_syntax_problem(text, error))
    except (yaml.YAMLError, ValueError) as error:
        root = None
        reading.problems.append(_problem("invalid-yaml", Place(1, 1), words=str(error).split("\n", 1)[0]))
    if root is not None:
        reading.problems.extend(islice(chain(_tabs(root, text), _doubts(root, text)), MAX_PROBLEMS))
    return root, tuple(sorted(reading.problems, key=lambda problem: problem.place))


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
        self._next()
        after = self._next()
        if type(after) is not yaml.StreamEndEvent:
            self._say("forbidden-yaml.document", after.start_mark)
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
        node: ScalarNode = NEW(ScalarNode, (event.value, not style, event.start_mark, event.end_mark))
        return node

    def _sequence(self, opening: Any, depth: int) -> SequenceNode:
        items: list[Node] = []
        event: Any
        while type(event := self._next()) is not SEQUENCE_END:
            items.append(self._node(event, depth))
        end: Any = event.end_mark
        return SequenceNode(items, opening.start_mark, end)

    def _mapping(self, opening: Any, depth: int) -> MappingNode:
        """The hot loop: scalars, which most keys and values are, take the short way."""
        items: dict[str, Node] = {}
        keys: dict[str, ScalarNode] = {}
        following, scalar = self._next, self._scalar
        event: Any
        while type(event := following()) is not MAPPING_END:
            key = scalar(event) if type(event) is SCALAR else self._key(event, depth)
            event = following()
            value = scalar(event) if type(event) is SCALAR else self._node(event, depth)
            name = key[0]
            if name in items:
                self._twice(key, keys[name])
            else:
                items[name] = value
                keys[name] = key
            if not value[0] and opening.flow_style:
                self._doubt_comma(key, value)
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

    def _twice(self, key: ScalarNode, first: ScalarNode) -> None:
        lines = {"first": first.start.line + 1, "second": key.start.line + 1}
        self._say("duplicate-key", key.start, key=key.text, **lines)

    def _doubt_comma(self, key: ScalarNode, value: Node) -> None:
        between = self._text[key.end.index : value.start.index]
        if isinstance(value, ScalarNode) and value.plain and key.text and ":" not in between:
            before = self._text[max(0, key.start.index - 100) : key.start.index].rstrip()
            self._say("doubtful-text.comma" if before.endswith(",") else "doubtful-text.brace", key.start, text=key.text)

    def _examine(self, event: Any) -> None:
        """Refuses anchors and tags, and characters that an escape in double quotes brings in."""
        if event.anchor is not None:
            self._say("forbidden-yaml.anchor", event.start_mark, name=event.anchor)
        if event.tag is not None:
            written = TAG.search(self._text, event.start_mark.index)
            self._say("forbidden-yaml.tag", event.start_mark, name=written[0] if written else event.tag)
        if isinstance(event, SCALAR) and (strange := alphabet.FORBIDDEN.search(event.value)):
            opens: Any = event.start_mark
            self._add(_strange(strange[0], at(opens)))

    def _say(self, message_id: str, mark: Mark, **values: object) -> None:
        self._add(_problem(message_id, at(mark), **values))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(_problem("too-large.problems", problem.place, limit=MAX_PROBLEMS))
            raise _TooMuchError


def _problem(message_id: str, place: Place, **values: object) -> Problem:
    return Problem(message_id.partition(".")[0], place, Message(message_id, values))


def _place_in(text: str, index: int) -> Place:
    return Place(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


SYNTAX: Final = (
    ("tab character that violates", "tab"),
    ("mapping values are not allowed", "colon"),
    ("could not find expected ':'", "no-colon"),
    ("did not find expected key", "no-key"),
    ("did not find expected '-'", "no-dash"),
    ("block sequence entries are not allowed", "dash"),
    ("expected ',' or ']'", "list-open"),
    ("expected ',' or '}'", "braces-open"),
    ("escape", "escape"),
    ("hexdecimal", "escape"),
    ("quoted scalar", "quote"),
    ("block scalar", "block"),
    ("flow node", "braces-open"),
    ("block node", "character"),
    ("cannot start any token", "character"),
    ("expected alphabetic or numeric character", "character"),
    ("a tag", "character"),
)
"""What libyaml says, and the message that says it to a person; the first that fits."""

OPENED: Final = frozenset({"no-colon", "list-open", "braces-open", "quote", "block", "character"})
"""Mistakes that are mended where the thing began, and not where libyaml gave up."""


def _syntax_problem(text: str, error: yaml.MarkedYAMLError) -> Problem:
    """A syntax error in words, at the place where it can be mended."""
    said = f"{error.context or ''} {error.problem or ''}"
    variant = next((name for piece, name in SYNTAX if piece in said), "other")
    if variant == "other" and (directive := DIRECTIVE.search(text)):
        return _problem("forbidden-yaml.directive", _place_in(text, directive.start()))
    marks = (error.problem_mark, error.context_mark)
    mark = next(filter(None, reversed(marks) if variant in OPENED else marks))
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    variant, place = _closer_look(variant, lines[number], mark.column), at(mark)
    if variant == "indentation" and (above := _keyless_line(lines[:number])):
        number, variant = above.line - 1, "no-colon"
        variant, place = _closer_look(variant, lines[number], 0), above
    return _problem(f"invalid-yaml.{variant}", place, line=lines[number].strip()[:60], words=(error.problem or "").strip())


def _closer_look(variant: str, line: str, column: int) -> str:
    """What the line itself shows, where libyaml says the same of different mistakes."""
    before = line[:column]
    if TAB_AHEAD.match(line) or line[column : column + 1] == "\t":
        return "tab"
    if "：" in line and ": " not in line:
        return "full-width-colon"
    if variant == "colon" and ":" not in before:
        return "indentation"
    if variant == "no-key" and line[column:].startswith(":"):
        return "empty-key"
    return "after" if variant == "no-key" and before.strip(" -") else variant


def _keyless_line(above: list[str]) -> Place | None:
    """Where the line just above begins, if it is text without a key: the line below then looks like its second half."""
    line = above[-1] if above else ""
    text = line.strip()
    return Place(len(above), line.index(text) + 1) if text and ":" not in text and not text.startswith(("-", "#")) else None


def _tabs(root: MappingNode, text: str) -> Iterator[Problem]:
    """Tabs that indent a line. libyaml lets some of them pass; only inside block text they are content."""
    if "\t" not in text:
        return
    blocks = (node for node in _scalars(root) if text[node.start.index : node.start.index + 1] in {"|", ">"})
    content = {line for node in blocks for line in range(node.start.line + 1, node.end.line + bool(node.end.column))}
    for number, line in enumerate(text.split("\n")):
        if number not in content and TAB_AHEAD.match(line):
            yield _problem("invalid-yaml.tab", Place(number + 1, line.index("\t") + 1))


def _doubts(root: MappingNode, text: str) -> Iterator[Problem]:
    """Values that YAML reads in another way than their writer meant (KAM013). Most texts have no candidate and cost one search."""
    if "：" not in text and not HASH_AHEAD.search(text) and not ZERO_AHEAD.search(text):
        return
    for node in _scalars(root):
        if not node.plain or not node.text:
            continue
        if cut := CUT.match(text, node.end.index):
            yield _problem("doubtful-text.hash", at(node.start), text=node.text, rest=cut[1].strip()[:40])
        elif word := FULL_WIDTH_KEY.match(node.text):
            yield _problem("doubtful-text.full-width-colon", at(node.start), text=word[1])
        elif LEADING_ZERO.fullmatch(node.text):
            yield _problem("doubtful-text.leading-zero", at(node.start), text=node.text)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
        return
    for child in node.items.values() if isinstance(node, MappingNode) else node.items:
        yield from _scalars(child)
