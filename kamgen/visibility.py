"""Who may see a field, by the name that a plan's `visibility` gives it (domain.md section 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kamgen.diagnostic import FieldPath
from kamgen.frozen import Frozen
from kamgen.model.kind import VISIBILITIES, Kind, ListOf, RecordOf, TableOf, Visibility
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from kamgen.node import Document, MappingNode, Node, SequenceNode, item_name
from kamgen.parse import as_data

RANK: Final[Mapping[str, int]] = {name: rank for rank, name in enumerate(VISIBILITIES)}
BODY: Final = "body"
"""The name of the words below the front matter."""
ALWAYS: Final = frozenset({"account", "tier", "owner"})
"""What every reader sees, whatever the plan says: without them there is no page."""


def own_words(document: Document) -> Mapping[str, str]:
    """The plan's own `visibility`, as it is written: field -> word. A word that is none of the three hides: better too little than too much."""
    if "visibility" not in document.text and "\\" not in document.text:  # nor by an escape: its front matter need not be read for it
        return {}
    node = document.root.items.get("visibility") if document.root else None
    if not isinstance(node, MappingNode):
        return {}
    written = ((name, as_data(child)) for name, child in node.items.items())
    return {name: word if word in VISIBILITIES else "private" for name, word in written if word is not None}


def may_see(field: str, own: Mapping[str, str], audience: str) -> bool:
    """Whether a field, by its name like `contacts.anna-lind.phone`, is for the audience."""
    return not field or rank(field, declared(field.split(".")), own) <= RANK[audience]


def is_shown(document: Document, field: FieldPath, own: Mapping[str, str], audience: str) -> bool:
    """Whether the audience sees the value at `field`. What hides an item by its number hides it too where it has a name."""
    words = document.words(field)
    if not may_see(".".join(words), own, audience):
        return False
    steps = [{word, str(step + 1) if isinstance(step, int) else word} for word, step in zip(words, field, strict=True)]
    return not any(RANK[word] > RANK[audience] and _holds(said, steps) for said, word in own.items())


def _holds(said: str, steps: Sequence[set[str]]) -> bool:
    """Whether `said` names the way along `steps`, or a part that holds it. Names may hold points."""
    if not steps:
        return False
    return any(said == word or (said.startswith(f"{word}.") and _holds(said[len(word) + 1 :], steps[1:])) for word in steps[0])


def declared(words: Sequence[str]) -> Visibility:
    """The most private default along a field's name."""
    found: Visibility = "team" if any(word.startswith("x_") for word in words) else "site"
    kind: Kind = RecordOf(Plan)
    for word in words:
        if isinstance(kind, RecordOf):
            cls: Any = kind.record
            key = next((key for key in keys(cls) if key.name == word), None)
            if key is None:
                continue
            found = max(found, key.visibility, key=RANK.__getitem__)
            kind = key.kind
        elif isinstance(kind, ListOf):
            kind = kind.item
        elif isinstance(kind, TableOf):
            kind = kind.value
    return found


def rank(path: str, default: Visibility, own: Mapping[str, str]) -> int:
    """The plan's own word for a field or the nearest part that holds it, else the default. A part never shows more than what holds it."""
    words = path.split(".")
    said = [own[prefix] for count in range(1, len(words) + 1) if (prefix := ".".join(words[:count])) in own]
    return max((RANK[word] for word in said), default=RANK[default])


class Astray(Frozen):
    """Where a name under `visibility` leads nowhere: `within` is the part that it still finds, `known` what stands there.

    `sort` tells what was looked for: a `key` of the plan, an `item` of a list or table, or a `part` of something that has none.
    """

    sort: str
    within: str
    word: str
    known: tuple[str, ...]


def astray(said: str, document: Document, custom: frozenset[str] = frozenset()) -> Astray | None:
    """Where a name under `visibility` stops to name a part of the plan, None where it names one. `custom` are keys of the company's own."""
    if said == BODY:
        return None
    found = _astray(said, RecordOf(Plan), document.root, "", custom)
    return Astray(found.sort, found.within, found.word, (*found.known, BODY)) if found and found.sort == "key" and not found.within else found


def _astray(rest: str, kind: Kind, node: Node | None, within: str, custom: frozenset[str]) -> Astray | None:
    """Follows every way that `rest` may be read; where none leads to an end, the one that came furthest."""
    steps = tuple(_steps(kind, node, custom))
    names = [word for word, _, _ in steps]
    known = names[: len(names) // 2] if isinstance(kind, ListOf) else names
    lost = Astray(_sort(kind), within, rest.partition(".")[0], tuple(dict.fromkeys(known)))
    for word, below, child in steps:
        if rest == word:
            return None
        if rest.startswith(f"{word}."):
            further = _astray(rest[len(word) + 1 :], below, child, f"{within}.{word}".removeprefix("."), custom)
            if further is None:
                return None
            lost = max(lost, further, key=lambda found: len(found.within))
    return lost


def _sort(kind: Kind) -> str:
    if isinstance(kind, RecordOf):
        return "key"
    return "item" if isinstance(kind, ListOf | TableOf) else "part"


def _steps(kind: Kind, node: Node | None, custom: frozenset[str]) -> Iterator[tuple[str, Kind, Node | None]]:
    """What may stand next in a name: the word, and what it leads to. Items of a list by their names first, then by their numbers."""
    if isinstance(kind, RecordOf):
        children = node.items if isinstance(node, MappingNode) else {}
        yield from ((key.name, key.kind, children.get(key.name)) for key in keys(kind.record))
        for word in sorted({*custom, *(word for word in children if word.startswith("x_"))}):
            yield word, _PLAIN, None
    elif isinstance(kind, ListOf) and isinstance(node, SequenceNode):
        yield from ((item_name(item, index), kind.item, item) for index, item in enumerate(node.items))
        yield from ((str(index + 1), kind.item, item) for index, item in enumerate(node.items))
    elif isinstance(kind, TableOf) and isinstance(node, MappingNode):
        yield from ((word, kind.value, child) for word, child in node.items.items())


_PLAIN: Final[Kind] = keys(Plan)[0].kind
"""Something that has no parts."""
