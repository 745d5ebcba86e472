"""How values are written, in every language the same: ISO dates, thin thousands, whole per cent."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

THOUSAND: Final = 1000


def day(value: dt.date | None) -> str:
    """`2026-05-20`; empty for None."""
    return value.isoformat() if value else ""


def money(value: Decimal | None, currency: str = "") -> str:
    """An amount without decimals, thousands apart by a no-break space; empty for None."""
    if value is None:
        return ""
    whole = f"{value.quantize(Decimal(1), ROUND_HALF_EVEN) + 0:,}".replace(",", "\u00a0")
    return f"{whole}\u00a0{currency}" if currency else whole


def share(value: Decimal | Fraction | None) -> str:
    """A share from 0 to 1 in whole per cent; what is not all is never rounded to 100 %, nor something to nothing. Empty for None."""
    if value is None:
        return ""
    rounded = round(value * 100)
    return f"{max(1, min(99, rounded)) if 0 < value < 1 else rounded}\u00a0%"


def number(value: Decimal | int | None) -> str:
    """A number as it was written, without zeros at its end; empty for None."""
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | int | None) -> str:
    """A number to read: from a thousand on whole, its thousands apart, as money is; a smaller one as it was written. Empty for None."""
    return number(value) if value is None or -THOUSAND < value < THOUSAND else money(Decimal(value))
