"""What we want with the customer, and how the account is steered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from kamgen.account import Account
from kamgen.cadence import Cell, forum_cells
from kamgen.figures.goals import is_overdue, late, of_target, overdue, progress
from kamgen.figures.reviews import coming_rounds, freshness
from kamgen.model.ambition import Action, Goal
from kamgen.model.governance import Forum, Meetings, Review, Waiver
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.pages.account.blocks import Cards, Facts, Line, Part, Section, Table, cards, facts, part, say_in, section, stack, table
from kamgen.pages.account.customer import value_of
from kamgen.pages.account.pieces import Row, state
from kamgen.pages.account.values import Words, cells, label, own_rows, rows, titles, told
from kamgen.pages.account.work import standing
from kamgen.site import Site
from kamgen.visibility import may_see
from kamgen.written import share

GOALS = ("status", "baseline", "actual", "target", "start", "due", "owner")
ACTIONS = ("status", "owner", "start", "due", "days", "cost", "goal")
FORUMS = ("internal", "strategic", "tactical", "operational")
IN_FORUM = ("per_year", "ours", "theirs", "agenda")


def ambition(plan: Plan, words: Words, as_of: dt.date) -> Section | None:
    """Goals, what must go right, strategies, key activities, the relationship plan, long-term issues and risks."""
    return section(
        "ambition",
        words,
        part("goals", words, _goals(plan.goals, words, as_of)),
        value_of(plan, "success_factors", words),
        part("strategies", words, table(plan.strategies, "strategies", words, ("text", "goal", "why"))),
        part("actions", words, _actions(plan.actions, words, as_of)),
        value_of(plan, "relationship_plan", words),
        part("issues", words, table(plan.issues, "issues", words, ("text", "area", "next_step", "owner", "due"))),
        part("risks", words, table(plan.risks, "risks", words, ("text", "severity", "mitigation", "owner"))),
    )


def _goals(goals: Sequence[Goal], words: Words, as_of: dt.date) -> Table | None:
    head = [label("goals.text", words.language), told("account.progress", words.language), *titles(Goal, "goals", GOALS, words)]
    rest = frozenset({"text", *GOALS})
    return stack(
        head,
        [Line([goal.text, progressed(goal, words, as_of), *cells(goal, "goals", GOALS, words)], rows(goal, "goals", words, rest)) for goal in goals],
    )


def progressed(goal: Goal, words: Words, as_of: dt.date) -> str:
    """How far a goal has come, a sum of the year also against its target alone, how much of its time is gone, and whether it is late (002)."""
    found, target = progress(goal, as_of), of_target(goal)
    parts = [share(found.value)] if found.value is not None else []
    if parts and target is not None:
        parts.append(say_in(words, "account.progress.of-target", share=share(target)))
    if found.value is not None and found.elapsed is not None and goal.status == "open":
        parts.append(say_in(words, "account.progress.elapsed", share=share(found.elapsed)))
    words_of = ", ".join(parts)
    if not late(goal, as_of):
        return words_of
    mark = told("account.progress.overdue" if overdue(goal, as_of) else "account.progress.late", words.language)
    return state("late", mark, words_of)


def _actions(actions: Sequence[Action], words: Words, as_of: dt.date) -> Table | None:
    rest = frozenset({"text", *ACTIONS})
    lines = []
    for action in actions:
        given = cells(action, "actions", ACTIONS, words)
        if is_overdue(action, as_of):
            given[0] = state("late", told("account.progress.overdue", words.language), given[0])
        lines.append(Line([action.text, *given], rows(action, "actions", words, rest)))
    return stack([label("actions.text", words.language), *titles(Action, "actions", ACTIONS, words)], lines)


def steering(plan: Plan, words: Words, site: Site, account: Account, own: Mapping[str, str]) -> Section | None:
    """The meeting structure, the care programme, reviews, waivers, and who may see what. `account` is the whole one, as it is judged."""
    portfolio, as_of = site.portfolio, site.as_of
    return section(
        "steering",
        words,
        _meetings(plan.meetings, words, _forums(account, site)) if plan.meetings else None,
        part("care", words, table(plan.care, "care", words, ("touch", "date", "contacts", "value", "note"))),
        part("care_excluded", words, table(plan.care_excluded, "care_excluded", words, ("touch", "reason"))),
        part("reviews", words, _rounds(account, words, site), _reviews(plan.reviews, words)),
        part("waivers", words, _waivers(plan, words, portfolio, as_of)),
        part("visibility", words, _visibility(plan, words, portfolio.publish.audience, own)),
    )


def _forums(account: Account, site: Site) -> Mapping[str, Cell]:
    """The meeting structure as it is judged: forum -> how often held, planned and owed."""
    found = forum_cells(account.plan, site.ruleset, site.workspace.ground.window, site.as_of) if account.plan else ()
    return {cell.requirement: cell for cell in found}


def _meetings(meetings: Meetings, words: Words, forums: Mapping[str, Cell]) -> Part | None:
    given = rows(meetings, "meetings", words, frozenset(FORUMS))
    held = [(name, getattr(meetings, name)) for name in FORUMS if getattr(meetings, name)]
    lines = [
        Line(
            [label(f"meetings.{name}", words.language), standing(forums.get(name), words), *cells(forum, f"meetings.{name}", IN_FORUM, words)],
            own_rows(forum, words),
        )
        for name, forum in held
    ]
    head = [told("account.forum", words.language), told("account.state", words.language), *titles(Forum, "meetings.internal", IN_FORUM, words)]
    return part("meetings", words, facts(given), stack(head, lines))


def _rounds(account: Account, words: Words, site: Site) -> Facts | None:
    """In how many of its windows the plan was reviewed, and when the next one is (001: twice a year)."""
    plan, windows = account.plan, site.portfolio.review_windows
    if plan is None or plan.closed or not windows:
        return None
    fresh = freshness(plan, windows, site.as_of)
    found: list[Row] = []
    if fresh.done.whole:
        found.append((told("account.reviews.done", words.language), say_in(words, "account.reviews.of", n=fresh.done.whole, part=fresh.done.part)))
    due = next((one for one in coming_rounds(windows, site.as_of) if not one.reviewed(plan, site.as_of)), None)
    if due:
        found.append(
            (
                say_in(words, "account.reviews.next", name=due.name),
                say_in(words, "account.reviews.when", opens=due.opens, due=due.due, closes=due.closes),
            )
        )
    return facts(found)


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
