"""What is measured, by the words of six languages."""

from __future__ import annotations

import pytest

from kamgen.figures.measure import is_revenue_alone, is_share, is_sum


@pytest.mark.parametrize(
    "measure",
    [
        *("revenue", "Sales", "Turnover per year", "omsättning", "Årsomsætning", "Nettoomsättning per år", "Salgsinntekter", "Nettoomsetning"),
        *("年度销售额", "Umsatz", "Jahresumsatz", "Försäljning 2026", "orders", "Profit before tax", "利润"),
    ],
)
def test_a_sum_of_the_year(measure: str) -> None:
    assert is_sum(measure)


@pytest.mark.parametrize(
    "measure",
    [
        "",
        "visits",
        "share of revenue",
        "Omsättningstillväxt i %",
        "profitability",
        "Personalomsättning",
        "Lageromsætning",
        "销售额占比",
        "order precision",
    ],
)
def test_no_sum_of_the_year(measure: str) -> None:
    assert not is_sum(measure)


@pytest.mark.parametrize(
    "text", ["revenue", "Umsatz", "Sales revenue", "Turnover per year", "Nettoomsättning per år", "Sales, DKK", "年度销售额", "Omsetning 2026"]
)
def test_revenue_and_nothing_beyond_it(text: str) -> None:
    assert is_revenue_alone(text)


@pytest.mark.parametrize(
    "text",
    ["Delivery precision", "Staff turnover", "Personalomsättning", "Omsättning och lönsamhet", "Revenue growth", "Sales to new customers", "per år"],
)
def test_more_than_revenue(text: str) -> None:
    assert not is_revenue_alone(text)


@pytest.mark.parametrize(
    ("measure", "expected"), [("share of wallet", True), ("Kundeandel", True), ("市场份额", True), ("On time, %", True), ("visits", False)]
)
def test_a_share(measure: str, expected: bool) -> None:
    assert is_share(measure) is expected
