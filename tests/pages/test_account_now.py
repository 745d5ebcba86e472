"""The account page as one answer to "what now?": health, the eleven questions, who meets whom, long lists, and what is hidden."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from benchmarks import portfolio
from kamgen import page
from kamgen.pages.account import accounts
from kamgen.pages.account.head import FINDINGS
from kamgen.pages.account.room import fitted
from kamgen.questions import QUESTIONS
from kamgen.site import Site

from .plans import SETTINGS, site_of
from .stuffed import stuffed
from .test_account import RICH, TEMPLATES, THIN, assert_inert, html, text, tree

LIMIT = 120_000
"""Characters of HTML that an account page may have, the theme's part included."""
FRAME = 36_000
"""What the theme takes of them, about."""


def part(fragment: str, name: str) -> Element:
    """The element with an id, or the section whose heading has it."""
    root = tree(fragment)
    above = {child: parent for parent in root.iter() for child in parent}
    found = next(element for element in root.iter() if element.get("id") == name)
    return above[found] if found.tag == "h2" else found


def told(element: Element) -> str:
    """What people read of an element, with single spaces."""
    return re.sub(r" ([,.)])", r"\1", " ".join(" ".join(element.itertext()).replace("\u00a0", " ").split())).replace("( ", "(")


def lines(element: Element) -> list[list[str]]:
    return [[told(cell) for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]


@pytest.fixture
def rich(tmp_path: Path) -> str:
    return html(site_of(tmp_path, {"rich": RICH}), "rich")


# Health.


def health(fragment: str) -> Element:
    return next(element for element in tree(fragment).iter("div") if element.get("class") == "kg-health")


def test_health_shows_its_parts_and_weights_and_says_what_is_left_out(rich: str) -> None:
    assert lines(health(rich)) == [
        ["Part", "Value", "Weight"],
        ["Meetings held of those owed", "0 %", "30"],
        ["Plan filled in", "57 %", "20"],
        ["Plan reviewed in time", "50 %", "10"],
        ["Required roles met", "40 %", "20"],
        ["Progress of goals", "0 %", "10"],
        ["Satisfaction", "no score in 12 months", "10"],
    ]
    assert "Health 27 %" in told(health(rich))
    assert "One part is not known and left out." in told(health(rich))
    assert "Missing in the plan: Agreed needs" in told(health(rich))


def test_each_part_leads_to_the_place_that_tells_more(rich: str) -> None:
    links = {told(link): link.get("href") for link in health(rich).iter("a")}
    assert links == {
        "Meetings held of those owed": "#section-cadence",
        "Plan reviewed in time": "#reviews",
        "Required roles met": "#section-people",
        "Progress of goals": "#goals",
    }


@pytest.mark.parametrize("status", ["lost", "archived"])
def test_a_closed_account_has_no_health_and_no_reviews_to_come(tmp_path: Path, status: str) -> None:
    closed = THIN.replace("tier: C", f"tier: C\nstatus: {status}\nstatus_reason: Sold")
    fragment = html(site_of(tmp_path, {"thin": closed}), "thin")
    assert "kg-health" not in fragment
    assert "Next review" not in fragment
    assert "section-questions" not in fragment


def test_a_tier_that_nobody_knows_has_no_health(tmp_path: Path) -> None:
    assert "kg-health" not in html(site_of(tmp_path, {"thin": THIN.replace("tier: C", "tier: nowhere")}), "thin")


def test_a_full_plan_lacks_nothing(tmp_path: Path) -> None:
    complete = THIN.replace("tier: C", "tier: C\ncompany: {city: Aarhus}\ncontacts: [{name: Bo}]\nsales: [{product: lamps, status: gap}]")
    assert "Missing in the plan" not in told(health(html(site_of(tmp_path, {"thin": complete}), "thin")))


def test_what_was_agreed_last_stands_in_the_head(rich: str) -> None:
    assert "What was agreed Propose two days a week." in told(tree(rich)).partition("What the rules say")[0]


# The eleven questions.


def questions(fragment: str) -> dict[str, Element]:
    found = [element for element in tree(fragment).iter("div") if element.get("class") == "kg-question"]
    return {str(element.get("id")).removeprefix("question-"): element for element in found}


def test_every_question_that_words_or_data_answer_is_shown_in_the_order_of_the_source(rich: str) -> None:
    silent = {"use", "customer-competitors"}
    assert list(questions(rich)) == [slug for slug in QUESTIONS if slug not in silent]
    assert "Nothing is known yet of “How do they work with our products?”" in text(rich)
    assert "1 of 11 are answered in words" in text(rich)


def test_the_data_stands_beside_the_words(rich: str) -> None:
    found = {slug: told(element) for slug, element in questions(rich).items()}
    assert "Fittings, and nothing else. Why Lamps come from Beslag Nord. Fittings 131 000 DKK" in found["buys"]
    assert found["does-not-buy"].endswith("Not answered yet. Lamps Gap, room for 90 000 DKK")
    assert "All products 42 %" in found["share"]
    assert "Anna Lind good (3) → strong (4) Bo Friis weak (1) → good (3)" in found["weak-contacts"]
    assert "Jens Holm product specialist" in found["team"]
    assert "Fittings Beslag Nord 35 %" in found["competitors"]
    assert "KAM meetings 4 still owed, 1 of them planned" in found["not-done"]


def test_an_answer_stands_once_and_the_rest_in_its_own_section(tmp_path: Path) -> None:
    fragment = html(site_of(tmp_path, {"rich": f"{RICH}\n\n## Our strategy\n\nSlowly.\n"}), "rich")
    assert text(fragment).count("Fittings, and nothing else.") == 1
    assert "Our strategy Slowly." in told(part(fragment, "section-text"))


def test_what_they_could_take_more_of_is_room_too(tmp_path: Path) -> None:
    lamps = "{product: lamps, status: owned, actual: {2025: 10}, potential: 30}"
    sold = f"sales: [{lamps}, {{product: fittings, status: owned}}]\ncompany: {{competitors: [Ljus]}}"
    found = questions(html(site_of(tmp_path, {"thin": THIN.replace("tier: C", f"tier: C\n{sold}")}), "thin"))
    assert told(found["does-not-buy"]).endswith("Lamps room for 20 DKK")
    assert told(found["buys"]).endswith("Lamps 10 DKK Fittings not known")
    assert told(found["customer-competitors"]).endswith("Their competitors Ljus")
    assert "share" not in found


def test_long_data_is_cut_and_counted(tmp_path: Path) -> None:
    weak = ", ".join(f"{{name: Person {number:02}, relationship: 1, wanted: 3}}" for number in range(9))
    found = questions(html(site_of(tmp_path, {"thin": THIN.replace("tier: C", f"tier: C\ncontacts: [{weak}]")}), "thin"))
    assert told(found["weak-contacts"]).endswith("And 3 more")


def test_words_that_are_not_for_the_audience_are_not_called_missing(tmp_path: Path) -> None:
    hidden = RICH.replace("visibility: {swot: team}", "visibility: {body: team}")
    site = site_of(tmp_path, {"rich": hidden}, SETTINGS.replace("audience: team", "audience: site"))
    fragment = html(site, "rich")
    assert "section-questions" not in fragment
    assert "Fittings, and nothing else" not in fragment


# People.


def test_who_of_us_meets_whom(rich: str) -> None:
    assert lines(part(rich, "encounters")) == [
        ["Name", "Kari Nygaard"],
        ["Anna Lind", "1 · 2026-03-03 · our contact"],
        ["Bo Friis", "–"],
    ]


def test_the_chart_goes_on_below_a_chain_that_is_too_long_to_draw(tmp_path: Path) -> None:
    fragment = made(site_of(tmp_path, {"stuffed": stuffed(people=300, activities=2)}), "/whole.html")
    chart = part(fragment, "chart")
    people = [told(element) for element in chart.iter("span") if element.get("class") == "kg-chart__person"]
    above = [told(element) for element in chart.iter("span") if element.get("class") == "kg-chart__above"]
    assert len(people) == len(set(people)) == 300
    assert len(above) == 14
    assert above[0].endswith("Hohenfels 19")


def test_a_circle_is_drawn_and_says_so(tmp_path: Path) -> None:
    circle = "contacts: [{name: Anna, reports_to: bo}, {name: Bo, reports_to: anna, left: 2026-01-01}]"
    chart = part(html(site_of(tmp_path, {"thin": THIN.replace("tier: C", f"tier: C\n{circle}")}), "thin"), "chart")
    assert told(chart) == "Organisation chart Anna reports to Bo Bo (left on 2026-01-01)"


# Work and money.


def test_goals_say_how_far_they_are_and_whether_they_are_late(tmp_path: Path) -> None:
    goals = """goals:
  - {text: Half, baseline: 0, target: 10, actual: 5, start: 2026-01-01, due: 2026-12-31}
  - {text: Behind, measure: share, baseline: 0, target: 10, actual: 1, start: 2026-01-01, due: 2026-12-31}
  - {text: Past, due: 2026-01-31}
  - {text: Done, status: reached, baseline: 0, target: 10, actual: 10}
  - {text: Sell, measure: revenue, baseline: 90, target: 100, actual: 40, start: 2026-01-01, due: 2026-12-31}
actions: [{text: Call, due: 2026-04-01, owner: jens.holm}, {text: Write, status: done, due: 2026-04-01}]"""
    fragment = html(site_of(tmp_path, {"thin": THIN.replace("tier: C", f"tier: C\n{goals}")}), "thin")
    assert [row[:2] for row in lines(part(fragment, "goals"))[1:]] == [
        ["Half", "50 %, 35 % of the time is gone"],
        ["Behind Measure share", "behind its time 10 %, 35 % of the time is gone"],
        ["Past", "overdue"],
        ["Done", "100 %"],
        ["Sell Measure revenue", "0 %, 40 % of the target, 35 % of the time is gone"],
    ]
    assert [row[:2] for row in lines(part(fragment, "actions"))[1:]] == [["Call", "overdue Open"], ["Write", "Done"]]


def test_the_meeting_structure_is_beside_what_was_held(rich: str) -> None:
    assert lines(part(rich, "meetings"))[1][:2] == ["Tactical", "behind and late 0 held, 1 planned, 4 owed"]


def test_reviews_tell_the_next_window(rich: str) -> None:
    assert "Reviewed in the last 12 months 1 of 2 windows" in told(part(rich, "reviews"))
    assert "due 2026-10-01; counts from 2026-08-02 to 2026-10-15" in told(part(rich, "reviews"))


def test_key_figures_say_what_they_are_and_what_is_missing(rich: str) -> None:
    assert [told(row) for row in part(rich, "figures").iter("div") if row.find("dt") is not None] == [
        "Revenue 2025 131 000 DKK",
        "Budget 2026 reached 39 % (35 % of the year is gone)",
        "Share of wallet 42 % (without Lamps)",
        "Penetration 50 % (1 of 2 products they could buy)",
        "White space 90 000 DKK (without Fittings)",
        "Customer profit not known: a cost is missing",
    ]


def test_growth_has_its_sign_and_what_is_not_given_is_never_zero(tmp_path: Path) -> None:
    grown = THIN.replace("tier: C", "tier: C\nsales: [{product: lamps, actual: {2024: 100, 2025: 150}}]")
    assert "Revenue 2025 150 DKK (+50 % after 2024)" in told(part(html(site_of(tmp_path, {"thin": grown}), "thin"), "figures"))
    bare = THIN.replace("tier: C", "tier: C\nsales: [{product: lamps}]")
    seen = told(part(html(site_of(tmp_path, {"thin": bare}), "thin"), "figures"))
    assert seen.count("not known") == 5
    assert "Penetration 0 % (0 of 2 products they could buy)" in seen


# Long lists.


def made(site: Site, ending: str) -> str:
    sheet = next(one for one in accounts(site) if isinstance(one, page.Sheet) and one.address.endswith(ending))
    return TEMPLATES.sheet(sheet, site, lambda address: f"/{address}", "sheet.css")


def test_what_has_no_room_stands_on_the_page_of_all_activities(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"stuffed": stuffed(people=9, activities=60)})
    fragment = html(site, "stuffed")
    shown = fragment.count('class="kg-entry ')
    left = sum(int(number) for number in re.findall(r"(\d+) more are on the page of all activities", fragment))
    assert shown + left == 60
    assert made(site, "/activities.html").count('class="kg-entry ') == 60
    assert 'href="/accounts/stuffed/activities.html"' in fragment


