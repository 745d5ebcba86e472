"""An `os` that breaks at one call; run as a program it kills a writer before and after every call, and tells what is left."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kamgen import store
from kamgen.folder import survey

PATH = "plans/acme.md"
FRESH = "plans/fresh.md"
OLD, ADDED = b"---\naccount: Acme\n---\n", b"one more line\n"
NEW = OLD + ADDED
WAYS = ("change", "create", "create without links")
QUIET = {"strerror"}


class Breaking:
    """Looks like `os`; before and after its n-th call it does what it is told."""

    def __init__(self, before: Callable[[int, str], None], after: Callable[[int, str], None] = lambda *_: None) -> None:
        self.before, self.after = before, after
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        value = getattr(os, name)
        return self._wrapped(name, value) if callable(value) and name not in QUIET else value

    def _wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def broken(*arguments: Any, **options: Any) -> Any:
            self.calls.append(name)
            number = len(self.calls)
            try:
                self.before(number, name)
                return call(*arguments, **options)
            finally:
                self.after(number, name)

        return broken


def folder(root: Path, *, stale: bool = True) -> Path:
    """A folder with one plan, and what a writer that died has left."""
    plans = root / "plans"
    plans.mkdir(parents=True)
    (root / PATH).write_bytes(OLD)
    if stale:
        (plans / ".acme.md.0123abcd.kamgen-new").write_bytes(b"half a pl")
    return root


def append(data: bytes) -> bytes:
    """The edit that is tried."""
    return data + ADDED


def write(root: Path, way: str) -> None:
    """One write, of a plan that is there or of a new one."""
    if way == "change":
        store.change(root, PATH, append)
    else:
        store.create(root, FRESH, NEW)


def calls_of(root: Path, way: str) -> list[str]:
    """The calls that a write makes."""
    recorded = Breaking(lambda *_: None)
    with_os(recorded, lambda: write(root, way))
    return recorded.calls


def with_os(system: object, act: Callable[[], None]) -> None:
    """Acts with another `os` in the store."""
    own = vars(store)
    own["os"] = system
    try:
        act()
    finally:
        own["os"] = os


def left(root: Path, way: str) -> str:
    """Which bytes the file holds afterwards; then the next write is tried, and no stray file may be there."""
    first = root / (PATH if way == "change" else FRESH)
    held = first.read_bytes() if first.exists() else b""
    state = {OLD: "old", b"": "nothing", NEW: "new"}.get(held, f"other: {held!r}")
    earlier = (root / PATH).read_bytes()
    store.change(root, PATH, append)
    assert (root / PATH).read_bytes() == earlier + ADDED
    strays = sorted(file.name for file in (root / "plans").iterdir() if file.suffix != ".md")
    seen = sorted(file.path for file in survey(root))
    assert seen == [path for path in (PATH, FRESH) if (root / path).exists()]
    return state if not strays else f"stray: {strays}"


def no_links(number: int, name: str) -> None:
    """A disk that knows no second name for a file."""
    if name == "link":
        raise PermissionError(1, "Operation not permitted")


def deaths(root: Path, way: str) -> Iterator[tuple[str, str]]:
    """A writer that dies before and after each of its calls, and what it leaves."""
    disk = no_links if "without" in way else lambda *_: None
    recorded = Breaking(disk)
    with_os(recorded, lambda: write(folder(root / "whole"), way))
    for number, name in enumerate(recorded.calls, start=1):
        for moment in ("before", "after"):
            yield f"{moment} {name}", _death(folder(root / f"{number}-{moment}"), way, number, moment, disk)


def _death(root: Path, way: str, number: int, moment: str, disk: Callable[[int, str], None]) -> str:
    child = os.fork()
    if not child:
        _die(root, way, number, moment, disk)
    status = os.waitpid(child, 0)[1]
    survived = "" if os.WIFSIGNALED(status) else "survived: "
    return survived + left(root, way)


def _die(root: Path, way: str, number: int, moment: str, disk: Callable[[int, str], None]) -> None:
    def kill(count: int, _: str) -> None:
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(count: int, name: str) -> None:
        if moment == "before":
            kill(count, name)
        disk(count, name)

    with_os(Breaking(before, kill if moment == "after" else lambda *_: None), lambda: write(root, way))
    os._exit(0)


def appended(root: Path, name: str, times: int) -> None:
    """Many edits by one writer; tells how many were kept and how many refused as busy."""
    busy = 0
    for number in range(times):
        line = f"  - {{date: 2026-06-09, type: contact, status: planned, subject: {name} {number}}}\n".encode()
        try:
            store.change(root, PATH, lambda data, line=line: data.replace(b"---\n", line + b"---\n").removeprefix(line))  # type: ignore[misc]  # mypy types no lambda with a default
        except store.BusyError:
            busy += 1
    sys.stdout.write(f"{times - busy} {busy}\n")


if __name__ == "__main__":
    if sys.argv[1] == "append":
        appended(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        sys.stdout.write(json.dumps(list(deaths(Path(sys.argv[2]), sys.argv[1]))))
