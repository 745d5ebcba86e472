"""`kamgen explain`: every rule has a page, by name and by code."""

from __future__ import annotations

from pathlib import Path

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
    assert "Options:\n  days = 90\n" in kamgen("explain", "held-without-note").out
    assert "within_days = not set" in kamgen("explain", "no-next-activity").out
    assert "Options:" not in kamgen("explain", "overdue-activity").out


def test_what_the_company_says_is_shown_beside_what_is_shipped(folder: Path, kamgen: Kamgen):
    own = "rules: {extends: per-person, severities: {vague-note: error}, tiers: {A: {options: {vague-note: {minimum: 5}}}}}\n"
    (folder / "plans" / "portfolio.yml").write_text(own, encoding="utf-8")
    shown = kamgen("explain", "vague-note").out
    assert "  error (plans/portfolio.yml)\n" in shown
    assert "  minimum = 20\n    5 in VIP, A; 20 in B, C (plans/portfolio.yml)\n" in shown


def test_away_from_a_portfolio_the_shipped_sets_are_shown(tmp_path: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    shown = kamgen("explain", "over-service").out
    assert "How grave:\n  info (per-account)\n    .zero: warning\n  info (per-person)\n    .zero: warning\n\n" in shown


def test_a_set_without_tiers_says_nothing_of_them(folder: Path, kamgen: Kamgen):
    (folder / "plans" / "portfolio.yml").write_text("rules: {extends: shared}\n", encoding="utf-8")
    assert "(plans/portfolio.yml)" not in kamgen("explain", "over-service").out


def test_the_example_is_shown_with_what_is_said_and_how_it_is_mended(kamgen: Kamgen):
    shown = kamgen("explain", "not-utf8").out
    assert "Example, bad.md:\n  ---\n  account: Havnens <U+202E>Købmandshus\n" in shown
    assert "What kamgen says:\n  plans/bad.md:2:" in shown
    assert "  -account: Havnens <U+202E>Købmandshus\n  +account: Havnens Købmandshus\n" in shown
    assert shown.endswith("On the site: rules/not-utf8/\n")


def test_an_example_that_is_no_text_is_shown_as_what_it_is(kamgen: Kamgen):
    assert "Example: bad.md is no file but a link to\n  " in kamgen("explain", "symlink").out
    assert "How it is mended" not in kamgen("explain", "symlink").out
    assert "Example, havnens-odense.md:" in kamgen("explain", "duplicate-account").out


@pytest.mark.parametrize("rule", REGISTRY.values(), ids=lambda rule: rule.name)
def test_every_rule_says_what_why_and_how(kamgen: Kamgen, rule):
    shown = kamgen("explain", rule.code).out
    assert "\n\nWhy: " in shown
    assert "\n\nHelp: " in shown
    assert "\n\nHow grave:\n" in shown
    assert "\n\nWhat kamgen says:\n" in shown
    assert shown.endswith(f"\n\nOn the site: rules/{rule.name}/\n")


@pytest.mark.parametrize(("text", "near"), [("nonext", "no-next-activity"), ("no next", "no-next-activity"), ("held without", "held-without-note")])
def test_a_part_of_a_name_offers_the_shortest_rule_that_has_it(kamgen: Kamgen, text: str, near: str):
    assert kamgen("explain", text).err == f"kamgen: there is no rule {text}; did you mean {near}?\n"


def test_what_no_rule_is_called_offers_none(kamgen: Kamgen):
    assert kamgen("explain", "no").err == "kamgen: there is no rule no; `kamgen explain` lists them\n"


def test_an_unknown_rule_offers_the_nearest(kamgen: Kamgen):
    assert kamgen("explain", "no-next-activty") == (2, "", "kamgen: there is no rule no-next-activty; did you mean no-next-activity?\n")
    assert kamgen("explain", "999") == (2, "", "kamgen: there is no rule 999; `kamgen explain` lists them\n")
