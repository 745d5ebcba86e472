"""`load`: every stage in order, on small folders."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kamgen.diagnostic import Severity
from kamgen.rule import REGISTRY
from kamgen.settings import read_portfolio_file
from kamgen.workspace import Workspace, judge, load, read
from tests import fewer

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """
people:
  - {id: kari, name: Kari Nygaard, role: kam}
  - {id: k2, name: Ole Bang, role: kam}
  - {id: k3, name: Ole Bang, role: kam}
products: [{id: fittings}]
segments: [retail]
regions: [denmark]
rules: {extends: per-person, severities: {non-monotone-minimum.shipped: "off"}}
"""


def folder(root: Path, **plans: str) -> Path:
    (root / "plans").mkdir()
    (root / "plans/portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    for name, more in plans.items():
        text = f"---\naccount: {name}\ntier: C\n{more if 'owner' in more else f'owner: kari{chr(10)}{more}'}status: archived\n---\n"
        (root / f"plans/{name}.md").write_text(text, encoding="utf-8")
    return root


def rules(root: Path, only: tuple[str, ...] | None = None) -> list[str]:
    return told(load(root, AS_OF, only))


def told(workspace: Workspace) -> list[str]:
    """What is found of files, references and rules: the portfolio of these tests keeps no other rule."""
    return [found.rule for found in workspace.diagnostics if found.rule not in fewer.others()]


def test_everything_is_read_in_the_order_of_paths(tmp_path: Path) -> None:
    folder(tmp_path, b="segment: retail\nregion: denmark\n", a="parent: b\nsales: [{product: fittings}]\n")
    (tmp_path / "plans/handbook").mkdir()
    (tmp_path / "plans/handbook/index.md").write_text("# Handbook\n", encoding="utf-8")
    workspace = load(tmp_path, AS_OF)
    assert [account.path for account in workspace.accounts] == ["plans/a.md", "plans/b.md"]
    assert told(workspace) == []
    assert (workspace.as_of, workspace.root, len(workspace.portfolio.people)) == (AS_OF, tmp_path, 3)
    assert all(account.tier and account.cells == () for account in workspace.accounts)


@pytest.mark.parametrize(
    ("owner", "expected"), [("Kari Nygaard", []), ("k2", []), ("Ole Bang", ["unknown-person"]), ("kari nygaard", ["unknown-person"])]
)
def test_people_are_named_by_id_or_exact_name(tmp_path: Path, owner: str, expected: list[str]) -> None:
    assert rules(folder(tmp_path, a=f"owner: {owner}\n")) == expected


def test_one_plan_is_judged_by_the_rules_of_one_plan(tmp_path: Path) -> None:
    folder(tmp_path, a="parent: b\nsegment: x\n", b="parent: a\nregion: x\n")
    assert rules(tmp_path) == ["parent-cycle", "unknown-segment", "unknown-region"]
    assert rules(tmp_path, ("plans/a.md",)) == ["unknown-segment"]
    assert rules(tmp_path, ()) == []
    (tmp_path / "plans/portfolio.yml").write_text(f"{PORTFOLIO}titel: x\n", encoding="utf-8")
    assert rules(tmp_path, ("plans/a.md",)) == ["unknown-segment", "unknown-key"]


def test_a_text_is_read_once_and_judged_on_any_day(tmp_path: Path) -> None:
    folder(tmp_path, a="activities: [{date: 2026-06-01, type: contact, status: planned}]\n", b="segment: x\n")
    plan = tmp_path / "plans/a.md"
    plan.write_text(plan.read_text("utf-8").replace("status: archived\n", ""), encoding="utf-8")
    reading = read(tmp_path)
    plan.unlink()
    days = [dt.date(2026, 5, 6), dt.date(2026, 6, 2), dt.date(2026, 5, 6)]
    before, after, again = (judge(reading, day) for day in days)
    assert "overdue-activity" in {found.rule for found in after.diagnostics} - {found.rule for found in before.diagnostics}
    assert before.diagnostics == again.diagnostics
    assert [workspace.as_of for workspace in (before, after, again)] == days
    assert before.reading is after.reading


def test_rules_that_do_not_ask_for_the_date_are_asked_once(tmp_path: Path) -> None:
    root = Path(__file__).parents[1] / "tests/rules/no-next-activity"
    folder(tmp_path)
    (tmp_path / "plans/a.md").write_bytes((root / "bad.md").read_bytes())
    reading = read(tmp_path)
    days = [AS_OF, dt.date(2026, 12, 31), dt.date(2027, 3, 1), AS_OF]
    verdicts = [judge(reading, day) for day in days]
    assert [verdict.diagnostics for verdict in verdicts] == [load(tmp_path, day).diagnostics for day in days]
    assert {REGISTRY[name].dated for name, _ in reading.lasting} == {False}
    assert {path for _, path in reading.lasting} == {"plans/a.md"}


def test_one_plan_is_never_clean_where_nothing_can_be_judged(tmp_path: Path) -> None:
    folder(tmp_path, a="")
    (tmp_path / "plans/portfolio.yml").unlink()
    assert rules(tmp_path, ("plans/a.md",)) == ["not-a-plan"]


def test_a_link_is_an_account_that_is_never_read(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "secret.md").write_text("---\naccount: Secret\n---\n", encoding="utf-8")
    (tmp_path / "plans/a.md").symlink_to("../secret.md")
    workspace = load(tmp_path, AS_OF)
    assert [(account.id, account.plan, account.document.text) for account in workspace.accounts] == [("a", None, "")]
    assert told(workspace) == ["symlink"]


def test_a_portfolio_file_that_is_a_link_is_never_read(tmp_path: Path) -> None:
    folder(tmp_path, a="")
    (tmp_path / "plans/portfolio.yml").rename(tmp_path / "outside.yml")
    (tmp_path / "plans/portfolio.yml").symlink_to(tmp_path / "outside.yml")
    workspace = load(tmp_path, AS_OF)
    assert told(workspace) == ["symlink"]
    assert (workspace.portfolio.people, workspace.diagnostics[0].path) == ((), "plans/portfolio.yml")


def test_a_link_in_the_handbook_is_told(tmp_path: Path) -> None:
    folder(tmp_path, a="")
    (tmp_path / "plans/handbook").mkdir()
    (tmp_path / "plans/handbook/secret.md").symlink_to(tmp_path / "plans/a.md")
    workspace = load(tmp_path, AS_OF)
    assert [(one.rule, one.path, one.account) for one in workspace.diagnostics if one.rule == "symlink"] == [
        ("symlink", "plans/handbook/secret.md", None)
    ]
    assert "symlink" not in rules(tmp_path, ("plans/a.md",))


def test_two_files_of_one_name(tmp_path: Path) -> None:
    folder(tmp_path, a="")
    (tmp_path / "plans/north").mkdir()
    (tmp_path / "plans/north/a.md").write_text((tmp_path / "plans/a.md").read_text("utf-8"), encoding="utf-8")
    assert rules(tmp_path) == ["bad-file-name", "duplicate-account"]


@pytest.mark.parametrize("other", ["Cafe\u0301 Demo", "\uff23\uff41f\u00e9\u3000DEMO", "CAF\u00c9  demo"])
def test_two_plans_of_one_name_however_it_is_stored(tmp_path: Path, other: str) -> None:
    folder(tmp_path, a="", b="")
    for name, called in {"a": "Caf\u00e9 Demo", "b": other}.items():
        path = tmp_path / f"plans/{name}.md"
        path.write_text(path.read_text("utf-8").replace(f"account: {name}", f"account: {called}"), encoding="utf-8")
    assert rules(tmp_path) == ["duplicate-account"]


def test_a_custom_field_is_typed_by_the_portfolio(tmp_path: Path) -> None:
    folder(tmp_path, a="x_visits: many\n")
    (tmp_path / "plans/portfolio.yml").write_text(f"{PORTFOLIO}custom_fields: [{{key: x_visits, type: number}}]\n", encoding="utf-8")
    assert rules(tmp_path) == ["wrong-value"]


def test_a_missing_portfolio_is_a_problem_and_a_missing_folder_is_not(tmp_path: Path) -> None:
    _, portfolio, problems = read_portfolio_file(tmp_path)
    assert (portfolio.title, [problem.kind for problem in problems]) == ("Key accounts", ["not-a-plan"])
    with pytest.raises(FileNotFoundError):
        load(tmp_path, AS_OF)


def test_the_demonstration_portfolio_has_no_error() -> None:
    root = Path(__file__).parents[1]
    workspace = load(root, read_portfolio_file(root)[1].today or AS_OF)
    assert len(workspace.accounts) == 91
    assert workspace.count(Severity.ERROR) == 0


@pytest.mark.parametrize("slip", ["poeple: [{id: kari, name: Kari Nygaard, role: kam}]", "people: [{id: kari, name: Kari Nygaard, role: KAM}]"])
def test_a_part_of_the_portfolio_that_cannot_be_read_is_told_once(tmp_path: Path, slip: str) -> None:
    folder(tmp_path, a="", b="")
    (tmp_path / "plans/portfolio.yml").write_text(f"{slip}\nrules: {{extends: per-account}}\n", encoding="utf-8")
    assert len(rules(tmp_path)) == 1


def test_a_key_of_the_rules_at_the_top_of_the_portfolio_is_told_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/portfolio.yml").write_text("extends: per-person\ntiers: {}\nbought: x\npublish: {extends: x}\n", encoding="utf-8")
    _, _, problems = read_portfolio_file(tmp_path)
    assert [(problem.place.line, problem.message.id) for problem in problems] == [
        (1, "unknown-key.rules"),
        (2, "unknown-key.rules"),
        (3, "unknown-key"),
        (4, "unknown-key.known"),
    ]
