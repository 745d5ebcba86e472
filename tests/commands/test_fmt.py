"""`kamgen fmt`: plans in the usual order and style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.commands.conftest import Kamgen
from tests.commands.editing import FAR, PLAN, Play, texts


def test_what_a_person_sees_and_what_changes(play: Play, folder: Path, reviewed: Callable[[str, str], None]):
    for name in ("havnens", "gamle"):
        file = folder / "plans" / f"{name}.md"
        file.unlink()
    reviewed("command-fmt.txt", play("fmt byens", "fmt nowhere"))


def test_all_plans_are_put_in_order_once(play: Play, folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    file.write_text(PLAN.replace("tier: B\nowner: kari.nygaard", "owner: kari.nygaard\ntier: B"), encoding="utf-8")
    assert kamgen("fmt", "--check").code == 1
    before = texts(folder)
    shown = kamgen("fmt", "--dry-run", "havnens")
    assert (shown.code, shown.out[:21]) == (0, "--- a/plans/havnens.m")
    assert texts(folder) == before
    done = kamgen("fmt")
    assert done.code == 0
    assert "plans/havnens.md is put in order" in done.out
    assert "# knows everything" in (folder / "plans" / "havnens.md").read_text("utf-8")
    again = kamgen("fmt", "--check")
    assert (again.code, again.out) == (0, "")


def test_what_cannot_be_read_is_told_and_left(play: Play, folder: Path, kamgen: Kamgen):
    (folder / "plans" / "gamle.md").write_text(PLAN.replace("tier: B", "tier: B\ntier: C"), encoding="utf-8")
    (folder / "plans" / "byens.md").write_text(FAR.replace("tier: B\nowner: kari.nygaard", "owner: kari.nygaard\ntier: B"), encoding="utf-8")
    result = kamgen("fmt", "gamle", "byens")
    assert (result.code, result.out) == (1, "plans/byens.md is put in order\n")
    assert result.err.startswith("plans/gamle.md: ")
    assert (folder / "plans" / "byens.md").read_text("utf-8") == FAR
