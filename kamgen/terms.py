"""The terms of a rule set in words and numbers, each with who says so: what a tier asks for, what an activity can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from kamgen.diagnostic import FieldPath
from kamgen.force import origin
from kamgen.frozen import Frozen
from kamgen.message import has, say
from kamgen.model.kind import TableOf
from kamgen.model.record import Key, Record, keys
from kamgen.questions import QUESTIONS
from kamgen.rulebook import Rules
from kamgen.ruleset import ActivityType, Band, Requirement, Ruleset, Scoring, Tier

LINES: Final = (Requirement, ActivityType, Band)
"""Records that get a line each; of others the names are told."""
APART: Final = frozenset({"label", "extends", "tiers", "severities", "options"})
"""Keys that are told elsewhere: in a heading, or rule by rule."""
WORDS: Final[Mapping[str, str]] = {
    "care": "label.care.touch.",
    "works": "label.contacts.function.",
    "functions": "label.contacts.function.",
    "roles": "label.contacts.buying_role.",
    "blocks": "label.",
    "pages": "plan-too-long.",
    "present": "site.role.",
    "window": "rules.window.",
}
"""Where the words of a key's values stand in the catalogue; a value without a word there is told as it is written."""


class Term(Frozen):
    """A line of the terms: what it is about, what holds, who says so."""

    label: str
    words: str
    origin: str


def tier_terms(tier: Tier, rules: Rules) -> Iterator[Term]:
    """What a tier asks for, key by key; a key that is new in the records appears by itself."""
    for entry in keys(Tier):
        if entry.name not in APART:
            yield from _terms(entry, getattr(tier, entry.attribute), ("tiers", tier.id, entry.name), rules)


def set_terms(rules: Rules) -> Iterator[Term]:
    """What holds for all tiers."""
    for entry in keys(Ruleset):
        if entry.name not in APART:
            yield from _terms(entry, getattr(rules.ruleset, entry.attribute), (entry.name,), rules)


def _terms(entry: Key, value: Any, field: FieldPath, rules: Rules) -> Iterator[Term]:
    """The lines of one key: one, or one for each item of a table of records."""
    if isinstance(value, Scoring):
        for part in keys(Scoring):
            yield from _terms(part, getattr(value, part.attribute), (*field, part.name), rules)
    elif isinstance(entry.kind, TableOf) and value and all(isinstance(one, LINES) for one in value.values()):
        yield Term(label_of(entry), "", "")
        for name, one in value.items():
            yield Term(f"  {getattr(one, 'label', None) or _word(entry.name, name)}", words_of(entry.name, one, rules), origin(rules, (*field, name)))
    else:
        yield Term(label_of(entry), words_of(entry.name, value, rules), origin(rules, field))


def label_of(entry: Key) -> str:
    """What people call a key; where the catalogue has no word, what it means."""
    return say(f"rules.key.{entry.name}") if has(f"rules.key.{entry.name}") else entry.meaning


def words_of(name: str, value: Any, rules: Rules) -> str:
    """A value in words and numbers."""
    match value:
        case Record():
            return _record(value, rules)
        case Mapping():
            return "; ".join(_counted(name, key, one) for key, one in value.items()) or _nothing(name)
        case tuple():
            return "; ".join(_word(name, one) for one in value) or _nothing(name)
        case bool():
            return say("rules.yes" if value else "rules.no")
        case None:
            return _nothing(name)
        case _:
            return say("rules.questions", n=value, whole=len(QUESTIONS)) if name == "questions" else _word(name, value)


def _nothing(name: str) -> str:
    """What an empty key means."""
    return say(f"rules.none.{name}" if has(f"rules.none.{name}") else "rules.none")


def _record(value: Record, rules: Rules) -> str:
    """An item of a table that has a line of its own."""
    if isinstance(value, Requirement):
        return _requirement(value, rules)
    if isinstance(value, ActivityType):
        place = "rules.type.physical" if value.physical else "rules.type.remote"
        return say("rules.type", n=_number(value.hours), place=say(place if value.customer else "rules.type.internal"))
    return _band(value, rules.ruleset.currency or "") if isinstance(value, Band) else ""


def _word(name: str, value: Any) -> str:
    known = f"{WORDS.get(name, 'rules.word.')}{value}"
    return say(known) if has(known) else _number(value)


def _number(value: Any) -> str:
    """A number as people write it: no zeros at its end."""
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _counted(name: str, key: str, value: Any) -> str:
    """An item of a table: its name, and how much it counts where that is a number."""
    if isinstance(value, Record):
        weight = getattr(value, "weight", None)
        return " ".join([getattr(value, "label", None) or key, *([_number(weight)] if weight not in {None, 1} else [])])
    return f"{_word(name, key)} {_number(value)}"


def _band(band: Band, currency: str) -> str:
    """`from 140,000 to below 390,000 DKK`."""
    variant = "between" if None not in {band.start, band.below} else "from" if band.start is not None else "below"
    return say(f"rules.band.{variant}", start=_number(band.start), below=_number(band.below), currency=currency).strip()


def _requirement(need: Requirement, rules: Rules) -> str:
    """`2 to 4 a year, for each person worked continuously`, and what counts."""
    parts = [f"{say(f'rules.often.{_often(need)}', low=need.min, high=need.max)}, {say(f'rules.per.{need.per}')}"]
    if need.present:
        parts.append(say("rules.present", roles=[_word("present", role).lower() for role in need.present]))
    types = rules.ruleset.activity_types
    counting = [(types[name].label or name) if name in types else name for name in need.types]
    if need.forums:
        parts.append(say("rules.counts.forums", types=counting, forums=need.forums))
    elif len(counting) > 1:
        parts.append(say("rules.counts", types=counting))
    return "; ".join(parts)


def _often(need: Requirement) -> str:
    """Which sentence says how often."""
    if need.agreed:
        return "agreed"
    if need.max is None:
        return "least" if need.min else "any"
    if need.min == need.max:
        return "exactly" if need.max else "none"
    return "between" if need.min else "most"


def as_data(value: Any) -> Any:
    """A value as JSON has it, with the keys of the file."""
    match value:
        case Record():
            return {entry.name: as_data(getattr(value, entry.attribute)) for entry in keys(type(value))}
        case Mapping():
            return {key: as_data(one) for key, one in value.items()}
        case tuple():
            return [as_data(one) for one in value]
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.date():
            return value.isoformat()
        case _:
            return value
