"""Amounts as people write them: with a currency beside them, signs between the thousands, or in millions."""

from __future__ import annotations

import re
from typing import Final

ISO_4217: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK "
    "DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB "
    "PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CODES: Final = frozenset(ISO_4217.split())
"""The currencies that people pay with, by ISO 4217. Other words in capitals multiply, like MIO, MRD and TSD, or are a slip."""
CURRENCY: Final = r"(?:(?P<code>[A-Z]{3})|[Kk]r\.?|[€$£])"
AHEAD: Final = re.compile(rf"{CURRENCY}\s*")
BEHIND: Final = re.compile(rf"\s*{CURRENCY}\Z")
MILLION: Final = "mio|mill|mln|millions?"
MAGNITUDE: Final = re.compile(rf"\s*(?i:{MILLION}|mia|mrd|mld|milliard(?:en?|er)?|bn|billions?|mil|tsd|tdk|[tkm])\b\.?\Z")
"""What stands behind digits and multiplies them, also where it is not the same in every country."""
GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[\s',_][0-9]{3})+|[0-9]+")
WITH_POINTS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
WITH_MORE_POINTS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
IN_MILLIONS: Final = re.compile(rf"(?![1-9][0-9]{{0,2}}[.,][0-9]{{3}}(?![0-9]))([0-9]{{1,5}})(?:[.,]([0-9]{{1,6}}))?\s*(?i:{MILLION})\b\.?")
"""Millions; not those of `1.200 Mio`, which can be 1200 or 1.2 of them."""
MOST_DIGITS: Final = 15


def plain(text: str) -> str:
    """`450,000 USD`, `450.000 €`, `450 000` and `1,5 Mio` as kamgen writes them; empty where it could be read in two ways, like `1.450,50`.

    A `.` between thousands is sure beside a currency, of which nobody writes three decimals, and where it comes again.
    """
    given = text.strip()
    bare = _without(BEHIND, _without(AHEAD, given))
    if millions := IN_MILLIONS.fullmatch(bare):
        return str(int(f"{millions[1]}{(millions[2] or '').ljust(6, '0')}"))
    with_points = WITH_MORE_POINTS if bare == given else WITH_POINTS
    digits = re.sub(r"[^0-9]", "", bare) if GROUPED.fullmatch(bare) or with_points.fullmatch(bare) else ""
    return digits if digits != text and len(digits) <= MOST_DIGITS else ""


def number_of(text: str) -> str:
    """The digits of an amount, with their signs: without the currency behind them, and the word that multiplies them."""
    return MAGNITUDE.sub("", without_currency(text))


def without_currency(text: str) -> str:
    """An amount without the currency behind it; another word in capitals is none, and stays."""
    return _without(BEHIND, text.strip())


def _without(currency: re.Pattern[str], text: str) -> str:
    """A text without the currency at one end of it."""
    found = currency.match(text) if currency is AHEAD else currency.search(text)
    if not found or (found["code"] and found["code"] not in CODES):
        return text
    return f"{text[: found.start()]}{text[found.end() :]}"
