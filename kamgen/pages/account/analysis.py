"""What we make of the customer: classification, needs, how they decide, competition, SWOT, their report card."""

from __future__ import annotations

from collections.abc import Sequence

from kamgen.model.analysis import Feedback, Swot, SwotPoint
from kamgen.model.plan import Plan
from kamgen.pages.account import blocks
from kamgen.pages.account.blocks import Card, Cards, Point, Quadrant, Section, cards, facts, part, say_in, section, table
from kamgen.pages.account.customer import value_of
from kamgen.pages.account.pieces import definitions
from kamgen.pages.account.values import Words, cell, cells, chosen, label, own_rows, rows
from kamgen.written import number

IN_CARD = frozenset({"date", "score", "scale", "problems"})
FIELDS = ("strengths", "weaknesses", "opportunities", "threats")


def analysis(plan: Plan, words: Words) -> Section | None:
    """Everything that explains the customer and our place there."""
    decision, swot, classification = plan.decision_process, plan.swot, plan.classification
    return section(
        "analysis",
        words,
        part("classification", words, facts(rows(classification, "classification", words))) if classification else None,
        value_of(plan, "value_proposition", words),
        part("needs", words, cards(plan.needs, "needs", words, "text")),
        part("decision_process", words, facts(rows(decision, "decision_process", words))) if decision else None,
        part("competitors", words, table(plan.competitors, "competitors", words, ("name", "how"))),
        part("partners", words, table(plan.partners, "partners", words, ("name", "role"))),
        part("swot", words, _swot(swot, words), facts(own_rows(swot, words))) if swot else None,
        part("feedback", words, _feedback(plan.feedback, words)),
        part("complaints", words, table(plan.complaints, "complaints", words, ("text", "date", "measure", "owner", "due", "closed"))),
    )


def _swot(swot: Swot, words: Words) -> blocks.Swot | None:
    quadrants = [
        Quadrant(name, label(f"swot.{name}", words.language), [_point(point, f"swot.{name}", words) for point in getattr(swot, name)])
        for name in FIELDS
        if getattr(swot, name)
    ]
    return blocks.Swot(quadrants) if quadrants else None


def _point(point: SwotPoint, path: str, words: Words) -> Point:
    text, area = cells(point, path, ("text", "area"), words)
    return Point(text, area, definitions(own_rows(point, words)))


def _feedback(feedback: Sequence[Feedback], words: Words) -> Cards | None:
    """The report cards, the newest first."""
    newest = sorted(feedback, key=lambda card: card.date, reverse=True)
    return Cards([_card(card, words) for card in newest]) if newest else None


def _card(card: Feedback, words: Words) -> Card:
    problems = table(card.problems, "feedback.problems", words, ("text", "area", "measure", "owner", "due"))
    return Card("", cell(card, "feedback", "date", words), _score(card, words), definitions(rows(card, "feedback", words, IN_CARD)), problems)


def _score(card: Feedback, words: Words) -> str:
    if card.score is None or card.scale is None:
        return ", ".join([f"{title} {value}" for title, value in chosen(card, "feedback", ("score", "scale"), words)])
    return say_in(words, "account.scored", score=number(card.score), scale=number(card.scale))
