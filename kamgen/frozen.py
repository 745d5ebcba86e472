"""What a frozen value is: every record of kamgen is one. The only door to msgspec."""

from __future__ import annotations

from functools import cache
from typing import Any, dataclass_transform

import msgspec
from msgspec.structs import replace as with_values


@dataclass_transform(frozen_default=True)
class FrozenMaker(msgspec.StructMeta):
    """The class of frozen classes.

    A struct is made in a thirtieth of the time that a dataclass takes, and kamgen has ninety: they would be half of its start.
    """

    def __new__(cls, name: str, bases: tuple[type[Any], ...], namespace: dict[str, Any], **options: Any) -> Any:
        """A struct that is frozen, as everything below it."""
        return super().__new__(cls, name, bases, namespace, frozen=True, **options)


class Frozen(msgspec.Struct, metaclass=FrozenMaker):
    """A value that never changes, compared by what it holds."""


def packed(value: object) -> bytes:
    """Values of plain types, and records of them, as bytes."""
    return msgspec.msgpack.encode(value)


def faithful(value: object, kind: Any) -> bytes | None:
    """`packed`, where `unpacked` makes the same value of it, to the last type; None where it does not, or there are no such bytes."""
    try:
        data = packed(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return data if repr(unpacked(data, kind)) == repr(value) else None


@cache
def _reader(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def unpacked(data: bytes, kind: Any) -> Any:
    """What `packed` was given, checked against its type; None where the bytes are of nothing like it."""
    try:
        return _reader(kind).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


__all__ = ["Frozen", "FrozenMaker", "faithful", "packed", "unpacked", "with_values"]
