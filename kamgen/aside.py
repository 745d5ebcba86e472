"""A site is made aside and takes the place of the old one when it is whole: a build that fails leaves what was published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
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
        _take_place(made, site)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _take_place(made: Path, site: Path) -> None:
    """What is no more goes first, for a folder may stand where a file was."""
    files = {file.relative_to(made) for file in made.rglob("*") if not file.is_dir()}
    for old in sorted(site.rglob("*"), reverse=True):
        below = old.relative_to(site)
        if below.parts[0].startswith("."):
            continue
        if old.is_symlink() or not old.is_dir():
            if below not in files:
                old.unlink()
        elif not any(old.iterdir()):
            old.rmdir()
    for file in sorted(files):
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (made / file).replace(site / file)
