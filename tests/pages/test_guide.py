"""The handbook's own pages: figures with formulas, the reference of files, activity types, how to do things, the method."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import page
from kamgen.document import read_data
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from kamgen.page import Page
from kamgen.pages.formulas import FIGURES
from kamgen.pages.guide import SNIPPETS, TASKS
from kamgen.pages.reference import sections
from kamgen.rule import REGISTRY
from kamgen.site import Site
from kamgen.workspace import load
from tests.pages.plans import AS_OF
from tests.sites import write

PORTFOLIO = """\
title: Test
currency: EUR
people: [{id: kari.nygaard, name: "Kari <b>", role: kam}]
rules:
  extends: per-person
  activity_types: {"stroll": {label: "<script>Walk | {{ 1 }}", hours: 2.5}}
"""
EVERY_FIGURE = (
    "compliance next-activity-rate overdue moves share-of-wallet penetration white-space budget-attainment customer-profit growth "
    "retained-revenue relationship-coverage weak-contacts threads plan-freshness completeness goal-progress action-progress satisfaction "
    "kam-load health concentration"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("guide"), {}, portfolio=PORTFOLIO), AS_OF), "told by the test")


def fragment(site: Site, address: str) -> str:
    made = next(part for part in page.collect(site) if isinstance(part, Page) and part.address == address)
    known = {part.address for part in page.collect(site)}

    def link(there: str) -> str:
        assert there in known
        return f"/{there}"

    return page.templates(None, "en").render(made, site, link)


def words(site: Site, address: str) -> str:
    root = html5lib.parseFragment(fragment(site, address), namespaceHTMLElements=False)
    return re.sub(r"\s+", " ", "".join(root.itertext()))


def test_every_figure_has_its_formula(site: Site) -> None:
    assert set(FIGURES) == set(EVERY_FIGURE.split())
    told = words(site, "figures.md")
    assert "Sum of min(held, floor) ÷ sum of the floors" in told
    assert "(actual − baseline) ÷ (target − baseline), from 0 to 1" in told
    assert told.count("Absent when") == len(FIGURES)


def test_the_health_tells_the_weights_in_force(site: Site, tmp_path: Path) -> None:
    assert re.search(r"Weights in force\s*compliance \d+", words(site, "figures.md"))
    nothing = ", ".join(f"{name}: 0" for name in site.ruleset.health)
    none = f"title: T\ncurrency: EUR\nrules: {{extends: per-person, health: {{{nothing}}}}}\n"
    bare = Site(load(write(tmp_path, {}, portfolio=none), AS_OF), "told by the test")
    assert "none: the rules in force give no part a weight" in words(bare, "figures.md")


def test_every_key_of_a_plan_is_in_the_reference(site: Site) -> None:
    found = list(sections(site, Plan))
    assert [line.key.name for line in found[0].lines] == [key.name for key in keys(Plan)]
    told = words(site, "plan-file.md")
    for section in found:
        for line in section.lines:
            assert line.key.name in told
            assert line.example or line.below, line.key.name
            assert line.form or line.below


def test_the_reference_tells_choices_units_and_who_sees(site: Site) -> None:
    told = words(site, "plan-file.md")
    assert "prospect, active, at-risk, paused, lost, archived" in told
    assert "in the currency of the file, else EUR" in told
    assert "not given means active" in told
    assert "offers: - {id: o1" in told
    lines = {f"{section.name}.{line.key.name}": line for section in sections(site, Plan) for line in section.lines}
    assert lines["contact.email"].key.visibility == "team"
    assert lines["sale.actual"].example == "actual: {2026: 60000}"
    assert lines["plan.arrangements"].example == "arrangements: [Spring assortment]"


def test_what_the_reference_shows_can_be_pasted(site: Site) -> None:
    for section in sections(site, Plan):
        for text in (section.example, *(line.example for line in section.lines)):
            document = read_data("x.yml", f"{text}\n".encode() if text else b"a: 1\n")
            assert document.problems == (), text


def test_the_portfolio_file_has_a_reference_too(site: Site) -> None:
    told = words(site, "portfolio-file.md")
    assert "fiscal_year_start" in told
    assert "review_windows" in told


def test_the_types_in_force_say_what_they_count_for(site: Site) -> None:
    html, told = fragment(site, "activity-types.md"), words(site, "activity-types.md")
    assert "<script>" not in html
    assert "<script>Walk | {{ 1 }}" in told
    assert "no demand of a tier" in told
    assert "2.5" in told


def test_how_to_and_method_are_whole(site: Site) -> None:
    told = words(site, "how-to.md")
    assert "status: held" in told
    assert "pull request" in told.lower()
    method = words(site, "method.md")
    assert all(role in method for role in ("Strategic adviser", "Owner of the account", "Builder of relationships", "Leader of projects"))
    assert "Build a strong team for key accounts across functions and regions." in method


def test_no_types_are_said(site: Site) -> None:
    made = next(part for part in page.collect(site) if isinstance(part, Page) and part.address == "activity-types.md")
    empty = page.Page(made.address, made.title, made.template, lambda: {"types": []})
    assert "The rules in force name no activity types." in page.templates(None, "en").render(empty, site, lambda there: there)


def test_what_the_handbook_says_to_paste_is_read_without_a_finding(tmp_path: Path) -> None:
    assert set(SNIPPETS) <= set(TASKS)
    people = "contacts: [{name: Anna Lind, title: Head of procurement, function: procurement}]\n"
    head = f"---\naccount: Alpha\ntier: C\nowner: kari.nygaard\n{people}activities:\n"
    parts = "".join(SNIPPETS[name] for name in ("log", "plan", "move"))
    plans = {"alpha.md": f"{head}{parts}reviews:\n{SNIPPETS['review']}---\n", "beslag-nord.md": SNIPPETS["new"]}
    found = load(write(tmp_path, plans, portfolio=PORTFOLIO), AS_OF).diagnostics
    assert [one.message for one in found if REGISTRY[one.rule].family <= 2] == []
