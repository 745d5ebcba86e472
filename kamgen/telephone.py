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
"""Words before a number that may make it one of a telephone."""
NAMED: Final = re.compile(
    r"(?:\b(?:(?:mobile?[ -]?)?(?:telephone|telefon|tel|tlf|tfn|phone)"
    r"|mob(?:ile?)?|cell(?:phone)?|puh(?:elin)?|dial|whatsapp|sms|fax|(?:direkte?|direct)[ -]?(?:line|linje)"
    r"|(?:call|ring)(?:(?:\s+\w+){0,2}\s+(?:on|at|på))?)(?:[ -]?(?:number|nummer|no|nr))?\.?(?:\s+(?:er|är|ist|is))?"
    r"|\b(?:direkte?|direct)[ -]?(?:number|nummer|no|nr)\.?(?:\s+(?:er|är|ist|is))?|(?:电话|手机|致电)(?:号码?|是|为)?)[\s:：(（]*$",
    re.IGNORECASE,
)
"""Words before a number that say it is one of a telephone, whatever its country."""
REACHED: Final = re.compile(
    r"\b(?:(?:nås|nåes|træffes|treffes|träffas|kontaktes|kontaktas|reach(?:ed)?|erreich\w*|ring(?:er|es|a|as)?|(?:an)?rufen?|durchwahl|växel)\b"
    r"(?:\s+(?!kr|dkk|sek|nok|eur)[^\W\d]+\.?){0,3})[\s:]*$",
    re.IGNORECASE,
)
"""Words near before a number by which people are reached: it is one of a telephone if a numbering plan knows it, however it is written."""
OTHER: Final = re.compile(
    r"(?:[#№$€£]|\b(?:order|ordre|invoice|faktura|article|artikel|vare|item|sku|no|nr|num(?:mer|ber)|ref|case|ticket|cvr|org|orgnr|vat|moms|ean|gln|iban|konto|account|dkk|sek|nok|eur|usd|kr|uge|uke|veck|week|woche|kw))[\w.]{0,3}[\s:.#-]*$",
    re.IGNORECASE,
)
"""Words before a number that make it something else."""
UNIT: Final = re.compile(
    r"\s?(?:[%€$£]|(?:cm|mm|m|km|kg|g|l|pcs|stk|st|dkk|sek|nok|eur|usd|kr|mio|million)\b"
    r"|(?:k[ao]sser|kartone?r|kartons?|kolli|colli|pall[ae]r|paletten?|pallets|stykker|stycken?|stück|boxes|cases|crates|packs|pieces)\b"
    r"|\w+\s+(?:pr\.?|per|pro|om|i|a)\s+(?:dag|uge|uke|veck|måned|månad|år|day|week|month|year|tag|woche|monat|jahr|butik|shop|store))",
    re.IGNORECASE,
)
DATE: Final = re.compile(r"(?:(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d|[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d)(?:\D.*)?")
"""A day that nobody takes for a telephone number, whatever the word before it."""
DAY: Final = re.compile(
    r"(?:19|20)\d\d[-./ ]?[01]\d[-./ ]?[0-3]\d(?:\D.*)?|[0-3]?\d[-./][0-3]?\d(?:[-./](?:19|20)?| (?=(?:19|20)\d\d)..)\d\d(?:\D.*)?"
)
HOURS: Final = re.compile(r"[0-2]\d[-./][0-2]\d(?: [0-2]\d[-./][0-2]\d)+")
AMOUNT: Final = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0.]\d{3})+")
YEARS: Final = re.compile(r"(?:19|20)\d\d(?:\D+(?:19|20)?\d\d)+")
SPACED: Final = re.compile(r"\d+(?:[ \u00a0]\d+){2,}")
TRUNK: Final = re.compile(r"\(?0\d*\)?[ \u00a0/-]{1,2}\d")
NEIGHBOUR: Final = re.compile(r"\(?0\d{1,4}\)?[ \u00a0/-]{1,2}\d")
AMERICAN: Final = re.compile(r"(?:1[ -])?(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}")
BEFORE: Final = 40
"""How many characters before a number, and after it, are read for what it is."""
NORTH: Final = frozenset({"DK", "SE", "NO", "FI", "IS", "FO", "DE"})
ZERO: Final = ("SE", "FI", "DE")
"""Those of the northern neighbours whose national numbers begin with 0: they are written so in each other's plans."""
HAN: Final = "\u2e80"
"""From here on, letters are written without spaces: a number beside one is still a number."""
SHORT_NAMES: Final = {
    "AE": "uae|emirates",
    "AT": "österreich",
    "BA": "bosnia",
    "BE": "belgië|belgique",
    "CH": "schweiz|suisse",
    "CI": "ivory coast",
    "CN": "prc|pr china|mainland china|中国",
    "CZ": "czechia",
    "DE": "deutschland|brd",
    "DK": "danmark",
    "ES": "españa",
    "FI": "suomi",
    "FO": "faroes|færøerne|føroyar",
    "GB": "uk|united kingdom|great britain|britain|england|scotland|wales|northern ireland",
    "HK": "hongkong",
    "IE": "eire|republic of ireland",
    "IS": "ísland",
    "IT": "italia",
    "JP": "日本",
    "KR": "korea|south korea|republic of korea|rok",
    "MK": "macedonia",
    "MM": "myanmar|burma",
    "MO": "macao",
    "NL": "holland|nederland|the netherlands",
    "NO": "norge",
    "NZ": "aotearoa",
    "PL": "polska",
    "RU": "russian federation",
    "SA": "ksa",
    "SE": "sverige",
    "SZ": "eswatini|swaziland",
    "TR": "türkiye|turkiye",
    "US": "usa|united states of america|the united states|america|the states",
    "VA": "vatican",
    "VN": "viet nam",
    "ZA": "rsa",
}
"""What people call a country that the table names in full or otherwise; without points."""


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
        if _is_phone(number, text[max(0, start - BEFORE) : start], text[end : end + BEFORE], countries):
            yield start


