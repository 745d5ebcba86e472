"""The pages that leadership reads: every figure on them, by hand, over five accounts."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import page
from kamgen.page import Page
from kamgen.site import Site
from kamgen.workspace import load
from tests import fewer
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """\
title: Five accounts
currency: EUR
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam}
  - {id: ole.berg, name: Ole Berg, role: kam}
  - {id: ida.moe, name: Ida Moe, role: kam}
products: [{id: fittings}]
segments: [retail]
regions: [north]
rates: [{currency: DKK, date: 2025-01-01, rate: 0.1}]
rules: {extends: per-account, currency: EUR}
"""


def plan(name: str, tier: str, owner: str, rest: str = "") -> str:
    return f"---\naccount: {name}\ntier: {tier}\nowner: {owner}\ncontacts: [{{name: Anna Lind, function: ceo}}]\n{rest}---\n"


PLANS = {
    "alpha.md": plan(
        "Alpha",
        "A",
        "kari.nygaard",
        "segment: retail\nregion: north\npotential: 5000\nsales: [{product: fittings, actual: {2024: 1000, 2025: 1200000}}]\nactivities:\n"
        "  - {date: 2026-03-02, type: status-meeting, status: held, contacts: [anna-lind], note: Said, next_step: Do}\n"
        '  - {date: 2026-05-12, time: "10:00", type: status-meeting, status: planned, contacts: [anna-lind], subject: Autumn}\n',
    ),
    "beta.md": plan("Beta", "A", "ole.berg"),
    "gamma.md": plan(
        "Gamma",
        "C",
        "kari.nygaard",
        "currency: DKK\nsales: [{product: fittings, actual: {2024: 10, 2025: 100}}]\nactivities:\n"
        "  - {date: 2026-04-01, type: status-meeting, status: planned, contacts: [anna-lind], by: ole.berg, subject: Prices,\n"
        "     moved_from: [2026-03-01]}\n"
        "  - {date: 2026-05-05, type: contact, status: planned}\n",
    ),
    "delta.md": plan("Delta", "C", "ole.berg", "status: at-risk\nstatus_reason: New buyer\n"),
    "omega.md": plan("Omega", "A", "ole.berg", "status: lost\nstatus_reason: Closed down\n"),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(load(write(tmp_path, PLANS, portfolio=PORTFOLIO), AS_OF), "told by the test")


def rows(site: Site, address: str) -> list[str]:
    """Every line of a page's tables, lists and paragraphs, cells parted by ` | `."""
    made = next(part for part in page.collect(site) if isinstance(part, Page) and part.address == address)
    fragment = page.templates(None, "en").render(made, site, lambda there: f"/{there}")
    root = html5lib.parseFragment(fragment, namespaceHTMLElements=False)
    lines = []
    for element in root.iter():
        if element.tag == "tr":
            lines.append(" | ".join(flat(cell) for cell in element))
        elif element.tag in {"li", "p"}:
            lines.append(flat(element))
    return lines


def flat(element: object) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()  # type: ignore[attr-defined]  # html5lib has no types for its tree


def test_sums_leave_out_what_has_no_rate_and_say_so(site: Site) -> None:
    assert any("1 account" in text or "One account is left out of sums" in text for text in captions(site, "index.md"))
    assert any(text.startswith("One account has amounts in a currency without a rate") for text in rows(site, "portfolio.md"))


def captions(site: Site, address: str) -> list[str]:
    made = next(part for part in page.collect(site) if isinstance(part, Page) and part.address == address)
    fragment = page.templates(None, "en").render(made, site, lambda there: f"/{there}")
    return [flat(element) for element in html5lib.parseFragment(fragment, namespaceHTMLElements=False).iter("caption")]


def test_the_portfolio_lists_every_account(site: Site) -> None:
    told = [line for line in rows(site, "portfolio.md") if " | " in line]
    assert [line.split(" | ")[0] for line in told] == ["Account", "Alpha", "Beta", "Omega", "Delta", "Gamma"]
    identity = "Alpha | A | Kari Nygaard | active | retail | north"
    work = "2026-03-02 Status meeting | 2026-05-12 Status meeting | 0 |"
    assert told[1].startswith(f"{identity} | 1 000 | 1 200 000 | – | – | 5 000 | – | – | {work}")
    assert "Gamma | C | Kari Nygaard | active | – | – | – | 10 | – | –" in told[5]


