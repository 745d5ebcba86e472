"""Readers of what is made of other things: lists, tables and records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from kamgen.diagnostic import FieldPath, Message, dotted
from kamgen.model import kind as kinds
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, Scalar, TableOf
from kamgen.model.plan import Plan
from kamgen.model.portfolio import CustomField, Portfolio
from kamgen.model.record import keys
from kamgen.node import MappingNode, Node, ScalarNode, SequenceNode, at
from kamgen.parse import paste, pasted
from kamgen.parse.condition import CONDITIONS
from kamgen.parse.reading import BLANK, SHOWN, UNREAD, Reader, Reading, says_nothing
from kamgen.parse.reference import is_known, reference_reader
from kamgen.parse.scalar import amount_reader, scalar_reader, text_reader

CUSTOM_KINDS: Final[Mapping[str, Scalar]] = {"text": kinds.TEXT, "number": kinds.number(), "date": kinds.DATE, "flag": kinds.FLAG, "link": kinds.LINK}
FILES: Final[Mapping[Any, Message]] = {Plan: Message("the-plan"), Portfolio: Message("the-portfolio")}
"""What a message calls the file whose top a record is."""
SAME: Final = 0.78
"""How alike a key must be to one that stands beside it to be told as that one written twice."""
REFUSED: Final = frozenset({"<<", ""})
"""Keys that the reader of the document has told already: of a merge, and what is no word."""


@cache
def reader_of(kind: Kind) -> Reader:
    """The reader of a kind, made once."""
    match kind:
        case Scalar():
            reader = scalar_reader(kind)
            return amount_reader(reader) if kind.name == "amount" else text_reader(reader) if kind is kinds.TEXT else reader
        case Reference():
            return reference_reader(kind.target)
        case ListOf():
            return _list_reader(reader_of(kind.item), kind.item)
        case TableOf():
            return _table_reader(reader_of(kind.key), reader_of(kind.value), kind)
        case RecordOf():
            return lambda node, path, reading: read_into(kind.record, node, path, reading)
        case _:
            return lambda _node, _path, _reading: UNREAD


def _list_reader(item: Reader, kind: Kind) -> Reader:
    first = paste.first_key(kind)
    record: Any = kind.record if isinstance(kind, RecordOf) else None

    def read(node: Node, path: FieldPath, reading: Reading) -> Any:
        if type(node) is not SequenceNode:
            told = {"key": dotted(path), "first": first, "paste": paste.as_list(path[-1], kind, node)}
            message = Message("wrong-value.groups" if first else "wrong-value.list", told)
            return reading.refuse("wrong-value", node.start, path, pasted.as_list(node, path, fields(record)[0] if record else ()) or message)
        values = [
            item(child, (*path, index), reading)
            if record is None or type(child) is MappingNode
            else _no_group(record, child, (*path, index), reading, paste.in_a_list(record, child, flow=node.flow), "{%s}" if node.flow else "- %s")
            for index, child in enumerate(node.items)
            if not (type(child) is ScalarNode and child.text in BLANK and says_nothing(child))
        ]
        return tuple(value for value in values if value is not UNREAD and value != "")

    return read


def _table_reader(key: Reader, value: Reader, kind: TableOf) -> Reader:
    """A table by names of what there is (`target`) or by words of any sort. An entry under a name that does not exist is left out."""
    target = kind.key.target if isinstance(kind.key, Reference) else ""

    def read(node: Node, path: FieldPath, reading: Reading) -> Any:
        if type(node) is not MappingNode:
            told = {"key": dotted(path), "paste": paste.entry(kind, node, reading.names)}
            message = pasted.as_group(node, path, (), f"{path[-1]}: {{%s}}") or Message("wrong-value.table", told)
            return reading.refuse("wrong-value", node.start, path, message)
        table: dict[Any, Any] = {}
        for name, child in node.items.items():
            if type(child) is ScalarNode and child.text in BLANK and says_nothing(child):
                continue
            if target and not is_known(node.keys[name], target, (*path, name), reading):
                continue
            entry = key(node.keys[name], (*path, name), reading)
            found = value(child, (*path, name), reading)
            if entry is not UNREAD and found is not UNREAD:
                table[entry] = found
        return table

    return read


@cache
def fields(cls: Any) -> tuple[Mapping[str, tuple[str, Reader]], tuple[tuple[str, str], ...]]:
    """How a record is read: key -> (attribute, reader), and the required keys with their attributes."""
    declared = keys(cls)
    readers = {entry.name: (entry.attribute, reader_of(entry.kind)) for entry in declared}
    return readers, tuple((entry.name, entry.attribute) for entry in declared if entry.required)


def read_into(cls: Any, node: Node, path: FieldPath, reading: Reading) -> Any:
    """A record of a mapping; `UNREAD` where it is none, or lacks what it must have."""
    readers, required = fields(cls)
    if type(node) is not MappingNode:
        return _no_group(cls, node, path, reading, paste.as_group(path[-1], cls), f"{path[-1]}: {{%s}}")
    values: dict[str, Any] = {}
    for name, child in node.items.items():
        known = readers.get(name)
        if known is None:
            _other_key(name, child, node, path, cls, values, reading)
        elif type(child) is ScalarNode and child.text in BLANK and says_nothing(child):
            continue
        else:
            attribute, read = known
            value = read(child, (*path, name), reading)
            if value is not UNREAD and value != "":
                values[attribute] = value
    for _, attribute in required:
        if attribute not in values:
            return _incomplete(cls, node, path, reading, values)
    for condition in CONDITIONS.get(cls, ()):
        condition(node, path, reading, values)
    return cls(**values)


def _no_group(cls: Any, node: Node, path: FieldPath, reading: Reading, instead: str, line: str) -> object:
    """Tells of a value that stands where a group of keys is to stand, with what to write in its place; in `line` where a key was meant."""
    known = fields(cls)[0]
    told = {"key": dotted(path), "keys": tuple(known)[:4], "paste": instead}
    message = pasted.as_group(node, path, known, line, line if line[0] == "-" else "%s") or Message("wrong-value.record", told)
    return reading.refuse("wrong-value", node.start, path, message)


def _incomplete(cls: Any, node: MappingNode, path: FieldPath, reading: Reading, values: Mapping[str, Any]) -> object:
    """Tells which required keys are missing; a key whose value did not fit has been told already."""
    for name, attribute in fields(cls)[1]:
        child = node.items.get(name)
        blank = isinstance(child, ScalarNode) and (says_nothing(child) or not child.text.strip())
        meant = not path and name in reading.parts()
        if attribute not in values and (child is None or blank) and (*path, name) not in reading.told and not meant:
            place = node.keys[name].start if name in node.keys else node.start
            variant = ".blank" if child is not None else ".in" if path else ""
            where = Message(f"missing-key{variant}", {"key": name, "part": dotted(path)})
            reading.refuse("missing-key", place, (*path, name), where)
    return UNREAD


def _other_key(name: str, child: Node, node: MappingNode, path: FieldPath, cls: Any, values: dict[str, Any], reading: Reading) -> None:
    """A key that kamgen does not know: the company's own, or a mistake."""
    if name.startswith("x_"):
        values.setdefault("custom", {})[name] = as_data(child)
        return
    if name in REFUSED:
        return
    known = fields(cls)[0]
    plain = name.lower().replace("-", "_").replace(" ", "_")
    near = _near_key(plain, known, node, reading)
    there = bool(near) and near in node.keys and not reading.layered
    file = FILES.get(cls, Message("the-rules"))
    first = at(node.keys[near].start).line if there else 0
    told = {"key": name, "near": near, "part": dotted(path) or file, "known": tuple(known), "first": first}
    variant = ".there" if there else ".near" if near else ".known" if len(known) <= SHOWN else ""
    reading.refuse("unknown-key", node.keys[name].start, (*path, name), Message(f"unknown-key{variant}", told))
    if near and not path:
        reading.unread.add(near)


def _near_key(plain: str, known: Mapping[str, Any], node: MappingNode, reading: Reading) -> str:
    """The key that was probably meant: one that stands there already only where it is nearly the same, else one that does not."""
    if kinds.OWN_KEY.fullmatch(plain):
        return plain
    near = reading.nearest(plain, known)
    if near not in node.keys or reading.layered or reading.nearest(plain, (near,), SAME):
        return near
    return reading.nearest(plain, [name for name in known if name not in node.keys])


def as_data(node: Node) -> Any:
    """A node as plain Python: text, lists and dicts; None where nothing is given. For keys of the company's own."""
    match node:
        case ScalarNode():
            return None if node.absent else node.text
        case SequenceNode():
            return [as_data(item) for item in node.items]
        case _:
            return {name: as_data(item) for name, item in node.items.items()}


def check_custom(root: MappingNode, custom: tuple[CustomField, ...], reading: Reading) -> None:
    """The portfolio may say what its own keys hold."""
    for declared in custom:
        node = root.items.get(declared.name)
        if node is not None and not (isinstance(node, ScalarNode) and node.absent):
            reader_of(CUSTOM_KINDS[declared.type])(node, (declared.name,), reading)
