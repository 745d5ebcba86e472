"""README, CONTRIBUTING and CHANGELOG say what is so: their examples are run, and what they name exists."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

import kamgen.pages
import kamgen.reports
import kamgen.rules
from kamgen import cli
from kamgen.clock import VARIABLE
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import keys as record_keys
from kamgen.page import Page
from kamgen.report import REPORTS
from kamgen.rule import REGISTRY
from kamgen.ruleset import Tier
from tests.kinds import pages

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
DOCUMENTS = {"README.md": README, "CONTRIBUTING.md": CONTRIBUTING, "CHANGELOG.md": CHANGELOG}
FENCE = re.compile(r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Fence:
    language: str
    title: str | None
    body: str


def fences(text: str) -> list[Fence]:
    return [Fence(**found.groupdict()) for found in FENCE.finditer(text)]


def words(text: str) -> list[str]:
    """What stands between single backticks, outside of fences."""
    return CODE.findall(FENCE.sub("", text))


def commands(text: str) -> list[str]:
    """Every `kamgen ...` that a document tells people to type."""
    typed = [line.removeprefix("$ ") for fence in fences(text) if fence.language == "console" for line in fence.body.splitlines() if line[:2] == "$ "]
    return [line for line in (*typed, *words(text)) if line.startswith("kamgen ")]


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the README shows."""
    for fence in fences(README):
        if fence.title:
            path = tmp_path / fence.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.body, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path


def run(line: str) -> object:
    """The exit code of a command line; where the shell would put its output does not matter."""
    with pytest.raises(SystemExit) as end:
        raise SystemExit(cli.run(re.split(r" >", line)[0].split()[1:]))
    return end.value.code


def shown(command: str) -> list[str]:
    """What the README shows of a command, in order: every console fence that begins with it."""
    return [fence.body.partition("\n")[2] for fence in fences(README) if fence.body.startswith(f"$ {command}\n")]


def test_the_failing_check_of_the_readme_and_how_it_is_mended(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failing, mended = shown("kamgen check")
    assert run("kamgen check") == 1
    assert capsys.readouterr().out == failing

    added = next(fence.body for fence in fences(README) if fence.body.startswith("  - date:"))
    plan = example / "plans" / "havnens-kobmandshuse.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("\n---\n\n", f"\n{added}---\n\n"), encoding="utf-8")
    assert run("kamgen check") == 0
    assert capsys.readouterr().out == mended

    (ahead,) = shown("kamgen upcoming --days 30")
    assert run("kamgen upcoming --days 30") == 0
    assert capsys.readouterr().out == ahead

    assert run("kamgen upcoming --days 60") == 0
    assert {line[:10] for line in capsys.readouterr().out.splitlines() if "KAM501" in line or "KAM607" in line} == {"2026-06-30"}


def test_the_rules_of_the_readme_are_in_force_as_its_comments_say(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    portfolio = example / "plans" / "portfolio.yml"
    own = next(fence.body for fence in fences(README) if fence.body.startswith("rules:\n"))
    before = rules_of_b(capsys)
    portfolio.write_text(portfolio.read_text(encoding="utf-8").partition("rules:\n")[0] + own, encoding="utf-8")
    assert run("kamgen check --format concise") == 1
    assert "[KAM9" not in capsys.readouterr().out

    after = rules_of_b(capsys)
    assert "Status meetings 2 a year, for the account per-account" in before
    assert "Status meetings 3 to 4 a year, for the account company" in after
    assert "5 of 11 must be answered" in before
    assert "3 of 11 must be answered" in after
    assert "KAM204 held-without-next-step warning" in before
    assert "KAM204 held-without-next-step error*" in after
    assert "KAM216 long-overdue-activity error days 14" in before
    assert "KAM216 long-overdue-activity error days 7*" in after
    assert "KAM606 no-executive-sponsor off*" in after


def rules_of_b(capsys: pytest.CaptureFixture[str]) -> str:
    """What `kamgen rules` prints of tier B, with single spaces."""
    assert run("kamgen rules --tier B") == 0
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("example")
def test_the_other_checks_of_the_readme_run(capsys: pytest.CaptureFixture[str]) -> None:
    for line in commands(README):
        if line.startswith(("kamgen check ", "kamgen explain ", "kamgen upcoming", "kamgen rules")):
            assert run(line) in {0, 1}, line
            assert bool(capsys.readouterr().err) == ("--write-baseline" in line), line


def test_the_readme_names_every_report() -> None:
    table = README.partition("| `--format` | for |\n| --- | --- |\n")[2].partition("\n\n")[0]
    assert {name for row in table.splitlines() for name in CODE.findall(row.split("|")[1])} == set(REPORTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_and_option_named_exists(name: str) -> None:
    context = click.Context(cli.cli)
    for line in commands(DOCUMENTS[name]):
        command = cli.cli.get_command(context, line.split()[1])
        assert command, line
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in line.split() if word.startswith("--")} <= options, line


def test_the_readme_names_every_command() -> None:
    assert {line.split()[1] for line in commands(README)} == set(cli.COMMANDS)


def test_the_readme_names_every_family_of_rules_and_no_other() -> None:
    told = set(re.findall(r"^\| KAM(\d) \|", README, re.MULTILINE))
    assert told == {rule.code[3] for rule in REGISTRY.values()}


def test_the_readme_names_every_page_of_the_menu_by_the_title_it_has() -> None:
    table = README.partition("| page | answers |\n| --- | --- |\n")[2].partition("\n\n")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines()]
    titles = [page.title for _, page in pages() if isinstance(page, Page) and page.menu is not None and page.parent is None]
    assert sorted(rows) == sorted([*titles, "a page per account"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_rule_named_has_that_code(name: str) -> None:
    pairs = re.findall(r"`(KAM\d{3})` ([a-z-]+)", DOCUMENTS[name])
    assert [(code, rule) for code, rule in pairs if REGISTRY[rule].code != code] == []
    codes = {rule.code for rule in REGISTRY.values()}
    assert set(re.findall(r"KAM\d{3}", FENCE.sub("", DOCUMENTS[name]))) <= codes


def test_every_key_named_in_the_readme_is_one_of_a_plan_the_portfolio_or_a_tier() -> None:
    keys = {word.removesuffix(":") for word in words(README) if re.fullmatch(r"[a-z_]+:", word)}
    assert keys
    assert keys <= {key.name for record in (Plan, Portfolio, Tier) for key in record_keys(record)}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    typed = "\n".join([*words(DOCUMENTS[name]), *(fence.body for fence in fences(DOCUMENTS[name]))])
    named = set(re.findall(r"^(?:\$ )?make ([a-z]+)$", typed, re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_and_path_leads_to_a_file(name: str) -> None:
    links = set(re.findall(r"\]\(([^)#:]+)\)", DOCUMENTS[name]))
    paths = {word for word in words(DOCUMENTS[name]) if re.fullmatch(r"(kamgen|plans|templates|tests|benchmarks)/[\w./-]*", word)}
    assert [path for path in sorted(links | paths) if not (ROOT / path).exists()] == []


def test_the_changelog_has_a_place_for_what_comes_and_the_version_that_is() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1].split()[0] == version


def test_the_package_names_its_modules_in_the_order_of_the_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    named = re.findall(r"^    ([a-z]+)/?  +\S", kamgen.__doc__ or "", re.MULTILINE)
    assert named == [layer for layer in reversed(layers) if layer != "__main__"]