def test_a_generated_account_keeps_the_limit(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"account-00000": portfolio.plan(0)}, portfolio.settings())
    assert len(html(site, "account-00000").encode()) + FRAME < LIMIT


@pytest.mark.parametrize(("people", "activities"), [(9, 60), (40, 60), (100, 240)])
def test_the_richest_account_keeps_the_limit_and_nothing_is_lost(people: int, activities: int, tmp_path: Path) -> None:
    site = site_of(tmp_path, {"stuffed": stuffed(people=people, activities=activities)})
    fragment = html(site, "stuffed")
    assert len(fragment.encode()) + FRAME < LIMIT
    assert 'href="/accounts/stuffed/whole.html"' in fragment
    assert "it stands on the page of the whole plan" in fragment
    whole = made(site, "/whole.html")
    assert whole.count('class="kg-chart__box') == people
    assert whole.count("<h2 ") == fragment.count("<h2 ") - 1, "all sections but the findings"
    assert "<script>" not in whole


def test_an_account_whose_page_has_room_for_all_has_no_page_of_the_whole_plan(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"rich": RICH})
    assert not [one for one in accounts(site) if one.address.endswith("/whole.html")]
    assert "whole.html" not in html(site, "rich")


def test_what_is_to_be_done_and_what_was_never_give_way(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"stuffed": stuffed(people=9, activities=60)})
    context = next(one for one in accounts(site) if isinstance(one, page.Page)).context()
    left = fitted(context["sections"], taken=10**6)
    assert {part.id for one in left for part in one.parts if part.blocks[0].layout != "elsewhere"} == {"planned", "settled"}


