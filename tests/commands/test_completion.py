"""What the shell completes: accounts, people, activities, types, tiers, fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from kamgen.cli import cli
from tests.commands.editing import write


def completed(arguments: str, begun: str) -> list[str]:
    found = ShellComplete(cli, {}, "kamgen", "_KAMGEN_COMPLETE").get_completions(arguments.split(), begun)
    return [item.value for item in found]


@pytest.fixture(autouse=True)
def _plans(folder: Path) -> None:
    write(folder)


@pytest.mark.parametrize(
    ("arguments", "begun", "found"),
    [
        ("log", "", ["byens", "gamle", "havnens"]),
        ("log", "ha", ["havnens"]),
        ("log havnens --type", "stat", ["status-meeting"]),
        ("log havnens --type", "call", ["contact", "proactive-sales-call"]),
        ("log havnens --with", "", ["anna-lind", "bo-berg", "carl-holm", "kari.nygaard", "vera.lind", "jens.holm"]),
        ("log havnens --with", "lind", ["anna-lind", "vera.lind"]),
        ("log havnens --by", "k", ["kari.nygaard"]),
        ("log nowhere --with", "", []),
        ("contact left havnens", "c", ["carl-holm"]),
        ("contact add havnens Dora --reports-to", "an", ["anna-lind"]),
        ("move havnens", "", ["spring", "early-may", "2026-09-09"]),
        ("new Fisk --tier", "", ["programme", "A", "B", "C", "D"]),
        ("set havnens", "company.ci", ["company.city"]),
        ("set havnens", "tier", ["tier", "tier_reason"]),
        ("fmt", "b", ["byens"]),
    ],
)
def test_what_is_offered(monkeypatch: pytest.MonkeyPatch, arguments: str, begun: str, found: list[str]):
    monkeypatch.setenv("COMP_WORDS", f"kamgen {arguments} {begun}")
    assert completed(arguments, begun) == found


def test_of_two_plans_of_an_id_the_paths_are_offered(folder: Path):
    (folder / "plans" / "sub").mkdir()
    (folder / "plans" / "sub" / "byens.md").write_text("---\naccount: Another\n---\n", encoding="utf-8")
    assert completed("log", "") == ["plans/byens.md", "gamle", "havnens", "plans/sub/byens.md"]


def test_where_nothing_can_be_read_nothing_is_offered(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "plans" / "portfolio.yml").write_text("[", encoding="utf-8")
    assert completed("log havnens --type", "") == []
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir("/")
    assert completed("log", "") == []


FREE = {
    *("ADDRESS", "AMOUNT", "DATE", "HH:MM", "HOST:PORT", "LINK", "NUMBER", "TEXT", "VALUE...", "WEEK"),
    *("BASE", "FILE", "FOLDER", "OURS", "THEIRS", "[PATH]..."),
    *("BACKGROUND", "DESCRIPTION", "EMAIL", "ID", "INFLUENCE", "INTERESTS", "NAME", "PHONE", "RELATIONSHIP", "SINCE", "TITLE", "WANTED"),
}
"""What is written freely, or is a file, for which shells need nobody: all else can be completed."""


def parameters(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Parameter]]:
    """Every parameter of every command, each with the words of its command."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from parameters(below, (*words, name))
        return
    yield from ((" ".join((*words, parameter.opts[-1])), parameter) for parameter in command.params)


def test_whatever_has_a_list_to_choose_from_is_completed():
    """An option that a new command brings is in FREE, or completed."""
    texts = [(name, one) for name, one in parameters(cli) if isinstance(one.type, click.types.StringParamType)]
    bare = [(name, one.make_metavar(click.Context(cli))) for name, one in texts if one._custom_shell_complete is None]
    assert len(texts) > len(bare) > 50
    assert [(name, shown) for name, shown in bare if shown not in FREE] == []


@pytest.mark.parametrize(
    ("arguments", "begun", "found"),
    [
        *((f"{command} {option}", "je", ["jens.holm"]) for command in ("agenda", "worklog", "digest", "ics") for option in ("--kam",)),
        ("upcoming --owner", "lind", ["vera.lind"]),
        ("brief", "by", ["byens"]),
        ("ics --account", "ha", ["havnens"]),
        ("rules --tier", "", ["programme", "A", "B", "C", "D"]),
        ("explain", "no-next", ["no-next-activity"]),
        ("explain", "kam20", ["KAM201", "KAM202", "KAM203", "KAM204", "KAM205", "KAM206", "KAM207", "KAM208", "KAM209"]),
        ("log havnens --offer", "", ["crates"]),
        ("new Fisk --segment", "sh", ["shops"]),
        ("new Fisk --region", "", ["north"]),
    ],
)
def test_what_is_read_is_offered_too(folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, begun: str, found: list[str]):
    for name, before, more in (("portfolio.yml", "title:", "segments: [hotels, shops]\nregions: [north]\n"), ("havnens.md", "goals:", OFFER)):
        file = folder / "plans" / name
        file.write_text(file.read_text("utf-8").replace(before, f"{more}{before}", 1), encoding="utf-8")
    monkeypatch.setenv("COMP_WORDS", f"kamgen {arguments} {begun}")
    assert completed(arguments, begun) == found


OFFER = "offers:\n  - {id: crates, text: Crates}\n  - {text: Bottles}\n"
