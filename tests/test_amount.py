"""What an amount was meant to be, where only one can be meant."""

from __future__ import annotations

import pytest

from kamgen import amount


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("450,000 USD", "450000"),
        ("EUR 450 000", "450000"),
        ("SEK450'000", "450000"),
        ("450_000 kr.", "450000"),
        ("1.450.000", "1450000"),
        ("45.000 €", "45000"),
        ("12 Mio. EUR", "12000000"),
        ("12 MIO", "12000000"),
        ("EUR 12 MLN", "12000000"),
        ("1,5 mill DKK", "1500000"),
        ("1.25 million", "1250000"),
        ("0,500 Mio", "500000"),
        ("1200,500 Mio", "1200500000"),
    ],
)
def test_an_amount_is_plain_where_it_is_sure(written: str, meant: str) -> None:
    assert amount.plain(written) == meant
    assert amount.plain(meant) == ""


@pytest.mark.parametrize("written", ["12 MRD", "12 MIL", "12 mrd", "12 mil", "12 TSD", "450 TDK", "450 TEUR", "2 MSEK", "12 XYZ", "180k EUR"])
def test_a_word_in_capitals_that_is_no_currency_is_not_passed_over(written: str) -> None:
    assert amount.plain(written) == ""


@pytest.mark.parametrize("written", ["1.200 Mio", "1,200 Mio", "12,500 MIO", "1.200 Mio EUR", "USD 1.200 million"])
def test_thousands_of_millions_can_be_a_thousandth_of_it(written: str) -> None:
    assert amount.plain(written) == ""


@pytest.mark.parametrize("written", ["45.000", "1.450,50", "4,5", "1 2 3", "1234567890123456 EUR", "EUR", ""])
def test_what_could_be_two_amounts_or_none_is_not_guessed(written: str) -> None:
    assert amount.plain(written) == ""


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("5 Mio", "5"),
        ("5 Mio. EUR", "5"),
        ("000 USD", "000"),
        ("5 MRD", "5"),
        ("5k€", "5"),
        ("2 MSEK", "2"),
        ("5 shops", "5 shops"),
        ("5 XYZ", "5 XYZ"),
    ],
)
def test_the_digits_of_an_amount_stand_before_its_words(written: str, digits: str) -> None:
    assert amount.number_of(written) == digits
