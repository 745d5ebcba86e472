"""Nothing is ever lost: whatever breaks, a plan holds the old bytes or the new, and the next write works."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import filelock
import pytest

from kamgen import cli, store
from kamgen.document import read_plan
from kamgen.store import BusyError, NotWrittenError, TakenError
from tests import breaking
from tests.breaking import FRESH, NEW, OLD, PATH, WAYS, Breaking, append, folder, left, with_os, write
from tests.conftest import ROOT

TROUBLES = ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EXDEV")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path)


def told(call: Breaking | None, root: Path, way: str = "change") -> NotWrittenError:
    with pytest.raises(NotWrittenError) as caught:
        with_os(call or os, lambda: write(root, way))
    assert "\n" not in str(caught.value.strerror)
    return caught.value


def test_a_change_is_written_and_told(root: Path) -> None:
    stored = store.change(root, PATH, append)
    assert (stored.old, stored.new) == (OLD, NEW)
    assert (root / PATH).read_bytes() == NEW


def test_what_is_left_as_it_is_is_not_written(root: Path) -> None:
    before = (root / PATH).stat()
    store.change(root, PATH, lambda data: data)
    assert (root / PATH).stat() == before


def test_what_the_edit_raises_goes_through_and_nothing_is_written(root: Path) -> None:
    def edit(_: bytes) -> bytes:
        raise LookupError

    with pytest.raises(LookupError):
        store.change(root, PATH, edit)
    assert left(root, "change") == "old"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(root: Path, mode: int) -> None:
    (root / PATH).chmod(mode)
    store.change(root, PATH, append)
    assert (root / PATH).stat().st_mode & 0o777 == mode


def test_a_new_plan_has_the_mode_of_new_files(root: Path) -> None:
    store.create(root, FRESH, NEW)
    (root / "plans" / "other.md").write_bytes(NEW)
    assert (root / FRESH).stat().st_mode == (root / "plans" / "other.md").stat().st_mode
    assert (root / FRESH).stat().st_nlink == 1


@pytest.mark.parametrize("disk", [lambda *_: None, breaking.no_links], ids=["links", "no links"])
def test_a_new_plan_never_replaces_one(root: Path, disk) -> None:
    with pytest.raises(TakenError, match="there is a plan of this name already"):
        with_os(Breaking(disk), lambda: store.create(root, PATH, NEW))
    assert left(root, "change") == "old"


def test_a_disk_without_links_takes_a_new_plan(root: Path) -> None:
    with_os(Breaking(breaking.no_links), lambda: store.create(root, FRESH, NEW))
    assert (root / FRESH).read_bytes() == NEW
    assert left(root, "change") == "old"


@pytest.mark.parametrize("way", [WAYS[0], *(pytest.param(way, marks=pytest.mark.slow) for way in WAYS[1:])])
def test_a_writer_that_is_killed_leaves_the_old_bytes_or_the_new(tmp_path: Path, way: str) -> None:
    run = subprocess.run([sys.executable, "-m", "tests.breaking", way, tmp_path], cwd=ROOT, capture_output=True, check=True, text=True)
    outcomes = json.loads(run.stdout)
    states = [state for _, state in outcomes]
    before = "old" if way == "change" else "nothing"
    assert len(outcomes) > 40
    assert states == sorted(states, key=[before, "new"].index), outcomes


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("way", WAYS[:2])
def test_a_disk_that_refuses_leaves_the_old_bytes_or_the_new(tmp_path: Path, way: str, trouble: str) -> None:
    number = getattr(errno, trouble)
    calls = breaking.calls_of(folder(tmp_path / "whole"), way)
    for count, name in enumerate(calls, start=1):
        root = folder(tmp_path / str(count))

        def refuse(call: int, _: str, count: int = count) -> None:
            if call == count:
                raise OSError(number, os.strerror(number))

        held = "old" if way == "change" else "nothing"
        if (name, way) == ("unlink", "create") and count > calls.index("link"):
            with_os(Breaking(refuse), lambda root=root: write(root, way))  # type: ignore[misc]  # mypy types no lambda with a default
            held = "new"
        else:
            error = told(Breaking(refuse), root, way)
            assert error.filename == (PATH if way == "change" else FRESH)
            held = held if error.settled else "new"
        assert left(root, way) == held, name


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("ENOSPC", "the disk is full"),
        ("EDQUOT", "your share of the disk is used up"),
        ("EROFS", "this disk can only be read"),
        ("EACCES", "you may not write here"),
        ("EIO", "the disk did not take it (Input/output error)"),
    ],
)
def test_the_line_for_the_user(root: Path, trouble: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int, name: str) -> None:
        if name == "write":
            raise OSError(getattr(errno, trouble), "")

    monkeypatch.setattr(cli.cli, "main", lambda *_, **__: with_os(Breaking(refuse), lambda: write(root, "change")))
    assert cli.run(["log"]) == 3
    err = capsys.readouterr().err
    assert err.startswith(f"kamgen: {PATH}: {words}, and the file is as it was")
    assert err.count("\n") == 1


def test_a_file_that_is_gone(root: Path) -> None:
    (root / PATH).unlink()
    assert told(None, root).strerror == "there is no such file any more, and nothing was written"


def test_bytes_that_come_back_otherwise_are_not_taken(root: Path) -> None:
    class Forgetful(Breaking):
        def write(self, descriptor: int, data: memoryview) -> int:
            os.write(descriptor, bytes(data).swapcase())
            return len(data)

    assert "the disk did not take it" in str(told(Forgetful(lambda *_: None), root).strerror)
    assert left(root, "change") == "old"


def test_a_disk_that_takes_a_byte_at_a_time(root: Path) -> None:
    class Slow(Breaking):
        def write(self, descriptor: int, data: memoryview) -> int:
            return os.write(descriptor, data[:1])

    with_os(Slow(lambda *_: None), lambda: write(root, "change"))
    assert left(root, "change") == "new"


def test_a_disk_that_cannot_settle_names_is_not_blamed(root: Path) -> None:
    calls = breaking.calls_of(folder(root / "whole"), "change")
    last = len(calls) - calls[::-1].index("fsync")

    def refuse(count: int, name: str) -> None:
        if count >= last and name == "fsync":
            raise OSError(errno.EINVAL, "")

    with_os(Breaking(refuse), lambda: write(root, "change"))
    assert left(root, "change") == "new"


def test_a_new_text_on_an_unsure_disk_is_told_as_such(root: Path) -> None:
    replaced: list[int] = []

    def refuse(count: int, name: str) -> None:
        if name == "replace":
            replaced.append(count)
        elif replaced and name == "fsync":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    error = told(Breaking(refuse), root)
    assert not error.settled
    assert "the file is written, but the disk does not confirm" in str(error.strerror)


def test_an_editor_that_saves_meanwhile_wins(root: Path) -> None:
    def save(_: bytes) -> bytes:
        (root / PATH).write_bytes(b"by hand\n")
        return NEW

    with pytest.raises(BusyError, match="another program changed the file at this moment"):
        store.change(root, PATH, save)
    assert (root / PATH).read_bytes() == b"by hand\n"


def test_who_waits_too_long_is_told_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT", 0.05)
    holds, done = threading.Event(), threading.Event()

    def edit(data: bytes) -> bytes:
        holds.set()
        done.wait(10)
        return data

    holder = threading.Thread(target=store.change, args=(root, PATH, edit))
    holder.start()
    holds.wait(10)
    try:
        error = told(None, root)
    finally:
        done.set()
        holder.join()
    assert isinstance(error, BusyError)
    assert "somebody else is writing to the plans" in str(error.strerror)
    assert left(root, "change") == "old"


def test_a_lock_that_cannot_be_taken_is_told_in_words(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "plans.lock")

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    error = told(None, root)
    assert (error.filename, error.strerror) == (PATH, "this disk can only be read, and the file is as it was")


def test_links_are_refused(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    (root / PATH).rename(outside)
    (root / PATH).symlink_to(outside)
    assert "this is a link" in str(told(None, root).strerror)
    with pytest.raises(TakenError):
        store.create(root, PATH, NEW)
    assert outside.read_bytes() == OLD


def test_folders_that_are_links_are_refused(root: Path) -> None:
    (root / "plans" / "north").symlink_to(root / "plans")
    (root / "plans" / "south").mkdir()
    (root / "plans" / "south" / "acme.md").write_bytes(OLD)
    with pytest.raises(NotWrittenError, match="this is a link"):
        store.change(root, "plans/north/acme.md", append)
    store.change(root, "plans/south/acme.md", append)
    assert (root / "plans" / "south" / "acme.md").read_bytes() == NEW


@pytest.mark.parametrize("path", ["acme.md", "plans", "plans/../acme.md", "/plans/acme.md", "other/acme.md"])
def test_a_path_that_leads_out_is_a_bug(root: Path, path: str) -> None:
    with pytest.raises(ValueError, match=re.escape(path)):
        store.change(root, path, append)


def test_the_folder_of_the_lock_hides_itself(root: Path) -> None:
    subprocess.run(["git", "init", "-q", root], check=True)
    store.change(root, PATH, append)
    seen = subprocess.run(["git", "status", "--short", "-uall"], cwd=root, capture_output=True, check=True, text=True).stdout
    assert seen == f"?? {PATH}\n"


def test_something_else_in_the_place_of_the_lock(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / ".kamgen").symlink_to(tmp_path / "elsewhere")
    assert "kamgen wants a folder .kamgen beside plans/" in str(told(None, root).strerror)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_only_what_writers_have_begun_is_taken_away(root: Path) -> None:
    others = [".acme.md.swp", ".acme.md.kamgen-new", ".kamgen-new", "acme.md.0123abcd.kamgen-new", ".acme.md.0123ABCD.kamgen-new"]
    for name in others:
        (root / "plans" / name).write_bytes(b"mine")
    store.change(root, PATH, append)
    assert sorted(file.name for file in (root / "plans").iterdir()) == sorted([*others, "acme.md"])


def test_a_file_that_is_no_plan_is_replaced_whole(tmp_path: Path) -> None:
    file, link = tmp_path / ".merge_file_a", tmp_path / "link"
    file.write_bytes(OLD)
    link.symlink_to(file)
    store.replace(link, NEW)
    assert (file.read_bytes(), link.is_symlink(), sorted(tmp_path.iterdir())) == (NEW, True, [file, link])
    with pytest.raises(NotWrittenError, match="there is no such file any more"):
        store.replace(tmp_path / "none", NEW)


def many(root: Path, writers: int, times: int) -> None:
    command = [sys.executable, "-m", "tests.breaking", "append", str(root)]
    running = [subprocess.Popen([*command, f"writer{n}", str(times)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for n in range(writers)]
    counts = [tuple(map(int, process.communicate()[0].split())) for process in running]
    kept, busy = (sum(column) for column in zip(*counts, strict=True))
    document = read_plan(PATH, (root / PATH).read_bytes())
    lines = [line for line in document.text.splitlines() if "subject" in line]
    assert document.problems == ()
    assert kept + busy == writers * times
    assert len(set(lines)) == len(lines) == kept
    assert busy < kept


def test_two_writers(root: Path) -> None:
    (root / PATH).write_bytes(b"---\naccount: Acme\nactivities:\n---\n")
    many(root, 2, 10)


@pytest.mark.slow
@pytest.mark.parametrize("writers", [2, 8])
def test_many_writers(root: Path, writers: int) -> None:
    (root / PATH).write_bytes(b"---\naccount: Acme\nactivities:\n---\n")
    many(root, writers, 100)
