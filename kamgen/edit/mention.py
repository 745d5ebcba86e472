"""Where a plan's front matter mentions one of the customer's people, by id or by name, and the changes that write another word there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kamgen.diagnostic import FieldPath
from kamgen.edit.change import Change, Remove, Set
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, TableOf
from kamgen.model.plan import Plan
from kamgen.model.record import keys


def renamed(tree: Mapping[str, Any], words: Mapping[str, str], ids: Mapping[str, str]) -> tuple[Change, ...]:
    """The changes that write the new word for each of `words`, ids and names of people, wherever one is mentioned.

    What `visibility` says of those of whom `ids` tells the new id is kept too. `tree` is the front matter as it is written.
    """
    told = (Set(path, words[text.strip()]) for path, text in mentions(tree) if words.get(text.strip(), text) != text)
    return (*told, *(change for old, new in ids.items() for change in _of_visibility(tree, old, new)))


def mentions(tree: Mapping[str, Any]) -> Iterator[tuple[FieldPath, str]]:
    """Every place of the front matter that names one of the customer's people, and what stands there."""
    return _below(RecordOf(Plan), tree, ())


def _below(kind: Kind, here: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    match kind, here:
        case Reference("contact"), str():
            yield path, here
        case ListOf(item), list():
            for number, one in enumerate(here):
                yield from _below(item, one, (*path, number))
        case TableOf(_, value), dict():
            for name, one in here.items():
                yield from _below(value, one, (*path, name))
        case RecordOf(record), dict():
            for entry in keys(record):
                yield from _below(entry.kind, here.get(entry.name), (*path, entry.name))


def _of_visibility(tree: Mapping[str, Any], old: str, new: str) -> Iterator[Change]:
    """What is hidden stays hidden: the new entry comes before the old one goes."""
    own = tree.get("visibility")
    for said, word in own.items() if isinstance(own, dict) and old != new else ():
        if f"{said}.".startswith(before := f"contacts.{old}."):
            yield Set(("visibility", f"contacts.{new}.{f'{said}.'.removeprefix(before)}".rstrip(".")), word)
            yield Remove(("visibility", said))
