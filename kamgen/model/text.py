"""The texts of a record, with the field of each: what rules about words read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from kamgen.diagnostic import FieldPath
from kamgen.model import kind as kinds
from kamgen.model.kind import Kind, ListOf, RecordOf, Scalar, TableOf
from kamgen.model.record import Record, keys

NAMES: Final = ("text", "prose", "email", "link")
"""The names of the kinds that hold words of the writer's own."""
LINKS: Final = ("link",)


class Text(NamedTuple):
    """A text: where it stands, what it says, of which kind."""

    field: FieldPath
    words: str
    kind: Scalar


Reader = Callable[[Any, FieldPath, list[Text]], None]
"""Adds the texts of a value to a list: generators within generators would take twice the time."""


def texts(record: Record, field: FieldPath = ()) -> list[Text]:
    """Every text, Markdown and link below a record, in the order of the reference; `field` is where the record stands."""
    return _below(record, field, NAMES)


def links(record: Record) -> list[Text]:
    """The links below a record: a few of its texts, found in a third of the time."""
    return _below(record, (), LINKS)


def _below(record: Record, field: FieldPath, names: tuple[str, ...]) -> list[Text]:
    found: list[Text] = []
    _record(record, field, found, names)
    return found


def _record(record: Record, field: FieldPath, found: list[Text], names: tuple[str, ...]) -> None:
    for name, attribute, read in _readers(record.__class__, names):
        value = getattr(record, attribute)
        if value:
            read(value, (*field, name), found)


@cache
def _readers(cls: Any, names: tuple[str, ...]) -> tuple[tuple[str, str, Reader], ...]:
    """The keys of a record that hold text, or parts that do."""
    found = ((key.name, key.attribute, _reader(key.kind, names)) for key in keys(cls))
    return tuple((name, attribute, read) for name, attribute, read in found if read)


def _reader(kind: Kind, names: tuple[str, ...]) -> Reader | None:
    match kind:
        case Scalar(name=name) if name in names:
            return lambda value, field, found: found.append(Text(field, value, kind))
        case RecordOf():
            cls: Any = kind.record
            return (lambda record, field, found: _record(record, field, found, names)) if _readers(cls, names) else None
        case ListOf():
            return _listed(_reader(kind.item, names))
        case TableOf():
            return _tabled(_reader(kind.value, names))
        case _:
            return None


def _listed(read: Reader | None) -> Reader | None:
    if read is None:
        return None

    def listed(values: tuple[Any, ...], field: FieldPath, found: list[Text]) -> None:
        for index, value in enumerate(values):
            read(value, (*field, index), found)

    return listed


def _tabled(read: Reader | None) -> Reader | None:
    if read is None:
        return None

    def tabled(values: Mapping[Any, Any], field: FieldPath, found: list[Text]) -> None:
        for name, value in values.items():
            read(value, (*field, str(name)), found)

    return tabled


def is_link(kind: Scalar) -> bool:
    """Whether a text is an address rather than words."""
    return kind is kinds.LINK
