"""One door per heavy library: who would replace one finds it in one place."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

import kamgen

PACKAGE = Path(kamgen.__file__).parent
DOORS = {
    "anyascii": {"alphabet.py"},
    "yaml": {"document.py"},
    "msgspec": {"frozen.py"},
    "pandas": {"frames.py"},
    "jinja2": {"compiled.py", "page.py", "plugin/__init__.py", "plugin/finish.py"},  # the plugin names its environment in signatures
    "mkdocs": {*(f"plugin/{name}.py" for name in ("__init__", "configuration", "finish", "handbook", "made", "menu")), "publish.py"},
    "markdown_it": {"markdown.py"},
    "phonenumbers": {"telephone.py"},
    "nh3": {"prose.py"},
    "xlsxwriter": {"formats/xlsx.py"},
    "icalendar": {"formats/ics.py"},
    "vl_convert": {"chart.py"},
}


@cache
def imported(file: Path) -> set[str]:
    """The top names of what a module imports, wherever it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_its_door(library: str) -> None:
    through = {file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py") if library in imported(file)}
    assert through == DOORS[library]
