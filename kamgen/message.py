"""Message ids put into words: the catalogues of `locale/`, English first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from kamgen.diagnostic import Message

LOCALES: Final = Path(__file__).parent / "locale"
Entry = str | dict[str, str]


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, sorted."""
    return tuple(sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir() and not folder.name.startswith("_")))


@cache
def catalogue(language: str) -> Mapping[str, Entry]:
    """Every entry of a language: a sentence with `{names}`, or `{"one": ..., "other": ...}` chosen by the value `n`."""
    entries: dict[str, Entry] = {}
    for file in sorted((LOCALES / language).glob("*.json")):
        entries.update(json.loads(file.read_text(encoding="utf-8")))
    return entries


def has(message_id: str, language: str = "en") -> bool:
    """Whether the catalogue of `language` has the entry."""
    return message_id in catalogue(language)


@cache
def _parts(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """A sentence in parts: words, each with the name of the value that follows."""
    return tuple((words, name) for words, name, _, _ in Formatter().parse(sentence))


def say(message_id: str, /, *, language: str = "en", **values: object) -> str:
    """The words of a message id. An id without an entry is a bug of kamgen's and raises KeyError."""
    return phrase(message_id, values, language)


def phrase(message_id: str, values: Mapping[str, object], language: str = "en") -> str:
    """The words of a message id, with values that are at hand as a mapping."""
    entry = catalogue(language)[message_id]
    if isinstance(entry, dict):
        entry = entry["one"] if values.get("n") == 1 else entry["other"]
    said: list[str] = []
    for words, name in _parts(entry):
        value = values[name] if name else ""
        said += words, value if type(value) is str else worded(value, language)
    return "".join(said)


def render(message: Message, language: str = "en") -> str:
    """A message in words."""
    return phrase(message.id, message.values, language)


def worded(value: object, language: str) -> str:
    """A value in words: a message by its catalogue, also in a list; anything else as it is."""
    match value:
        case str():
            return value
        case Message():
            return render(value, language)
        case tuple() | list():
            return ", ".join(worded(item, language) for item in value)
        case _:
            return plain(value)


def plain(value: object) -> str:
    """A value as people read it: ISO dates, numbers without exponents, lists with commas."""
    return PLAIN.get(type(value), str)(value)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(plain(item) for item in values)


PLAIN: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda _: "-",
    date: date.isoformat,
    Decimal: "{:,f}".format,
    tuple: _listed,
    list: _listed,
}
