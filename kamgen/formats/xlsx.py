"""Tables as XLSX, for people who open spreadsheets: typed cells, text that stays text, the same bytes each time. xlsxwriter's door."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any, Final

from kamgen import frames

CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001  (the format knows no zone)
"""What the file says of its making: the same of every file, so that the same table gives the same bytes."""
LONGEST: Final = 32_767
"""Characters that a cell can hold."""
LOOKS: Final[Mapping[str, str]] = {frames.DATE: "yyyy-mm-dd", frames.MONEY: "#,##0", frames.SHARE: "0%", frames.WHOLE: "0"}
WIDTHS: Final[Mapping[str, int]] = {frames.TEXT: 26}
PLAIN: Final = "General"


def xlsx(frame: Any, labels: Mapping[str, str], sheet: str) -> bytes:
    """A data frame of `kamgen.frames` as a workbook of one sheet: headings in words, frozen and with filters. Missing values are empty cells.

    `labels` gives the heading of a column; money is rounded only where it is shown. A text is written as a text whatever it begins with.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  (only downloads pay for it)

    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"created": CREATED})
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True})
        for place, name in enumerate(frame.columns):
            kind = str(frame[name].dtype)
            look = book.add_format({"num_format": LOOKS.get(kind, PLAIN)})
            page.set_column(place, place, WIDTHS.get(kind, 14))
            page.write_string(0, place, labels.get(name, name), bold)
            _fill(page, place, kind, frame[name], look)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    return buffer.getvalue()


def _fill(page: Any, place: int, kind: str, column: Any, look: Any) -> None:
    for row, (value, missing) in enumerate(zip(column, column.isna(), strict=True), start=1):
        if missing:
            continue
        if kind == frames.TEXT:
            page.write_string(row, place, str(value)[:LONGEST])
        elif kind == frames.DATE:
            page.write_datetime(row, place, value.to_pydatetime(), look)
        elif kind == frames.FLAG:
            page.write_boolean(row, place, bool(value))
        else:
            page.write_number(row, place, value, look)
