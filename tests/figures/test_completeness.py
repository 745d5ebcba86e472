"""Completeness, by hand and for any plan."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kamgen.figures.completeness import NEW_FOR, completeness, is_new, required
from kamgen.figures.coverage import Rate
from kamgen.model.ambition import Goal
from kamgen.model.company import Company
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.ruleset import Tier

AS_OF = dt.date(2026, 5, 6)
FILLED: dict[str, Any] = {
    "company": Company(city="Aarhus"),
    "contacts": (Contact(id="anna", name="Anna"),),
    "goals": (Goal(text="Two shops more"),),
    "value_proposition": "Shops that one person can run",
    "success_factors": ("Trust",),
}
TIER = Tier(blocks={"company": 2, "contacts": 3, "goals": 3})


def plan(**given: Any) -> Plan:
    return Plan(account="Havnens Købmandshuse", tier="A", owner="kari.nygaard", **given)


def test_the_example_of_the_docstring() -> None:
    found = completeness(plan(company=FILLED["company"], contacts=FILLED["contacts"]), TIER, AS_OF)
    assert (found.rate, found.rate.value, found.required, found.missing) == (Rate(5, 8), Fraction(5, 8), 3, ("goals",))


def test_the_heaviest_is_missing_first() -> None:
    assert completeness(plan(), TIER, AS_OF).missing == ("contacts", "goals", "company")


def test_what_nobody_requires_makes_no_figure() -> None:
    assert completeness(plan(), Tier(), AS_OF).rate.value is None
    assert completeness(plan(), Tier(blocks={"goals": 0}), AS_OF).rate == Rate(0, 0)


def test_what_could_not_be_read_is_neither_filled_nor_missing() -> None:
    assert completeness(plan(unread=frozenset({"goals"})), TIER, AS_OF).rate == Rate(0, 5)


def test_only_time_with_the_customer_brings_some_parts() -> None:
    tier = Tier(blocks={"goals": 1, "sales": 1, "feedback": 1})
    assert list(required(plan(), tier, AS_OF)) == ["goals", "sales", "feedback"]
    assert list(required(plan(status="prospect"), tier, AS_OF)) == ["goals"]
    assert list(required(plan(since=AS_OF), tier, AS_OF)) == ["goals"]


@pytest.mark.parametrize(("days", "expected"), [(NEW_FOR, False), (NEW_FOR - 1, True), (0, True), (-5, True)])
def test_a_customer_is_new_for_so_many_days(days: int, expected: bool) -> None:
    assert is_new(plan(since=AS_OF - dt.timedelta(days=days)), AS_OF) is expected
    assert not is_new(plan(), AS_OF)


@given(
    some.dictionaries(some.sampled_from(sorted(FILLED)), some.integers(0, 100)),
    some.sets(some.sampled_from(sorted(FILLED))),
    some.sampled_from(sorted(FILLED)),
)
def test_it_lies_between_nothing_and_all_and_one_more_part_never_lowers_it(weights: dict[str, int], blocks: set[str], more: str) -> None:
    tier = Tier(blocks=weights)
    before = completeness(plan(**{block: FILLED[block] for block in blocks}), tier, AS_OF)
    after = completeness(plan(**{block: FILLED[block] for block in {*blocks, more}}), tier, AS_OF)
    assert 0 <= before.rate.part <= after.rate.part <= before.rate.whole == sum(weights.values())
    assert set(after.missing) == set(before.missing) - {more}
    assert (before.rate.part == before.rate.whole) == (not before.missing)
