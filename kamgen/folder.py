"""Which files below `plans/` are plans, and what is wrong with their names and links."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from kamgen import alphabet
from kamgen.diagnostic import Place, Problem, problem
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
    found = sorted(_walk(root, PLANS)) if not (root / PLANS).is_symlink() else []
    alike: dict[str, list[str]] = defaultdict(list)
    for path, _ in found:
        alike[skeleton(stem(path))].append(path)
    collisions = _collisions(alike.values())
    return tuple(PlanFile(path, not trouble, tuple(_problems(path, trouble, collisions, alike))) for path, trouble in found)


def paths(root: Path) -> tuple[str, ...]:
    """The path of every plan file below `root/plans`, sorted, whatever is wrong with it. Raises OSError where the folder cannot be read."""
    return tuple(sorted(path for path, _ in _walk(root, PLANS))) if not (root / PLANS).is_symlink() else ()


def called(root: Path, account: str) -> tuple[str, ...]:
    """The plans that have an id for a file name, sorted; of several none is meant more than the others. Only folders are listed."""
    paths = (f"{folder}/{account}.md" for folder in _folders(root, PLANS))
    return tuple(sorted(path for path in paths if os.path.isfile(root / path)))  # noqa: PTH113  (a name that is too long is no file)


def _folders(root: Path, folder: str) -> Iterator[str]:
    """The folders in which plans may be."""
    yield folder
    with os.scandir(root / folder) as entries:
        below = [entry.name for entry in entries if not entry.name.startswith(("_", ".")) and entry.is_dir(follow_symlinks=False)]
    for name in below:
        if f"{folder}/{name}" != HANDBOOK and _readable(name) == name:
            yield from _folders(root, f"{folder}/{name}")


def is_place(path: str) -> bool:
    """Whether a path, relative to the root, is where plans are."""
    first, *parts = path.split("/")
    return first == PLANS and not path.startswith(f"{HANDBOOK}/") and not any(part.startswith(("_", ".")) for part in parts)


def links(root: Path) -> tuple[str, ...]:
    """Every link below `root/plans` that is no plan by its place: a page or a picture of the handbook, say. Nobody follows one. Sorted."""
    if (root / PLANS).is_symlink():
        return ()
    plans = {path for path, _ in _walk(root, PLANS)}
    return tuple(sorted(path for path in _links(root, PLANS) if path not in plans and path != PORTFOLIO))


def linked_portfolio(root: Path) -> Problem | None:
    """That the portfolio file, or `plans/` as a whole, is a link: then nothing below it is read. A link above `plans/` is the reader's own affair."""
    if (root / PLANS).is_symlink():
        return problem("symlink.plans", Place(1, 1))
    return problem("symlink.portfolio", Place(1, 1)) if (root / PORTFOLIO).is_symlink() else None


def _links(root: Path, folder: str) -> Iterator[str]:
    """Every link; of what is passed over, only in the handbook, where a page may begin with `_`."""
    with os.scandir(root / folder) as entries:
        for entry in entries:
            path = f"{folder}/{_readable(entry.name)}"
            if entry.name.startswith("." if path.startswith(f"{HANDBOOK}/") else ("_", ".")):
                continue
            if entry.is_symlink():
                yield path
            elif entry.is_dir() and path == f"{folder}/{entry.name}":
                yield from _links(root, path)


def _readable(name: str) -> str:
    """A file's name as people read it, also where it is not UTF-8."""
    return name.encode(errors="surrogateescape").decode(errors="replace")


def _walk(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Every file that is a plan by its place, and why it is not opened, if it is not."""
    with os.scandir(root / folder) as entries:
        for entry in entries:
            name = _readable(entry.name)
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


def _problems(path: str, trouble: str, collisions: dict[str, str], taken: Collection[str]) -> Iterator[Problem]:
    if trouble:
        yield problem(trouble, Place(1, 1), name=path.rpartition("/")[2])
    if not trouble.startswith("bad-file-name") and path.lower().endswith(".md") and (found := _name_problem(path, collisions, taken)):
        yield found


def _name_problem(path: str, collisions: dict[str, str], taken: Collection[str]) -> Problem | None:
    """What is wrong with a name: that people could take it for another's goes before all that is wrong with itself."""
    name = path.rpartition("/")[2]
    account = stem(path)
    if other := collisions.get(path):
        return problem("bad-file-name.taken" if stem(other) == account else "bad-file-name.collision", Place(1, 1), name=name, other=other)
    if not (trouble := _trouble(name, account)):
        return None
    near = _near(account) if trouble == "grammar" else ""
    variant = "near" if near and (skeleton(near) == skeleton(account) or skeleton(near) not in taken) else trouble
    return problem(f"bad-file-name.{variant}", Place(1, 1), name=name, limit=MAX_ID, near=f"{near}.md")


def _near(account: str) -> str:
    """The id that a name was probably meant to be; empty where none can be made of it."""
    near = alphabet.proposed_id(account.removesuffix(".MD"))
    return near if near and not _trouble(f"{near}.md", near) else ""


def _trouble(name: str, account: str) -> str | None:
    """Which rule of the id grammar a name breaks."""
    if not name.endswith(".md") or not ACCOUNT_ID.fullmatch(account):
        return "grammar"
    if len(account) > MAX_ID:
        return "long"
    return "reserved" if account in RESERVED | PAGES else None


def _collisions(alike: Iterable[list[str]]) -> dict[str, str]:
    """For every path whose id people or file systems could take for another's: that other path. Of two the worse name is told."""
    groups = (group for group in alike if len(group) > 1)
    ordered = [sorted(group, key=lambda path: _trouble(path.rpartition("/")[2], stem(path)) is not None) for group in groups]
    return {path: group[0] for group in ordered for path in group[1:]}


def skeleton(account: str) -> str:
    """An id as the eye sees it: without case, width, accents, and with look-alike letters as one."""
    text = unicodedata.normalize("NFKD", account.removesuffix(".MD")).casefold()
    plain = text if text.isascii() else "".join(letter for letter in text if not unicodedata.combining(letter))
    return plain.translate(LOOK_ALIKES)
