"""The parts of a plan that a tier can ask for."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from kamgen.document import read_data
from kamgen.model.activity import Activity
from kamgen.model.ambition import Goal
from kamgen.model.block import BLOCKS, EARNED, GROUPS, KINDS, OPENING, is_filled, says, stub
from kamgen.model.company import Agreement, Company
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from kamgen.parse import read_plan
from tests import filled

FORMS = frozenset({"wrong-value", "missing-key"})
"""What a stub that was only pasted may meet: a date or a number that is still to be written, a name."""


def written(text: str) -> tuple[Plan, set[str]]:
    plan, problems = read_plan(read_data("plans/x.md", f"account: X\ntier: A\nowner: known\n{text}\n".encode()), {})
    assert plan is not None
    return plan, {problem.kind for problem in problems}


def test_groups_and_earned_blocks_are_blocks() -> None:
    named = [block for group in GROUPS.values() for block in group]
    assert set(named) | EARNED | set(OPENING) <= set(BLOCKS)
    assert len(named) == len(set(named))
    assert {"account", "tier", "owner", "status", "waivers"}.isdisjoint(BLOCKS)


def test_a_part_begins_with_keys_that_it_has() -> None:
    for block, chosen in OPENING.items():
        kind: Any = KINDS[block]
        record = getattr(kind, "record", None) or kind.item.record
        assert set(chosen) <= {entry.name for entry in keys(record)}
        assert {entry.name for entry in keys(record) if entry.required} <= set(chosen)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_stub_can_be_pasted_and_says_nothing_until_it_is_filled_in(block: str) -> None:
    plan, problems = written(stub(block))
    assert problems <= FORMS
    assert not is_filled(plan, block)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_part_is_filled_when_every_key_of_it_is(block: str) -> None:
    plan, _ = written(f"{block}: {json.dumps(filled.data(KINDS[block]), ensure_ascii=False)}")
    assert is_filled(plan, block)
    assert not is_filled(written(f"{block}:")[0], block)


DAY = dt.date(2026, 5, 6)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, False),
        ("", False),
        ("...", False),
        ("- ?", False),
        ("n/a", False),
        ("TODO: ask Anna", False),
        ("客户", True),
        ("3", True),
        (0, True),
        (Decimal(0), True),
        (False, True),
        (DAY, True),
        ((), False),
        (("...",), False),
        (("...", "Aarhus"), True),
        ({}, False),
        ({2025: Decimal(1)}, True),
        (Company(), False),
        (Company(city="Aarhus"), True),
        (Company(products=("...",)), False),
        (Goal(text="..."), False),
        (Goal(text="...", due=DAY), False),
        (Goal(text="Two shops"), True),
        (Agreement(title="Frame", ended=False), True),
        (Contact(id="anna", name="Anna"), True),
        (Activity(date=DAY, type="contact", status="held"), True),
    ],
)
def test_what_says_something(value: object, expected: bool) -> None:
    assert says(value) is expected