def _is_phone(number: str, before: str, after: str, countries: Callable[[], Iterable[str]]) -> bool:
    """Whether the word before a number says so, else whether it looks like one and a numbering plan knows it."""
    if DATE.fullmatch(number):
        return False
    if NAMED.search(before) and not _otherwise(number, after):
        return True
    return _looks(number, before, after) and _exists(number, countries)


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
    before, after = text[start - 1 : start], text[end : end + 1]
    return not _of_a_word(before) and before not in {"_", "-", "/", ",", "@"} and not _of_a_word(after)


def _of_a_word(letter: str) -> bool:
    """Whether a letter beside a number makes it a part of a word."""
    return letter.isalnum() and letter < HAN


def _otherwise(number: str, after: str) -> bool:
    """Whether something is written as people write a day, years or an amount."""
    return any(shape.fullmatch(number) for shape in (DAY, HOURS, AMOUNT, YEARS)) or bool(UNIT.match(after))


def _looks(number: str, before: str, after: str) -> bool:
    """Whether something is written as people write a telephone number."""
    if INTERNATIONAL.match(number) or SAID.search(before):
        return True
    if _otherwise(number, after):
        return False
    if OTHER.search(before):
        return False
    return bool(REACHED.search(before) or TRUNK.match(number) or AMERICAN.fullmatch(number) or SPACED.fullmatch(number))


def _exists(number: str, countries: Callable[[], Iterable[str]]) -> bool:
    """Whether the numbering plans know it."""
    import phonenumbers  # noqa: PLC0415  (a tenth of a second that most checks never need)

    ours = tuple(countries())
    neighbours = ZERO if NEIGHBOUR.match(number) and not NORTH.isdisjoint(ours) else ()
    for country in (*ours, *neighbours, None):
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
    """What a country may be called: its two letters, its English name, or a usual short name."""
    short = {word: code for code, words in SHORT_NAMES.items() for word in words.split("|")}
    return {word.lower(): code for code, name in _table("iso3166.tab") for word in (code, name)} | short


def country_of_zone(time_zone: str) -> str | None:
    """The two letters of the country in which a time zone lies: `Europe/Copenhagen` is in `DK`."""
    return next((row[0] for row in _table("zone.tab") if row[2] == time_zone), None)


def country_of_name(name: str) -> str | None:
    """The two letters of a country that is called so in English, by its letters, or for short."""
    return _names().get(name.strip().lower()) or _names().get(name.replace(".", "").strip().lower())
