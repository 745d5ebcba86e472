"""Which item of one list is which of another: the same words, the same id, else what a person would know it by."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from kamgen import alphabet
from kamgen.identity import KEPT
from kamgen.natural import NATURAL

KNOWN_BY: Final[Mapping[str, tuple[str, ...]]] = {
    **NATURAL,
    "agreements": ("title",),
    "care": ("touch", "date", "contacts"),
    "competitors": ("name",),
    "complaints": ("date", "text"),
    "feedback": ("date", "source"),
    "issues": ("area", "text"),
    "partners": ("name",),
    "problems": ("text",),
    "reviews": ("date", "by"),
}
"""What an item without an id is known by, by the name of its list: by its day too where there may be two, and not by what one side may correct."""
ONE_OF_A_KIND: Final = frozenset({"care_excluded", "contacts", "costs", "history", "sales", "service", "team"})
"""Lists where nothing is there twice: what two people add about the same year is one item, and not two that look alike."""

NUMBER: Final = re.compile(r"-\d{1,2}$", re.ASCII)
"""What is put behind an id that is taken."""

Key = Callable[[Any], str | None]


def pairs(old: Sequence[Any], new: Sequence[Any], name: str) -> dict[int, int]:
    """For the items of `new`, by their number, which of `old` each one is. What cannot be told is left out."""
    found: dict[int, int] = {}
    for key in _levels(name):
        found |= _alike(old, new, key, found, by_number=key in {_whole, without_number})
    return found


def twins(ours: Sequence[Any], theirs: Sequence[Any], name: str) -> dict[int, int]:
    """The same of items that both sides have added: without a loose guess, for two new things may well look alike."""
    found = pairs(ours, theirs, "")
    return found | _alike(ours, theirs, _natural(name), found)


def is_sure(one: Any, other: Any, name: str) -> bool:
    """Whether two new items that look alike are one: they have the same id, or there can be only one."""
    return name in ONE_OF_A_KIND or _id(one) == _id(other) is not None


def _levels(name: str) -> Iterator[Key]:
    yield _whole
    if name == "activities":
        yield without_number
    yield _id
    yield _natural(name)
    if name == "activities":
        yield lambda item: _key(item, ("type",), _first_date(item)) if isinstance(item, dict) else None
        yield _as_it_was


def is_made(item: Any) -> bool:
    """Whether an activity has the id that kamgen makes of its day, its type and its first person; two calls may have the same."""
    return isinstance(item, dict) and (_id(item) or "").startswith("-".join(str(part) for part in (_first_date(item), item.get("type"))))


def without_number(item: Any) -> str | None:
    """What an activity with such an id says, without the number behind the id that a merge has given it."""
    return json.dumps({**item, "id": NUMBER.sub("", item["id"])}, sort_keys=True) if is_made(item) else None


def _natural(name: str) -> Key:
    if name == "activities":
        return lambda item: _key(item, ("type", "by", "contacts"), _first_date(item)) if isinstance(item, dict) else None
    if name == "contacts":
        return _contact
    return lambda item: _key(item, KNOWN_BY.get(name, ()))


def _whole(item: Any) -> str:
    return json.dumps(item, sort_keys=True)


def _id(item: Any) -> str | None:
    given = item.get("id") if isinstance(item, dict) else None
    return given if isinstance(given, str) else None


def _as_it_was(item: Any) -> str | None:
    """What an activity without an id is known by, and one that was given an id that keeps it when its type or day changed."""
    if not isinstance(item, dict):
        return None
    kept = KEPT.fullmatch(_id(item) or "")
    return json.dumps(kept.groups()[:2] if kept else [str(_first_date(item)), item.get("type")])


def _contact(item: Any) -> str | None:
    """A person's id, else what the name makes one; a name that makes none stands for itself."""
    name = item.get("name") if isinstance(item, dict) else None
    return _id(item) or (alphabet.slug(name) or name if isinstance(name, str) else None)


def _first_date(item: Any) -> Any:
    """The day that an activity was first planned for, which no move changes."""
    moved = item.get("moved_from")
    return moved[0] if isinstance(moved, list) and moved else item.get("date")


def _key(item: Any, names: tuple[str, ...], *more: Any) -> str | None:
    if not names or not isinstance(item, dict) or item.get(names[0]) is None:
        return None
    return json.dumps([*more, *(item.get(name) for name in names)], sort_keys=True)


def _alike(old: Sequence[Any], new: Sequence[Any], key: Key, found: Mapping[int, int], *, by_number: bool = False) -> dict[int, int]:
    """Items with the same key, one by one, if as many are on either side; of equal ones, as many as there are."""
    ours, theirs = _groups(old, key, set(found.values())), _groups(new, key, set(found))
    alike: dict[int, int] = {}
    for name, group in theirs.items():
        others = ours.get(name, [])
        if by_number or len(group) == len(others):
            alike |= {one: other for one, other in zip(group, others, strict=False) if by_number or _may_be_one(old[other], new[one])}
    return alike


def _may_be_one(one: Any, other: Any) -> bool:
    """Two ids are two things."""
    return None in {_id(one), _id(other)} or _id(one) == _id(other)


def _groups(items: Sequence[Any], key: Key, without: set[int]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        if number not in without and (name := key(item)) is not None:
            groups[name].append(number)
    return groups
