"""Offers: what is open, what it is worth, what was won and lost, and why (002: new, repeated and more)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from kamgen.figures.money import in_base, total
from kamgen.figures.outlook import Outlook
from kamgen.frozen import Frozen
from kamgen.model.commerce import OFFER_KINDS, Offer
from kamgen.model.portfolio import Portfolio

OPEN = ("draft", "sent")
FAR = dt.date.max


class Offered(Frozen):
    """An offer of an account. `value` is in the base currency, None where it or its rate is missing."""

    outlook: Outlook
    offer: Offer
    value: Decimal | None

    @property
    def open(self) -> bool:
        """Whether nobody has decided yet. An offer without a status is open."""
        return self.offer.status is None or self.offer.status in OPEN

    def late(self, as_of: dt.date) -> bool:
        """Whether it is open although the day of the decision, or the last day that it holds, has passed. A draft is nobody's to decide."""
        days = [day for day in (self.offer.decision_due, self.offer.valid_until) if day is not None]
        return self.open and self.offer.status != "draft" and bool(days) and min(days) < as_of


class Kind(Frozen):
    """The offers of one kind; empty for those without."""

    kind: str
    open: tuple[Offered, ...]
    won: tuple[Offered, ...]
    lost: tuple[Offered, ...]

    @property
    def hit(self) -> Fraction | None:
        """Won of those that were decided: 2 won and 1 lost are 2/3. None where nothing was decided."""
        decided = len(self.won) + len(self.lost)
        return Fraction(len(self.won), decided) if decided else None


def offered(outlooks: Iterable[Outlook], portfolio: Portfolio, as_of: dt.date) -> tuple[Offered, ...]:
    """Every offer of some accounts, the nearest decision first, then the largest; without a day last."""
    found = (
        Offered(outlook, offer, in_base(offer.value, outlook.plan.currency, as_of, portfolio))
        for outlook in outlooks
        for offer in outlook.plan.offers
    )
    return tuple(sorted(found, key=lambda one: (one.offer.decision_due or FAR, -(one.value or 0))))


def worth(some: Iterable[Offered]) -> Decimal | None:
    """What some offers are worth together; None where no value is known."""
    return total(one.value for one in some)


def by_kind(some: Sequence[Offered]) -> Iterator[Kind]:
    """The offers by kind, those of no kind last; a kind without offers is left out."""
    for kind in (*OFFER_KINDS, None):
        same = [one for one in some if one.offer.kind == kind]
        if same:
            yield together(kind or "", same)


def together(kind: str, same: Sequence[Offered]) -> Kind:
    """Some offers by what became of them."""
    won, lost = (tuple(one for one in same if one.offer.status == status) for status in ("won", "lost"))
    return Kind(kind, tuple(one for one in same if one.open), won, lost)
