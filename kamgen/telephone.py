"""Telephone numbers and e-mail addresses in running text. The only door to phonenumbers, opened when something looks like a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
RUN: Final = re.compile(r"[+(0-9][0-9 \u00a0()./-]{6,}")
"""Digits and what stands between them: a set of characters at the beginning, so that text without numbers costs nothing."""
NUMBER: Final = re.compile(r"[^\s./-](?:[^\s./-]|[\s./-](?![\s./-]))*+")
"""A part of a run in which no two signs stand side by side."""
LENGTHS: Final = range(7, 16)
"""How many digits a telephone number has."""
INTERNATIONAL: Final = re.compile(r"\(?\+|00[1-9]")
SAID: Final = re.compile(
    r"(?:\b(?:tele?(?:fon|phone)?|tlf|tfn|phone|mob(?:ile?|iltelefon)?|cell(?:phone)?|call|ring)|电话|手机)[\w.]{0,3}[\s:(]*$", re.IGNORECASE
)
"""Words before a number that make it one of a telephone."""
OTHER: Final = re.compile(
    r"(?:[#№$€£]|\b(?:order|ordre|invoice|faktura|article|artikel|vare|item|sku|no|nr|num(?:mer|ber)|ref|case|ticket|cvr|org|orgnr|vat|moms|ean|gln|iban|konto|account|dkk|sek|nok|eur|usd|kr))[\w.]{0,3}[\s:.#-]*$",
    re.IGNORECASE,
)
"""Words before a number that make it something else."""
UNIT: Final = re.compile(r"\s?(?:[%€$£]|(?:cm|mm|m|km|kg|g|l|pcs|stk|st|dkk|sek|nok|eur|usd|kr|mio|million)\b)", re.IGNORECASE)
DAY: Final = re.compile(r"(?:19|20)\d\d[-./ ]?[01]\d[-./ ]?[0-3]\d(?:\D.*)?|[0-3]?\d[-./][0-3]?\d[-./](?:19|20)?\d\d(?:\D.*)?")
AMOUNT: Final = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0.]\d{3})+")
YEARS: Final = re.compile(r"(?:19|20)\d\d(?:\D+(?:19|20)?\d\d)+")
SPACED: Final = re.compile(r"\d+(?:[ \u00a0]\d+){2,}")
TRUNK: Final = re.compile(r"\(?0\d*\)?[ \u00a0/-]{1,2}\d")
AMERICAN: Final = re.compile(r"(?:1[ -])?(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}")
BEFORE: Final = 24
"""How many characters before a number are read for what it is."""


def emails(text: str) -> Iterator[int]:
    """Where an e-mail address begins in a text."""
    return (found.start() for found in EMAIL.finditer(text)) if "@" in text else iter(())


def phones(text: str, countries: Callable[[], Iterable[str]]) -> Iterator[int]:
    """Where a telephone number begins in a text: an international one, or a national one of `countries`.

    Countries have two letters each, and are asked for when something looks like a number.
    Order numbers, dates, years, amounts and registration numbers are none, though many have the right number of digits.
    """
    for start, number in _numbers(text):
        end = start + len(number)
        if _looks(number, text[max(0, start - BEFORE) : start], text[end : end + 8]) and _exists(number, countries):
            yield start


def _numbers(text: str) -> Iterator[tuple[int, str]]:
    """What has as many digits as a telephone number, with its place."""
    for run in RUN.finditer(text):
        for found in NUMBER.finditer(run[0]):
            number = found[0].rstrip(" \u00a0./-(")
            start = run.start() + found.start()
            if sum(map(str.isdigit, number)) in LENGTHS and _alone(text, start, start + len(number)):
                yield start, number


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the number is no part of a word, an address or a decimal number."""
    return (
        not (text[start - 1 : start] or " ").isalnum()
        and text[start - 1 : start] not in {"_", "-", "/", ",", "@"}
        and not text[end : end + 1].isalnum()
    )


def _looks(number: str, before: str, after: str) -> bool:
    """Whether something is written as people write a telephone number."""
    if INTERNATIONAL.match(number) or SAID.search(before):
        return True
    if any(shape.fullmatch(number) for shape in (DAY, AMOUNT, YEARS)) or OTHER.search(before) or UNIT.match(after):
        return False
    return bool(TRUNK.match(number) or AMERICAN.fullmatch(number) or SPACED.fullmatch(number))


def _exists(number: str, countries: Callable[[], Iterable[str]]) -> bool:
    """Whether the numbering plans know it."""
    import phonenumbers  # noqa: PLC0415  (a tenth of a second that most checks never need)

    for country in (*countries(), None):
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, country)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


@cache
def _table(name: str) -> tuple[tuple[str, ...], ...]:
    """A table of the time zone database, which every installation has."""
    from importlib.resources import files  # noqa: PLC0415  (it costs the start of every check, and few need the table)

    told = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in told.splitlines() if not line.startswith("#"))


@cache
def _names() -> Mapping[str, str]:
    """What a country may be called: its two letters, or its English name."""
    return {word.lower(): code for code, name in _table("iso3166.tab") for word in (code, name)}


def country_of_zone(time_zone: str) -> str | None:
    """The two letters of the country in which a time zone lies: `Europe/Copenhagen` is in `DK`."""
    return next((row[0] for row in _table("zone.tab") if row[2] == time_zone), None)


def country_of_name(name: str) -> str | None:
    """The two letters of a country that is called so in English, or by its letters."""
    return _names().get(name.strip().lower())
