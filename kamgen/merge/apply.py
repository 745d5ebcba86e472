"""From a tree to a text: the plan that says what the tree says and keeps what stands in the text already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kamgen.diagnostic import FieldPath
from kamgen.edit import Change, Insert, Remove, Set, edit
from kamgen.merge.identity import pairs
from kamgen.merge.side import Side


def applied(side: Side, tree: dict[str, Any], body: str, end: str) -> str:
    """The text of a side, changed so that it says `tree` and `body`. Raises CannotEditError."""
    text = edit(side.text.encode(), differences(side.tree, tree)).decode()
    head = text[: len(text) - len(side.body)]
    return head + (end if body and not head.endswith("\n") else "") + body


def differences(old: Any, new: Any, field: FieldPath = ()) -> Iterator[Change]:
    """The changes, one after the other, that make `new` of `old`; both are `told`."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from (change for name in new for change in differences(old.get(name), new[name], (*field, name)))
        yield from (Remove((*field, name)) for name in old if name not in new)
    elif isinstance(old, list) and isinstance(new, list) and (steps := _items(old, new, field)) is not None:
        yield from steps
    else:
        yield Set(field, new)


def _items(old: list[Any], new: list[Any], field: FieldPath) -> list[Change] | None:
    """What goes, from the end on; then what comes and what changes, from the beginning on. None where the order changes."""
    found = pairs(old, new, next((step for step in reversed(field) if isinstance(step, str)), ""))
    kept = [found[index] for index in range(len(new)) if index in found]
    if kept != sorted(kept) or not kept:
        return None
    steps: list[Change] = [Remove((*field, index)) for index in reversed(range(len(old))) if index not in kept]
    for index, item in enumerate(new):
        steps += differences(old[found[index]], item, (*field, index)) if index in found else [Insert(field, item, index)]
    return steps
