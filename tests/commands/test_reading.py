"""The commands that read: status, agenda, brief, worklog, digest; on a terminal, in a mail, and for programs."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from tests.commands import reading
from tests.commands.conftest import Kamgen

Reviewed = Callable[[str, str], None]
LEFT_OUT = "plans/ulaest.md cannot be read and is left out; `kamgen check plans/ulaest.md` says why"
COMMANDS = {
    "status": ("status",),
    "agenda": ("agenda",),
    "agenda-kam": ("agenda", "--kam", "vera", "--days", "60"),
    "brief": ("brief", "alph"),
    "brief-bare": ("brief", "beta"),
    "worklog": ("worklog", "--kam", "kari", "--week", "2026-W18"),
    "digest": ("digest", "--kam", "kari"),
    "digest-turned": ("digest", "--kam", "vera", "--since", "2026-03-01"),
    "digest-markdown": ("digest", "--kam", "vera", "--format", "markdown", "--since", "2026-03-01"),
}


@pytest.fixture
def three(folder: Path) -> Path:
    return reading.write(folder)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_people_read(three: Path, kamgen: Kamgen, reviewed: Reviewed, name: str):
    result = kamgen(*COMMANDS[name])
    silent = name == "status" or name.startswith("brief")
    assert (result.code, result.err) == (0, "" if silent else f"kamgen: {LEFT_OUT}\n")
    assert "\x1b" not in result.out
    reviewed(f"read-{name}.txt", result.out)


@pytest.mark.parametrize("name", ["status", "agenda", "brief", "worklog", "digest"])
def test_what_programs_read(three: Path, kamgen: Kamgen, reviewed: Reviewed, name: str):
    result = kamgen(*COMMANDS[name], "--format", "json")
    assert (result.code, result.err) == (0, "")
    json.loads(result.out)
    reviewed(f"read-{name}.json", result.out)


def test_nothing_to_tell_is_told(folder: Path, kamgen: Kamgen):
    (folder / "plans" / "havnens.md").unlink()
    assert kamgen("agenda").out.startswith("0 overdue, 0 ahead, 0 accounts without a next activity; until 2026-05-20, as of 2026-05-06 (pinned")
    assert "Key account managers" not in kamgen("status").out
    assert "\n  Key accounts with a next activity   –\n" in kamgen("status").out
    assert kamgen("worklog", "--kam", "kari").out.endswith("week 2026-W19 (2026-05-04 to 2026-05-10)\n\nNothing was held in this week.\n")
    assert "every account has a next activity" in kamgen("digest", "--kam", "kari", "--format", "html").out


def test_a_day_changes_what_is_told(three: Path, kamgen: Kamgen):
    assert "Overdue" not in kamgen("agenda", "--as-of", "2026-04-01").out
    assert json.loads(kamgen("status", "--as-of", "2026-06-01", "--format", "json").out)["next_activity"] == {"part": 0, "whole": 2}
    assert json.loads(kamgen("brief", "alpha", "--as-of", "2026-04-01", "--format", "json").out)["last"] is None
    assert "Nothing is planned with the customer." in kamgen("brief", "alpha", "--as-of", "2026-06-01").out


def test_long_lists_are_cut_on_one_screen(folder: Path, kamgen: Kamgen):
    text = reading.BETA.replace("2026-05-20, type: internal-meeting", "2026-05-01, type: contact")
    for number in range(7):
        (folder / "plans" / f"shop-{number}.md").write_text(text.replace("Beta Trading", f"Shop {number}"), encoding="utf-8")
    told = kamgen("status").out
    assert [line for line in told.splitlines() if "more" in line] == ["  and 2 more", "  and 9 more", "  and 2 more", told.splitlines()[-1]]
    listed = (
        (folder / "plans" / "shop-0.md")
        .read_text("utf-8")
        .replace("status_reason", "offers: [" + "{text: One, status: sent}, " * 7 + "]\nstatus_reason")
    )
    (folder / "plans" / "shop-0.md").write_text(listed, encoding="utf-8")
    assert "Open offers\n" + "  One\n" * 5 + "  and 2 more\n" in kamgen("brief", "shop-0").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("brief", "zzz"), "zzz: none of the 4 accounts is called so: "),
        (("agenda", "--kam", "zzz"), "zzz: nobody in plans/portfolio.yml is called so"),
        (("agenda", "--as-of", "soon"), '--as-of: "soon" is not a date'),
        (("digest", "--kam", "kari", "--since", "soon"), '--since: "soon" is not a date'),
        (("worklog", "--kam", "kari", "--week", "2026-21"), "2026-21: this is no week; write it like 2026-W21"),
        (("worklog", "--kam", "kari", "--week", "2026-W54"), "2026-W54: this is no week; write it like 2026-W21"),
        (("worklog", "--kam", "n"), "n: 2 of us are called so: Kari Nygaard (kari.nygaard), Vera Lind (vera.lind)"),
        (("ics", "--account", "a"), "a: 4 accounts are called so: "),
        (("ics", "a"), "a: 4 accounts are called so: "),
        (("ics", ""), '"": none of the 4 accounts is called so: '),
        (("ics", "omega", "--account", "alpha"), "omega and --account alpha: a calendar is of one account; name it once"),
        (("ics", "-o", "plans"), "plans: this is no name for a calendar; write one that ends in .ics"),
        (("ics", "-o", "plans/alpha.md"), "plans/alpha.md: this is no name for a calendar"),
    ],
)
def test_misuse_is_one_line(three: Path, kamgen: Kamgen, arguments: tuple[str, ...], sentence: str):
    result = kamgen(*arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"kamgen: {sentence}")


@pytest.mark.parametrize("command", ["brief", "ics"])
def test_a_plan_that_cannot_be_read_is_refused(three: Path, kamgen: Kamgen, command: str):
    """With the exit code of the commands that edit one."""
    sentence = "plans/ulaest.md: this plan cannot be read; `kamgen check plans/ulaest.md` says why"
    assert kamgen(command, "ulaest") == (1, "", f"kamgen: {sentence}\n")
    assert json.loads(kamgen(command, "ulaest", "--format", "json").out) == {"command": command, "error": sentence, "candidates": []}
    assert kamgen("set", "ulaest", "tier", "B").code == 1


@pytest.mark.parametrize("line", ["agenda", "worklog --kam kari", "digest --kam kari", "ics --kam kari", "ics"])
def test_plans_that_cannot_be_read_are_named(three: Path, kamgen: Kamgen, line: str):
    told = json.loads(kamgen(*line.split(), "--format", "json").out)
    assert told["unread"] == [{"path": "plans/ulaest.md", "message": LEFT_OUT}]
    marked = reading.ALPHA.replace("tier: A\n", "tier: A\n<<<<<<< HEAD\n")
    (three / "plans" / "alpha.md").write_text(marked, encoding="utf-8")
    sentence = "kamgen: 2 plans cannot be read and are left out; `kamgen check plans/alpha.md plans/ulaest.md` says why\n"
    assert kamgen(*line.split())[::2] == (0, sentence)
    for plan in ("alpha", "ulaest"):
        (three / "plans" / f"{plan}.md").unlink()
    assert kamgen(*line.split())[::2] == (0, "")


def test_the_mail_is_whole_and_fetches_nothing(three: Path, kamgen: Kamgen, reviewed: Reviewed):
    told = kamgen("digest", "--kam", "kari", "--since", "2026-03-01", "--format", "html").out
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(told)
    names = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not names & {"script", "img", "link", "style", "iframe", "a"}
    assert not re.search(r"url\(|src=|href=|class=|@import", told)
    assert "&lt;script&gt;" in told
    reviewed("read-digest.html", told)


def test_a_mail_says_nothing_private(three: Path, kamgen: Kamgen):
    plan = three / "plans" / "alpha.md"
    hidden = "visibility: {activities.s2: private, activities.s1.place: private}\n---\n"
    plan.write_text(reading.ALPHA.removesuffix("---\n") + hidden, encoding="utf-8")
    for form in ("text", "html", "markdown", "json"):
        assert not re.search("Samples|Their office", kamgen("digest", "--kam", "kari", "--since", "2026-01-01", "--format", form).out)
    assert "Samples" in kamgen("agenda").out


@pytest.mark.parametrize(("name", "told"), [("# Acme", "&#35; Acme (tier B)"), ("1. FC", "&#49;. FC (tier B)"), ("*Ole*", "&#42;Ole&#42; (tier B)")])
def test_a_name_never_begins_mark_up(three: Path, kamgen: Kamgen, name: str, told: str):
    (three / "plans" / "beta.md").write_text(reading.BETA.replace("Beta Trading", f"'{name}'"), encoding="utf-8")
    assert f"\n- {told} has no customer activity" in kamgen(*COMMANDS["digest-markdown"]).out


def test_calendars_from_the_command_line(three: Path, kamgen: Kamgen):
    def summaries(*arguments: str) -> list[str]:
        target = three / "out.ics"
        told = "" if "bet" in arguments else f"kamgen: {LEFT_OUT}\n"
        assert kamgen("ics", "-o", str(target), *arguments)[:3:2] == (0, told)
        content = target.read_bytes().decode().replace("\r\n ", "")
        return re.findall("^(?:SUMMARY|X-WR-CALNAME):(.*)\r$", content, re.MULTILINE)

    assert summaries("--kam", "vera") == [
        "Vera Lind – Test accounts",
        "Overdue: Beta Trading: Status meeting",
        "Beta Trading: Call or mail",
        "Alpha | <script>alert(1)</script> {{ x }}: Status meeting – Autumn",
        "Beta Trading: Internal meeting – How to go on",
    ]
    assert summaries("--account", "bet")[0] == "Beta Trading – Test accounts"
    assert len(summaries("--account", "bet")) == 4
    assert summaries("bet") == summaries("--account", "bet")
    assert summaries()[0] == "Test accounts"
    assert len(summaries("--as-of", "2026-09-01")) == 5


def test_a_calendar_is_printed_as_bytes(three: Path):
    done = run(three, "ics", "--account", "omega")
    assert done.returncode == 0
    assert done.stdout.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert done.stdout.endswith(b"END:VCALENDAR\r\n")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "KAMGEN_AS_OF"}}
    return subprocess.run([sys.executable, "-m", "kamgen", *arguments], cwd=folder, env=clean | environment, capture_output=True, check=False)


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_is_for_a_terminal_and_not_where_it_is_refused(three: Path, environment: dict[str, str], coloured: bool):
    assert b"\x1b" not in run(three, "agenda", **environment).stdout
    assert (b"\x1b[" in on_terminal(three, environment)) is coloured


def on_terminal(folder: Path, environment: dict[str, str]) -> bytes:
    clean = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "KAMGEN_AS_OF"}} | {"TERM": "xterm"}
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "kamgen", "agenda"], cwd=folder, env=clean | environment, stdout=theirs) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 4096):
                seen += piece
        except OSError:
            pass
        process.wait()
    os.close(ours)
    return seen


@pytest.mark.parametrize(
    "line",
    ["brief nix", "agenda --kam nix", "digest --kam zz", "worklog --kam kari --week 99", "status --as-of foo", "brief ulaest", "agenda --days x"],
)
def test_a_program_reads_what_was_refused(three: Path, kamgen: Kamgen, line: str):
    plain = kamgen(*line.split())
    result = kamgen(*line.split(), "--format", "json")
    told = json.loads(result.out)
    assert (result.code, result.err, plain.out) == (plain.code, "", "")
    assert plain.err.startswith(f"kamgen: {told['error']}")
    assert told["command"] == line.split(maxsplit=1)[0]
    assert [set(one) for one in told["candidates"]] == [{"id", "name"}] * len(told["candidates"])
    if "nix" in line or "zz" in line:
        assert told["candidates"]
    if line.startswith("digest"):
        assert kamgen(*line.split(), "--format", "html") == plain


def test_who_left_is_not_told_to_be_there(three: Path, kamgen: Kamgen):
    assert kamgen("contact", "left", "alpha", "anna").code == 0
    nobody = "Tue 2026-05-12 10:00  {}Status meeting – Autumn, with nobody who is still there"
    assert nobody.format("") in kamgen("brief", "alpha").out
    assert "Anna Lind, Head of procurement" not in kamgen("brief", "alpha").out
    assert "Status meeting – Autumn, with nobody who is still there" in kamgen("agenda").out
    assert "Status meeting – Autumn, with nobody who is still there" in kamgen("digest", "--kam", "kari").out
    entries = kamgen("ics", "alpha").out.replace("\r\n ", "").replace("\n ", "").split("BEGIN:VEVENT")
    assert any("Spring" in entry and "Anna Lind" in entry for entry in entries)
    assert not any("Autumn" in entry and "Anna Lind" in entry for entry in entries)
    assert "Status meeting – Spring, with Anna Lind (left), Per Vig" in kamgen("brief", "alpha").out


def test_who_has_left_since_is_told_to_have(three: Path, kamgen: Kamgen):
    file = three / "plans" / "alpha.md"
    text = (
        file.read_text("utf-8")
        .replace("name: Per Vig,", "name: Per Vig, left: 2026-05-06,")
        .replace("name: Anna Lind,", "name: Anna Lind, left: 2026-05-07,")
    )
    file.write_text(text, encoding="utf-8")
    assert "Status meeting – Spring, with Anna Lind, Per Vig (left)\n" in kamgen("brief", "alph").out
    assert "met: Anna Lind (Head of procurement), Per Vig (left)\n" in kamgen("worklog", "--kam", "kari", "--week", "2026-W18").out
    told = kamgen("worklog", "--kam", "kari", "--week", "2026-W18", "--as-of", "2026-05-07").out
    assert "met: Anna Lind (Head of procurement, left), Per Vig (left)\n" in told
