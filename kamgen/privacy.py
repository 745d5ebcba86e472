"""Who may see what: a plan without the parts that are not for an audience (domain.md section 9)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Final

from kamgen.account import Account
from kamgen.diagnostic import Diagnostic
from kamgen.document import MappingNode
from kamgen.frozen import with_values
from kamgen.message import plain, say
from kamgen.model.kind import VISIBILITIES, Kind, ListOf, RecordOf, TableOf, Visibility
from kamgen.model.plan import Plan
from kamgen.model.record import NOTHING, Record, keys
from kamgen.parse import as_data

SHORT: Final = 4
"""Hidden words shorter than this say nothing by themselves, and would be found inside others."""
OUT: Final = "…"
RANK: Final[Mapping[str, int]] = {name: rank for rank, name in enumerate(VISIBILITIES)}


def own_words(account: Account) -> Mapping[str, str]:
    """The plan's own `visibility`, as it is written: field -> word. A word that is none of the three hides: better too little than too much."""
    node = account.document.root.items.get("visibility") if account.document.root else None
    if not isinstance(node, MappingNode):
        return {}
    written = ((name, as_data(child)) for name, child in node.items.items())
    return {name: word if word in VISIBILITIES else "private" for name, word in written if word is not None}


def visible(plan: Plan, audience: str, own: Mapping[str, str] | None = None) -> Plan:
    """The plan with every field that `audience` (`site` or `team`) may not see left out; never the account's name, tier or owner.

    `own` is what the plan says of its own fields, as in `own_words`; without it, its `visibility`.
    """
    shown: Plan = _visible(plan, "", plan.visibility if own is None else own, RANK[audience])
    return with_values(shown, account=plan.account, tier=plan.tier, owner=plan.owner)


def may_see(field: str, own: Mapping[str, str], audience: str) -> bool:
    """Whether a field, by its name like `contacts.anna-lind.phone`, is for the audience."""
    return not field or _rank(field, _declared(field.split(".")), own) <= RANK[audience]


@dataclass(frozen=True)
class Curtain:
    """What the audience may not read of an account, hung over the words of its findings."""

    account: Account
    audience: str

    def over(self, diagnostic: Diagnostic, language: str) -> Diagnostic:
        """A finding without hidden words; one in a hidden field only says that there is one."""
        if not may_see(diagnostic.field, self._own, self.audience):
            return with_values(diagnostic, message=say("site.hidden-finding", language=language), help="", field="")
        if self._hidden is None or not self._hidden.search(f"{diagnostic.message}\n{diagnostic.help}"):
            return diagnostic
        return with_values(diagnostic, message=self._hidden.sub(OUT, diagnostic.message), help=self._hidden.sub(OUT, diagnostic.help))

    @cached_property
    def _own(self) -> Mapping[str, str]:
        return own_words(self.account)

    @cached_property
    def _hidden(self) -> re.Pattern[str] | None:
        plan = self.account.plan
        if plan is None:
            return None
        hidden = set(_words(plan)) - set(_words(visible(plan, self.audience, self._own)))
        told = sorted((word for word in hidden if len(word) >= SHORT), key=lambda word: (-len(word), word))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, told))})(?!\w)") if told else None


def _words(value: Any) -> Iterator[str]:
    """Every text, number and date in a record, as a message would write it."""
    match value:
        case str():
            yield value
        case bool() | None:
            return
        case int() | Decimal() | dt.date():
            yield plain(value)
            yield str(value)
        case tuple() | list():
            for item in value:
                yield from _words(item)
        case Mapping():
            for name, item in value.items():
                yield from _words(name)
                yield from _words(item)
        case Record():
            cls: Any = value.__class__
            for _, attribute, _, _ in _fields(cls):
                yield from _words(getattr(value, attribute))
            yield from _words(value.custom)


def _declared(words: list[str]) -> Visibility:
    """The most private default along a field's name."""
    found: Visibility = "team" if any(word.startswith("x_") for word in words) else "site"
    kind: Kind = RecordOf(Plan)
    for word in words:
        if isinstance(kind, RecordOf):
            cls: Any = kind.record
            declared = next((key for key in keys(cls) if key.name == word), None)
            if declared is None:
                continue
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
    for name, attribute, visibility, nested in _fields(record.__class__):
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
    return with_values(record, **changes) if changes else record


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
