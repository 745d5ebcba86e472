"""What a figure is: parts, wholes, and what is missing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kamgen.figures.coverage import Rate, rate_of_all
from kamgen.figures.figure import Amount, Ratio, absent, ratio, summed, together

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)
WHOLES = st.decimals(min_value=Decimal("0.01"), max_value=10**12, places=2, allow_nan=False)


def test_a_ratio_is_exact() -> None:
    assert ratio(Decimal("0.1"), Decimal("0.3"), of="actual", to="spend").value == Fraction(1, 3)


def test_what_is_missing_has_a_name_and_is_never_nothing() -> None:
    assert ratio(None, Decimal(3), of="actual", to="spend") == absent("actual")
    assert ratio(Decimal(3), None, of="actual", to="spend") == absent("spend")
    assert ratio(None, None, of="actual", to="spend") == absent("actual")
    assert absent("spend").value is None


def test_a_whole_of_nothing_has_no_parts() -> None:
    assert ratio(Decimal(3), Decimal(0), of="actual", to="spend") == absent("spend")
    assert ratio(Decimal(3), Decimal(-1), of="actual", to="spend") == absent("spend")


def test_a_rate_reaches_part_and_whole_and_a_missing_one_neither() -> None:
    half = Ratio(Fraction(1), Fraction(2), "", ("lighting",))
    assert half.at(Decimal("7.46")) == Ratio(Fraction("7.46"), Fraction("14.92"), "", ("lighting",))
    assert half.at(None) == absent("rate", ("lighting",))
    assert absent("spend").at(Decimal(7)) == absent("spend")
    assert Amount(Decimal(10)).at(Decimal("7.46")) == Amount(Decimal("74.60"))
    assert Amount(Decimal(10), "", ("a",)).at(None) == Amount(None, "rate", ("a",))
    assert Amount(None, "costs").at(Decimal(7)) == Amount(None, "costs")


def test_together_adds_what_is_known_and_names_the_rest() -> None:
    named = [("a", ratio(1, 4, of="actual", to="spend")), ("b", absent("spend")), ("c", ratio(2, 4, of="actual", to="spend"))]
    assert together(named, nothing="sales") == Ratio(Fraction(3), Fraction(8), "", ("b",))
    assert together([("b", absent("spend"))], nothing="sales") == absent("spend", ("b",))
    assert together([], nothing="sales") == absent("sales")


@given(st.lists(st.tuples(AMOUNTS, WHOLES), min_size=1, max_size=6), WHOLES)
def test_together_lies_between_its_parts_and_no_rate_changes_it(pairs: list[tuple[Decimal, Decimal]], rate: Decimal) -> None:
    each = [ratio(part, whole, of="actual", to="spend") for part, whole in pairs]
    values = [found.value for found in each if found.value is not None]
    value = together((("x", found) for found in each), nothing="sales").value
    assert value is not None
    assert min(values) <= value <= max(values)
    assert together((("x", found.at(rate)) for found in each), nothing="sales").value == value


@given(st.lists(st.fractions(max_denominator=1000), max_size=8))
def test_a_sum_of_fractions_is_their_sum(numbers: list[Fraction]) -> None:
    assert summed(iter(numbers)) == sum(numbers, Fraction(0))


def test_rates_of_parts_are_one_of_the_whole() -> None:
    assert rate_of_all((Rate(1, 2), Rate(2, 6))) == Rate(3, 8)
    assert rate_of_all(()) == Rate(0, 0)
