"""What a goal or a key figure measures, by its words: revenue, a sum of the year, a share, or things that are counted whole."""

from __future__ import annotations

import re
from typing import Final

REVENUE: Final = frozenset(
    {
        "revenue",
        "revenues",
        "sales",
        "turnover",
        "omsättning",
        "omsättningen",
        "försäljning",
        "försäljningen",
        "omsetning",
        "omsetningen",
        "salg",
        "salget",
    }
    | {"omsætning", "omsætningen", "umsatz", "umsätze", "erlös", "erlöse", "verkauf", "verkäufe", "销售额", "营业额", "收入", "营收"}
)
"""What revenue is called in the languages of the plans."""
COMPOUNDS: Final = tuple(
    sorted(
        REVENUE - {"sales", "salg", "salget", "revenues", "verkauf", "verkäufe", "erlöse", "umsätze"}
        | {"salgsinntekt", "salgsindtægt", "försäljningsintäkt"}
    )
)
"""What means revenue inside a longer word too: Årsomsætning, Nettoomsättning, 年度销售额."""
OTHER_SUMS: Final = frozenset({"profit", "orders", "vinst", "resultat", "fortjeneste", "gewinn", "order", "ordrer", "aufträge", "利润", "订单"})
SHARES: Final = (
    *(
        "share",
        "percent",
        "per cent",
        "%",
        "margin",
        "growth",
        "precision",
        "prozent",
        "procent",
        "prosent",
        "pct",
        "andel",
        "anteil",
    ),
    *("tillväxt", "vækst", "vekst", "wachstum", "率", "份额", "占比", "比例", "百分", "增长"),
)
"""What is measured in parts of a whole, and is neither a sum nor counted."""
NO_TRADE: Final = ("staff", "employee", "personal", "medarb", "mitarbeiter", "lager", "stock", "inventory", "库存", "员工")
"""Of whose turnover nothing is bought: people and stocks."""
FILLERS: Final = frozenset(
    {"a", "per", "in", "of", "the", "our", "total", "yearly", "annual", "net", "year", "dkk", "sek", "nok", "eur", "usd", "cny"}
    | {
        "år",
        "året",
        "i",
        "pr",
        "om",
        "vår",
        "vores",
        "total",
        "årlig",
        "årlige",
        "årligen",
        "netto",
        "jahr",
        "im",
        "pro",
        "unser",
        "每年",
        "年度",
        "年",
    }
)
"""What revenue does not become another figure by."""
WORD: Final = re.compile(r"\w+")


def is_sum(measure: str) -> bool:
    """Whether a measure is added up from nothing through the year, like revenue, profit or orders, though the baseline is last year's whole sum.

    `Årsomsætning` and `Nettoomsättning per år` are; a share of revenue, its growth, and the turnover of a staff are not.
    """
    text = measure.casefold()
    return (_is_money(text) or not OTHER_SUMS.isdisjoint(WORD.findall(text))) and not is_share(text)


def is_revenue_alone(text: str) -> bool:
    """Whether a key figure is revenue and nothing beyond it: `Umsatz`, `Turnover per year`; not `Sales to new customers`."""
    words = [word for word in WORD.findall(text.casefold()) if word not in FILLERS and not word.isdecimal()]
    return bool(words) and not is_share(text) and all(map(_is_money, words))


def is_share(measure: str) -> bool:
    """Whether something is measured in parts of a whole: 34.5 is more than 34 and is never waited for as a whole thing."""
    text = measure.casefold()
    return any(word in text for word in SHARES)


def _is_money(text: str) -> bool:
    """Whether words name revenue, alone or inside a longer word."""
    named = not REVENUE.isdisjoint(WORD.findall(text)) or any(word in text for word in COMPOUNDS)
    return named and not any(word in text for word in NO_TRADE)
