"""The user's own folder of caches: what runs is kept there, and what stands in a repository is believed only where the user sealed it."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest

from kamgen import private
from kamgen.cache import Folder

KEY = "0" * 64


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's caches are."""
    found = tmp_path / "caches"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda: found)
    return found


def both(root: Path) -> tuple[Folder, Folder]:
    """The cache of a repository and that of its user."""
    found = private.caches(root)
    assert found
    return found


def test_a_cache_is_the_users_own_and_outside_of_the_repository(place: Path, tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    for cache in both(tmp_path / "repository"):
        cache.keep(KEY, b"data")
        cache.settle()
    assert [cache.load(KEY) for cache in both(tmp_path / "repository")] == [b"data", b"data"]
    assert (place / "kamgen").stat().st_mode & 0o777 == 0o700
    assert (place / "kamgen" / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("secret", [b"", b"\0" * 32])
@pytest.mark.usefixtures("place")
def test_what_another_brought_into_the_repository_is_not_believed(tmp_path: Path, secret: bytes) -> None:
    (tmp_path / "repository").mkdir()
    Folder(tmp_path / "repository", secret=secret).keep(KEY, b"<script>")
    assert both(tmp_path / "repository")[0].load(KEY) is None


def test_inside_of_the_repository_there_is_no_place_for_it(place: Path, tmp_path: Path) -> None:
    assert private.caches(tmp_path) is None
    assert private.caches(place) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and modes are those of POSIX")
def test_where_others_write_nothing_is_believed(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both(tmp_path / "repository")
    (place / "kamgen").chmod(0o770)
    assert private.caches(tmp_path / "repository") is None
    (place / "kamgen").chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert private.caches(tmp_path / "repository") is None


def test_without_a_place_for_it_nothing_is_kept(place: Path, tmp_path: Path) -> None:
    place.write_text("a file")
    assert private.caches(tmp_path / "repository") is None


def test_half_a_secret_is_made_anew(place: Path, tmp_path: Path) -> None:
    (place / "kamgen").mkdir(mode=0o700, parents=True)
    (place / "kamgen" / "secret").write_bytes(b"half")
    (tmp_path / "repository").mkdir()
    both(tmp_path / "repository")[0].keep(KEY, b"data")
    assert both(tmp_path / "repository")[0].load(KEY) == b"data"
    assert [file.name for file in (place / "kamgen").iterdir()] == ["secret"]
