"""Every rule has a page with all of it: why, how to mend it, what is in force, its examples; and every finding leads there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import rule, rulebook
from kamgen.document import read_data
from kamgen.example import examples
from kamgen.force import ruling
from kamgen.message import catalogue
from kamgen.page import Page, collect, templates
from kamgen.pages.rules import ADDRESS, address, change, words, written
from kamgen.rule import REGISTRY
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import PLAN, PORTFOLIO, write

AS_OF = dt.date(2026, 5, 6)
NAMES = sorted(REGISTRY)
Render = Callable[[str], str]


def made(folder: Path, portfolio: str = PORTFOLIO, **plans: str) -> Render:
    site = Site(load(write(folder, {f"{name}.md": text for name, text in plans.items()}, portfolio=portfolio), AS_OF))
    parts = collect(site)
    pages = {part.address: part for part in parts if isinstance(part, Page)}
    known = {part.address for part in parts}
    shipped = templates(None, "en")

    def link(target: str) -> str:
        assert target in known, target
        return f"/{target}"

    return lambda wanted: shipped.render(pages[wanted], site, link)


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    return made(tmp_path_factory.mktemp("rules"), acme=PLAN.replace("2026-05-20", "2026-04-20"), broken="---\naccount: [\n---\n")


def said(html: str) -> str:
    """What people read."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_all_of_its_page(name: str, render: Render) -> None:
    html, known = render(address(name)), REGISTRY[name]
    text = said(html)
    for part in ("summary", "why", "help"):
        told = said(str(words(known.page[part])))
        assert told
        assert told in text
    assert known.code in text
    for case in examples(name):
        for file in case.files:
            assert " ".join(file.text.split()) in text, case.case
        assert " ".join(case.said.split()) in text, case.case
    assert [anchor for anchor in ("why", "help", "examples", "force", "severity", "bad", "good") if f'id="{anchor}"' not in html] == []
    for option in known.options:
        assert f'<span class="kg-code">{option}</span>' in html


@pytest.mark.parametrize("name", NAMES)
def test_a_page_holds_no_markup_of_an_example(name: str, render: Render) -> None:
    html = render(address(name))
    assert not re.search(r"<(script|img|iframe|style|svg|a href=\"(?!/))", html)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]", html)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_company_may_write_is_a_rule_set(name: str) -> None:
    shipped = rulebook.load(read_data("plans/portfolio.yml", b"rules: {extends: per-person}\n"), rule.known())
    text = change(REGISTRY[name], ruling(REGISTRY[name], shipped, shipped.ruleset.tiers["C"]))
    assert rulebook.load(read_data("plans/portfolio.yml", f"{text}\n  extends: per-person\n".encode()), rule.known()).problems == ()


def test_values_are_written_as_a_rule_set_reads_them() -> None:
    assert [written(value) for value in (None, True, False, 5, "off", "info")] == ["null", "true", "false", "5", '"off"', "info"]


def test_the_list_has_every_rule_under_its_family(render: Render) -> None:
    html = render(ADDRESS)
    parts = re.split(r'<h2 id="family-(\d)">', html)
    families = dict(zip(parts[1::2], parts[2::2], strict=True))
    for name, known in REGISTRY.items():
        assert f'href="/{address(name)}"' in families[str(known.family)]
    assert set(families) == {str(known.family) for known in REGISTRY.values()}
    assert {f"site.rules.family.{family}" for family in families} <= set(catalogue("en"))


def test_severities_stand_by_tier(render: Render) -> None:
    text = said(render(address("no-next-activity")))
    assert "VIP A B C error error warning note" in text
    assert "Every tier uses it." in text
    assert "Used in: VIP, A, B. Off in: C." in said(render(address("review-due")))


def test_options_stand_by_tier(render: Render) -> None:
    text = said(render(address("next-activity-too-far")))
    assert "key takes a whole number from 0 to 100000 60 60 60 60 60" in text
    assert "within_days takes a whole number from 0 to 100000 not set not set" in text


def test_what_the_company_says_is_marked(tmp_path: Path) -> None:
    own = PORTFOLIO.replace("{extends: per-person}", '{extends: per-person, severities: {over-service: "off"}, options: {vague-note: {minimum: 5}}}')
    render = made(tmp_path, own)
    assert "off company off company" in said(render(address("over-service")))
    assert "No tier uses it: it is off." in said(render(address("over-service")))
    assert "20 5 company 5 company" in said(render(address("vague-note")))
    assert "company" not in said(render(address("no-contact"))).replace("“company”", "").replace("company:", "")


def test_a_variant_has_a_line_where_its_word_differs(render: Render) -> None:
    assert "over-service note note note note over-service.zero warning" in said(render(address("over-service")))
    assert "review-missed.late" in said(render(address("review-missed")))


def test_a_rule_names_the_graver_ones_and_whether_it_can_be_waived(render: Render) -> None:
    html = render(address("overdue-activity"))
    assert f'gives way to <a href="/{address("long-overdue-activity")}">' in html
    assert "A leader may waive it" in said(html)
    assert "It cannot be waived." in said(render(address("wrong-value")))
    for name in ("overloaded", "too-many-key-accounts", "criteria-not-revised", "no-portfolio-plan"):
        assert "cannot be waived in a plan." in said(render(address(name)))


def test_lines_that_differ_are_marked(render: Render) -> None:
    assert "<mark>account: Havnens &lt;U+202E&gt;Købmandshus</mark>" in render(address("not-utf8"))
    assert "<mark>" in render(address("parent-cycle"))


def test_strange_examples_are_told(render: Render) -> None:
    assert "is not a file but a link to:" in said(render(address("symlink")))
    assert "is no text in UTF-8; its first bytes are:" in said(render(address("not-utf8")))
    assert "and more of the same" in said(render(address("not-utf8")))


def test_the_portfolio_of_an_example_is_shown_once(render: Render) -> None:
    assert said(render(address("overloaded"))).count("The portfolio file of: bad, good") == 1


def test_without_a_tier_the_page_says_what_holds_for_all(tmp_path: Path) -> None:
    render = made(tmp_path, PORTFOLIO.replace("{extends: per-person}", "{extends: shared}"))
    assert "Every account error" in said(render(address("not-a-plan")))
    assert "Every account" in said(render(ADDRESS))


def test_every_finding_leads_to_its_rule(render: Render) -> None:
    for page in ("health.md", "accounts/acme.md"):
        assert f'href="/{address("long-overdue-activity")}"' in render(page) or f'href="/{address("overdue-activity")}"' in render(page)
    assert f'href="/{address("invalid-yaml")}"' in render("accounts/broken.md")
    assert f'href="/{ADDRESS}"' in render("handbook/index.md")


def test_a_finding_has_the_frame_of_its_severity_and_a_key_tier_its_badge(render: Render) -> None:
    style = templates(None, "en").style()
    general = style.index("[dir] .md-typeset .kg-findings .kg-finding {")
    for severity in ("error", "warning"):
        assert style.index(f"[dir] .md-typeset .kg-findings .kg-finding--{severity} {{") > general
    assert '<span class="kg-tier kg-tier--key">' in render("accounts/acme.md")
    assert "kg-finding--error" in render("accounts/broken.md")


def test_the_search_finds_a_rule_by_code_and_problem(tmp_path: Path) -> None:
    parts = {part.address: part for part in collect(Site(load(write(tmp_path, {}), AS_OF))) if isinstance(part, Page)}
    page = parts[address("no-next-activity")]
    assert (page.title, page.search) == ("no-next-activity", "KAM201 The account has no next activity.")
    assert (page.menu, page.parent) == (None, ADDRESS)
