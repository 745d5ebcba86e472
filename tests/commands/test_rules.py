"""`kamgen rules`: what is in force, in words and numbers, with who says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen.message import has
from kamgen.model.record import keys
from kamgen.rule import REGISTRY
from kamgen.ruleset import Requirement, Ruleset, Scoring, Tier
from tests.commands.conftest import Kamgen

HEAD = "title: Ours\ncurrency: DKK\ntoday: 2026-05-06\npeople: [{id: kari.nygaard, name: Kari Nygaard, role: kam}]\n"
OWN = """rules:
  extends: per-person
  revised: 2026-02-01
  health: {compliance: 2}
  severities: {over-service: "off", vague-note: warning}
  options: {vague-note: {minimum: 5}, revenue-falling: {percent: 1000, after: 10000, behind: 10000}}
  tiers:
    A:
      bands: {turnover: {from: 500000, below: 9000000}, employees: {from: 100}, potential: {below: 5}}
      requirements: {lunch: {min: 3, per: person}, contact: {min: 0, max: 1, per: account}, kam-meetings: {min: 0, per: account, agreed: false}}
      options: {next-activity-too-far: {key: 30}}
"""


@pytest.fixture
def own(folder: Path) -> Path:
    (folder / "plans" / "portfolio.yml").write_text(HEAD + OWN, encoding="utf-8")
    return folder


def write(folder: Path, rules: str) -> None:
    (folder / "plans" / "portfolio.yml").write_text(HEAD + rules, encoding="utf-8")


def line(text: str, start: str) -> str:
    return next(found for found in text.splitlines() if found.strip().startswith(start))


def test_a_tier_is_told_in_words(own: Path, kamgen: Kamgen):
    code, out, err = kamgen("rules", "--tier", "B")
    assert (code, err) == (0, "")
    assert line(out, "Calls and mails").split("  ")[2:] != []
    assert "1 to 2 a year, for each person worked continuously" in line(out, "Calls and mails")
    assert "at least 1 a year, for each person worked continuously" in line(out, "Lunches")
    assert "as many a year as the plan agrees, for the account" in line(out, "KAM meetings")
    assert "3 of 11 must be answered" in line(out, "Analysis questions")
    assert "Contacts 3; Customer card 2; Sales by product and year" in out
    assert "Decision maker" in line(out, "Roles that we know")
    assert "Tier A" not in out


def test_every_line_says_who_says_it(own: Path, kamgen: Kamgen):
    out = kamgen("rules", "--tier", "A").out
    assert line(out, "Lunches").endswith("company")
    assert line(out, "Proactive sales meetings").endswith("per-person")
    assert line(out, "Turnover").endswith("company")
    assert line(out, "KAM203").endswith("shared")
    assert line(out, "KAM302").split() == ["KAM302", "over-service", "off*", "company"]
    assert line(out, "KAM215").split() == ["KAM215", "vague-note", "warning*", "days", "90,", "minimum", "5*", "company"]
    assert "key 30*" in line(out, "KAM212")
    assert "percent 1000*, after 10000*, behind 10000*" in " ".join(out.replace("shared", "").split())


def test_numbers_are_told_as_sentences(own: Path, kamgen: Kamgen):
    out = kamgen("rules", "--tier", "A").out
    assert "at least 3 a year" in line(out, "Lunches")
    assert "at most 1 a year, for the account" in line(out, "Calls and mails")
    assert "any number a year" in line(out, "KAM meetings")
    assert "from 500,000 to below 9,000,000" in line(out, "Turnover")
    assert "from 100" in line(out, "Employees")
    assert "below 5" in line(out, "Potential")
    assert "with one of ours present: leader, executive" in out


def test_a_source_s_bands_and_zeros_are_told(folder: Path, kamgen: Kamgen):
    out = kamgen("rules", "--tier", "c").out
    assert "from 45,000 to below 140,000 DKK" in line(out, "Potential")
    assert "2 a year, for the account" in line(out, "Agreed sales meetings")
    assert "none, for the account" in line(kamgen("rules", "--tier", "D").out, "Discovery meetings")


@pytest.mark.parametrize("arguments", [(), ("--tier", "A")])
def test_it_fits_a_terminal_and_has_no_loose_ends(own: Path, kamgen: Kamgen, arguments: tuple[str, ...]):
    lines = kamgen("rules", *arguments).out.splitlines()
    assert max(map(len, lines)) <= 108
    assert [found for found in lines if len(found) > 98 and not found.startswith("`kamgen")] == []
    assert [found for found in lines if found != found.rstrip()] == []


def test_everything_is_told_with_every_rule_against_every_tier(own: Path, kamgen: Kamgen):
    out = kamgen("rules").out
    assert "From plans/portfolio.yml, per-person, shared" in out
    assert [found for found in out.splitlines() if found.startswith("Tier ")] == [
        "Tier VIP, with what A says where it says nothing",
        "Tier A",
        "Tier B",
        "Tier C",
    ]
    assert line(out, "How grave each finding is").split()[-4:] == ["VIP", "A", "B", "C"]
    assert line(out, "KAM201").split()[2:] == ["error", "error", "warning", "note"]
    assert line(out, "KAM302").split()[2:] == ["off*", "off*", "off*", "off*"]
    assert line(out, ".late").split()[1:] == ["note", "note", "note", "note"]
    assert {rule.code for rule in REGISTRY.values()} <= set(out.split())
    assert "Rules last revised" in out
    assert line(out, "Internal meeting").endswith("shared")
    assert "among ourselves" in line(out, "Internal meeting")
    assert out.rstrip().endswith("`kamgen explain RULE` tells why a rule is there.")


def test_many_tiers_stand_below_each_other(folder: Path, kamgen: Kamgen):
    tiers = ", ".join(f"a-rather-long-{number}: {{extends: a-rather-long-0}}" for number in range(1, 6))
    write(folder, f"rules: {{extends: shared, tiers: {{a-rather-long-0: {{gated: true}}, {tiers}}}}}\n")
    out = kamgen("rules").out
    assert len([found for found in out.splitlines() if found.startswith("How grave each finding is")]) == 2
    assert "May be overruled" in out


def test_a_rule_set_without_tiers_is_told_too(folder: Path, kamgen: Kamgen):
    write(folder, "rules: {extends: shared}\n")
    code, out, err = kamgen("rules")
    assert code == 0
    assert line(out, "How grave each finding is").endswith("all")
    assert "`kamgen check` tells it" in err
    assert kamgen("rules", "--tier", "A") == (2, "", "kamgen: there is no tier A; the tiers are: none\n")


def test_an_unknown_tier_is_misuse_and_offers_the_known_ones(own: Path, kamgen: Kamgen):
    assert kamgen("rules", "--tier", "Gold") == (2, "", "kamgen: there is no tier Gold; the tiers are: VIP, A, B, C\n")


def test_weights_and_what_counts_are_told(folder: Path, kamgen: Kamgen):
    visits = "{label: Visits, types: [contact, lunch], per: account, min: 1, forums: [strategic]}"
    own = f"classification: {{criteria: {{size: {{weight: 2.50}}}}}}, tiers: {{A: {{requirements: {{visits: {visits}}}}}}}"
    write(folder, f"rules: {{extends: per-account, {own}}}\n")
    out = " ".join(kamgen("rules").out.replace("company", "").split())
    assert "Size 2.5;" in out
    assert "counts: Call or mail, Lunch (relationship), and any meeting of these forums: strategic" in out


def test_as_data_every_value_has_its_origin(own: Path, kamgen: Kamgen):
    told = json.loads(kamgen("rules", "--format", "json").out)
    assert told["version"] == 1
    assert list(told["tiers"]) == ["VIP", "A", "B", "C"]
    assert told["rules"]["revised"] == {"value": "2026-02-01", "origin": "company"}
    assert told["rules"]["window"] == {"value": "calendar-year", "origin": "shared"}
    first = told["tiers"]["A"]
    assert first["bands"]["value"]["turnover"] == {"from": 500000, "below": 9000000}
    assert first["requirements"]["value"]["lunch"]["min"] == 3
    assert first["rules"]["vague-note"]["options"]["minimum"] == {"value": 5, "origin": "company"}
    assert first["rules"]["no-next-activity"] == {
        "code": "KAM201",
        "severity": {"value": "error", "origin": "shared"},
        "variants": {},
        "options": {"within_days": {"value": None, "origin": "default"}},
    }
    assert set(first["rules"]) == set(REGISTRY)
    assert list(json.loads(kamgen("rules", "--tier", "B", "--format", "json").out)["tiers"]) == ["B"]


def test_every_key_has_a_word_of_its_own():
    told = {"label", "extends", "tiers", "severities", "options", "classification"}
    names = {entry.name for record in (Tier, Ruleset, Scoring) for entry in keys(record)} - told
    assert [name for name in sorted(names) if not has(f"rules.key.{name}")] == []
    assert {entry.name for entry in keys(Requirement)} == {"label", "types", "forums", "per", "min", "max", "agreed", "present"}


def test_outside_of_a_portfolio_there_is_nothing_in_force(tmp_path: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert kamgen("rules").code == 2
