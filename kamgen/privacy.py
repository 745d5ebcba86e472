"""Who may see what: a plan without the parts that are not for an audience (domain.md section 9)."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from string import Formatter
from typing import Any, Final, NamedTuple

from kamgen import visibility
from kamgen.account import Account
from kamgen.diagnostic import Diagnostic
from kamgen.frozen import with_values
from kamgen.message import catalogue, plain, say
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, TableOf, Visibility
from kamgen.model.plan import Plan
from kamgen.model.record import NOTHING, Record, keys
from kamgen.node import NAMING, called
from kamgen.visibility import RANK, may_see, rank

SHORT: Final = 4
"""Hidden words shorter than this say nothing by themselves, and would be found inside others."""
OUT: Final = "…"


def own_words(account: Account) -> Mapping[str, str]:
    """The plan's own `visibility`, as it is written: field -> word."""
    return visibility.own_words(account.document)


def visible(plan: Plan, audience: str, own: Mapping[str, str] | None = None) -> Plan:
    """The plan with every field that `audience` (`site` or `team`) may not see left out; never the account's name, tier or owner.

    `own` is what the plan says of its own fields, as in `own_words`; without it, its `visibility`. What is not changed is the same object.
    """
    shown: Plan = _visible(plan, "", plan.visibility if own is None else own, RANK[audience])
    gone = {contact.id for contact in plan.contacts} - {contact.id for contact in shown.contacts}
    if gone:
        shown = _without(shown, frozenset(gone))
    if plan.body and not may_see("body", plan.visibility if own is None else own, audience):
        shown = with_values(shown, body="")
    if shown.account == plan.account and shown.tier == plan.tier and shown.owner == plan.owner:
        return shown
    return with_values(shown, account=plan.account, tier=plan.tier, owner=plan.owner)


@dataclass(frozen=True)
class Curtain:
    """What the audience may not read of an account, hung over the words of its findings. `shown` is what `visible` left of the plan."""

    account: Account
    shown: Plan | None
    audience: str

    def over(self, diagnostic: Diagnostic, language: str) -> Diagnostic:
        """A finding without hidden words; one in a hidden field only says that there is one."""
        if not may_see(diagnostic.field, self._own, self.audience):
            return with_values(diagnostic, message=say("site.hidden-finding", language=language), help="", field="")
        told = f"{diagnostic.message}\n{diagnostic.help}"
        if not any(word in told for word in self._hidden) or not self._pattern:
            return diagnostic
        open_to_all = (*self._open, *_said_by_kamgen(diagnostic.rule, language))
        message, advice = (self._pattern.sub(lambda word: _shown_or_out(word, open_to_all), said) for said in (diagnostic.message, diagnostic.help))
        return with_values(diagnostic, message=message, help=advice)

    @cached_property
    def _own(self) -> Mapping[str, str]:
        return own_words(self.account)

    @cached_property
    def _hidden(self) -> frozenset[str]:
        """The words of every part that is left out."""
        return frozenset(word for word in _lost(self.account.plan, self.shown) if len(word) >= SHORT)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """What is found nowhere in the parts that are shown."""
        words = sorted(self._hidden - self._open, key=lambda word: (-len(word), word))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None

    @cached_property
    def _open(self) -> frozenset[str]:
        """What the audience reads anyway: the words of every part that is shown, and the account's address."""
        return frozenset({*_words(self.shown), self.account.id, self.account.path})


def _shown_or_out(word: re.Match[str], shown: Iterable[str]) -> str:
    """A hidden word is left only inside of words that the audience reads anyway: the code QUICK in the name QUICK-Stop."""
    inside = (text for text in shown if len(text) > len(word[0]) and word[0] in text)
    return word[0] if any(word.string.find(text, max(0, word.end() - len(text)), word.start() + len(text)) >= 0 for text in inside) else OUT


@cache
def _said_by_kamgen(rule: str, language: str) -> frozenset[str]:
    """What the sentences of a rule say of every account: all but the values."""
    entries = (entry for name, entry in catalogue(language).items() if f"{name}.".startswith(f"{rule}."))
    sentences = (sentence for entry in entries for sentence in ([entry] if isinstance(entry, str) else entry.values()))
    return frozenset(words for sentence in sentences for words, *_ in Formatter().parse(sentence) if words)


def unquoted(diagnostic: Diagnostic) -> Diagnostic:
    """A finding without the words that it repeats of a line whose key is not known: they may be of a part that is hidden."""
    if not diagnostic.quotes:
        return diagnostic
    pattern = re.compile("|".join(map(re.escape, diagnostic.quotes)))
    words = {name: pattern.sub(OUT, getattr(diagnostic, name)) for name in ("message", "help", "field")}
    return with_values(diagnostic, **words, quotes=())


def _lost(whole: Any, shown: Any) -> Iterator[str]:
    """The words of what `whole` has and `shown` has not."""
    if whole is shown:
        return
    if isinstance(whole, Record) and isinstance(shown, Record):
        for name in (*_attributes(whole), "custom"):
            yield from _lost(getattr(whole, name), getattr(shown, name))
    elif isinstance(whole, tuple) and isinstance(shown, tuple) and len(whole) == len(shown):
        for one, other in zip(whole, shown, strict=True):
            yield from _lost(one, other)
    elif isinstance(whole, Mapping) and isinstance(shown, Mapping) and shown:
        for name, item in whole.items():
            yield from _lost(item, shown.get(name))
    elif whole != shown:
        yield from _words(whole)


def _words(value: Any) -> Iterator[str]:
    """Every text, number and date in a value, as a message would write it."""
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
            for name in (*_attributes(value), "custom"):
                yield from _words(getattr(value, name))


