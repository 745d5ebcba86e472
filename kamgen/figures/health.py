"""Health: one number for an account, always with its parts and weights."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kamgen.frozen import Frozen


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
