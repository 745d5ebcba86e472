"""Agreements: what ran out, what is soon, what follows; by hand, and the timeline."""

from __future__ import annotations

from pathlib import Path

import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.pages import agreements
from kamgen.site import Site
from kamgen.workspace import load
from tests.pages.plans import AS_OF
from tests.pages.test_money import PORTFOLIO, fragment, plan, told
from tests.sites import write

PLANS = {
    "alpha.md": plan(
        "Alpha",
        "A",
        "kari.nygaard",
        "agreements:\n  - {title: Old <b>, kind: frame, start: 2024-01-01, end: 2026-05-01}\n"
        "  - {title: Notice, kind: yearly, start: 2026-01-01, end: 2026-12-31, notice: 2026-06-30}\n"
        "  - {title: Far, start: 2026-01-01, end: 2027-12-31, notice: 2026-01-31}\n"
        "  - {title: Replaced, end: 2026-05-20, replaced_by: Later}\n  - {title: Later, start: 2026-05-21, end: 2028-01-01}\n",
    ),
    "beta.md": plan(
        "Beta",
        "B",
        "ole.berg",
        "agreements:\n  - {title: Endless}\n  - {title: Meant, end: 2025-01-01, ended: true}\n"
        "  - {title: Before, end: 2025-12-31, replaced_by: Endless}\n  - {title: Tomorrow, end: 2026-05-07}\n",
    ),
    "gamma.md": plan("Gamma", "A", "ole.berg", "visibility: {agreements: team}\nagreements: [{title: Hidden words, end: 2026-06-01}]\n"),
    "delta.md": plan("Delta", "A", "ole.berg"),
    "omega.md": plan("Omega", "A", "ole.berg", "status: lost\nstatus_reason: Closed\nagreements: [{title: Gone, end: 2026-06-01}]\n"),
}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("agreements"), PLANS, portfolio=PORTFOLIO), AS_OF), "told by the test")


def test_the_most_urgent_stands_first(usual: Site) -> None:
    lines = told(usual, "agreements.md")
    rows = [
        "Alpha | Old <b> | frame agreement | 2024-01-01 | – | 2026-05-01 | Ran out | – | Kari Nygaard",
        "Beta | Tomorrow | – | – | – | 2026-05-07 | To decide soonends in 1 day | – | Ole Berg",
        "Alpha | Notice | yearly agreement | 2026-01-01 | 2026-06-30 | 2026-12-31 | To decide soonnotice within 55 days | – | Kari Nygaard",
        "Alpha | Far | – | 2026-01-01 | 2026-01-31has passed | 2027-12-31 | In force | – | Kari Nygaard",
        "Alpha | Replaced | – | – | – | 2026-05-20 | In force, followed | Later | Kari Nygaard",
        "Beta | Endless | – | – | – | – | In force, no end | – | Ole Berg",
        "Alpha | Later | – | 2026-05-21 | – | 2028-01-01 | Not begun | – | Kari Nygaard",
        "Beta | Meant | – | – | – | 2025-01-01 | Ended | – | Ole Berg",
        "Beta | Before | – | – | – | 2025-12-31 | Followed | Endless | Ole Berg",
    ]
    assert [line for line in lines if line in rows] == rows


def test_the_head_says_what_to_decide(usual: Site) -> None:
    lines = told(usual, "agreements.md")
    assert "Ran out 1 and nothing follows" in lines
    assert "To decide soon 2 the end, or the last day of notice, is near" in lines
    assert "Next day to watch 2026-05-07 Beta: Tomorrow" in lines
    assert "3 agreements have run out, or soon do, and nothing follows" in lines
    assert "Key accounts without an agreement 1 no agreement is in force, or begins later" in lines
    assert "Delta" in lines


def test_what_is_hidden_or_lost_is_absent(usual: Site) -> None:
    html = fragment(usual, "agreements.md")
    assert not any(word in html for word in ("Hidden words", "Gone", "Omega", "Old <b>"))


def test_no_agreements_are_said(tmp_path: Path) -> None:
    lines = told(Site(load(write(tmp_path, {}, portfolio=PORTFOLIO), AS_OF), "told by the test"), "agreements.md")
    assert any(line.startswith("No agreement is in force.") for line in lines)
    assert "Next day to watch – no day is given" in lines


def test_one_that_is_followed_is_no_worry(tmp_path: Path) -> None:
    calm = plan("Alpha", "A", "ole.berg", "agreements: [{title: Calm, start: 2026-01-01, end: 2027-12-31}]\n")
    lines = told(Site(load(write(tmp_path, {"alpha.md": calm}, portfolio=PORTFOLIO), AS_OF), "told by the test"), "agreements.md")
    assert "Nothing runs out soon without something that follows" in lines
    assert "Key accounts without an agreement 0 every key account has one" in lines


@pytest.mark.parametrize(
    ("keep", "title"),
    [
        ("expired", "One agreement has run out, and nothing follows"),
        ("soon", "2 agreements soon reach their end or their last day of notice, and nothing follows"),
    ],
)
def test_the_title_says_only_what_there_is(usual: Site, keep: str, title: str) -> None:
    known = [deal for deal in agreements._deals(usual) if deal.state == keep]
    assert agreements._title(usual, known) == title
