"""Which files below `plans/` are plans, and what is wrong with their names and links."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kamgen.diagnostic import Message, Place, Problem, problem
from kamgen.frozen import Frozen
from kamgen.model.kind import ACCOUNT_ID
from kamgen.parse import stem

PLANS: Final = "plans"
PORTFOLIO: Final = f"{PLANS}/portfolio.yml"
HANDBOOK: Final = f"{PLANS}/handbook"
MAX_ID: Final = 64
RESERVED: Final = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""File names that Windows refuses: a plan with one could not be checked out there."""
PAGES: Final = frozenset({"index", "readme"})
"""Names that MkDocs takes for the page of a folder."""

ENDINGS: Final = (".md", ".md.txt", ".markdown")
"""What a plan's file name ends in, and what editors make of it."""

LOOK_ALIKES: Final = str.maketrans("аеорсухіјѕһԁԛԝгвкмнтαεοικνρτυχ01l", "aeopcyxijshdqwrbkmhtaeoiknptuxoii")
"""Cyrillic and Greek letters and digits that look like Latin letters; `l`, `1` and `i` count as one."""


class PlanFile(Frozen):
    """A file that is a plan by its place; `readable` is False for what is never opened: a link, say."""

    path: str
    readable: bool
    problems: tuple[Problem, ...]


def survey(root: Path) -> tuple[PlanFile, ...]:
    """Every plan file below `root/plans`, sorted by path. Raises OSError where the folder cannot be read."""
    found = sorted(_walk(root, PLANS))
    collisions = _collisions([path for path, _ in found])
    return tuple(PlanFile(path, not trouble, tuple(_problems(path, trouble, collisions))) for path, trouble in found)


def _walk(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Every file that is a plan by its place, and why it is not opened, if it is not."""
    with os.scandir(root / folder) as entries:
        for entry in entries:
            name = entry.name.encode(errors="surrogateescape").decode(errors="replace")
            path = f"{folder}/{name}"
            if name.startswith(("_", ".")) or path == HANDBOOK:
                continue
            if entry.is_dir(follow_symlinks=False) and name == entry.name:
                yield from _walk(root, path)
            elif entry.is_dir() or name.lower().endswith(ENDINGS):
                yield path, _why_closed(entry, name)


def _why_closed(entry: os.DirEntry[str], name: str) -> str:
    """Why a file is not opened: it is a link, no ordinary file, its name is not UTF-8, or it only nearly ends in `.md`."""
    if entry.is_symlink():
        return "symlink"
    if name != entry.name:
        return "bad-file-name.encoding"
    if not entry.is_file():
        return "symlink.special"
    return "" if name.lower().endswith(".md") else "bad-file-name.ending"


def _problems(path: str, trouble: str, collisions: dict[str, str]) -> Iterator[Problem]:
    if trouble:
        yield problem(trouble, Place(1, 1), name=path.rpartition("/")[2])
    if not trouble.startswith("bad-file-name"):
        yield from _name_problems(path, collisions)


def _name_problems(path: str, collisions: dict[str, str]) -> Iterator[Problem]:
    name = path.rpartition("/")[2]
    account = stem(path)
    if not name.lower().endswith(".md"):
        return
    trouble = _trouble(name, account)
    if trouble:
        yield Problem("bad-file-name", Place(1, 1), Message(f"bad-file-name.{trouble}", {"name": name, "limit": MAX_ID}))
    if other := collisions.get(path):
        variant = "taken" if stem(other) == account else "collision"
        yield Problem("bad-file-name", Place(1, 1), Message(f"bad-file-name.{variant}", {"name": name, "other": other}))


def _trouble(name: str, account: str) -> str | None:
    """Which rule of the id grammar a name breaks."""
    if not name.endswith(".md") or not ACCOUNT_ID.fullmatch(account):
        return "grammar"
    if len(account) > MAX_ID:
        return "long"
    return "reserved" if account in RESERVED | PAGES else None


def _collisions(paths: list[str]) -> dict[str, str]:
    """For every path whose id people or file systems could take for another's: that other path."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[skeleton(stem(path))].append(path)
    return {path: next(other for other in group if other != path) for group in groups.values() if len(group) > 1 for path in group}


def skeleton(account: str) -> str:
    """An id as the eye sees it: without case, width, accents, and with look-alike letters as one."""
    text = unicodedata.normalize("NFKD", account.removesuffix(".MD")).casefold()
    return "".join(letter for letter in text if not unicodedata.combining(letter)).translate(LOOK_ALIKES)
