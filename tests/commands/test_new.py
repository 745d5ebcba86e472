"""`kamgen new`: a plan for a new account."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen
from tests.commands.editing import Play

LINES = (
    'new "Søstrene Gr. & Co" --tier d --owner kari',
    'new "Nordisk Fisk" --tier B --owner kari --status prospect --since today --potential 150000',
    'new "小店: #1" --tier C --owner vera --id xiaodian --dry-run',
    'new "小店" --tier D --owner vera',
    'new "Nordisk Fisk" --tier X --owner kari',
    'new "Nordisk Fisk" --tier D --owner nobody',
    'new "Nordisk Fisk" --tier D --owner kari --potential lots',
    'new "Nordisk Fisk" --tier D --owner kari --segment fish --region sea',
    'new "Byens" --tier D --owner kari',
    'new "BYENS bageri" --tier D --owner kari',
    'new "Nordisk Fisk" --tier D --owner kari --id Nordisk_Fisk',
    'new "Index" --tier D --owner kari',
    'new "Nordisk Fisk" --tier D --owner kari --status lost',
    'new "Line\nbreak" --tier D --owner kari',
)


def test_a_new_plan_has_no_finding_but_that_it_is_to_be_filled(play: Play, kamgen: Kamgen):
    assert kamgen("new", "Nordisk Fisk", "--tier", "A", "--owner", "kari").code == 0
    codes = {line["code"] for line in json.loads(kamgen("check", "plans/nordisk-fisk.md", "--format", "json").out)["diagnostics"]}
    assert not {code for code in codes if code[:4] in {"KAM0", "KAM1", "KAM7", "KAM9"}}


@pytest.mark.parametrize("tier", ["A", "B", "C", "D"])
def test_a_new_plan_is_in_the_usual_style(play: Play, kamgen: Kamgen, tier: str):
    assert kamgen("new", "Nordisk Fisk", "--tier", tier, "--owner", "kari", "--since", "2026-01-01", "--potential", "150000").code == 0
    assert kamgen("fmt", "nordisk-fisk", "--check").code == 0


def test_a_company_may_have_templates_of_its_own(play: Play, folder: Path, kamgen: Kamgen):
    own = folder / "templates" / "new"
    own.mkdir(parents=True)
    (own / "D.md").write_text("---\naccount:\ntier:\nowner:\ncontacts:  # ours\n---\n\n## Our heading\n", encoding="utf-8")
    assert kamgen("new", "Nordisk Fisk", "--tier", "D", "--owner", "kari").code == 0
    text = (folder / "plans" / "nordisk-fisk.md").read_text("utf-8")
    assert text == "---\naccount: Nordisk Fisk\ntier: D\nowner: kari.nygaard\nsince: 2026-05-06\ncontacts: # ours\n---\n\n## Our heading\n"
    (own / "D.md").write_text("---\naccount: [\n---\n", encoding="utf-8")
    result = kamgen("new", "Nordisk Frugt", "--tier", "D", "--owner", "kari")
    assert (result.code, result.err[:14]) == (2, "kamgen: D.md: ")


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-new.txt", play(*LINES))


def test_a_status_that_asks_for_a_reason_is_given_one(folder: Path, kamgen: Kamgen):
    said = ("new", "Fisk", "--tier", "D", "--owner", "kari", "--status", "at-risk")
    assert kamgen(*said).code == 2
    assert kamgen(*said, "--reason", "A new buyer").code == 0
    assert "status: at-risk\nstatus_reason: A new buyer\n" in (folder / "plans" / "fisk.md").read_text("utf-8")


def test_a_question_ends_with_its_mark(folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    file.write_text(file.read_text("utf-8").replace("owner:", "segmnt: x\nowner:"), encoding="utf-8")
    assert "did you mean `segment`? Mend this first" in kamgen("set", "havnens", "potential", "1").err
