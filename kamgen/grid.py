"""The scripts of the tables that can be sorted, searched, filtered and downloaded: ours, and DataTables out of itables. itables' door.

They lie in one folder whose name changes with them, so that they find each other and no browser runs yesterday's. A table asks for
them by the attribute `data-kg-grid`; what else it may say stands in `templates/assets/kamgen-grid.js`. Pages without one stay light.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from kamgen.frozen import Frozen
from kamgen.message import say

ASKS: Final = "data-kg-grid"
"""The attribute of a table that wants the scripts."""
OURS: Final = "kamgen-grid*.js"
ENTRY: Final = "kamgen-grid.js"
BUNDLE: Final = "datatables.js"
WORDS: Final = (
    *("search", "filter", "columns", "csv", "xlsx", "further", "rows", "part", "none"),
    *("missing", "from", "to", "all", "without", "orderable", "reverse", "unsorted"),
)
"""The last parts of the ids `site.grid.*`, which the script says."""


class Scripts(Frozen):
    """The scripts of one build: the folder that they are published in, and name -> text."""

    folder: str
    files: Mapping[str, str]

    @property
    def entry(self) -> str:
        """The address of the script that a page names."""
        return f"{self.folder}/{ENTRY}"


def scripts(folders: Iterable[Path]) -> Scripts:
    """The scripts; `folders` are those of the templates, the company's own first: a file of its own stands for ours of that name."""
    ours = {file.name: file for folder in reversed(list(folders)) for file in (folder / "assets").glob(OURS)}
    files = {name: ours[name].read_text(encoding="utf-8") for name in sorted(ours)} | {BUNDLE: bundle()}
    found = hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in files.items()).encode()).hexdigest()
    return Scripts(f"assets/grid.{found[:8]}", files)


def bundle() -> str:
    """DataTables with what belongs to it (JSZip among others), an ES module, as the installed itables carries it."""
    spec = find_spec("itables")  # not imported: that would import pandas
    assert spec is not None and spec.origin is not None, "itables is a dependency"  # noqa: S101, PT018  (pip sees to it)
    return (Path(spec.origin).parent / "html" / "dt_bundle.js").read_text(encoding="utf-8")


def rest(rows: Iterable[Sequence[tuple[Hashable, ...]]], width: int) -> Mapping[str, Any]:
    """Rows of cells (HTML, what it is sorted by, and filtered by) as data for the script: each cell of a column once, a row as numbers of cells.

    `[[("a", 1), ("x", None)], [("b", 2), ("x", None)]]` are the cells `[["a", 1], ["b", 2]]` and `[["x"]]`, and the rows `[0, 0], [1, 0]`.
    """
    known: list[dict[tuple[Hashable, ...], int]] = [{} for _ in range(width)]
    placed = [[column.setdefault(cell, len(column)) for column, cell in zip(known, row, strict=True)] for row in rows]
    return {"cells": [[list(cell) if cell[1] is not None else [cell[0]] for cell in column] for column in known], "rows": placed}


def words(language: str) -> Mapping[str, str]:
    """What the script says, each by the last part of its id; it fills in the values itself."""
    return {name: say(f"site.grid.{name}", language=language, n="{n}", all="{all}", filter="{filter}") for name in WORDS}
