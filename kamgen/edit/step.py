"""A change of many things as changes of one thing each, so that what stays the same is not written again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kamgen.diagnostic import FieldPath
from kamgen.edit import order
from kamgen.edit.change import Change, Insert, Remove, Set, as_value, result
from kamgen.model.kind import Kind, ListOf, RecordOf, TableOf
from kamgen.model.record import keys


def steps(data: Any, change: Change) -> list[Change]:
    """The smallest changes that come to the same; none where nothing changes. Raises CannotEditError."""
    after = result(data, change)
    if after == data:
        return []
    if isinstance(change, Remove):
        return [change]
    kind = order.kind_at(change.field)
    if isinstance(change, Insert):
        value = arranged(as_value(change.value), kind.item if isinstance(kind, ListOf) else None)
        return [Insert(change.field, value, change.index)]
    return list(_differences(_found(data, change.field), arranged(as_value(change.value), kind), change.field))


def arranged(value: Any, kind: Kind | None) -> Any:
    """A value with the keys of its groups in the model's order."""
    if isinstance(value, list):
        return [arranged(item, kind.item if isinstance(kind, ListOf) else None) for item in value]
    if not isinstance(value, dict):
        return value
    below = _kinds(kind)
    first = [name for name in below if name in value]
    other = kind.value if isinstance(kind, TableOf) else None
    return {name: arranged(value[name], below.get(name, other)) for name in [*first, *(name for name in value if name not in below)]}


def _kinds(kind: Kind | None) -> dict[str, Kind]:
    return {entry.name: entry.kind for entry in keys(kind.record)} if isinstance(kind, RecordOf) else {}


class _Nothing:
    """What stands where nothing stands."""


def _found(data: Any, field: FieldPath) -> Any:
    for step in field:
        if isinstance(data, dict):
            data = data.get(str(step), _Nothing)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return _Nothing
    return data


def _differences(old: Any, new: Any, field: FieldPath) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and new:
        yield from (change for name, value in new.items() for change in _differences(old.get(name, _Nothing), value, (*field, name)))
        yield from (Remove((*field, name)) for name in old if name not in new)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _list_differences(old, new, field)
    else:
        yield Set(field, new)


def _list_differences(old: list[Any], new: list[Any], field: FieldPath) -> Iterator[Change]:
    """What is alike at both ends stays; between, item for item as far as both go, then what is added or goes."""
    ahead = next((index for index, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new)))
    shorter = min(len(old), len(new)) - ahead
    behind = next((index for index in range(shorter) if old[-1 - index] != new[-1 - index]), shorter)
    both = shorter - behind
    for index in range(ahead, ahead + both):
        yield from _differences(old[index], new[index], (*field, index))
    yield from (Insert(field, new[index], index) for index in range(ahead + both, len(new) - behind))
    yield from (Remove((*field, index)) for index in reversed(range(ahead + both, len(old) - behind)))
