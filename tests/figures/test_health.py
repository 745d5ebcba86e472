"""Health: a weighted mean that says what it is made of."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.document import read_data
from kamgen.figures.health import Health, Part, account_health, health
from kamgen.ruleset import HEALTH_PARTS
from kamgen.workspace import load

SHARES = st.fractions(0, 1)
FIGURES = st.dictionaries(st.sampled_from(HEALTH_PARTS), st.none() | SHARES)
WEIGHTS = st.dictionaries(st.sampled_from(HEALTH_PARTS), st.integers(0, 100))
HALF = Fraction(1, 2)


def weights(rules: str) -> dict[str, int]:
    loaded = rulebook.load(read_data("plans/portfolio.yml", f"rules: {{{rules}}}\n".encode()), rule.known())
    assert [problem.message.id for _, problem in loaded.problems] == []
    return dict(loaded.ruleset.health)


@pytest.mark.parametrize("name", ["per-person", "per-account"])
def test_the_shipped_weights_are_of_every_part(name: str) -> None:
    assert tuple(weights(f"extends: {name}")) == HEALTH_PARTS
    assert sum(weights(f"extends: {name}").values()) == 100


def test_a_company_has_weights_of_its_own() -> None:
    own = weights("extends: per-person, health: {satisfaction: 0, compliance: 50}")
    assert (own["satisfaction"], own["compliance"], own["completeness"]) == (0, 50, 20)


def test_the_example_of_the_docstring() -> None:
    found = health({"compliance": HALF, "completeness": Fraction(1)}, {"compliance": 30, "completeness": 20, "goals": 10})
    assert found.value == Fraction(7, 10)
    assert found.missing == ("goals",)
    assert found.parts == (Part("compliance", HALF, 30), Part("completeness", Fraction(1), 20), Part("goals", None, 10))


def test_nothing_known_is_no_figure() -> None:
    assert health({}, {"compliance": 30}).value is None
    assert health({"compliance": None}, {"compliance": 30}) == health({}, {"compliance": 30})
    assert Health(()).value is None


def test_a_part_without_weight_is_not_asked_for() -> None:
    found = health({"compliance": HALF, "goals": Fraction(0)}, {"compliance": 30, "goals": 0, "freshness": 0})
    assert (found.value, found.missing) == (HALF, ())


def test_only_weightless_parts_are_no_figure() -> None:
    assert health({"goals": HALF}, {"goals": 0}).value is None


@given(FIGURES, WEIGHTS)
def test_health_lies_between_its_parts(figures: dict[str, Fraction | None], weights: dict[str, int]) -> None:
    found = health(figures, weights)
    known = [part.value for part in found.parts if part.value is not None and part.weight]
    assert (found.value is None) == (not known)
    assert found.value is None or min(known) <= found.value <= max(known)
    assert not set(found.missing) & {part.name for part in found.parts if part.value is not None}


@given(FIGURES, WEIGHTS, st.sampled_from(HEALTH_PARTS), SHARES)
def test_a_better_part_never_makes_it_worse(figures: dict[str, Fraction | None], weights: dict[str, int], name: str, more: Fraction) -> None:
    old = figures.get(name)
    before = health(figures, weights).value
    if old is not None and before is not None:
        after = health({**figures, name: max(old, more)}, weights).value
        assert after is not None
        assert after >= before


@given(FIGURES, WEIGHTS, st.integers(2, 9))
def test_only_proportions_count(figures: dict[str, Fraction | None], weights: dict[str, int], factor: int) -> None:
    assert health(figures, weights).value == health(figures, {name: weight * factor for name, weight in weights.items()}).value


AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """
people: [{id: kari, name: Kari, role: kam}]
rules:
  extends: shared
  tiers:
    A:
      requirements: {status-meeting: {types: [status-meeting], per: account, min: 4}}
      works: [ceo]
      roles: [decision-maker, champion]
      blocks: {contacts: 3, company: 1}
"""
WHOLE = """
contacts: [{name: Anna, buying_role: decision-maker}, {name: Bo, buying_role: champion}]
activities: [{date: 2026-03-02, type: status-meeting, status: held, contacts: [anna], note: Wants a quote for the kiosks}]
reviews: [{date: 2025-10-02}]
goals: [{text: Kiosks, baseline: 0, target: 100, actual: 25}]
feedback: [{date: 2026-02-10, score: 8, scale: 10}]
"""
PARTS = {
    "compliance": Fraction(1, 4),
    "completeness": Fraction(3, 4),
    "freshness": HALF,
    "relationships": HALF,
    "goals": Fraction(1, 4),
    "satisfaction": Fraction(4, 5),
}


def of_account(root: Path, text: str, tier: str = "A") -> Health:
    (root / "plans").mkdir()
    (root / "plans/portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    (root / "plans/acme.md").write_text(f"---\naccount: Acme\ntier: {tier}\nowner: kari\n{text}---\n", encoding="utf-8")
    found = load(root, AS_OF)
    (account,) = found.accounts
    return account_health(account, found.portfolio, found.ground.ruleset, found.ground.window, AS_OF)


def test_the_health_of_an_account(tmp_path: Path) -> None:
    found = of_account(tmp_path, WHOLE)
    assert {part.name: part.value for part in found.parts} == PARTS
    assert found.missing == ()
    assert found.value == Fraction(30 * 25 + 20 * 75 + 10 * 50 + 20 * 50 + 10 * 25 + 10 * 80, 100 * 100)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ("goals", "satisfaction")),
        ("goals: [{text: Kiosks, target: many, baseline: 0}]\n", ("goals", "satisfaction")),
        ("feedback: [{date: 2026-02-10, score: 8, scale: 10}, {date: soon}]\n", ("goals", "satisfaction")),
        ("activities: [{date: soon, type: status-meeting, status: held}]\n", ("compliance", "relationships", "goals", "satisfaction")),
        ("status: prospect\n", ("compliance", "freshness", "goals", "satisfaction")),
        ("status: lost\nstatus_reason: Prices\n", HEALTH_PARTS),
        ("nonsense: [\n", HEALTH_PARTS),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, text: str, missing: tuple[str, ...]) -> None:
    assert of_account(tmp_path, text).missing == missing


def test_without_a_tier_there_is_no_health(tmp_path: Path) -> None:
    found = of_account(tmp_path, WHOLE, tier="Z")
    assert (found.value, found.missing) == (None, HEALTH_PARTS)
