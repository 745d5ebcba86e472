"""A site is made aside and takes the place of the old one when it is whole: a build that fails leaves what was published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ASIDE: Final = ".new"
"""Inside of the site's own folder, so that it is on the same disk; hidden, so that neither MkDocs nor a web server looks there."""


@contextmanager
def aside(site: Path) -> Iterator[Path]:
    """The folder to make a site in. Unless something is raised, `site` then holds what was made, and of the old one only what is hidden.

    Raises OSError where the disk does not take it.
    """
    made = site / ASIDE
    site.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    try:
        yield made
        _take_place(str(made), str(site), _hidden)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _take_place(made: str, old: str, stays: Callable[[str], bool]) -> None:
    """One folder in place of another. What is no more goes first, unless it `stays`: a folder may stand where a file was."""
    new = {entry.name: entry for entry in os.scandir(made)}
    for entry in list(os.scandir(old)):
        if _is_folder(entry) != _is_folder(new[entry.name]) if entry.name in new else not stays(entry.name):
            _remove(entry)
    for name in sorted(new):
        place = str(Path(old, name))
        if _is_folder(new[name]) and Path(place).is_dir():
            _take_place(new[name].path, place, _all if stays(name) else _none)
        else:
            Path(new[name].path).replace(place)


def _hidden(name: str) -> bool:
    return name.startswith(".")


def _all(_name: str) -> bool:
    return True


def _none(_name: str) -> bool:
    return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _remove(entry: os.DirEntry[str]) -> None:
    if _is_folder(entry):
        shutil.rmtree(entry.path)
    else:
        Path(entry.path).unlink()
