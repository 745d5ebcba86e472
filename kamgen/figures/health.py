"""Health: one number for an account, always with its parts and weights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from kamgen.account import Account
from kamgen.cadence import Window
from kamgen.figures.completeness import completeness
from kamgen.figures.coverage import compliance
from kamgen.figures.goals import goals_progress
from kamgen.figures.relationships import relationship_coverage
from kamgen.figures.reviews import freshness
from kamgen.figures.satisfaction import satisfaction
from kamgen.frozen import Frozen
from kamgen.model.portfolio import Portfolio
from kamgen.ruleset import Ruleset

READ: Final[Mapping[str, frozenset[str]]] = {
    "compliance": frozenset({"activities", "contacts", "meetings", "since"}),
    "relationships": frozenset({"activities", "contacts", "absent_roles"}),
    "goals": frozenset({"goals"}),
    "satisfaction": frozenset({"feedback"}),
}
"""The parts of a plan that a figure is made from: where one of them cannot be read, the figure is missing rather than wrong."""


class Part(Frozen):
    """One part of the health: 0 is bad, 1 is good. `value` is None where the figure is missing; then it is left out."""

    name: str
    value: Fraction | None
    weight: int


class Health(Frozen):
    """The health of an account and what it is made of, in the order of the weights."""

    parts: tuple[Part, ...]

    @property
    def value(self) -> Fraction | None:
        """The weighted mean of the parts that are there, exact; None where none is."""
        counted = [(part.value, part.weight) for part in self.parts if part.value is not None]
        whole = sum(weight for _, weight in counted)
        return sum((value * weight for value, weight in counted), Fraction(0)) / whole if whole else None

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that have a weight and no figure: they are left out, and it must be said."""
        return tuple(part.name for part in self.parts if part.weight and part.value is None)


def health(figures: Mapping[str, Fraction | None], weights: Mapping[str, int]) -> Health:
    """The weighted mean of compliance, completeness, freshness, relationship coverage, goal progress and satisfaction.

    `weights` are the rule set's, by the name of the part; a part without a weight is not asked for, a missing one is left out.
    Compliance 1/2 with weight 30 and completeness 1 with weight 20, the others missing: (15 + 20) / 50 = 7/10.
    """
    return Health(tuple(Part(name, figures.get(name), weight) for name, weight in weights.items()))


def account_health(account: Account, portfolio: Portfolio, ruleset: Ruleset, window: Window, as_of: dt.date) -> Health:
    """The health of an account with the weights of the rule set; lost and archived accounts have none, nor what cannot be read."""
    return health(figures(account, portfolio, ruleset, window, as_of), ruleset.health)


def figures(account: Account, portfolio: Portfolio, ruleset: Ruleset, window: Window, as_of: dt.date) -> Mapping[str, Fraction | None]:
    """The figures that health is the mean of, each from 0 to 1; None where one is missing."""
    plan, tier = account.plan, account.tier
    if plan is None or tier is None or plan.closed:
        return {}
    found = {
        "compliance": compliance(account.cells).value,
        "completeness": completeness(plan, tier, as_of).rate.value,
        "freshness": freshness(plan, portfolio.review_windows, as_of).done.value,
        "relationships": relationship_coverage(plan, tier, ruleset, window, as_of).value,
        "goals": goals_progress(plan.goals, as_of).value,
        "satisfaction": satisfaction(plan.feedback, as_of).value,
    }
    return {name: None if plan.unread & READ.get(name, frozenset()) else value for name, value in found.items()}
