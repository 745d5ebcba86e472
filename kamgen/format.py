"""What an export is: a file for another program, in a format that has a name."""

from __future__ import annotations

from typing import Final

from kamgen.frozen import Frozen


class Format(Frozen):
    """How the files of a format end, and what a web server or a mail calls them."""

    suffix: str
    media_type: str


ICS: Final = Format("ics", "text/calendar")
CSV: Final = Format("csv", "text/csv")
XLSX: Final = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
JSON: Final = Format("json", "application/json")
