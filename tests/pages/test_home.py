"""Home and its lists: the four figures, who is uncovered, what is overdue, at risk, turning red, to decide, and what changed, by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import page
from kamgen.page import Page
from kamgen.pages import home
from kamgen.pages.watch import watch
from kamgen.site import Site
from kamgen.workspace import load
from tests import fewer
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = f"""\
title: Seven accounts
currency: EUR
key_accounts_max: 50
people:
  - {{id: kari.nygaard, name: Kari Nygaard, role: kam}}
  - {{id: ole.berg, name: Ole Berg, role: kam}}
  - {{id: vera.lind, name: Vera Lind, role: leader}}
products: [{{id: fittings}}]
rules: {fewer.rules("per-account, currency: EUR", "A", "B")}
"""
ON = ("waiver-unapproved", "tier-mismatch", "agreement-expiring", "agreement-expired", "held-in-the-future")
for name in ON:
    PORTFOLIO = PORTFOLIO.replace(f"{name}: off, ", "").replace(f", {name}: off", "")


def plan(name: str, tier: str, owner: str, rest: str = "") -> str:
    return f"---\naccount: {name}\ntier: {tier}\nowner: {owner}\ncontacts: [{{name: Anna Lind, function: ceo}}]\n{rest}---\n"


MET = "  - {date: 2026-03-02, type: status-meeting, status: held, contacts: [anna-lind], note: Said what was said, next_step: Do}\n"
SOON = "  - {date: 2026-05-12, type: status-meeting, status: planned, contacts: [anna-lind], subject: Autumn}\n"
PLANS = {
    "alpha.md": plan(
        "Alpha", "A", "kari.nygaard", f"sales: [{{product: fittings, actual: {{2026: 300}}, budget: {{2026: 1000}}}}]\nactivities:\n{MET}{SOON}"
    ),
    "beta.md": plan("Beta", "A", "ole.berg", f"activities:\n{MET}"),
    "gamma.md": plan(
        "Gamma",
        "C",
        "kari.nygaard",
        "agreements: [{title: Frame, end: 2026-06-01}]\n"
        "complaints: [{date: 2026-04-01, text: Late}, {date: 2026-03-01, text: Old, closed: 2026-03-09}]\n"
        "activities:\n  - {date: 2026-04-01, type: status-meeting, status: planned, contacts: [anna-lind], subject: Prices}\n",
    ),
    "delta.md": plan("Delta", "C", "ole.berg", "status: at-risk\nstatus_reason: New buyer\n"),
    "omega.md": plan("Omega", "A", "ole.berg", "status: lost\nstatus_reason: Closed down\n"),
    "sigma.md": plan("Sigma", "C", "ole.berg", "waivers: [{rule: cadence-behind, until: 2026-12-31, reason: Rebuilding}]\n"),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return made(tmp_path, PLANS)


def made(folder: Path, plans: Mapping[str, str], portfolio: str = PORTFOLIO) -> Site:
    return Site(load(write(folder, plans, portfolio=portfolio), AS_OF), "told by the test")


def fragment(site: Site, address: str) -> str:
    mine = (part for name in ("home", "watch") for part in page.MAKERS[name](site))
    found = next(part for part in mine if isinstance(part, Page) and part.address == address)
    return page.templates(None, "en").render(found, site, lambda there: f"/{there}")


def flat(element: object) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()  # type: ignore[attr-defined]  # html5lib has no types for its tree


def panels(site: Site) -> dict[str, list[str]]:
    """Id of a panel -> its words: heading, then paragraphs."""
    root = html5lib.parseFragment(fragment(site, "index.md"), namespaceHTMLElements=False)
    return {part.get("aria-labelledby"): [flat(line) for line in part.iter() if line.tag in {"h2", "h3", "p"}] for part in root.iter("section")}


def cards(site: Site) -> list[str]:
    root = html5lib.parseFragment(fragment(site, "index.md"), namespaceHTMLElements=False)
    return [flat(card) for card in root.iter("li") if "kg-kpi" in (card.get("class") or "")]


def rows(site: Site, address: str) -> list[str]:
    root = html5lib.parseFragment(fragment(site, address), namespaceHTMLElements=False)
    return [" | ".join(flat(cell) for cell in row) for row in root.iter("tr")]


def test_four_figures_each_with_what_it_means_and_where_to_go(site: Site) -> None:
    told = cards(site)
    assert told[0].startswith("Key accounts with a next activity 50 % 1 of 2 that must have one A key account without")
    assert told[1].startswith("Overdue 1 the oldest by 35 days Planned, past")
    assert told[2].startswith("Compliance")
    assert told[3] == "Revenue 2026 against budget 30 % 300 of 1 000 EUR 35 % of the fiscal year is gone. Finance"
    links = re.findall(r'<a class="kg-kpi__link" href="([^"]*)"', fragment(site, "index.md"))
    assert links[:2] == ["#uncovered", "/overdue.md"]
    assert links[3] == "/finance.md"


def test_without_a_budget_attainment_is_absent_and_says_why(tmp_path: Path) -> None:
    assert cards(made(tmp_path, {"beta.md": PLANS["beta.md"]}))[3].startswith("Revenue 2026 against budget – no")


def test_uncovered_key_accounts_stand_apart_from_the_others(site: Site) -> None:
    told = panels(site)["uncovered"]
    assert told[0] == "Uncovered key accounts 1"
    assert told[2].startswith("Beta A")
    assert told[3:] == ["last: 2026-03-02 Status meeting", "3 other accounts should have a next activity too.", "All without a next activity"]


def test_the_oldest_overdue_says_whose_and_what(site: Site) -> None:
    told = panels(site)["overdue"]
    assert told[2].startswith("Gamma C")
    assert told[2].endswith("Kari Nygaard 35 days")
    assert told[3] == "2026-04-01 Status meeting: Prices"


def test_at_risk_by_status_health_complaints_and_agreements(site: Site) -> None:
    told = rows(site, "at-risk.md")
    assert [line.split(" | ")[0] for line in told[1:]] == ["Alpha", "Beta", "Gamma", "Delta"]
    assert "Health" in told[2]
    assert "below 50 % a key account is at risk" in told[2]
    assert "one is open since 2026-04-01" in told[3]
    assert "Frame runs out on 2026-06-01, in 26 days" in told[3]
    assert "Status | New buyer" in told[4]


def test_an_account_that_is_at_risk_without_a_reason_is_told_so(tmp_path: Path) -> None:
    site = made(tmp_path, {"delta.md": plan("Delta", "C", "ole.berg", "status: at-risk\n")})
    assert "its owner calls it at risk" in rows(site, "at-risk.md")[1]


def test_what_turns_red_has_its_first_day(site: Site) -> None:
    told = [line for line in rows(site, "turning-red.md") if line.startswith("Alpha")]
    assert [line.split(" | ")[3] for line in told][:1] == ["2026-05-13"]
    assert "Alpha" in " ".join(panels(site)["turning-red"])


def test_a_waiver_that_is_asked_for_is_a_decision(site: Site) -> None:
    told = rows(site, "decisions.md")
    assert len(told) == 2
    assert told[1].startswith("Sigma | C")
    assert "Waiver |" in told[1]
    assert "Rebuilding" in told[1]


def test_changed_is_the_verdict_of_seven_days_ago_against_today_s(tmp_path: Path) -> None:
    came = "  - {date: 2026-05-04, type: status-meeting, status: planned, contacts: [anna-lind], subject: Late}\n"
    held = "  - {date: 2026-05-03, type: contact, status: held, contacts: [anna-lind], note: Called about the order, next_step: Send it}\n"
    site = made(tmp_path, {"alpha.md": plan("Alpha", "A", "ole.berg", f"activities:\n{came}{held}{SOON}")})
    told = panels(site)["changed"]
    assert any("2026-05-04" in line for line in told)
    assert not any("2026-05-03" in line for line in told)
    assert rows(site, "changed.md")[1].startswith("Alpha | A")


def test_each_list_has_words_where_there_is_nothing(tmp_path: Path) -> None:
    site = made(tmp_path, {})
    empty = {name: lines[2] for name, lines in panels(site).items()}
    assert empty == {
        "uncovered": "No account must have a next activity.",
        "overdue": "Nothing is overdue: every planned activity lies ahead, or was settled.",
        "at-risk": "No account is at risk.",
        "turning-red": "Nothing turns red within 30 days.",
        "decisions": "Nothing waits for a decision.",
        "changed": "Nothing came or went within 7 days.",
    }
    assert "There is no account yet" in fragment(site, "index.md")
    for name in ("at-risk", "turning-red", "decisions", "changed"):
        assert "kg-empty" in fragment(site, f"{name}.md")


def test_a_plan_that_cannot_be_read_is_told_on_home(tmp_path: Path) -> None:
    site = made(tmp_path, {"alpha.md": "---\naccount: [\n---\n", "beta.md": PLANS["beta.md"]})
    assert 'href="/accounts/alpha.md"' in fragment(site, "index.md")
    assert len(re.findall("plans/alpha.md", fragment(site, "index.md"))) >= 1


def test_many_unreadable_plans_are_cut(tmp_path: Path) -> None:
    site = made(tmp_path, {f"a{n:02}.md": "---\naccount: [\n---\n" for n in range(22)})
    assert "and 2 more" in fragment(site, "index.md")


def test_home_does_not_grow_with_the_accounts(tmp_path: Path) -> None:
    """Every one of them is uncovered, overdue and at risk: 300 KB are the most, whatever there is to say."""
    sizes = [len(_fragment(_many(tmp_path / str(count), count)).encode()) for count in (30, 300)]
    assert sizes[1] < sizes[0] + 2_000
    assert sizes[1] < 200_000


def _many(folder: Path, count: int) -> Site:
    risky = "status: at-risk\nstatus_reason: New buyer\nactivities:\n" + MET + SOON.replace("2026-05-12", "2026-05-01")
    plans = {f"a{number}.md": plan(f"Account {number}", "AB"[number % 2], "kari.nygaard", risky) for number in range(count)}
    return Site(load(write(folder, plans, portfolio=PORTFOLIO), AS_OF))


def _fragment(site: Site) -> str:
    (made,) = page.MAKERS["home"](site)
    assert isinstance(made, Page)
    return page.templates(None, "en").render(made, site, lambda address: address)


def test_home_shows_a_few_and_says_how_many_there_are(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "SHOWN", 1)
    told = panels(site)["at-risk"]
    assert told[0] == "At risk 4"
    assert told[-1] == "All that are at risk (4)"


def test_a_long_list_is_cut_on_its_page(site: Site) -> None:
    found = watch(site)
    site.memory["watch"] = replace(found, at_risk=replace(found.at_risk, rows=2))
    assert len(rows(site, "at-risk.md")) == 3
    assert "Only the first 2 are shown." in fragment(site, "at-risk.md")


def test_hostile_names_are_words(tmp_path: Path) -> None:
    names = ("<script>alert(1)</script>", "a | b {{ 7 * 7 }}", "=cmd()", "广东省客户", "Дом")
    plans = {f"a{index}.md": plan(f"'{name}'", "A", "ole.berg", "status: at-risk\n") for index, name in enumerate(names)}
    site = made(tmp_path, plans)
    for address in ("index.md", "at-risk.md", "turning-red.md", "changed.md", "decisions.md"):
        assert "<script>" not in fragment(site, address)
    told = " ".join(rows(site, "at-risk.md"))
    assert all(name in told for name in names)


def test_what_is_hidden_stands_in_no_list(tmp_path: Path) -> None:
    secret = "status: at-risk\nstatus_reason: Secretword\nvisibility: {status_reason: private, agreements: private, waivers: private}\n"
    more = "agreements: [{title: Secretframe, end: 2026-06-01}]\nwaivers: [{rule: cadence-behind, until: 2026-12-31, reason: Secretcause}]\n"
    site = made(tmp_path, {"alpha.md": plan("Alpha", "A", "ole.berg", secret + more)})
    for address in ("index.md", "at-risk.md", "turning-red.md", "changed.md", "decisions.md"):
        assert "Secret" not in fragment(site, address)
    assert "its owner calls it at risk" in fragment(site, "at-risk.md")
