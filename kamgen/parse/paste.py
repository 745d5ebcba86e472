"""What to write where a value has the wrong shape, ready to paste: YAML, the same in every language."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from kamgen.model.kind import VISIBILITIES, YEAR, Kind, RecordOf, Reference, Scalar, TableOf
from kamgen.model.record import Key, keys
from kamgen.node import Node, ScalarNode
from kamgen.parse.reading import Names

STUB: Final = "..."
PLAIN: Final = re.compile(r"(?!0[0-9]|null$)\w(?:[\w.@&+'/() -]*[\w.)])?")
"""A text that needs no quotes, wherever it stands."""
LONGEST: Final = 60
"""A text that is longer than this is not repeated."""
AMOUNT: Final = "140000"
NUMBERS: Final = ("4", "0.4")
"""Examples of a number, one of which every kind of them takes."""


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


def entry(kind: TableOf, node: Node | None, names: Names) -> str:
    """An entry of a table as an example: `2026: 140000`, `price: 4` where the rules have a criterion `price`, `contacts: private`."""
    return f"{_name(kind, names)}: {_example(kind.value, node, names)}"


def _name(kind: TableOf, names: Names) -> str:
    """What an entry of a table can stand under: a year, a part of the plan, the first of the names that there are."""
    if isinstance(kind.key, Reference):
        name = next(iter(names.get(kind.key.target, {}).values()), "name")
        return name if PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    if kind.key is YEAR:
        return "2026"
    if isinstance(kind.value, Scalar) and kind.value.choices == VISIBILITIES:
        return "contacts"
    return next(iter(kind.key.choices), "name")


def _example(kind: Kind, node: Node | None, names: Names) -> str:
    """What can stand in an entry: what was written without a name, where it fits, else an example."""
    match kind:
        case RecordOf():
            return f"{{{_group(kind.record, None)}}}"
        case TableOf():
            return f"{{{entry(kind, None, names)}}}"
        case Scalar():
            own = _word(kind, node)
            return own if own != STUB else next((text for text in _examples(kind) if _fits(kind, text)), STUB)
        case _:
            return STUB


def _examples(kind: Scalar) -> tuple[str, ...]:
    """Texts of which one fits a kind of words or of numbers."""
    return kind.choices[1:] or ((AMOUNT,) if kind.name == "amount" else NUMBERS)


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
