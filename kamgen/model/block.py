"""The parts of a plan that a tier can ask for: their names, when one is filled, how one begins, and which belong together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from kamgen.model.kind import Kind, ListOf, RecordOf, Scalar, TableOf
from kamgen.model.plan import Plan
from kamgen.model.record import Key, Record, keys
from kamgen.placeholder import says_something

NO_BLOCKS: Final = frozenset(
    {"account", "tier", "tier_reason", "owner", "status", "status_reason", "paused_until", "parent", "currency", "absent_roles"}
    | {"care_excluded", "waivers", "visibility"}
)
"""Keys that say what the account is to us, and exceptions: no tier can ask for them."""
KINDS: Final[Mapping[str, Kind]] = {entry.name: entry.kind for entry in keys(Plan) if entry.name not in NO_BLOCKS}
BLOCKS: Final = tuple(KINDS)
"""The parts of a plan that a tier can ask for, by their keys."""

EARNED: Final = frozenset({"agreements", "assignments", "sales", "costs", "service", "kpis", "meetings", "feedback", "complaints", "reviews"})
"""What only time with the customer brings: a prospect cannot have it, a new customer cannot have it yet."""

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "customer-file": (
        *("company", "cooperation", "agreements", "documents", "assignments", "contacts"),
        *("value_proposition", "needs", "decision_process", "competitors", "partners"),
    ),
    "performance": ("sales", "costs", "service", "kpis"),
    "opportunities-and-threats": ("swot",),
    "report-card": ("feedback", "complaints"),
    "goals-and-actions": ("goals", "success_factors", "strategies", "actions", "relationship_plan"),
    "long-term-issues": ("issues", "risks"),
}
"""The blocks of a plan as source 003 lays them out; each has its limit in pages."""

OPENING: Final[Mapping[str, tuple[str, ...]]] = {
    "company": ("situation", "challenges", "goals", "strategy"),
    "contacts": ("name", "title", "function", "buying_role"),
    "sales": ("product", "spend", "potential", "status"),
    "classification": ("profitability", "potential"),
    "needs": ("text", "gain", "agreed"),
    "decision_process": ("steps", "criteria", "style"),
    "competitors": ("name", "how"),
    "swot": ("strengths", "weaknesses", "opportunities", "threats"),
    "feedback": ("date", "score", "scale", "text"),
    "goals": ("id", "text", "measure", "baseline", "target", "start", "due", "owner"),
    "strategies": ("text", "why"),
    "actions": ("text", "owner", "due", "days"),
    "issues": ("text", "next_step"),
    "risks": ("text", "mitigation"),
    "kpis": ("text", "target"),
    "meetings": ("kam_meetings_per_year", "internal"),
    "agreements": ("title", "kind", "end"),
}
"""The keys that a block is begun with, where they are others than its required ones."""

FIRST: Final[Mapping[str, str]] = {"goals.id": "g1"}
"""What a key is begun with where another part refers to it."""


def is_filled(plan: Plan, block: str) -> bool:
    """Whether something is said in a part of the plan."""
    return says(getattr(plan, block))


def says(value: Any) -> bool:
    """Whether a value says something: a text that is no placeholder, anything in a list or a table, a record that is more than a form.

    A stub that was pasted and not filled in (`text: ...`) says nothing; nor does a key that repeats its default.
    """
    if not value:
        return value is not None and not isinstance(value, str | tuple | Mapping)
    if isinstance(value, str):
        return says_something(value)
    if isinstance(value, tuple):
        return any(map(says, value))
    if isinstance(value, Record):
        return _record_says(value)
    return not isinstance(value, Mapping) or any(map(says, value.values()))


def _record_says(record: Record) -> bool:
    required, others = _attributes(type(record))
    for attribute in required:
        if not says(getattr(record, attribute)):
            return False
    if required:
        return True
    return any(value != default and says(value) for value, default in ((getattr(record, attribute), default) for attribute, default in others))


@cache
def _attributes(cls: type[Record]) -> tuple[tuple[str, ...], tuple[tuple[str, Any], ...]]:
    """The required attributes of a record, and all of them with what they are where nothing is given."""
    declared = keys(cls)
    return tuple(entry.attribute for entry in declared if entry.required), tuple((entry.attribute, entry.default) for entry in declared)


@cache
def stub(block: str) -> str:
    """The first line of a part of the plan, to paste and to fill in: `goals: [{text: ..., measure: ...}]`. YAML, the same in every language."""
    return f"{block}: {_begun(KINDS[block], OPENING.get(block, ()), block)}"


def _begun(kind: Kind, chosen: tuple[str, ...] = (), block: str = "") -> str:
    match kind:
        case ListOf(item):
            return f"[{_begun(item, chosen, block)}]"
        case TableOf():
            return "{...: ...}"
        case RecordOf(cls):
            given = ((entry, FIRST.get(f"{block}.{entry.name}")) for entry in _opening(cls, chosen))
            return f"{{{', '.join(f'{entry.name}: {first or _begun(entry.kind)}' for entry, first in given)}}}"
        case Scalar(choices=(first, *_)):
            return first
        case _:
            return "..."


def _opening(cls: type[Any], chosen: tuple[str, ...]) -> tuple[Key, ...]:
    """The chosen keys of a record, else the required ones, else the first."""
    declared = keys(cls)
    if chosen:
        return tuple(entry for name in chosen for entry in declared if entry.name == name)
    return tuple(entry for entry in declared if entry.required) or declared[:1]
