"""Health: a weighted mean that says what it is made of."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.document import read_data
from kamgen.figures.health import Health, Part, health
from kamgen.ruleset import HEALTH_PARTS

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
