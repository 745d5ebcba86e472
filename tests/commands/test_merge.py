"""`kamgen merge`: what a person sees, and what git makes of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import GOOD, Kamgen

LOGGED = "  - {{date: 2026-05-0{0}, type: contact, status: held, by: kari.nygaard, note: Heard of plan {0}}}\n---\n"
SHOUTED = 'kamgen: {0}: Havnens Købmandshuse A/S: Tier was "D" and was changed twice: here to "C", in the other version to "B"\n'
DECIDE = "kamgen: decide in {0} between the lines <<<<<<< and >>>>>>>, take the markers out, then `git add {0}`\n"


def logged(number: int) -> str:
    return GOOD.replace("---\n", "", 1).replace("---\n", LOGGED.format(number)).join(["---\n", ""])


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("base", GOOD), ("ours", logged(1)), ("theirs", logged(2))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_result_is_written_into_ours(three: Path, kamgen: Kamgen):
    assert kamgen("merge", "base", "ours", "theirs") == (0, "", "")
    assert (three / "ours").read_text("utf-8") == logged(1).replace("---\n", "").replace(
        LOGGED.format(1)[:-4], LOGGED.format(1)[:-4] + LOGGED.format(2)[:-4]
    ).join(["---\n", "---\n"])


def test_the_result_is_written_elsewhere(three: Path, kamgen: Kamgen):
    assert kamgen("merge", "base", "ours", "theirs", "-o", "new") == (0, "", "")
    assert (three / "ours").read_text("utf-8") == logged(1)
    assert (three / "new").read_text("utf-8").count("Heard of plan") == 2


def test_what_must_be_decided_is_told(three: Path, kamgen: Kamgen):
    (three / "ours").write_text(GOOD.replace("tier: D", "tier: C"), encoding="utf-8")
    (three / "theirs").write_text(GOOD.replace("tier: D", "tier: B"), encoding="utf-8")
    name = "plans/havnens.md"
    assert kamgen("merge", "base", "ours", "theirs", "--path", name) == (1, "", SHOUTED.format(name) + DECIDE.format(name))
    assert (three / "ours").read_text("utf-8") == GOOD.replace("tier: D", "<<<<<<< ours\ntier: C\n=======\ntier: B\n>>>>>>> theirs")


TWICE = "kari.nygaard\nowner: vera.lind"
UNREAD = (
    "kamgen: ours: {0} cannot be read (line 5: `owner` stands twice: on line 4 and on line 5), so the two were put together line by line\n"
    "kamgen: ours: what came of it cannot be read either (line 5: `owner` stands twice: on line 4 and on line 5)\n"
    "kamgen: mend ours, say `kamgen check ours`, then `git add ours`\n"
)


@pytest.mark.parametrize(("side", "words"), [("ours", "this version"), ("theirs", "the other version")])
def test_a_plan_that_nobody_can_read_never_passes_as_merged(three: Path, kamgen: Kamgen, side: str, words: str):
    broken = (three / side).read_text("utf-8").replace("kari.nygaard", TWICE, 1)
    (three / side).write_text(broken, encoding="utf-8")
    other = "theirs" if side == "ours" else "ours"
    (three / other).write_text(GOOD.replace("Autumn", "Spring"), encoding="utf-8")
    assert kamgen("merge", "base", "ours", "theirs") == (1, "", UNREAD.format(words))
    assert (three / "ours").read_text("utf-8") == broken.replace("Autumn", "Spring")


def test_pages_of_the_handbook_are_merged_line_by_line(three: Path, kamgen: Kamgen):
    for name, text in (("base", "One\n\nTwo\n"), ("ours", "1\n\nTwo\n"), ("theirs", "One\n\n2\n")):
        (three / name).write_text(text, encoding="utf-8")
    assert kamgen("merge", "base", "ours", "theirs", "--path", "plans/handbook/how.md") == (0, "", "")
    assert (three / "ours").read_text("utf-8") == "1\n\n2\n"


@pytest.mark.parametrize("name", ["none", "."])
def test_a_file_that_is_not_there(three: Path, kamgen: Kamgen, name: str):
    assert kamgen("merge", "base", "ours", name) == (2, "", f"kamgen: {name}: there is no such file to merge\n")


def test_the_help_tells_the_two_lines_of_setting_up(kamgen: Kamgen):
    shown = kamgen("merge", "--help").out
    assert '\n    git config merge.kamgen.driver "kamgen merge %O %A %B --path %P"\n' in shown
    assert "\n    plans/**/*.md merge=kamgen\n" in shown


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    who = ["-c", "user.name=Kari", "-c", "user.email=kari@example.com", "-c", "init.defaultBranch=main"]
    run = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == code, run.stderr
    return run.stdout + run.stderr


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository that is set up as the help says."""
    git(folder, "init", "-q")
    git(folder, "config", "merge.kamgen.driver", f"{sys.executable} -m kamgen merge %O %A %B --path %P")
    (folder / ".gitattributes").write_text("plans/**/*.md merge=kamgen\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "base")
    return folder


def branches(repository: Path, ours: str, theirs: str) -> None:
    plan = repository / "plans" / "havnens.md"
    git(repository, "switch", "-qc", "other")
    plan.write_text(theirs, encoding="utf-8")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "switch", "-q", "main")
    plan.write_text(ours, encoding="utf-8")
    git(repository, "commit", "-qam", "ours")


@pytest.mark.slow
def test_git_merges_two_branches_that_each_log_an_activity(repository: Path):
    branches(repository, logged(1), logged(2))
    git(repository, "merge", "-q", "--no-edit", "other")
    assert git(repository, "status", "--short") == ""
    text = (repository / "plans" / "havnens.md").read_text("utf-8")
    assert ["plan 1" in text, "plan 2" in text, "<<<" in text] == [True, True, False]


@pytest.mark.slow
def test_git_keeps_a_conflict_open(repository: Path):
    branches(repository, GOOD.replace("tier: D", "tier: C"), GOOD.replace("tier: D", "tier: B"))
    said = git(repository, "merge", "--no-edit", "other", code=1)
    name = "plans/havnens.md"
    assert SHOUTED.format(name) + DECIDE.format(name) in said
    assert git(repository, "status", "--short") == f"UU {name}\n"
    assert "<<<<<<< ours\ntier: C\n=======\ntier: B\n>>>>>>> theirs\n" in (repository / name).read_text("utf-8")
