"""What a problem is: where it stands, what it says, how grave it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from kamgen.frozen import Frozen

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


class Message(Frozen):
    """A sentence before it is put into words: the id of a catalogue entry and its values."""

    id: str
    values: Mapping[str, object] = MappingProxyType({})


class Problem(Frozen):
    """What the reader, the parser or the rule-set loader met.

    `kind` is the name of the rule that reports it; `field` is empty where no field is meant.
    """

    kind: str
    place: Place
    message: Message
    field: FieldPath = ()


def problem(message_id: str, place: Place, **values: object) -> Problem:
    """A problem of no field, whose kind is the first word of its message: `invalid-yaml.tab`."""
    return Problem(message_id.partition(".")[0], place, Message(message_id, values))


class Finding(Frozen):
    """What a rule yields: the field that is meant, and the values of its message.

    `variant` picks another sentence of the rule's (`no-next-activity.prospect`); `place` stands where the reader knew it.
    `period` is the year or the window that is meant, where the next one is another finding.
    `also` are fields that it speaks of too: where a graver rule says the same fact of one, this finding gives way to it, and less grave ones to this.
    `covers` are fields of which it says all that their own rule would: a less grave finding there gives way to it, and it to one at least as grave.
    `fact` is a field of which it says the same fact as the rules that its own gives way to, whoever says it: of all that do, in one plan,
    only the gravest speaks; of equals the one that is given way to, else the first.
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
    period: str = ""
    also: tuple[FieldPath, ...] = ()
    covers: tuple[FieldPath, ...] = ()
    fact: FieldPath = ()


class Diagnostic(Frozen):
    """A finding in the reader's words, with everything a report needs. `identity` is what makes it this finding and no other.

    `quotes` are words of the file in it that nobody knows the key of, and so not who may see them.
    A `waived` or `known` one is told as a note: a waiver in the plan, or a baseline, says that it may stand for now.
    """

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
    identity: tuple[str, ...]
    waived: bool = False
    known: bool = False
    quotes: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that stay the same when lines move: what baselines and code hosts know a finding by."""
        import hashlib  # noqa: PLC0415  (only reports for programs ask, and it costs a check of one plan 3 %)

        return hashlib.sha256("\0".join(self.identity).encode(errors="backslashreplace")).hexdigest()[:16]

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order of every report: by file and place, then by code and words."""
        return (self.path, self.line, self.column, self.code, self.message)


def dotted(path: FieldPath) -> str:
    """`("activities", 3, "date")` as people read it: `activities[3].date`, counted from 1 as in a list on paper."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")
