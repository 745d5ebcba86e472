"""Commands that edit a plan, played one after the other on the same small portfolio; what a person sees of each, with the difference."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Callable
from pathlib import Path

from tests.commands.conftest import Kamgen

Play = Callable[..., str]
PEOPLE = """  - {id: jens.holm, name: Jens Holm, role: specialist}
rules:"""
PLAN = """---
account: Havnens Købmandshuse A/S   # the harbour
tier: B
owner: kari.nygaard
deputy: null
status: active
potential: 180000

contacts:
  - {id: anna-lind, name: Anna Lind, title: Head of procurement, function: procurement}   # knows everything
  - {id: bo-berg, name: 'Bo Berg', function: ceo, left: 2026-01-31}
  - name: Carl Holm
    phone: "+45 86 12 34 56"

activities:
  # the older ones are in the archive
  - {date: 2026-03-04, type: discovery-meeting, status: held, contacts: [anna-lind], note: Wants fewer suppliers, next_step: Proposal}
  - id: spring
    date: 2026-04-28      # overdue
    type: status-meeting
    status: planned
    contacts: [anna-lind, carl-holm]
    channel: in-person
    subject: "Spring: what next"
  - {id: early-may, date: 2026-05-11, type: status-meeting, status: planned, contacts: [anna-lind], subject: Autumn}

  - {date: 2026-09-09, type: agreed-sales-meeting, status: planned, subject: Winter}

goals:
  - {id: g1, text: Revenue, measure: revenue, start: 2026-01-01, due: 2026-12-31, baseline: 100, target: 200, actual: 120}
---

## What have we done so far?

Rebuilt the harbour branch.
"""
CLOSED = PLAN.replace("status: active", "status: lost\nstatus_reason: They closed", 1).replace("Havnens Købmandshuse A/S", "Gamle Butik", 1)
FAR = "---\naccount: Byens Bageri\ntier: B\nowner: kari.nygaard\n---\n"


def write(folder: Path) -> None:
    """A key account with everything that is edited, one that is lost, one with next to nothing."""
    plans = folder / "plans"
    portfolio = plans / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").partition("rules:")[0] + PEOPLE + " {extends: per-account}\n", encoding="utf-8")
    for name, text in (("havnens", PLAN), ("gamle", CLOSED), ("byens", FAR)):
        (plans / f"{name}.md").write_text(text, encoding="utf-8")


def texts(folder: Path) -> dict[str, bytes]:
    """Every file below `plans/`, and its bytes."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted((folder / "plans").rglob("*")) if file.is_file()}


def difference(before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """The changed lines of every file, each hunk with its place."""
    lines: list[str] = []
    for name in sorted({*before, *after}):
        old, new = (side.get(name, b"").decode().split("\n") for side in (before, after))
        lines += list(difflib.unified_diff(old, new, name, name, n=0, lineterm=""))[1:]
    return "".join(f"{line}\n" for line in lines)


def player(folder: Path, kamgen: Kamgen) -> Play:
    """Plays command lines, each on the portfolio as it was; one that fails must not have changed a byte."""
    write(folder)
    before = texts(folder)

    def play(*lines: str) -> str:
        seen = []
        for line in lines:
            result = kamgen(*shlex.split(line))
            after = texts(folder)
            changed = difference(before, after)
            if result.code:
                assert not changed, line
                assert (result.err or "\n").count("\n") == 1 or all(told.startswith("  ") for told in result.err.splitlines()[1:]), line
            seen.append(f"$ kamgen {line}\n{result.out}{result.err}[{result.code}]\n{changed}")
            for name in after.keys() - before.keys():
                (folder / name).unlink()
            for name, data in before.items():
                (folder / name).write_bytes(data)
        return "\n".join(seen)

    return play
