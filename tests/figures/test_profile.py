"""The figures by which a portfolio compares its accounts, by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from kamgen.figures.profile import Profile
from kamgen.pages.portfolio import profiles
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import PORTFOLIO, write

AS_OF = dt.date(2026, 5, 6)
MONEY = "products: [{id: fittings}]\nrates: [{currency: DKK, date: 2025-01-01, rate: 0.1}]\n"
HEAD = "---\naccount: Acme\ntier: A\nowner: kari.nygaard\ncontacts: [{name: Anna Lind, function: ceo}]\n"
SALES = "sales: [{product: fittings, actual: {2025: 100}, budget: {2026: 300}, potential: 500, spend: 400}]\n"
FEEDBACK = "feedback: [{date: 2026-01-10, score: 4, scale: 5}]\n"


def told(root: Path, rest: str) -> Profile:
    site = Site(load(write(root, {"acme.md": f"{HEAD}{rest}---\n"}, portfolio=f"{PORTFOLIO}{MONEY}"), AS_OF))
    return profiles(site)["plans/acme.md"]


def test_money_is_in_the_base_currency(tmp_path: Path) -> None:
    found = told(tmp_path, f"currency: DKK\n{SALES}")
    assert (found.budget.value, found.white_space.value, found.wallet.value) == (Decimal(30), Decimal(40), Fraction(1, 4))


def test_without_a_rate_money_is_absent_and_says_so(tmp_path: Path) -> None:
    found = told(tmp_path, f"currency: SEK\n{SALES}")
    assert (found.budget.value, found.budget.missing, found.white_space.missing) == (None, "rate", "rate")


def test_what_is_not_given_is_absent(tmp_path: Path) -> None:
    found = told(tmp_path, "")
    assert (found.budget.missing, found.white_space.missing, found.wallet.missing) == ("budget", "potential", "sales")
    assert 0 < (found.completeness.value or 0) < 1


def test_a_closed_account_has_no_health_and_no_completeness(tmp_path: Path) -> None:
    found = told(tmp_path, "status: lost\nstatus_reason: Closed down\n")
    assert (found.completeness.value, found.health.value) == (None, None)


def test_an_account_of_an_unknown_tier_has_none_either(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    site = Site(load(write(tmp_path, {"acme.md": HEAD.replace("tier: A", "tier: ZZ") + "---\n"}, portfolio=PORTFOLIO), AS_OF))
    assert [found.completeness.value for found in profiles(site).values()] in ([], [None])


def test_what_the_audience_may_not_read_is_no_part_of_the_health(tmp_path: Path) -> None:
    open_, hidden = told(tmp_path / "a", FEEDBACK), told(tmp_path / "b", f"{FEEDBACK}visibility: {{feedback: private}}\n")
    parts = [{part.name: part.value for part in found.health.parts} for found in (open_, hidden)]
    assert [found["satisfaction"] for found in parts] == [Fraction(4, 5), None]
    assert parts[0]["completeness"] == parts[1]["completeness"]
