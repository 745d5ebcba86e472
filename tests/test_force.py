"""What is in force is what a plan is judged by, and everything says where it comes from."""

from __future__ import annotations

import pytest

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.diagnose import severity_of
from kamgen.document import read_data
from kamgen.force import Ruling, Said, by_code, origin, ruling, rulings
from kamgen.rule import REGISTRY
from kamgen.rulebook import Rules

OWN = """rules:
  extends: per-person
  severities: {over-service: "off", KAM215: warning}
  options: {vague-note: {minimum: 5}}
  tiers:
    A: {severities: {no-next-activity: warning}, options: {KAM212: {key: 30}}}
"""


def loaded(text: str = OWN) -> Rules:
    return rulebook.load(read_data("plans/portfolio.yml", text.encode()), rule.known())


def found(name: str, tier: str) -> Ruling:
    rules = loaded()
    return ruling(REGISTRY[name], rules, rules.ruleset.tiers[tier])


@pytest.mark.parametrize(
    ("name", "tier", "severity"),
    [
        ("over-service", "A", Said("off", "company")),
        ("vague-note", "C", Said("warning", "company")),
        ("no-next-activity", "A", Said("warning", "company")),
        ("no-next-activity", "VIP", Said("warning", "company")),
        ("no-next-activity", "B", Said("warning", "shared")),
        ("no-next-activity", "C", Said("info", "per-person")),
        ("not-a-plan", "C", Said("error", "shared")),
    ],
)
def test_a_severity_says_who_says_it(name: str, tier: str, severity: Said) -> None:
    assert found(name, tier).severity == severity


def test_an_option_says_who_says_it() -> None:
    assert found("vague-note", "A").options == {"days": Said(90, "shared"), "minimum": Said(5, "company")}
    assert found("next-activity-too-far", "VIP").options == {"within_days": Said(None, "default"), "key": Said(30, "company")}
    assert found("next-activity-too-far", "C").options["key"] == Said(60, "shared")


def test_a_variant_is_told_where_it_has_a_word_of_its_own() -> None:
    assert found("over-service", "A").variants == {}
    shipped = loaded("rules: {extends: per-account}\n")
    assert ruling(REGISTRY["over-service"], shipped, shipped.ruleset.tiers["D"]).variants == {"zero": Said("warning", "shared")}


def test_what_nobody_says_has_no_origin() -> None:
    rules = loaded("rules: {extends: per-account}\n")
    assert origin(rules, ("tiers", "A", "care")) == ""
    assert origin(rules, ("tiers", "A", "bands")) == "per-account"


def test_what_is_off_is_not_used() -> None:
    assert not found("over-service", "A").used
    assert found("no-next-activity", "C").used


def test_without_a_tier_the_word_of_the_set_holds() -> None:
    assert [one.rule for one in rulings(loaded(), None)] == list(by_code())
    assert ruling(REGISTRY["no-next-activity"], loaded(), None).severity == Said("warning", "shared")


@pytest.mark.parametrize("name", rulebook.shipped_names())
def test_it_is_what_the_engine_uses_and_no_shipped_rule_is_without_a_word(name: str) -> None:
    rules = loaded(f"rules: {{extends: {name}}}\n")
    for tier in (*rules.ruleset.tiers.values(), None):
        for one in rulings(rules, tier):
            assert one.severity.value == severity_of(one.rule, "", rules.ruleset, tier).word
            assert one.severity.origin not in {"default", ""}, one.rule.name
            assert one.severity.origin != "company"
            given = {**one.rule.options, **rules.ruleset.options_of(one.rule.name, tier)}
            assert {option: said.value for option, said in one.options.items()} == given


def test_a_rule_that_no_set_speaks_of_is_an_error_by_default(monkeypatch) -> None:
    rules = loaded()
    monkeypatch.setattr(rules.ruleset.__class__, "severity", lambda *_: None)
    bare = rules.ruleset.__class__()
    silent = rules.__class__(bare, (), ())
    assert ruling(REGISTRY["no-next-activity"], silent, None).severity == Said("error", "default")
