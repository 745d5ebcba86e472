"""What a record is: a frozen value whose keys carry their kind, their meaning and who may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, dataclass_transform

from kamgen.frozen import Frozen, FrozenMaker
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


class Key(Frozen):
    """One key of a record: what it is called in a file and in Python, what it may hold and what it means."""

    name: str
    attribute: str
    kind: Kind
    meaning: str
    required: bool
    visibility: Visibility
    default: Any = None


class _Declared(Frozen):
    """What stands in the body of a record class until the record is made."""

    kind: Kind
    meaning: str
    default: Any
    required: bool
    name: str
    visibility: Visibility


def key(kind: Kind, meaning: str, *, default: Any = None, required: bool = False, name: str = "", visibility: Visibility = "site") -> Any:
    """Declares a key. Not given means `default`: None, or empty for lists and tables."""
    return _Declared(kind, meaning, default, required, name, visibility)


def items(kind: Kind, meaning: str, *, name: str = "", visibility: Visibility = "site") -> Any:
    """Declares a key that holds a list or a table; not given means empty. `kind` is the whole kind."""
    return key(kind, meaning, default=() if isinstance(kind, ListOf) else NOTHING, name=name, visibility=visibility)


KEYS: Final[dict[type[Any], tuple[Key, ...]]] = {}
"""The keys of every record class, filled as the classes are made."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key, items))
class _RecordMaker(FrozenMaker):
    """Turns declared keys into the fields of a frozen value, and keeps what was declared."""

    def __new__(cls, name: str, bases: tuple[type[Any], ...], namespace: dict[str, Any]) -> Any:
        declared = {attribute: value for attribute, value in namespace.items() if isinstance(value, _Declared)}
        defaults = {attribute: said.default for attribute, said in declared.items() if not said.required}
        rest = {attribute: value for attribute, value in namespace.items() if attribute not in declared}
        made: Any = super().__new__(cls, name, bases, {**rest, **defaults}, kw_only=True, omit_defaults=True)
        own = (
            Key(said.name or attribute, attribute, said.kind, said.meaning, said.required, said.visibility, said.default)
            for attribute, said in declared.items()
        )
        KEYS[made] = tuple(own)
        return made


class Record(Frozen, metaclass=_RecordMaker):
    """What every record has: the company's own `x_` keys, kept as they were written."""

    custom: Mapping[str, Any] = NOTHING


def keys(cls: type[Any]) -> tuple[Key, ...]:
    """The keys of a record class, in the order of the reference."""
    return KEYS[cls]


def blank(cls: type[T]) -> T:
    """A record in which nothing is given. Only for records without required keys."""
    return cls()
