"""A person whom one side calls otherwise: what the other side says of the person follows the new id or name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kamgen import alphabet
from kamgen.edit import CannotEditError, edit, mention
from kamgen.frozen import Frozen
from kamgen.merge.side import Side, read_text

People = dict[str, str]
"""Id -> name of the customer's people, the id made of the name where none is written."""


class Renamed(Frozen):
    """What one side calls people by now: word -> word for ids and names, and id -> id."""

    words: Mapping[str, str]
    ids: Mapping[str, str]


def followed(base: Side, ours: Side, theirs: Side) -> tuple[Side, Side, Side]:
    """The three sides, each of which mentions people by what the others call them now. One whose text cannot be changed so stays as it is."""
    was, here, there = map(_people, (base, ours, theirs))
    by_ours, by_theirs = _renamed(was, here, there), _renamed(was, there, here)
    return _told(base, by_ours, by_theirs), _told(ours, by_theirs), _told(theirs, by_ours)


def _people(side: Side) -> People:
    """Those of a side; a name that two share means nobody."""
    found = [(_id(item), str(item.get("name") or "").strip()) for item in _items(side.tree.get("contacts"))]
    often = Counter(name for _, name in found)
    return {id: name for id, name in found if id and often[name] == 1}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _id(item: Mapping[str, Any]) -> str:
    name = str(item.get("name") or "").strip()
    return str(item.get("id") or "").strip() or alphabet.slug(name) or name


def _renamed(was: People, now: People, other: People) -> Renamed:
    """Who has another id under the same name, or another name under the same id; nothing that means somebody else on the other side."""
    by_name = {name: id for id, name in now.items() if name}
    ids = {id: by_name[name] for id, name in was.items() if id not in now and name in by_name and by_name[name] not in was}
    names = {name: now[id] for id, name in was.items() if name and now.get(id) and name != now[id] and name not in by_name}
    fresh = {word for id, name in other.items() if id not in was for word in (id, name)}
    return Renamed(
        {old: new for old, new in (*names.items(), *ids.items()) if new not in fresh}, {old: new for old, new in ids.items() if new not in fresh}
    )


def _told(side: Side, *renamed: Renamed) -> Side:
    for one in renamed:
        side = _written(side, one)
    return side


def _written(side: Side, renamed: Renamed) -> Side:
    changes: Iterable[Any] = mention.renamed(side.tree, renamed.words, renamed.ids)
    try:
        text = edit(side.text.encode(), changes).decode() if side.text and changes else side.text
    except CannotEditError:
        return side
    return side if text == side.text else read_text(text) or side
