"""Voices: what customers say over time, what they complain of, and what their report cards find wrong (003)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from kamgen.figures.figure import Ratio, ratio
from kamgen.figures.satisfaction import latest
from kamgen.frozen import Frozen
from kamgen.model.analysis import Complaint, Feedback, FeedbackProblem
from kamgen.model.plan import Plan

AGES: Final = ((0, 30), (31, 90), (91, 365), (366, None))
"""How old open complaints are, in days, both ends included."""


class Mean(Frozen):
    """The mean of the scores of some customers, each as a share of its scale; None of none."""

    value: Fraction | None
    customers: int


def scores(feedback: Iterable[Feedback], as_of: dt.date) -> Mapping[int, Ratio]:
    """Calendar year -> the score of its latest report card that has score and scale: 8 of 10 is 4/5. A score above its scale says nothing."""
    found: dict[int, Ratio] = {}
    for card in sorted((card for card in feedback if card.date <= as_of), key=lambda card: card.date):
        told = ratio(card.score, card.scale, of="score", to="scale")
        if told.value is not None and told.value <= 1:
            found[card.date.year] = told
    return found


def mean(shares: Iterable[Fraction]) -> Mean:
    """Every customer counts once, whatever its revenue: 4/5 and 3/5 are 7/10."""
    known = list(shares)
    return Mean(sum(known, Fraction(0)) / len(known) if known else None, len(known))


def open_complaints(plan: Plan, as_of: dt.date) -> tuple[Complaint, ...]:
    """What came until as-of and is not settled, the oldest first; one that is settled on as-of is no longer open."""
    found = (one for one in plan.complaints if one.date <= as_of and (one.closed is None or one.closed > as_of))
    return tuple(sorted(found, key=lambda one: one.date))


def problems(plan: Plan, as_of: dt.date) -> tuple[FeedbackProblem, ...]:
    """What the latest report card finds not good enough."""
    card = latest(plan.feedback, as_of)
    return card.problems if card else ()
