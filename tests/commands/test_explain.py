"""`kamgen explain`: every rule has a page, by name and by code."""

from __future__ import annotations

import pytest

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen.rule import REGISTRY
from tests.commands.conftest import Kamgen


def test_all_rules_are_listed_by_code(kamgen: Kamgen):
    lines = kamgen("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(rule.code for rule in REGISTRY.values())


@pytest.mark.parametrize("word", ["KAM201", "kam201", "201", "no-next-activity", "NO-NEXT-ACTIVITY"])
def test_a_rule_is_found_by_code_and_by_name(kamgen: Kamgen, word: str):
    shown = kamgen("explain", word).out
    assert shown.startswith("KAM201 no-next-activity\n\nThe account has no next activity.\n\nWhy: ")
    assert "error in VIP, A; warning in B; info in C (per-person)" in shown
    assert "error in programme, A, B; warning in C; info in D (per-account)" in shown


def test_options_are_shown_with_their_defaults(kamgen: Kamgen):
    assert "Options: days = 90" in kamgen("explain", "held-without-note").out


@pytest.mark.parametrize("rule", REGISTRY.values(), ids=lambda rule: rule.name)
def test_every_rule_says_what_why_and_how(kamgen: Kamgen, rule):
    shown = kamgen("explain", rule.code).out
    assert "\n\nWhy: " in shown
    assert "\n\nHelp: " in shown


def test_an_unknown_rule_offers_the_nearest(kamgen: Kamgen):
    assert kamgen("explain", "no-next-activty") == (2, "", "kamgen: there is no rule no-next-activty; did you mean no-next-activity?\n")
    assert kamgen("explain", "999") == (2, "", "kamgen: there is no rule 999; `kamgen explain` lists them\n")
