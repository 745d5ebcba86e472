"""Three lists as one: every item that is in any of them, once, with what each of them has of it, in an order that fits both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kamgen.frozen import Frozen
from kamgen.merge.identity import pairs, twins

GONE: Final = object()
"""What a list has that does not have the item."""
Seen = tuple[str, int]


class Entity(Frozen):
    """An item, in each of the lists: GONE where it is not there."""

    base: Any
    ours: Any
    theirs: Any


def aligned(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], name: str) -> list[Entity] | None:
    """Every item of ours and of theirs. None where both have put them into another order, or new ones in place of the same one."""
    here, there = _seen(pairs(base, ours, name), ours, "ours"), _seen(pairs(base, theirs, name), theirs, "theirs")
    there = _with_twins(here, there, ours, theirs, name)
    if _rivals(len(base), here, there):
        return None
    order = _order(here, there)
    if order is None:
        return None
    was = {("base", index): item for index, item in enumerate(base)}
    mine, others = dict(zip(here, ours, strict=True)), dict(zip(there, theirs, strict=True))
    return [Entity(was.get(seen, GONE), mine.get(seen, GONE), others.get(seen, GONE)) for seen in order]


def _seen(found: dict[int, int], items: Sequence[Any], side: str) -> list[Seen]:
    """A list as what its items are: one of the base, or new on that side."""
    return [("base", found[index]) if index in found else (side, index) for index in range(len(items))]


def _with_twins(here: list[Seen], there: list[Seen], ours: Sequence[Any], theirs: Sequence[Any], name: str) -> list[Seen]:
    """Theirs, where what both sides have added is called as it is called in ours."""
    new_here = [index for index, (side, _) in enumerate(here) if side == "ours"]
    new_there = [index for index, (side, _) in enumerate(there) if side == "theirs"]
    alike = twins([ours[index] for index in new_here], [theirs[index] for index in new_there], name)
    renamed = {new_there[one]: here[new_here[other]] for one, other in alike.items()}
    return [renamed.get(index, seen) for index, seen in enumerate(there)]


def _rivals(length: int, here: list[Seen], there: list[Seen]) -> bool:
    """Whether both took the same item out, and one put something new into its place: perhaps the same, said otherwise."""
    gone = set(range(length)) - {number for side, number in (*here, *there) if side == "base"}
    return any(gone & set(range(low + 1, high)) for side in (here, there) for low, high in _places_of_new(side, set(here) & set(there), length))


def _places_of_new(side: list[Seen], both: set[Seen], length: int) -> Iterator[tuple[int, int]]:
    """Between which items of the base each one stands that only this side has put in."""
    for index, seen in enumerate(side):
        if seen[0] != "base" and seen not in both:
            before = [number for name, number in side[:index] if name == "base"]
            behind = [number for name, number in side[index:] if name == "base"]
            yield (before[-1] if before else -1), (behind[0] if behind else length)


def _order(here: list[Seen], there: list[Seen]) -> list[Seen] | None:
    """Our order, or theirs where only they have changed it; new ones behind what they stand behind on their side."""
    both = set(here) & set(there)
    kept_here, kept_there = ([seen for seen in side if seen in both] for side in (here, there))
    if kept_here == kept_there or _is_as_before(kept_there):
        return _woven(here, there, first="ours")
    return _woven(there, here, first="theirs") if _is_as_before(kept_here) else None


def _is_as_before(seen: list[Seen]) -> bool:
    numbers = [number for side, number in seen if side == "base"]
    return numbers == sorted(numbers)


def _woven(spine: list[Seen], other: list[Seen], first: str) -> list[Seen]:
    """One order with what only the other has put in; at the same place what is new in ours stands first."""
    behind, others = _behind(spine, other), set(other)
    order: list[Seen] = []
    waiting = behind.get(None, [])
    for seen in spine:
        if first == "theirs" or seen[0] != "ours" or seen in others:
            order += waiting
            waiting = []
        order.append(seen)
        waiting = behind.get(seen, waiting)
    return order + waiting


def _behind(spine: list[Seen], other: list[Seen]) -> dict[Seen | None, list[Seen]]:
    """What only the other has put in, by what it stands behind there; None at the beginning."""
    known, place = set(spine), None
    behind: dict[Seen | None, list[Seen]] = {}
    for seen in other:
        if seen in known:
            place = seen
        else:
            behind.setdefault(place, []).append(seen)
    return behind
