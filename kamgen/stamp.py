"""Digests of what pages are made by: kamgen's own files, the packages that are installed, templates."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
INSTALLED: Final = (".dist-info", ".egg-info")
"""How folders end that say which package is there in which version."""


def digest(parts: Iterable[str | bytes]) -> str:
    """Hexadecimal digits that differ wherever the parts do, or where one ends."""
    found = hashlib.blake2b(digest_size=32)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def of_files(folders: Iterable[Path]) -> str:
    """A digest of every file below the folders: its place and its content."""
    return digest(part for folder in folders for name, file in _files(folder) for part in (name, file.read_bytes()))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            file = Path(place, name)
            yield file.relative_to(folder).as_posix(), file


@cache
def of_kamgen() -> str:
    """A digest of what this process runs: Python, every installed package by its version, kamgen by its files. It is told once."""
    return digest((sys.version, *sorted(_packages()), of_files((HERE,))))


def _packages() -> Iterator[str]:
    """`jinja2-3.1.6.dist-info` and so on."""
    for folder in map(Path, dict.fromkeys(sys.path)):
        if folder.is_dir():
            yield from (entry.name for entry in folder.iterdir() if entry.name.endswith(INSTALLED))
