"""Goals and actions: progress, what is late, days and money, by month, manager and account; by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.pages import goals
from kamgen.site import Site
from kamgen.workspace import load
from tests.pages.plans import AS_OF
from tests.pages.test_money import PORTFOLIO, fragment, plan, told
from tests.sites import write

OWN = """\
plan:
  goals:
    - {id: p1, text: Revenue <b>, measure: share of orders, start: 2026-01-01, due: 2026-12-31, baseline: 0, target: 1, actual: 0.1}
    - {id: p2, text: Sales, measure: revenue, start: 2026-01-01, due: 2026-12-31, baseline: 617085.20, target: 900000, actual: 440623.87}
"""
PLANS = {
    "alpha.md": plan(
        "Alpha",
        "A",
        "kari.nygaard",
        "goals:\n  - {id: g1, text: Halfway, due: 2026-06-30, baseline: 100, target: 200, actual: 150}\n  - {id: g2, text: Silent}\n"
        "actions:\n  - {id: a1, text: Show | it, due: 2026-04-01, days: 3, cost: 2000}\n"
        "  - {id: a2, text: Build, due: 2026-06-09, days: 2.5, owner: ole.berg}\n  - {id: a3, text: Was done, status: done}\n",
    ),
    "beta.md": plan("Beta", "B", "ole.berg", "currency: DKK\nactions: [{text: Danish, due: 2026-06-01, days: 1, cost: 500}, {text: Some day}]\n"),
    "gamma.md": plan("Gamma", "A", "ole.berg", "visibility: {goals: team}\ngoals: [{text: Hidden words}]\n"),
    "omega.md": plan("Omega", "A", "ole.berg", "status: lost\nstatus_reason: Closed\ngoals: [{text: Gone}]\n"),
}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("goals"), PLANS, portfolio=PORTFOLIO + OWN), AS_OF), "told by the test")


def test_goals_tell_their_progress(usual: Site) -> None:
    lines = told(usual, "goals.md")
    assert "Revenue <b>share of orders | 0.1from 0 to 1 | 10 % | late35 % of the time is gone | 2026-12-31 | –" in lines
    sales = "Salesrevenue | 440 624from 617 085 to 900 000 | 0 %49 % of the target | in time35 % of the time is gone | 2026-12-31 | –"
    assert sales in lines
    assert "Alpha | Halfway | 50 % | in time | 2026-06-30 | Kari Nygaard" in lines
    assert "Alpha | Silent | no baseline | in time | – | Kari Nygaard" in lines
    assert "Progress 20 % mean of the goals with numbers, of 4" in lines
    assert "Late goals 1 progress is below the elapsed share of the time" in lines


def test_actions_tell_days_and_money(usual: Site) -> None:
    lines = told(usual, "goals.md")
    assert "Alpha | Show | it | 2026-04-01 | overdue | Kari Nygaard | 3 | 2 000" in lines
    assert "Alpha | Build | 2026-06-09 | in time | Ole Berg | 2.5 | –" in lines
    assert "Beta | Danish | 2026-06-01 | in time | Ole Berg | 1 | 50" in lines
    assert "Actions done 20 % 1 of 5" in lines


def test_the_timetable_goes_by_month(usual: Site) -> None:
    lines = told(usual, "goals.md")
    april = "2026-04 | – | Alpha: Show | it | 3 | 2 000"
    june = "2026-06 | Alpha: Halfway | Beta: DanishAlpha: Build | 3.5 | 501 action says not both"
    assert lines.index(april) < lines.index(june)
    assert "no day | Alpha: Silent | Beta: Some day | – | –1 action says not both" in lines
    assert "Most work is due in 2026-06: 3.5 days" in lines


def test_managers_and_accounts_roll_up(usual: Site) -> None:
    lines = told(usual, "goals.md")
    assert "Kari Nygaard | 2 | 50 % | 0 | 1 of 3 | 1 | 5.5 | 2 0001 action says not both" in lines
    assert "Beta | 0 | no goals | 0 | 0 of 2 | 0 | 1 | 501 action says not both" in lines
    assert "All | 4 | 20 % | 1 | 1 of 5 | 1 | 6.5 | 2 0502 actions say not both" in lines


def test_what_is_hidden_or_lost_is_absent(usual: Site) -> None:
    html = fragment(usual, "goals.md")
    assert "Gamma" not in html
    assert not any(word in html for word in ("Hidden words", "Gone", "Omega", "<b>,"))


def test_nothing_is_said(tmp_path: Path) -> None:
    bare = Site(load(write(tmp_path, {"alpha.md": plan("Alpha", "A", "ole.berg")}, portfolio=PORTFOLIO), AS_OF), "told by the test")
    lines = told(bare, "goals.md")
    assert "No goal and no action is open." in lines
    assert "One key account has no goals" in lines
    assert "Progress – no goals" in lines
    assert "Actions done – no actions" in lines


def test_the_picture_leaves_gaps_visible() -> None:
    dated = [
        (dt.date(2026, 9, 1), Decimal(3)),
        (dt.date(2026, 12, 1), Decimal(2)),
        (dt.date(2027, 1, 1), Decimal(1)),
        (dt.date(2030, 1, 1), Decimal(4)),
    ]
    shown = [(bar.label, bar.words) for bar in goals._gapless(dated)]
    gap = [("2026-10", "–"), ("2026-11", "–")]
    assert shown == [("2026-09", "3"), *gap, ("2026-12", "2"), ("2027-01", "1"), ("…", ""), ("2030-01", "4")]
