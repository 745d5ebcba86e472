"""What we make of the customer: classification, needs, decision process, competition, SWOT, the customer's report card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from kamgen.model.kind import AMOUNT, DATE, FLAG, PROSE, SCORE, TEXT, ListOf, RecordOf, Reference, TableOf, choice, number
from kamgen.model.record import Record, items, key

SWOT_AREAS = ("environment", "product", "competition")


class Classification(Record):
    """Scores from 1 to 5 (002: written criteria; 003: attractiveness and ability to win)."""

    criteria: Mapping[str, int] = items(TableOf(Reference("criterion"), SCORE), "Score per criterion of the rule set, 1-5")
    attractiveness: Mapping[str, int] = items(TableOf(Reference("attraction"), SCORE), "How attractive the customer is, per factor, 1-5")
    ability_to_win: Mapping[str, int] = items(
        TableOf(Reference("ability"), SCORE), "How able we are to win, per factor, 1-5; competition: 5 = competitors hardly care"
    )
    profitability: int | None = key(SCORE, "Profitability of the customer, 1-5")
    potential: int | None = key(SCORE, "Potential of the customer, 1-5")


class Need(Record):
    """A need that both sides agree on, and what solving it gains (002)."""

    text: str = key(TEXT, "The need", required=True)
    pain: str | None = key(PROSE, "What hurts today")
    gain: str | None = key(PROSE, "What gets better, measurable")
    impact: str | None = key(PROSE, "What follows from it in their business")
    agreed: bool | None = key(FLAG, "Has the customer agreed that this is the need?")
    solution: str | None = key(PROSE, "What we propose")
    value: Decimal | None = key(AMOUNT, "What it is worth to us, in the account's currency")


class DecisionProcess(Record):
    """How the customer decides and buys (000)."""

    steps: tuple[str, ...] = items(ListOf(TEXT), "The steps, in order")
    criteria: tuple[str, ...] = items(ListOf(TEXT), "What they decide by")
    style: str | None = key(PROSE, "Their buying style")


class Competitor(Record):
    """A competitor of ours at this account."""

    name: str = key(TEXT, "Who", required=True)
    how: str | None = key(PROSE, "How they work the account")


class Partner(Record):
    """A possible partner at this account (001)."""

    name: str = key(TEXT, "Who", required=True)
    role: str | None = key(TEXT, "In what part")


class SwotPoint(Record):
    """One strength, weakness, opportunity or threat."""

    text: str = key(TEXT, "The point", required=True)
    area: str | None = key(choice(*SWOT_AREAS), "Environment, product or competition")


class Swot(Record):
    """Opportunities and threats, strengths and weaknesses (003)."""

    opportunities: tuple[SwotPoint, ...] = items(ListOf(RecordOf(SwotPoint)), "What could help us")
    threats: tuple[SwotPoint, ...] = items(ListOf(RecordOf(SwotPoint)), "What could hurt us")
    strengths: tuple[SwotPoint, ...] = items(ListOf(RecordOf(SwotPoint)), "What we are good at here")
    weaknesses: tuple[SwotPoint, ...] = items(ListOf(RecordOf(SwotPoint)), "What we lack here")


class FeedbackProblem(Record):
    """A problem in the customer's report card, and what we do about it."""

    area: str | None = key(TEXT, "What it concerns")
    text: str = key(TEXT, "The problem", required=True)
    measure: str | None = key(TEXT, "What we do about it")
    owner: str | None = key(Reference("person"), "Who does it")
    due: dt.date | None = key(DATE, "By when")


class Feedback(Record):
    """The customer's report card (003)."""

    date: dt.date = key(DATE, "When it was given", required=True)
    score: Decimal | None = key(number(0), "The overall score")
    scale: Decimal | None = key(number(1), "The highest score that can be given")
    source: str | None = key(TEXT, "Survey, meeting, listening post ...")
    scores: Mapping[str, Decimal] = items(TableOf(TEXT, number(0)), "Score per area, on the same scale")
    text: str | None = key(PROSE, "What the customer said")
    problems: tuple[FeedbackProblem, ...] = items(ListOf(RecordOf(FeedbackProblem)), "What is not good enough")


class Complaint(Record):
    """A complaint, until it is closed."""

    date: dt.date = key(DATE, "When it came", required=True)
    text: str = key(TEXT, "What it is about", required=True)
    measure: str | None = key(TEXT, "What we do about it")
    owner: str | None = key(Reference("person"), "Who does it")
    due: dt.date | None = key(DATE, "By when")
    closed: dt.date | None = key(DATE, "When it was settled")
