"""Every rule's folder under `tests/rules/` is its test, and the examples on its page.

A case is `good` or `bad`, or `bad-<words>`: a plan `<case>.md`, raw bytes `<case>.bin`, the target of a link `<case>.link`, or
a folder `<case>/` of several plans. Its portfolio is `<case>.yml`, else the folder's `portfolio.yml`, else the common one, whose
`today` is the date. `bad*.txt` is what `kamgen check` says of it by this rule; `KAMGEN_REWRITE=1` writes it anew.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import click
import pytest

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen.reports.text import lines
from kamgen.rule import REGISTRY
from kamgen.settings import read_portfolio_file
from kamgen.workspace import Workspace, load

RULES = Path(__file__).parent / "rules"
REWRITE = bool(os.environ.get("KAMGEN_REWRITE"))
BAD = sorted({(folder.name, case.stem) for folder in RULES.iterdir() if folder.is_dir() for case in folder.glob("bad*")})
PINNED = dt.date(2026, 5, 6)


def lay_out(folder: Path, case: str, root: Path) -> None:
    """The files of a case as a company has them, below `root`."""
    plans = root / "plans"
    if (folder / case).is_dir():
        shutil.copytree(folder / case, plans)
    else:
        plans.mkdir()
    for ending in ("md", "bin"):
        if (source := folder / f"{case}.{ending}").exists():
            (plans / f"{case}.md").write_bytes(source.read_bytes())
    if (link := folder / f"{case}.link").exists():
        (plans / f"{case}.md").symlink_to(link.read_text("utf-8").strip())
    portfolios = (folder / f"{case}.yml", folder / "portfolio.yml", RULES / "portfolio.yml")
    shutil.copyfile(next(file for file in portfolios if file.exists()), plans / "portfolio.yml")


def judged(folder: Path, case: str, root: Path) -> Workspace:
    lay_out(folder, case, root)
    return load(root, read_portfolio_file(root)[1].today or PINNED)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_rule_has_examples(name: str) -> None:
    cases = {file.stem for file in (RULES / name).iterdir() if file.suffix in {".md", ".link", ""}}
    assert {"good", "bad"} <= cases
    assert (RULES / name / "bad.txt").exists()


def test_no_folder_is_of_an_unknown_rule() -> None:
    assert sorted(folder.name for folder in RULES.iterdir() if folder.is_dir()) == sorted(REGISTRY)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_good(name: str, tmp_path: Path) -> None:
    workspace = judged(RULES / name, "good", tmp_path)
    assert workspace.accounts
    assert [lines(found) for found in workspace.diagnostics if found.rule == name] == []


@pytest.mark.parametrize(("name", "case"), BAD)
def test_bad(name: str, case: str, tmp_path: Path) -> None:
    workspace = judged(RULES / name, case, tmp_path)
    told = "".join(f"{click.unstyle(lines(found))}\n" for found in workspace.diagnostics if found.rule == name)
    expected = RULES / name / f"{case}.txt"
    if REWRITE:
        expected.write_text(told, encoding="utf-8")
    assert told
    assert told == expected.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_rule_says_what_why_and_how(name: str) -> None:
    page = REGISTRY[name].page
    assert list(page) == ["summary", "why", "help"]
    assert all(said.endswith((".", "`>>>>>>>`.")) and said[0] == said[0].upper() for said in (page["summary"], page["why"].capitalize()))
    assert "\n" not in page["summary"]
    assert page["help"]
