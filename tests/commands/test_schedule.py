"""`kamgen schedule`: a year of planned activities."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kamgen import rulebook
from kamgen.commands.office import NO_RULES
from kamgen.document import read_data
from tests.commands.conftest import Kamgen
from tests.commands.editing import PLAN, Play

LINES = (
    "schedule havnens",
    "schedule byens",
    "schedule byens --year 2027",
    "schedule byens --dry-run",
    "schedule byens --year 2025",
    "schedule gamle",
)


def test_nobody_is_met_twice_a_day_nor_at_the_weekend(play: Play, folder: Path, kamgen: Kamgen):
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(
        portfolio.read_text("utf-8").replace("per-account", "per-person, window: fiscal-year").replace("today:", "fiscal_year_start: 7\ntoday:"),
        "utf-8",
    )
    people = "".join(f"  - {{id: p{number}, name: P {number}, function: ceo}}\n" for number in range(20))
    (folder / "plans" / "byens.md").write_text(f"---\naccount: Byens\ntier: A\nowner: kari.nygaard\ncontacts:\n{people}---\n", encoding="utf-8")
    assert kamgen("schedule", "byens", "--year", "2027").code == 0
    text = (folder / "plans" / "byens.md").read_text("utf-8")
    days = [dt.date.fromisoformat(day) for day in re.findall(r"^    date: (.*)$", text, re.MULTILINE)]
    assert len(days) == 20 * 7
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert dt.date(2026, 7, 1) <= days[0] < days[-1] <= dt.date(2027, 6, 30)
    assert text.count("with: [vera.lind]") == 20
    again = kamgen("schedule", "byens", "--year", "2027")
    assert again.out.startswith("Byens: what is owed for tier A until 2027-06-30 is held or planned already; tier A asks for as many KAM meetings")
    more = kamgen("schedule", "byens")
    assert more.code == 0
    days = [dt.date.fromisoformat(day) for day in re.findall(r"^    date: (.*)$", (folder / "plans" / "byens.md").read_text("utf-8"), re.MULTILINE)]
    assert max(days.count(day) for day in days) > 1  # more than the working days that are left: better two on a day than none


@pytest.mark.parametrize(
    ("old", "new", "said"), [("tier: B", "tier: Z", "tier Z is not in"), ("status: active", "status: prospect", "status of the account is prospect")]
)
def test_where_no_numbers_are_asked_for(play: Play, folder: Path, kamgen: Kamgen, old: str, new: str, said: str):
    (folder / "plans" / "havnens.md").write_text(PLAN.replace(old, new), encoding="utf-8")
    result = kamgen("schedule", "havnens")
    assert result.code in {1, 2}
    assert said in result.err or "there is no tier" in result.err


PER_PERSON = "---\naccount: Byens\ntier: {tier}\nowner: kari.nygaard\nsince: 2026-05-06\n{contacts}---\n"


@pytest.fixture
def per_person(play: Play, folder: Path, kamgen: Kamgen) -> Callable[..., str]:
    """Plans the year of an account, whose tier counts for each person, as often as is said; what is told."""
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").replace("per-account", "per-person"), "utf-8")

    def schedule(tier: str, contacts: str, *, times: int = 1, options: tuple[str, ...] = ()) -> str:
        (folder / "plans" / "byens.md").write_text(PER_PERSON.format(tier=tier, contacts=contacts), encoding="utf-8")
        result = [kamgen("schedule", "byens", *options) for _ in range(times)][-1]
        return f"{result.code} {result.err}{result.out}"

    return schedule


NUMBER = "meetings: {kam_meetings_per_year: 0}\n"


@pytest.mark.parametrize("tier", ["VIP", "A", "B"])
@pytest.mark.parametrize("contacts", ["", "contacts:\n  - {name: Bo, left: 2026-05-01}\n"])
def test_with_nobody_nothing_is_planned_and_nothing_is_claimed(per_person: Callable[..., str], tier: str, contacts: str):
    told = per_person(tier, contacts)
    assert told.startswith('2 kamgen: Byens: there is nobody to plan with: kamgen contact add byens "NAME" ')
    assert "kamgen set byens meetings.kam_meetings_per_year 4\n" in told
    assert "kam_meetings_per_year" not in per_person(tier, contacts + NUMBER)


def test_there_is_always_a_next_activity(per_person: Callable[..., str]):
    someone = "contacts:\n  - {name: Bo Ek, function: procurement}\n" + NUMBER
    nothing = "0 Byens: by the numbers of tier B nothing is owed until 2026-12-31; "
    assert per_person("B", someone) == f"{nothing}planned 2026-05-20 Call or mail with Bo Ek; next: 2026-05-20 Call or mail with Bo Ek\n"
    assert per_person("B", someone, times=2) == f"{nothing}next: 2026-05-20 Call or mail with Bo Ek\n"


def test_who_is_not_worked_has_no_number(per_person: Callable[..., str]):
    told = per_person("A", "contacts:\n  - {name: Bo Ek}\n" + NUMBER, options=("--year", "2027"))
    assert "planned 2027-01-15 Call or mail with Bo Ek; none of the contacts is worked continuously, " in told
    assert "kamgen contact edit byens bo-ek --work ongoing; next: " in told


TIERS = [
    (rules, tier)
    for rules in rulebook.shipped_names()
    for tier in rulebook.load(read_data("", f"rules: {{extends: {rules}}}".encode()), NO_RULES).ruleset.tiers
]


@pytest.mark.parametrize(("rules", "tier"), TIERS)
def test_what_is_scheduled_for_a_new_account_brings_no_finding(folder: Path, kamgen: Kamgen, rules: str, tier: str):
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").partition("rules:")[0] + f"rules: {{extends: {rules}}}\n", "utf-8")

    def codes() -> set[tuple[str, str]]:
        return {(one["code"], one["message"]) for one in json.loads(kamgen("check", "--format", "json", "plans/fisk.md").out)["diagnostics"]}

    assert kamgen("new", "Fisk", "--tier", tier, "--owner", "kari").code == 0
    assert kamgen("contact", "add", "fisk", "Bo Ek", "--function", "procurement", "--buying-role", "decision-maker").code == 0
    before = codes()
    made = kamgen("schedule", "fisk")
    assert made.code == 0, made
    assert codes() - before == set()
    assert [one for one in codes() if one[0] == "KAM205"] == []


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-schedule.txt", play(*LINES))
