"""Message ids put into words: the catalogues of `locale/`, English first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

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


class _Worded:
    """The values of a sentence in words; those that it does not name are never worded."""

    def __init__(self, values: Mapping[str, object], language: str) -> None:
        self._values = values
        self._language = language

    def __getitem__(self, name: str) -> str:
        return worded(self._values[name], self._language)


def say(message_id: str, /, *, language: str = "en", **values: object) -> str:
    """The words of a message id. An id without an entry is a bug of kamgen's and raises KeyError."""
    entry = catalogue(language)[message_id]
    if isinstance(entry, dict):
        entry = entry["one"] if values.get("n") == 1 else entry["other"]
    return entry.format_map(_Worded(values, language))


def render(message: Message, language: str = "en") -> str:
    """A message in words."""
    return say(message.id, language=language, **message.values)


def worded(value: object, language: str) -> str:
    """A value in words: a message by its catalogue, also in a list; anything else as it is."""
    if type(value) is str:
        return value
    if isinstance(value, Message):
        return render(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(worded(item, language) for item in value)
    return plain(value)


def plain(value: object) -> str:
    """A value as people read it: ISO dates, numbers without exponents, lists with commas."""
    match value:
        case None:
            return "-"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:,f}"
        case tuple() | list():
            return ", ".join(plain(item) for item in value)
        case _:
            return str(value)
