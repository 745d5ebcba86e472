"""Writes of plan files that lose nothing: one writer at a time, the whole new text or the old one, and one line where it cannot be.

The lock and nothing else stands in `.kamgen/` beside `plans/`, a folder that hides itself from git. The system gives the lock
back when its holder dies. A new text is made in a hidden file beside the old one, read back, and put into its place; such
files of a writer that died are taken away by the next one in that folder. Every call of the system goes through `os`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

from kamgen.folder import PLANS
from kamgen.frozen import Frozen
from kamgen.message import say

WAIT: Final = 10.0
"""Seconds that a writer waits for its turn; a write takes hundredths of one."""
POLL: Final = 0.02
OWN_FOLDER: Final = ".kamgen"
LOCK: Final = "plans.lock"
BEGINNING: Final = re.compile(r"\..+\.[0-9a-f]{8}\.kamgen-new", re.DOTALL)
"""What a text that is not yet in its place is called: hidden, so that nobody takes it for a plan."""
BINARY: Final = getattr(os, "O_BINARY", 0)
NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
MAKE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY
NO_LINKS_HERE: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What a disk answers that knows no second name for a file: a memory stick, say."""
REASONS: Final = {
    errno.ENOSPC: "store.full",
    errno.EDQUOT: "store.quota",
    errno.EROFS: "store.read-only",
    errno.EACCES: "store.denied",
    errno.EPERM: "store.denied",
    errno.ENOENT: "store.gone",
}


class NotWrittenError(OSError):
    """A plan was not written, and a sentence says why (exit code 3). `filename` is the plan's path.

    The file holds what it held; only where `settled` is False it holds the new text already, but may lose it in a power cut.
    """

    settled = True

    def __init__(self, path: str, sentence: str, number: int = errno.EIO) -> None:
        super().__init__(number, sentence, path)


class BusyError(NotWrittenError):
    """Another writer is at work, or the file was changed while the edit was made. Trying again is all it takes."""


class TakenError(NotWrittenError):
    """There is a file of that name already."""


class Stored(Frozen):
    """What a file held before and holds now."""

    old: bytes
    new: bytes


def change(root: Path, path: str, edit: Callable[[bytes], bytes]) -> Stored:
    """Replaces what the file at `path` (like `plans/acme.md`) holds by what `edit` makes of it.

    `edit` is given what stands there when the lock is held, so no edit of another kamgen is lost; what it raises goes through,
    with nothing written. Bytes that it leaves as they are are not written. Raises NotWrittenError, BusyError.
    """
    with _locked(root, path):
        with _telling(path):
            file = _file(root, path)
            old, mode = _read(file, os.O_RDWR)
        new = edit(old)
        if new != old:
            with _telling(path):
                _clean(file.parent)
                _begin(file, new, mode, lambda beginning: _replace(beginning, file, path, old))
            _settle(file.parent, path)
        return Stored(old, new)


def create(root: Path, path: str, data: bytes) -> None:
    """Writes a new file at `path`. Raises TakenError where there is one already, NotWrittenError, BusyError."""
    with _locked(root, path):
        with _telling(path):
            file = _file(root, path, new=True)
            _clean(file.parent)
            _begin(file, data, None, lambda beginning: _name(beginning, file, path))
        _settle(file.parent, path)


def replace(file: Path, data: bytes) -> None:
    """Replaces what `file`, which need not be a plan, holds; without a lock, whole or not at all. Raises NotWrittenError, BusyError."""
    path = str(file)
    with _telling(path):
        file = file.resolve(strict=True)
        old, mode = _read(file, os.O_RDWR)
        _begin(file, data, mode, lambda beginning: _replace(beginning, file, path, old))
    _settle(file.parent, path)


@contextmanager
def _telling(path: str) -> Iterator[None]:
    """Turns what the system says into a sentence."""
    try:
        yield
    except NotWrittenError:
        raise
    except OSError as error:
        raise _not_written(path, error) from None


def _not_written(path: str, error: OSError) -> NotWrittenError:
    number = error.errno or errno.EIO
    return NotWrittenError(path, say(REASONS.get(number, "store.failed"), reason=os.strerror(number)), number)


