"""What is wrong with a rule set, told once and where it is written."""

from __future__ import annotations

from typing import Final

from kamgen.diagnostic import FieldPath, Message, Place, Problem, dotted
from kamgen.frozen import with_values
from kamgen.rulebook.layer import Rules

TOP: Final = Place(1, 1)
"""Where a problem stands until its layer is known."""
OF_A_VALUE: Final = frozenset({"wrong-value", "unknown-tier", "unknown-activity-type"})
"""Problems of what stands behind a key, and not of the key."""
FAMILY_NINE: Final = {"unknown-rule": "unknown-rule-or-option", "unknown-activity-type": "unknown-type"}


def at_its_layer(rules: Rules, problem: Problem) -> tuple[str, Problem]:
    """A problem of the merged text at the place of the layer that wrote it, under the kind of rule family 9 where it is one."""
    layer, place = rules.origin(problem.field)
    kind, field = FAMILY_NINE.get(problem.kind, problem.kind), (*layer.prefix, *problem.field)
    if problem.kind in OF_A_VALUE and problem.place is not TOP and rules.said(problem.field):
        place = problem.place
    return layer.path, with_values(problem, kind=kind, place=place, field=field, message=_in_full(problem, field))


def _in_full(problem: Problem, field: FieldPath) -> Message:
    """The message with the whole way to what it speaks of, as the file has it: to a key, or to the part in which one is wrong."""
    values = dict(problem.message.values)
    name, length = ("part", -1) if "part" in values else ("key", None)
    if problem.field[:length] and values.get(name) == dotted(problem.field[:length]):
        values[name] = dotted(field[:length])
    return Message(problem.message.id, values)


def distinct(told: tuple[tuple[str, Problem], ...]) -> tuple[tuple[str, Problem], ...]:
    """An inherited mistake is told once, of the tier that writes it: those come first."""
    seen: dict[tuple[str, Place, str, FieldPath], tuple[str, Problem]] = {}
    for path, problem in told:
        seen.setdefault((path, problem.place, problem.kind, problem.field[-1:]), (path, problem))
    return tuple(seen.values())
