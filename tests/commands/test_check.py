"""`kamgen check`, as a person and as CI see it."""

from __future__ import annotations

import errno
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kamgen import workspace
from tests.commands.conftest import Kamgen


def test_a_clean_portfolio_is_one_line_and_exit_0(folder: Path, kamgen: Kamgen):
    result = kamgen("check")
    assert result.code == 0
    assert result.out == "1 account, 0 errors, 0 warnings, 0 notes; as of 2026-05-06 (pinned by `today:` in plans/portfolio.yml)\n"
    assert result.err == ""


def test_a_key_account_without_a_next_activity_fails(uncovered: Path, kamgen: Kamgen):
    result = kamgen("check")
    assert result.code == 1
    assert "plans/byens.md:7:1: error[KAM201] Byens Købmandshuse A/S (tier B) has no customer activity planned on or after 2026-05-06" in result.out
    assert "\n  help: add to `activities:` the item `- {date: 2026-05-20" in result.out


def test_the_help_can_be_pasted_and_mends_the_plan(uncovered: Path, kamgen: Kamgen):
    plan = uncovered / "plans" / "byens.md"
    shown = kamgen("check", "--format", "json").out
    helped = next(found["help"] for found in json.loads(shown)["diagnostics"] if found["code"] == "KAM201")
    line = helped.split("`")[3]
    plan.write_text(plan.read_text(encoding="utf-8").replace("activities:\n", f"activities:\n  {line}\n"), encoding="utf-8")
    assert "KAM201" not in kamgen("check").out


def test_the_truth_changes_with_the_date_alone(folder: Path, kamgen: Kamgen):
    assert kamgen("check", "--as-of", "2026-09-09").code == 0
    later = kamgen("check", "--as-of", "2026-09-10")
    assert "KAM201" in later.out
    assert "KAM202" in later.out
    assert "as of 2026-09-10 (from --as-of)" in later.out


