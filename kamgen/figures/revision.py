"""Revision: which plans were reviewed in which window, and whose review is due (001: twice a year)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kamgen.figures.coverage import Rate
from kamgen.figures.outlook import Outlook
from kamgen.figures.reviews import Round, coming_rounds, open_rounds, passed_rounds
from kamgen.frozen import Frozen
from kamgen.model.governance import Review
from kamgen.model.plan import Plan
from kamgen.model.portfolio import ReviewWindow

ANSWERS = ("due", "missed", "late", "done", "excused", "unread")
"""How a plan stands to a window, what asks for work first."""


class Turn(Frozen):
    """A window that passed in the last 12 months, is open, or comes next. `done` is None for one that has not opened yet."""

    round: Round
    state: str
    done: Rate | None


class Revised(Frozen):
    """A plan and its reviews: the answer to each turn that was asked, in their order, and the last review by as-of.

    `days` since the last review, None where there is none; `shown` is that review as far as the audience may read it.
    """

    outlook: Outlook
    answers: tuple[str, ...]
    days: int | None
    shown: Review | None

    @property
    def worst(self) -> int:
        """The rank of the answer that asks for work first; without any, the last."""
        return min((ANSWERS.index(answer) for answer in self.answers), default=len(ANSWERS))


def asked_rounds(windows: Iterable[ReviewWindow], as_of: dt.date) -> tuple[Round, ...]:
    """The windows that passed in the last 12 months, and those that are open, the one that closes first first."""
    known = tuple(windows)
    return (*passed_rounds(known, as_of), *open_rounds(known, as_of))


def next_round(windows: Iterable[ReviewWindow], as_of: dt.date) -> Round | None:
    """The window that opens next, after as-of."""
    return min((found for found in coming_rounds(windows, as_of) if found.opens > as_of), key=lambda found: found.opens, default=None)


def revised(outlook: Outlook, rounds: tuple[Round, ...], as_of: dt.date) -> Revised:
    """How one account stands, judged by its whole plan."""
    whole = outlook.account.plan or outlook.plan
    last, shown = _last(whole, as_of), _last(outlook.plan, as_of)
    told = shown if last and shown and shown.date == last.date else None
    return Revised(outlook, tuple(answer(whole, one, rounds, as_of) for one in rounds), (as_of - last.date).days if last else None, told)


def answer(plan: Plan, asked: Round, rounds: Iterable[Round], as_of: dt.date) -> str:
    """`excused` who is too new, `done` inside the window, `due` while it is open, `late` when held before another window, else `missed`."""
    if "reviews" in plan.unread or "since" in plan.unread:
        return "unread"
    if asked.reviewed(plan, as_of):
        return "done"
    if asked.excuses(plan):
        return "excused"
    if as_of in asked:
        return "due"
    after = (review.date for review in plan.reviews if asked.closes < review.date <= as_of)
    others = [one for one in rounds if one != asked]
    return "late" if any(not any(day in other for other in others) for day in after) else "missed"


def turns(found: Iterable[Revised], rounds: Iterable[Round], coming: Round | None, as_of: dt.date) -> tuple[Turn, ...]:
    """The windows with how many of those that were asked were reviewed in time, then the one that comes next."""
    known = list(found)
    told = (Turn(one, "open" if as_of in one else "passed", _done(known, place)) for place, one in enumerate(rounds))
    return (*told, *([Turn(coming, "coming", None)] if coming else []))


def _done(found: list[Revised], place: int) -> Rate:
    asked = [one.answers[place] for one in found if one.answers[place] not in {"excused", "unread"}]
    return Rate(asked.count("done"), len(asked))


def _last(plan: Plan, as_of: dt.date) -> Review | None:
    return max((review for review in plan.reviews if review.date <= as_of), key=lambda review: review.date, default=None)
