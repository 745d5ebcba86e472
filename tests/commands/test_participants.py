"""Who takes part in an activity, theirs and ours, by words that people say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen

CONTACTS = """contacts:
  - {name: Bo Ek, left: 2026-04-01}
  - {name: Bodil Dahl}
  - {name: Max Ek}
"""
PEOPLE = "  - {id: max.boss, name: Max Boss, role: leader}\n  - {id: carl, name: Carla Bodin, role: specialist}\nrules:"


@pytest.fixture
def plan(folder: Path) -> Path:
    """A plan whose people are called nearly as ours are; Bo Ek has left."""
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").replace("rules:", PEOPLE, 1), encoding="utf-8")
    file = folder / "plans" / "acc.md"
    file.write_text(f"---\naccount: Acc\ntier: B\nowner: kari.nygaard\n{CONTACTS}---\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("boss", "with: [max.boss]"),
        ("bod", "contacts: [bodil-dahl]"),
        ("max", "contacts: [max-ek]"),
        ("max.b", "with: [max.boss]"),
        ("carl", "with: [carl]"),
        ("bodin", "with: [carl]"),
        ("ek max", "contacts: [max-ek]"),
    ],
)
def test_a_whole_word_comes_before_a_part(plan: Path, kamgen: Kamgen, word: str, written: str):
    assert kamgen("plan", "acc", "--type", "contact", "--on", "+9d", "--with", word).code == 0
    assert written in plan.read_text("utf-8").replace('"', "")


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("contact edit acc bo --title Buyer", "{name: Bo Ek, title: Buyer, left: 2026-04-01}"),
        ("contact edit acc bod --title Buyer", "{name: Bodil Dahl, title: Buyer}"),
        ("contact edit acc max --our-contact max", "{name: Max Ek, our_contact: max.boss}"),
        ("set acc owner carl", "owner: carl\n"),
        ("set acc owner boss", "owner: max.boss\n"),
    ],
)
def test_a_whole_word_comes_before_a_part_wherever_one_person_is_meant(plan: Path, kamgen: Kamgen, line: str, written: str):
    portfolio = plan.parent / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").replace(PEOPLE, f"  - {{id: maxi, name: Maxine Bossert, role: leader}}\n{PEOPLE}"), "utf-8")
    assert kamgen(*line.split()).code == 0
    assert written in plan.read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [("plan", "acc", "--type", "contact", "--on", "+9d", "--with", "bo"), ("log", "acc", "--type", "contact", "--with", "bo", "--date", "today")],
)
def test_who_has_left_is_told_and_nobody_else_is_taken(plan: Path, kamgen: Kamgen, line: tuple[str, ...]):
    before = plan.read_bytes()
    told = kamgen(*line)
    assert told.code == 2
    assert told.err.startswith("kamgen: bo: Bo Ek left on 2026-04-01, and can take part until that day alone")
    assert plan.read_bytes() == before
    assert kamgen("log", "acc", "--type", "contact", "--with", "bo", "--date", "2026-03-31").code == 0
    assert "contacts: [bo-ek]" in plan.read_text("utf-8")


def test_nobody_is_called_so_where_there_is_nobody(plan: Path, kamgen: Kamgen):
    portfolio = plan.parent / "portfolio.yml"
    lines = portfolio.read_text("utf-8").splitlines(keepends=True)
    portfolio.write_text("".join(line for line in lines if not line.startswith(("people:", "  - {id:"))), encoding="utf-8")
    plan.write_text("---\naccount: Acc\ntier: B\nowner: kari.nygaard\n---\n", encoding="utf-8")
    told = kamgen("plan", "acc", "--type", "contact", "--on", "+9d", "--with", "bo")
    assert (told.code, told.err) == (2, "kamgen: bo: nobody in plans/portfolio.yml is called so\n")


def test_our_people_are_named_where_nobody_of_theirs_is(plan: Path, kamgen: Kamgen):
    told = kamgen("plan", "acc", "--type", "contact", "--on", "2026-05-15", "--with", "boss, bodin").out
    assert told.startswith(
        "Acc: planned 2026-05-15 Call or mail with Max Boss, Carla Bodin of ours, and nobody of theirs named; next: 2026-05-15 Call"
    )
    assert " of ours, and nobody of theirs named" in kamgen("held", "acc", "2026-05-15", "--date", "today", "--note", "n").out
    assert "held 2026-05-06 Call or mail with Max Boss of ours" in kamgen("log", "acc", "--type", "contact", "--with", "boss", "--note", "o").out
    assert "with nobody named" in kamgen("log", "acc", "--type", "contact", "--note", "p").out
