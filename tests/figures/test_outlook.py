"""Coverage, outlook and summary, by hand, over a portfolio of six accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from kamgen.cadence import Cell
from kamgen.figures.coverage import Rate, compliance, is_gated, next_activity_rate
from kamgen.figures.money import fiscal_year, total
from kamgen.figures.outlook import Outlook, outlook, years
from kamgen.figures.summary import late, summary
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import blank
from kamgen.workspace import Workspace, load

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """
currency: DKK
rates: [{currency: EUR, date: 2026-01-01, rate: 7.5}, {currency: EUR, date: 2024-01-01, rate: 7.4}]
people: [{id: kari, name: Kari, role: kam}]
products: [{id: fittings}, {id: lighting}]
rules: {extends: per-account}
"""
SALES = "sales:\n  - {product: fittings, actual: {2024: 100, 2026: 10}}\n  - {product: lighting, actual: {2024: 50}}\n"
PLANS = {
    "a-covered": "tier: A\npotential: 1000\n" + SALES + "activities:\n"
    "  - {date: 2026-02-02, type: status-meeting, status: held, note: Fine}\n  - {date: 2026-05-06, type: status-meeting, status: planned}\n",
    "b-empty": "tier: B\ncurrency: EUR\npotential: 200\n" + SALES,
    "c-late": "tier: C\npotential: 5\ncurrency: SEK\nactivities:\n  - {date: 2026-04-02, type: lunch, status: planned}\n"
    "  - {date: 2026-03-02, type: lunch, status: planned}\n",
    "d-paused": "tier: A\nstatus: paused\nstatus_reason: Rebuilding\nactivities:\n  - {date: 2026-03-20, type: lunch, status: planned}\n",
    "e-lost": "tier: A\nstatus: lost\nstatus_reason: Prices\npotential: 9999\nactivities:\n  - {date: 2026-01-02, type: lunch, status: planned}\n",
    "f-broken": "tier: [\n",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("portfolio")
    (root / "plans").mkdir()
    (root / "plans/portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    for name, text in PLANS.items():
        (root / f"plans/{name}.md").write_text(f"---\naccount: {name}\nowner: kari\n{text}---\n", encoding="utf-8")
    return load(root, AS_OF)


@pytest.fixture(scope="module")
def outlooks(workspace: Workspace) -> Mapping[str, Outlook]:
    ground = workspace.ground
    found = {account.id[0]: outlook(account, account.plan, ground.portfolio, ground.ruleset, AS_OF) for account in workspace.accounts if account.plan}
    return {name: entry for name, entry in found.items() if entry}


def test_compliance_is_capped_per_cell() -> None:
    held = [Cell("a", None, 2, 0, 4, None, 0), Cell("b", None, 5, 0, 2, None, 0), Cell("c", None, 3, 0, 0, 0, 0)]
    assert compliance(held) == Rate(4, 6)
    assert compliance(held).value == Fraction(2, 3)
    assert compliance([]).value is None


def test_next_activity_rate_is_of_gated_accounts(workspace: Workspace) -> None:
    assert [account.id[0] for account in workspace.accounts if is_gated(account, AS_OF)] == ["a", "b"]
    assert next_activity_rate(workspace.accounts, workspace.ground.ruleset, AS_OF) == Rate(1, 2)


def test_a_plan_that_cannot_be_read_has_no_outlook(workspace: Workspace, outlooks: Mapping[str, Outlook]) -> None:
    ground = workspace.ground
    broken = workspace.accounts[-1]
    assert broken.plan is None
    assert outlook(broken, outlooks["a"].plan, ground.portfolio, ground.ruleset, AS_OF) is None
    assert list(outlooks) == ["a", "b", "c", "d", "e"]


def test_where_an_account_stands(outlooks: Mapping[str, Outlook]) -> None:
    stands = {name: (found.key, found.open, found.asked, found.gated, found.has_next, len(found.overdue)) for name, found in outlooks.items()}
    assert stands == {
        "a": (True, True, True, True, True, 0),
        "b": (True, True, True, True, False, 0),
        "c": (False, True, True, False, False, 2),
        "d": (True, True, False, False, False, 1),
        "e": (True, False, False, False, False, 0),
    }
    first = outlooks["a"]
    assert first.next
    assert first.last
    assert (first.next.date, first.last.date, first.compliance) == (AS_OF, dt.date(2026, 2, 2), Rate(1, 6))


def test_money_is_in_the_base_currency(outlooks: Mapping[str, Outlook]) -> None:
    money = {name: (found.revenue, found.potential, found.unpriced) for name, found in outlooks.items()}
    assert money["a"] == ((Decimal(150), None, Decimal(10)), Decimal(1000), False)
    assert money["b"] == ((Decimal(1110), None, Decimal(75)), Decimal(1500), False)
    assert money["c"] == ((None, None, None), None, True)
    assert money["d"] == ((None, None, None), None, False)


def test_the_summary(outlooks: Mapping[str, Outlook]) -> None:
    found = summary(list(outlooks.values())[::-1])
    assert (found.accounts, found.keys, found.next, found.covered) == (4, 3, Rate(1, 2), Rate(1, 3))
    assert [entry.account.id for entry in found.uncovered] == ["b-empty", "c-late"]
    assert [(entry.outlook.account.id, entry.activity.date.month, entry.activity.date.day) for entry in found.overdue] == [
        ("c-late", 3, 2),
        ("d-paused", 3, 20),
        ("c-late", 4, 2),
    ]
    assert found.compliance == Rate(1, 16)
    assert (found.revenue, found.potential, found.unpriced) == ((Decimal(1260), None, Decimal(85)), Decimal(2500), 1)


def test_no_accounts_no_figures() -> None:
    found = summary([])
    assert (found.accounts, found.next.value, found.compliance.value, found.revenue, found.potential) == (0, None, None, (), None)
    assert late([]) == ()
    assert total([None]) is None


@pytest.mark.parametrize(
    ("day", "start", "year"), [("2026-05-06", 1, 2026), ("2026-05-06", 5, 2027), ("2026-05-06", 6, 2026), ("2026-12-31", 12, 2027)]
)
def test_the_fiscal_year_of_a_day(day: str, start: int, year: int) -> None:
    assert fiscal_year(dt.date.fromisoformat(day), start) == year


def test_two_closed_years_and_the_current_one() -> None:
    assert years(blank(Portfolio), AS_OF) == (2024, 2025, 2026)
