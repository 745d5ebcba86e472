"""Where a new key belongs: the order of the model's records."""

from __future__ import annotations

from collections.abc import Iterable

from kamgen.diagnostic import FieldPath
from kamgen.model.kind import Kind, ListOf, RecordOf, TableOf
from kamgen.model.plan import Plan
from kamgen.model.record import keys


def kind_at(field: FieldPath) -> Kind | None:
    """What a field of a plan may hold; None for the company's own keys and what nobody knows."""
    kind: Kind | None = RecordOf(Plan)
    for step in field:
        match kind:
            case RecordOf(record):
                kind = next((entry.kind for entry in keys(record) if entry.name == step), None)
            case ListOf(below) | TableOf(_, below):
                kind = below
            case _:
                return None
    return kind


def names(field: FieldPath) -> tuple[str, ...]:
    """The keys of the group at `field` in their order; empty where keys are data or unknown."""
    kind = kind_at(field)
    return tuple(entry.name for entry in keys(kind.record)) if isinstance(kind, RecordOf) else ()


def before(field: FieldPath, name: str, present: Iterable[str]) -> str | None:
    """The key of the group at `field` behind which a new one belongs: the last for a key that nobody knows; None at the top."""
    known = names(field)
    there = list(present)
    if name not in known:
        return there[-1] if there else None
    earlier = [other for other in known[: known.index(name)] if other in there]
    return earlier[-1] if earlier else None
