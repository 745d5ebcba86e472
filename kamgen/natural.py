"""What an item of a list without an id is known by, so that another in its place is seen to be another, and the same one moved is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kamgen.diagnostic import FieldPath
from kamgen.node import MappingNode, Node, ScalarNode

NATURAL: Final[Mapping[str, tuple[str, ...]]] = {
    "absent_roles": ("function", "buying_role"),
    "actions": ("text",),
    "agreements": ("title", "kind", "start"),
    "assignments": ("text", "year"),
    "care": ("touch",),
    "care_excluded": ("touch",),
    "complaints": ("text",),
    "costs": ("year",),
    "documents": ("title",),
    "future_projects": ("text",),
    "goals": ("text",),
    "history": ("year",),
    "issues": ("text",),
    "kpis": ("text",),
    "needs": ("text",),
    "offers": ("text",),
    "opportunities": ("text",),
    "problems": ("area", "text"),
    "rates": ("currency",),
    "risks": ("text",),
    "sales": ("product",),
    "service": ("year",),
    "strategies": ("text",),
    "strengths": ("text",),
    "team": ("person",),
    "threats": ("text",),
    "waivers": ("rule", "contact", "requirement"),
    "weaknesses": ("text",),
}
"""By the name of a list. Where items have a day, it is one of the words already; an id or a name says all."""
LASTING: Final = ("id", "name", "key")


def lasting(trail: list[Node], field: FieldPath, words: list[str]) -> tuple[str, ...]:
    """A word for each step of a field that stays the same when items are reordered; `trail` are the nodes on the way, `words` those that are shown.

    An item is called by its id or its name; else by its day, if it has one, and by what it is about; else by a star: never by its number.
    """
    said = list(words)
    for depth, step in enumerate(field):
        if isinstance(step, int):
            node = trail[depth + 1] if depth + 1 < len(trail) else None
            items = node.items if isinstance(node, MappingNode) else {}
            shown = [] if said[depth] == str(step + 1) else [said[depth]]
            about = [] if _given(items, LASTING) else _given(items, NATURAL.get(str(field[depth - 1]), ()))
            said[depth] = "\1".join([*shown, *about]) or "*"
    return tuple(said)


def _given(items: Mapping[str, Node], names: tuple[str, ...]) -> list[str]:
    """What an item says under some keys, each with the key: a rule and a person are not told apart by their order."""
    found = [(name, items[name]) for name in names if name in items]
    return [f"{name}={value.text}" for name, value in found if isinstance(value, ScalarNode) and value.text and not value.absent]
