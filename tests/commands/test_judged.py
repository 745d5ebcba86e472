"""What an edit brings that `kamgen check` fails for is told by the command that brings it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from kamgen.commands import judged
from kamgen.commands.office import office
from tests.commands.conftest import Kamgen
from tests.commands.editing import PLAN, texts, write

BROUGHT = "kamgen check will now say: error["
GONE = "  - {id: gone.person, name: Gone Person, role: kam, active: false}\nrules:"
RICH = PLAN.replace(
    "goals:",
    "reviews:\n  - {date: 2026-04-01, by: kari.nygaard, outcome: Go on}\n  - {date: 2025-10-01, by: kari.nygaard, outcome: Go on}\n"
    "sales:\n  - {product: fittings, spend: 100, competitor_shares: {others: 0.5}}\ngoals:",
)
"""A plan with reviews and shares."""


@pytest.fixture
def rich(folder: Path) -> Path:
    """The portfolio of the commands that edit, with one of us who has gone, and a product."""
    write(folder)
    portfolio = folder / "plans" / "portfolio.yml"
    text = portfolio.read_text("utf-8").replace("rules:", GONE, 1)
    portfolio.write_text(f"{text}products:\n  - {{id: fittings, name: Fittings}}\n", encoding="utf-8")
    (folder / "plans" / "havnens.md").write_text(RICH, encoding="utf-8")
    return folder


def _errors(kamgen: Kamgen, name: str) -> set[str]:
    """The codes of the errors that `kamgen check` finds in a plan."""
    found = json.loads(kamgen("check", f"plans/{name}.md", "--format", "json").out)["diagnostics"]
    return {one["code"] for one in found if one["severity"] == "error" and one["path"] == f"plans/{name}.md"}


@pytest.mark.parametrize(
    ("line", "name", "codes"),
    [
        ("new Neu --tier A --owner kari", "neu", {"KAM309"}),
        ("new Neu --tier A --owner gone", "neu", {"KAM309", "KAM612"}),
        ("new Neu --tier A --owner kari --since 2020-01-01", "neu", {"KAM309", "KAM501", "KAM601"}),
        ("set havnens owner gone", "havnens", {"KAM612"}),
        ("set havnens reviews --clear", "havnens", {"KAM601"}),
        ("set havnens visibility.foo team", "havnens", {"KAM705"}),
        ("set havnens sales.fittings.competitor_shares.others 1.1", "havnens", set()),
        ("set havnens sales.fittings.competitor_shares.more 0.9", "havnens", {"KAM509"}),
        ("set havnens potential 5", "havnens", set()),
        ("retype havnens 2026-03-04 --type proposal-meeting", "havnens", {"KAM207"}),
        ("contact edit havnens carl --id cc", "havnens", set()),
    ],
)
def test_errors_that_were_not_there_are_told(rich: Path, kamgen: Kamgen, line: str, name: str, codes: set[str]):
    before = texts(rich)
    known = _errors(kamgen, name) if f"plans/{name}.md" in before else set()
    would = kamgen(*shlex.split(line), "--dry-run")
    assert texts(rich) == before
    result = kamgen(*shlex.split(line))
    told = {text.removeprefix(BROUGHT)[:6] for text in result.out.splitlines()[1:]}
    assert told == codes
    assert sum("kamgen check would then say" in text for text in would.err.splitlines()) == len(codes)
    if result.code == 0:
        assert _errors(kamgen, name) - known - {"KAM201"} == codes


def test_the_last_of_theirs_who_leaves(rich: Path, kamgen: Kamgen):
    assert BROUGHT not in kamgen("contact", "left", "havnens", "anna").out
    assert f"{BROUGHT}KAM309]" in kamgen("contact", "left", "havnens", "carl").out


def test_a_program_reads_a_list(rich: Path, kamgen: Kamgen):
    told = json.loads(kamgen("set", "havnens", "owner", "gone", "--format", "json").out)["errors"]
    assert [(one["code"], one["rule"]) for one in told] == [("KAM612", "owner-inactive")]
    assert told[0]["message"]
    assert told[0]["help"]
    assert json.loads(kamgen("set", "havnens", "potential", "5", "--format", "json").out)["errors"] == []
    assert json.loads(kamgen("log", "havnens", "--type", "contact", "--note", "x", "--format", "json").out)["errors"] is None


def test_many_are_counted(rich: Path):
    here = office()
    file = rich / "plans" / "havnens.md"
    hidden = ", ".join(f"foo{number}: team" for number in range(judged.SHOWN + 1))
    desk = here.desk("plans/havnens.md", file.read_bytes().replace(b"goals:", f"visibility: {{{hidden}}}\ngoals:".encode()))
    found = [one for one in judged.errors(desk)[0] if one.code == "KAM705"]
    lines = judged.in_lines(found, (), dry_run=False)
    assert (len(lines), lines[-1]) == (judged.SHOWN + 1, "and 1 error more: kamgen check")


PROPOSED = "kamgen set havnens activities."


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", f"there is no written proposal: {PROPOSED}2026-05-05-proposal-meeting-anna-lind.documents LINK"),
        ("--document https://x.example/p", ""),
        ("--offer o1", f"there is no written proposal: {PROPOSED}2026-05-05-proposal-meeting-anna-lind.documents LINK"),
        ("--offer o2", ""),
        ("--offer o3", "the proposal is not said to be binding: kamgen set havnens offers.o3.binding true"),
    ],
)
def test_a_proposal_that_is_not_in_writing_is_said(rich: Path, kamgen: Kamgen, more: str, told: str):
    offers = """offers:
  - {id: o1, text: One}
  - {id: o2, text: Two, binding: true, documents: [https://x.example/2]}
  - {id: o3, text: Three, documents: [https://x.example/3]}
goals:"""
    (rich / "plans" / "havnens.md").write_text(RICH.replace("goals:", offers), encoding="utf-8")
    line = f"log havnens --type proposal-meeting --with anna --date 2026-05-05 --note 'They like it' --next-step Send {more}"
    out = kamgen(*shlex.split(line)).out
    assert told in out
    assert ("proposal is" in out or "written proposal" in out) == bool(told) == ("KAM207" in _errors(kamgen, "havnens"))
    assert BROUGHT not in out


def test_a_planned_proposal_meeting_that_was_held(rich: Path, kamgen: Kamgen):
    file = rich / "plans" / "havnens.md"
    planned = "  - {id: demo, date: 2026-05-05, type: proposal-meeting, status: planned, contacts: [anna-lind]}\n\n"
    file.write_text(RICH.replace("  - {date: 2026-09-09", f"{planned}  - {{date: 2026-09-09"), encoding="utf-8")
    out = kamgen("held", "havnens", "demo", "--note", "They like it", "--next-step", "Send").out
    assert f"; there is no written proposal: {PROPOSED}demo.documents LINK; " in out
    assert kamgen("set", "havnens", "activities.demo.documents", "https://x.example/p").code == 0
    assert "KAM207" not in _errors(kamgen, "havnens")


def test_what_the_answer_says_is_not_said_twice(rich: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAMGEN_AS_OF", "2026-05-28")
    out = kamgen("set", "gamle", "status", "active").out
    assert "still to settle: " in out
    assert "KAM216" not in out
    assert BROUGHT in out


def _parents(folder: Path, **parents: str) -> None:
    for name, parent in parents.items():
        above = f"parent: {parent}\n" if parent else ""
        (folder / "plans" / f"{name}.md").write_text(f"---\naccount: {name.title()}\ntier: D\nowner: kari.nygaard\n{above}---\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("parents", "circle"),
    [
        ({"acc": "", "other": "acc"}, "Acc > Other > Acc"),
        ({"acc": "", "aaa": "acc", "other": "aaa"}, "Aaa > Acc > Other > Aaa"),
        ({"acc": "aaa", "aaa": "", "other": "acc"}, "Acc > Other > Acc"),
    ],
)
def test_accounts_that_go_in_a_circle_are_refused_as_check_says_it(folder: Path, kamgen: Kamgen, parents: dict[str, str], circle: str):
    _parents(folder, **parents)
    before = texts(folder)
    told = kamgen("set", "acc", "parent", "other")
    assert (told.code, told.out) == (2, "")
    assert told.err == f"kamgen: {circle.partition(' ')[0]} is, through its parents, its own parent: {circle}\n"
    assert texts(folder) == before
    _parents(folder, acc="other")
    assert told.err.removeprefix("kamgen: ").strip() in kamgen("check").out


@pytest.mark.parametrize(
    "parents",
    [{"acc": "", "other": ""}, {"acc": "", "other": "nowhere"}, {"acc": "", "other": "more", "more": "other"}, {"acc": "other", "other": "acc"}],
)
def test_a_circle_that_an_edit_does_not_close_is_in_nobodys_way(folder: Path, kamgen: Kamgen, parents: dict[str, str]):
    _parents(folder, **parents)
    assert kamgen("set", "acc", "parent", "other").code == 0
    assert kamgen("set", "acc", "potential", "5").code == 0


def test_only_the_parents_are_read_for_a_circle(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    _parents(folder, acc="", other="top", top="", aside="acc")
    read: list[str] = []

    def reads(root: Path, path: str) -> bytes:
        read.append(path)
        return (root / path).read_bytes()

    monkeypatch.setattr(judged, "read_file", reads)
    assert kamgen("set", "acc", "parent", "other").code == 0
    assert read == ["plans/other.md", "plans/top.md"]
