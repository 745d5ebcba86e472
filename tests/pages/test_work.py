"""The pages of daily work: board, overdue, agenda, compliance, meeting structure, reviews; every fact on them by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import page
from kamgen.page import Asset, Page, Part
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """\
title: Accounts at work
currency: EUR
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam}
  - {id: ole.berg, name: Ole Berg, role: kam}
  - {id: vera.lind, name: Vera Lind, role: leader}
rules: {extends: per-person}
"""
TEMPLATES = page.templates(None, "en")
MAKERS = ("board", "overdue", "agenda", "compliance", "meetings", "reviews", "account")
ADDRESSES = ("board.md", "board/ole.berg.md", "overdue.md", "agenda.md", "compliance.md", "compliance/a.md", "meetings.md", "reviews.md")


def plan(name: str, tier: str, owner: str, rest: str = "", title: str = "Anna Lind") -> str:
    head = f"---\naccount: {name}\ntier: {tier}\nowner: {owner}\n"
    people = f"contacts: [{{id: anna, name: {title}, function: ceo}}, {{id: bo, name: Bo Ek, function: department}}]\n"
    return f"{head}{people}{rest}---\n"


ALPHA = """\
meetings:
  kam_meetings_per_year: 2
  strategic: {per_year: 1}
  operational: {agenda: [Deliveries]}
reviews: [{date: 2026-03-20, by: kari.nygaard, outcome: Plan confirmed}]
activities:
  - {date: 2026-01-12, type: contact, status: held, contacts: [anna], note: Said, next_step: Do}
  - {date: 2026-01-13, type: contact, status: held, contacts: [anna], note: Said, next_step: Do}
  - {date: 2026-01-14, type: contact, status: held, contacts: [anna], note: Said, next_step: Do}
  - {date: 2026-02-02, type: lunch, status: held, contacts: [anna, bo], note: Said, next_step: Do}
  - {date: 2026-02-03, type: contact, status: held, contacts: [anna], note: Said, next_step: Do}
  - {date: 2026-02-04, type: contact, status: held, contacts: [anna], note: Said, next_step: Do}
  - {date: 2026-05-07, time: "08:30", type: contact, status: planned, contacts: [bo], subject: Prices}
  - {date: 2026-05-13, type: kam-meeting, forum: strategic, status: planned, contacts: [anna], by: ole.berg}
  - {date: 2026-09-01, type: lunch, status: planned, contacts: [anna]}
"""
PLANS = {
    "alpha.md": plan("Alpha", "A", "kari.nygaard", ALPHA),
    "beta.md": plan("Beta", "A", "ole.berg", "activities: [{date: 2026-03-31, type: contact, status: planned, moved_from: [2026-03-01]}]\n"),
    "gamma.md": plan("Gamma", "C", "ole.berg", "activities: [{date: 2026-06-05, type: contact, status: planned, contacts: [anna]}]\n"),
    "delta.md": plan(
        "Delta", "A", "ole.berg", "status: prospect\nactivities: [{date: 2026-08-01, type: contact, status: planned, contacts: [bo]}]\n"
    ),
    "omega.md": plan(
        "Omega", "A", "ole.berg", "status: lost\nstatus_reason: Closed\nactivities: [{date: 2026-05-06, type: contact, status: planned}]\n"
    ),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return made(tmp_path, PLANS)


def made(root: Path, plans: dict[str, str], portfolio: str = PORTFOLIO) -> Site:
    return Site(load(write(root, plans, portfolio=portfolio), AS_OF), "told by the test")


def parts(site: Site) -> Iterator[Part]:
    """The pages and downloads of this file's makers; `page.collect` would make every other one too."""
    return (part for name in MAKERS for part in page.MAKERS[name](site))


def tree(site: Site, address: str) -> Any:
    found = next(part for part in parts(site) if isinstance(part, Page) and part.address == address)
    fragment = TEMPLATES.render(found, site, lambda there: f"/{there}")
    return html5lib.parseFragment(fragment, namespaceHTMLElements=False)


