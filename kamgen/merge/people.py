"""Who of the customer's people on one side of a merge is who of those that both began with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kamgen import alphabet
from kamgen.frozen import Frozen


class Person(Frozen):
    """One of `contacts`, at an `index`; the id is made of the name where none is written, and a name that two share is nobody's."""

    index: int
    id: str
    name: str
    item: Mapping[str, Any]


class Known(Frozen):
    """Who is who, id of the base -> person of the side. `doubtful` may be either of two: one has the id, another the name."""

    sure: Mapping[str, Person]
    doubtful: frozenset[str]
    new: tuple[Person, ...]


People = dict[str, Person]


def people(tree: Mapping[str, Any]) -> People:
    """The customer's people of a plan, by id; an id that two share is nobody's."""
    found = [(index, _id(item), str(item.get("name") or "").strip(), item) for index, item in _items(tree.get("contacts"))]
    ids, names = Counter(id for _, id, _, _ in found), Counter(name for _, _, name, _ in found)
    return {id: Person(index, id, name if names[name] == 1 else "", item) for index, id, name, item in found if id and ids[id] == 1}


def _items(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((index, item) for index, item in enumerate(value) if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _id(item: Mapping[str, Any]) -> str:
    name = str(item.get("name") or "").strip()
    return str(item.get("id") or "").strip() or alphabet.slug(name) or name


def known(was: People, now: People) -> Known:
    """Whoever has the id or the name of before, where nobody else has the other: those who are sure first, then who of the rest is left."""
    by_name = {person.name: id for id, person in now.items() if person.name}
    may = {id: {word for word in (id if id in now else None, by_name.get(person.name)) if word} for id, person in was.items()}
    sure: dict[str, str] = {}
    while found := _alone(may, sure):
        sure |= found
    doubtful = frozenset(id for id, those in may.items() if id not in sure and those - set(sure.values()))
    fresh = tuple(person for id, person in now.items() if id not in sure.values())
    return Known({id: now[other] for id, other in sure.items()}, doubtful, fresh)


def _alone(may: Mapping[str, set[str]], sure: Mapping[str, str]) -> dict[str, str]:
    """Those of the rest who can be one person only, and nobody else can be nothing but that one."""
    taken = set(sure.values())
    only = {id: left.pop() for id, those in may.items() if id not in sure and len(left := those - taken) == 1}
    often = Counter(only.values())
    return {id: other for id, other in only.items() if often[other] == 1}
