"""Sales meeting (003, 004): what is due in somebody's accounts by a day, beside the activities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kamgen.figures.outlook import Outlook
from kamgen.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to be done or decided by a day: `kind` is action, goal, issue, complaint, offer, notice or agreement.

    `owner` answers for it; None where nobody is named.
    """

    outlook: Outlook
    kind: str
    text: str
    day: dt.date
    owner: str | None = None


def dues(outlooks: Iterable[Outlook], as_of: dt.date, until: dt.date, person: str | None = None) -> tuple[Due, ...]:
    """What is open and due by a day, the oldest first: in a person's own accounts, and elsewhere what the person answers for.

    What is due before as-of and still open belongs to it; of offers, the last days of notice and the ends of agreements only what is
    ahead: nobody can mend the others. Lost and archived accounts are outside.
    """
    told = (due for outlook in outlooks if outlook.open for due in _of(outlook, outlook.plan, as_of))
    mine = (due for due in told if due.day <= until and person in {None, due.owner, due.outlook.plan.owner})
    return tuple(sorted(mine, key=lambda due: due.day))


def _of(outlook: Outlook, plan: Plan, as_of: dt.date) -> Iterator[Due]:
    """Everything with a day in one plan."""
    open_ones = (("action", plan.actions), ("goal", plan.goals))
    yield from (Due(outlook, kind, one.text, one.due, one.owner) for kind, some in open_ones for one in some if one.status == "open" and one.due)
    yield from (Due(outlook, "issue", issue.text, issue.due, issue.owner) for issue in plan.issues if issue.due)
    yield from (Due(outlook, "complaint", one.measure or one.text, one.due, one.owner) for one in plan.complaints if one.due and not one.closed)
    for offer in plan.offers:
        if offer.status == "sent" and offer.decision_due and offer.decision_due >= as_of:
            yield Due(outlook, "offer", offer.text, offer.decision_due)
    for agreement in plan.agreements:
        for kind, day in (("notice", agreement.notice), ("agreement", agreement.end)):
            if day and day >= as_of and not (agreement.ended or agreement.replaced_by):
                yield Due(outlook, kind, agreement.title, day)