def rows(site: Site, address: str) -> list[str]:
    """Every line of a page's tables, lists and paragraphs, cells parted by ` | `."""
    lines = []
    for element in tree(site, address).iter():
        if element.tag == "tr":
            lines.append(" | ".join(flat(cell) for cell in element))
        elif element.tag in {"li", "p", "h1", "h2"}:
            lines.append(flat(element))
    return lines


def flat(element: Any) -> str:
    return re.sub(r"\s+", " ", " ".join(element.itertext())).strip()


def lanes(site: Site, address: str) -> dict[str, list[str]]:
    """Heading and number of each lane -> its cards."""
    found = (element for element in tree(site, address).iter("section"))
    return {flat(lane.find("h2")): [flat(card) for card in lane.iter("li")] for lane in found}


def test_the_board_has_every_account_in_its_lane(site: Site) -> None:
    assert lanes(site, "board.md") == {
        "Overdue 1": ["Beta A 2026-03-31 36 days overdue Call or mail Ole Berg"],
        "Today 0": [],
        "This week 1": ["Alpha A 2026-05-07 08:30 Prices Call or mail Bo Ek – Kari Nygaard"],
        "Next week 1": ["Alpha A 2026-05-13 KAM meeting Anna Lind – Ole Berg"],
        "Later 2": ["Gamma C 2026-06-05 Call or mail Anna Lind – Ole Berg", "Delta A 2026-08-01 Call or mail Bo Ek – Ole Berg"],
        "Without activity 1": ["Beta A Nothing held yet Ole Berg"],
    }


def test_each_key_account_manager_has_a_board(site: Site) -> None:
    found = lanes(site, "board/ole.berg.md")
    assert found["Next week 1"] == ["Alpha A 2026-05-13 KAM meeting Anna Lind"]
    assert found["This week 0"] == []
    assert "Nothing more is planned this week." in rows(site, "board/ole.berg.md")
    assert found["Without activity 1"] == ["Beta A Nothing held yet"]


def test_the_names_lead_to_the_boards_and_the_script_knows_whose_a_card_is(site: Site) -> None:
    root = tree(site, "board.md")
    links = {flat(link): link.get("href") for link in root.iter("a") if link.get("data-kg-kam") is not None}
    assert links == {"Everyone": "/board.md", "Kari Nygaard": "/board/kari.nygaard.md", "Ole Berg": "/board/ole.berg.md"}
    assert [card.get("data-kg-who") for card in root.iter("li") if card.get("data-kg-who")] == [
        *("ole.berg", "kari.nygaard", "kari.nygaard ole.berg"),
        *("ole.berg", "ole.berg", "ole.berg"),
    ]
    scripts = [script.get("src") for script in root.iter("script")]
    assert [part.address for part in parts(site) if isinstance(part, Asset) and f"/{part.address}" in scripts] == [scripts[0].lstrip("/")]
    assert "document$" in next(str(part.make()) for part in parts(site) if part.address == scripts[0].lstrip("/") and isinstance(part, Asset))


def test_a_long_lane_is_cut_and_not_filtered_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.pages.board.CARDS", 1)
    extra = {name: plan(name, "A", "ole.berg") for name in ("b1", "b2")}
    site = made(tmp_path, PLANS | {f"{name}.md": text for name, text in extra.items()})
    assert "2 more: choose a name above to see everything of one person." in rows(site, "board.md")
    assert not list(tree(site, "board.md").iter("script"))
    assert len(lanes(site, "board/ole.berg.md")["Without activity 3"]) == 3


def test_overdue_counts_lead_to_the_filtered_list(site: Site) -> None:
    told = rows(site, "overdue.md")
    assert "Ole Berg | – | – | 1 | 1" in told
    assert "Beta | A | 2026-03-31 | 36 days | Call or mail | – | Ole Berg | Ole Berg | 1" in told
    links = {link.get("aria-label"): link.get("href") for link in tree(site, "overdue.md").iter("a") if link.get("aria-label")}
    assert links == {
        "1 activity of Ole Berg, 31 days and more": "?f.kam=Ole+Berg&f.age=31..#overdue",
        "1 activity of Ole Berg, All": "?f.kam=Ole+Berg#overdue",
    }


