"""Classification: bands against the tables of the sources, both matrices by hand, and what holds for every score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.document import read_data
from kamgen.figures.classification import (
    Banded,
    criteria_score,
    mean,
    tier_by_bands,
    tier_of_bands,
    value_position,
    winning_position,
    within,
)
from kamgen.model.analysis import Classification
from kamgen.model.company import Company
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio, Rate
from kamgen.ruleset import STRATEGIES, Band, Factor, Ruleset, Tier

AS_OF = dt.date(2026, 5, 6)
DKK = Portfolio(currency="DKK", rates=(Rate(currency="EUR", date=dt.date(2026, 1, 1), rate=Decimal("7.5")),))
PER_PERSON = """
rules:
  extends: per-person
  currency: SEK
  tiers:
    A: {bands: {turnover: {from: 500}, employees: {from: 100}}}
    B: {bands: {turnover: {from: 100, below: 500}, employees: {from: 20, below: 100}}}
    C: {bands: {turnover: {below: 100}, employees: {below: 20}}}
"""
SCORES = st.integers(1, 5)
NAMES = st.sampled_from("abcde")
WEIGHTS = st.decimals(0, 100, places=2)


def in_force(text: str) -> Ruleset:
    return rulebook.load(read_data("plans/portfolio.yml", text.encode()), rule.known()).ruleset


def plan(**values: Any) -> Plan:
    return Plan(**{"account": "Acme", "tier": "A", "owner": "kari", **values})


def banded(values: Mapping[str, Any], rules: Ruleset, portfolio: Portfolio = DKK, as_of: dt.date = AS_OF) -> tuple[str, str] | None:
    found: Banded | None = tier_by_bands(plan(**values), portfolio, rules, as_of)
    return (found.tier.id, found.measure) if found else None


@pytest.mark.parametrize(
    ("potential", "tier"),
    [
        ("0", "D"),
        ("44999.99", "D"),
        ("45000", "C"),
        ("139999.99", "C"),
        ("140000", "B"),
        ("389999.99", "B"),
        ("390000", "A"),
        ("90000000", "A"),
    ],
)
def test_the_bands_of_source_004(potential: str, tier: str) -> None:
    assert banded({"potential": Decimal(potential)}, in_force("rules: {extends: per-account}")) == (tier, "potential")


def test_the_potential_is_converted_at_the_rate_of_the_day() -> None:
    rules = in_force("rules: {extends: per-account}")
    assert banded({"potential": Decimal(52000), "currency": "EUR"}, rules) == ("A", "potential")
    assert banded({"potential": Decimal("51999.99"), "currency": "EUR"}, rules) == ("B", "potential")


@pytest.mark.parametrize(
    ("values", "as_of"),
    [
        ({}, AS_OF),
        ({"company": Company()}, AS_OF),
        ({"potential": Decimal(52000), "currency": "NOK"}, AS_OF),
        ({"potential": Decimal(52000), "currency": "EUR"}, dt.date(2025, 12, 31)),
    ],
)
def test_what_is_missing_gives_no_tier(values: dict[str, Any], as_of: dt.date) -> None:
    assert banded(values, in_force("rules: {extends: per-account}"), as_of=as_of) is None


def test_bands_in_a_currency_without_a_rate_give_no_tier() -> None:
    assert banded({"potential": Decimal(1), "currency": "EUR"}, in_force("rules: {extends: per-account}"), Portfolio(currency="EUR")) is None


@pytest.mark.parametrize(
    ("turnover", "employees", "expected"),
    [
        (None, 100, ("A", "employees")),
        (None, 99, ("B", "employees")),
        ("49.99", 3, ("C", "turnover")),
        ("249.99", 3, ("B", "turnover")),
        ("50", 150, ("A", "employees")),
        ("250", 20, ("A", "turnover")),
    ],
)
def test_when_bands_disagree_the_higher_tier_stands(turnover: str | None, employees: int, expected: tuple[str, str]) -> None:
    """Bands in SEK at 0.5 DKK; employees are not converted."""
    portfolio = Portfolio(currency="DKK", rates=(Rate(currency="SEK", date=AS_OF, rate=Decimal("0.5")),))
    company = Company(turnover=None if turnover is None else Decimal(turnover), employees=employees)
    assert banded({"company": company}, in_force(PER_PERSON), portfolio) == expected


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_a_band_is_half_open(amount: Decimal, start: Decimal, below: Decimal) -> None:
    assert within(amount, Band(start=start, below=below)) is (start <= amount < below)
    assert within(amount, Band(start=start)) is not within(amount, Band(below=start))
    assert within(amount, Band())


@given(st.decimals(0, 1_000_000, places=2), st.decimals(0, 1_000_000, places=2))
def test_more_potential_never_gives_a_lower_tier(one: Decimal, other: Decimal) -> None:
    rules = RULES
    order = list(rules.tiers)
    tiers = [tier_by_bands(plan(potential=amount), DKK, rules, AS_OF) for amount in sorted((one, other))]
    ranks = [order.index(found.tier.id) for found in tiers if found]
    assert len(ranks) == 2
    assert ranks[1] <= ranks[0]


RULES = in_force("rules: {extends: per-account}")


def test_whose_bands_hold_for_a_tier() -> None:
    rules = in_force(PER_PERSON)
    homes = {name: tier_of_bands(tier, rules) for name, tier in rules.tiers.items()}
    assert {name: home.id if home else None for name, home in homes.items()} == {"VIP": "A", "A": "A", "B": "B", "C": "C"}
    assert tier_of_bands(RULES.tiers["programme"], RULES) is None


def test_tiers_that_extend_each_other_end() -> None:
    circle = Ruleset(tiers={"A": Tier(id="A", extends="B"), "B": Tier(id="B", extends="A")})
    assert tier_of_bands(circle.tiers["A"], circle) is None


def scored(**values: Any) -> Plan:
    return plan(classification=Classification(**values))


@pytest.mark.parametrize(
    ("profitability", "potential", "strategy"),
    [
        (2, 2, "keep"),
        (3, 2, "keep-and-nurture"),
        (2, 3, "keep-and-develop"),
        (3, 3, "keep-nurture-and-develop"),
        (1, 5, "keep-and-develop"),
        (5, 1, "keep-and-nurture"),
    ],
)
def test_the_matrix_of_source_002(profitability: int, potential: int, strategy: str) -> None:
    position = value_position(scored(profitability=profitability, potential=potential), RULES.classification)
    assert position
    assert (position.across, position.up, position.strategy) == (Fraction(profitability), Fraction(potential), strategy)


@pytest.mark.parametrize(
    ("attractiveness", "ability", "strategy"),
    [
        ({"profit": 2}, {"product": 3}, "harvest"),
        ({"profit": 3}, {"product": 3}, "consolidate"),
        ({"profit": 3}, {"product": 2}, "invest"),
        ({"profit": 2}, {"product": 2}, "attend"),
        ({"profit": 2, "growth": 4}, {"product": 5, "location": 1, "competition": 2}, "invest"),
        ({"profit": 2, "growth": 4, "unheard-of": 1}, {"product": 5, "location": 1}, "consolidate"),
    ],
)
def test_the_matrix_of_source_003(attractiveness: dict[str, int], ability: dict[str, int], strategy: str) -> None:
    position = winning_position(scored(attractiveness=attractiveness, ability_to_win=ability), RULES.classification)
    assert position
    assert position.strategy == strategy


def test_a_score_that_is_missing_is_no_low_score() -> None:
    scoring = RULES.classification
    assert value_position(plan(), scoring) is None
    assert value_position(scored(profitability=5), scoring) is None
    assert value_position(scored(potential=5), scoring) is None
    assert winning_position(plan(), scoring) is None
    assert winning_position(scored(attractiveness={"profit": 5}), scoring) is None
    assert winning_position(scored(ability_to_win={"product": 5}), scoring) is None
    assert criteria_score(plan(), scoring) is None
    assert criteria_score(scored(criteria={"strategic": 5, "size": 4}), scoring) == Fraction(9, 2)


def test_high_and_the_weights_are_the_companys() -> None:
    scoring = in_force(
        "rules: {extends: per-account, classification: {high: 4, criteria: {size: {weight: 3}, history: {weight: 0}, fit: {weight: 1}}}}"
    ).classification
    assert criteria_score(scored(criteria={"size": 5, "history": 1, "fit": 1}), scoring) == 4
    position = value_position(scored(profitability=3, potential=4), scoring)
    assert position
    assert position.strategy == "keep-and-develop"


@given(st.dictionaries(NAMES, SCORES), st.dictionaries(NAMES, WEIGHTS))
def test_a_mean_lies_between_its_scores(scores: dict[str, int], weights: dict[str, Decimal]) -> None:
    found = mean(scores, {name: Factor(weight=weight) for name, weight in weights.items()})
    counted = [score for name, score in scores.items() if weights.get(name)]
    assert (found is None) is (not counted)
    if found is not None:
        assert 1 <= min(counted) <= found <= max(counted) <= 5


@given(st.dictionaries(NAMES, SCORES, min_size=1), st.dictionaries(NAMES, WEIGHTS), NAMES)
def test_a_higher_score_never_lowers_the_mean(scores: dict[str, int], weights: dict[str, Decimal], name: str) -> None:
    factors = {word: Factor(weight=weight) for word, weight in weights.items()}
    before = mean(scores, factors)
    after = mean({**scores, name: 5}, factors) if name in scores else before
    assert before is None or (after is not None and after >= before)


def test_every_quarter_has_its_words() -> None:
    strategies = RULES.classification.strategies
    assert tuple(strategies) == STRATEGIES
    assert all(said.label and said.advice and said.reasons for said in strategies.values())


def test_the_factors_of_the_sources() -> None:
    scoring = RULES.classification
    assert len(scoring.criteria) == 10
    assert tuple(scoring.attractiveness) == ("profit", "growth", "referral", "strategic")
    assert tuple(scoring.ability_to_win) == ("product", "service", "location", "competition")
    assert scoring.high == 3
