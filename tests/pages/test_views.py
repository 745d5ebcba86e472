"""Key account managers, tiers, segments, regions and groups: every figure by hand, over a few accounts; who may not see what sees nothing."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import page
from kamgen.page import Page
from kamgen.pages import groups, kam, rolled, segments, tiers
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """\
title: Views
currency: EUR
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam, capacity: 40, goals: [
      {text: Two new customers, measure: customers, start: 2026-01-01, due: 2026-12-31, baseline: 0, target: 2, actual: 1},
      {text: Forgotten, due: 2026-04-01, target: 5}, {text: Undone, status: dropped}]}
  - {id: ole.berg, name: Ole Berg, role: kam, capacity: 100}
  - {id: ida.moe, name: Ida Moe, role: specialist}
  - {id: una.lie, name: Una Lie, role: kam}
products: [{id: fittings}]
segments: [retail, "drinks & wine", empty]
regions: [north, south]
rates: [{currency: DKK, date: 2024-01-01, rate: 0.1}]
rules:
  extends: per-account
  currency: EUR
  tiers: {A: {requirements: {status-meeting: {min: 12, max: 12}}}}
"""


def plan(name: str, tier: str, owner: str, rest: str = "") -> str:
    return f"---\naccount: {name}\ntier: {tier}\nowner: {owner}\n{rest}---\n"


CONTACTS = "contacts:\n  - {name: Anna Lind, title: Head of procurement, function: procurement}\n  - {name: Bo Ek, function: ceo}\n"
HELD = "  - {date: %s, type: status-meeting, status: held, by: %s, contacts: [%s], subject: %s, note: %s, result: %s, next_step: %s}\n"
PLANS = {
    "alpha.md": plan(
        "Alpha",
        "A",
        "kari.nygaard",
        "segment: retail\nregion: north\npotential: 5000\nsales: [{product: fittings, actual: {2024: 1000, 2025: 3000, 2026: 500}, "
        "budget: {2026: 2000}, potential: 4000}]\ngoals: [{text: Grow, start: 2026-01-01, due: 2026-04-01, baseline: 0, target: 10, actual: 5}]\n"
        f"actions:\n  - {{text: Sample box, owner: ida.moe, due: 2026-05-01, days: 2, cost: 300}}\n"
        f"  - {{text: Ready, status: done}}\n{CONTACTS}activities:\n"
        + HELD % ("2026-05-04", "kari.nygaard", "anna-lind, bo-ek", "Autumn", "They buy *more*", "Order of 500", "Send the list")
        + HELD % ("2026-04-20", "ida.moe", "bo-ek", "Prices", "Too high", "Nothing yet", "Ask Ole")
        + HELD % ("2026-01-20", "kari.nygaard", "bo-ek", "Long ago", "Old", "Old", "Old")
        + '  - {date: 2026-05-12, time: "10:00", type: status-meeting, status: planned, contacts: [anna-lind], subject: Shelves}\n'
        "  - {date: 2026-04-29, type: contact, status: planned, subject: Call Bo}\n",
    ),
    "beta.md": plan(
        "Beta",
        "C",
        "ole.berg",
        "segment: drinks & wine\nregion: north\nparent: alpha\nstatus: at-risk\nstatus_reason: New buyer\ncurrency: DKK\n"
        "sales: [{product: fittings, actual: {2025: 10000}}]\n"
        "activities: [{date: 2026-05-20, type: status-meeting, status: planned, by: ole.berg, with: [kari.nygaard], subject: Together}]\n",
    ),
    "gamma.md": plan("Gamma", "C", "ole.berg", "segment: retail\nparent: beta\n"),
    "omega.md": plan("Omega", "A", "kari.nygaard", "segment: retail\nparent: alpha\nstatus: lost\nstatus_reason: Closed down\npotential: 99999\n"),
}
Make = Callable[..., Site]
TEMPLATES = page.templates(None, "en")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    numbers = itertools.count()

    def site(plans: Mapping[str, str], portfolio: str = PORTFOLIO) -> Site:
        return Site(load(write(tmp_path / str(next(numbers)), plans, portfolio=portfolio), AS_OF))

    return site


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("views"), PLANS, portfolio=PORTFOLIO), AS_OF))


def pages(site: Site) -> dict[str, Page]:
    makers = (kam.kam, tiers.tiers, segments.segments, groups.groups)
    return {made.address: made for maker in makers for made in maker(site) if isinstance(made, Page)}


def root(site: Site, address: str) -> Any:
    made = TEMPLATES.render(pages(site)[address], site, lambda there: f"/{there}")
    return html5lib.parseFragment(made, namespaceHTMLElements=False)


def told(site: Site, address: str) -> list[str]:
    """Every line of tables, lists and paragraphs; cells parted by ` | `."""
    wanted = {"tr", "li", "p", "h1", "h2", "dd", "summary"}
    found = [one for one in root(site, address).iter() if one.tag in wanted]
    return [" | ".join(flat(cell) for cell in one) if one.tag == "tr" else flat(one) for one in found]


def flat(element: Any) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def links(site: Site, address: str) -> set[str]:
    return {one.attrib["href"] for one in root(site, address).iter("a")}


def test_a_manager_s_page_has_agenda_sums_load_and_goals(usual: Site) -> None:
    lines = told(usual, "kams/kari.nygaard.md")
    assert "Key account manager · One account, 1 of them in a key tier" in lines or any("1" in line and "account" in line for line in lines[:3])
    week = lines.index("2026-W20, from 2026-05-11")
    assert lines[week + 1] == "Alpha A | 2026-05-12 10:00 | Status meetingShelves | Anna Lind | Kari Nygaard"
    assert lines[week + 3] == "Beta C | 2026-05-20 | Status meetingTogether | – | Ole Berg"
    assert {"1 000", "3 000", "500", "2 000", "25 %", "5 000"} <= set(lines)
    assert "/board/kari.nygaard.md" in links(usual, "kams/kari.nygaard.md")
    assert any(line.startswith("1 open, 1 behind its time on average 50 % of the way") for line in lines)
    assert "1 of 2 done, 1 overdue still to spend: 2 days, 300 EUR" in lines
    assert any("ask for 28 hours" in line and "There are 40 hours" in line and "70 %" in line and "12 hours are free" in line for line in lines)
    assert "A | 1 | 28" in lines
    assert "Two new customers | 2026-12-31 | 1 of 2 | 50 % | open" in lines
    assert "Forgotten | 2026-04-01 | – of 5 | – | behind its time" in lines
    assert not any("Undone" in line for line in lines)
    assert "Omega – lost: Closed down" in lines
    assert {"/kams/worklog/kari.nygaard.md", "/kams/meeting/kari.nygaard.md", "/accounts/alpha.md", "/tiers/a.md"} <= links(
        usual, "kams/kari.nygaard.md"
    )


def test_a_manager_without_work_is_told_what_is_missing(usual: Site) -> None:
    lines = told(usual, "kams/una.lie.md")
    assert "The tiers ask for no hours in these accounts." in lines
    assert "No goals of Una Lie are given: write them as goals: at the person in plans/portfolio.yml." in lines
    assert any(line.startswith("Una Lie has held nothing since 2026-02-09") for line in told(usual, "kams/worklog/una.lie.md"))
    meeting = told(usual, "kams/meeting/una.lie.md")
    assert {"Nothing was held in the last 30 days.", "Every account has a next activity, and none is at risk."} <= set(meeting)
    assert any(line.startswith("No action, goal, issue, complaint, offer or agreement has its day") for line in meeting)


def test_the_list_has_everybody_by_name_with_load_and_pages(usual: Site) -> None:
    lines = told(usual, "kams/index.md")
    assert [line.split(" | ")[0] for line in lines if line.count(" | ") == 8][1:] == ["Kari Nygaard", "Ole Berg", "Una Lie"]
    assert any(line.startswith("Kari Nygaard | 1 | 1 |") and "28 hof 40 h | Sales meetingWork log" in line for line in lines)
    assert "No key account manager is asked for more hours than there are" in lines
    assert any("no capacity given" in line for line in lines)


def test_too_much_load_is_told(make: Make) -> None:
    site = make(PLANS, PORTFOLIO.replace("capacity: 40", "capacity: 20").replace("capacity: 100", "capacity: 0"))
    assert any("8 hours too many" in line for line in told(site, "kams/kari.nygaard.md"))
    assert "2 of 2 key account managers are asked for more hours than there are" in told(site, "kams/index.md")
    without = make(PLANS, re.sub(r", capacity: \d+", "", PORTFOLIO))
    assert "Hours that the tiers ask for, by key account manager" in told(without, "kams/index.md")
    assert any("How many hours there are is not given" in line for line in told(without, "kams/kari.nygaard.md"))


def test_an_account_that_cannot_be_read_whole_is_said_beside_the_load(make: Make) -> None:
    site = make({"alpha.md": plan("Alpha", "A", "kari.nygaard", "contacts: [{nam: X}]\n")})
    assert any("cannot be read whole" in line for line in told(site, "kams/kari.nygaard.md"))


def test_the_work_log_tells_each_week(usual: Site) -> None:
    lines = told(usual, "kams/worklog/kari.nygaard.md")
    assert lines[1].startswith("One activity held from 2026-02-09 to 2026-05-06.")
    assert "2026-W19: 2026-05-04 to 2026-05-10" in lines
    met = "Anna LindHead of procurementBo Ek"
    assert f"Alpha A | 2026-05-04 | {met} | Autumn Status meetingThey buy more | Order of 500 | Send the list" in lines
    assert not any("Prices" in line or "Long ago" in line for line in lines)
    assert any("kamgen worklog --kam kari.nygaard --week 2026-W19" in line for line in lines)


def test_the_sales_meeting_goes_back_and_forth(usual: Site) -> None:
    lines = told(usual, "kams/meeting/kari.nygaard.md")
    assert lines.index("The last 7 days: 2026-04-29 to 2026-05-06") + 1 == lines.index(
        "Alpha A | 2026-05-04 | Anna LindHead of procurementBo Ek | Status meetingAutumn | Order of 500 | Send the list"
    )
    assert "Alpha A | 2026-04-29 | Call or mailCall Bo | – | Kari Nygaard" in lines
    ahead = lines.index("The next 7 days: 2026-05-06 to 2026-05-13")
    assert lines[ahead + 1].startswith("Alpha A | 2026-05-12 10:00")
    assert lines[ahead + 2] == "After that, up to 14 days: 2026-05-14 to 2026-05-20"
    past = lines.index("Its day has passed")
    assert lines[past + 1 : past + 3] == ["Alpha A | 2026-04-01 | Growgoal | Kari Nygaard", "Alpha A | 2026-05-01 | Sample boxaction | Ida Moe"]
    assert told(usual, "kams/meeting/ole.berg.md")[-2:] == ["Gamma C has no next activity", "Beta C at risk: New buyer"]


def test_spans_part_what_is_near_from_what_is_far() -> None:
    assert kam.spans([("a", 0), ("b", 7), ("c", 8), ("d", 15), ("e", 30), ("f", 31)]) == [(0, 7, ["a", "b"]), (8, 14, ["c"]), (15, 30, ["d", "e"])]
    assert kam.spans([]) == []


def test_a_tier_says_its_rules_and_who_falls_short(usual: Site) -> None:
    lines = told(usual, "tiers/a.md")
    assert "Key tier | yes | per-account" in lines
    assert any(line.startswith("Status meetings | ") and "12 a year, for the account" in line and line.endswith("company") for line in lines)
    assert "How often" in lines
    assert any(re.fullmatch(r"KAM201 no-next-activity \| error.* \|.*", line) for line in lines)
    short = next(line for line in lines if line.startswith("Alpha | Kari Nygaard | ") and "due by now" in line)
    assert short.startswith("Alpha | Kari Nygaard | 1 | Status meetings: 3 held of 4 due by now, 1 planned | ")
    assert sum(1 for line in lines if line.startswith("Alpha | Kari Nygaard | active")) == 1
    assert {"/kams/kari.nygaard.md", "/rules/no-next-activity.md", "/compliance/a.md"} <= links(usual, "tiers/a.md")
    assert "No open account is in this tier." in told(usual, "tiers/b.md")


def test_the_tiers_are_listed_from_the_highest(usual: Site) -> None:
    lines = [line for line in told(usual, "tiers/index.md") if line.count(" | ") > 5]
    assert [line.split(" | ")[0] for line in lines][1:] == ["Yearly agreement or value programmekey tier", "Akey tier", "Bkey tier", "C", "D"]
    assert lines[2].endswith("1 000 | 3 000 | 500 | 2 000 | 25 % | 5 000 | 1 000")
    assert lines[4].startswith("C | 2 | ")


def test_an_account_of_no_tier_is_named_beside_the_tiers(make: Make) -> None:
    site = make({"alpha.md": plan("Alpha", "Z", "kari.nygaard")})
    assert "One account is in a tier that is not in force" in told(site, "tiers/index.md")


def test_segments_and_regions_stand_beside_each_other(usual: Site) -> None:
    lines = told(usual, "segments/index.md")
    retail = next(line for line in lines if line.startswith("retail | 2"))
    assert retail.startswith("retail | 21 in a key tier | ")
    assert retail.endswith("1 0001 of 2 | 3 0001 of 2 | 5001 of 2 | 2 0001 of 2 | 25 %1 of 2 | 5 0001 of 2 | 1 0001 of 2")
    assert any(line.startswith("empty | 0 | – | – | –") for line in lines)
    assert "The segment retail brought 75 % of the revenue of 2025" in lines
    assert "drinks & wine | 1 | – | 1" in lines
    assert "retail | 1 | – | 2" in lines
    assert any(line.startswith("One account names no region:") for line in lines)
    assert {"/segments/drinks-wine.md", "/regions/north.md"} <= links(usual, "segments/index.md")


def test_a_segment_has_its_accounts_tiers_and_regions(usual: Site) -> None:
    lines = told(usual, "segments/retail.md")
    assert lines[0] == "retail"
    assert "Regions: north (1)" in lines
    assert any(line.startswith("A | 11 in a key tier | ") for line in lines)
    assert "Omega – lost: Closed down" in lines
    assert not any("99 999" in line for line in lines)
    assert "No open account is in this segment." in told(usual, "segments/empty.md")
    assert "Segments: retail (1), drinks & wine (1)" in told(usual, "regions/north.md")


def test_a_group_is_rolled_up_over_its_levels(usual: Site) -> None:
    lines = told(usual, "groups/alpha.md")
    assert lines[0] == "Group Alpha"
    assert lines[1].endswith("owned by Kari Nygaard, Ole Berg")
    table = [line.split(" | ")[0] for line in lines if line.count(" | ") == 10][1:]
    assert table == ["Alpha", "Beta", "Gamma level 2", "Omega"]
    assert "4 000 2 of 3" in lines
    (row,) = [line for line in told(usual, "groups/index.md") if line.startswith("Alpha | ")]
    assert row.startswith("Alpha | Kari NygaardOle Berg | 31 in a key tier | ")
    assert usual.group_pages == dict.fromkeys(("alpha", "beta", "gamma", "omega"), "groups/alpha.md")


def test_a_group_without_a_readable_head_says_so(make: Make) -> None:
    site = make({"head.md": "---\ntier: [\n---\n", "beta.md": plan("Beta", "C", "ole.berg", "parent: head\nstatus: lost\nstatus_reason: X\n")})
    lines = told(site, "groups/head.md")
    assert any("cannot be read" in line and line.endswith("head") for line in lines)
    assert "Every account of the group is lost or archived." in lines
    assert "/accounts/head.md" in links(site, "groups/head.md")


def test_an_account_leads_to_where_it_belongs(usual: Site) -> None:
    environment = TEMPLATES.environment
    beta = next(account for account in usual.accounts if account.id == "beta")
    made = environment.get_template("partials/belongs.html").render(account=beta, site=usual, link=lambda there: f"/{there}")
    found = [(one.attrib["href"], flat(one)) for one in html5lib.parseFragment(made, namespaceHTMLElements=False).iter("a")]
    places = [("/tiers/c.md", "Tier C"), ("/segments/drinks-wine.md", "drinks & wine"), ("/regions/north.md", "north")]
    assert found == [*places, ("/groups/alpha.md", "its group")]


def test_an_account_that_belongs_nowhere_says_nothing(make: Make) -> None:
    site = make({"alpha.md": plan("Alpha", "Z", "kari.nygaard")})
    template = TEMPLATES.environment.get_template("partials/belongs.html")
    assert not template.render(account=site.accounts[0], site=site, link=str).strip()


def test_an_empty_portfolio_says_what_to_do(make: Make) -> None:
    site = make({}, "title: Nothing\n")
    assert list(pages(site)) == ["kams/index.md", "tiers/index.md", "segments/index.md", "groups/index.md"]
    assert "Nobody owns an account yet." in told(site, "kams/index.md")
    assert any(line.startswith("No tier is in force") for line in told(site, "tiers/index.md"))
    assert any(line.startswith("No segment is named") for line in told(site, "segments/index.md"))
    assert any(line.startswith("No account belongs to a group yet: write parent:") for line in told(site, "groups/index.md"))


def test_a_thousand_rows_are_cut_and_say_so(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolled, "ROWS", 1)
    monkeypatch.setattr(groups, "ROWS", 1)
    monkeypatch.setattr(tiers, "SHORT", 0)
    plans = {f"{name}.md": plan(name, "C", "kari.nygaard", rest) for name, rest in (("a", ""), ("b", "parent: a\n"), ("c", ""), ("d", "parent: c\n"))}
    site = make({**plans, **{f"z{n}.md": plan(f"z{n}", "A & B?", "kari.nygaard") for n in range(60)}}, PORTFOLIO)
    assert any(line.startswith("Here are the first 1 of 4 accounts; all of them:") for line in told(site, "tiers/c.md"))
    assert "/portfolio.md?f.tier=C" in links(site, "tiers/c.md")
    assert "The first 1 of 2 groups are here; every account leads to its own." in told(site, "groups/index.md")
    assert any(line.endswith("and 10 more") for line in told(site, "tiers/index.md"))


HOSTILE = '"<script>alert(1)</script> | {{ 7*7 }} =cmd 客户 Клиент"'


def test_hostile_names_stay_text(make: Make) -> None:
    portfolio = PORTFOLIO.replace("name: Kari Nygaard", f"name: {HOSTILE}").replace("retail,", f"{HOSTILE}, 客户,").replace("north,", f"{HOSTILE},")
    rest = f"segment: {HOSTILE}\nregion: {HOSTILE}\n"
    plans = {
        "alpha.md": plan(
            HOSTILE,
            "A",
            "kari.nygaard",
            rest
            + CONTACTS.replace("Anna Lind", "<b>Anna")
            + "activities:\n"
            + HELD % ("2026-05-04", "kari.nygaard", "bo-ek", HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        ),
        "beta.md": plan(HOSTILE, "C", "kari.nygaard", "parent: alpha\n" + rest + f"actions: [{{text: {HOSTILE}, due: 2026-05-08}}]\n"),
    }
    site = make(plans, portfolio)
    for address, made in pages(site).items():
        elements = list(root(site, address).iter())
        assert not [one for one in elements if one.tag in {"script", "b"} and "alert" in flat(one) and one.tag == "script"], address
        assert re.fullmatch(r"[a-z0-9/._-]+\.md", address), address
        assert made.template
    assert set(site.segment_pages.values()) >= {"segments/segment.md", "segments/segment-1.md"}
    assert any("{{ 7*7 }}" in line for line in told(site, "groups/alpha.md"))


HIDDEN = "visibility: {segment: team, region: private, parent: team, potential: team, activities: team, goals: private, actions: team, "
HIDDEN += "status_reason: team}\n"


def test_what_the_audience_may_not_see_stands_nowhere(make: Make) -> None:
    secret = PLANS["beta.md"].replace("New buyer", "SECRETWORD").replace("subject: Together", "subject: SECRETWORD")
    secret = secret.replace("sales:", f"potential: 7654321\nactions: [{{text: SECRETWORD, due: 2026-05-08}}]\n{HIDDEN}sales:", 1)
    site = make({**PLANS, "beta.md": secret})
    for address in pages(site):
        text = "\n".join(told(site, address))
        assert "SECRETWORD" not in text, address
        assert "7 654 321" not in text.replace("\u00a0", " "), address
    assert "beta" in site.group_pages  # as the parent of Gamma, which says so
    assert "Beta" not in "\n".join(told(site, "segments/drinks-wine.md"))
    assert site.group_pages["beta"] == "groups/beta.md"
