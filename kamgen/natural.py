"""What an item of a list without an id is known by, so that another in its place is seen to be another, and the same one moved is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kamgen.diagnostic import FieldPath
from kamgen.node import MappingNode, Node, ScalarNode, child

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


def lasting(root: Node | None, field: FieldPath, words: list[str]) -> tuple[str, ...]:
    """A word for each step of a field that stays the same when items are reordered; `words` are those that are shown.

    An item is called by its id or its name; else by its day, if it has one, and by what it is about; else by a star: never by its number.
    """
    return tuple(_steps(root, field, words)) if any(isinstance(step, int) for step in field) else tuple(words)


def _steps(root: Node | None, field: FieldPath, words: list[str]) -> Iterator[str]:
    node = root
    for depth, (step, word) in enumerate(zip(field, words, strict=True)):
        node = child(node, step) if node else None
        if isinstance(step, int):
            shown = () if word == str(step + 1) else (word,)
            about = () if _given(node, LASTING) else _given(node, NATURAL.get(str(field[depth - 1]), ()))
            yield "\1".join((*shown, *about)) or "*"
        else:
            yield word


def _given(node: Node | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """What an item says under some keys, each with the key: a rule and a person are not told apart by their order."""
    items = node.items if isinstance(node, MappingNode) else {}
    found = ((name, items.get(name)) for name in names)
    return tuple(f"{name}={value.text}" for name, value in found if isinstance(value, ScalarNode) and value.text and not value.absent)
