"""What we want with the customer, and how the account is steered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from kamgen.model.governance import Forum, Meetings, Review, Waiver
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.pages.account.blocks import Cards, Facts, Line, Part, Section, Table, cards, facts, part, section, stack, table
from kamgen.pages.account.customer import value_of
from kamgen.pages.account.values import Words, cells, label, own_rows, rows, titles, told
from kamgen.visibility import may_see

FORUMS = ("internal", "strategic", "tactical", "operational")
IN_FORUM = ("per_year", "ours", "theirs", "agenda")


def ambition(plan: Plan, words: Words) -> Section | None:
    """Goals, what must go right, strategies, key activities, the relationship plan, long-term issues and risks."""
    goals = ("text", "status", "baseline", "actual", "target", "start", "due", "owner")
    actions = ("text", "status", "owner", "start", "due", "days", "cost", "goal")
    return section(
        "ambition",
        words,
        part("goals", words, table(plan.goals, "goals", words, goals)),
        value_of(plan, "success_factors", words),
        part("strategies", words, table(plan.strategies, "strategies", words, ("text", "goal", "why"))),
        part("actions", words, table(plan.actions, "actions", words, actions)),
        value_of(plan, "relationship_plan", words),
        part("issues", words, table(plan.issues, "issues", words, ("text", "area", "next_step", "owner", "due"))),
        part("risks", words, table(plan.risks, "risks", words, ("text", "severity", "mitigation", "owner"))),
    )


def steering(plan: Plan, words: Words, portfolio: Portfolio, as_of: dt.date, own: Mapping[str, str]) -> Section | None:
    """The meeting structure, the care programme, reviews, waivers, and who may see what."""
    return section(
        "steering",
        words,
        _meetings(plan.meetings, words) if plan.meetings else None,
        part("care", words, table(plan.care, "care", words, ("touch", "date", "contacts", "value", "note"))),
        part("care_excluded", words, table(plan.care_excluded, "care_excluded", words, ("touch", "reason"))),
        part("reviews", words, _reviews(plan.reviews, words)),
        part("waivers", words, _waivers(plan, words, portfolio, as_of)),
        part("visibility", words, _visibility(plan, words, portfolio.publish.audience, own)),
    )


def _meetings(meetings: Meetings, words: Words) -> Part | None:
    given = rows(meetings, "meetings", words, frozenset(FORUMS))
    held = [(name, getattr(meetings, name)) for name in FORUMS if getattr(meetings, name)]
    lines = [
        Line([label(f"meetings.{name}", words.language), *cells(forum, f"meetings.{name}", IN_FORUM, words)], own_rows(forum, words))
        for name, forum in held
    ]
    head = [told("account.forum", words.language), *titles(Forum, "meetings.internal", IN_FORUM, words)]
    return part("meetings", words, facts(given), stack(head, lines))


def _reviews(reviews: Sequence[Review], words: Words) -> Cards | None:
    """The reviews, the newest first."""
    newest: list[Review] = sorted(reviews, key=lambda review: review.date, reverse=True)
    return cards(newest, "reviews", words, "date")


def _waivers(plan: Plan, words: Words, portfolio: Portfolio, as_of: dt.date) -> Table | None:
    shown = ("until", "reason", "approved_by", "contact", "requirement")
    head = [label("waivers.rule", words.language), told("account.state", words.language), *titles(Waiver, "waivers", shown, words)]
    states = [told(f"account.waiver.{state_of(waiver, plan, portfolio, as_of)}", words.language) for waiver in plan.waivers]
    named = zip(plan.waivers, states, strict=True)
    return stack(head, [Line([waiver.rule, state, *cells(waiver, "waivers", shown, words)], own_rows(waiver, words)) for waiver, state in named])


def state_of(waiver: Waiver, plan: Plan, portfolio: Portfolio, as_of: dt.date) -> str:
    """`expired`, `approved` by somebody who may, or `asked` for."""
    if waiver.until < as_of:
        return "expired"
    return "approved" if portfolio.may_approve(waiver.approved_by, plan.owner) else "asked"


def _visibility(plan: Plan, words: Words, audience: str, own: Mapping[str, str]) -> Facts | None:
    """Who may see what, without the names of what this audience may not see."""
    seen = [(name, word) for name, word in plan.visibility.items() if may_see(name, {**own, **plan.visibility}, audience)]
    return facts([(name, label(f"visibility.{word}", words.language)) for name, word in seen])
