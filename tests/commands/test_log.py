"""`kamgen log`: what was done, and what comes next."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kamgen import store
from tests.commands.conftest import Kamgen
from tests.commands.editing import FAR, PLAN, Play, texts, write


def test_what_was_done_and_what_comes_next(play: Play, reviewed: Callable[[str, str], None]):
    told = play(
        'log havnens --type status-meeting --with anna --date 2026-05-05 --note "Prices: 2 % too high" --next-step "Send the list. Then call." '
        "--then status-meeting --on 2026-06-02",
        'log havnens --type status --with anna --date 2026-04-28 --note "As planned" --document https://x.example/a',
        'log købmandshuse --type contact --with "anna, carl, vera" --channel phone --note "# 1: {{x}} | y" --by vera',
        'log havnens --type contact --with anna --note "Called" --then proposal --on "week 23" --then-subject Kiosks --then-with "carl, jens"',
        'log havnens --type lunch --note "With nobody in particular" --then contact --on friday',
        'log byens --type contact --note "First call"',
        'log byens --type contact --date yesterday --note "First call" --then discovery-meeting --on +14d --time 10:00 --minutes 60',
        'log byens --type internal-meeting --note "Among us" --forum internal --result "We try" --place Here --subject Start',
        'log havnens --type contact --with anna --note "Hello" --dry-run',
        'log byens --type contact --note " " --result "" --subject "  x"',
    )
    reviewed("command-log.txt", told)


@pytest.mark.parametrize(
    ("said", "date", "taken"),
    [
        (("--with", "anna"), "2026-04-27", True),
        (("--with", "anna"), "2026-04-26", False),
        (("--with", "bo"), "2026-05-10", False),
        ((), "2026-05-08", True),
        ((), "2026-05-07", False),
        ((), "2026-05-25", True),
        ((), "2026-05-26", False),
    ],
)
def test_how_far_from_its_day_a_planned_one_is_taken(folder: Path, kamgen: Kamgen, said: tuple[str, ...], date: str, taken: bool):
    contacts = "contacts: [{name: Anna Lind}, {name: Bo Berg}]\n"
    planned = "activities:\n  - {id: it, date: 2026-05-11, type: status-meeting, status: planned, contacts: [Anna Lind]}\n"
    write(folder)
    (folder / "plans" / "byens.md").write_text(FAR[:-4] + contacts + planned + "---\n", encoding="utf-8")
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").replace("today: 2026-05-06", "today: 2026-06-01"), encoding="utf-8")
    out = kamgen("log", "byens", "--type", "status", "--note", "By chance", "--date", date, *said).out
    assert ("which was planned for 2026-05-11" in out) == taken


def test_what_is_refused(play: Play, reviewed: Callable[[str, str], None]):
    told = play(
        "log",
        "log havnens",
        "log nowhere --type contact",
        "log ns --type contact",
        "log havnens --type visit",
        "log havnens --type meeting",
        "log havnens --type contact --with nobody",
        "log havnens --type contact --with bo",
        "log havnens --type contact --with holm --date 2025-12-31 --by n",
        "log havnens --type contact --date tomorrow",
        "log havnens --type contact --date soon",
        "log havnens --type contact --then lunch",
        "log havnens --type contact --on friday",
        "log havnens --type contact --note x --then lunch --on yesterday",
        "log havnens --type contact --note x --then unannounced-visit --on friday",
        "log havnens --type contact --note x --then agreed-sales-meeting --on 2026-09-09",
        "log havnens --type discovery-meeting --date 2026-03-04 --with anna --note 'Wants fewer suppliers'",
        "log gamle --type contact --note x",
        "log havnens --type contact --time 25:00",
        "log havnens --type contact --offer o7",
        "log havnens --type contact --note 'a\u202eb'",
        "log havnens --type contact --document javascript:alert(1)",
        "log havnens --type contact --note 'see [x](javascript:alert)'",
    )
    reviewed("command-log-refused.txt", told)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tier: B", "<<<<<<< HEAD\ntier: B\n=======\ntier: C\n>>>>>>> other", "line 3"),
        ("tier: B", "tier: B\ntier: C", "line 4"),
        ("potential: 180000", "potential: lots", "line 7"),
        ("potential: 180000", "potentiel: 180000", "line 7"),
        ("account: Havnens", "# account: Havnens", "plans/havnens.md"),
    ],
)
def test_a_plan_that_cannot_be_relied_on_is_left(play: Play, folder: Path, kamgen: Kamgen, old: str, new: str, said: str):
    file = folder / "plans" / "havnens.md"
    file.write_text(PLAN.replace(old, new, 1), encoding="utf-8")
    before = texts(folder)
    result = kamgen("log", "havnens", "--type", "contact", "--note", "Hello")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert said in result.err
    assert texts(folder) == before


def test_a_portfolio_file_that_cannot_be_read(play: Play, folder: Path, kamgen: Kamgen):
    (folder / "plans" / "portfolio.yml").write_text("people: [", encoding="utf-8")
    before = texts(folder)
    result = kamgen("log", "havnens", "--type", "contact")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert result.err.startswith("kamgen: plans/portfolio.yml, line ")
    assert texts(folder) == before


def test_no_date_in_the_environment(play: Play, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAMGEN_AS_OF", "soon")
    result = kamgen("log", "havnens", "--type", "contact")
    assert (result.code, result.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("error", [store.BusyError("plans/havnens.md", "busy"), PermissionError(13, "no", "x"), OSError(30, "read-only", "x")])
def test_a_disk_that_does_not_take_it(play: Play, folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch, error: OSError):
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(store, "_begin", fails)
    before = texts(folder)
    result = kamgen("log", "havnens", "--type", "contact", "--note", "Hello")
    assert (result.code, result.out, result.err.count("\n")) == (3, "", 1)
    assert texts(folder) == before


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_other_byte_stays(play: Play, folder: Path, kamgen: Kamgen, end: bytes, mark: bytes):
    file = folder / "plans" / "havnens.md"
    old = mark + PLAN.rstrip("\n").encode().replace(b"\n", end)
    file.write_bytes(old)
    assert kamgen("log", "havnens", "--type", "contact", "--with", "anna", "--note", "Hello").code == 0
    new = file.read_bytes()
    begin = next(index for index, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
    added = len(new) - len(old)
    assert new[:begin] + new[begin + added :] == old
    assert b"\n" not in new.replace(end, b"")


def test_two_on_one_day_have_ids_of_their_own(play: Play, folder: Path, kamgen: Kamgen):
    (folder / "plans" / "byens.md").write_text(FAR, encoding="utf-8")
    for note in ("One", "Two"):
        assert kamgen("log", "byens", "--type", "contact", "--note", note).code == 0
    text = (folder / "plans" / "byens.md").read_text("utf-8")
    assert "id: 2026-05-06-contact\n" in text
    assert "id: 2026-05-06-contact-2\n" in text
    assert kamgen("check", "plans/byens.md").out.count("KAM0") == 0
    again = kamgen("log", "byens", "--type", "contact", "--note", "Two")
    assert (again.code, again.out) == (2, "")


def test_a_tier_that_nobody_knows_hinders_no_log(play: Play, folder: Path, kamgen: Kamgen):
    (folder / "plans" / "byens.md").write_text(FAR.replace("tier: B", "tier: Z"), encoding="utf-8")
    result = kamgen("log", "byens", "--type", "contact", "--note", "Hello")
    assert (result.code, result.err) == (0, "")
    assert "--type contact --on 2026-05-20" in result.out


def test_the_people_of_the_planned_one_take_part_in_the_next(folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    write(folder)
    file.write_text(PLAN.replace("carl-holm]\n", "Carl Holm, bo-berg]\n    with: [jens.holm, kari.nygaard]\n"), encoding="utf-8")
    assert kamgen("log", "havnens", "--type", "status", "--date", "2026-04-28", "--then", "status", "--on", "2026-06-02").code == 0
    text = file.read_text("utf-8")
    assert "contacts: [anna-lind, Carl Holm, bo-berg]\n    with: [jens.holm, kari.nygaard]\n" in text
    assert "    date: 2026-06-02\n    type: status-meeting\n    status: planned\n    contacts: [anna-lind, carl-holm]\n" in text
    assert text.count("with: [jens.holm]\n") == 1


def test_a_person_who_takes_part_already_is_written_as_before(folder: Path, kamgen: Kamgen):
    file = folder / "plans" / "havnens.md"
    write(folder)
    file.write_text(PLAN.replace("contacts: [anna-lind, carl-holm]", "contacts: [Anna Lind]"), encoding="utf-8")
    assert kamgen("log", "havnens", "--type", "status", "--date", "2026-04-28", "--with", "anna").code == 0
    assert "    status: held\n    contacts: [Anna Lind]\n" in file.read_text("utf-8")


def test_what_was_left_undone_is_told(play: Play, folder: Path, kamgen: Kamgen):
    late = "".join(f"  - {{date: 2026-04-0{day}, type: contact, status: planned}}\n" for day in range(1, 6))
    (folder / "plans" / "byens.md").write_text(FAR[:-4] + f"activities:\n{late}---\n", encoding="utf-8")
    out = kamgen("log", "byens", "--type", "lunch", "--note", "Hello").out
    assert "; still to settle: 2026-04-01 Call or mail with nobody named, " in out
    assert ", and 2 more; nothing is planned next" in out


@pytest.mark.parametrize("note", ["...", "…", "", "TBD"])
@pytest.mark.parametrize(("held", "id"), [("log havnens --type lunch --with anna", "2026-05-06-lunch-anna-lind"), ("held havnens spring", "spring")])
def test_a_note_that_says_nothing_is_told_where_the_rules_find_it(folder: Path, kamgen: Kamgen, held: str, id: str, note: str):
    """What is pasted from a hint as it is, with its three dots, is no note to them."""
    write(folder)
    out = kamgen(*held.split(), "--note", note, "--next-step", "...").out
    assert (f'; there is no note: kamgen set havnens activities.{id}.note "..."' in out) is (note != "TBD")
    assert ("KAM203" in kamgen("check", "--as-of", "2026-05-06").out) is (note != "TBD")


def test_a_proposal_is_no_link_that_is_to_be_filled_in(folder: Path, kamgen: Kamgen):
    write(folder)
    out = kamgen("log", "havnens", "--type", "proposal-meeting", "--with", "anna", "--note", "Agreed", "--document", "https://...").out
    assert "activities.2026-05-06-proposal-meeting-anna-lind" in out
    assert "KAM207" in kamgen("check").out


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("log havnens --type lunch --note Hello", "--with"),
        ("log havnens --type lunch --note Hello --with anna", "--with"),
        ("log havnens --type lunch --note Hello", "--subject"),
        ("log havnens --type lunch --note Hello --then contact --on friday", "--then-subject"),
        ("log havnens --type lunch --note Hello --then contact --on friday", "--then-with"),
        ("held havnens spring --note Hello", "--document"),
        ("plan havnens --type lunch --on friday", "--place"),
    ],
)
def test_an_option_that_says_nothing_is_refused(folder: Path, kamgen: Kamgen, line: str, option: str, blank: str):
    write(folder)
    assert kamgen(*line.split(), option, blank) == (2, "", f'kamgen: {option} says nothing: write it between the quotes, like {option} "..."\n')


def test_nothing_is_proposed_before_a_pause_is_over(folder: Path, kamgen: Kamgen):
    write(folder)
    pause = "status: paused\nstatus_reason: Rebuilding\npaused_until: 2026-08-01\n---\n"
    (folder / "plans" / "byens.md").write_text(FAR[:-4] + pause, encoding="utf-8")
    assert "--on 2026-08-03 " in kamgen("log", "byens", "--type", "contact", "--note", "Hello").out


@pytest.mark.parametrize(("said", "written"), [("9:30", "09:30"), ("14.15", "14:15"), ("8", "08:00"), ("00:00", "00:00")])
def test_a_time_as_people_say_it(folder: Path, kamgen: Kamgen, said: str, written: str):
    write(folder)
    assert kamgen("log", "byens", "--type", "contact", "--note", "Hello", "--time", said).code == 0
    assert f"time: {written}\n" in (folder / "plans" / "byens.md").read_text("utf-8").replace('"', "")


@pytest.mark.parametrize("said", ["25:00", "9:60", "soon", "9:3:0", "9:5"])
def test_what_is_no_time(folder: Path, kamgen: Kamgen, said: str):
    write(folder)
    result = kamgen("log", "byens", "--type", "contact", "--note", "Hello", "--time", said)
    assert (result.code, result.err) == (2, f'kamgen: "{said}" is no time of day: write it like 9:30 or 14:00\n')


def test_only_the_plan_itself_is_opened(play: Play, folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    """An exact id costs the same whether there are ten plans or ten thousand."""
    read = Path.open

    def opened(file: Path, *arguments: Any) -> Any:
        assert file.name in {"havnens.md", "portfolio.yml", "shared.yml", "per-account.yml"} or file.suffix == ".json", file
        return read(file, *arguments)

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.setattr("kamgen.folder._walk", None)
    assert kamgen("log", "havnens", "--type", "contact", "--note", "Hello").code == 0


def test_it_starts_without_the_rules_and_the_pages(folder: Path):
    """What it imports decides how fast it is: at most four times `import yaml, click`."""
    write(folder)
    code = "import sys; from kamgen import cli; cli.run(['log', 'havnens', '--type', 'contact', '--note', 'x']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True).stdout.split()
    heavy = {"kamgen.rules", "kamgen.workspace", "kamgen.page", "pandas", "jinja2", "mkdocs", "icalendar", "nh3", "markdown_it"}
    only_sometimes = {"click.shell_completion", "kamgen.commands.naming", "kamgen.commands.interview"}
    assert not (heavy | only_sometimes) & set(loaded)


def test_who_has_left_is_told_to_have_left(play: Play, folder: Path, kamgen: Kamgen):
    back = "if they are back: kamgen set havnens contacts.bo-berg.left --clear; there is Anna Lind (anna-lind), Carl Holm (carl-holm)"
    for command in (("log", "havnens", "--type", "contact"), ("plan", "havnens", "--type", "lunch", "--on", "friday")):
        told = kamgen(*command, "--with", "berg").err
        assert told == f"kamgen: berg: Bo Berg left on 2026-01-31, and can take part until that day alone; {back}\n"
    (folder / "plans" / "byens.md").write_text(f"{FAR[:-4]}contacts: [{{name: Bo Ek, left: 2026-01-31}}]\n---\n", encoding="utf-8")
    told = kamgen("log", "byens", "--type", "contact", "--with", "bo").err
    assert told.startswith('kamgen: bo: Bo Ek left on 2026-01-31, and nobody else is there: kamgen contact add byens "NAME"; if they are back: ')


def test_on_the_last_day_one_is_still_met(play: Play, folder: Path, kamgen: Kamgen):
    assert kamgen("contact", "left", "havnens", "anna").code == 0
    said = ("log", "havnens", "--type", "lunch", "--with", "anna", "--note", "Thanked her")
    assert "left on 2026-05-06" in kamgen("plan", "havnens", "--type", "lunch", "--on", "tomorrow", "--with", "anna").err
    assert "held 2026-05-06 Lunch (relationship) with Anna Lind" in kamgen(*said).out
    assert "left on 2026-05-06" in kamgen(*said, "--date", "2026-05-05", "--then", "lunch", "--on", "+7d", "--then-with", "anna").err
