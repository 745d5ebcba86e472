"""Verdicts on a small portfolio with names that every format must survive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from kamgen.baseline import marked, parse, renewed, written
from kamgen.clock import AsOf
from kamgen.frozen import with_values
from kamgen.report import Verdict
from kamgen.workspace import load
from tests.commands.conftest import GOOD, PORTFOLIO, UNCOVERED

AS_OF = dt.date(2026, 5, 6)
HOSTILE = "A|B <b>x</b> &amp; `c` @mention #123 *b* _u_ [a](http://b) ]]> www.c.dk GH-7 :smile: ~~s~~ $x$ \\\\ ::error::%0A,"
"""As it stands in YAML between double quotes: pipes, tags, mark-up, mentions, links, commands."""
SHOWN = HOSTILE.replace("\\\\", "\\")

TOLD = {"no-next-activity", "not-a-plan", "unknown-key", "unknown-tier", "unknown-parent", "unknown-segment", "bad-file-name"}
"""The rules that these tests are about: what others find in the plans is their tests' business."""

Judge = Callable[..., Verdict]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """The verdict on plans by name, beside the good one; `known` puts what they have into a baseline first."""

    def verdict(*, known: bool = False, **plans: str) -> Verdict:
        folder = tmp_path / "plans"
        folder.mkdir(exist_ok=True)
        for name, text in {"portfolio.yml": PORTFOLIO, "havnens.md": GOOD, **{f"{name}.md": text for name, text in plans.items()}}.items():
            (folder / name).write_text(text, encoding="utf-8")
        workspace = load(tmp_path, AS_OF)
        told = tuple(found for found in workspace.diagnostics if found.rule in TOLD)
        workspace = with_values(workspace, diagnostics=told)
        if known:
            baseline = parse(written(renewed({}, workspace.diagnostics)))
            workspace = with_values(workspace, diagnostics=marked(workspace.diagnostics, baseline))
        return Verdict(workspace, AsOf(AS_OF, "option"), len(workspace.accounts), partial=False, baseline="known.jsonl" if known else "")

    return verdict


@pytest.fixture
def hostile(judge: Judge) -> Verdict:
    """An error and a warning of two accounts that are called as no customer is."""
    return judge(byens=UNCOVERED.replace("Byens Købmandshuse A/S", f'"{HOSTILE}"'), zetas=UNCOVERED.replace("tier: B", "tier: C"))


def moved(text: str) -> str:
    """A plan with lines above everything that is found in it."""
    return text.replace("---\n", "---\n# one\n# two\n# three\n", 1)
