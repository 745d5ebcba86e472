"""What a frozen value is: every record of kamgen is one. The only door to msgspec."""

from __future__ import annotations

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


def unpacked(data: bytes, kind: Any) -> Any:
    """What `packed` was given, checked against its type; None where the bytes are of nothing like it."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


__all__ = ["Frozen", "FrozenMaker", "packed", "unpacked", "with_values"]