@contextmanager
def _locked(root: Path, path: str) -> Iterator[None]:
    """Nobody else writes below `root/plans` meanwhile."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (only a command that writes needs it)

    with _telling(path):
        lock = FileLock(_own_folder(root, path) / LOCK, timeout=WAIT, poll_interval=POLL, mode=0o666)
        try:
            lock.acquire()
        except Timeout:
            raise BusyError(path, say("store.busy"), errno.EBUSY) from None
    try:
        yield
    finally:
        lock.release()


def _own_folder(root: Path, path: str) -> Path:
    """`.kamgen/`, with the line that hides it from git."""
    folder = root / OWN_FOLDER
    with suppress(FileExistsError):
        os.mkdir(folder)
    if not stat.S_ISDIR(os.lstat(folder).st_mode):
        raise NotWrittenError(path, say("store.own-folder", folder=OWN_FOLDER))
    ignore = folder / ".gitignore"
    if not _is_written(ignore):
        _write(ignore, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK, b"*\n", None)
    return folder


def _is_written(file: Path) -> bool:
    try:
        return os.lstat(file).st_size > 0
    except FileNotFoundError:
        return False


def _file(root: Path, path: str, *, new: bool = False) -> Path:
    """The file at `path`, which is no link and in no linked folder. Raises ValueError for a path that leads out of `plans/`."""
    parts = PurePosixPath(path).parts
    if parts[:1] != (PLANS,) or ".." in parts or len(parts) < 2:
        raise ValueError(path)
    folder = root / PLANS
    for part in parts[1:-1]:
        folder /= part
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise NotWrittenError(path, say("store.link"))
    if not new and not stat.S_ISREG(os.lstat(folder / parts[-1]).st_mode):
        raise NotWrittenError(path, say("store.link"))
    return folder / parts[-1]


def _read(file: Path, access: int = os.O_RDONLY) -> tuple[bytes, int]:
    """What a file holds, and who may read and write it. With O_RDWR it must be one that may be written."""
    descriptor = os.open(file, access | BINARY | NO_LINK)
    try:
        whole = b"".join(iter(lambda: os.read(descriptor, 1 << 20), b""))
        return whole, stat.S_IMODE(os.fstat(descriptor).st_mode)
    finally:
        os.close(descriptor)


def _begin(file: Path, data: bytes, mode: int | None, finish: Callable[[Path], None]) -> None:
    """Writes `data` beside `file`, on the disk and read back, and finishes it; what is not finished does not stay."""
    beginning = file.with_name(f".{file.name}.{os.urandom(4).hex()}.kamgen-new")
    try:
        _write(beginning, MAKE, data, mode)
        _compare(beginning, data)
        finish(beginning)
    except BaseException:
        with suppress(OSError):
            os.unlink(beginning)
        raise


def _compare(file: Path, data: bytes) -> None:
    """Raises OSError where the disk does not give back what it was given."""
    if _read(file)[0] != data:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _clean(folder: Path) -> None:
    """Takes away what writers that died have begun; the lock is held, so nobody is at it now."""
    for name in os.listdir(folder):
        if BEGINNING.fullmatch(name):
            os.unlink(folder / name)


def _write(file: Path, flags: int, data: bytes, mode: int | None) -> None:
    """Writes all of `data` and waits until the disk has it."""
    descriptor = os.open(file, flags, 0o666 if mode is None else 0o600)
    try:
        if mode is not None:
            os.chmod(file, mode)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(beginning: Path, file: Path, path: str, old: bytes) -> None:
    """Puts a text into its place, if what it was made from still stands there: an editor knows nothing of the lock."""
    if _read(file)[0] != old:
        raise BusyError(path, say("store.changed"), errno.EBUSY)
    os.replace(beginning, file)


def _name(beginning: Path, file: Path, path: str) -> None:
    """Gives a new text its name, if nobody has it."""
    try:
        os.link(beginning, file, follow_symlinks=False)
    except FileExistsError:
        raise TakenError(path, say("store.taken"), errno.EEXIST) from None
    except OSError as error:
        if error.errno not in NO_LINKS_HERE:
            raise
        _rename(beginning, file, path)
        return
    with suppress(OSError):
        os.unlink(beginning)


def _rename(beginning: Path, file: Path, path: str) -> None:
    try:
        os.lstat(file)
    except FileNotFoundError:
        os.rename(beginning, file)
    else:
        raise TakenError(path, say("store.taken"), errno.EEXIST)


def _settle(folder: Path, path: str) -> None:
    """Waits until the disk has the names of a folder too. Windows sees to that by itself, some network disks do not know how."""
    if os.name == "nt":  # pragma: no cover  (the tests run on systems with fsync of folders)
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno == errno.EINVAL:
            return
        unsure = NotWrittenError(path, say("store.unsettled", reason=error.strerror), error.errno or errno.EIO)
        unsure.settled = False
        raise unsure from None
