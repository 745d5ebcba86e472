"""Agreements: what holds, what runs out first, until when notice can be given, and what follows (000: the frame agreement)."""

from __future__ import annotations

import datetime as dt

from kamgen.figures.outlook import Outlook
from kamgen.frozen import Frozen
from kamgen.model.company import Agreement

STATES = ("expired", "soon", "open", "followed", "endless", "coming", "ended", "past")
"""What an agreement can be, the most urgent first; each agreement is one of them."""


class Deal(Frozen):
    """An agreement of an account. `next` is the day that comes first: to give notice, or the end; `follower` is the one in the plan."""

    outlook: Outlook
    agreement: Agreement
    state: str
    next: dt.date | None
    follower: Agreement | None

    @property
    def noticed(self) -> bool:
        """Whether the next day is the last one to give notice."""
        return self.next is not None and self.next == self.agreement.notice


def deals(outlook: Outlook, as_of: dt.date, soon: int) -> tuple[Deal, ...]:
    """The agreements of an account, as far as they are shown. `soon` is a number of days."""
    return tuple(_deal(outlook, agreement, as_of, soon) for agreement in outlook.plan.agreements)


def _deal(outlook: Outlook, agreement: Agreement, as_of: dt.date, soon: int) -> Deal:
    named = agreement.replaced_by
    others = (other for other in outlook.plan.agreements if other is not agreement and other.title == named)
    follower = next(others, None) if named else None
    coming = min((day for day in (agreement.notice, agreement.end) if day and day >= as_of), default=None)
    return Deal(outlook, agreement, _state(agreement, follower, coming, as_of, soon), coming, follower)


def _state(agreement: Agreement, follower: Agreement | None, coming: dt.date | None, as_of: dt.date, soon: int) -> str:
    """`expired`: ran out and nothing follows; `soon`: a day to decide is near; `past`: ran out, and something follows."""
    over = agreement.end is not None and agreement.end < as_of
    if agreement.ended:
        return "ended"
    if follower:
        return "past" if over else "followed"
    if over:
        return "expired"
    if agreement.start and agreement.start > as_of:
        return "coming"
    if coming and (coming - as_of).days <= soon:
        return "soon"
    return "open" if agreement.end else "endless"


def urgency(deal: Deal) -> tuple[int, dt.date]:
    """What needs a decision first: what ran out, then what is soon; among them by the day."""
    last = dt.date.max
    day = deal.agreement.end if deal.state in {"expired", "past"} else deal.next
    return STATES.index(deal.state), day or last
