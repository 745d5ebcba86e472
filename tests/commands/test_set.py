"""`kamgen set`: one field of a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen
from tests.commands.editing import PLAN, Play

LINES = (
    "set havnens potential 200000",
    "set havnens company.city Aarhus C",
    'set havnens company.products Groceries "Catering, hot" "# 1"',
    'set havnens contacts.anna-lind.phone "+45 86 00 00 00"',
    "set havnens contacts.2.left today",
    'set havnens "contacts.Carl Holm.reports-to" anna',
    "set havnens goals.g1.actual 140",
    "set havnens deputy vera",
    "set havnens deputy --clear",
    "set havnens potential --clear",
    "set havnens segment --clear",
    "set havnens potential 180000",
    'set havnens status at-risk --reason "A new buyer"',
    'set havnens tier A --reason "Doubles next year" --dry-run',
    "set havnens x_crm_id 4711",
    "set havnens value_proposition One supplier: everything, everywhere",
    'set havnens activities.spring.subject "{{x}} | # <script>"',
    "set gamle status active",
    "set havnens parent byens",
    "set havnens status at-risk",
    "set havnens goals.g1.text.more x",
    "set havnens competitors.1.name x",
    "set havnens contacts.anna-lind.targets.status-meeting.min 1",
    "set havnens tier E",
    "set havnens potential 180k",
    "set havnens since someday",
    "set havnens potenial 5",
    "set havnens colour red",
    "set havnens company.citty Aarhus",
    "set havnens company.colour red",
    "set havnens company Aarhus",
    "set havnens contacts Anna",
    "set havnens contacts.dora.phone 1",
    "set havnens potential.sum 5",
    "set havnens potential",
    "set havnens potential 5 --clear",
    'set havnens potential 5 --reason "Why not"',
    "set havnens deputy nobody",
    "set havnens parent nowhere",
    "set havnens parent havnens",
    'set havnens goals.g1.id "not an id"',
    "set havnens contacts.carl-holm.id anna-lind",
    "set havnens sales.fittings.actual.2026 5",
    'set gamle status active --reason "They are back"',
    "set havnens potential -5",
    "set havnens potential -5 --dry-run",
    "set havnens goals.g1.actual -0.5",
    "set havnens potential --five",
    "set havnens activities.early-may.status held",
    "set havnens activities.spring.status held",
    "set havnens activities.spring.status cancelled",
    "set havnens activities.3.status not-held",
    "set havnens activities.4.date 2026-10-01",
    "set havnens activities.spring.date 2020-01-01",
    "set havnens activities.spring.date soon",
    "set havnens activities.spring.type contact",
    "set havnens activities.spring.type status-meeting",
    "set havnens activities.spring.type picnic",
    "set havnens activities.spring.status done",
    "set havnens activities.spring.status --clear",
    "set havnens activities.1.status planned",
    "set havnens activities.1.date 2026-05-07",
    "set havnens activities.1.date 2026-03-05",
    "set havnens activities.1.status cancelled",
    "set havnens activities.spring.updated 2026-05-01",
    "set havnens activities.spring.documents javascript:alert(1)",
)


def test_a_value_that_does_not_fit_is_mended_and_others_stay_in_the_way(play: Play, folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    file.write_text(PLAN.replace("potential: 180000", "potential: lots"), encoding="utf-8")
    assert kamgen("set", "havnens", "since", "2020-01-01").code == 1
    assert kamgen("set", "havnens", "potential", "180000").code == 0
    assert file.read_text("utf-8") == PLAN


def test_a_conflict_is_decided_first(play: Play, folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    text = PLAN.replace("Rebuilt", "<<<<<<< ours\nRebuilt\n=======\nBuilt\n>>>>>>> theirs")
    file.write_text(text, encoding="utf-8")
    result = kamgen("set", "havnens", "potential", "1")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert file.read_text("utf-8") == text


def test_what_was_called_off_is_not_held_ahead_of_today(play: Play, folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    file.write_text(PLAN.replace("type: agreed-sales-meeting, status: planned", "type: agreed-sales-meeting, status: cancelled"), encoding="utf-8")
    assert kamgen("set", "havnens", "activities.4.status", "held").err.endswith(
        "lies ahead, today is 2026-05-06: what is to come is planned with kamgen plan\n"
    )
    assert kamgen("set", "havnens", "activities.4.date", "2026-10-01").code == 0
    assert kamgen("set", "havnens", "activities.4.status", "planned").code == 0


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-set.txt", play(*LINES))


def test_a_reason_says_something(play: Play):
    assert "--reason says nothing" in play('set havnens status paused --reason " "')


def test_what_is_left_out_is_named(play: Play):
    assert "or --clear to take the field out" in play('set havnens executive_sponsor ""')
    for line in ("set havnens --clear", "set havnens", 'set havnens " " A'):
        assert "say which field" in play(line)


def test_a_lost_account_is_told(play: Play):
    assert "the account is still lost" in play("set gamle potential 5")
    assert "still lost" not in play("set gamle status active")
    assert "the account is still lost" in play('contact add gamle "Eva Holt"')


def test_a_day_too_far_is_no_misspelt_one(play: Play):
    for line in ("set havnens contacts.2.left +99999d", "plan havnens --type contact --on +99999d"):
        assert "+99999d lies too far from today" in play(line)


@pytest.mark.parametrize("name", ["Byens Bageri", "BYENS  bageri"])
def test_an_account_is_not_called_as_another_is(play: Play, folder: Path, kamgen: Kamgen, name: str):
    told = kamgen("set", "havnens", "account", name)
    assert told == (2, "", f"kamgen: {' '.join(name.split())} has a plan already: plans/byens.md\n")
    assert kamgen("set", "byens", "account", name.title()).code == 0


def test_what_was_taken_out_is_told_in_words(play: Play, folder: Path, kamgen: Kamgen):
    told = kamgen("set", "havnens", "goals", "--clear").out
    assert "goals is taken out, it had 1 entry; " in told
    assert kamgen("set", "havnens", "company.city", "Aarhus").code == 0
    assert "company is taken out, it was city Aarhus; " in kamgen("set", "havnens", "company", "--clear").out


def test_a_refusal_names_the_line_of_the_file(play: Play, folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    file.write_text(PLAN.replace("goals:", "bar: 1\ngoals:"), encoding="utf-8")
    line = next(number for number, text in enumerate(file.read_text("utf-8").splitlines(), 1) if text == "bar: 1")
    for said in ("log havnens --type contact --note n", "contact add havnens Zed --function ceo", "set havnens potential 1"):
        assert kamgen(*said.split()).err.startswith(f"kamgen: plans/havnens.md, line {line}: ")


@pytest.mark.parametrize("field", ["potential", "company.city", "contacts.anna-lind.phone"])
def test_what_is_not_there_is_not_taken_out(play: Play, folder: Path, kamgen: Kamgen, field: str):
    assert kamgen("set", "havnens", "potential", "--clear").code == 0
    before = (folder / "plans" / "havnens.md").read_bytes()
    assert f": there is no {field} to take out; " in kamgen("set", "havnens", field, "--clear").out
    assert (folder / "plans" / "havnens.md").read_bytes() == before


@pytest.mark.parametrize("field", ["account", "tier", "owner"])
def test_what_every_plan_has_is_not_taken_out(play: Play, field: str):
    told = f"every plan has its {field}: say what it is instead, kamgen set havnens {field} VALUE\n[2]"
    assert told in play(f"set havnens {field} --clear")
