"""What a problem is: where it stands, what it says, how grave it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

FieldPath = tuple[str | int, ...]
"""The way from the top of a plan to a value: `("activities", 3, "date")`."""


class Severity(IntEnum):
    """How grave a finding is; only `ERROR` fails a build, `OFF` is never reported."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word of rule sets, reports and pages: `error`, `warning`, `info`, `off`."""
        return self.name.lower()


SEVERITIES: Mapping[str, Severity] = {severity.word: severity for severity in Severity}


class Place(NamedTuple):
    """Line and column in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence before it is put into words: the id of a catalogue entry and its values."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """What the reader, the parser or the rule-set loader met.

    `kind` is the name of the rule that reports it; `field` is empty where no field is meant.
    """

    kind: str
    place: Place
    message: Message
    field: FieldPath = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: the field that is meant, and the values of its message.

    `variant` picks another sentence of the rule's (`no-next-activity.prospect`); `place` stands where the reader knew it.
    `contact` and `requirement` are what a waiver may narrow to; `account` says whose plan is meant, in a rule of the portfolio.
    """

    field: FieldPath
    values: Mapping[str, object]
    variant: str = ""
    place: Place | None = None
    message: Message | None = None
    contact: str | None = None
    requirement: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in the reader's words, with everything a report needs."""

    path: str
    line: int
    column: int
    code: str
    rule: str
    severity: Severity
    message: str
    help: str
    account: str | None
    owner: str | None
    field: str
    fingerprint: str
    waived: bool = False

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order of every report: by file and place, then by code and words."""
        return (self.path, self.line, self.column, self.code, self.message)


def dotted(path: FieldPath) -> str:
    """`("activities", 3, "date")` as people read it: `activities[3].date`, counted from 1 as in a list on paper."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")
