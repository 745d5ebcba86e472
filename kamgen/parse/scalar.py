"""Readers of single values: what a text is by its kind, and the sentence for one that does not fit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from kamgen import alphabet, amount, day
from kamgen.diagnostic import FieldPath, Message, dotted
from kamgen.model import kind as kinds
from kamgen.model.kind import Scalar
from kamgen.node import MappingNode, Node, ScalarNode
from kamgen.parse.reading import SHOWN, Reader, Reading, short
from kamgen.unquoted import in_quotes

CURLY: Final = frozenset("“”„‘’‚")
CURLED: Final = re.compile("([“”„‘’‚])([^“”„‘’‚]+)[“”‘’]")
DASH: Final = re.compile(f"[{alphabet.DASHES}]")
SAID: Final[Mapping[str, str]] = {
    "done": "held",
    "completed": "held",
    "finished": "held",
    "closed": "held",
    "canceled": "cancelled",
    "scheduled": "planned",
}
"""Words that people write for one of the choices and that look like none of them."""
GROUPED: Final = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
TEXTS: Final = frozenset({kinds.TEXT.name, kinds.PROSE.name})
WORDED: Final = re.compile(r"[^\W_a-z]|\w+ |[“”„‘’‚]")
"""How a text begins that is no key: with a capital letter, with more than one word, or with a curly quote."""
SOME: Final = 6
"""How many of those that are more it names as examples."""


def amount_reader(scalar: Reader) -> Reader:
    """An amount with three decimals is read as it stands, and doubted: half of Europe writes forty-five thousand as 45.000.

    It is shown, but nothing is judged by it until somebody says which was meant.
    """

    def read(node: Node, path: FieldPath, reading: Reading) -> Any:
        if type(node) is ScalarNode and GROUPED.fullmatch(node.text):
            values = {"key": dotted(path), "text": node.text, "whole": node.text.replace(".", "")}
            reading.refuse("doubtful-text", node.start, path, Message("doubtful-text.grouping", values))
        return scalar(node, path, reading)

    return read


def text_reader(scalar: Reader) -> Reader:
    """A name or another short text, doubted where curly quotes around the whole of it are read as a part of it."""

    def read(node: Node, path: FieldPath, reading: Reading) -> Any:
        if type(node) is ScalarNode and node.text[:1] in CURLY and node.plain and (curly := CURLED.fullmatch(node.text)):
            values = {"key": dotted(path), "sign": curly[1], "text": short(node.text), "paste": in_quotes(curly[2])}
            reading.tell("doubtful-text", node.start, path, Message("doubtful-text.curly", values))
        return scalar(node, path, reading)

    return read


def scalar_reader(kind: Scalar) -> Reader:
    """The reader of a text that is converted as its kind says."""
    convert = kind.convert

    def read(node: Node, path: FieldPath, reading: Reading) -> Any:
        if type(node) is not ScalarNode:
            return reading.refuse("wrong-value", node.start, path, _no_scalar(kind, node, path))
        try:
            return convert(node.text)
        except ValueError:
            return reading.refuse("wrong-value", node.start, path, _unfit(kind, node.text, path, reading))

    return read


def _no_scalar(kind: Scalar, node: Node, path: FieldPath) -> Message:
    """The sentence for a list or a group; for a text with a colon in it, which YAML takes for a key and its value, with the quotes to paste."""
    told = {"key": dotted(path), "form": kind.form}
    pairs = list(node.items.items()) if type(node) is MappingNode and path and isinstance(path[-1], int) else []
    if len(pairs) == 1 and kind.name in TEXTS and WORDED.match(pairs[0][0]) and type(value := pairs[0][1]) is ScalarNode and value.text:
        text = f"{pairs[0][0]}: {value.text}"
        curly = CURLED.fullmatch(text)
        return Message("wrong-value.shape.colon", {**told, "paste": in_quotes(curly[2] if curly else text)})
    return Message("wrong-value.shape", told)


def _unfit(kind: Scalar, text: str, path: FieldPath, reading: Reading) -> Message:
    """The sentence for a text that does not fit: with the nearest choice where there is one."""
    values = {"key": dotted(path), "text": short(text), "form": kind.form}
    if near := amount.plain(text) if kind.name == "amount" else "":
        return Message("wrong-value.near", {**values, "near": near})
    if mistyped := _mistyped(kind, text, values):
        return mistyped
    if kind.choices:
        return _no_such_word(kind, {**values, "near": _said(text, kind.choices) or reading.nearest(text, kind.choices)})
    if (near := _meant(kind, text, path, reading)) and near != text and _fits(kind, near):
        return Message("wrong-value.near", {**values, "near": near})
    return Message(f"wrong-value{_beyond(kind, text)}", values)


def _mistyped(kind: Scalar, text: str, values: Mapping[str, object]) -> Message | None:
    """The sentence for signs of a word processor that keep a text from being what it looks like: quotes, dashes, spaces."""
    if (curly := CURLED.fullmatch(text.strip())) and _fits(kind, near := curly[2].strip()):
        return Message("wrong-value.curly", {**values, "near": near})
    if (dash := DASH.search(text)) and _fits(kind, near := DASH.sub("-", text).strip()):
        return Message("wrong-value.dash", {**values, "name": alphabet.name(dash[0]), "near": near})
    if invisible := alphabet.INVISIBLE.search(text):
        return Message("wrong-value.invisible", {**values, "name": alphabet.name(invisible[0])})
    return None


def _beyond(kind: Scalar, text: str) -> str:
    """Which sentence tells of a text that has the form of its kind, and is yet none: a day that nobody had, a number of too many digits."""
    if kind is kinds.DATE and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return ".far-day" if _is_day(text) else ".no-such-day"
    too_long = kind.name in kinds.NUMBERS and kinds.DIGITS.fullmatch(text) and not kinds.NUMBER.fullmatch(text)
    return ".too-long" if too_long else ""


def _meant(kind: Scalar, text: str, path: FieldPath, reading: Reading) -> str:
    """The day, or the id, that a text was probably meant to be; empty where none can be made of it."""
    if kind is kinds.DATE:
        return day.meant(text)
    return reading.new_id(text, path[0]) if kind is kinds.ID and path else ""


def _no_such_word(kind: Scalar, values: Mapping[str, object]) -> Message:
    """The sentence for a text that is none of the choices. Where they are more than a sentence can list, a hint comes first, then some of them."""
    near = ".near" if values["near"] else ""
    if len(kind.choices) <= SHOWN:
        return Message(f"wrong-value{near}", values)
    return Message(f"wrong-value.word{near}", {**values, "known": kind.choices[: SOME if near else None], "n": len(kind.choices)})


def _said(text: str, choices: tuple[str, ...]) -> str:
    """The choice that is meant by another word."""
    meant = SAID.get(text.strip().lower(), "")
    return meant if meant in choices else ""


def _fits(kind: Scalar, text: str) -> bool:
    """Whether a text is a value of a kind."""
    try:
        kind.convert(text)
    except ValueError:
        return False
    return True


def _is_day(text: str) -> bool:
    """Whether the calendar has the day, in whatever century."""
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
