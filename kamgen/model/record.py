"""What a record is: a frozen class whose keys carry their kind, their meaning and who may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Final, TypeVar, dataclass_transform

from kamgen.model.kind import Kind, ListOf, Visibility

T = TypeVar("T")


class Nothing(Mapping[str, Any]):
    """The empty table: what a table that is not given means. Hashable, so that records can share it as a default."""

    def __getitem__(self, name: str) -> Any:
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "{}"


NOTHING: Final[Mapping[Any, Any]] = Nothing()


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: what it is called in a file and in Python, what it may hold and what it means."""

    name: str
    attribute: str
    kind: Kind
    meaning: str
    required: bool
    visibility: Visibility


def key(kind: Kind, meaning: str, *, default: Any = None, required: bool = False, name: str = "", visibility: Visibility = "site") -> Any:
    """Declares a key. Not given means `default`: None, or empty for lists and tables."""
    about = {"kind": kind, "meaning": meaning, "required": required, "name": name, "visibility": visibility}
    if required:
        return field(metadata=about)
    return field(default=default, metadata=about)


def items(kind: Kind, meaning: str, *, name: str = "", visibility: Visibility = "site") -> Any:
    """Declares a key that holds a list or a table; not given means empty. `kind` is the whole kind."""
    return key(kind, meaning, default=() if isinstance(kind, ListOf) else NOTHING, name=name, visibility=visibility)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key, items, field))
def record(cls: type[T]) -> type[T]:
    """Makes a class a frozen record. `Record` compares and shows all of them, for methods made per class would cost a third of the start."""
    return dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)


@cache
def keys(cls: Any) -> tuple[Key, ...]:
    """The keys of a record class, in the order of the reference."""
    return tuple(
        Key(
            name=about["name"] or entry.name,
            attribute=entry.name,
            kind=about["kind"],
            meaning=about["meaning"],
            required=about["required"],
            visibility=about["visibility"],
        )
        for entry in fields(cls)
        if (about := entry.metadata) and "kind" in about
    )


def blank(cls: type[T]) -> T:
    """A record in which nothing is given. Only for records without required keys."""
    return cls()


@record
class Record:
    """What every record has: the company's own `x_` keys, kept as they were written."""

    custom: Mapping[str, Any] = field(default=NOTHING)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(getattr(self, entry.name) == getattr(other, entry.name) for entry in fields(self))

    def __hash__(self) -> int:
        return hash((type(self), *(repr(getattr(self, entry.name)) for entry in fields(self))))

    def __repr__(self) -> str:
        given = (f"{entry.name}={getattr(self, entry.name)!r}" for entry in fields(self) if getattr(self, entry.name) != entry.default)
        return f"{type(self).__name__}({', '.join(given)})"
