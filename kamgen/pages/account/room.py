"""What has no room on an account page: its largest parts stand on the page of the whole plan instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kamgen.model.plan import Plan
from kamgen.pages.account.blocks import Elsewhere, Part, Section

PAGE: Final = 120_000
"""Bytes of HTML that an account page may have, the theme's part included."""
FRAME: Final = 45_000
"""What the theme takes of them, and what stands above the sections, about."""
STAYS: Final = frozenset({"planned", "settled"})
"""Parts that always stay: what is to be done, and what was; they have their own limit."""
_MARKUP: Final = 80
_OF_TEXT: Final = 2.6
_OF_PERSON: Final = 1_200


def is_rich(plan: Plan, text: str) -> bool:
    """Whether the sections of a plan may need more room than they have: guessed from its text, for every page asks."""
    return _OF_TEXT * len(text.encode()) + _OF_PERSON * len(plan.contacts) > PAGE - FRAME


def weight(value: Any) -> int:
    """Bytes of HTML that a section, a part or a block takes, about."""
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, Sequence):
        return _MARKUP + sum(map(weight, value))
    return sum(weight(getattr(value, name)) for name in getattr(value, "__struct_fields__", ()))


def fitted(sections: Sequence[Section], taken: int) -> list[Section]:
    """The sections, the largest parts of which give way until they fit beside what is `taken` already."""
    left = PAGE - FRAME - taken
    weights = {(one.id, part.id): weight(part) for one in sections for part in one.parts}
    gone = _gone(weights, sum(weights.values()) - left)
    return [one._replace(parts=[_short(part) if (one.id, part.id) in gone else part for part in one.parts]) for one in sections]


def _gone(weights: dict[tuple[str, str], int], over: int) -> set[tuple[str, str]]:
    found = set()
    for place, size in sorted(weights.items(), key=lambda one: -one[1]):
        if over > 0 and place[1] not in STAYS:
            found.add(place)
            over -= size
    return found


def _short(part: Part) -> Part:
    return part._replace(blocks=[Elsewhere()])


def ids(sections: Iterable[Section]) -> set[str]:
    """Places in a page that can be linked to."""
    return {place for one in sections for place in (one.id, *(part.id for part in one.parts))}
