"""What templates were compiled to: kept in the process, and beside all repositories in the user's own folder of caches.

It is code that runs, so it is read from nowhere that a repository could write to.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from kamgen.cache import Cache, Folder, Nothing
from kamgen.stamp import digest


class Compiled(BytecodeCache):
    """What templates were compiled to, by name and text: who builds again, under `serve` say, compiles once."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self.remember(Nothing(), "")

    def remember(self, cache: Cache, stamp: str) -> None:
        """What was not compiled in this process is looked for in a cache, and kept there; `stamp` says what it was compiled by."""
        self._cache, self._stamp = cache, stamp

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket where the same text was compiled before."""
        key = self._key(bucket)
        kept = self._kept.get(key) or self._cache.load(key)
        if kept:
            self._kept[key] = kept
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        key = self._key(bucket)
        self._kept[key] = bucket.bytecode_to_string()
        self._cache.keep(key, self._kept[key])

    def settle(self) -> None:
        """At the end of a build: what is old goes."""
        self._cache.settle()

    def _key(self, bucket: Bucket) -> str:
        return digest(("template", self._stamp, bucket.key, bucket.checksum, _settings(bucket.environment)))


def _settings(environment: Environment) -> str:
    """What of an environment decides what a text is compiled to."""
    names = (sorted(some) for some in (environment.extensions, environment.filters, environment.tests))
    return repr((environment.autoescape, environment.trim_blocks, environment.lstrip_blocks, environment.undefined.__name__, *names))


COMPILED: Final = Compiled()
NAME: Final = "kamgen"
SPARE: Final = 50_000_000
"""Bytes that the templates of other sites and of versions before may take: a version has about three million."""


def own_cache(root: Path) -> Cache:
    """The cache of the user, where code may be kept. Nothing, where it would lie inside of `root`, or others may write to it."""
    from platformdirs import user_cache_path  # noqa: PLC0415  (only who builds needs it)

    place = user_cache_path()
    try:
        if place.resolve().is_relative_to(root.resolve()) or not _is_own(place / NAME):
            return Nothing()
    except OSError:
        return Nothing()
    return Folder(place, NAME, SPARE)


def _is_own(folder: Path) -> bool:
    """Whether a folder is the user's alone. It is made where there is none. Raises OSError where it cannot be."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = folder.lstat()
    mine = not hasattr(os, "getuid") or told.st_uid == os.getuid()
    return mine and stat.S_ISDIR(told.st_mode) and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