def test_the_environment_sets_the_date_and_the_option_wins(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAMGEN_AS_OF", "2026-07-01")
    assert "as of 2026-07-01 (from KAMGEN_AS_OF)" in kamgen("check").out
    assert "as of 2026-07-02 (from --as-of)" in kamgen("check", "--as-of", "2026-07-02").out
    monkeypatch.setenv("KAMGEN_AS_OF", "soon")
    assert kamgen("check") == (
        2,
        "",
        'kamgen: KAMGEN_AS_OF: "soon" is not a date like 2026-05-20 (years go from 1900 to 2199), nor a step like +30d, -2w or tomorrow\n',
    )


def test_the_date_may_be_a_step(folder: Path, kamgen: Kamgen):
    line = "as of 2026-09-10 (+127d, counted from 2026-05-06, pinned by `today:` in plans/portfolio.yml)"
    assert line in kamgen("check", "--as-of", "+127d").out
    assert "as of 2026-04-29 (-7d, counted" in kamgen("check", "--as-of", "-7d").out
    assert "as of 2026-05-07 (tomorrow, counted" in kamgen("check", "--as-of=tomorrow").out


def test_without_a_pin_today_is_today_in_the_portfolios_time_zone(folder: Path, kamgen: Kamgen):
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(portfolio.read_text(encoding="utf-8").replace("today: 2026-05-06\n", ""), encoding="utf-8")
    assert " (today)" in kamgen("check").out


def test_with_a_path_only_that_plan_is_judged_and_the_summary_says_so(uncovered: Path, kamgen: Kamgen):
    result = kamgen("check", "plans/havnens.md")
    assert result.code == 0
    assert result.out.startswith("1 of 2 accounts, 0 errors")
    assert result.out.endswith("rules of the whole portfolio were not run\n")
    assert kamgen("check", "plans/byens.md").code == 1
    assert kamgen("check", "plans").out.startswith("plans/byens.md")


def test_a_path_from_another_folder_and_an_absolute_path(uncovered: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(uncovered / "plans")
    assert kamgen("check", "byens.md").code == 1
    assert kamgen("check", str(uncovered / "plans" / "havnens.md")).code == 0


def test_a_broken_portfolio_is_told_with_every_path(folder: Path, kamgen: Kamgen):
    portfolio = folder / "plans" / "portfolio.yml"
    portfolio.write_text(f"{portfolio.read_text(encoding='utf-8')}segmentz: [x]\n", encoding="utf-8")
    for path in ("plans/portfolio.yml", "plans/havnens.md"):
        result = kamgen("check", path)
        assert result.code == 1
        assert "did you mean `segments`?" in result.out


def test_two_people_with_one_id(folder: Path, kamgen: Kamgen):
    portfolio = folder / "plans" / "portfolio.yml"
    twice = "people:\n  - {id: vera.lind, name: Another Vera, role: kam}\n"
    portfolio.write_text(portfolio.read_text(encoding="utf-8").replace("people:\n", twice), encoding="utf-8")
    assert "error[KAM110] the id vera.lind stands twice in `people`" in kamgen("check").out


def test_a_hook_may_name_the_portfolio_and_the_handbook(folder: Path, kamgen: Kamgen):
    (folder / "plans" / "handbook").mkdir()
    (folder / "plans" / "handbook" / "index.md").write_text("# Us", encoding="utf-8")
    assert kamgen("check", "plans/portfolio.yml", "plans/handbook/index.md").out.startswith("0 of 1 accounts, 0 errors")


def test_a_file_that_is_no_plan_is_misuse(folder: Path, kamgen: Kamgen):
    (folder / "plans" / "notes.txt").write_text("x", encoding="utf-8")
    line = "kamgen: plans/notes.txt: this is not a plan; plans are the .md files in plans/\n"
    assert kamgen("check", "plans/notes.txt") == (2, "", line)
    assert kamgen("check", "/dev/null").code == 2


def test_an_account_is_offered_by_its_name_alone(folder: Path, kamgen: Kamgen):
    assert kamgen("check", "havnen").err == "kamgen: havnen: there is no such plan; did you mean plans/havnens.md?\n"


def test_the_help_for_a_plan_without_activities_can_be_pasted_too(uncovered: Path, kamgen: Kamgen):
    plan = uncovered / "plans" / "byens.md"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text[: text.index("activities:")] + "activities: []\n---\n", encoding="utf-8")
    found = json.loads(kamgen("check", "plans/byens.md", "--format", "json").out)["diagnostics"]
    pieces = next(one["help"] for one in found if one["code"] == "KAM201").split("`")
    line = f"{pieces[1]}\n{pieces[3]}"
    plan.write_text(plan.read_text(encoding="utf-8").replace("activities: []", line), encoding="utf-8")
    result = kamgen("check", "plans/byens.md").out
    assert "KAM201" not in result
    assert "KAM0" not in result


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("check", "plans/havnen.md"), "kamgen: plans/havnen.md: there is no such plan; did you mean plans/havnens.md?\n"),
        (("check", "zzz"), "kamgen: zzz: there is no such plan\n"),
        (
            ("check", "--as-of", "2026-02-30"),
            'kamgen: --as-of: "2026-02-30" is not a date like 2026-05-20 (years go from 1900 to 2199), nor a step like +30d, -2w or tomorrow\n',
        ),
        (
            ("check", "--as-of", "20260206"),
            'kamgen: --as-of: "20260206" is not a date like 2026-05-20 (years go from 1900 to 2199), nor a step like +30d, -2w or tomorrow\n',
        ),
        (("chek",), "kamgen: there is no command chek; did you mean `kamgen check`?\n"),
        (("frobnicate",), "kamgen: there is no command frobnicate; `kamgen --help` lists them\n"),
    ],
)
def test_misuse_is_one_line_and_exit_2(folder: Path, kamgen: Kamgen, arguments: tuple[str, ...], line: str):
    assert kamgen(*arguments) == (2, "", line)


