"""Family 4 at its boundaries, and what the portfolio file is told."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

import pytest

from kamgen.diagnostic import Diagnostic
from kamgen.rule import REGISTRY
from kamgen.workspace import load

PORTFOLIO: Final = """
currency: DKK
people:
  - {id: kari, name: Kari Nygaard, role: kam}
  - {id: jens, name: Jens Holm, role: kam}
"""
RULES: Final = "rules: {extends: per-account, revised: 2026-05-06}\n"
PLAN: Final = "plan: {criteria: {revised: 2026-05-06}, budget: {2026: 9000000}}\n"
SCORES: Final = """classification:
  {criteria: {size: 4}, profitability: 4, potential: 4, attractiveness: {profit: %s}, ability_to_win: {product: %s}}
potential: %s
"""
FULL: Final = SCORES % (4, 4, 500000)
AS_OF: Final = dt.date(2026, 5, 6)


def found(root: Path, *plans: str, portfolio: str = PLAN + RULES, as_of: dt.date = AS_OF) -> list[Diagnostic]:
    """The findings of the family."""
    (root / "plans").mkdir(exist_ok=True)
    (root / "plans/portfolio.yml").write_text(PORTFOLIO + portfolio, encoding="utf-8")
    for number, plan in enumerate(plans):
        (root / f"plans/acme-{number}.md").write_text(f"---\naccount: Acme {number}\n{plan}---\n", encoding="utf-8")
    return [each for each in load(root, as_of).diagnostics if REGISTRY[each.rule].family == 4]


def told(root: Path, *plans: str, portfolio: str = PLAN + RULES, as_of: dt.date = AS_OF) -> list[str]:
    return [f"{each.rule} {each.field}" for each in found(root, *plans, portfolio=portfolio, as_of=as_of)]


def per_person(more: str) -> str:
    return PLAN + f"rules: {{extends: per-person, revised: 2026-05-06, severities: {{unclassified: off}}, {more}}}\n"


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        ("tier: A\n" + SCORES % (4, 4, 390000), False),
        ("tier: A\n" + SCORES % (4, 4, 389999), True),
        ("tier: A\ntier_reason: Their name opens doors\n" + SCORES % (4, 4, 389999), False),
        ("tier: A\ntier_reason: {}\n" + SCORES % (4, 4, 389999), False),
        ("tier: D\nstatus: lost\nstatus_reason: Prices\npotential: 62000\n", False),
        ("tier: D\npotential: 62000\ncurrency: EURO\n", False),
        ("tier: D\npotential: 62000\ncurrency: EUR\n", False),
        ("tier: D\npotential: 62.000\n", False),
        ("tier: A\n" + SCORES % (4, 4, "450.000"), False),
        ("tier: D\n", False),
        ("tier: programme\n" + FULL, False),
        ("tier: programme\n" + SCORES % (4, 4, 1000), False),
    ],
)
def test_the_tier_against_the_bands(tmp_path: Path, plan: str, wrong: bool) -> None:
    assert told(tmp_path, f"owner: kari\n{plan}") == ["tier-mismatch tier"] * wrong


@pytest.mark.parametrize(
    ("tier", "turnover", "words"),
    [
        ("VIP", 900, None),
        ("VIP", 90, "in tier VIP, but a turnover of 90 DKK lies in the band of tier C (below 100 DKK)"),
        ("B", 900, "in tier B, but a turnover of 900 DKK lies in the band of tier A (500 DKK and more)"),
        ("C", 100, "in tier C, but a turnover of 100 DKK lies in the band of tier B (100 up to 500 DKK)"),
    ],
)
def test_a_vip_is_measured_as_an_a_customer(tmp_path: Path, tier: str, turnover: int, words: str | None) -> None:
    tiers = "A: {bands: {turnover: {from: 500}}}, B: {bands: {turnover: {from: 100, below: 500}}}, C: {bands: {turnover: {below: 100}}}"
    plan = f"owner: kari\ntier: {tier}\narrangements: [One number to call]\ncompany: {{turnover: {turnover}}}\n"
    assert [each.message for each in found(tmp_path, plan, portfolio=per_person(f"tiers: {{{tiers}}}"))] == ([f"Acme 0 is {words}"] if words else [])


def test_a_band_without_ends_and_one_that_decides(tmp_path: Path) -> None:
    plan = "owner: kari\ntier: C\ntier_reason: Old friends\ncompany: {employees: 3}\n"
    tiers = "tiers: {B: {bands: {employees: {}}}, C: {judgement: false, bands: {employees: {below: 1}}}}"
    (only,) = found(tmp_path, plan, portfolio=per_person(tiers))
    assert only.message.endswith("a company of 3 employees lies in the band of tier B (any size), and the bands decide on tier C")
    assert only.help == "write `tier: B`"


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        ("tier: A\n", "classification"),
        ("tier: A\n" + FULL, None),
        ("tier: A\n" + FULL.replace("size: 4", "unheard_of: 4"), None),
        ("tier: A\n" + FULL.replace("product", "smile"), None),
        ("tier: A\n" + FULL.replace("profitability: 4, ", ""), "classification"),
        ("tier: A\n" + FULL.replace("\npotential: 500000", ""), "potential"),
        ("tier: A\nstatus: prospect\n", None),
        ("tier: A\npotential: much\n", None),
        ("tier: A\nclassification: {profitability: 6}\n", None),
        ("tier: C\n", None),
    ],
)
def test_what_is_missing_in_the_classification(tmp_path: Path, plan: str, field: str | None) -> None:
    assert told(tmp_path, f"owner: kari\n{plan}") == ([f"unclassified {field}"] if field else [])


def test_what_the_rule_set_does_not_count_is_not_asked_for(tmp_path: Path) -> None:
    names = ("strategic", "size", "profitability", "potential", "needs", "relationship_preference", "complexity", "several_products", "reference")
    weights = ", ".join(f"{name}: {{weight: 0}}" for name in (*names, "history"))
    portfolio = PLAN + f"rules: {{extends: per-account, revised: 2026-05-06, classification: {{criteria: {{{weights}}}}}}}\n"
    assert told(tmp_path, "owner: kari\ntier: A\n" + FULL.replace("criteria: {size: 4}, ", ""), portfolio=portfolio) == []


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        ("", True),
        ("arrangements: []\n", True),
        ("arrangements: [TBD]\n", True),
        ("arrangements: [One number to call]\n", False),
        ("status: prospect\n", False),
    ],
)
def test_a_vip_has_arrangements(tmp_path: Path, plan: str, wrong: bool) -> None:
    assert told(tmp_path, f"owner: kari\ntier: VIP\n{plan}", portfolio=per_person("window: calendar-year")) == (
        ["vip-without-arrangements arrangements"] * wrong
    )


@pytest.mark.parametrize(
    ("tier", "attractiveness", "ability", "other"),
    [
        ("A", 2, 2, "tier: C"),
        ("A", 3, 2, None),
        ("A", 2, 3, None),
        ("A", 3, 3, None),
        ("C", 3, 3, "tier: B"),
        ("C", 2, 3, None),
        ("C", 3, 2, None),
        ("C", 2, 2, None),
    ],
)
def test_the_posture_of_a_tier(tmp_path: Path, tier: str, attractiveness: int, ability: int, other: str | None) -> None:
    plan = f"owner: kari\ntier: {tier}\n" + SCORES % (attractiveness, ability, {"A": 500000, "C": 60000}[tier])
    findings = found(tmp_path, plan)
    assert [each.rule for each in findings] == (["posture-mismatch"] if other else [])
    assert all(f"`{other}`" in each.help for each in findings)


def test_a_score_just_below_high_is_not_rounded_up_and_no_other_tier_is_named_where_there_is_none(tmp_path: Path) -> None:
    rules = "classification: {attractiveness: {profit: {weight: 0.01}, growth: {weight: 5}}}, tiers: {A: {gated: false}}"
    scores = "classification: {attractiveness: {profit: 2, growth: 3}, ability_to_win: {product: 2}}\n"
    portfolio = per_person(rules.replace("A: {gated: false}", "B: {gated: true}, C: {gated: true}"))
    (only,) = found(tmp_path, f"owner: kari\ntier: A\n{scores}", portfolio=portfolio)
    assert "attractiveness 2.99, ability to win 2" in only.message
    assert "`tier: ...`" in only.help


def test_the_words_for_a_strategy_may_be_missing(tmp_path: Path) -> None:
    portfolio = per_person("classification: {strategies: {attend: {label: null}}}")
    scores = "classification: {attractiveness: {profit: 2}, ability_to_win: {product: 2}}\n"
    (only,) = found(tmp_path, f"owner: kari\ntier: A\n{scores}", portfolio=portfolio)
    assert '"attend"' in only.message


KEY: Final = "tier: A\n" + FULL


@pytest.mark.parametrize(
    ("plans", "most", "expected"),
    [
        ([f"owner: kari\n{KEY}"] * 2, "key_accounts_max: 2", []),
        ([f"owner: kari\n{KEY}"] * 3, "key_accounts_max: 2", ["too-many-key-accounts key_accounts_max"]),
        ([f"owner: kari\n{KEY}"] * 3, "title: Key accounts", []),
        ([f"owner: kari\n{KEY}"] * 2 + [f"owner: kari\nstatus: lost\nstatus_reason: Prices\n{KEY}"], "key_accounts_max: 2", []),
        ([f"owner: kari\n{KEY}"] * 2 + [f"owner: kari\nstatus: prospect\n{KEY}"], "key_accounts_max: 2", ["too-many-key-accounts key_accounts_max"]),
        ([f"owner: kari\n{KEY}"] * 2 + ["owner: kari\ntier: C\n", "owner: kari\ntier: [\n"], "key_accounts_max: 2", []),
        ([f"owner: kari\n{KEY}", f"owner: jens\n{KEY}", f"owner: kari\n{KEY}"], "key_accounts_per_kam: 1", ["too-many-key-accounts people.kari"]),
        ([f"owner: kari\n{KEY}", f"owner: jens\n{KEY}"], "key_accounts_per_kam: 1", []),
        ([f"owner: nobody\n{KEY}"] * 2, "key_accounts_per_kam: 1", []),
    ],
)
def test_how_many_key_accounts(tmp_path: Path, plans: list[str], most: str, expected: list[str]) -> None:
    assert told(tmp_path, *plans, portfolio=f"{most}\n{PLAN}{RULES}") == expected


@pytest.mark.parametrize(
    ("portfolio", "expected"),
    [
        (PLAN + RULES, []),
        (PLAN + RULES.replace("2026-05-06", "2025-05-06"), []),
        (PLAN + RULES.replace("2026-05-06", "2025-05-05"), ["criteria-not-revised rules.revised"]),
        (PLAN + RULES.replace("2026-05-06", "2026-05-07"), ["criteria-not-revised rules.revised"]),
        (PLAN.replace("2026-05-06", "2025-05-06") + RULES, []),
        (PLAN.replace("2026-05-06", "2025-05-05") + RULES, ["criteria-not-revised plan.criteria.revised"]),
        ("plan: {budget: {2026: 1}}\n" + RULES, ["criteria-not-revised plan.criteria.revised"]),
        ("plan: {budget: {2026: 1}, criteria: {text: Size}}\n" + RULES, ["criteria-not-revised plan.criteria.revised"]),
        ("plan: {criteria: {revised: 2020-05-06}}\n" + RULES, ["no-portfolio-plan plan"]),
        ("plan: {goals: []}\n" + RULES, ["no-portfolio-plan plan"]),
        (RULES, ["no-portfolio-plan plan"]),
        ("rules: {extends: per-account}\n", ["no-portfolio-plan plan", "criteria-not-revised rules.revised"]),
        ("plan: {strategies: [{text: Fewer and larger}], criteria: {revised: 2026-02-30}}\n" + RULES, []),
        ("plan: {budgets: {2026: 1}}\n" + RULES, []),
        (PLAN + "rules: {extends: per-account, revised: soon}\n", []),
        (PLAN + "rules: yes\n", []),
        (PLAN.replace("plan", "paln", 1) + RULES, []),
        (PLAN + RULES.replace("revised", "revisde"), []),
        (PLAN, []),
        ("plan: [\n", []),
    ],
)
def test_the_plan_of_the_portfolio_and_what_is_revised(tmp_path: Path, portfolio: str, expected: list[str]) -> None:
    assert told(tmp_path, "owner: kari\ntier: C\n", portfolio=portfolio) == expected


def test_without_accounts_there_is_nothing_to_plan(tmp_path: Path) -> None:
    assert told(tmp_path, portfolio="rules: {extends: per-account}\n") == []


@pytest.mark.parametrize(
    ("scores", "named"),
    [
        ("profitability: 3, potential: 3", ["matrix 2 (attractiveness and ability to win)"]),
        ("attractiveness: {profit: 3}, ability_to_win: {product: 3}", ["no scores for matrix 1 (profitability and potential)"]),
        ("potential: 3, ability_to_win: {product: 3}", ["only half of the scores for matrix 1", "only half of the scores for matrix 2"]),
        ("criteria: {size: 4}", ["no scores for the matrices"]),
    ],
)
def test_the_matrix_that_lacks_scores_is_named(tmp_path: Path, scores: str, named: list[str]) -> None:
    (only,) = found(tmp_path, f"owner: kari\ntier: A\npotential: 500000\nclassification: {{{scores}}}\n")
    assert [each for each in named if each not in only.message] == []
    assert len(re.findall("matri", only.message)) == len(named)


def test_a_score_under_a_name_that_nobody_knows_is_told_and_nothing_is_judged_by_the_rest(tmp_path: Path) -> None:
    scores = "criteria: {siez: 4}, ability_to_win: {charm: 3}"
    found(tmp_path, f"owner: kari\ntier: A\npotential: 500000\nclassification: {{{scores}}}\n")
    said = [each for each in load(tmp_path, AS_OF).diagnostics if each.field.startswith("classification")]
    assert [each.rule for each in said] == ["wrong-value", "wrong-value"]
    assert "did you mean `size`?" in said[0].message
    assert "it can be competition, location, product, service" in said[1].message


def test_a_company_has_criteria_of_its_own(tmp_path: Path) -> None:
    rules = "rules: {extends: per-account, classification: {criteria: {charm: {weight: 2}}}}\n"
    told(tmp_path, "owner: kari\ntier: A\nclassification: {criteria: {charm: 4}}\n", portfolio=rules)
    assert [each.rule for each in load(tmp_path, AS_OF).diagnostics if each.rule == "wrong-value"] == []


@pytest.mark.parametrize(
    ("portfolio", "told_once"),
    [
        ("currency: SEK\nrules: {extends: per-account}\n", True),
        ("currency: SEK\nrates: [{currency: DKK, date: 2026-05-07, rate: 1.5}]\nrules: {extends: per-account}\n", True),
        ("currency: SEK\nrates: [{currency: DKK, date: 2026-05-06, rate: 1.5}]\nrules: {extends: per-account}\n", False),
        ("currency: SEK\nrates: [{currency: DKK, date: 2026-05-06}]\nrules: {extends: per-account}\n", False),
        ("currency: sek\nrules: {extends: per-account}\n", False),
        ("currency: SEK\nrules: {extends: per-account, currency: SEK}\n", False),
        ("currency: SEK\nrules: {extends: per-person}\n", False),
        ("currency: SEK\nrules: {extends: per-person, currency: DKK, tiers: {B: {bands: {employees: {from: 9}}}}}\n", False),
    ],
)
def test_bands_in_a_currency_without_a_rate_are_told_once(tmp_path: Path, portfolio: str, told_once: bool) -> None:
    told(tmp_path, "owner: kari\ntier: C\npotential: 5\n", "owner: kari\ntier: C\n")
    (tmp_path / "plans/portfolio.yml").write_text(PORTFOLIO.replace("currency: DKK\n", "") + portfolio, encoding="utf-8")
    said = [each.path for each in load(tmp_path, AS_OF).diagnostics if each.rule == "missing-rate"]
    assert said == (["plans/portfolio.yml"] if told_once else [])


@pytest.mark.parametrize(("known", "said"), [("potential: 5\n", 1), ("company: {turnover: 5}\n", 1), ("company: {employees: 5}\n", 0), ("", 0)])
def test_bands_that_nothing_is_compared_with_need_no_rate(tmp_path: Path, known: str, said: int) -> None:
    told(tmp_path, f"owner: kari\ntier: C\n{known}")
    (tmp_path / "plans/portfolio.yml").write_text(f"currency: SEK\n{RULES}", encoding="utf-8")
    assert len([each for each in load(tmp_path, AS_OF).diagnostics if each.rule == "missing-rate"]) == said
