"""What a value may be: the kinds that the records of a plan are made of.

A scalar kind turns text into a value (`convert`) and names the accepted form in words (`form`). Structure has three kinds:
a list, a table with free keys, a record. The parser and the JSON Schema are both derived from these and from nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal

from kamgen.diagnostic import Message
from kamgen.frozen import Frozen

Visibility = Literal["site", "team", "private"]
VISIBILITIES: Final[tuple[Visibility, ...]] = ("site", "team", "private")


class Scalar(Frozen, eq=False):
    """A kind of single value. `convert` raises ValueError for a text that does not fit."""

    name: str
    convert: Callable[[str], Any]
    form: Message
    schema: dict[str, Any]
    markdown: bool = False
    """Free text that the site renders as Markdown."""
    choices: tuple[str, ...] = ()
    """The words it may be, where they are few."""


class Reference(Frozen):
    """The id, or the exact name, of something that is defined elsewhere: a person, a contact, a product, a goal ..."""

    target: str


class ListOf(Frozen):
    """A list of one kind."""

    item: Kind


class TableOf(Frozen):
    """A mapping whose keys are data: years, names, requirement ids."""

    key: Scalar | Reference
    value: Kind


class RecordOf(Frozen):
    """A mapping with the keys of a record class."""

    record: type[Any]


class Raw(Frozen, eq=False):
    """A part that another reader types later: the rule set in a portfolio, the options of a rule."""

    form: Message
    schema: dict[str, Any]


Kind = Scalar | Reference | ListOf | TableOf | RecordOf | Raw

DAY: Final = re.compile(r"(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}")
MONTH_OF_YEAR: Final = re.compile(r"(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])")
CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
"""Fifteen digits before the point and six after: enough for any turnover, and sums stay exact in Python's decimals."""
DIGITS: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
"""A number of any length."""
NUMBERS: Final = frozenset({"number", "amount", "share", "margin", "rate"})
"""The names of the kinds of decimal numbers."""
HIGHEST_RATE: Final = 1_000_000
"""No currency is worth a million of another; a rate beyond it is a slip, and would make sums that no decimal holds."""
IDENTIFIER: Final = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
ACCOUNT_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CURRENCY: Final = re.compile(r"[A-Z]{3}")
UNGUESSABLE: Final = re.compile(r"[A-Za-z0-9_-]{16,128}")
EMAIL_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")
OWN_KEY: Final = re.compile(r"x_\S+")


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _email(text: str) -> str:
    """An address, or nothing: form editors write an empty text where nothing is filled in."""
    address = text.strip()
    return address and _matching(EMAIL_ADDRESS, address)


def _day(text: str) -> date:
    return date.fromisoformat(_matching(DAY, text))


def _clock(text: str) -> time:
    return time.fromisoformat(_matching(CLOCK, text))


def _flag(text: str) -> bool:
    return {"true": True, "false": False}[text] if text in {"true", "false"} else _refuse(text)


def _refuse(text: str) -> bool:
    raise ValueError(text)


def _number(minimum: Decimal | None, maximum: Decimal | None, text: str) -> Decimal:
    value = Decimal(_matching(NUMBER, text))
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        raise ValueError(text)
    return value


def _rate(text: str) -> Decimal:
    value = Decimal(_matching(NUMBER, text))
    if not 0 < value <= HIGHEST_RATE:
        raise ValueError(text)
    return value


def _whole(minimum: int, maximum: int, text: str) -> int:
    value = int(_matching(NUMBER, text))
    if not minimum <= value <= maximum:
        raise ValueError(text)
    return value


def _choice(choices: frozenset[str], text: str) -> str:
    return text if text in choices else _matching(re.compile("(?!)"), text)


ANY_TEXT: Final = {"type": ["string", "number", "boolean", "null"]}
"""Text fields admit what a plain YAML reader makes of `account: 3` and of nothing at all."""


def _pattern(pattern: re.Pattern[str], **more: Any) -> dict[str, Any]:
    return {"type": ["string", "null"], "pattern": f"^(?:{pattern.pattern})$", **more}


TEXT: Final = Scalar("text", str.strip, Message("form.text"), ANY_TEXT)
PROSE: Final = Scalar("prose", str.strip, Message("form.text"), ANY_TEXT, markdown=True)
DATE: Final = Scalar("date", _day, Message("form.date"), _pattern(DAY, format="date"))
MONTH: Final = Scalar("month", partial(_matching, MONTH_OF_YEAR), Message("form.month"), _pattern(MONTH_OF_YEAR))
TIME: Final = Scalar("time", _clock, Message("form.time"), _pattern(CLOCK))
FLAG: Final = Scalar("flag", _flag, Message("form.flag"), {"type": ["boolean", "null"]})
ID: Final = Scalar("id", partial(_matching, IDENTIFIER), Message("form.id"), {**ANY_TEXT, "pattern": f"^(?:{IDENTIFIER.pattern})$"})
CURRENCY_CODE: Final = Scalar("currency", partial(_matching, CURRENCY), Message("form.currency"), _pattern(CURRENCY))
CUSTOM_KEY: Final = Scalar("custom-key", partial(_matching, OWN_KEY), Message("form.custom-key"), _pattern(OWN_KEY))
EMAIL: Final = Scalar("email", _email, Message("form.email"), {"type": ["string", "null"], "pattern": f"^(?:{EMAIL_ADDRESS.pattern})?$"})
SECRET: Final = Scalar("secret", partial(_matching, UNGUESSABLE), Message("form.secret"), _pattern(UNGUESSABLE))
LINK: Final = Scalar("link", str.strip, Message("form.link"), {"type": ["string", "null"]})


def number(minimum: int | None = None, maximum: int | None = None, *, name: str = "number") -> Scalar:
    """A decimal number, exact, within bounds (both included)."""
    low, high = (None if bound is None else Decimal(bound) for bound in (minimum, maximum))
    bounds = {key: bound for key, bound in (("minimum", minimum), ("maximum", maximum)) if bound is not None}
    form = Message(f"form.{name}{_bounds_variant(minimum, maximum)}", {"low": minimum, "high": maximum})
    return Scalar(name, partial(_number, low, high), form, {"type": ["number", "null"], **bounds})


def _bounds_variant(minimum: int | None, maximum: int | None) -> str:
    if minimum is None:
        return ""
    return ".from" if maximum is None else ".between"


def whole(minimum: int, maximum: int) -> Scalar:
    """A whole number within bounds (both included)."""
    form = Message("form.whole", {"low": minimum, "high": maximum})
    return Scalar("whole", partial(_whole, minimum, maximum), form, {"type": ["integer", "null"], "minimum": minimum, "maximum": maximum})


def choice(*choices: str) -> Scalar:
    """One of some words."""
    form = Message("form.choice", {"choices": choices})
    return Scalar("choice", partial(_choice, frozenset(choices)), form, {"enum": [*choices, None]}, choices=choices)


YEAR: Final = whole(1900, 2199)
RATE: Final = Scalar("rate", _rate, Message("form.rate"), {"type": ["number", "null"], "exclusiveMinimum": 0, "maximum": HIGHEST_RATE})
SCORE: Final = whole(1, 5)
LEVEL: Final = whole(0, 5)
SHARE: Final = number(0, 1, name="share")
MARGIN: Final = number(-1, 1, name="margin")
AMOUNT: Final = number(0, name="amount")
SIGNED_AMOUNT: Final = number(name="amount")
