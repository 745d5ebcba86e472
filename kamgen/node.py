"""What a file is read into: a document of scalars, lists and mappings, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Protocol

from kamgen import alphabet
from kamgen.diagnostic import FieldPath, Place, Problem
from kamgen.frozen import Frozen

NAMING: Final = ("id", "name", "key", "date")
"""The keys that an item of a list is called by: the first that is given."""
ABSENT: Final = frozenset({"", "null", "~"})
"""The plain texts that say that nothing is given (domain.md section 3)."""


class Mark(Protocol):
    """A position in the text: line and column count from 0, index is the character's offset."""

    line: int
    column: int
    index: int


class ScalarNode(Frozen, gc=False):
    """One text. `plain` tells `null` from `"null"`."""

    text: str
    plain: bool
    start: Mark
    end: Mark

    @property
    def absent(self) -> bool:
        """Not given: a plain `null`, `~` or nothing at all (domain.md section 3)."""
        return self.plain and self.text in ABSENT


class SequenceNode(Frozen, gc=False):
    """A list; `flow` is true of one in brackets."""

    items: list[Node]
    start: Mark
    end: Mark
    flow: bool = False


class MappingNode(Frozen, gc=False):
    """Keys with their values, in the order of the file."""

    items: dict[str, Node]
    keys: dict[str, ScalarNode]
    start: Mark
    end: Mark


Node = ScalarNode | SequenceNode | MappingNode


class Document(Frozen):
    """A file that was read: front matter as nodes, body as text, and what was wrong with it.

    `path` is relative to the folder that holds `plans/`, with `/`. `tree` is None where no mapping could be read; where the file is
    known from before, it is what reads it again for the few who ask.
    """

    path: str
    text: str
    tree: MappingNode | Callable[[], MappingNode | None] | None
    body: str
    body_line: int
    problems: tuple[Problem, ...]

    @property
    def root(self) -> MappingNode | None:
        """The front matter; None where no mapping could be read."""
        return self.tree() if callable(self.tree) else self.tree

    def node(self, field: FieldPath) -> Node | None:
        """The value at `field`, None where the file does not have it."""
        met = self.trail(field)
        return met[-1] if len(met) > len(field) else None

    def place(self, field: FieldPath) -> Place:
        """Where `field` stands: at its key, else where its nearest parent stands, else at the top of the file."""
        return self.spot(field)[0]

    def name(self, field: FieldPath) -> str:
        """`field` in words that survive a reordering: `contacts.anna-lind.phone`; items without id, name or date count from 1."""
        return ".".join(self.words(field))

    def words(self, field: FieldPath) -> list[str]:
        """A word for each step of `field`."""
        return self.spot(field)[1]

    def spot(self, field: FieldPath) -> tuple[Place, list[str]]:
        """Where `field` stands, and a word for each of its steps."""
        return spot(self.trail(field), field)

    def trail(self, field: FieldPath) -> list[Node]:
        """The nodes on the way to `field`, from the top of the file down, as far as the file has them."""
        met: list[Node] = []
        node: Node | None = self.root
        for step in field:
            if node is None:
                return met
            met.append(node)
            node = child(node, step)
        return [*met, node] if node is not None else met


def spot(trail: list[Node], field: FieldPath) -> tuple[Place, list[str]]:
    """Where `field` stands, and a word for each of its steps, by the nodes on the way to it."""
    if len(trail) < 2:
        return Place(1, 1), [str(step) for step in field]
    words = [item_name(node, step) for node, step in zip(trail[1:], field, strict=False)]
    parent, last = trail[-2:]
    mark = (parent.keys[str(field[len(words) - 1])] if isinstance(parent, MappingNode) else last).start
    return at(mark), [*words, *map(str, field[len(words) :])]


def at(mark: Mark) -> Place:
    """A position as people count."""
    return Place(mark.line + 1, mark.column + 1)


def scalars(node: Node) -> Iterator[ScalarNode]:
    """Every text below a node, in the order of the file."""
    if isinstance(node, ScalarNode):
        yield node
        return
    for below in node.items.values() if isinstance(node, MappingNode) else node.items:
        yield from scalars(below)


def child(node: Node, step: str | int) -> Node | None:
    """The value one step below a node, None where there is none."""
    if isinstance(node, MappingNode):
        return node.items.get(str(step))
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def item_name(node: Node, step: str | int) -> str:
    """What a step is called: the key, or an item by its id, its name, its date; else its number from 1."""
    if isinstance(step, str):
        return step
    items = node.items if isinstance(node, MappingNode) else {}
    for key in NAMING:
        value = items.get(key)
        if isinstance(value, ScalarNode) and value.text and not value.absent:
            return called({key: value.text}, step)
    return called({}, step)


def called(given: Mapping[str, str], index: int) -> str:
    """What an item of a list is called by the words that it gives for `NAMING`; without any, its number from 1. `index` counts from 0."""
    for key in NAMING:
        if word := given.get(key):
            return word if key == "id" else alphabet.slug(word) or word
    return str(index + 1)


def place_in(text: str, index: int) -> Place:
    """Where the character at `index` stands, as people count."""
    return Place(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
