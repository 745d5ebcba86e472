"""Basket: what a customer buys from us and what not, product by product (000: what do they buy, what do they not buy?)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kamgen.figures.figure import Ratio, absent
from kamgen.figures.money import closed_year, fiscal_year
from kamgen.figures.sales import bought, share_of_wallet
from kamgen.frozen import Frozen
from kamgen.model.commerce import Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio

NOT_FOR_THEM = "not-eligible"


class Item(Frozen):
    """A product of the portfolio at one customer, in the account's currency.

    `standing` is the plan's word for it (`owned`, `pipeline`, `competitor`, `gap`, `not-eligible`), or what follows from the revenue.
    `actual` and `room` (what they could buy and do not) are of the last closed year, None where an input is missing; `rivals` are
    the competitors' shares, the largest first.
    """

    product: str
    standing: str
    actual: Decimal | None = None
    potential: Decimal | None = None
    room: Decimal | None = None
    wallet: Ratio = absent("sales")
    rivals: tuple[tuple[str, Decimal], ...] = ()


def basket(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> tuple[Item, ...]:
    """Every product of the portfolio at this customer, in the portfolio's order; one that the plan does not name is a gap."""
    told = {sale.product: sale for sale in plan.sales}
    year, current = closed_year(portfolio, as_of), fiscal_year(as_of, portfolio.fiscal_year_start)
    return tuple(_item(product.id, told.get(product.id), year, current) for product in portfolio.products)


def _item(product: str, sale: Sale | None, year: int, current: int) -> Item:
    if sale is None:
        return Item(product, "gap")
    actual = bought(sale, year)
    known = actual is not None and sale.potential is not None and sale.status != NOT_FOR_THEM
    return Item(
        product,
        _standing(sale, current),
        actual,
        sale.potential,
        max(sale.potential - actual, Decimal(0)) if known and actual is not None and sale.potential is not None else None,
        share_of_wallet(sale, year),
        tuple(sorted(sale.competitor_shares.items(), key=lambda rival: -rival[1])),
    )


def _standing(sale: Sale, current: int) -> str:
    sold = any(sale.actual.get(year, 0) > 0 for year in (current - 1, current))
    return sale.status or ("owned" if sold else "gap")
