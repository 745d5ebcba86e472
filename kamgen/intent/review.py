"""Reviews: the plan was looked through, and what came of it (001: twice a year)."""

from __future__ import annotations

from typing import Any

from kamgen.diagnostic import Message
from kamgen.edit import Insert
from kamgen.intent import Intended, refuse
from kamgen.intent.activity import Facts
from kamgen.intent.diary import Diary


def reviewed(diary: Diary, facts: Facts) -> Intended:
    """One more review. Refused in the future, twice on one day, on a closed account."""
    date: Any = facts["date"]
    if diary.plan.closed:
        raise refuse("refuse.closed", id=diary.plan.id, status=diary.plan.status)
    if date > diary.today:
        raise refuse("refuse.reviewed-in-the-future", date=date, today=diary.today)
    if any(review.date == date for review in diary.plan.reviews):
        raise refuse("refuse.reviewed-already", date=date)
    return Intended((Insert(("reviews",), {"by": diary.plan.owner, **facts}),), (Message("did.reviewed", {"date": date}),))
