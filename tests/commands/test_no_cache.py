"""`--no-cache` of `kamgen build` and `kamgen serve`: everything is made anew, and nothing is kept."""

from __future__ import annotations

import os
from pathlib import Path

import mkdocs.commands.serve
import pytest

from kamgen.cache import NO_CACHE
from tests.commands.conftest import Kamgen
from tests.commands.test_build import CONFIG, undisturbed

__all__ = ["undisturbed"]


def test_a_build_keeps_what_it_made_unless_it_is_told_not_to(folder: Path, kamgen: Kamgen) -> None:
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    assert kamgen("build", "--no-cache").code == 0
    assert not (folder / ".kamgen").exists()
    assert kamgen("build").code == 0
    assert (folder / ".kamgen" / "cache").is_dir()


def test_serving_without_a_cache_is_told_to_mkdocs_by_the_environment(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str | None] = []
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.setattr(mkdocs.commands.serve, "serve", lambda **_: told.append(os.environ.get(NO_CACHE)))
    monkeypatch.setenv(NO_CACHE, "")
    kamgen("serve")
    kamgen("serve", "--no-cache")
    assert told == ["", "1"]
