"""What a change of a plan is, and what it means: the data before it -> the data after it. Nothing here knows of text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from kamgen import alphabet
from kamgen.diagnostic import FieldPath, Message, dotted
from kamgen.frozen import Frozen
from kamgen.message import render

Value = str | list[Any] | dict[str, Any] | None
"""What a file can hold: text, lists and groups of them; None is what is not given (`null`)."""


class CannotEditError(Exception):
    """A change that cannot be made so that everything else stays; nothing was written. Its text is a sentence for the user.

    `kind` is the name of the rule that says the same of a file (`not-utf8`, `conflict-marker`, ...), where there is one.
    """

    def __init__(self, message: Message, kind: str = "") -> None:
        super().__init__(render(message))
        self.message = message
        self.kind = kind


class Set(Frozen):
    """The value at `field` is to be `value`. What is missing on the way there is made: `("company", "city")`."""

    field: FieldPath
    value: object


class Remove(Frozen):
    """The key or the item at `field` is to go, with the comment on its line."""

    field: FieldPath


class Insert(Frozen):
    """The list at `field` is to have one more item: before the item `index`, which counts from 0, else at its end."""

    field: FieldPath
    value: object
    index: int | None = None


Change = Set | Remove | Insert
HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character: text of other programs that no file can hold."""


def as_value(value: object) -> Value:
    """A value as a plan writes it: dates in ISO form, numbers without exponents, `true` and `false`. Raises CannotEditError."""
    match value:
        case None:
            return None
        case str():
            return _permitted(value)
        case Mapping():
            return {_permitted(str(name)): as_value(below) for name, below in value.items()}
        case list() | tuple():
            return [as_value(below) for below in value]
        case _:
            return _written(value)


def _written(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dt.time():
            return value.isoformat(timespec="minutes")
        case dt.date():
            return value.isoformat()
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case _:
            raise TypeError(value)


def _permitted(text: str) -> str:
    """The text itself. Raises CannotEditError where it holds a character that no plan may hold (KAM002)."""
    strange = alphabet.FORBIDDEN.search(text) or HALF.search(text)
    if strange:
        trouble = alphabet.trouble(strange[0])
        raise CannotEditError(Message(f"not-utf8.{trouble}", {"name": alphabet.name(strange[0])}), "not-utf8")
    return text


def result(data: Any, change: Change) -> Any:
    """The data after a change; `data` itself is left as it is. Raises CannotEditError where the field cannot be there."""
    match change:
        case Set():
            return _at(data, change.field, lambda _: as_value(change.value), change.field)
        case Insert():
            return _at(data, change.field, lambda old: _inserted(old, change), change.field)
        case _:
            above, last = change.field[:-1], change.field[-1]
            return _at(data, above, lambda old: _without(old, last, change.field), change.field)


def _at(data: Any, steps: FieldPath, change: Any, field: FieldPath) -> Any:
    if not steps:
        return change(data)
    step, rest = steps[0], steps[1:]
    if isinstance(step, str) and (data is None or isinstance(data, dict)):
        return {**(data or {}), step: _at((data or {}).get(step), rest, change, field)}
    if isinstance(step, int) and isinstance(data, list) and 0 <= step < len(data):
        return [*data[:step], _at(data[step], rest, change, field), *data[step + 1 :]]
    raise nowhere(field)


def _inserted(old: Any, change: Insert) -> list[Any]:
    items = [] if old is None else old
    index = len(items) if change.index is None else change.index
    if not isinstance(items, list) or not 0 <= index <= len(items):
        raise nowhere(change.field)
    return [*items[:index], as_value(change.value), *items[index:]]


def _without(old: Any, last: str | int, field: FieldPath) -> Any:
    if isinstance(old, dict) and last in old:
        return {name: value for name, value in old.items() if name != last}
    if isinstance(old, list) and isinstance(last, int) and 0 <= last < len(old):
        return [*old[:last], *old[last + 1 :]]
    raise nowhere(field)


def nowhere(field: FieldPath) -> CannotEditError:
    """The plan has no such place, or something else stands there."""
    return CannotEditError(Message("edit.nowhere", {"field": dotted(field)}))
