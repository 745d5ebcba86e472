"""Family 5, goals and actions: what is to be reached, what is done for it, by whom, by when, with what."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.day import working_day, year_from
from kamgen.diagnostic import Finding, Message
from kamgen.figures.goals import is_overdue, is_sum, late, overdue, progress
from kamgen.model.ambition import Goal
from kamgen.model.block import says
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.rule import Yield, rule

MONTH: Final = dt.timedelta(days=30)
SHARE: Final = Decimal("0.42")
WANTED: Final = Decimal("0.55")
NOTHING: Final = Decimal(0)
WHOLE: Final = Decimal(1)
STEP: Final = Decimal("0.1")
SHARES: Final = re.compile(r"share|andel|anteil|份额|占比", re.IGNORECASE)


@rule("KAM504", variants=("measure", "target", "due"), ambition=True)
def goal_without_measure(plan: Plan, as_of: dt.date) -> Yield:
    """Nobody can tell whether an open goal is reached: it has no measure, no target or no day.

    Why: goals are reported, followed up and evaluated (002); a goal is what is to be reached, in numbers and by when (003).

    Help: write `measure:`, `baseline:`, `target:` and `due:` under the goal.
    """
    for index, goal in enumerate(plan.goals):
        if goal.status == "open" and (not says(goal.measure) or goal.target is None or goal.due is None):
            values = {"goal": goal.text, "measure": goal.measure, "lines": [*_lines(goal, as_of)]}
            yield Finding(("goals", index), values, variant=_lacks(goal))


def _lacks(goal: Goal) -> str:
    """What a goal lacks first; nothing stands for measure and target."""
    if not says(goal.measure):
        return "" if goal.target is None else "measure"
    return "target" if goal.target is None else "due"


def _lines(goal: Goal, as_of: dt.date) -> Iterator[Message]:
    """All that a goal lacks, to paste. YAML, so it is the same in every language."""
    baseline, target = _proposed(goal)
    start = goal.start or min(as_of, goal.due or as_of)
    usual = {"measure": "share of wallet", "baseline": baseline, "target": target, "start": start, "due": year_from(max(start, as_of))}
    for key, value in usual.items():
        if not says(getattr(goal, key)):
            yield Message("goal.line", {"key": key, "value": f"{value}"})


def _proposed(goal: Goal) -> tuple[Decimal, Decimal | str]:
    """A baseline and a target: of a share, a better share; of anything else nobody knows what is much."""
    if goal.baseline is not None:
        return goal.baseline, min(goal.baseline + STEP, WHOLE) if NOTHING < goal.baseline < WHOLE else "..."
    open_to_all = goal.target is None and (not says(goal.measure) or SHARES.search(goal.measure or ""))
    return (SHARE, WANTED) if open_to_all else (NOTHING, "...")


@rule("KAM505", variants=("sum", "overdue"), apart=("overdue",), ambition=True)
def goal_late(plan: Plan, as_of: dt.date) -> Yield:
    """An open goal is behind its time, or its day has passed.

    Why: goals are followed up, and what is learned changes the plan (002); the finding comes while there is time to do something.
    What counts whole things is due in whole things, and a sum like revenue is measured from nothing.

    Help: write the value of today under `actual:`; plan what closes the gap; or settle the goal as reached, missed or dropped. A goal stays
    late until its value is back on its way, whatever is planned; a leader may waive it in the plan of an account.
    """
    for index, goal in enumerate(plan.goals):
        if late(goal, as_of):
            yield _past(plan, index, as_of) if overdue(goal, as_of) else _behind(plan, index, as_of)


def _past(plan: Plan, index: int, as_of: dt.date) -> Finding:
    goal = plan.goals[index]
    days = (as_of - (goal.due or as_of)).days
    return Finding(("goals", index), {"goal": goal.text, "due": goal.due, "n": days}, variant="overdue")


def _behind(plan: Plan, index: int, as_of: dt.date) -> Finding:
    goal = plan.goals[index]
    found = progress(goal, as_of)
    summed = is_sum(goal) and (goal.target or 0) > 0
    share = Fraction(goal.actual or 0) / Fraction(goal.target or 1) if summed else found.value
    values = {
        "goal": goal.text,
        "baseline": goal.baseline,
        "actual": goal.actual,
        "target": goal.target,
        "due": goal.due,
        "percent": math.floor((share or 0) * 100),
        "elapsed": math.ceil((found.elapsed or 0) * 100),
        "paste": paste_action(plan, as_of, goal),
    }
    return Finding(("goals", index), values, variant="sum" if summed else "")


@rule("KAM519", variants=("unnamed",), unless=("missing-block",), ambition=True)
def goal_without_action(plan: Plan, as_of: dt.date) -> Yield:
    """No action serves an open goal.

    Why: a plan is goals and the actions that lead to them (002, 003); a goal that nobody works for is a wish. Where the tier asks for
    actions and there are none at all, that is told instead.

    Help: name the goal under `goal:` of an action; a goal needs an `id:` for that.
    """
    if "actions" in plan.unread:
        return
    served = {action.goal for action in plan.actions if action.status != "dropped"}
    for index, goal in enumerate(plan.goals):
        if goal.status == "open" and (goal.id is None or goal.id not in served):
            values = {"goal": goal.text, "name": goal.id or _free_name(plan), "paste": paste_action(plan, as_of, goal)}
            yield Finding(("goals", index), values, variant="" if goal.id else "unnamed", also=(("actions",),))


def _free_name(plan: Plan) -> str:
    """An id that no goal of the plan has."""
    taken = {goal.id for goal in plan.goals}
    return next(name for name in (f"g{number}" for number in range(1, len(plan.goals) + 2)) if name not in taken)


@rule("KAM506", variants=("unowned",), ambition=True)
def action_overdue(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Yield:
    """An open action was due before today.

    Why: activities are reported, followed up and evaluated (002); what was promised for a day is done, moved or dropped (003).

    Help: set `status: done` with a `result:`, give it a new `due:`, or set `status: dropped`.
    """
    for index, action in enumerate(plan.actions):
        if is_overdue(action, as_of) and action.due is not None:
            owner = portfolio.person_name(action.owner)
            values = {"action": action.text, "due": action.due, "n": (as_of - action.due).days, "owner": owner}
            yield Finding(("actions", index), values, variant="" if owner else "unowned")


@rule("KAM507", variants=("inactive",), ambition=True)
def action_without_owner(plan: Plan, portfolio: Portfolio) -> Yield:
    """Nobody answers for an open action, or the one who did has left.

    Why: an action has people, days and money (003); what everybody is to do, nobody does.

    Help: write `owner:` under the action.
    """
    for index, action in enumerate(plan.actions):
        left = portfolio.has_left(action.owner)
        if action.status == "open" and (action.owner is None or left):
            asked = (person for person in (*action.people, plan.owner) if person and not portfolio.has_left(person))
            values = {"action": action.text, "owner": next(asked, "..."), "person": portfolio.person_name(action.owner)}
            yield Finding(("actions", index), values, variant="inactive" if left else "")


@rule("KAM520", ambition=True)
def action_without_resources(plan: Plan) -> Yield:
    """An open action says neither how many days nor how much money it takes.

    Why: the resources of a plan are people, days and money (003); without them nobody can tell whether it can be carried out.

    Help: write `days:` or `cost:` under the action.
    """
    for index, action in enumerate(plan.actions):
        if action.status == "open" and action.days is None and action.cost is None:
            yield Finding(("actions", index), {"action": action.text})


@rule("KAM523", variants=("reason",), unless=("missing-block",))
def at_risk_without_action(plan: Plan, as_of: dt.date) -> Yield:
    """The account is at risk, and no action is open.

    Why: keeping a customer costs less than finding another (003); who sees a risk does something against it. Where the tier asks for
    actions, and their absence is the graver finding, that is told instead.

    Help: add an action with an owner and a day under `actions:`.
    """
    if plan.status == "at-risk" and not any(action.status == "open" and says(action) for action in plan.actions):
        variant = "reason" if plan.status_reason else ""
        yield Finding(("actions",), {"reason": plan.status_reason, "paste": paste_action(plan, as_of)}, variant=variant)


def paste_action(plan: Plan, as_of: dt.date, goal: Goal | None = None) -> Message:
    """An action to paste: only what is to be done is left to write. YAML, so it is the same in every language."""
    due = working_day(as_of + MONTH)
    keys = {"text": "..."} | ({"goal": goal.id} if goal and goal.id else {}) | {"owner": plan.owner or "...", "due": due, "days": 1, "cost": 0}
    item = f"{{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"
    place = "" if plan.owner else ".ours"  # the goals of the portfolio as a whole have no owner
    return Message(f"paste.action{'' if plan.actions else '.first'}{place}", {"item": item})
