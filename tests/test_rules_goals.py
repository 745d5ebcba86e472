"""Goals and actions: whom the rules leave alone, and the day on which they begin to speak."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamgen.message import render
from kamgen.model.ambition import Action, Goal
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Person, Portfolio
from kamgen.rules.goals import (
    action_overdue,
    action_without_owner,
    action_without_resources,
    at_risk_without_action,
    goal_late,
    goal_without_action,
    goal_without_measure,
)
from kamgen.workspace import load

AS_OF = dt.date(2026, 5, 6)
DAY = dt.timedelta(days=1)
OURS = Portfolio(
    people=(
        Person(id="kari", name="Kari Nygaard", role="kam"),
        Person(id="jens", name="Jens Holm", role="specialist"),
        Person(id="erik", name="Erik Sund", role="kam", active=False),
    )
)
MEASURED = {"measure": "share of wallet", "target": Decimal("0.5"), "due": AS_OF}


def made(cls: Any, **values: Any) -> Any:
    return cls(**values)


def plan(**values: Any) -> Any:
    return made(Plan, account="Acme", tier="A", owner="kari", **values)


def with_goal(**values: Any) -> Any:
    return plan(goals=(made(Goal, text="Grow", **values),))


def with_action(**values: Any) -> Any:
    return plan(actions=(made(Action, text="Visit", **values),))


@pytest.mark.parametrize("status", ["reached", "missed", "dropped"])
def test_a_settled_goal_is_not_judged(status: str) -> None:
    settled = with_goal(status=status, due=AS_OF - DAY)
    assert not [*goal_without_measure(settled, AS_OF), *goal_late(settled, AS_OF), *goal_without_action(settled, AS_OF)]


@pytest.mark.parametrize("measure", ["TBD", "...", "TODO: ask Anna", ""])
def test_a_placeholder_measures_nothing(measure: str) -> None:
    assert [finding.variant for finding in goal_without_measure(with_goal(**MEASURED | {"measure": measure}), AS_OF)] == ["measure"]


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_a_settled_action_is_not_judged(status: str) -> None:
    settled = with_action(status=status, due=AS_OF - DAY)
    assert not [*action_overdue(settled, made(Portfolio), AS_OF), *action_without_owner(settled, made(Portfolio)), *action_without_resources(settled)]


@pytest.mark.parametrize(
    ("lacking", "variant"), [(("measure", "target"), ""), (("measure",), "measure"), (("target",), "target"), (("due",), "due"), ((), None)]
)
def test_one_finding_says_what_a_goal_lacks_first(lacking: tuple[str, ...], variant: str | None) -> None:
    found = goal_without_measure(with_goal(**{name: value for name, value in MEASURED.items() if name not in lacking}), AS_OF)
    assert [finding.variant for finding in found] == ([] if variant is None else [variant])


PASTED = [
    ({}, "measure: share of wallet, baseline: 0.42, target: 0.55, start: 2026-05-06, due: 2027-05-05"),
    ({"target": Decimal(40)}, "measure: share of wallet, baseline: 0, start: 2026-05-06, due: 2027-05-05"),
    ({"measure": "shops", "start": AS_OF - 365 * DAY}, "baseline: 0, target: ..., due: 2027-05-05"),
    ({"measure": "shops", "baseline": Decimal(8), "due": AS_OF - DAY}, "target: ..., start: 2026-05-05"),
    ({"measure": "share of wallet", "baseline": Decimal("0.42")}, "target: 0.52, start: 2026-05-06, due: 2027-05-05"),
    ({"measure": "share of wallet", "baseline": Decimal("0.95")}, "target: 1, start: 2026-05-06, due: 2027-05-05"),
    ({"measure": "Andel av inköp"}, "baseline: 0.42, target: 0.55, start: 2026-05-06, due: 2027-05-05"),
    ({"measure": "TBD"}, "measure: share of wallet, baseline: 0.42, target: 0.55, start: 2026-05-06, due: 2027-05-05"),
    ({"measure": "shops", "baseline": Decimal(8), "target": Decimal(9), "start": AS_OF + DAY}, "due: 2027-05-06"),
]


@pytest.mark.parametrize(("values", "expected"), PASTED)
def test_what_a_goal_lacks_is_pasted_at_once(values: dict[str, Any], expected: str) -> None:
    (finding,) = goal_without_measure(with_goal(**values), AS_OF)
    lines: Any = finding.values["lines"]
    assert ", ".join(render(line).strip("`") for line in lines) == expected
    mended = {line.values["key"]: line.values["value"] for line in lines}
    given = {key: Decimal(20) if value == "..." else value for key, value in mended.items()}
    assert not [*goal_without_measure(with_goal(**values | given), AS_OF)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"owner": "kari"}, []),
        ({"owner": "nobody-we-know"}, []),
        ({"owner": "erik"}, [("inactive", "kari")]),
        ({"owner": "erik", "people": ("erik", "jens")}, [("inactive", "jens")]),
        ({"owner": "erik", "status": "done"}, []),
        ({}, [("", "kari")]),
        ({"people": ("erik",)}, [("", "kari")]),
    ],
)
def test_who_has_left_answers_for_nothing(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    found = action_without_owner(with_action(**values), OURS)
    assert [(finding.variant, finding.values["owner"]) for finding in found] == expected


def test_where_nobody_is_left_nobody_is_proposed() -> None:
    (finding,) = action_without_owner(made(Plan, account="Acme", tier="A", owner="erik", actions=(made(Action, text="Visit", owner="erik"),)), OURS)
    assert (finding.values["owner"], finding.values["person"]) == ("...", "Erik Sund")


def test_an_action_is_overdue_the_day_after() -> None:
    counts = [len([*action_overdue(with_action(due=AS_OF + days * DAY), made(Portfolio), AS_OF)]) for days in (-1, 0, 1)]
    assert counts == [1, 0, 0]
    assert not [*action_overdue(with_action(), made(Portfolio), AS_OF)]


def test_a_goal_past_its_day_is_told_once() -> None:
    late = with_goal(start=AS_OF - 100 * DAY, due=AS_OF - DAY, baseline=Decimal(0), target=Decimal(5), actual=Decimal(1))
    assert [finding.variant for finding in goal_late(late, AS_OF)] == ["overdue"]


def test_a_sum_below_nothing_is_told_as_the_way_it_has_come() -> None:
    loss = with_goal(measure="profit", start=AS_OF - 9 * DAY, due=AS_OF, baseline=Decimal(-100), target=Decimal(0), actual=Decimal(-90))
    assert [(finding.variant, finding.values["percent"]) for finding in goal_late(loss, AS_OF)] == [("", 10)]


@pytest.mark.parametrize(("status", "found"), [("open", 0), ("done", 0), ("dropped", 1)])
def test_an_action_serves_a_goal_until_it_is_dropped(status: str, found: int) -> None:
    served = plan(goals=(made(Goal, id="g1", text="Grow"),), actions=(made(Action, text="Visit", goal="g1", status=status),))
    assert len([*goal_without_action(served, AS_OF)]) == found


def test_actions_that_cannot_be_read_may_serve_the_goal() -> None:
    assert not [*goal_without_action(plan(goals=(made(Goal, id="g1", text="Grow"),), unread=frozenset({"actions"})), AS_OF)]


def test_the_first_free_name_for_a_goal() -> None:
    goals = (made(Goal, id="g1", text="A"), made(Goal, text="B"), made(Goal, id="g2", text="C", status="reached"))
    names = [finding.values["name"] for finding in goal_without_action(plan(goals=goals), AS_OF)]
    assert names == ["g1", "g3"]


@pytest.mark.parametrize(("values", "found"), [({}, 1), ({"days": Decimal(0)}, 0), ({"cost": Decimal(0)}, 0)])
def test_nothing_is_a_number_of_days_too(values: dict[str, Any], found: int) -> None:
    assert len([*action_without_resources(with_action(**values))]) == found


@pytest.mark.parametrize("status", ["active", "prospect", "paused"])
def test_only_an_account_at_risk_needs_an_action(status: str) -> None:
    assert not [*at_risk_without_action(plan(status=status), AS_OF)]
    assert len([*at_risk_without_action(plan(status="at-risk"), AS_OF)]) == 1
    assert len([*at_risk_without_action(plan(status="at-risk", actions=(made(Action, text="TBD"),)), AS_OF)]) == 1


def of_the_portfolio(root: Path, own: str) -> list[str]:
    """The codes of what is said of the portfolio's goals and actions."""
    (root / "plans").mkdir()
    text = f"title: Ours\npeople:\n  - {{id: kari, name: Kari, role: leader}}\nrules: {{extends: per-account}}\n{own}"
    (root / "plans" / "portfolio.yml").write_text(text, encoding="utf-8")
    return [f"{found.code} {found.field}" for found in load(root, AS_OF).diagnostics if found.code.startswith("KAM5")]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("", []),
        ("plan: {budget: {2026: 5}}", []),
        ("plan: {actions: [{text: Fair, owner: kari, days: 1, due: 2026-05-05}]}", ["KAM506 plan.actions.1"]),
        ("plan: {goals: [{id: g1, text: Grow, measure: a, target: 5, due: 2026-12-31}]}", ["KAM519 plan.goals.g1"]),
        ("plan:\n  goals: [{id: g1, text: Grow, measure: a, target: 5, due: 2026-12-31}]\n  actions: [{text: Fair, due: soon}]", []),
        ("plan: {goals: [{id: g1, text: Grow, measure: a, target: much}]}", []),
    ],
)
def test_the_portfolio_is_judged_by_the_same_rules(own: str, expected: list[str], tmp_path: Path) -> None:
    assert of_the_portfolio(tmp_path, own) == expected


def test_what_the_portfolio_is_to_paste_goes_into_its_plan(tmp_path: Path) -> None:
    goal = "  goals: [{id: g1, text: Grow, measure: a, target: 5, due: 2026-12-31}]\n"
    assert of_the_portfolio(tmp_path, f"plan:\n{goal}") == ["KAM519 plan.goals.g1"]
    (found,) = (found for found in load(tmp_path, AS_OF).diagnostics if found.code == "KAM519")
    (item,) = re.findall(r"inside `plan:` in plans/portfolio.yml `(actions: .*?)`", found.help)
    text = (tmp_path / "plans" / "portfolio.yml").read_text("utf-8")
    (tmp_path / "plans" / "portfolio.yml").write_text(f"{text}  {item.replace('owner: ...', 'owner: kari')}\n", encoding="utf-8")
    assert [found.code for found in load(tmp_path, AS_OF).diagnostics if found.code in {"KAM008", "KAM519"}] == []