def test_a_long_list_of_what_is_overdue_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.pages.overdue.ROWS", 1)
    beta = PLANS["beta.md"].replace("activities: [", "activities: [{date: 2026-04-01, type: contact, status: planned}, ")
    told = rows(made(tmp_path, {"beta.md": beta}), "overdue.md")
    assert "One more activity is not in this table." in told
    assert any(line.startswith("Beta | A | 2026-03-31") for line in told)


def test_the_agenda_is_by_week_and_owner(site: Site) -> None:
    told = rows(site, "agenda.md")
    assert told[1] == (
        "3 activities are planned from 2026-05-06 to 2026-06-05. One earlier activity is not settled yet. One account has nothing planned at all."
    )
    assert [line for line in told if line.startswith(("Kari Nygaard | ", "Ole Berg | ", "All |"))] == [
        "Kari Nygaard | 1 | 1 | – | 2",
        "Ole Berg | – | – | 1 | 1",
        "All | 1 | 1 | 1 | 3",
    ]
    weeks = [line for line in told if line.startswith("Week ")]
    assert weeks == ["Week 19: 2026-05-04 to 2026-05-10", "Week 20: 2026-05-11 to 2026-05-17", "Week 23: 2026-06-01 to 2026-06-07"]
    assert "Alpha | A | Thu 2026-05-07 08:30 | Call or mail Prices | Bo Ek | Kari Nygaard" in told
    assert "Alpha | A | Wed 2026-05-13 | KAM meeting | Anna Lind | Ole Berg" in told


