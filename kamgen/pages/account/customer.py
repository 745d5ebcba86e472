"""The customer card, and what was agreed, offered and done."""

from __future__ import annotations

from kamgen.model.plan import Plan
from kamgen.pages.account.blocks import Part, Section, facts, part, section, table, text
from kamgen.pages.account.values import Words, cell, chosen, rows

FACTS = ("since", "segment", "region", "currency", "potential", "arrangements")
PARTS = ("description", "situation", "challenges", "goals", "strategy", "unique_qualities", "organisation")
LATER = frozenset({*PARTS, "future_projects", "history"})


def customer(plan: Plan, words: Words) -> Section | None:
    """Who the customer is: facts, the customer card with its eight parts, their projects and their economy, the cooperation."""
    return section("customer", words, _facts(plan, words), *_card(plan, words), _cooperation(plan, words))


def _facts(plan: Plan, words: Words) -> Part | None:
    return part("facts", words, facts(chosen(plan, "", FACTS, words)))


def _card(plan: Plan, words: Words) -> list[Part | None]:
    company = plan.company
    if company is None:
        return []
    projects = table(company.future_projects, "company.future_projects", words, ("text", "when", "value", "our_role"))
    return [
        part("company", words, facts(rows(company, "company", words, LATER))),
        part("parts", words, facts(chosen(company, "company", PARTS, words))),
        part("company.future_projects", words, projects),
        part("company.history", words, table(company.history, "company.history", words, ("year", "turnover", "profit", "note"))),
    ]


def _cooperation(plan: Plan, words: Words) -> Part | None:
    return part("cooperation", words, facts(rows(plan.cooperation, "cooperation", words))) if plan.cooperation else None


def business(plan: Plan, words: Words) -> Section | None:
    """What binds us: agreements, offers, documents, what we did for them."""
    offered = ("text", "kind", "product", "status", "value", "sent", "decision_due", "valid_until")
    return section(
        "business",
        words,
        part("agreements", words, table(plan.agreements, "agreements", words, ("title", "kind", "start", "end", "notice"))),
        part("offers", words, table(plan.offers, "offers", words, offered)),
        part("documents", words, table(plan.documents, "documents", words, ("title", "date", "url"))),
        part("assignments", words, table(plan.assignments, "assignments", words, ("text", "year", "value"))),
    )


def value_of(plan: Plan, name: str, words: Words) -> Part | None:
    """A part that is one text or one list of the plan."""
    return part(name, words, text(cell(plan, "", name, words)))
