"""How the values of a plan are put into words, by their kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import Any, Final, NamedTuple

from kamgen.frozen import Frozen
from kamgen.message import say
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, Scalar, TableOf
from kamgen.model.portfolio import CustomField
from kamgen.model.record import NOTHING, Record, keys
from kamgen.pages.account.pieces import Row, anchor, bulleted, dated, joined, linked, listed, paired
from kamgen.prose import prose
from kamgen.written import money, number, quantity, share

ALL: Final[frozenset[str]] = frozenset()
QUIET: Final[Mapping[str, Any]] = {"agreements.ended": False, "activities.booked": True}
"""Flags that say something only where they are the other way round."""
MAIL: Final = re.compile(r"[^\s@<>\"?&]+@[^\s@<>\"?&]+")
PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.-]+")


class Words(Frozen):
    """What the values of one account are put into words with.

    `names` tells what a reference means: target -> id -> name. `own` are the company's own fields, by key.
    """

    language: str
    currency: str
    names: Mapping[str, Mapping[str, str]]
    own: Mapping[str, CustomField]

    def name(self, target: str, word: str | None) -> str:
        """What a reference means; a contact that is not there is not named, since it may be hidden."""
        if not word:
            return ""
        return self.names.get(target, {}).get(word) or (told("account.someone", self.language) if target == "contact" else word)

    def list(self, target: str, words: Iterable[str]) -> str:
        """The names of several, with commas."""
        return ", ".join([self.name(target, word) for word in words])


Show = Callable[[Any, Words], str]


class Column(NamedTuple):
    """A key of a record as the page shows it. `quiet` is the value that means "not given"."""

    label: str
    show: Show
    quiet: Any


Layout = tuple[Callable[[Any], Sequence[Any]], tuple[Column, ...]]
"""What takes the values of some keys out of a record, and how each is shown."""


@cache
def told(message_id: str, language: str) -> str:
    """A sentence without values."""
    return say(message_id, language=language)


@cache
def label(path: str, language: str) -> str:
    """What people call a key: `contacts.buying_role` is "Buying role"."""
    return say(f"label.{path}", language=language)


@cache
def columns(cls: type[Record], path: str, language: str) -> Mapping[str, Column]:
    """The keys of a record that stands at `path` of a plan, by attribute."""
    return {key.attribute: _column(key.kind, f"{path}.{key.name}" if path else key.name, language) for key in keys(cls)}


def _column(kind: Kind, path: str, language: str) -> Column:
    quiet = () if isinstance(kind, ListOf) else NOTHING if isinstance(kind, TableOf) else QUIET.get(path)
    return Column(label(path, language), SPECIAL.get(path) or _show(kind, path, language), quiet)


@cache
def _layout(cls: type[Record], path: str, language: str, names: tuple[str, ...]) -> Layout:
    given = columns(cls, path, language)
    getter = attrgetter(*names)
    return (getter if len(names) > 1 else lambda record: (getter(record),)), tuple(given[name] for name in names)


@cache
def _rest(cls: type[Record], path: str, language: str, without: frozenset[str]) -> Layout:
    names = tuple(name for name in columns(cls, path, language) if name not in without)
    return _layout(cls, path, language, names) if names else ((lambda _record: ()), ())


def rows(record: Record, path: str, words: Words, without: frozenset[str] = ALL, *, own: bool = True) -> list[Row]:
    """Label and value of every key that is given, the company's own keys last (not where `own` is false)."""
    values, shown = _rest(record.__class__, path, words.language, without)
    found = [
        (title, text)
        for value, (title, show, quiet) in zip(values(record), shown, strict=True)
        if value is not None and value is not quiet and (text := show(value, words))
    ]
    return found + own_rows(record, words) if own and record.custom else found


def cells(record: Record, path: str, names: tuple[str, ...], words: Words) -> list[str]:
    """The values of some keys; empty where nothing is given."""
    values, shown = _layout(record.__class__, path, words.language, names)
    return ["" if value is None or value is quiet else show(value, words) for value, (_, show, quiet) in zip(values(record), shown, strict=True)]


def titles(cls: type[Record], path: str, names: tuple[str, ...], words: Words) -> list[str]:
    """The labels of some keys."""
    given = columns(cls, path, words.language)
    return [given[name].label for name in names]


def chosen(record: Record, path: str, names: tuple[str, ...], words: Words) -> list[Row]:
    """Label and value of those of some keys that are given."""
    pairs = zip(titles(record.__class__, path, names, words), cells(record, path, names, words), strict=True)
    return [(title, value) for title, value in pairs if value]


