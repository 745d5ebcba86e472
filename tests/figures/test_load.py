"""Load: hours that the tiers ask for, against the hours there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.account import Account
from kamgen.cadence import Cell
from kamgen.figures.load import Load, Work, hours_of, load, loads, required_hours
from kamgen.model.portfolio import Person
from kamgen.ruleset import ActivityType, Requirement, Ruleset, Tier
from kamgen.workspace import Workspace
from kamgen.workspace import load as read

AS_OF = dt.date(2026, 5, 6)
KARI = Person(id="kari", name="Kari", role="kam", capacity=Decimal(160))
PORTFOLIO = """
people: [{id: kari, name: Kari, role: kam, capacity: 160}, {id: ole, name: Ole, role: kam}, {id: vera, name: Vera, role: leader, capacity: 10}]
rules: {extends: per-account}
"""
RULES = Ruleset(activity_types={"lunch": ActivityType(hours=Decimal(3)), "kam-meeting": ActivityType(hours=Decimal("2.5"))})


def workspace(root: Path, plans: Mapping[str, str]) -> Workspace:
    (root / "plans").mkdir()
    (root / "plans/portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    for name, text in plans.items():
        (root / f"plans/{name}.md").write_text(f"---\naccount: {name}\n{text}---\n", encoding="utf-8")
    return read(root, AS_OF)


def told(found: Workspace) -> tuple[Load, ...]:
    return loads(found.portfolio.people, found.accounts, found.ground.ruleset)


def figures(found: Load) -> list[object]:
    return [found.hours, found.share, found.excess, found.free]


def test_the_example_of_the_docstring(tmp_path: Path) -> None:
    kari, *_ = told(workspace(tmp_path, {f"c{number:02}": "tier: C\nowner: kari\n" for number in range(20)}))
    assert figures(kari) == [200, Fraction(5, 4), 40, 0]
    assert kari.by_tier() == (("C", 20, Decimal(200)),)
    assert kari.works[0] == Work("c00", "c00", "C", Decimal(10))


def test_who_asks_for_what(tmp_path: Path) -> None:
    plans = {
        "a": "tier: A\nowner: kari\n",
        "b-new": "tier: C\nowner: kari\nsince: 2026-07-02\n",
        "c-lost": "tier: A\nowner: kari\nstatus: lost\nstatus_reason: Prices\n",
        "d-prospect": "tier: A\nowner: kari\nstatus: prospect\n",
        "e-unread": "tier: C\nowner: kari\ncontacts: [{name: [}]\n",
        "f-odd": "tier: C\nowner: kari\nsince: yesterday\n",
        "g-tierless": "tier: Z\nowner: kari\n",
        "h-other": "tier: A\nowner: ole\n",
    }
    kari, ole, vera = told(workspace(tmp_path, plans))
    assert [(work.account, int(work.hours)) for work in kari.works] == [("a", 12), ("f-odd", 10), ("b-new", 2)]
    assert kari.unread == ("f-odd", "g-tierless")
    assert kari.by_tier() == (("A", 1, Decimal(12)), ("C", 2, Decimal(12)))
    assert figures(ole) == [12, None, 0, 0]
    assert figures(vera) == [0, 0, 0, 10]
    assert vera.works == ()


def test_no_hours_at_all_is_no_share() -> None:
    found = Load(KARI, (Work("a", "A", "A", Decimal(12)),), Decimal(0))
    assert figures(found) == [12, None, 12, 0]


@pytest.mark.parametrize(
    ("requirement", "hours"),
    [
        (Requirement(per="person", types=("lunch", "kam-meeting")), Decimal(3)),
        (Requirement(per="account", forums=("tactical",)), Decimal("2.5")),
        (Requirement(per="account", types=("unheard-of",)), Decimal(1)),
    ],
)
def test_hours_of_a_requirement(requirement: Requirement, hours: Decimal) -> None:
    assert hours_of(Tier(requirements={"one": requirement}), "one", RULES) == hours


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6))
def test_what_is_held_takes_no_hours_away(numbers: list[tuple[int, int]]) -> None:
    tier = Tier(requirements={"one": Requirement(per="person", types=("lunch",))})
    cells = [Cell("one", None, held, 0, owed, None, 0) for held, owed in numbers]
    assert required_hours(cells, tier, RULES) == 3 * sum(owed for _, owed in numbers)


@given(st.lists(st.decimals(0, 500, places=2), max_size=6), st.decimals(0, 1000, places=1))
def test_excess_and_free_hours(hours: list[Decimal], capacity: Decimal) -> None:
    works = tuple(Work(str(number), "Acme", "A", each) for number, each in enumerate(hours))
    found = Load(KARI, works, capacity)
    assert min(found.excess, found.free) == 0
    assert found.hours - found.excess + found.free == capacity
    assert found.share is None or (found.share > 1) == (found.excess > 0)


def test_a_file_that_cannot_be_read_is_nobodys(tmp_path: Path) -> None:
    broken = workspace(tmp_path, {"a": "tier: [\n"})
    assert isinstance(broken.accounts[0], Account)
    assert load(KARI, broken.accounts, broken.ground.ruleset).works == ()
    assert told(broken)[0].works == ()
