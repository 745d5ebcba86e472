"""Groups by parents, what several accounts come to, who has to do with what, and what is due in a sales meeting; by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.account import Account
from kamgen.figures.coverage import Rate
from kamgen.figures.figure import Amount
from kamgen.figures.groups import Group, groups
from kamgen.figures.involvement import involvement
from kamgen.figures.meeting import Due, dues
from kamgen.figures.outlook import Outlook, outlook
from kamgen.figures.rollup import Rollup, ambition, contribution, rollup
from kamgen.model.ambition import Action, Goal
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.node import Document
from kamgen.ruleset import Ruleset
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """\
title: Groups
currency: EUR
people: [{id: kari, name: Kari, role: kam}, {id: ole, name: Ole, role: kam}, {id: ida, name: Ida, role: specialist}]
products: [{id: fittings}]
rates: [{currency: DKK, date: 2024-01-01, rate: 0.1}]
rules: {extends: per-account}
"""


def one(name: str, parent: str | None = None, folder: str = "") -> Outlook:
    plan = Plan(id=name, account=name.upper(), tier="A", owner="kari", parent=parent)
    account = Account(name, f"plans/{folder}{name}.md", Document("", "", None, "", 1, ()), plan, (), None, ())
    found = outlook(account, plan, Portfolio(), Ruleset(), AS_OF)
    assert found
    return found


def shape(found: Iterable[Group]) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(group.head, [(member.outlook.account.id, member.depth) for member in group.members]) for group in found]


def test_each_account_stands_below_its_parent() -> None:
    told = [one("a"), one("b", "a"), one("c", "a"), one("d", "b"), one("e")]
    assert shape(groups(told)) == [("a", [("a", 0), ("b", 1), ("d", 2), ("c", 1)])]


def test_groups_stand_in_the_order_of_their_names() -> None:
    told = [one("z"), one("y", "z"), one("a"), one("b", "a")]
    assert [group.name for group in groups(told)] == ["A", "Z"]
    assert groups([]) == groups([one("a"), one("b")]) == ()


def test_a_parent_that_cannot_be_read_heads_its_group_by_its_id() -> None:
    (group,) = groups([one("b", "lost-file")])
    assert (group.head, group.name) == ("lost-file", "lost-file")
    assert shape([group]) == [("lost-file", [("b", 1)])]


def test_a_circle_is_headed_by_the_first_by_id_and_ends() -> None:
    told = [one("c", "b"), one("b", "a"), one("a", "c"), one("d", "b")]
    assert shape(groups(told)) == [("a", [("a", 0), ("b", 1), ("c", 2), ("d", 2)])]
    assert groups([one("a", "a")]) == ()


def test_two_plans_of_one_id_are_both_members() -> None:
    told = [one("a"), one("b", "a"), one("b", "a", "other/")]
    assert shape(groups(told)) == [("a", [("a", 0), ("b", 1), ("b", 1)])]


def test_a_long_chain_is_one_group() -> None:
    told = [one("a0"), *(one(f"a{number}", f"a{number - 1}") for number in range(1, 500))]
    (group,) = groups(told)
    assert [member.depth for member in group.members] == list(range(500))


@given(st.lists(st.none() | st.integers(0, 9), min_size=10, max_size=10))
def test_every_account_is_in_one_group_at_most(parents: list[int | None]) -> None:
    told = [one(f"a{number}", None if parent is None else f"a{parent}") for number, parent in enumerate(parents)]
    found = [member.outlook.account.id for group in groups(told) for member in group.members]
    assert len(found) == len(set(found))
    assert {f"a{number}" for number, parent in enumerate(parents) if parent not in {None, number}} <= set(found)


def plan(name: str, owner: str, rest: str = "") -> str:
    return f"---\naccount: {name}\ntier: A\nowner: {owner}\n{rest}---\n"


PLANS = {
    "alpha.md": plan(
        "Alpha",
        "kari",
        "potential: 500\nsales: [{product: fittings, actual: {2024: 100, 2025: 200, 2026: 50}, budget: {2026: 400}, potential: 300}]\n"
        "goals:\n  - {text: Half, start: 2026-01-01, due: 2026-12-31, baseline: 0, target: 100, actual: 50, owner: kari}\n"
        "  - {text: Late, start: 2026-01-01, due: 2026-05-01, baseline: 0, target: 100, actual: 90, owner: kari}\n"
        "  - {text: Won, status: reached}\n  - {text: Gone, status: missed}\n  - {text: Given up, status: dropped}\n"
        "actions:\n  - {text: Old, owner: ida, due: 2026-04-01, days: 2, cost: 100}\n  - {text: New, due: 2026-05-20, days: 1.5}\n"
        "  - {text: Done, status: done, due: 2026-01-01, days: 9, cost: 999}\n"
        "issues: [{text: Rivals, owner: ole, due: 2026-05-13}, {text: Undated}]\n"
        "complaints:\n  - {date: 2026-04-01, text: Late pallet, due: 2026-05-10}\n"
        "  - {date: 2026-04-01, text: Mended, due: 2026-05-10, closed: 2026-04-02}\n",
    ),
    "beta.md": plan(
        "Beta",
        "ole",
        "currency: DKK\npotential: 1000\nactivities: [{date: 2026-05-12, type: status-meeting, status: planned, by: kari, with: [ida], subject: X}]\n"
        "offers:\n  - {text: Shelves, status: sent, decision_due: 2026-05-08}\n  - {text: Decided, status: won, decision_due: 2026-05-08}\n"
        "  - {text: Forgotten, status: sent, decision_due: 2026-05-05}\n"
        "agreements:\n  - {title: Frame, notice: 2026-05-06, end: 2026-06-30}\n  - {title: Over, end: 2026-05-30, ended: true}\n"
        "  - {title: Before, end: 2026-05-30, replaced_by: Frame}\n  - {title: Long gone, end: 2020-01-01}\n",
    ),
    "gamma.md": plan("Gamma", "ole", "currency: SEK\npotential: 7\nsales: [{product: fittings, actual: {2025: 5}}]\n"),
    "omega.md": plan("Omega", "kari", "status: lost\nstatus_reason: Closed\nactions: [{text: Never, due: 2026-05-07}]\n"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("groups"), PLANS, portfolio=PORTFOLIO), AS_OF))


def of(site: Site, *names: str) -> Rollup:
    some = (found for found in site.outlooks if found.plan.account in names)
    return rollup(contribution(found, site.profiles[found.account.path], site.portfolio, site.as_of) for found in some)


def test_money_adds_up_and_says_what_stands_outside(site: Site) -> None:
    found = of(site, "Alpha", "Beta", "Gamma")
    assert found.revenue == (
        Amount(Decimal(100), "", ("Beta", "Gamma")),
        Amount(Decimal(200), "", ("Beta", "Gamma")),
        Amount(Decimal(50), "", ("Beta", "Gamma")),
    )
    assert found.potential == Amount(Decimal(600), "", ("Gamma",))
    assert (found.budget.value, found.attained.value) == (Decimal(400), Fraction(1, 8))
    assert found.white_space.value == 100
    assert [one.missing for one in of(site, "Gamma").revenue] == ["rate"] * 3
    assert of(site, "Gamma").potential.missing == "rate"
    assert [one.missing for one in of(site, "Beta").revenue] == ["actual"] * 3
    assert of(site).revenue == ()
    assert of(site, "Omega").potential.missing == "potential"


def test_goals_and_actions_add_up(site: Site) -> None:
    found = of(site, "Alpha", "Beta").ambition
    assert (found.open, found.behind, found.reached, found.missed) == (2, 1, 1, 1)
    assert found.way == Fraction(50 + 90 + 100, 300)
    assert (found.actions, found.overdue, found.days, found.cost) == (Rate(1, 3), 1, Decimal("3.5"), Decimal(100))
    nothing = of(site, "Beta").ambition
    assert (nothing.way, nothing.days, nothing.cost, nothing.actions.value) == (None, None, None, None)


def test_the_sum_of_two_is_the_whole() -> None:
    goals = [Goal(text="A", status="reached"), Goal(text="B"), Goal(text="C", due=dt.date(2026, 1, 1))]
    actions = [Action(text="A", status="done"), Action(text="B", due=dt.date(2026, 1, 1), days=Decimal(2))]
    told = ambition(goals, actions, AS_OF)
    assert (told.open, told.behind, told.reached, told.overdue, told.days, told.ways) == (2, 1, 1, 1, Decimal(2), (Fraction(1),))


def test_who_has_to_do_with_what(site: Site) -> None:
    found: Mapping[str, list[str]] = {person: [one.plan.account for one in some] for person, some in involvement(site.outlooks).items()}
    assert found == {"kari": ["Alpha", "Beta", "Omega"], "ida": ["Alpha", "Beta"], "ole": ["Alpha", "Beta", "Gamma"]}


def told(found: Iterable[Due]) -> list[str]:
    return [f"{due.day:%m-%d} {due.kind} {due.text} {due.owner or '-'}" for due in found]


def test_what_is_due_in_a_meeting(site: Site) -> None:
    until = dt.date(2026, 5, 31)
    assert told(dues(site.outlooks, AS_OF, until, "kari")) == [
        "04-01 action Old ida",
        "05-01 goal Late kari",
        "05-10 complaint Late pallet -",
        "05-13 issue Rivals ole",
        "05-20 action New -",
    ]
    assert told(dues(site.outlooks, AS_OF, until, "ole")) == ["05-06 notice Frame -", "05-08 offer Shelves -", "05-13 issue Rivals ole"]
    assert told(dues(site.outlooks, AS_OF, until, "ida")) == ["04-01 action Old ida"]
    assert len(dues(site.outlooks, AS_OF, until)) == 7
    assert told(dues(site.outlooks, AS_OF, AS_OF)) == ["04-01 action Old ida", "05-01 goal Late kari", "05-06 notice Frame -"]
    assert "06-30 agreement Frame -" in told(dues(site.outlooks, AS_OF, dt.date.max))
