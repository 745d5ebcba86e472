"""What was made before, by what it was made from: files in `.kamgen/cache/`, safe to delete, and never believed unread."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

OWN_FOLDER: Final = ".kamgen"
FOLDER: Final = "cache"
NO_CACHE: Final = "KAMGEN_NO_CACHE"
"""The variable of the environment that says of any build, MkDocs' own too, that it makes everything anew."""
SEAL: Final = 32
"""Bytes at the beginning of a file that tell whether the rest is what was kept under its name."""


class Cache(Protocol):
    """What was made before, by its key: hexadecimal digits of everything that it was made from."""

    def has(self, key: str) -> bool:
        """Whether there is something under the key; it may be gone, or damaged, when it is asked for."""

    def load(self, key: str) -> bytes | None:
        """What was kept under the key; None where there is nothing, or not what was kept."""

    def keep(self, key: str, data: bytes) -> None:
        """Keeps something under the key, if the disk takes it."""

    def use(self, key: str) -> None:
        """What is under the key was needed, though nobody asked for it."""

    def settle(self) -> None:
        """At the end of a build: lets go of what is old."""


class Nothing:
    """A cache that keeps nothing."""

    def has(self, key: str) -> bool:  # noqa: ARG002  (a cache's signature)
        """Nothing is there."""
        return False

    def load(self, key: str) -> bytes | None:  # noqa: ARG002  (a cache's signature)
        """Nothing is there."""
        return None

    def keep(self, key: str, data: bytes) -> None:
        """Nothing is kept."""

    def use(self, key: str) -> None:
        """Nothing is needed."""

    def settle(self) -> None:
        """Nothing is old."""


class Folder:
    """A cache in a folder below `root/name`: a file for each thing. Whoever cannot read or write there goes on without.

    Files appear whole or not at all, so any number of builds may use one folder at once. Only what was sealed with the `secret`
    is believed, for others may bring files into a repository.
    """

    def __init__(self, root: Path, name: str = OWN_FOLDER, *, spare: int = 0, secret: bytes = b"") -> None:
        self.root = root
        self._secret = secret
        self._spare = spare
        self._own = root / name
        self._folder = self._own / FOLDER
        self._used: set[str] = set()
        self._writable = True

    def has(self, key: str) -> bool:
        """Whether there is a file."""
        return (self._folder / key).is_file()

    def load(self, key: str) -> bytes | None:
        """What is in the file, if it was written for this key and is whole; it counts as used today."""
        with suppress(OSError):
            file = self._folder / key
            whole = file.read_bytes()
            if whole[:SEAL] == self._seal(key, whole[SEAL:]):
                os.utime(file)
                self._used.add(key)
                return whole[SEAL:]
        return None

    def keep(self, key: str, data: bytes) -> None:
        """Writes a file. After the first that the disk refuses no other is tried."""
        if not self._writable:
            return
        beginning = self._folder / f".{key}.{secrets.token_hex(4)}"
        try:
            self._open()
            beginning.write_bytes(self._seal(key, data) + data)
            beginning.replace(self._folder / key)
            self._used.add(key)
        except OSError:
            self._writable = False
            with suppress(OSError):
                beginning.unlink()

    def use(self, key: str) -> None:
        """It stays."""
        self._used.add(key)

    def _open(self) -> None:
        """The folder, with the line that hides it from git. Raises OSError where another thing has its name, a link say."""
        if self._folder.is_dir() and not self._own.is_symlink():
            return
        self._own.mkdir(exist_ok=True)
        if self._own.is_symlink():
            raise NotADirectoryError(self._own)
        ignore = self._own / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        self._folder.mkdir(exist_ok=True)

    def settle(self) -> None:
        """What was not used since the last time may take as much room as what was, or `spare` bytes, the latest first; the rest goes."""
        with suppress(OSError):
            found = list(self._files())
            room = max(self._spare, sum(size for name, _, size in found if name in self._used))
            for name, _, size in sorted((one for one in found if one[0] not in self._used), key=lambda one: (-one[1], one[0])):
                room -= size
                if room < 0:
                    (self._folder / name).unlink(missing_ok=True)
        self._used.clear()

    def _seal(self, key: str, data: bytes) -> bytes:
        return hashlib.blake2b(key.encode() + b" " + data, digest_size=SEAL, key=self._secret).digest()

    def _files(self) -> Iterator[tuple[str, int, int]]:
        """Every file: its name, when it was last used, its size."""
        with os.scandir(self._folder) as entries:
            for entry in entries:
                told = entry.stat(follow_symlinks=False)
                yield entry.name, told.st_mtime_ns, told.st_size
