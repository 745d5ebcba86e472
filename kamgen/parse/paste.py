"""What to write where a value has the wrong shape, ready to paste: YAML, the same in every language."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from kamgen.model.kind import Kind, RecordOf, Reference, Scalar
from kamgen.model.record import Key, keys
from kamgen.node import Node, ScalarNode

STUB: Final = "..."
PLAIN: Final = re.compile(r"(?!0[0-9]|null$)\w(?:[\w.@&+'/() -]*[\w.)])?")
"""A text that needs no quotes, wherever it stands."""
LONGEST: Final = 60
"""A text that is longer than this is not repeated."""


def first_key(kind: Kind) -> str:
    """What an item of a list begins with, where it is a group of keys."""
    return _begins_with(kind.record)[0].name if isinstance(kind, RecordOf) else ""


def in_a_list(record: type[Any], node: Node, *, flow: bool) -> str:
    """An item in place of the one that is no group of keys: `{person: ole.dahl}`, or `- person: ole.dahl` in a list of lines."""
    group = _group(record, node)
    if flow:
        return f"{{{group}}}"
    return f"- {group}" if len(_begins_with(record)) == 1 else f"- {{{group}}}"


def as_list(name: object, kind: Kind, node: Node) -> str:
    """A key with the list that it takes: `team: [{person: ole.dahl}]`."""
    return f"{name}: [{in_a_list(kind.record, node, flow=True)}]" if isinstance(kind, RecordOf) else ""


def as_group(name: object, record: type[Any]) -> str:
    """A key with the group of keys that it takes, to fill in: `company: {legal_name: ...}`."""
    return f"{name}: {{{_group(record, None)}}}"


def _group(record: type[Any], node: Node | None) -> str:
    """The keys that a record begins with; the word that stands there now under the first, where it fits."""
    first, *others = _begins_with(record)
    return ", ".join([f"{first.name}: {_word(first.kind, node)}", *(f"{other.name}: {STUB}" for other in others)])


def _begins_with(record: type[Any]) -> tuple[Key, ...]:
    """The required keys of a record, else its first."""
    declared = keys(record)
    return tuple(entry for entry in declared if entry.required) or declared[:1]


def _word(kind: Kind, node: Node | None) -> str:
    """A word as it is written in braces; `...` where there is none, or none that fits the kind."""
    text = node.text.strip() if isinstance(node, ScalarNode) else ""
    if not text or len(text) > LONGEST or not (isinstance(kind, Reference) or _fits(kind, text)):
        return STUB
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _fits(kind: Kind, text: str) -> bool:
    try:
        return isinstance(kind, Scalar) and bool(kind.convert(text))
    except ValueError:
        return False
