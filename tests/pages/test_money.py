"""Matrices, finance, service and the pictures of the home page: every figure by hand, over a few accounts."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import page
from kamgen.charts.bars import Bar
from kamgen.figures.figure import Amount, Ratio
from kamgen.figures.finance import gained
from kamgen.page import Page
from kamgen.pages import matrices, pictures
from kamgen.pages.cells import reached, signed
from kamgen.pages.service import exact_share
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """\
title: Money
currency: EUR
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam}
  - {id: ole.berg, name: Ole Berg, role: kam}
  - {id: ida.moe, name: Ida Moe, role: kam}
products: [{id: fittings, label: Fittings}, {id: lamps}, {id: unsold}]
rates: [{currency: DKK, date: 2024-01-01, rate: 0.1}]
service_average: {2025: {on_time: 0.95}}
rules: {extends: per-account, currency: EUR}
"""
SCORES = "classification: {{attractiveness: {{profit: {0}, growth: {1}}}, ability_to_win: {{product: {2}}}, profitability: {3}, potential: {4}}}\n"


def plan(name: str, tier: str, owner: str, rest: str = "") -> str:
    return f"---\naccount: {name}\ntier: {tier}\nowner: {owner}\n{rest}---\n"


PLANS = {
    "alpha.md": plan(
        "Alpha",
        "A",
        "kari.nygaard",
        "sales:\n  - {product: fittings, actual: {2024: 98000, 2025: 131000.50, 2026: 54000}, budget: {2026: 140000, "
        "2027: 160000}, margin: {2025: 0.31}, spend: 310000}\n"
        "  - {product: lamps, actual: {2025: 1000}, margin: {2025: 0.2}}\n"
        "costs: [{year: 2025, promotion: 1200, sales: 5400, logistics: 3100, other: 0}]\n"
        "service: [{year: 2025, on_time: 0.97, order_stock_out: 0.02}, {year: 2024, invoice_accuracy: 1}]\n" + SCORES.format(4, 5, 2, 4, 5),
    ),
    "beta.md": plan(
        "Beta | <b>",
        "B",
        "kari.nygaard",
        "currency: DKK\nsales: [{product: fittings, actual: {2024: 300000, 2025: 200000}, budget: {2026: 10}}]\n"
        "service: [{year: 2025, on_time: 0.9, order_stock_out: 0.04, invoice_accuracy: 0.95}]\n" + SCORES.format(2, 2, 4, 2, 2),
    ),
    "gamma.md": plan("Gamma", "A", "ole.berg", "classification: {profitability: 3}\n"),
    "delta.md": plan("Delta", "C", "ole.berg", "currency: SEK\nsales: [{product: fittings, actual: {2025: 7}}]\n"),
    "omega.md": plan("Omega", "A", "ole.berg", "status: lost\nstatus_reason: Closed\nsales: [{product: fittings, actual: {2025: 9999999}}]\n"),
}
Make = Callable[..., Site]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    numbers = itertools.count()

    def site(plans: dict[str, str] | None = None, portfolio: str = PORTFOLIO) -> Site:
        folder = tmp_path / str(next(numbers))
        return Site(load(write(folder, PLANS if plans is None else plans, portfolio=portfolio), AS_OF), "told by the test")

    return site


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("money"), PLANS, portfolio=PORTFOLIO), AS_OF), "told by the test")


def fragment(site: Site, address: str) -> str:
    made = next(part for part in page.collect(site) if isinstance(part, Page) and part.address == address)
    return page.templates(None, "en").render(made, site, lambda there: f"/{there}")


def told(site: Site, address: str) -> list[str]:
    """Every line of tables, lists and paragraphs; cells parted by ` | `."""
    root = html5lib.parseFragment(fragment(site, address), namespaceHTMLElements=False)
    wanted = {"tr", "li", "p", "h2", "h3", "dd", "summary"}
    return [" | ".join(flat(cell) for cell in one) if one.tag == "tr" else flat(one) for one in root.iter() if one.tag in wanted]


def flat(element: object) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()  # type: ignore[attr-defined]  # html5lib has no types for its tree


def test_finance_tells_the_money_of_each_account(usual: Site) -> None:
    lines = told(usual, "finance.md")
    alpha = (
        "Alpha | A | Kari Nygaard | 132 000 | +35 %1 product left out | 54 000 | 140 000 | 39 % | 31 % | 9 700 | 31 "
        "110 | 24 % | 42 %1 product left out"
    )
    assert alpha in lines
    beta = "Beta | <b> | B | Kari Nygaard | 20 000 | −33 % | no revenue | 1 | no revenue | no margin | no costs | no margin | no margin | no spend"
    assert beta in lines
    assert (
        "Gamma | A | Ole Berg | no revenue | no revenue | no revenue | no budget | no budget | no revenue | no costs | "
        "no revenue | no revenue | no sales" in lines
    )
    assert any(line.startswith("Delta | C | Ole Berg | no rate | ") for line in lines)
    assert not any("Omega" in line or "9 999 999" in line for line in lines)


def test_finance_rolls_up_to_managers_products_years_and_the_whole(usual: Site) -> None:
    lines = told(usual, "finance.md")
    kari = (
        "Kari Nygaard2 accounts | 152 000 | +19 % | 54 0001 of 2 | 140 001 | 39 %54 000 of 140 000; 1 of 2 | 31 %1 of 2 | 9 7001 of 2 | "
        "31 1101 of 2 | 24 %1 of 2 | 42 %1 of 2"
    )
    assert kari in lines
    assert sum(1 for line in lines if line.startswith(("All accounts | 152 0002 of 4 |", "All accounts |  |  | 152 0002 of 4 |"))) == 2
    assert (
        "Fittings3 accounts | 151 0002 of 3 | +18 %2 of 3 | 54 0001 of 3 | 140 0012 of 3 | 39 %54 000 of 140 000; 1 of 3 | 31 %1 of 3 | 42 %1 of 3"
        in lines
    )
    assert not any(line.startswith(("unsold", "Ida Moe")) for line in lines)
    assert "2024 | 128 0002 of 4 | no budget | no budget | no year before | no margin | no costs | no margin | no margin" in lines
    assert "2025 | 152 0002 of 4 | no budget | no budget | +19 %2 of 4 | 31 %1 of 4 | 9 7001 of 4 | 31 1101 of 4 | 24 %1 of 4" in lines
    assert "2026 to date | 54 0001 of 4 | 140 001 | 39 % |  |  |  |  | " in lines
    assert "2027 |  | 160 000 |  |  |  |  |  | " in lines


def test_finance_says_on_top_what_it_comes_to(usual: Site) -> None:
    lines = told(usual, "finance.md")
    assert "Revenue 2025 152 000 EUR 2 of 4 accounts have revenue" in lines
    assert "Growth +19 % 2025 after 2024, known for 2 of 4 accounts: those with revenue in both years" in lines
    assert "Retained revenue 92 % of the revenue of 2024 came again in 2025" in lines
    assert "Budget 2026 reached 39 % 35 % of the year is gone" in lines
    assert "Concentration 100 % of the revenue of 2025 is with the 5 largest accounts" in lines
    assert any(line.endswith("a currency without a rate: Delta") or "Delta" in line for line in lines if line.startswith("One account has amounts"))
    assert any(line.startswith("Sum of revenue × margin − promotion") for line in lines)


def test_what_is_reached_names_the_sums_that_it_compares(usual: Site) -> None:
    half = Ratio(Fraction(1000), Fraction(2000))
    assert reached(usual, half, Amount(Decimal(1000)), Amount(Decimal(2000))).aside == ""
    assert reached(usual, half, Amount(Decimal(1500)), Amount(Decimal(2000)), 2).aside == "1\u00a0000 of 2\u00a0000"


def test_money_is_sorted_by_what_it_is_exactly(usual: Site) -> None:
    assert 'data-order="132000.5"' in fragment(usual, "finance.md")


def test_finance_of_nothing_says_so(make: Make) -> None:
    lines = told(make({"gamma.md": PLANS["gamma.md"]}), "finance.md")
    assert "Revenue 2025 – 0 of 1 accounts have revenue" in lines
    assert "Growth – no revenue" in lines
    assert "Share of wallet – no sales" in lines
    assert "<svg" not in fragment(make({"gamma.md": PLANS["gamma.md"]}), "finance.md")


def test_finance_shows_the_first_thousand_and_says_so(usual: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.pages.finance.ROWS", 1)
    assert any(line.startswith("The first 1 of 4 accounts") for line in told(usual, "finance.md"))


def test_matrices_place_each_account_and_list_the_others(usual: Site) -> None:
    lines = told(usual, "matrices.md")
    assert "1 of 2 scored accounts is in “Keep, nurture and develop”: high profitability, high potential" in lines
    assert "Alpha | Keep, nurture and develop | 4 | 5 | 132 000 EUR" in lines
    assert "Beta | <b> | Keep | 2 | 2 | 20 000 EUR" in lines
    assert "Alpha | Core potential: invest | 4.5 | 2 | 132 000 EUR" in lines
    assert "Gamma | A | Ole Berg | no score for potential" in lines
    assert "Gamma | A | Ole Berg | no score for attractiveness, ability to win" in lines
    assert "no score for profitability, potential: Delta" in lines
    assert "Raise prices" in lines
    assert not any("Omega" in line for line in lines)


def test_matrices_without_scores_say_what_is_missing(make: Make) -> None:
    lines = told(make({"delta.md": PLANS["delta.md"]}), "matrices.md")
    assert lines.count("No account has the scores yet") == 2
    assert "Every key account has its scores." not in lines


def test_matrices_with_all_key_accounts_placed_say_so(make: Make) -> None:
    lines = told(make({"alpha.md": PLANS["alpha.md"]}), "matrices.md")
    assert lines.count("Every key account has its scores.") == 2


def test_a_strategy_without_words_keeps_its_name(usual: Site) -> None:
    assert matrices._label(usual, "keep") == "Keep"
    assert matrices._label(usual, "unheard-of") == "unheard-of"


def test_service_is_beside_the_average(usual: Site) -> None:
    lines = told(usual, "service.md")
    assert "Alpha | A | Kari Nygaard | 97 %2.0 better | 2 %1.0 better | not given" in lines
    assert "Beta | <b> | B | Kari Nygaard | 90 %5.0 worse | 4 %1.0 worse | 95 %average" in lines
    assert "Average |  |  | 95 %all customers | 3 %of 2 accounts | 95 %of 1 account" in lines
    assert "2024: one customer" in lines
    assert "1 of 2 customers is served below the average in 2025: deliveries on time" in lines
    assert lines[-2:] == ["One key account whose plan tells of no service", "Gamma"]


def test_service_of_nobody_says_so(make: Make) -> None:
    assert "No plan tells of service yet." in told(make({"delta.md": PLANS["delta.md"]}), "service.md")
    empty = plan("Alpha", "A", "ole.berg", "service: [{year: 2025}]\n")
    assert "2025: one customer" in told(make({"alpha.md": empty}), "service.md")


def test_home_has_the_mix_of_tiers_and_the_years(usual: Site) -> None:
    mix, years = pictures.home_charts(usual)
    assert mix.title == "The 3 key accounts of 4 brought 100\u00a0% of the revenue of 2025"
    assert [[cell.words for cell in row] for row in mix.rows] == [
        ["Accounts", "2 (50\u00a0%)", "1 (25\u00a0%)", "1 (25\u00a0%)", "4 accounts"],
        ["Revenue 2025", "132\u00a0000\u00a0EUR (87\u00a0%)", "20\u00a0000\u00a0EUR (13\u00a0%)", "", "152\u00a0000\u00a0EUR"],
    ]
    assert years.title == "39\u00a0% of the budget of 2026 is reached, with 35\u00a0% of the year gone"
    assert [[cell.words for cell in row] for row in years.rows][-2:] == [
        ["2026 to date", "54\u00a0000", "budget 140\u00a0001"],
        ["2027", "", "budget 160\u00a0000"],
    ]


def test_the_pictures_say_what_they_can(make: Make) -> None:
    no_budget = plan("Alpha", "C", "ole.berg", "sales: [{product: lamps, actual: {2024: 5, 2025: 10, 2026: 4}}]\n")
    mix, years = pictures.home_charts(make({"alpha.md": no_budget}))
    assert mix.title == "The one account is in no key tier"
    assert years.title == "2026 has brought 40\u00a0% of the whole revenue of 2025, with 35\u00a0% of the year gone"
    silent = make({"gamma.md": PLANS["gamma.md"]})
    assert [chart.title for chart in pictures.home_charts(silent)] == ["One of 1 accounts is in a key tier"]
    assert pictures.largest(silent).title == "No account has revenue in 2025"
    old = plan("Alpha", "C", "ole.berg", "sales: [{product: lamps, actual: {2024: 5}}]\n")
    assert pictures.revenue_years(make({"alpha.md": old}), "x").title == "Revenue per year"
    goals = PORTFOLIO + "plan: {budget: {2026: 900000}}\n"
    assert next(bar.goal_words for bar in rows(make(PLANS, goals)) if bar.goal) == "budget 900\u00a0000"


def rows(site: Site) -> list[Bar]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    return [pictures._year(site, known, year, 2026) for year in (2025, 2026)]


def test_how_a_year_goes_is_told_by_the_share_that_is_gone() -> None:
    third = Fraction(1, 3)
    assert [gained(Ratio(part, Fraction(1)), third) for part in (Fraction(1, 2), Fraction(1, 4))] == ["ahead", "behind"]
    assert gained(Ratio(None, None, "budget"), third) == ""


def test_changes_have_a_sign_and_shares_a_decimal() -> None:
    assert [signed(Fraction(value)) for value in ("2.71", "1", "0.9", "1.001")] == ["+171\u00a0%", "0\u00a0%", "−10\u00a0%", "+1\u00a0%"]
    assert [exact_share(value) for value in (Decimal("0.857"), Decimal(1), Fraction(1, 3))] == ["85.7\u00a0%", "100\u00a0%", "33.3\u00a0%"]
