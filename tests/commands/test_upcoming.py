"""`kamgen upcoming`: what turns red if nothing happens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import UNCOVERED, Kamgen

SOON = UNCOVERED.replace("2026-06-09", "2026-05-20").replace("status: cancelled", "status: planned", 1)
PINNED = "as of 2026-05-06 (pinned by `today:` in plans/portfolio.yml)"


@pytest.fixture
def soon(folder: Path) -> Path:
    """A key account whose last planned activity is in a fortnight."""
    (folder / "plans" / "byens.md").write_text(SOON, encoding="utf-8")
    return folder


def test_where_nothing_comes_it_is_one_line(folder: Path, kamgen: Kamgen):
    assert kamgen("upcoming") == (0, f"nothing turns red or yellow by 2026-06-05; {PINNED}\n", "")


def test_each_finding_is_told_on_its_first_day(soon: Path, kamgen: Kamgen):
    result = kamgen("upcoming")
    assert result.code == 0
    *lines, blank, summary = result.out.splitlines()
    assert lines[0] == (
        "2026-05-21 Kari Nygaard: plans/byens.md:7:1: error[KAM201] "
        "Byens Købmandshuse A/S (tier B) has no customer activity planned on or after 2026-05-21 (no-next-activity)"
    )
    assert any(line.startswith("2026-05-21 Kari Nygaard: plans/byens.md:8:5: warning[KAM202] Byens Købmandshuse A/S") for line in lines)
    assert lines == sorted(lines, key=lambda line: line[:10])
    assert blank == ""
    assert summary.startswith("by 2026-06-05, if nothing happens: 1 error, ")
    assert summary.endswith(PINNED)


def test_what_stands_on_the_last_day_is_counted(soon: Path, kamgen: Kamgen):
    """The visit of 20 May is overdue from the 21st, and long overdue a fortnight later: it is told twice, and counted once."""
    portfolio = soon / "plans" / "portfolio.yml"
    portfolio.write_text(portfolio.read_text("utf-8").replace("long-overdue-activity: off", "long-overdue-activity: warning"), encoding="utf-8")
    *lines, _, summary = kamgen("upcoming").out.splitlines()
    assert [line.split("[")[1][:6] for line in lines] == ["KAM201", "KAM202", "KAM216"]
    assert summary.startswith("by 2026-06-05, if nothing happens: 1 error, 1 warning; one more comes before, and by then is gone or another; ")
    assert "comes before" not in kamgen("upcoming", "--days", "15").out


def test_the_day_before_and_the_day_itself(soon: Path, kamgen: Kamgen):
    assert "KAM201" not in kamgen("upcoming", "--days", "14").out
    assert "KAM201" in kamgen("upcoming", "--days", "15").out
    assert "KAM201" in kamgen("upcoming", "--days", "1", "--as-of", "2026-05-20").out
    assert "KAM201" not in kamgen("upcoming", "--days", "30", "--as-of", "+15d").out


def test_what_is_red_now_is_counted_and_not_repeated(soon: Path, kamgen: Kamgen):
    (soon / "plans" / "gamle.md").write_text(UNCOVERED.replace("Byens", "Gamle"), encoding="utf-8")
    result = kamgen("upcoming")
    assert result.code == 0
    assert "error[KAM201] Gamle" not in result.out
    assert result.out.splitlines()[-1] == "1 error of today is not repeated here: `kamgen check` tells it"


def test_what_is_red_now_is_counted_for_its_owner_and_where_it_has_none(folder: Path, kamgen: Kamgen):
    (folder / "plans" / "gamle.md").write_text(UNCOVERED.replace("Byens", "Gamle"), encoding="utf-8")
    (folder / "plans" / "ulaest.md").write_text("---\n", encoding="utf-8")
    assert kamgen("upcoming", "--owner", "kari.nygaard").out.splitlines()[-1].startswith("2 errors of today")
    assert kamgen("upcoming", "--owner", "vera.lind").out.splitlines()[-1].startswith("1 error of today")


def test_json_has_the_days_and_the_findings(soon: Path, kamgen: Kamgen):
    whole = json.loads(kamgen("upcoming", "--format", "json").out)
    assert {key: whole[key] for key in whole if key != "upcoming"} == {
        "as_of": "2026-05-06", "as_of_from": "portfolio", "until": "2026-06-05", "errors_now": 0,
    }  # fmt: skip
    first = whole["upcoming"][0]
    assert (first["date"], first["code"], first["severity"], first["account"], first["owner"]) == (
        "2026-05-21", "KAM201", "error", "byens", "kari.nygaard",
    )  # fmt: skip
    then = json.loads(kamgen("check", "--as-of", "2026-05-21", "--format", "json").out)["diagnostics"]
    assert {key: value for key, value in first.items() if key != "date"} in then


def test_one_owner_is_named_by_id_or_name(soon: Path, kamgen: Kamgen):
    everything = kamgen("upcoming").out
    assert kamgen("upcoming", "--owner", "kari.nygaard").out == kamgen("upcoming", "--owner", "Kari Nygaard").out == everything
    assert kamgen("upcoming", "--owner", "vera.lind").out == f"nothing turns red or yellow by 2026-06-05; {PINNED}\n"
    near = "kamgen: Kari Nygard: there is no such person in plans/portfolio.yml; did you mean Kari Nygaard?\n"
    assert kamgen("upcoming", "--owner", "Kari Nygard") == (2, "", near)
    assert kamgen("upcoming", "--owner", "zzz") == (2, "", "kamgen: zzz: there is no such person in plans/portfolio.yml\n")


def test_misuse_is_one_line(folder: Path, kamgen: Kamgen):
    assert kamgen("upcoming", "--as-of", "soon").err.startswith('kamgen: --as-of: "soon" is not a date')
    for days in ("0", "367", "many"):
        result = kamgen("upcoming", "--days", days)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_a_finding_of_the_portfolio_has_no_owner(folder: Path, kamgen: Kamgen):
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(f"{portfolio.read_text('utf-8')}segmentz: [x]\n", encoding="utf-8")
    assert kamgen("upcoming").out.splitlines()[-1].startswith("1 error of today")
