"""Classification: the tier that the bands give, and where a customer stands in the two matrices (domain.md section 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.figures.money import in_base, rate
from kamgen.frozen import Frozen
from kamgen.model.analysis import Classification
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import blank
from kamgen.ruleset import MEASURES, Band, Factor, Ruleset, Scoring, Tier

NO_SCORES: Final = blank(Classification)
PERSONS: Final = "employees"
"""The one measure that is no money."""


class Banded(Frozen):
    """The tier that the bands give, and why: the measure, its value (in the account's currency) and the band (in the rule set's)."""

    tier: Tier
    measure: str
    value: Decimal
    band: Band


class Position(Frozen):
    """A place in a matrix: two scores from 1 to 5, exact, and the strategy of that quarter."""

    across: Fraction
    up: Fraction
    strategy: str


def tier_by_bands(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, as_of: dt.date) -> Banded | None:
    """The tier in whose band the customer's potential, turnover or employees lie (000, 004).

    When two bands disagree, the higher tier stands. None where nothing is known, no rate converts it, or no band holds it.
    By source 004 a potential of 140,000 DKK is B, and one of 139,999.99 is C.
    """
    order = list(ruleset.tiers)
    found = _banded(plan, portfolio, ruleset, as_of)
    return min(found, key=lambda banded: order.index(banded.tier.id), default=None)


def _banded(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, as_of: dt.date) -> Iterator[Banded]:
    """For each measure that is known, the highest tier whose band holds it."""
    unit = rate(portfolio, ruleset.currency, as_of)
    for measure, value in measured(plan):
        amount, one = (value, Decimal(1)) if measure == PERSONS else (in_base(value, plan.currency, as_of, portfolio), unit)
        if amount is not None and one is not None:
            holding = (tier for tier in ruleset.tiers.values() if measure in tier.bands and within(amount, tier.bands[measure], one))
            yield from (Banded(tier, measure, value, tier.bands[measure]) for tier in list(holding)[:1])


def measured(plan: Plan) -> Iterator[tuple[str, Decimal]]:
    """What bands can be about and the plan knows: `potential`, `turnover` and `employees`, in this order."""
    company = plan.company
    values = (plan.potential, company.turnover if company else None, company.employees if company else None)
    return ((measure, Decimal(value)) for measure, value in zip(MEASURES, values, strict=True) if value is not None)


def within(amount: Decimal, band: Band, unit: Decimal = Decimal(1)) -> bool:
    """Whether an amount lies in a band: `from` is inside, `below` is not. `unit` is what one unit of the band is in the amount's currency."""
    return (band.start is None or amount >= band.start * unit) and (band.below is None or amount < band.below * unit)


def unrated_bands(portfolio: Portfolio, ruleset: Ruleset, as_of: dt.date) -> bool:
    """Whether there are bands of money whose currency has no rate: then no customer can be compared with them."""
    if rate(portfolio, ruleset.currency, as_of) is not None:
        return False
    return any(measure != PERSONS for tier in ruleset.tiers.values() for measure in tier.bands)


def in_money(plan: Plan) -> bool:
    """Whether the plan knows an amount that bands can be about."""
    return any(measure != PERSONS for measure, _ in measured(plan))


def tier_of_bands(tier: Tier, ruleset: Ruleset) -> Tier | None:
    """The tier whose bands hold for a tier: its own, else those of the tier that it extends (a VIP is "as A").

    None for a tier without bands, which is a judgement or an agreement and no size.
    """
    seen: set[str] = set()
    found: Tier | None = tier
    while found is not None and not found.bands and found.id not in seen:
        seen.add(found.id)
        found = ruleset.tier(found.extends) if found.extends else None
    return found if found is not None and found.bands else None


def counts(factors: Mapping[str, Factor]) -> tuple[str, ...]:
    """The factors that count: their weight is not 0."""
    return tuple(name for name, factor in factors.items() if factor.weight)


def counted(scores: Mapping[str, int], factors: Mapping[str, Factor]) -> tuple[str, ...]:
    """The factors that count and have a score."""
    return tuple(name for name in scores if name in factors and factors[name].weight)


def mean(scores: Mapping[str, int], factors: Mapping[str, Factor]) -> Fraction | None:
    """The weighted mean of the scores that are given, from 1 to 5. A factor that is left out is not zero: it does not count.

    5 of weight 2 and 2 of weight 1 are 12/3 = 4. None where no factor of the rule set has a score.
    """
    weights = {name: Fraction(factors[name].weight) for name in counted(scores, factors)}
    return sum((scores[name] * weight for name, weight in weights.items()), Fraction(0)) / sum(weights.values()) if weights else None


def criteria_score(plan: Plan, scoring: Scoring) -> Fraction | None:
    """How well a customer meets the written criteria for key accounts (002): the weighted mean."""
    return mean(_scores(plan).criteria, scoring.criteria)


def value_position(plan: Plan, scoring: Scoring) -> Position | None:
    """The place in the matrix of profitability (across) and potential (up), source 002. None where either is missing.

    4 and 5: keep, nurture and develop; 2 and 5: keep and develop; 4 and 2: keep and nurture; 2 and 2: keep.
    """
    scores = _scores(plan)
    if scores.profitability is None or scores.potential is None:
        return None
    quarters = ("keep", "keep-and-nurture", "keep-and-develop", "keep-nurture-and-develop")
    return _position(Fraction(scores.profitability), Fraction(scores.potential), quarters, scoring)


def winning_position(plan: Plan, scoring: Scoring) -> Position | None:
    """The place in the matrix of attractiveness (across) and ability to win (up), source 003. None where either has no score.

    4 and 4: consolidate; 4 and 2: invest; 2 and 4: harvest; 2 and 2: attend.
    """
    attractiveness = mean(_scores(plan).attractiveness, scoring.attractiveness)
    ability = mean(_scores(plan).ability_to_win, scoring.ability_to_win)
    if attractiveness is None or ability is None:
        return None
    return _position(attractiveness, ability, ("attend", "invest", "harvest", "consolidate"), scoring)


def _position(across: Fraction, up: Fraction, quarters: tuple[str, str, str, str], scoring: Scoring) -> Position:
    """`quarters`: low and low, high across, high up, high in both."""
    return Position(across, up, quarters[(across >= scoring.high) + 2 * (up >= scoring.high)])


def _scores(plan: Plan) -> Classification:
    return plan.classification or NO_SCORES
