"""What a figure is: an exact number with the parts that it is made of, or the word for what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from kamgen.frozen import Frozen

Number = Decimal | Fraction | int


class Amount(Frozen):
    """Money; `value` is None where an input is missing, and `missing` names it by its key in the plan.

    `left_out` names what the amount says nothing of, since something is missing there.
    """

    value: Decimal | None
    missing: str = ""
    left_out: tuple[str, ...] = ()

    def at(self, rate: Decimal | None) -> Amount:
        """The amount in the base currency; without a rate it is absent, never unchanged."""
        if self.value is None:
            return self
        return Amount(None, "rate", self.left_out) if rate is None else Amount(self.value * rate, "", self.left_out)


class Ratio(Frozen):
    """A part of a whole, exact. Both are None where an input is missing, and `missing` names it by its key in the plan.

    `left_out` names what stands outside the part and the whole, since something is missing there.
    """

    part: Fraction | None
    whole: Fraction | None
    missing: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def value(self) -> Fraction | None:
        """The part divided by the whole."""
        return None if self.part is None or self.whole is None else self.part / self.whole

    def at(self, rate: Decimal | None) -> Ratio:
        """Part and whole in the base currency, to be added to those of other accounts; without a rate they are absent."""
        if self.part is None or self.whole is None:
            return self
        return absent("rate", self.left_out) if rate is None else Ratio(self.part * Fraction(rate), self.whole * Fraction(rate), "", self.left_out)


def absent(missing: str, left_out: tuple[str, ...] = ()) -> Ratio:
    """A ratio that cannot be told."""
    return Ratio(None, None, missing, left_out)


def ratio(part: Number | None, whole: Number | None, *, of: str, to: str, left_out: tuple[str, ...] = ()) -> Ratio:
    """The ratio of two numbers, which are called `of` and `to` where they are missing. A whole of nothing, or less, has no parts."""
    if part is None or whole is None or whole <= 0:
        return absent(of if part is None else to, left_out)
    return Ratio(Fraction(part), Fraction(whole), "", left_out)


def together(named: Iterable[tuple[str, Ratio]], *, nothing: str) -> Ratio:
    """Several ratios as one: the known parts over the known wholes, the names of the others beside.

    Where none is known, the first tells what is missing; `nothing` where there is none at all.
    """
    told = list(named)
    known = [(found.part, found.whole) for _, found in told if found.part is not None and found.whole is not None]
    left_out = tuple(name for name, found in told if found.part is None or found.whole is None)
    if not known:
        return absent(next((found.missing for _, found in told), nothing), left_out)
    return Ratio(summed(part for part, _ in known), summed(whole for _, whole in known), "", left_out)


def summed(numbers: Iterable[Fraction]) -> Fraction:
    """The sum, exact. Those of one denominator are added first: money has few, and they need no shortening after every one."""
    parts: Counter[int] = Counter()
    for number in numbers:
        parts[number.denominator] += number.numerator
    return sum((Fraction(part, whole) for whole, part in parts.items()), Fraction(0))
