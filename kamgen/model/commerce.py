"""Money: offers, the performance file per product, costs, service and key figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

from kamgen.model.kind import (
    AMOUNT,
    DATE,
    FLAG,
    ID,
    LINK,
    MARGIN,
    MONTH,
    PROSE,
    SHARE,
    SIGNED_AMOUNT,
    TEXT,
    YEAR,
    ListOf,
    Reference,
    TableOf,
    choice,
    number,
)
from kamgen.model.record import Record, items, key

OFFER_KINDS = ("new", "repeat", "more")
OFFER_STATUSES = ("draft", "sent", "won", "lost")
PRODUCT_STATUSES = ("owned", "pipeline", "competitor", "gap", "not-eligible")
ByYear = Mapping[int, Decimal]


class Offer(Record):
    """An offer: to a new customer, repeated, or for more (002: the three types of sales)."""

    id: str | None = key(ID, "Stable id; activities refer to it")
    text: str = key(TEXT, "What we offer", required=True)
    product: str | None = key(Reference("product"), "Which product of the portfolio")
    kind: str | None = key(choice(*OFFER_KINDS), "New sale, repeated sale or more of what they buy")
    value: Decimal | None = key(AMOUNT, "What it is worth, in the account's currency")
    sent: dt.date | None = key(DATE, "When it was sent")
    valid_until: dt.date | None = key(DATE, "The last day it holds")
    decision_due: dt.date | None = key(DATE, "When the customer decides")
    status: str | None = key(choice(*OFFER_STATUSES), "How far it has come")
    binding: bool | None = key(FLAG, "A written, binding proposal (004)")
    lost_reason: str | None = key(TEXT, "Why it was lost")
    documents: tuple[str, ...] = items(ListOf(LINK), "Links to the offer")


PROPOSAL: Final = "proposal-meeting"
"""The type of activity at which a written and binding proposal is always there (004)."""


def lacking_in_proposal(offer: Offer | None, documents: Collection[str]) -> str | None:
    """What a proposal meeting about an offer, with its own documents, lacks to have a written, binding proposal (004); None for nothing.

    Empty: nothing is in writing, and no offer is named; `offer`: nothing is in writing of the offer; `not-binding`: nobody says that it binds us.
    """
    if offer is None:
        return None if documents else ""
    if not offer.documents and not documents:
        return "offer"
    return "not-binding" if offer.binding is False or (offer.binding is None and not documents) else None


class Sale(Record):
    """The performance file of one product (003). Years are fiscal, named by the year they end in."""

    product: str = key(Reference("product"), "Which product of the portfolio", required=True)
    first_purchase: str | None = key(MONTH, "The month of the first purchase")
    actual: ByYear = items(TableOf(YEAR, SIGNED_AMOUNT), "Revenue per year, in the account's currency; credits may make it negative")
    budget: ByYear = items(TableOf(YEAR, AMOUNT), "Budget per year, in the account's currency")
    margin: ByYear = items(TableOf(YEAR, MARGIN), "Our margin per year, as a share of revenue")
    spend: Decimal | None = key(AMOUNT, "The customer's whole yearly spend on this product, ours included")
    potential: Decimal | None = key(AMOUNT, "What of it we could have in a year")
    competitor_shares: Mapping[str, Decimal] = items(TableOf(TEXT, SHARE), "The competitors' shares of the spend")
    status: str | None = key(choice(*PRODUCT_STATUSES), "Owned, in the pipeline, a competitor's, a gap, or nothing for this customer")
    note: str | None = key(PROSE, "What explains the figures")


class CostYear(Record):
    """What the customer costs us in a year, in the account's currency."""

    year: int = key(YEAR, "Fiscal year", required=True)
    promotion: Decimal | None = key(AMOUNT, "Promotion")
    sales: Decimal | None = key(AMOUNT, "Sales work")
    logistics: Decimal | None = key(AMOUNT, "Logistics")
    other: Decimal | None = key(AMOUNT, "Everything else")


class ServiceYear(Record):
    """How well we deliver in a year (003); shares from 0 to 1."""

    year: int = key(YEAR, "Fiscal year", required=True)
    on_time_and_correct: Decimal | None = key(SHARE, "Deliveries on time and correct")
    on_time: Decimal | None = key(SHARE, "Deliveries on time")
    order_stock_out: Decimal | None = key(SHARE, "Orders that met an empty shelf")
    product_stock_out: Decimal | None = key(SHARE, "Products out of stock")
    invoice_accuracy: Decimal | None = key(SHARE, "Correct invoices")
    repair: Decimal | None = key(SHARE, "Repairs within the agreed time")


class Kpi(Record):
    """A key figure beyond revenue (001): profit, profitability, satisfaction, service level, delivery precision."""

    text: str = key(TEXT, "What is measured", required=True)
    unit: str | None = key(TEXT, "In what unit")
    target: Decimal | None = key(number(), "The value we want")
    actual: Mapping[int, Decimal] = items(TableOf(YEAR, number()), "The value per year")