def test_the_page_does_not_grow_with_its_activities(tmp_path: Path) -> None:
    short, long = (html(site_of(tmp_path / str(count), {"stuffed": stuffed(people=9, activities=count)}), "stuffed") for count in (80, 240))
    assert len(long) < len(short) + 3000
    assert_inert(long)


def test_findings_that_have_no_room_stand_on_a_page_of_all(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"stuffed": stuffed(people=9, activities=60)})
    fragment = html(site, "stuffed")
    whole = made(site, "/all-findings.html")
    told_of = len(site.findings(site.accounts[0]))
    assert fragment.count('class="kg-finding ') == FINDINGS
    assert whole.count('class="kg-finding ') == told_of
    assert f"{told_of - FINDINGS} more are on the page of all findings" in fragment


def test_a_short_account_has_no_more_than_a_brief_and_a_workshop_sheet(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"thin": THIN})
    assert [one.address for one in accounts(site) if isinstance(one, page.Sheet)] == ["accounts/thin/brief.html", "accounts/thin/workshop.html"]
    fragment = html(site, "thin")
    assert 'href="/accounts/thin/brief.html"' in fragment
    assert 'href="/accounts/thin/workshop.html"' in fragment
    assert "activities.html" not in fragment


def test_a_plan_that_cannot_be_read_has_no_sheets(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"broken": "---\naccount: [\n---\n"})
    assert not [one for one in accounts(site) if isinstance(one, page.Sheet)]
