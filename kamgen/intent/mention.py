"""Where a plan mentions one of the customer's people, by id or by name, and what is to be written there when the person is called otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kamgen.diagnostic import FieldPath
from kamgen.edit import Change, Remove, Set
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, TableOf
from kamgen.model.plan import Plan
from kamgen.model.record import keys


def renamed(plan: Plan, tree: Mapping[str, Any], index: int, facts: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes of a plan's text that keep every mention of a person, who gets another id or name: id for id, name for name.

    `tree` is the front matter as it is written. Where another has the new name, or it as an id, the id stands in the place of the name.
    What `visibility` says of the person is kept too.
    """
    words = _words(plan, index, facts)
    told = tuple(Set(path, words[text.strip()]) for path, text in mentions(tree) if words.get(text.strip(), text) != text)
    return (*told, *_of_visibility(tree, plan.contacts[index].id, str(facts.get("id", plan.contacts[index].id))))


def _words(plan: Plan, index: int, facts: Mapping[str, Any]) -> dict[str, str]:
    """What means the person now, and what will; a name that others have, or have as an id, does not mean this one."""
    one, others = plan.contacts[index], [*plan.contacts[:index], *plan.contacts[index + 1 :]]
    taken = {name for other in others for name in (other.id, other.name)}
    id, name = str(facts.get("id", one.id)), str(facts.get("name", one.name))
    by_name = {one.name: id if name in taken else name} if one.name not in taken else {}
    return {**by_name, one.id: id}


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
