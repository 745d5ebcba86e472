"""Satisfaction: the latest report card of the last twelve months."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.day import months_before
from kamgen.figures.figure import Ratio, absent
from kamgen.figures.satisfaction import latest, satisfaction
from kamgen.model.analysis import Feedback

AS_OF = dt.date(2026, 5, 6)
SCORES = st.decimals(min_value=0, max_value=100, places=1)


def made(cls: Any, **values: Any) -> Any:
    return cls(**values)


def card(day: str, score: Any = None, scale: Any = 10) -> Any:
    numbers = {"score": score, "scale": scale}
    return made(Feedback, date=dt.date.fromisoformat(day), **{name: Decimal(value) for name, value in numbers.items() if value is not None})


def test_the_latest_of_the_last_twelve_months() -> None:
    cards = [card("2026-02-10", 8), card("2025-09-01", 5), card("2026-05-07", 1)]
    assert satisfaction(cards, AS_OF) == Ratio(Fraction(8), Fraction(10))


def test_twelve_months_to_the_day() -> None:
    assert satisfaction([card("2025-05-06", 8)], AS_OF).value == Fraction(4, 5)
    assert satisfaction([card("2025-05-05", 8)], AS_OF) == absent("feedback")


def test_a_card_without_score_is_passed_over() -> None:
    assert satisfaction([card("2026-02-10", 8), card("2026-04-01")], AS_OF).value == Fraction(4, 5)


def test_no_figure_without_scale_or_above_it() -> None:
    assert satisfaction([card("2026-02-10", 8, None)], AS_OF) == absent("scale")
    assert satisfaction([card("2026-02-10", 8, 5)], AS_OF) == absent("scale")
    assert satisfaction([], AS_OF) == absent("feedback")


@given(SCORES, st.none() | st.decimals(min_value=1, max_value=100, places=1))
def test_satisfaction_lies_between_nothing_and_all(score: Decimal, scale: Decimal | None) -> None:
    value = satisfaction([card("2026-02-10", score, scale)], AS_OF).value
    assert value is None or 0 <= value <= 1


def test_the_latest_card_is_none_of_the_future() -> None:
    early, late = card("2024-01-01"), card("2026-05-07")
    assert latest([early, late], AS_OF) == early
    assert latest([late], AS_OF) is None


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-05-06", 12, "2025-05-06"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-05-06", 0, "2026-05-06"),
    ],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)
