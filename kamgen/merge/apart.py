"""Two calls with one person on one day: kamgen gives both the same id, and where two branches wrote them down, one of them gets a number.

Ours keeps its id. What both have taken over from each other in an earlier merge is known by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kamgen.diagnostic import Message
from kamgen.edit import CannotEditError, Set, edit
from kamgen.frozen import Frozen
from kamgen.merge.identity import is_made, pairs, without_number
from kamgen.merge.meaning import TOGETHER, merge
from kamgen.merge.side import Side, read_text

LIST: Final = "activities"
ONE_THING: Final = TOGETHER[LIST] - {"time"}
"""Keys in which two calls of one id agree: where they do not, it may be one call that two people know otherwise."""


class Apart(Frozen):
    """Their side, in which no activity has the id of another of ours, and what is worth telling of it."""

    side: Side
    notes: tuple[Message, ...] = ()


def told_apart(base: Side, ours: Side, theirs: Side) -> Apart:
    """Their side as it is to be merged. It stays as it is where its text cannot be changed so, or refers to such an id elsewhere."""
    account = str(ours.tree.get("account") or theirs.tree.get("account") or "-")
    was, here, there = (_activities(side) for side in (base, ours, theirs))
    ids = {index: made for index, made in _ids(_new(was, here), _new(was, there), _taken(here, there)) if not _refers(theirs, there[index]["id"])}
    try:
        text = edit(theirs.text.encode(), [Set((LIST, index, "id"), made) for index, made in ids.items()]).decode()
    except CannotEditError:
        return Apart(theirs)
    side = read_text(text) if ids else None
    told = {there[index]["id"]: made for index, made in ids.items() if made not in _taken(here, ())}
    notes = tuple(Message("merge.apart", {"account": account, "id": old, "made": made}) for old, made in told.items())
    return Apart(side, notes) if side else Apart(theirs)


def _activities(side: Side) -> list[Any]:
    found = side.tree.get(LIST)
    return found if isinstance(found, list) else []


def _new(was: Sequence[Any], now: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """What a side has added under an id that kamgen made."""
    known = pairs(was, now, LIST)
    return {index: item for index, item in enumerate(now) if index not in known and is_made(item)}


def _taken(*sides: Sequence[Any]) -> set[str]:
    return {str(item.get("id")) for side in sides for item in side if isinstance(item, dict)}


def _ids(here: dict[int, dict[str, Any]], there: dict[int, dict[str, Any]], taken: set[str]) -> Iterator[tuple[int, str]]:
    """The new ids of theirs: that of the same in ours, or the next number."""
    by_words = {without_number(item): item["id"] for item in here.values()}
    by_id = {item["id"]: item for item in here.values()}
    for index, item in there.items():
        same = by_words.get(without_number(item))
        if same or (item["id"] in by_id and _are_two(by_id[item["id"]], item)):
            made = same or _numbered(item["id"], taken)
            taken.add(made)
            if made != item["id"]:
                yield index, made


def _are_two(here: dict[str, Any], there: dict[str, Any]) -> bool:
    """Whether two of one id say different things of the same day."""
    return all(here.get(name) == there.get(name) for name in ONE_THING) and bool(merge({}, here, there).clashes)


def _numbered(given: str, taken: set[str]) -> str:
    return next(word for number in range(2, len(taken) + 3) if (word := f"{given}-{number}") not in taken)


def _refers(side: Side, given: str) -> bool:
    """Whether something else in the plan speaks of an id: of the visibility of what is said there, say."""
    return bool(re.search(rf"(?<![\w-]){re.escape(given)}(?![\w-])", str({name: value for name, value in side.tree.items() if name != LIST})))
