"""A small portfolio on disk, and kamgen run in it as people run it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kamgen import cli
from tests import fewer

PORTFOLIO = f"""title: Test accounts
currency: DKK
today: 2026-05-06
time_zone: Europe/Copenhagen
people:
  - {{id: kari.nygaard, name: Kari Nygaard, role: kam}}
  - {{id: vera.lind, name: Vera Lind, role: leader}}
rules: {fewer.rules("per-account", "C", "D")}
"""
GOOD = """---
account: Havnens Købmandshuse A/S
tier: D
owner: kari.nygaard
contacts:
  - {name: Anna Lind, function: procurement}
activities:
  - {date: 2026-06-09, type: agreed-sales-meeting, status: planned, contacts: [Anna Lind], subject: Autumn, channel: in-person}
  - {date: 2026-09-09, type: agreed-sales-meeting, status: planned, contacts: [Anna Lind], subject: Winter, channel: in-person}
---
"""
UNCOVERED = GOOD.replace("tier: D", "tier: B").replace("Havnens", "Byens").replace("status: planned", "status: cancelled")


class Result(NamedTuple):
    """What a person sees of a command."""

    code: int
    out: str
    err: str


Kamgen = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one good plan; the current folder."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    (plans / "havnens.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAMGEN_AS_OF", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


@pytest.fixture
def kamgen(capsys: pytest.CaptureFixture[str]) -> Kamgen:
    """Runs a command; nothing but SystemExit may leave it."""

    def run(*arguments: str) -> Result:
        try:
            code = cli.run(list(arguments))
        except SystemExit as stop:
            code = int(stop.code or 0)
        seen = capsys.readouterr()
        return Result(code, seen.out, seen.err)

    return run


@pytest.fixture
def uncovered(folder: Path) -> Path:
    """A key account without a next activity, beside the good plan."""
    (folder / "plans" / "byens.md").write_text(UNCOVERED, encoding="utf-8")
    return folder


@pytest.fixture
def play(folder: Path, kamgen: Kamgen) -> Callable[..., str]:
    """Plays commands that edit a plan: what a person sees of each, and the difference."""
    from tests.commands import editing

    return editing.player(folder, kamgen)