def _attributes(record: Any) -> Iterator[str]:
    return (field.attribute for field in _fields(record.__class__))


def _visible(record: Any, path: str, own: Mapping[str, str], allowed: int) -> Any:
    """A record with the parts that are shown. Where the plan says nothing of its own about a part, the defaults alone decide."""
    changes: dict[str, Any] = {}
    for field in _fields(record.__class__):
        value = getattr(record, field.attribute)
        if value is None or value == ():
            continue
        here = f"{path}.{field.name}" if own and path else field.name
        mine = own if own and (_concerns(here, own)) else NOTHING
        if (rank(here, field.default, mine) if mine else RANK[field.default]) > allowed:
            changes[field.attribute] = _blank(value)
        elif field.nested or mine:
            shown = (_nested if field.nested else _entries)(value, here, mine, allowed)
            if shown is not value:
                changes[field.attribute] = shown
    if record.custom and (kept := _custom(record.custom, path, own, allowed)) is not record.custom:
        changes["custom"] = kept
    return with_values(record, **changes) if changes else record


def _concerns(path: str, own: Mapping[str, str]) -> bool:
    """Whether the plan says something about a field, what holds it, or a part of it."""
    return any(f"{path}.".startswith(f"{said}.") or said.startswith(f"{path}.") for said in own)


def _custom(custom: Mapping[str, Any], path: str, own: Mapping[str, str], allowed: int) -> Mapping[str, Any]:
    """The company's own keys that are shown."""
    kept = {name: value for name, value in custom.items() if rank(f"{path}.{name}" if path else name, "team", own) <= allowed}
    return custom if len(kept) == len(custom) else kept


class Field(NamedTuple):
    """What a record's key means for its readers."""

    name: str
    attribute: str
    default: Visibility
    nested: bool


@cache
def _fields(cls: Any) -> tuple[Field, ...]:
    """The fields that the defaults may hide, or that the plan's own words may; in the order of the reference."""
    return tuple(Field(key.name, key.attribute, key.visibility, _has_records(key.kind)) for key in keys(cls))


def _has_records(kind: Kind) -> bool:
    return isinstance(kind, RecordOf) or (isinstance(kind, ListOf | TableOf) and _has_records(kind.item if isinstance(kind, ListOf) else kind.value))


def _nested(value: Any, path: str, own: Mapping[str, str], allowed: int) -> Any:
    if isinstance(value, tuple):
        if not own:
            shown = [_visible(item, path, own, allowed) for item in value]
        else:
            shown = [_whole(_item(item, index, path, own, allowed)) for index, item in enumerate(value)]
        return value if all(map(operator.is_, shown, value)) else tuple([item for item in shown if item is not None])
    if isinstance(value, Mapping):
        table = {name: _visible(item, f"{path}.{name}" if own else path, own, allowed) for name, item in value.items()}
        return value if all(table[name] is item for name, item in value.items()) else table
    return _visible(value, path, own, allowed)


def _item(item: Any, index: int, path: str, own: Mapping[str, str], allowed: int) -> Any:
    """The item of a list as it is shown. What hides it by its number hides it too where it has a name; a number never shows more."""
    here, number = f"{path}.{_name(item, index)}", f"{path}.{index + 1}"
    hiding = {
        f"{here}{said.removeprefix(number)}": word for said, word in own.items() if f"{said}.".startswith(f"{number}.") and RANK[word] > allowed
    }
    own = {**own, **hiding}
    return None if rank(here, "site", own) > allowed else _visible(item, here, own, allowed)


def _entries(value: Any, path: str, own: Mapping[str, str], allowed: int) -> Any:
    """A list or table of plain values without the entries that the plan hides by number or name."""
    if isinstance(value, tuple):
        return tuple(item for index, item in enumerate(value) if rank(f"{path}.{index + 1}", "site", own) <= allowed)
    if isinstance(value, Mapping):
        return {name: item for name, item in value.items() if rank(f"{path}.{name}", "site", own) <= allowed}
    return value


def _whole(record: Any) -> Any:
    """The item of a list, or None where a key that it cannot be without is hidden: nobody reads an activity without its date."""
    return None if record is None or any(getattr(record, attribute) is None for attribute in _required(record.__class__)) else record


@cache
def _required(cls: Any) -> tuple[str, ...]:
    return tuple(key.attribute for key in keys(cls) if key.required)


def _without(record: Any, gone: frozenset[str]) -> Any:
    """A record without its references to contacts who are hidden: an id is mostly a name."""
    kept = {key.attribute: _kept(getattr(record, key.attribute), key.kind, gone) for key in keys(record.__class__)}
    changes = {attribute: value for attribute, value in kept.items() if value is not getattr(record, attribute)}
    return with_values(record, **changes) if changes else record


def _kept(value: Any, kind: Kind, gone: frozenset[str]) -> Any:
    match kind:
        case Reference(target="contact"):
            return None if value in gone else value
        case ListOf() if value:
            kept = tuple([item for item in (_kept(item, kind.item, gone) for item in value) if item is not None])
            return value if len(kept) == len(value) and all(map(operator.is_, kept, value)) else kept
        case RecordOf() if value is not None:
            return _without(value, gone)
        case _:
            return value


def _name(item: Any, index: int) -> str:
    """The item's name as findings print it."""
    given = {name: str(value) for name, attribute in _naming(item.__class__) if (value := getattr(item, attribute)) is not None}
    return called(given, index)


@cache
def _naming(cls: Any) -> tuple[tuple[str, str], ...]:
    """The keys that an item is called by, with their attributes."""
    return tuple((key.name, key.attribute) for key in keys(cls) if key.name in NAMING)


def _blank(value: Any) -> Any:
    if isinstance(value, tuple):
        return ()
    return NOTHING if isinstance(value, Mapping) else None
