"""Satisfaction: what the customer's report card says (003)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from kamgen.day import months_before
from kamgen.figures.figure import Ratio, absent, ratio
from kamgen.model.analysis import Feedback

MONTHS: Final = 12
"""A report card older than this says nothing about today."""


def satisfaction(feedback: Iterable[Feedback], as_of: dt.date) -> Ratio:
    """The score of the latest report card of the last 12 months, of its scale: 8 on a scale of 10 is 4/5.

    A report card without a score is passed over. Without a scale there is no figure, and none where the score is above the scale.
    """
    since = months_before(as_of, MONTHS)
    scored = [card for card in feedback if card.score is not None and since <= card.date <= as_of]
    if not scored:
        return absent("feedback")
    card = max(scored, key=lambda card: card.date)
    too_high = card.score is not None and card.scale is not None and card.score > card.scale
    return absent("scale") if too_high else ratio(card.score, card.scale, of="score", to="scale")


def latest(feedback: Iterable[Feedback], as_of: dt.date) -> Feedback | None:
    """The latest report card, with or without a score; one that is dated later than as-of is not there yet."""
    return max((card for card in feedback if card.date <= as_of), key=lambda card: card.date, default=None)