def cell(record: Record, path: str, name: str, words: Words) -> str:
    """One value of a record; empty where nothing is given."""
    return cells(record, path, (name,), words)[0]


def own_rows(record: Record, words: Words) -> list[Row]:
    """The company's own keys of a record, with the labels of the portfolio."""
    found = [(_own_label(name, words), _own_value(value, words.own.get(name), words)) for name, value in record.custom.items()]
    return [(title, shown) for title, shown in found if shown]


def _own_label(name: str, words: Words) -> str:
    field = words.own.get(name)
    return (field.label if field else None) or name.removeprefix("x_").replace("_", " ")


def _own_value(value: Any, field: CustomField | None, words: Words) -> str:
    """A value that was kept as it was written: text, lists and mappings of text."""
    match value:
        case None:
            return ""
        case list():
            return bulleted([_own_value(item, field, words) for item in value])
        case dict():
            return bulleted([paired(name, _own_value(item, None, words)) for name, item in value.items()])
        case _:
            return _own_scalar(str(value), field.type if field else "text", words)


def _own_scalar(text: str, kind: str, words: Words) -> str:
    if kind == "link":
        return linked(text)
    return _flag(text == "true", words) if kind == "flag" and text in {"true", "false"} else text


def _flag(value: Any, words: Words) -> str:
    return told("account.yes" if value else "account.no", words.language)


def _mail(value: str, _words: Words) -> str:
    return anchor(f"mailto:{value}", value) if MAIL.fullmatch(value) else value


def _phone(value: str, _words: Words) -> str:
    return anchor("tel:" + re.sub(r"[^0-9+]", "", value), value) if PHONE.fullmatch(value) else value


def level(value: int | None, words: Words) -> str:
    """How well a person is known, in words and number; said so where it is not given."""
    return _level(value, words.language)


@cache
def _level(value: int | None, language: str) -> str:
    if value is None:
        return told("account.level.unknown", language)
    return say("account.level", language=language, word=label(f"contacts.relationship.{value}", language), number=value)


@lru_cache(maxsize=64)
def _of_five(value: int, language: str) -> str:
    return say("account.of-five", language=language, n=value)


SPECIAL: Final[Mapping[str, Show]] = {
    "contacts.email": _mail,
    "contacts.phone": _phone,
    "contacts.relationship": level,
    "contacts.wanted": level,
    "contacts.influence": lambda value, words: _of_five(value, words.language),
    **{f"goals.{name}": lambda value, _words: quantity(value) for name in ("baseline", "actual", "target")},
}


# One function per kind, made once.


def _show(kind: Kind, path: str, language: str) -> Show:
    match kind:
        case Scalar():
            return _scalar(kind, path, language)
        case Reference():
            return lambda value, words: words.name(kind.target, value)
        case ListOf():
            return _list(kind.item, path, language)
        case TableOf():
            return partial(_pairs, _show(kind.value, path, language), kind.key.target if isinstance(kind.key, Reference) else "")
        case RecordOf():
            return lambda value, words: joined([paired(*row) for row in rows(value, path, words)], "; ")
    raise TypeError(kind)


SCALARS: Final[Mapping[str, Show]] = {
    "prose": lambda value, _words: prose(value),
    "date": lambda value, _words: dated(value),
    "time": lambda value, _words: value.isoformat("minutes"),
    "flag": _flag,
    "link": lambda value, _words: linked(value),
    "amount": lambda value, words: money(value, words.currency),
    "share": lambda value, _words: share(value),
    "margin": lambda value, _words: share(value),
    "number": lambda value, _words: number(value),
    "whole": lambda value, _words: number(value),
}


def _scalar(kind: Scalar, path: str, language: str) -> Show:
    if kind.choices:
        named = {choice: label(f"{path}.{choice}", language) for choice in kind.choices}
        return lambda value, _words: named.get(value) or str(value)
    return SCALARS.get(kind.name, lambda value, _words: value)


def _list(item: Kind, path: str, language: str) -> Show:
    show = _show(item, path, language)
    if isinstance(item, Reference) or (isinstance(item, Scalar) and item.name == "date"):
        return lambda value, words: joined([show(one, words) for one in value])
    return lambda value, words: listed([show(one, words) for one in value])


def _pairs(show: Show, target: str, value: Mapping[Any, Any], words: Words) -> str:
    """A table with free keys: a reference's name, or the word itself with spaces, and the value."""
    named = [(words.name(target, str(name)) if target else str(name).replace("_", " "), one) for name, one in value.items()]
    return listed([paired(name, show(one, words)) for name, one in named])
