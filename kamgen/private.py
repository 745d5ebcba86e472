"""What is the user's alone, outside of every repository: a folder of caches, and the secret that seals what is kept inside of one.

Whoever may propose a change to a repository may put a file into it. What runs is therefore kept only here, and what a build finds in the
repository it believes only where this user has sealed it.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from kamgen.cache import Folder

NAME: Final = "kamgen"
FILE: Final = "secret"
SIZE: Final = 32
"""Bytes of the secret."""
SPARE: Final = 50_000_000
"""Bytes that the templates of other sites and of versions before may take: a version has about three million."""


def caches(root: Path) -> tuple[Folder, Folder] | None:
    """The cache of a repository, sealed, and that of its user, where code may be kept.

    None where the user has no folder of caches outside of `root`, or shares it with others: nothing could be believed.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415  (only who builds needs it)

    place = user_cache_path()
    with suppress(OSError):
        if place.resolve().is_relative_to(root.resolve()) or not _is_own(place / NAME):
            return None
        secret = _secret(place / NAME / FILE)
        return Folder(root, secret=secret), Folder(place, NAME, spare=SPARE, secret=secret)
    return None


def _is_own(folder: Path) -> bool:
    """Whether a folder is the user's alone. It is made where there is none. Raises OSError where it cannot be."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = folder.lstat()
    mine = not hasattr(os, "getuid") or told.st_uid == os.getuid()
    return mine and stat.S_ISDIR(told.st_mode) and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _secret(file: Path) -> bytes:
    """The user's secret, made where there is none or half of one. Raises OSError."""
    with suppress(FileNotFoundError):
        known = file.read_bytes()
        if len(known) == SIZE:
            return known
    made, beginning = secrets.token_bytes(SIZE), file.with_name(f".{FILE}.{secrets.token_hex(4)}")
    with open(beginning, "xb", opener=_for_me) as new:
        new.write(made)
    beginning.replace(file)
    return made


def _for_me(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
