"""What an export is: a file that kamgen writes for another program, and what its format is called."""

from __future__ import annotations

from typing import Final

from kamgen.frozen import Frozen


class Format(Frozen):
    """How the files of a format end, and what a web server or a mail calls them."""

    suffix: str
    media_type: str

    def file(self, stem: str) -> str:
        """The name of a file: `all` is `all.ics`."""
        return f"{stem}.{self.suffix}"


class Export(Frozen):
    """A file for another program: its name and every byte of it. The same portfolio and as-of date give the same bytes."""

    name: str
    content: bytes


ICS: Final = Format("ics", "text/calendar")
CSV: Final = Format("csv", "text/csv")
XLSX: Final = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
JSON: Final = Format("json", "application/json")
