"""`kamgen log` on a terminal: what it asks, and what it does with the answers."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from select import select

import click
import pytest

from kamgen.commands import log
from tests.commands.conftest import Kamgen
from tests.commands.editing import FAR, difference, texts, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pty")


def talk(folder: Path, arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """A command on a terminal, with what a person types after each question; the exit code and what was seen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kamgen", *arguments]
    child = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80"})
    os.close(theirs)
    seen, waiting, end = "", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        if not select([ours], [], [], 0.05)[0]:
            continue
        try:
            data = os.read(ours, 4096)
        except OSError:
            break
        if not data:
            break
        seen += data.decode()
        if waiting and seen.endswith(": "):
            os.write(ours, f"{waiting.pop(0)}\n".encode())
    code = child.wait(10)
    os.close(ours)
    return code, seen.replace("\r\n", "\n")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A person at the terminal, in this process; what is left of the answers."""

    def give(*typed: str) -> list[str]:
        left = list(typed)
        monkeypatch.setattr(log, "_on_a_terminal", lambda: True)
        monkeypatch.setattr(click.termui, "visible_prompt_func", lambda _: left.pop(0))
        return left

    return give


def test_only_what_was_not_said_is_asked(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    write(folder)
    left = answers("status", "")
    result = kamgen("log", "havnens", "--with", "anna", "--note", "Hello", "--next-step", "Call", "--date", "today")
    assert (result.code, left) == (0, [])
    assert "held 2026-05-06 Status meeting with Anna Lind" in result.out


def test_answers_that_mean_nothing_are_asked_again(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    write(folder)
    left = answers(
        "byens", "99", "2", "never", "tomorrow", "today", "", "Spoke of bread", "", "y", "status-meeting", "someday", "yesterday", "week 21"
    )
    result = kamgen("log")
    assert "2026-05-07 lies ahead, today is 2026-05-06" in result.out
    assert "2026-05-05 is past, today is 2026-05-06" in result.out
    assert (result.code, left) == (0, [])
    assert "held 2026-05-06 Proactive sales call with nobody named; planned 2026-05-18 Status meeting" in result.out


def test_own_accounts_come_first_and_more_are_counted(
    folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
):
    write(folder)
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").replace("name: Vera Lind,", "name: Vera Lind, email: vera@x.example,"), encoding="utf-8")
    for number in range(20):
        owner = "vera.lind" if number > 17 else "kari.nygaard"
        (folder / "plans" / f"kiosk-{number:02}.md").write_text(
            FAR.replace("Byens Bageri", f"Kiosk {number:02}").replace("kari.nygaard", owner), "utf-8"
        )
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "config", "user.email", "Vera@x.example"], check=True)
    answers("kiosk", "2", "lunch", "today", "", "", "", "n")
    told = kamgen("log").out
    assert told.startswith("   1  Kiosk 18\n   2  Kiosk 19\n   3  Byens Bageri\n")
    assert "  15  Kiosk 09\n      and 8 more\n   1  Kiosk 00\n" in told
    assert told.splitlines()[-1].startswith("Kiosk 01: held 2026-05-06 Lunch")
    monkeypatch.setenv("PATH", "")
    answers("1", "lunch", "today", "", "", "", "n")
    assert kamgen("log").out.startswith("   1  Byens Bageri\n")


def test_nothing_is_proposed_before_a_pause_is_over(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    write(folder)
    pause = "status: paused\nstatus_reason: Rebuilding\npaused_until: 2026-08-01\n---\n"
    (folder / "plans" / "byens.md").write_text(FAR[:-4] + pause, encoding="utf-8")
    answers("y", "", "")
    assert "planned 2026-08-03 " in kamgen("log", "byens", "--type", "contact", "--note", "x").out


def test_a_person_may_want_no_next_activity(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    write(folder)
    answers("n")
    assert "nothing is planned next" in kamgen("log", "byens", "--type", "contact", "--note", "x").out


@pytest.mark.parametrize(
    ("typed", "planned"),
    [([""], ""), (["no"], ""), (["none"], ""), (["golf", "lunch", "friday"], "Lunch"), (["yes", "1", "friday"], "Call or mail")],
)
def test_a_key_account_is_asked_for_one_more(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]], typed: list[str], planned: str):
    """The one that is settled now is not the next one any more."""
    write(folder)
    left = answers(*typed)
    result = kamgen("log", "havnens", "--type", "status", "--with", "anna", "--note", "x", "--date", "2026-05-05")
    assert (result.code, left) == (0, []), result
    assert "2026-05-11" not in result.out.splitlines()[-1].partition("next:")[2]
    assert (f"planned 2026-05-08 {planned}" in result.out) == bool(planned)


def test_another_account_is_asked_where_all_is(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    left = answers("maybe", "n")
    (folder / "plans" / "byens.md").write_text(FAR.replace("tier: B", "tier: D"), encoding="utf-8")
    assert kamgen("log", "byens", "--type", "contact", "--note", "x").code == 0
    assert left == ["maybe", "n"]
    left[:0] = ["contact", "today", "", "Bread", ""]
    result = kamgen("log", "byens")
    assert "maybe: say y for yes, n for no\n" in result.out
    assert (result.code, left) == (0, [])


def test_nobody_is_asked_for_a_closed_account(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    write(folder)
    answers()
    result = kamgen("log", "gamle", "--type", "contact", "--note", "x")
    assert (result.code, result.out) == (2, "")


def test_everything_is_asked(folder: Path):
    write(folder)
    before = texts(folder)
    answers = ["nowhere", "ns", "2", "golf", "1", "soon", "yesterday", "9", "1, carl", "She wants: more", "Send it", "golf", "none"]
    code, seen = talk(folder, ["log"], answers)
    assert code == 0, seen
    assert "nowhere: no account is called so" in seen
    assert seen.startswith(
        "   1  Byens Bageri\n   2  Gamle Butik\n   3  Havnens Købmandshuse A/S\nWhich account (number, or a part of its name): nowhere\n"
    )
    assert "   1  Byens Bageri\n   2  Havnens Købmandshuse A/S\nWhich account (number, or a part of its name): 2\n" in seen
    assert "   1  Call or mail" in seen
    assert "golf: nothing is called so" in seen
    assert "soon" in seen
    assert "   1  Anna Lind, Head of procurement" in seen
    changed = difference(before, texts(folder))
    assert "+    date: 2026-05-05\n+    type: contact\n+    status: held\n+    contacts: [anna-lind, carl-holm]" in changed
    assert '+    note: "She wants: more"\n+    next_step: Send it' in changed


def test_a_key_account_without_a_next_activity_gets_one(folder: Path):
    write(folder)
    code, seen = talk(folder, ["log", "byens", "--type", "contact", "--note", "Hello"], ["y", "", "friday"])
    assert code == 0, seen
    assert "Nothing is planned with Byens Bageri. Plan the next activity [Y/n]: y" in seen
    assert "What comes next (number or name) [status-meeting]: " in seen
    assert "planned 2026-05-08 Status meeting" in seen
    assert (folder / "plans" / "byens.md").read_text("utf-8").count("- id:") == 2


def test_or_none_if_the_person_wants_none(folder: Path):
    write(folder)
    code, seen = talk(folder, ["log", "byens", "--type", "contact", "--note", "Hello"], ["n"])
    assert code == 0, seen
    assert seen.splitlines()[-1].endswith('nothing is planned next: kamgen plan byens --type status-meeting --on 2026-05-20 --subject "..."')


def test_leaving_in_the_middle_changes_nothing(folder: Path):
    write(folder)
    code, _ = talk(folder, ["log", "byens"], ["contact", "\x04"])
    assert code == 130
    assert (folder / "plans" / "byens.md").read_text("utf-8") == FAR


def test_half_a_next_activity_is_asked_for(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    write(folder)
    left = answers("yesterday", "friday", "lunch")
    said = ("log", "havnens", "--type", "contact", "--with", "anna", "--note", "x")
    assert "planned 2026-05-08 Status meeting with Anna Lind" in kamgen(*said, "--then", "status").out
    assert "planned 2026-05-15 Lunch" in kamgen(*said[:-1], "y", "--on", "2026-05-15").out
    assert left == []
    assert "the account is lost" in kamgen("log", "gamle", "--type", "contact", "--then", "lunch").err


def test_a_proposal_meeting_is_asked_for_its_proposal(folder: Path, kamgen: Kamgen, answers: Callable[..., list[str]]):
    write(folder)
    answers("proposal", "today", "They like it", "Send it", "https://x.example/p", "none")
    out = kamgen("log", "havnens", "--with", "anna").out
    assert "documents: [https://x.example/p]" in (folder / "plans" / "havnens.md").read_text("utf-8")
    assert "no written proposal" not in out
    answers("proposal", "yesterday", "They like it", "Send it", "", "none")
    assert "there is no written proposal: " in kamgen("log", "havnens", "--with", "carl").out
    left = answers("proposal", "yesterday", "They like it", "Send it", "none")
    assert kamgen("log", "havnens", "--with", "anna", "--document", "https://x.example/q").code == 0
    assert left == []
