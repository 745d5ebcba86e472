"""Rows of overviews: made once for a plan, and again when it changes; another's change is no reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from kamgen.cache import Folder
from kamgen.page import Page, collect, templates
from kamgen.pages.extra import extra_pages  # noqa: F401  (importing the pages registers them)
from kamgen.rows import Rows
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import PLAN, PORTFOLIO, write

PLANS = {"acme": "1", "bravo": "2"}
KEEPS = " kept("
TABLES = {
    *("portfolio.md", "accounts index.md", "finance.md", "reviews.md", "agenda.md", "health.md"),
    *("meetings.md", "white-space tier", "compliance tier", "relationships tier"),
}
MORE = "meetings: {strategic: {per_year: 1}}\nsales: [{product: lamps, actual: {2025: 10}, potential: 20}]\n"
"""What every page with rows tells something of."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A table of two rows, kept."""
    first = Rows()
    first.remember(Folder(tmp_path), "alike", PLANS)
    assert [first.shown("table", path, lambda path=path: Markup(path.upper())) for path in (*PLANS, "acme")] == ["ACME", "BRAVO", "ACME"]  # type: ignore[misc]  # mypy types no lambda with a default
    first.settle()
    return tmp_path


@pytest.mark.parametrize(
    ("alike", "table", "plans", "shown"),
    [
        ("alike", "table", PLANS, ["ACME", "BRAVO"]),
        ("alike", "table", {**PLANS, "acme": "3"}, ["new", "BRAVO"]),
        ("other", "table", PLANS, ["new", "new"]),
        ("alike", "other", PLANS, ["new", "new"]),
    ],
)
def test_a_row_is_made_again_when_what_it_rests_on_changes(folder: Path, alike: str, table: str, plans: dict[str, str], shown: list[str]) -> None:
    for _ in range(2):
        rows = Rows()
        rows.remember(Folder(folder), alike, plans)
        assert [rows.shown(table, path, lambda: "new") for path in plans] == shown
        rows.settle()


def test_several_rows_of_an_account_have_a_name_each_and_are_made_again_together(tmp_path: Path) -> None:
    for plan, found in (("1", ["made", "made"]), ("1", ["made", "made"]), ("2", ["again", "again"])):
        rows = Rows()
        rows.remember(Folder(tmp_path), "alike", {"acme": plan})
        assert [rows.shown("table", "acme", lambda plan=plan: "made" if plan == "1" else "again", name) for name in ("one", "two")] == found  # type: ignore[misc]  # mypy types no lambda with a default
        rows.settle()


def test_a_template_keeps_what_it_calls_around() -> None:
    kept = Rows().keeper("table")
    words = jinja2.Environment(autoescape=True).from_string(
        "{% for n in (1, 2) %}{% call kept('acme', name) %}<b>{{ n }}</b>{% endcall %}{% endfor %}"
    )
    assert words.render(kept=kept, name="") == "<b>1</b>" * 2
    assert words.render(kept=kept, name="other") == "<b>1</b>" * 2


def test_the_rows_of_plans_that_are_gone_are_let_go(folder: Path) -> None:
    less = Rows()
    less.remember(Folder(folder), "alike", {"acme": "4"})
    less.shown("table", "acme", lambda: "new")
    less.settle()
    after = Rows()
    after.remember(Folder(folder), "alike", PLANS)
    assert after.shown("table", "bravo", lambda: "again") == "again"


def test_what_is_no_table_is_not_believed(tmp_path: Path) -> None:
    class Strange(Folder):
        def load(self, key: str) -> bytes | None:  # noqa: ARG002  (a cache's signature)
            return b"\xc1"

    rows = Rows()
    rows.remember(Strange(tmp_path), "alike", PLANS)
    assert rows.shown("table", "acme", lambda: "made") == "made"


def test_a_row_is_the_same_whatever_stands_in_other_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other plan keeps its name, id, tier and owner: what is the same for all."""
    acme, portfolio = PLAN.replace("tier: A\n", f"tier: A\n{MORE}"), f"{PORTFOLIO}products: [{{id: lamps}}]\n"
    other = acme.replace("Acme", "Bravo")
    changed = other.replace("function: ceo", "function: other").replace("2026-05-20", "2026-05-03").replace("2025: 10", "2025: 11, 2026: 7")
    told: list[dict[tuple[str, str, str], str]] = []
    shown = Rows.shown

    def seen(rows: Rows, table: str, path: str, make: Any, name: str = "") -> str:
        told[-1][table, path, name] = row = shown(rows, table, path, make, name)
        return row

    monkeypatch.setattr(Rows, "shown", seen)
    for name, text in (("one", other), ("two", changed)):
        told.append({})
        site = Site(load(write(tmp_path / name, {"acme.md": acme, "bravo.md": text}, portfolio=portfolio), dt.date(2026, 5, 6)))
        shipped = templates(None, "en")
        for page in (page for page in collect(site) if isinstance(page, Page)):
            if page.template in {"kam.html", "tier.html"} or KEEPS in (shipped.folders[0] / "pages" / page.template).read_text("utf-8"):
                shipped.render(page, site, str)
    one, two = told
    rows = {row for row in one if row[1] == "plans/acme.md"}
    assert {table for table, *_ in rows} == TABLES
    assert [row for row in rows if one[row] != two[row]] == []
    assert any(one[row] != two.get(row) for row in one if row[1] == "plans/bravo.md")
