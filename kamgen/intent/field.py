"""One field of a plan: which one is meant, what it may hold, and its new value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any, Final

from kamgen.diagnostic import FieldPath, Message
from kamgen.edit import Change, Remove, Set
from kamgen.frozen import Frozen
from kamgen.intent import Intended, refuse
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, Scalar, TableOf
from kamgen.model.plan import Plan
from kamgen.model.record import keys

CALLED: Final = ("id", "name", "product", "year", "title", "person", "key", "date", "text")
"""What an item of a list is called by on the command line."""
REASONS: Final = {"status": "status_reason", "tier": "tier_reason"}
"""Fields that have a field for the reason beside them."""


class Field(Frozen):
    """A field that is meant, and its kind; None for a company's own key."""

    path: FieldPath
    kind: Kind | None
    called: str
    """As it was asked for: `company.city`, `contacts.anna-lind.phone`."""


def field_of(words: str, data: dict[str, Any], contacts: Sequence[str]) -> Field:
    """The field that `company.city`, `contacts.anna-lind.phone`, `goals.g1.actual` or `sales.fittings.actual.2026` means.

    An item is called by its number, from 1, or its id, name, product, year ...; `contacts` are the ids of the contacts in their order.
    """
    kind: Kind | None = RecordOf(Plan)
    here: Any = data
    path: list[str | int] = []
    rest = words.strip()
    while rest:
        step, rest, kind = _step(kind, rest, here, path, contacts)
        path.append(step)
        here = _below(here, step)
    return Field(tuple(path), kind, words.strip())


def _step(kind: Kind | None, rest: str, here: Any, path: list[str | int], contacts: Sequence[str]) -> tuple[str | int, str, Kind | None]:
    first, _, more = rest.partition(".")
    match kind:
        case RecordOf(record):
            name = first.replace("-", "_")
            entry = next((entry for entry in keys(record) if entry.name == name), None)
            if entry is None and not first.startswith("x_"):
                raise _no_key(first, path, [entry.name for entry in keys(record)])
            return (entry.name if entry else first), more, (entry.kind if entry else None)
        case TableOf(_, below):
            return first, more, below
        case ListOf(below):
            number, more = _item(rest, here or [], path, contacts)
            return number, more, below
        case _:
            raise refuse("refuse.no-deeper", field=_called(path), step=first)


def _item(rest: str, items: list[Any], path: list[str | int], contacts: Sequence[str]) -> tuple[int, str]:
    """The item that the longest beginning of the words calls: names may have a full stop in them."""
    names = {str(number + 1): number for number in range(len(items))}
    for number, item in reversed(list(enumerate(items))):
        names |= {str(item[key]): number for key in reversed(CALLED) if isinstance(item, dict) and item.get(key)}
    names |= {contact: number for number, contact in enumerate(contacts)} if path == ["contacts"] else {}
    parts = rest.split(".")
    for length in range(len(parts), 0, -1):
        if (name := ".".join(parts[:length])) in names:
            return names[name], ".".join(parts[length:])
    known = tuple(_shown(items))
    raise refuse("refuse.no-item" if known else "refuse.no-item.empty", field=_called(path), text=parts[0], known=known)


def _shown(items: Iterable[Any]) -> Iterable[str]:
    for number, item in enumerate(items, start=1):
        yield next((str(item[key]) for key in CALLED if item.get(key)), str(number)) if isinstance(item, dict) else str(number)


def _no_key(name: str, path: list[str | int], known: list[str]) -> Exception:
    near = difflib.get_close_matches(name, known, n=1)
    where = Message("refuse.part", {"part": _called(path)}) if path else Message("refuse.the-plan")
    if near:
        return refuse("refuse.no-key.near", key=name, part=where, near=near[0])
    return refuse("refuse.no-key" if path else "refuse.no-key.plan", key=name, part=where, known=tuple(known))


def _called(path: Iterable[str | int]) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _below(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(str(step))
    return here[step] if isinstance(here, list) and isinstance(step, int) else None


def value_of(field: Field, values: Sequence[str]) -> str | list[str]:
    """The words as the field holds them: a list where it is one. Refused where the field is a part with fields of its own."""
    if isinstance(field.kind, ListOf) and isinstance(field.kind.item, Scalar | Reference):
        return list(values)
    if isinstance(field.kind, Scalar | Reference) or field.kind is None:
        return " ".join(values)
    raise refuse("refuse.a-part", field=field.called)


def put(data: dict[str, Any], field: Field, value: Any, reason: str | None = None) -> Intended:
    """A field with a new value, and its reason. Refused where it has no reason beside it."""
    beside = REASONS.get(str(field.path[0])) if len(field.path) == 1 else None
    if reason and not beside:
        raise refuse("refuse.no-reason", field=field.called)
    changes: tuple[Change, ...] = (Set(field.path, value), *((Set((beside,), reason),) if reason and beside else ()))
    values = {"field": field.called, "old": _words(found(data, field)), "new": _words(value)}
    told = Message("did.set" if values["old"] else "did.set-new", values)
    old = _outlived(data, field, value, reason)
    return Intended((*changes, *old.changes), (told, *old.told))


def _outlived(data: dict[str, Any], field: Field, value: Any, reason: str | None) -> Intended:
    """The reason of an earlier status goes with it, where an active account needs none."""
    if (field.path, value) != (("status",), "active") or reason or not data.get("status_reason"):
        return Intended((), ())
    return cleared(data, Field(("status_reason",), None, "status_reason"))


def cleared(data: dict[str, Any], field: Field) -> Intended:
    """A field that says nothing any more. One that is not there stays so."""
    old = found(data, field)
    if old is None:
        return Intended((), (Message("did.nothing-there", {"field": field.called}),))
    items = isinstance(old, list) and any(isinstance(one, dict) for one in old)
    told = Message("did.cleared.items", {"field": field.called, "n": len(old)}) if items else _was(field, old)
    return Intended((Remove(field.path),), (told,))


def _was(field: Field, old: Any) -> Message:
    return Message("did.cleared", {"field": field.called, "old": _words(old)})


def found(data: dict[str, Any], field: Field) -> Any:
    """What a field says now; None where it is not there."""
    here: Any = data
    for step in field.path:
        here = _below(here, step)
    return here


def _parts(value: Any) -> list[str]:
    """What a value says, part by part; of a part with fields of its own each of them."""
    if isinstance(value, dict):
        return [f"{name} {_words(below)}" for name, below in value.items()]
    return [_words(one) if isinstance(one, dict) else str(one) for one in value] if isinstance(value, list) else [str(value or "")]


def _words(value: Any) -> str:
    """A value on a line, not too long."""
    text = ", ".join(_parts(value))
    line = " ".join(text.split())
    return f"{line[:57]}..." if len(line) > 60 else line