@pytest.mark.parametrize("arguments", [("check", "--format", "xml"), ("check", "--nope"), ("explain", "a", "b")])
def test_wrong_options_are_misuse_without_usage_noise(folder: Path, kamgen: Kamgen, arguments: tuple[str, ...]):
    result = kamgen(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("kamgen: ")
    assert result.err.count("\n") == 1


def test_outside_a_repository(tmp_path: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    result = kamgen("check")
    assert (result.code, result.out) == (2, "")
    assert "no folder plans/" in result.err


def test_json_has_every_key_and_no_other(uncovered: Path, kamgen: Kamgen):
    result = kamgen("check", "--format", "json")
    found = json.loads(result.out)
    assert list(found) == ["as_of", "as_of_from", "summary", "diagnostics"]
    assert (found["as_of"], found["as_of_from"]) == ("2026-05-06", "portfolio")
    keys = ["path", "line", "column", "code", "rule", "severity", "message", "help", "account", "owner", "field", "fingerprint", "waived", "known"]
    assert all(list(diagnostic) == keys for diagnostic in found["diagnostics"])
    assert found["summary"]["errors"] == sum(1 for diagnostic in found["diagnostics"] if diagnostic["severity"] == "error")


def test_github_puts_the_gravest_first_and_escapes_for_its_commands(uncovered: Path, kamgen: Kamgen):
    bad = uncovered / "plans" / "byens.md"
    bad.write_text(bad.read_text(encoding="utf-8").replace("Byens Købmandshuse A/S", '"50 % :: ::error::, x"'), encoding="utf-8")
    lines = kamgen("check", "--format", "github").out.splitlines()
    assert lines[0].startswith("::error file=plans/byens.md,line=7,col=1,title=KAM201 no-next-activity::50 %25 :: ::error::, x (tier B)")
    severities = [line.split(" ", 1)[0] for line in lines if line.startswith("::")]
    assert severities == sorted(severities, key=["::error", "::warning", "::notice"].index)


def test_a_terminal_cannot_be_steered_by_a_plan(folder: Path, kamgen: Kamgen):
    (folder / "plans" / "evil.md").write_text('---\naccount: X\ntier: "\\e[2J\\u202Egnp"\nowner: kari.nygaard\n---\n', encoding="utf-8")
    shown = kamgen("check").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_no_account_manager_sees_a_traceback_for_a_disk(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    def denied(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied", "plans/havnens.md")

    monkeypatch.setattr(workspace, "read_file", denied)
    assert kamgen("check") == (3, "", "kamgen: plans/havnens.md: access is denied; ask who owns the file or the folder\n")


@pytest.mark.parametrize("command", ["status", "check", "agenda"])
def test_a_plan_that_may_not_be_read_is_called_as_people_call_it(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch, command: str):
    def denied(root: Path, path: str) -> bytes:
        raise PermissionError(13, "Permission denied", str(root / path))

    monkeypatch.setattr(workspace, "read_file", denied)
    assert kamgen(command) == (3, "", "kamgen: plans/havnens.md: access is denied; ask who owns the file or the folder\n")


def test_a_file_elsewhere_keeps_its_path(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    def denied(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied", "/elsewhere/x")

    monkeypatch.setattr(workspace, "read_file", denied)
    assert kamgen("check").err.startswith("kamgen: /elsewhere/x: access is denied")


def test_a_bug_is_told_as_a_bug(folder: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kamgen.commands.check.judge", lambda *_, **__: 1 / 0)
    monkeypatch.delenv("KAMGEN_DEBUG", raising=False)
    code, out, err = kamgen("check")
    assert (code, out) == (3, "")
    assert err == "kamgen: this is a bug in kamgen, not in your plans: ZeroDivisionError: division by zero (KAMGEN_DEBUG=1 shows where)\n"
    monkeypatch.setenv("KAMGEN_DEBUG", "1")
    assert "Traceback" in kamgen("check").err


def test_nobody_reads_on(uncovered: Path):
    command = f"{shlex.quote(sys.executable)} -m kamgen check --format json | head -c 1"
    ended = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=uncovered, capture_output=True, text=True, check=False)
    assert ended.stdout == "{"
    assert ended.stderr == ""


def test_what_is_in_the_baseline_does_not_fail_and_what_is_new_does(uncovered: Path, kamgen: Kamgen):
    wrote = kamgen("check", "--write-baseline", "known.jsonl")
    assert wrote.code == 0
    assert wrote.err.endswith("are known: known.jsonl\n")
    quiet = kamgen("check", "--baseline", "known.jsonl")
    assert (quiet.code, quiet.err) == (0, "")
    assert quiet.out.startswith("2 accounts, 0 errors, 0 warnings")
    assert " known; as of 2026-05-06" in quiet.out
    plan = uncovered / "plans" / "byens.md"
    (uncovered / "plans" / "another.md").write_text(plan.read_text("utf-8").replace("Byens", "Another"), encoding="utf-8")
    louder = kamgen("check", "--baseline", "known.jsonl")
    assert louder.code == 1
    assert "plans/another.md" in louder.out
    assert "plans/byens.md" not in louder.out


def test_a_baseline_is_known_by_fingerprint_and_not_by_line(uncovered: Path, kamgen: Kamgen):
    kamgen("check", "--write-baseline", "known.jsonl")
    plan = uncovered / "plans" / "byens.md"
    plan.write_text(plan.read_text("utf-8").replace("---\n", "---\n# a line\n", 1), encoding="utf-8")
    assert kamgen("check", "--baseline", "known.jsonl").code == 0


def test_what_is_mended_is_told_and_taken_out_when_asked(uncovered: Path, kamgen: Kamgen):
    kamgen("check", "--write-baseline", "known.jsonl")
    before = (uncovered / "known.jsonl").read_text("utf-8")
    (uncovered / "plans" / "byens.md").unlink()
    count = len(before.splitlines())
    command = "`kamgen check --baseline known.jsonl --write-baseline known.jsonl`"
    assert f"; {count} known findings are mended: {command} takes them out\n" in kamgen("check", "--baseline", "known.jsonl").out
    assert json.loads(kamgen("check", "--baseline", "known.jsonl", "--format", "json").out)["summary"]["mended"] == count
    assert (uncovered / "known.jsonl").read_text("utf-8") == before
    assert "mended" not in kamgen("check", "--baseline", "known.jsonl", "--write-baseline", "known.jsonl").out
    assert (uncovered / "known.jsonl").read_text("utf-8") == ""


def test_taking_out_lets_nothing_new_in(uncovered: Path, kamgen: Kamgen):
    kamgen("check", "--write-baseline", "known.jsonl")
    plan = uncovered / "plans" / "byens.md"
    plan.rename(plan.with_name("another.md"))
    assert kamgen("check", "--baseline", "known.jsonl", "--write-baseline", "known.jsonl").code == 1
    assert (uncovered / "known.jsonl").read_text("utf-8") == ""
    assert kamgen("check", "--write-baseline", "known.jsonl").code == 0


def test_writing_again_without_a_change_writes_the_same(uncovered: Path, kamgen: Kamgen):
    kamgen("check", "--write-baseline", "known.jsonl")
    before = (uncovered / "known.jsonl").read_bytes()
    kamgen("check", "--as-of", "+1d", "--write-baseline", "known.jsonl")
    assert (uncovered / "known.jsonl").read_bytes() == before


def test_a_plan_that_cannot_be_read_is_never_known(uncovered: Path, kamgen: Kamgen):
    kamgen("check", "--write-baseline", "known.jsonl")
    before = (uncovered / "known.jsonl").read_bytes()
    plan = uncovered / "plans" / "byens.md"
    plan.write_text(plan.read_text("utf-8").replace("tier: B", "tier: [B"), encoding="utf-8")
    result = kamgen("check", "--write-baseline", "known.jsonl")
    assert result.code == 1
    assert "error[KAM003]" in result.out
    assert (uncovered / "known.jsonl").read_bytes() == before
    assert "mended" not in kamgen("check", "--baseline", "known.jsonl").out


def test_with_a_path_the_rest_is_not_called_mended(uncovered: Path, kamgen: Kamgen):
    kamgen("check", "--write-baseline", "known.jsonl")
    result = kamgen("check", "--baseline", "known.jsonl", "plans/havnens.md")
    assert result.code == 0
    assert "mended" not in result.out
    assert kamgen("check", "--baseline", "known.jsonl", "plans/byens.md").code == 0
    assert kamgen("check", "--write-baseline", "known.jsonl", "plans/byens.md") == (
        2, "", "kamgen: a baseline is written of all plans: leave out plans/byens.md\n",
    )  # fmt: skip


def test_a_baseline_that_is_none_is_misuse_and_stays_as_it_is(uncovered: Path, kamgen: Kamgen):
    plan = uncovered / "plans" / "byens.md"
    before = plan.read_bytes()
    (uncovered / "latin").write_bytes(b"\xe6")
    missing = "kamgen: none: there is no such baseline; `kamgen check --write-baseline none` writes one\n"
    line = "kamgen: plans/byens.md:1: this is not a line of a baseline; `kamgen check --write-baseline` writes them\n"
    assert kamgen("check", "--baseline", "none") == (2, "", missing)
    assert kamgen("check", "--baseline", "plans/byens.md") == kamgen("check", "--write-baseline", "plans/byens.md") == (2, "", line)
    for path in ("plans", "latin", "plans/byens.md/x"):
        assert kamgen("check", "--baseline", path) == (
            2, "", f"kamgen: {path}: this is not a baseline, a file that `kamgen check --write-baseline` wrote\n",
        )  # fmt: skip
    assert plan.read_bytes() == before


def test_a_baseline_that_cannot_be_written_is_the_machine(uncovered: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch):
    def is_full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    kamgen("check", "--write-baseline", "known.jsonl")
    before = (uncovered / "known.jsonl").read_bytes()
    files = sorted(uncovered.iterdir())
    monkeypatch.setattr(Path, "write_text", is_full)
    assert kamgen("check", "--write-baseline", "known.jsonl") == (3, "", "kamgen: known.jsonl: No space left on device\n")
    assert (uncovered / "known.jsonl").read_bytes() == before
    assert sorted(uncovered.iterdir()) == files


@pytest.mark.parametrize(("path", "missing"), [("no/such/b.json", "no/such"), ("plans/byens.md/x", "plans/byens.md")])
def test_a_baseline_in_no_folder_is_misuse(uncovered: Path, kamgen: Kamgen, path: str, missing: str):
    told = f"kamgen: {path}: there is no folder {missing} to write the baseline to; make it first, or name another file\n"
    assert kamgen("check", "--write-baseline", path) == (2, "", told)


def test_a_baseline_behind_a_link_is_written_there(uncovered: Path, kamgen: Kamgen):
    (uncovered / "kept").mkdir()
    (uncovered / "known.jsonl").symlink_to(Path("kept") / "known.jsonl")
    kamgen("check", "--write-baseline", "known.jsonl")
    assert (uncovered / "known.jsonl").is_symlink()
    assert [file.name for file in (uncovered / "kept").iterdir()] == ["known.jsonl"]


def test_what_a_program_reads_is_not_mixed_with_what_a_person_is_told(uncovered: Path, kamgen: Kamgen):
    result = kamgen("check", "--write-baseline", "known.jsonl", "--format", "json")
    assert json.loads(result.out)["summary"]["known"] == len((uncovered / "known.jsonl").read_text("utf-8").splitlines())


def test_nothing_is_no_line_of_json_lines(folder: Path, kamgen: Kamgen):
    assert kamgen("check", "--format", "jsonl") == (0, "", "")
