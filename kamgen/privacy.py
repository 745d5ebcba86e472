"""Who may see what: a plan without the parts that are not for an audience (domain.md section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from kamgen.model.kind import VISIBILITIES, Kind, ListOf, RecordOf, TableOf, Visibility
from kamgen.model.plan import Plan
from kamgen.model.record import NOTHING, Record, keys

RANK: Final[Mapping[str, int]] = {name: rank for rank, name in enumerate(VISIBILITIES)}


def visible(plan: Plan, audience: str) -> Plan:
    """The plan with every field that `audience` (`site` or `team`) may not see left out; never the account's name, tier or owner."""
    shown: Plan = _visible(plan, "", plan.visibility, RANK[audience])
    return replace(shown, account=plan.account, tier=plan.tier, owner=plan.owner)


def may_see(field: str, plan: Plan | None, audience: str) -> bool:
    """Whether a field, by its name like `contacts.anna-lind.phone`, is for the audience. Nothing of an unreadable plan is hidden by name."""
    if plan is None:
        return True
    return _rank(field, _declared(field.split(".")), plan.visibility) <= RANK[audience]


def _declared(words: list[str]) -> Visibility:
    """The most private default along a field's name."""
    found: Visibility = "team" if any(word.startswith("x_") for word in words) else "site"
    kind: Kind = RecordOf(Plan)
    for word in words:
        if isinstance(kind, RecordOf):
            declared = next((key for key in keys(kind.record) if key.name == word), None)
            if declared is None:
                return found
            found = max(found, declared.visibility, key=RANK.__getitem__)
            kind = declared.kind
        elif isinstance(kind, ListOf):
            kind = kind.item
        elif isinstance(kind, TableOf):
            kind = kind.value
    return found


def _rank(path: str, default: Visibility, own: Mapping[str, str]) -> int:
    """The plan's own word for a field or the nearest part that holds it, else the default. A part never shows more than what holds it."""
    words = path.split(".")
    said = [own[prefix] for count in range(1, len(words) + 1) if (prefix := ".".join(words[:count])) in own]
    return max((RANK[word] for word in said), default=RANK[default])


def _visible(record: Any, path: str, own: Mapping[str, str], allowed: int) -> Any:
    changes: dict[str, Any] = {}
    for name, attribute, visibility, nested in _fields(type(record)):
        value = getattr(record, attribute)
        if value is None or value == ():
            continue
        here = f"{path}.{name}" if path else name
        if _rank(here, visibility, own) > allowed:
            changes[attribute] = _blank(value)
        elif nested:
            shown = _nested(value, here, own, allowed)
            if shown is not value:
                changes[attribute] = shown
    if record.custom and _rank(f"{path}.x_" if path else "x_", "team", own) > allowed:
        changes["custom"] = {name: value for name, value in record.custom.items() if own.get(f"{path}.{name}".removeprefix("."), "team") == "site"}
    return replace(record, **changes) if changes else record


@cache
def _fields(cls: Any) -> tuple[tuple[str, str, Visibility, bool], ...]:
    return tuple((key.name, key.attribute, key.visibility, _has_records(key.kind)) for key in keys(cls))


def _has_records(kind: Kind) -> bool:
    return isinstance(kind, RecordOf) or (isinstance(kind, ListOf | TableOf) and _has_records(kind.item if isinstance(kind, ListOf) else kind.value))


def _nested(value: Any, path: str, own: Mapping[str, str], allowed: int) -> Any:
    if isinstance(value, Record):
        return _visible(value, path, own, allowed)
    if isinstance(value, tuple):
        shown = tuple(_visible(item, f"{path}.{_name(item, index)}", own, allowed) for index, item in enumerate(value))
        return value if all(one is other for one, other in zip(shown, value, strict=True)) else shown
    return {name: _visible(item, f"{path}.{name}", own, allowed) for name, item in value.items()}


def _name(item: Any, index: int) -> str:
    return getattr(item, "id", None) or str(index + 1)


def _blank(value: Any) -> Any:
    if isinstance(value, tuple):
        return ()
    return NOTHING if isinstance(value, Mapping) else None