def test_the_numbers_of_the_agenda_lead_to_its_activities(site: Site) -> None:
    root = tree(site, "agenda.md")
    targets = {element.get("id") for element in root.iter() if element.get("id")}
    wanted = [link.get("href")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")]
    assert wanted == ["2026-W19-1", "2026-W20-1", "2026-W23-2"]
    assert set(wanted) <= targets


def test_a_long_agenda_is_cut_and_leads_nowhere_that_is_not_there(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.pages.agenda.ROWS", 1)
    root = tree(site, "agenda.md")
    assert [link.get("href") for link in root.iter("a") if link.get("href", "").startswith("#")] == ["#2026-W19-1"]
    told = rows(site, "agenda.md")
    assert "2 more activities are on the pages of the key account managers: Key account managers" in told
    assert "All | 1 | 1 | 1 | 3" in told


def test_compliance_tells_held_planned_and_owed(site: Site) -> None:
    told = rows(site, "compliance.md")
    assert "Calls and mails | 2–4 with each person | 2 | 25 % 2 of 8 | 1 | 5 | – | 1" in told
    assert "Lunches | at least 2 with each person | 2 | 25 % 2 of 8 | 1 | 5 | – | –" in told
    assert "KAM meetings | as agreed with the customer | 1 | 0 % 0 of 2 | 1 | 1 | – | –" in told
    assert any(line.startswith("Kari Nygaard | 1 | ") for line in told)
    assert any(line.startswith("Ole Berg | 2 | ") for line in told)


def test_accounts_stand_against_requirements(site: Site) -> None:
    told = rows(site, "compliance/a.md")
    cells = next(line for line in told if line.startswith("Alpha | ")).split(" | ")
    assert cells[4] == "behind 5 held, 1 planned, 4 owed 1 of 2 people behind more than recommended: 1"
    assert "Delta – prospect" in told
    assert not any(line.startswith("Omega") for line in told)


def test_the_account_of_a_row_leads_to_its_people(site: Site) -> None:
    links = [link.get("href") for link in tree(site, "compliance/a.md").iter("a")]
    assert "/accounts/alpha.md#section-cadence" in links
    account = tree(site, "accounts/alpha.md")
    assert "section-cadence" in {element.get("id") for element in account.iter()}


def test_rows_beyond_the_table_follow_as_data(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.pages.compliance.ROWS", 1)
    root = tree(site, "compliance/a.md")
    (data,) = [script for script in root.iter("script") if script.get("data-kg-rest") is not None]
    assert "Beta" in data.text
    assert '"behind"' in data.text
    assert "The first 1 of 2 accounts" in " ".join(rows(site, "compliance/a.md"))


def test_who_lacks_most_by_today_stands_first(tmp_path: Path) -> None:
    late = "since: 2020-01-01\nmeetings: {{kam_meetings_per_year: {}}}\n"
    plans = {"alpha.md": plan("Alpha", "A", "ole.berg", late.format(4)), "beta.md": plan("Beta", "A", "ole.berg", late.format(12))}
    told = rows(made(tmp_path, plans), "compliance.md")
    worst = [line.split(" | ") for line in told if line.startswith(("Alpha |", "Beta |"))]
    assert [(line[0], line[3]) for line in worst] == [("Beta", "4"), ("Alpha", "1")]
    assert "Every account has held what its share of the year asks for by today." not in told
    assert "behind and late 0 held, 0 planned, 12 owed" in " ".join(rows(made(tmp_path, plans), "compliance/a.md"))


ONE_TIER = """\
{extends: per-person, tiers: {Key one: {works: [ceo, department], requirements: {
    talks: {types: [contact], per: person, min: 1},
    once: {types: [contact], per: account, min: 1, max: 1},
    more: {types: [contact], per: account, min: 0, max: 3}}}}}"""


def test_everything_planned_is_said_so(tmp_path: Path) -> None:
    done = "activities: [{date: 2026-01-12, type: contact, status: held, contacts: [anna, bo], note: Said, next_step: Do}]\n"
    rules = PORTFOLIO.replace("{extends: per-person}", ONE_TIER)
    site = made(tmp_path, {"alpha.md": plan("Alpha", "Key one", "ole.berg", done)}, rules)
    told = rows(site, "compliance.md")
    assert "Everything that the year asks for is held or planned" in told
    assert "talks | at least 1 with each person | 1 | 100 % 2 of 2 | – | – | – | –" in told
    assert any(line.startswith("once | 1 | 1 | 100 %") for line in told)
    assert any(line.startswith("more | 0–3 | 1 | –") for line in told)
    assert any(line.startswith("Alpha | Ole Berg | 100 %") for line in rows(site, "compliance/key-one.md"))


def test_two_tiers_never_share_a_page(tmp_path: Path) -> None:
    asked = "{requirements: {talks: {types: [contact], per: person, min: 1}}}"
    rules = PORTFOLIO.replace("{extends: per-person}", f"{{extends: per-person, tiers: {{客户: {asked}, index: {asked}, a: {asked}}}}}")
    found = [part.address for part in parts(made(tmp_path, PLANS, rules)) if part.address.startswith("compliance/")]
    assert len(found) == len(set(found))
    assert "compliance/index-2.md" in found


def test_the_forums_tell_held_planned_and_next(site: Site) -> None:
    told = rows(site, "meetings.md")
    assert "Alpha | A | Kari Nygaard | on plan 0 held, 1 planned, 1 agreed next on 2026-05-13 | – | no number agreed | –" in told
    assert "Strategic 0 % 0 of 1 held, 1 more planned; 0 accounts late" in told
    assert "Internal – no number is agreed anywhere" in told
    assert "One key account without a meeting structure" in told
    assert "Beta A – Ole Berg" in told
    assert "One account outside the key tiers has no meeting structure either." in told


def test_a_forum_without_a_next_meeting_is_told(tmp_path: Path) -> None:
    forums = "meetings: {strategic: {per_year: 4}}\n"
    told = rows(made(tmp_path, {"alpha.md": plan("Alpha", "A", "ole.berg", forums)}), "meetings.md")
    assert any("behind and late 0 held, 0 planned, 4 agreed no next meeting" in line for line in told)


def test_reviews_tell_who_missed_which_window(site: Site) -> None:
    told = rows(site, "reviews.md")
    assert "Missed 3 a window of the last 12 months passed without a review" in told
    assert "budget | passed | 2025-08-02 | 2025-10-01 | 2025-10-15 | 0 % 0 of 3" in told
    assert "half-year | passed | 2026-01-31 | 2026-04-01 | 2026-04-15 | 33 % 1 of 3" in told
    assert "budget | comes next | 2026-08-02 | 2026-10-01 | 2026-10-15 | –" in told
    accounts = [line for line in told if line.startswith(("Alpha |", "Beta |", "Gamma |", "Delta |"))]
    assert accounts == [
        "Beta | A | Ole Berg | missed | missed | none recorded | – | –",
        "Gamma | C | Ole Berg | missed | missed | none recorded | – | –",
        "Alpha | A | Kari Nygaard | missed | in time | 2026-03-20 | 47 days | Plan confirmed",
        "Delta | A | Ole Berg | not asked | not asked | none recorded | – | –",
    ]
    assert "Kari Nygaard | 1 | – | 1" in told
    assert "Ole Berg | 3 | – | 2" in told


def test_without_windows_the_reviews_say_so(tmp_path: Path) -> None:
    site = made(tmp_path, PLANS, PORTFOLIO + "review_windows: []\n")
    told = rows(site, "reviews.md")
    assert ("The portfolio names no review windows." in told) == (not site.portfolio.review_windows)


@pytest.mark.parametrize("name", ["meetings", "reviews"])
def test_a_long_table_is_cut(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(f"kamgen.pages.{name}.ROWS", 1)
    forums = "meetings: {strategic: {per_year: 4}}\n"
    two = {f"{word}.md": plan(word, "A", "ole.berg", forums) for word in ("alpha", "beta")}
    assert "One more account is not in this table: Portfolio" in rows(made(tmp_path / "two", two), f"{name}.md")
    assert site.accounts


def test_an_empty_portfolio_is_told_in_words(tmp_path: Path) -> None:
    site = made(tmp_path, {})
    told = {address: " ".join(rows(site, address)) for address in ADDRESSES}
    assert "Every account that needs one has a next activity." in told["board.md"]
    assert "Nothing is overdue" in told["overdue.md"]
    assert "Nothing is planned in the next 30 days." in told["agenda.md"]
    assert "No account owes a number of touches" in told["compliance.md"]
    assert "No account of this tier owes a number" in told["compliance/a.md"]
    assert "has a meeting structure" in told["meetings.md"]
    assert "There is no open account to review." in told["reviews.md"]


HOSTILE = "<script>alert(1)</script>|{{ 7 * 7 }}"


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    quoted = f'"{HOSTILE}"'
    late = (
        ALPHA.replace("Prices", quoted).replace("Plan confirmed", quoted)
        + f"  - {{date: 2026-03-31, type: contact, status: planned, contacts: [anna], subject: {quoted}}}\n"
    )
    people = PORTFOLIO.replace("Kari Nygaard", quoted)
    site = made(tmp_path, {"alpha.md": plan(quoted, "A", "kari.nygaard", late, quoted)}, people)
    for address in (*ADDRESSES, "board/kari.nygaard.md"):
        root = tree(site, address)
        assert not [script for script in root.iter("script") if "alert" in (script.text or "")]
        if address != "board/ole.berg.md":
            assert HOSTILE in flat(root), address


@pytest.mark.parametrize("hidden", ["activities", "meetings", "reviews", "contacts"])
def test_what_is_hidden_is_on_no_page(tmp_path: Path, hidden: str) -> None:
    words = {"activities": "Prices", "meetings": "no number agreed", "reviews": "Plan confirmed", "contacts": "Anna Lind"}
    open_site = made(tmp_path / "open", {"alpha.md": PLANS["alpha.md"]})
    closed = made(tmp_path / "closed", {"alpha.md": PLANS["alpha.md"].replace("meetings:\n", f"visibility: {{{hidden}: team}}\nmeetings:\n")})
    assert any(words[hidden] in told for told in everything(open_site))
    assert not any(words[hidden] in told for told in everything(closed))
    if hidden == "activities":
        assert not any("2026-05-13" in told for told in everything(closed))
        assert any("the next is not shown here" in told for told in everything(closed))
    if hidden == "reviews":
        assert any("recorded, not shown here" in told for told in everything(closed))


def everything(site: Site) -> Iterator[str]:
    return (flat(tree(site, address)) for address in (*ADDRESSES, "board/kari.nygaard.md"))
