"""Text for every kind, and front matter in which every key of a record is filled; derived from the kinds and from nothing else."""

from __future__ import annotations

from typing import Any

from kamgen.model.kind import Kind, ListOf, Raw, RecordOf, Reference, Scalar, TableOf
from kamgen.model.record import keys

SAMPLES = {
    "text": "Two words",
    "prose": "A sentence, with a comma",
    "date": "2026-05-20",
    "month": "2026-05",
    "time": "10:00",
    "flag": "true",
    "id": "an-id",
    "currency": "DKK",
    "secret": "x7Gk2mQ9vR4tZ8bW",
    "email": "anna@example.org",
    "link": "https://example.org/x.pdf",
    "custom-key": "x_own",
    "share": "0.5",
    "margin": "-0.25",
    "amount": "1200.50",
    "number": "1",
    "tier": "A",
    "rate": "7.46",
}
IN_FILES = ("person", "product", "segment", "region", "account", "rule")
IN_RULES = ("tier", "activity-type", "requirement", "requirement-or-forum", "criterion", "attraction", "ability")
NAMES = {target: {"known": "known"} for target in (*IN_FILES, *IN_RULES)}
"""One of everything that a plan may refer to."""
IN_PLAN = {"contact": "an-id", "goal": "an-id", "offer": "an-id"}


def sample(kind: Scalar) -> str:
    """A text that fits a kind."""
    if kind.choices:
        return kind.choices[0]
    return str(kind.schema["minimum"]) if kind.name == "whole" else SAMPLES[kind.name]


def data(kind: Kind) -> Any:
    """Data, all of it text, that fits a kind."""
    match kind:
        case Scalar():
            return sample(kind)
        case Reference(target):
            return IN_PLAN.get(target, "known")
        case ListOf(item):
            return [data(item)]
        case TableOf(key, value):
            return {data(key): data(value)}
        case RecordOf(record):
            return record_data(record)
        case Raw():
            return {}


def record_data(record: Any) -> dict[str, Any]:
    """Every key of a record, filled."""
    return {entry.name: data(entry.kind) for entry in keys(record)}
