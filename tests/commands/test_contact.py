"""`kamgen contact`: the customer's people."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen
from tests.commands.editing import FAR, Play, texts, write

LINES = (
    'contact add havnens "Dora Dahl" --title "Head of IT" --function development --relationship 1 --reports-to anna --our-contact jens --since today',
    'contact add havnens "Jörgen Nyström" --email jn@havnens.example --phone "+45 1"',
    'contact add havnens "李明" --function ceo',
    'contact add byens "Bo Berg" --dry-run',
    'contact add havnens "Bo Berg"',
    'contact edit havnens anna --name "Anna Lind Olsen" --title "Director: procurement"',
    'contact edit havnens carl --phone "#1" --description "Likes numbers"',
    'contact edit havnens carl --name "Carl Ny"',
    "contact left havnens anna",
    "contact left havnens anna --date 2026-04-01",
    'contact left havnens carl --date "2026-04-30"',
    'contact left havnens carl --date "2026-05-01" --dry-run',
    'contact add havnens "Anna Lind"',
    'contact add havnens "Dora" --id anna-lind',
    'contact add havnens "Dora" --id "Not One"',
    'contact add havnens "Dora" --relationship 9',
    'contact add havnens "Dora" --since soon',
    "contact edit havnens anna",
    "contact edit havnens anna --reports-to anna",
    "contact edit havnens anna --our-contact nobody",
    "contact edit havnens dora --title x",
    "contact left havnens bo --date 2026-01-31",
    "contact left havnens dora",
    'contact add havnens "anna  LIND"',
    'contact add havnens "Anna Lind" --id anna-lind-the-younger',
    'contact add havnens "大卫"',
    'contact add havnens "???"',
    "contact left havnens carl --date tomorrow",
    "contact left havnens anna --date 2026-05-01",
    "set havnens contacts.bo-berg.left --clear",
    'contact add havnens "Line\nbreak"',
    'contact edit havnens anna --name " Anna  Berg "',
)


def test_who_left_is_not_named_for_what_is_ahead(folder: Path, kamgen: Kamgen):
    write(folder)
    ahead = "".join(
        f"  - {{date: 2026-06-0{8 - day}, type: contact, status: planned, contacts: [Bo Ek{', Anna Lind' * (day % 2)}]}}\n" for day in range(1, 8)
    )
    people = "contacts: [{name: Bo Ek}, {name: Anna Lind}]\n"
    (folder / "plans" / "byens.md").write_text(f"{FAR[:-4]}{people}activities:\n{ahead}---\n", encoding="utf-8")
    assert kamgen("contact", "left", "byens", "bo").out == (
        "Byens Bageri: Bo Ek left on 2026-05-06; somebody else is needed for 7 planned activities: 2026-06-01 Call or mail, 2026-06-02 Call or mail, "
        "2026-06-03 Call or mail, 2026-06-04 Call or mail, 2026-06-05 Call or mail, and 2 more; next: 2026-06-01 Call or mail with Anna Lind\n"
    )
    assert "; next: 2026-06-01 Call or mail with nobody who is still there\n" in kamgen("contact", "left", "byens", "anna").out


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-contact.txt", play(*LINES))


MENTIONED = """---
account: Byens Bageri
tier: D
owner: kari.nygaard
contacts:
  - name: Bo Ek   # since the beginning
    phone: "1"
  - {id: ek, name: Eva Ek, reports_to: Bo Ek}
  - {id: bo, name: Bo By, reports_to: bo-ek}
activities:
  - {date: 2026-06-09, type: contact, status: planned, contacts: ["Bo Ek", ek], subject: Bo Ek buys}
meetings:
  kam_meetings_per_year: 2
  tactical: {theirs: [bo-ek, Bo Ek]}
waivers:
  - {rule: contact-not-met, contact: Bo Ek, reason: On leave, until: 2026-12-31}
visibility: {contacts.bo-ek.phone: private, contacts.ek: team}
---
Bo Ek
"""
CALLED = {
    '--name "Bo Eng"': ("Bo Eng", "bo-ek", "Bo Eng", "bo-ek", 4),
    "--id b.ek": ("Bo Ek", "b.ek", "Bo Ek", "b.ek", 3),
    '--name "Bo Eng" --id b.ek': ("Bo Eng", "b.ek", "Bo Eng", "b.ek", 7),
    '--name "Bo By"': ("Bo By", "bo-ek", "bo-ek", "bo-ek", 4),
}


@pytest.mark.parametrize(("said", "name", "id", "by_name", "by_id", "n"), [(said, *made) for said, made in CALLED.items()])
def test_who_is_called_otherwise_is_so_wherever_the_plan_names_them(
    folder: Path, kamgen: Kamgen, said: str, name: str, id: str, by_name: str, by_id: str, n: int
):
    file = folder / "plans" / "byens.md"
    file.write_text(MENTIONED, encoding="utf-8")
    made = kamgen("contact", "edit", "byens", "bo-ek", *shlex.split(said))
    assert (made.code, f"and {n} places of the plan that name this person" in made.out) == (0, True), made
    head, rest = MENTIONED.split("    phone:", 1)
    after = (
        rest.replace('"Bo Ek", ek', f'"{by_name}", ek')
        .replace("contact: Bo Ek", f"contact: {by_name}")
        .replace("reports_to: Bo Ek", f"reports_to: {by_name}")
    )
    after = after.replace("[bo-ek, Bo Ek]", f"[{by_id}, {by_name}]").replace("to: bo-ek", f"to: {by_id}")
    if id != "bo-ek":
        after = after.replace("{contacts.bo-ek.phone: private, contacts.ek: team}", f"{{contacts.ek: team, contacts.{id}.phone: private}}")
    written = head.replace("- name: Bo Ek ", f"- id: {id}\n    name: {name} ") + "    phone:" + after
    assert file.read_text("utf-8") == written


def test_a_name_that_is_set_is_followed_too(folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "byens.md"
    file.write_text(MENTIONED, encoding="utf-8")
    assert kamgen("set", "byens", "contacts.ek.id", "eva.ek").out.startswith("Byens Bageri: changed for Eva Ek: id, and 2 places of the plan ")
    assert 'contacts: ["Bo Ek", eva.ek]' in file.read_text("utf-8")
    assert "contacts.eva.ek: team" in file.read_text("utf-8")


def test_nothing_blank_is_written(play: Play, folder: Path, kamgen: Kamgen):
    before = texts(folder)
    told = kamgen("contact", "edit", "havnens", "anna", "--title", " ")
    clear = "kamgen set havnens contacts.anna-lind.title --clear"
    assert (told.code, told.err) == (2, f"kamgen: Havnens Købmandshuse A/S: --title says nothing; to take it out: {clear}\n")
    assert "--name says nothing: write it between the quotes" in kamgen("contact", "edit", "havnens", "anna", "--name", "").err
    assert texts(folder) == before
    assert kamgen(*clear.split()[1:]).code == 0
    assert kamgen("contact", "add", "havnens", "Dora Dal", "--email", "", "--title", "Buyer").code == 0
    assert "email" not in (folder / "plans" / "havnens.md").read_text("utf-8")
