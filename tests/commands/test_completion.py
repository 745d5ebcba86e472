"""What the shell completes: accounts, people, activities, types, tiers, fields."""

from __future__ import annotations

from pathlib import Path

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
