"""A site takes the place of the old one when it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.aside import ASIDE, aside


def write(folder: Path, *files: str, words: str = "old") -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text("utf-8") for file in sorted(folder.rglob("*")) if file.is_file()}


def fail(site: Path) -> None:
    with aside(site) as made:
        write(made, "index.html", words="new")
        raise KeyError


def test_what_was_made_stands_there_and_nothing_else_but_what_is_hidden(tmp_path: Path) -> None:
    write(tmp_path, "index.html", "gone/index.html", "a/b/c.html", "page", "folder/page.html", ".git/config", ".well-known/one")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with aside(tmp_path) as made:
        write(made, "index.html", "a/x.html", "page/index.html", "folder", ".nojekyll", ".well-known/two", words="new")
    new = dict.fromkeys((".nojekyll", "a/x.html", "folder", "index.html", "page/index.html"), "new")
    assert read(tmp_path) == {".git/config": "old", ".well-known/one": "old", ".well-known/two": "new", **new}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", ".nojekyll", ".well-known", "a", "folder", "index.html", "page"]


def test_a_first_site(tmp_path: Path) -> None:
    with aside(tmp_path / "deep" / "site") as made:
        write(made, "index.html")
    assert read(tmp_path / "deep" / "site") == {"index.html": "old"}


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    write(tmp_path, "index.html", f"{ASIDE}/left-by-a-killed-build.html")
    with pytest.raises(KeyError):
        fail(tmp_path)
    assert read(tmp_path) == {"index.html": "old"}


def test_where_nothing_can_be_written_the_disk_says_so(tmp_path: Path) -> None:
    write(tmp_path, "site")
    with pytest.raises(FileExistsError), aside(tmp_path / "site"):
        pass
