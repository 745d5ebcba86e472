"""The template of new plans: it has every part, its hints are right, and a plan gets what its tier asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kamgen import parse, rulebook
from kamgen.document import read_data, read_plan
from kamgen.intent.skeleton import id_of, plan
from kamgen.model.block import BLOCKS
from kamgen.questions import QUESTIONS, answers
from kamgen.rulebook import KnownRules
from kamgen.ruleset import Ruleset, Tier

TEMPLATE = (Path(__file__).parents[2] / "templates" / "new" / "plan.md").read_text("utf-8")
FACTS = {"account": "Acme: #1", "tier": "A", "owner": "kari.nygaard"}


def ruleset(name: str) -> Ruleset:
    return rulebook.load(read_data("plans/portfolio.yml", f"rules: {{extends: {name}}}".encode()), KnownRules({}, {})).ruleset


TIERS = [(name, tier) for name in ("per-person", "per-account") for tier in ruleset(name).tiers.values()]


def test_it_has_every_part_in_the_order_of_the_model():
    root = read_plan("", TEMPLATE.encode()).root
    assert root is not None
    assert [name for name in root.items if name in BLOCKS] == list(BLOCKS)
    assert list(answers(read_plan("", TEMPLATE.encode()).body)) == list(QUESTIONS)


@pytest.mark.parametrize("block", BLOCKS)
def test_its_hints_can_be_uncommented(block: str):
    part = re.search(rf"^{block}:.*\n((?:  #.*\n)*)", TEMPLATE, re.MULTILINE)
    assert part is not None
    lines = [f"  {line[4:]}" for line in part[1].splitlines() if not line.startswith("  ##")]
    if not lines:
        assert re.search(rf"^{block}:  # \w", TEMPLATE, re.MULTILINE)
        return
    text = "\n".join(["---", "account: Acme", "tier: A", "owner: kari.nygaard", f"{block}:", *lines, "---", ""])
    found, problems = parse.read_plan(read_plan("plans/acme.md", text.encode()), {})
    assert problems == ()
    assert found is not None
    assert getattr(found, block)


@pytest.mark.parametrize(("name", "tier"), TIERS)
def test_a_plan_has_what_its_tier_asks_for_and_nothing_else(name: str, tier: Tier):
    document = read_plan("plans/acme.md", plan(TEMPLATE, tier, FACTS))
    assert document.root is not None
    assert document.problems == ()
    assert set(document.root.items) - {"account", "tier", "owner"} == {block for block, weight in tier.blocks.items() if weight}
    assert list(answers(document.body)) == list(QUESTIONS)[: tier.questions]
    assert document.text.count("\n# ") == (tier.questions + 1 if tier.questions else 0)
    assert not any(answer.given for answer in answers(document.body).values())
    found, problems = parse.read_plan(document, {})
    assert problems == ()
    assert found is not None
    assert found.account == "Acme: #1"


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("Havnens Købmandshuse A/S", "havnens-kobmandshuse-a-s"),
        ("Łódź & Söhne", "lodz-sohne"),
        ("O'Neill", "oneill"),
        ("小店", ""),
        ("Straße 7", "strasse-7"),
    ],
)
def test_the_id_of_a_name(name: str, account: str):
    assert id_of(name) == account
