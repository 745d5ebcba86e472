"""Which characters a plan may hold, and what the others are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen import alphabet


@given(st.text(st.characters(codec="utf-8")))
def test_bytes_and_text_are_judged_alike(text: str) -> None:
    assert alphabet.is_clean(text.encode()) == (alphabet.FORBIDDEN.search(text) is None)


@pytest.mark.parametrize("number", [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_every_forbidden_character_is_found_and_named(number: int) -> None:
    character = chr(number)
    expected = character not in "\t\n"
    assert bool(alphabet.FORBIDDEN.search(f"a{character}b")) == expected
    assert alphabet.is_clean(f"a{character}b".encode()) != expected
    assert alphabet.name(character).startswith(f"U+{number:04X}")


def test_letters_of_every_script_are_welcome() -> None:
    for text in ("Ærø", "客户", "Ελλάδα", "مرحبا", "שלום", "👩🏽‍💼", "e\u0301", "\u200fעברית", "zero\u200bwidth", "soft\u00adhyphen"):
        assert alphabet.is_clean(text.encode())


@pytest.mark.parametrize(
    ("character", "expected"), [("\u202e", "direction"), ("\u2066", "direction"), ("\ufeff", "mark"), ("\x07", "control"), ("\r", "control")]
)
def test_trouble(character: str, expected: str) -> None:
    assert alphabet.trouble(character) == expected


def test_names() -> None:
    assert alphabet.name("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert alphabet.name("\x00") == "U+0000 NUL"
    assert alphabet.name("\x01") == "U+0001"


@pytest.mark.parametrize(
    ("text", "expected"), [("Anna Lind", "anna-lind"), ("  J. R. O'Neill ", "j-r-o-neill"), ("Åsa", ""), ("---", ""), ("", ""), ("A1", "a1")]
)
def test_slug(text: str, expected: str) -> None:
    assert alphabet.slug(text) == expected


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert alphabet.slug(alphabet.slug(text)) == alphabet.slug(text)


@pytest.mark.parametrize("other", ["KØB  Aå\u00a0", "køb aa\u030a", "ｋøb aå"])
def test_names_that_people_read_alike(other: str) -> None:
    assert alphabet.alike(other) == alphabet.alike("Køb Aå") != alphabet.alike("Kob Aa")
