"""Reviews in their windows, by hand and against a slow model that walks the days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.day import months_before
from kamgen.figures.coverage import Rate
from kamgen.figures.reviews import Freshness, coming_rounds, freshness, passed_rounds
from kamgen.model.governance import Review
from kamgen.model.plan import Plan
from kamgen.model.portfolio import DEFAULT_WINDOWS, DayOfYear, ReviewWindow

AS_OF = dt.date(2026, 5, 6)
DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
WINDOWS = st.builds(
    ReviewWindow,
    name=st.just("one"),
    due=st.builds(DayOfYear, month=st.integers(1, 12), day=st.integers(1, 28)),
    opens=st.integers(0, 366),
    grace=st.integers(0, 366),
)


def plan(*reviews: str, since: str | None = None, unread: frozenset[str] = frozenset()) -> Plan:
    told = tuple(Review(date=dt.date.fromisoformat(day)) for day in reviews)
    return Plan(account="Acme", tier="A", owner="kari", reviews=told, since=dt.date.fromisoformat(since) if since else None, unread=unread)


def fresh(*reviews: str, since: str | None = None) -> tuple[int, int, int | None]:
    found = freshness(plan(*reviews, since=since), DEFAULT_WINDOWS, AS_OF)
    return found.done.part, found.done.whole, found.days


def test_the_two_windows_of_the_source() -> None:
    assert [(found.name, found.opens, found.due, found.closes) for found in passed_rounds(DEFAULT_WINDOWS, AS_OF)] == [
        ("budget", dt.date(2025, 8, 2), dt.date(2025, 10, 1), dt.date(2025, 10, 15)),
        ("half-year", dt.date(2026, 1, 31), dt.date(2026, 4, 1), dt.date(2026, 4, 15)),
    ]
    assert [found.closes for found in coming_rounds(DEFAULT_WINDOWS, AS_OF)][:2] == [dt.date(2026, 10, 15), dt.date(2027, 4, 15)]


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ((), (0, 2, None)),
        (("2025-10-02",), (1, 2, 216)),
        (("2025-10-02", "2026-03-27"), (2, 2, 40)),
        (("2026-01-30",), (0, 2, 96)),
        (("2026-01-31",), (1, 2, 95)),
        (("2026-04-15",), (1, 2, 21)),
        (("2026-04-16",), (0, 2, 20)),
        (("2026-02-01", "2026-04-01"), (1, 2, 35)),
        (("2026-05-07",), (0, 2, None)),
    ],
)
def test_a_review_counts_inside_its_window(reviews: tuple[str, ...], expected: tuple[int, int, int | None]) -> None:
    assert fresh(*reviews) == expected


@pytest.mark.parametrize(("since", "whole"), [("2025-08-02", 2), ("2025-08-03", 1), ("2026-01-31", 1), ("2026-02-01", 0), ("2026-06-01", 0)])
def test_a_new_account_is_excused(since: str, whole: int) -> None:
    assert fresh(since=since) == (0, whole, None)


def test_a_prospect_is_asked_for_no_review() -> None:
    prospect = Plan(account="Acme", tier="A", owner="kari", status="prospect", reviews=(Review(date=dt.date(2026, 4, 1)),))
    assert freshness(prospect, DEFAULT_WINDOWS, AS_OF) == Freshness(Rate(0, 0), 35)


@pytest.mark.parametrize("part", ["reviews", "since"])
def test_what_cannot_be_read_is_no_figure(part: str) -> None:
    assert freshness(plan("2026-03-27", unread=frozenset({part})), DEFAULT_WINDOWS, AS_OF) == Freshness(Rate(0, 0), None)


def test_no_windows_no_figure() -> None:
    assert freshness(plan("2026-03-27"), (), AS_OF).done.value is None
    assert coming_rounds((), AS_OF) == ()


@given(WINDOWS, DAYS)
def test_a_window_passes_once_in_twelve_months(window: ReviewWindow, as_of: dt.date) -> None:
    day = months_before(as_of, 12)
    closing = []
    while day < as_of:
        due = day - dt.timedelta(days=window.grace)
        if (due.month, due.day) == (window.due.month, window.due.day):
            closing.append(day)
        day += DAY
    assert [found.closes for found in passed_rounds([window], as_of)] == closing
    assert len(closing) in {0, 1, 2}


@given(WINDOWS, DAYS)
def test_every_window_comes_within_a_year(window: ReviewWindow, as_of: dt.date) -> None:
    first = coming_rounds([window], as_of)[0]
    assert as_of <= first.closes <= as_of + dt.timedelta(days=366)


@given(st.lists(WINDOWS, max_size=3), st.lists(DAYS, max_size=5), DAYS, DAYS, st.none() | DAYS)
def test_bounds_and_one_review_more_never_harms(
    windows: list[ReviewWindow], reviews: list[dt.date], another: dt.date, as_of: dt.date, since: dt.date | None
) -> None:
    def figure(days: list[dt.date]) -> Freshness:
        told = tuple(Review(date=day) for day in days)
        return freshness(Plan(account="Acme", tier="A", owner="kari", reviews=told, since=since), windows, as_of)

    before, after = figure(reviews), figure([*reviews, another])
    assert 0 <= before.done.part <= after.done.part <= after.done.whole == before.done.whole
    assert before.days is None or (after.days is not None and 0 <= after.days <= before.days)


@pytest.mark.parametrize(
    ("month", "day", "year", "due"),
    [(6, 30, 2026, "2026-06-30"), (10, 31, 2026, "2026-10-31"), (2, 29, 2027, "2027-02-28"), (2, 29, 2028, "2028-02-29")],
)
def test_a_review_may_be_due_on_any_day_of_the_year(month: int, day: int, year: int, due: str) -> None:
    windows = (ReviewWindow(name="one", due=DayOfYear(month=month, day=day), opens=10, grace=5),)
    assert dt.date.fromisoformat(due) in {found.due for found in coming_rounds(windows, dt.date(year, 1, 1))}
