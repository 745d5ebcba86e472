"""`--format json` of the commands that write: one object, also where they refuse."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from kamgen import cli, store
from tests.commands.conftest import Kamgen
from tests.commands.editing import PLAN, Play, write

LINES = (
    'log havnens --type contact --with anna --note "Called" --next-step "Send it" --then status-meeting --on 2026-06-02',
    "log havnens --type status-meeting --with anna --date 2026-04-28 --note Held",
    "plan havnens --type lunch --on friday --with anna --dry-run",
    'held havnens spring --note "As planned" --document https://x.example/a',
    "move havnens spring --to 2026-05-20",
    "cancel havnens 2026-09-09",
    "retype havnens early-may --type contact",
    'contact add havnens "Dora Dal" --function ceo',
    "contact edit havnens carl --title Buyer",
    "contact left havnens carl",
    'review havnens --outcome "Go on"',
    "set havnens potential 200000",
    "set havnens potential 180000",
    "set havnens company.city Aarhus",
    "set havnens potential --clear",
    "set havnens goals.g1.actual 150",
    'new "Nordisk Fisk" --tier D --owner kari',
    'new "Nordisk Fisk" --tier D --owner kari --dry-run',
    "fmt",
    "fmt --check byens",
    "log ns --type contact",
    "log havnens --type meeting",
    "log havnens --type contact --with nobody",
    "held havnens status",
    "held havnens",
    "log",
    "set havnens goals.g9.actual 150",
    "plan havnens --type lunch",
    "plan gamle --type lunch --on friday",
)


def test_what_a_program_reads(folder: Path, play: Play, reviewed: Callable[[str, str], None]):
    told = [line.rstrip() for text in (play(f"{line} --format json") for line in LINES) for line in text.split("\n+++ ")[0].splitlines()]
    reviewed("command-answers.txt", "\n".join(told) + "\n")


def test_every_command_that_writes_has_it():
    context = click.Context(cli.cli)
    """Those that only read have one already; a site, a rule's page and a schema are their own form."""
    reads_for_people = {"build", "serve", "pages", "schema", "explain"}
    for name in cli.COMMANDS.keys() - reads_for_people:
        command = cli.cli.get_command(context, name)
        for one in command.commands.values() if isinstance(command, click.Group) else [command]:
            assert one is not None
            assert "--format" in {word for parameter in one.params for word in parameter.opts}, name


def test_every_answer_has_the_same_keys(folder: Path, kamgen: Kamgen):
    keys = set()
    for line in LINES[:18]:
        write(folder)
        (folder / "plans" / "nordisk-fisk.md").unlink(missing_ok=True)
        keys.add(tuple(json.loads(kamgen(*shlex.split(line), "--format", "json").out)))
    assert keys == {("command", "account", "path", "changed", "did", "activities", "contacts", "fields", "next", "errors", "diff")}


def test_a_year_is_planned(folder: Path, kamgen: Kamgen):
    write(folder)
    told = json.loads(kamgen("schedule", "havnens", "--format", "json").out)
    planned = [one for one in told["fields"] if one.endswith(".date")]
    assert len(told["activities"]) == len(planned) > 0
    assert told["next"]["id"] == "early-may"


def test_a_plan_that_cannot_be_read_and_a_disk_that_is_full(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    write(folder)
    file = folder / "plans" / "havnens.md"
    file.write_text(PLAN.replace("potential: 180000", "potential: ["), encoding="utf-8")
    result = kamgen("set", "havnens", "tier", "C", "--format", "json")
    assert (result.code, result.err) == (1, "")
    assert json.loads(result.out)["error"].startswith("plans/havnens.md, line ")
    result = kamgen("fmt", "--format", "json")
    assert (result.code, result.err) == (1, "")
    assert [one["path"] for one in json.loads(result.out)["plans"] if one["error"]] == ["plans/havnens.md"]

    def fails(*_: object) -> None:
        raise store.BusyError("plans/byens.md", "busy")

    monkeypatch.setattr(store, "_begin", fails)
    result = kamgen("set", "byens", "tier", "C", "--format", "json")
    assert (result.code, result.err) == (3, "")
    assert json.loads(result.out) == {"command": "set", "error": "plans/byens.md: busy", "candidates": []}


def test_two_versions_and_a_calendar(folder: Path, kamgen: Kamgen):
    write(folder)
    for name, tier in (("base", "B"), ("ours", "C"), ("theirs", "D")):
        (folder / name).write_text(PLAN.replace("tier: B", f"tier: {tier}"), encoding="utf-8")
    result = kamgen("merge", "base", "ours", "theirs", "--path", "plans/havnens.md", "--format", "json")
    told = json.loads(result.out)
    assert (result.code, result.err, told["command"], told["account"], told["changed"]) == (1, "", "merge", "havnens", True)
    assert len(told["clashes"]) == 1
    told = json.loads(kamgen("ics", "--account", "havnens", "--format", "json").out)
    assert (told["account"], told["person"], told["path"]) == ("havnens", None, None)
    assert told["calendar"].count("BEGIN:VEVENT") == told["events"] > 0
    told = json.loads(kamgen("ics", "--kam", "kari", "-o", "k.ics", "--format", "json").out)
    assert (told["account"], told["person"], told["path"], told["calendar"]) == (None, "kari.nygaard", "k.ics", None)
    assert (folder / "k.ics").is_file()


def test_people_read_a_line_where_no_command_was_understood(kamgen: Kamgen, folder: Path):
    result = kamgen("log", "--nonsense", "--format", "json")
    assert (result.code, result.out) == (2, "")


@pytest.mark.parametrize(
    ("line", "error", "candidates"),
    [
        ("rules --tier zz", "there is no tier zz; the tiers are: ", ["programme", "A", "B", "C", "D"]),
        ("upcoming --owner zz", "zz: there is no such person", ["kari.nygaard", "vera.lind", "jens.holm"]),
        ('upcoming --owner "Kari Nygard"', "Kari Nygard: there is no such person", ["kari.nygaard"]),
        ("upcoming --days -1", "Invalid value for '--days': -1 is not in the range", []),
        ("upcoming --as-of soon", '--as-of: "soon" is not a date', []),
        ("check zz", "zz: there is no such plan", []),
        ("check plans/havnen.md", "plans/havnen.md: there is no such plan", ["plans/havnens.md"]),
        ("check --as-of soon", '--as-of: "soon" is not a date', []),
    ],
)
def test_a_refusal_of_what_only_reads(folder: Path, kamgen: Kamgen, line: str, error: str, candidates: list[str]):
    write(folder)
    result = kamgen(*shlex.split(line), "--format", "json")
    told = json.loads(result.out)
    assert (result.code, result.err, list(told)) == (2, "", ["command", "error", "candidates"])
    assert (told["command"], told["error"][: len(error)]) == (line.split(maxsplit=1)[0], error)
    assert [one["id"] for one in told["candidates"]] == candidates
    people = kamgen(*shlex.split(line))
    assert (people.code, people.out, people.err.startswith(f"kamgen: {error}")) == (2, "", True)


def test_other_reports_of_a_check_refuse_in_a_line(folder: Path, kamgen: Kamgen):
    for form in ("jsonl", "sarif", "github"):
        assert kamgen("check", "zz", "--format", form) == (2, "", "kamgen: zz: there is no such plan\n")


def test_a_folder_without_plans_is_told_to_a_program(tmp_path: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for command in ("check", "rules", "upcoming", "pages"):
        told = json.loads(kamgen(command, "--format", "json").out)
        assert told["error"].startswith("there is no folder plans/")
