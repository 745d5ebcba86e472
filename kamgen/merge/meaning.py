"""Three trees into one: what a plan comes to when two people have changed it, and where they disagree. Nothing here knows of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kamgen.frozen import Frozen
from kamgen.merge.align import GONE, Entity, aligned
from kamgen.merge.identity import is_sure
from kamgen.merge.way import Way

TOGETHER: Final[Mapping[str, frozenset[str]]] = {"activities": frozenset({"date", "moved_from", "status", "time", "type"})}
"""Keys of an item that say one thing: a meeting that one side held and the other moved is neither."""
LATER: Final = "updated"
"""The key that no two people disagree about: the later day stands."""


class Clash(Frozen):
    """Both sides changed the same to something else. None where it is not there."""

    way: Way
    base: Any
    ours: Any
    theirs: Any


class Merged(Frozen):
    """What a value comes to: where the sides disagree, with our word and with theirs."""

    ours: Any
    theirs: Any
    clashes: tuple[Clash, ...] = ()


def told(value: Any) -> Any:
    """A value without the keys that say nothing: `null`, an empty list, an empty group."""
    if isinstance(value, list):
        return [told(item) for item in value]
    if not isinstance(value, dict):
        return value
    below = {name: told(item) for name, item in value.items()}
    return {name: item for name, item in below.items() if item is not None and item not in ([], {})}


def merge(base: Any, ours: Any, theirs: Any, way: Way = Way()) -> Merged:  # noqa: B008  (a frozen value)
    """The value at `way`, from what it was and what either side made of it; None is nothing. All of them are `told`."""
    if theirs in (ours, base):
        return Merged(ours, ours)
    if ours == base:
        return Merged(theirs, theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _groups(base if isinstance(base, dict) else {}, ours, theirs, way)
    if _are_lists(base, ours, theirs):
        return _lists(base or [], ours or [], theirs or [], way)
    if way.key == LATER and isinstance(ours, str) and isinstance(theirs, str):
        return Merged(max(ours, theirs), max(ours, theirs))
    return _disagree(base, ours, theirs, way)


def _are_lists(base: Any, ours: Any, theirs: Any) -> bool:
    """A list that is not there is an empty one, if there ever was one."""
    return isinstance(ours or theirs, list) and all(side is None or isinstance(side, list) for side in (base, ours, theirs))


def _disagree(base: Any, ours: Any, theirs: Any, way: Way) -> Merged:
    return Merged(ours, theirs, (Clash(way, base, ours, theirs),))


def _groups(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], way: Way) -> Merged:
    """Key by key; those that say one thing are not mixed."""
    mixed = _mixed(base, ours, theirs, TOGETHER.get(way.key, frozenset()))
    merged = {
        name: Merged(ours.get(name), theirs.get(name)) if name in mixed else merge(base.get(name), ours.get(name), theirs.get(name), way.to_key(name))
        for name in [*ours, *(name for name in theirs if name not in ours)]
    }
    in_ours = {name: one.ours for name, one in merged.items() if one.ours is not None}
    in_theirs = {name: one.theirs for name, one in merged.items() if one.theirs is not None}
    was, here, there = ({name: side[name] for name in side if name in mixed} for side in (base, ours, theirs))
    return Merged(in_ours, in_theirs, (*([Clash(way, was, here, there)] if mixed else []), *_clashes(merged.values())))


def _clashes(merged: Iterable[Merged]) -> tuple[Clash, ...]:
    return tuple(clash for one in merged for clash in one.clashes)


def _mixed(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], together: frozenset[str]) -> frozenset[str]:
    """Of the keys that say one thing those that the sides have otherwise, where both sides have changed some, and not to the same."""
    here, there = ({name for name in together if base.get(name) != side.get(name)} for side in (ours, theirs))
    apart = frozenset(name for name in together if ours.get(name) != theirs.get(name))
    return apart if here and there else frozenset()


def _lists(base: list[Any], ours: list[Any], theirs: list[Any], way: Way) -> Merged:
    """Item by item: each new one of theirs behind the one that it stands behind there."""
    entities = aligned(base, ours, theirs, way.key)
    if entities is None:
        return _disagree(base, ours, theirs, way)
    merged = [_item(entity, way, index) for index, entity in enumerate(entities)]
    in_ours = [one.ours for one in merged if one.ours is not GONE]
    in_theirs = [one.theirs for one in merged if one.theirs is not GONE]
    return Merged(in_ours or None, in_theirs or None, _clashes(merged))


def _item(entity: Entity, way: Way, index: int) -> Merged:
    was, here, there = entity.base, entity.ours, entity.theirs
    at = way.to_item(there if here is GONE else here, index)
    if was is GONE:
        return _new(here, there, at)
    if GONE not in (here, there):
        return merge(was, here, there, at)
    if was in (here, there):
        return Merged(GONE, GONE)
    clash = Clash(at, was, None if here is GONE else here, None if there is GONE else there)
    return Merged(here, there, (clash,))


def _new(here: Any, there: Any, way: Way) -> Merged:
    """What one side has added, or both."""
    if here is GONE:
        return Merged(there, there)
    if there in (GONE, here):
        return Merged(here, here)
    return merge({}, here, there, way) if is_sure(here, there, way.key) else _disagree(None, here, there, way)
