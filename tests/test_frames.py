"""Tables for pages and downloads: declared columns, exact money, text that stays text."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest

from kamgen import frames
from kamgen.figures.outlook import years
from kamgen.pages.portfolio import profiles
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import PORTFOLIO, write

AS_OF = dt.date(2026, 5, 6)
PLAN = """\
---
account: Acme
tier: A
owner: kari.nygaard
currency: DKK
potential: 1000
contacts:
  - {name: Anna Lind, function: ceo}
sales:
  - {product: fittings, actual: {2024: 100.10, 2025: 200.20}}
activities:
  - {date: 2026-03-02, type: status-meeting, status: held, contacts: [anna-lind], note: Said, by: vera.lind}
  - {date: 2026-06-02, type: internal-meeting, status: planned, moved_from: [2026-05-01]}
---
"""
MONEY = "products: [{id: fittings}]\nrates: [{currency: DKK, date: 2025-01-01, rate: 0.134}]\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """One account in another currency, whose rate is known from 2025 on."""
    return Site(load(write(tmp_path, {"acme.md": PLAN}, portfolio=f"{PORTFOLIO}{MONEY}"), AS_OF))


def test_accounts_have_declared_columns_and_exact_money(site: Site) -> None:
    frame = frames.accounts(site.outlooks, years(site.portfolio, AS_OF), "EUR", site.counts, {"kari.nygaard": "Kari Nygaard"}, profiles(site))
    declared = {**frames.ACCOUNTS, "revenue_2024": frames.MONEY, "revenue_2025": frames.MONEY, "revenue_2026": frames.MONEY}
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == declared
    row = frame.iloc[0]
    assert (row["owner"], row["currency"], row["potential"]) == ("Kari Nygaard", "EUR", Decimal("134.000"))
    assert row["revenue_2025"] == Decimal("26.82680")
    assert row["revenue_2024"] is None
    assert row["revenue_2026"] is None


def test_activities_and_findings_have_declared_columns(site: Site) -> None:
    frame = frames.activities(site.outlooks, site.ruleset, {"vera.lind": "Vera Lind"})
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(frames.ACTIVITIES)
    assert list(frame["customer"]) == [True, False]
    assert list(frame["moves"]) == [0, 1]
    assert frame["by"].iloc[0] == "Vera Lind"
    found = frames.findings(site.diagnostics)
    assert {name: str(kind) for name, kind in found.dtypes.items()} == dict(frames.FINDINGS)
    assert len(found) == len(site.diagnostics)


def test_an_empty_frame_keeps_its_columns() -> None:
    assert list(frames.findings([]).columns) == list(frames.FINDINGS)
    assert frames.csv(frames.findings([])) == ",".join(frames.FINDINGS) + "\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1+1", "＠a"])
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert frames.neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Acme", "3M", "", "a=b", "'quoted'"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert frames.neutral(text) == text


def test_the_corpus_of_formulas_stays_text(corpora: Path) -> None:
    payloads = (corpora / "csv_injection" / "payloads.txt").read_text("utf-8").splitlines()
    assert payloads
    for payload in payloads:
        made = frames.neutral(payload)
        assert made in {payload, f"'{payload}"}
        assert not made.lstrip().startswith(frames.FORMULA), payload


def test_csv_has_iso_dates_and_empty_cells(site: Site) -> None:
    frame = frames.accounts(site.outlooks, years(site.portfolio, AS_OF), "EUR", site.counts, {}, profiles(site))
    row = next(csv.DictReader(io.StringIO(frames.csv(frame))))
    assert (row["last_activity"], row["next_activity"], row["revenue_2024"], row["region"]) == ("2026-03-02", "", "", "")
