"""Offers, goals and actions, agreements: the facts on the pages, by hand, over a few accounts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.figures.offers import by_kind, offered
from kamgen.site import Site
from kamgen.workspace import load
from tests.pages.plans import AS_OF
from tests.pages.test_money import PORTFOLIO, fragment, plan, told
from tests.sites import write

ALPHA = """\
offers:
  - {id: o1, text: "Kiosks | <script>", kind: more, value: 60000, sent: 2026-04-02, decision_due: 2026-05-05, status: sent, binding: true}
  - {id: o2, text: Lamps, kind: new, value: 1000, sent: 2026-01-02, status: won}
  - {id: o3, text: Hooks, kind: new, value: 500, sent: 2025-01-02, status: lost, lost_reason: Too slow}
  - {id: o4, text: Doors, status: draft, decision_due: 2026-01-01}
"""
PLANS = {
    "alpha.md": plan("Alpha", "A", "kari.nygaard", ALPHA),
    "beta.md": plan(
        "Beta",
        "B",
        "ole.berg",
        "currency: DKK\nvisibility: {offers.o7: team}\noffers:\n"
        "  - {id: o5, text: Rails, kind: more, value: 2000, decision_due: 2026-05-20, status: sent}\n"
        "  - {id: o6, text: Shelves, kind: more, value: 10, status: lost}\n  - {id: o7, text: Hidden words, value: 77777, status: sent}\n",
    ),
    "omega.md": plan("Omega", "A", "ole.berg", "status: lost\nstatus_reason: Closed\noffers: [{text: Gone, value: 9, status: sent}]\n"),
}
Make = Callable[..., Site]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    numbers = itertools.count()
    return lambda plans: Site(load(write(tmp_path / str(next(numbers)), plans, portfolio=PORTFOLIO), AS_OF), "told by the test")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("offers"), PLANS, portfolio=PORTFOLIO), AS_OF), "told by the test")


def test_open_offers_stand_by_their_decision(usual: Site) -> None:
    lines = told(usual, "offers.md")
    kiosks = "Alpha | Kiosks | <script>written and binding | more | 60 000 | sent | 2026-05-05late | – | Kari Nygaard"
    rails = "Beta | Rails | more | 200 | sent | 2026-05-20 | – | Ole Berg"
    assert lines.index(kiosks) < lines.index(rails)
    assert "Alpha | Doors | – | – | draft | 2026-01-01 | – | Kari Nygaard" in lines
    assert "Open 3 worth 60 200 EUR" in lines
    assert "Late for a decision 1 the day of the decision, or the last day they hold, has passed" in lines
    assert "3 open offers are worth 60 200 EUR; late for a decision: 1" in lines
    assert "One open offer has no value, or no rate for its currency: it is in no sum." in lines
    assert 'data-order="60000"' in fragment(usual, "offers.md")
    assert "<script>" not in fragment(usual, "offers.md")


def test_won_and_lost_have_reasons(usual: Site) -> None:
    lines = told(usual, "offers.md")
    assert "Alpha | Lamps | new | 1 000 | 2026-01-02 | won | –" in lines
    assert "Alpha | Hooks | new | 500 | 2025-01-02 | lost | Too slow" in lines
    assert "Beta | Shelves | more | 1 | – | lost | no reason given" in lines
    assert "Won of decided 33 % 1 of 3 decided" in lines
    assert "new | 0 | 11 000 | 1500 | 50 %" in lines
    assert "no kind | 1value unknown | 0 | 0 | –" in lines


def test_hidden_offers_and_lost_accounts_are_absent(usual: Site) -> None:
    html = fragment(usual, "offers.md")
    assert not any(word in html for word in ("Hidden words", "77", "Gone", "Omega"))


def test_no_offers_are_said(make: Make) -> None:
    lines = told(make({}), "offers.md")
    assert "No offer was decided yet." in lines
    assert any(line.startswith("No offer is open.") for line in lines)
    assert "Won of decided – nothing was decided yet" in lines


def test_the_kinds_of_offers(usual: Site) -> None:
    found = {one.kind: one for one in by_kind(offered(usual.outlooks, usual.portfolio, AS_OF))}
    assert found["new"].hit == Fraction(1, 2)
    assert found[""].hit is None
