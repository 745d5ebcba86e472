"""A person whom one side calls otherwise: what the other side says of the person follows the new id or name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kamgen.edit import CannotEditError, Change, Set, edit, mention
from kamgen.frozen import Frozen
from kamgen.merge.people import Known, People, Person, known, people
from kamgen.merge.side import Side, read_text


class Followed(Frozen):
    """The three sides, each of which calls people what the others call them now, and those of the base of whom nobody can tell who is meant."""

    base: Side
    ours: Side
    theirs: Side
    doubts: tuple[Person, ...] = ()


class Named(Frozen):
    """What a person of the base is called in the end; without an id where the sides disagree about it."""

    id: str
    name: str


def followed(base: Side, ours: Side, theirs: Side) -> Followed:
    """The sides with everybody called the same. Where that is not certain for somebody, or a text cannot be changed so, they stay as they are.

    What both say of somebody is in doubt then, unless they have the same people: it could go to another, who has the id or the name by now.
    """
    was = people(base.tree)
    here, there = known(was, people(ours.tree)), known(was, people(theirs.tree))
    named = {id: _named(person, here.sure.get(id, person), there.sure.get(id, person)) for id, person in was.items()}
    sides = ((base, was), (ours, here.sure), (theirs, there.sure))
    if _is_certain(named, was, here, there):
        first, mine, others = (_told(side, who, named) for side, who in sides)
        if first and mine and others:
            return Followed(first, mine, others)
    if ours.tree.get("contacts") == theirs.tree.get("contacts"):
        return Followed(base, ours, theirs)
    asked = [id for id, to in named.items() if to != Named(id, was[id].name) or id in here.doubtful | there.doubtful]
    return Followed(
        base, ours, theirs, tuple(was[id] for id in asked if all(_says_more(id, base, was, *side) for side in ((ours, here), (theirs, there))))
    )


def _named(was: Person, here: Person, there: Person) -> Named:
    """What both call a person in the end; a name that cannot be told, or that the sides disagree about, is what it was."""
    names = [person.name for person in (was, here, there)]
    return Named(_three(was.id, here.id, there.id), (_three(*names) if all(names) else "") or was.name)


def _three(was: str, here: str, there: str) -> str:
    """The word that only one side has changed, or both to the same; empty where they disagree."""
    return here if there in (was, here) else there if here == was else ""


def _is_certain(named: Mapping[str, Named], was: People, *sides: Known) -> bool:
    """Whether nobody may be either of two, no id becomes that of two, and no new word is that of somebody whom a side has put in."""
    ids = [to.id for to in named.values()]
    words = {word for id, to in named.items() for word in {to.id, to.name} - {id, was[id].name}}
    fresh = {word for side in sides for person in side.new for word in (person.id, person.name)}
    return all(ids) and len(set(ids)) == len(ids) and not words & fresh and not any(side.doubtful for side in sides)


def _told(side: Side, who: Mapping[str, Person], named: Mapping[str, Named]) -> Side | None:
    """A side that calls everybody so; None where its text cannot be changed so."""
    called = [(person, named[id]) for id, person in who.items()]
    ids = {person.id: to.id for person, to in called if person.id != to.id}
    words = {person.name: to.name for person, to in called if person.name and person.name != to.name} | ids
    own = (Set(("contacts", person.index, "id"), to.id) for person, to in called if person.id != to.id)
    changes: tuple[Change, ...] = (*mention.renamed(side.tree, words, _freed_first(ids)), *own)
    try:
        return read_text(edit(side.text.encode(), changes).decode()) if changes else side
    except CannotEditError:
        return None


def _freed_first(ids: Mapping[str, str]) -> dict[str, str]:
    """The new ids in an order in which none is still somebody else's when it is given."""
    left, ordered = dict(ids), dict[str, str]()
    while left:
        old = next((old for old, new in left.items() if new not in left), next(iter(left)))
        ordered[old] = left.pop(old)
    return ordered


def _says_more(id: str, base: Side, was: People, side: Side, who: Known) -> bool:
    """Whether a side says of a person what the base does not, or perhaps of another, or has taken the person out."""
    return id not in who.sure or bool(set(_said(side, who.sure[id])) - set(_said(base, was[id])))


def _said(side: Side, person: Person) -> Iterator[str]:
    """The person's own entry, every item that mentions the person, and what may be seen of the person."""
    yield json.dumps(person.item)
    for path, text in mention.mentions(side.tree):
        if text.strip() in {person.id, person.name}:
            yield json.dumps(_item(side.tree[str(path[0])], *path[1:]))
    seen = side.tree.get("visibility")
    own = seen.items() if isinstance(seen, dict) else ()
    yield from (f"{name}: {word}" for name, word in own if f"{name}.".startswith(f"contacts.{person.id}."))


def _item(part: Any, *place: Any) -> Any:
    """What something stands in: the item of a list, or the part of the plan."""
    return part[place[0]] if place and isinstance(part, list) else part
