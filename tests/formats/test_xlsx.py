"""Workbooks: typed cells, text that stays text, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd

from kamgen import frames
from kamgen.formats.xlsx import LONGEST, xlsx

DAY = dt.datetime(2026, 5, 20)  # noqa: DTZ001  (a sheet's days have no zone)


def frame(*texts: str) -> pd.DataFrame:
    n = len(texts)
    return pd.DataFrame(
        {
            "text": pd.Series(texts, dtype=frames.TEXT),
            "day": pd.Series([DAY, *[None] * (n - 1)], dtype=frames.DATE),
            "money": pd.Series([Decimal("26.82680"), *[None] * (n - 1)], dtype=frames.MONEY),
            "share": pd.Series([0.25, *[None] * (n - 1)], dtype=frames.SHARE),
            "whole": pd.Series([3, *[None] * (n - 1)], dtype=frames.WHOLE),
            "flag": pd.Series([True, *[None] * (n - 1)], dtype=frames.FLAG),
        }
    )


def read(made: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_cells_have_their_types_and_missing_values_are_empty() -> None:
    heading, first, second = read(xlsx(frame("Acme", "Beta"), {"text": "Account"}, "Accounts"))
    assert heading == ("Account", "day", "money", "share", "whole", "flag")
    assert first == ("Acme", DAY, 26.8268, 0.25, 3, True)
    assert second == ("Beta", None, None, None, None, None)


def test_no_text_becomes_a_formula_or_a_link(corpora: Path) -> None:
    payloads = [line for line in (corpora / "csv_injection" / "payloads.txt").read_text("utf-8").splitlines() if line]
    texts = [*payloads, "https://a.example", "12", "{=1+1}"]
    assert [row[0] for row in read(xlsx(frame(*texts), {}, "Accounts"))[1:]] == texts


def test_the_same_table_gives_the_same_bytes() -> None:
    assert xlsx(frame("Acme"), {}, "Accounts") == xlsx(frame("Acme"), {}, "Accounts")


def test_a_text_longer_than_a_cell_is_cut() -> None:
    assert read(xlsx(frame("x" * (LONGEST + 1)), {}, "Accounts"))[1][0] == "x" * LONGEST
