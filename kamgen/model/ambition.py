"""What we want with the customer: goals, strategies, actions, long-term issues and risks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kamgen.model.kind import AMOUNT, DATE, ID, PROSE, TEXT, ListOf, Reference, choice, number
from kamgen.model.record import Record, items, key

GOAL_KINDS = ("business", "relationship", "customer")
GOAL_STATUSES = ("open", "reached", "missed", "dropped")
ACTION_STATUSES = ("open", "done", "dropped")
ISSUE_AREAS = ("competition", "service", "growth", "internal")
SEVERITIES = ("low", "medium", "high")


class Goal(Record):
    """A goal with a measure, from the customer up to the company (002)."""

    id: str | None = key(ID, "Stable id; strategies and actions refer to it")
    text: str = key(TEXT, "The goal", required=True)
    kind: str | None = key(choice(*GOAL_KINDS), "About business, the relationship, or the customer's own success")
    measure: str | None = key(TEXT, "What is measured")
    start: dt.date | None = key(DATE, "From when")
    due: dt.date | None = key(DATE, "By when")
    baseline: Decimal | None = key(number(), "The value at the start")
    target: Decimal | None = key(number(), "The value we want")
    actual: Decimal | None = key(number(), "The value now")
    owner: str | None = key(Reference("person"), "Who answers for it")
    status: str = key(choice(*GOAL_STATUSES), "open until it is reached, missed or dropped", default="open")


class Strategy(Record):
    """A way to a goal, and why it will work (003)."""

    text: str = key(PROSE, "What we do", required=True)
    goal: str | None = key(Reference("goal"), "Which goal it serves")
    why: str | None = key(PROSE, "Why it will work")


class Action(Record):
    """A key activity towards a goal; not a sales activity (001)."""

    id: str | None = key(ID, "Stable id")
    text: str = key(TEXT, "What is done", required=True)
    aim: str | None = key(TEXT, "What it is to achieve")
    goal: str | None = key(Reference("goal"), "Which goal it serves")
    owner: str | None = key(Reference("person"), "Who answers for it")
    people: tuple[str, ...] = items(ListOf(Reference("person")), "Who works on it")
    start: dt.date | None = key(DATE, "From when")
    due: dt.date | None = key(DATE, "By when")
    status: str = key(choice(*ACTION_STATUSES), "open until it is done or dropped", default="open")
    days: Decimal | None = key(number(0), "Working days it takes")
    cost: Decimal | None = key(AMOUNT, "Money it takes, in the account's currency")
    result: str | None = key(PROSE, "What came of it")


class Issue(Record):
    """A long-term issue (003)."""

    area: str | None = key(choice(*ISSUE_AREAS), "What it concerns")
    text: str = key(TEXT, "The issue", required=True)
    next_step: str | None = key(TEXT, "What happens next")
    owner: str | None = key(Reference("person"), "Who answers for it")
    due: dt.date | None = key(DATE, "By when")


class Risk(Record):
    """Something that could go wrong."""

    text: str = key(TEXT, "The risk", required=True)
    severity: str | None = key(choice(*SEVERITIES), "How bad it would be")
    mitigation: str | None = key(TEXT, "What we do to prevent or soften it")
    owner: str | None = key(Reference("person"), "Who answers for it")