def test_overdue_counts_by_age_and_owner(site: Site) -> None:
    told = rows(site, "overdue.md")
    assert "Kari Nygaard | 1 | – | 1 | 2" in told
    assert "All | 1 | 0 | 1 | 2" in told
    assert "Gamma | C | 2026-04-01 | 35 days | Status meetingPrices | Anna Lind | Kari Nygaard | Ole Berg | 1" in told
    assert "Gamma | C | 2026-05-05 | 1 day | Call or mail | – | Kari Nygaard | Kari Nygaard | –" in told


def test_managers_are_in_the_alphabet_s_order(site: Site) -> None:
    told = [line.split(" | ")[:3] for line in rows(site, "kams/index.md") if " | " in line]
    assert told[1:4] == [["Ida Moe", "0", "0"], ["Kari Nygaard", "2", "1"], ["Ole Berg", "2", "1"]]


def test_a_manager_s_page_has_the_work_to_do(site: Site) -> None:
    told = rows(site, "kams/ole.berg.md")
    assert told[0] == "Key account manager · 2 accounts, 1 in a key tier"
    assert "Omega – lost: Closed down" in told
    assert any(line.startswith("Beta | A | active | – | none planned") for line in told)
    assert "Nothing is overdue: every planned activity lies ahead, or was settled." in told


def test_a_manager_without_accounts_is_told_so(site: Site) -> None:
    assert "Ida Moe owns no account." in rows(site, "kams/ida.moe.md")


def test_health_tells_every_finding_with_its_place(site: Site) -> None:
    told = rows(site, "health.md")
    beta = next(line for line in told if line.startswith("Beta | "))
    assert "KAM201 no-next-activity | plans/beta.md:" in beta
    assert sum(1 for line in told if "plans/" in line and " | " in line) == len(site.diagnostics)
    assert "Nothing is waived." in told


def test_health_shows_the_first_thousand_and_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.pages.health.ROWS", 1)
    told = rows(site, "health.md")
    assert any(re.fullmatch(r"The first 1 of \d+; the download has them all\.", line) for line in told)


def test_the_portfolio_shows_the_first_thousand_and_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.pages.portfolio.ROWS", 2)
    assert "The first 2 of 5 accounts; the download has them all." in rows(site, "portfolio.md")


def test_a_waived_finding_stands_apart(tmp_path: Path) -> None:
    waiver = "waivers: [{rule: no-next-activity, until: 2026-12-31, reason: Rebuilding, approved_by: vera.lind}]\n"
    people = PORTFOLIO.replace("people:\n", "people:\n  - {id: vera.lind, name: Vera Lind, role: leader}\n")
    few = people.replace("currency: EUR}", f"currency: EUR, severities: {fewer.severities()}}}")
    site = Site(load(write(tmp_path, {"beta.md": plan("Beta", "A", "ole.berg", waiver)}, portfolio=few), AS_OF))
    told = rows(site, "health.md")
    assert "Nothing is waived." not in told
    assert "No errors: the build passes." in told


def test_two_managers_of_one_name_are_two_rows_by_age(tmp_path: Path) -> None:
    late = "activities: [{{date: {day}, type: contact, status: planned}}]\n"
    plans = {
        "alpha.md": plan("Alpha", "C", "ole.berg", late.format(day="2026-05-05")),
        "beta.md": plan("Beta", "C", "kari.nygaard", late.format(day="2026-03-05")),
        "gamma.md": plan("Gamma", "C", "ida.moe", late.format(day="2026-05-04")),
    }
    people = PORTFOLIO.replace("Ole Berg", "Kari Nygaard").replace("Ida Moe", "ida moe")
    told = rows(Site(load(write(tmp_path, plans, portfolio=people), AS_OF)), "overdue.md")
    assert told[2:6] == ["ida moe | 1 | – | – | 1", "Kari Nygaard | – | – | 1 | 1", "Kari Nygaard | 1 | – | – | 1", "All | 2 | 0 | 1 | 3"]
