"""The scripts of tables: where they lie, what a company may put in their place, and rows as data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kamgen import grid
from kamgen.page import TEMPLATES, data


def test_the_folder_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    ours = grid.scripts([TEMPLATES])
    assert ours == grid.scripts([TEMPLATES])
    assert re.fullmatch(r"assets/grid\.[0-9a-f]{8}/kamgen-grid\.js", ours.entry)
    own = tmp_path / "assets"
    own.mkdir()
    (own / "kamgen-grid-files.js").write_text("// own")
    changed = grid.scripts([tmp_path, TEMPLATES])
    assert changed.files["kamgen-grid-files.js"] == "// own"
    assert changed.folder != ours.folder


def test_every_file_that_a_script_imports_is_there() -> None:
    files = grid.scripts([TEMPLATES]).files
    ours = {name: text for name, text in files.items() if name != grid.BUNDLE}
    wanted = {found for text in ours.values() for found in re.findall(r'(?:from|import\()\s*"\./([^"]+)"', text)}
    assert wanted == set(files) - {grid.ENTRY}
    assert "export{" in files[grid.BUNDLE]


def test_every_word_that_a_script_says_is_given() -> None:
    said = {name for text in list(grid.scripts([TEMPLATES]).files.values()) for name in re.findall(r"\bwords\.(\w+)", text) if len(text) < 50_000}
    assert said - {"call", "row"} <= set(grid.words("en"))
    assert grid.words("en")["part"] == "Rows: {n} of {all}"


CELL = st.tuples(st.text(max_size=3), st.none() | st.text("01", max_size=2))


@given(st.lists(st.tuples(CELL, CELL), max_size=6))
def test_rows_as_data_are_the_rows(rows: list[tuple[tuple[str, str | None], ...]]) -> None:
    told: dict[str, Any] = json.loads(str(data(grid.rest(rows, 2))))
    assert "<" not in str(data(told))
    back = [tuple((*told["cells"][column][place], None)[:2] for column, place in enumerate(row)) for row in told["rows"]]
    assert back == rows
    assert all(len(cells) == len({tuple(cell) for cell in cells}) for cells in told["cells"])
