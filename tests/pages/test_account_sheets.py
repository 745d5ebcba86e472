"""The brief and the workshop sheet: what stands on them, what is left out, what is hidden."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from kamgen import page
from kamgen.pages.account import accounts
from kamgen.pages.account.brief import short
from kamgen.pages.account.paper import rows, wide
from kamgen.site import Site

from .plans import SETTINGS, site_of
from .stuffed import stuffed
from .test_account import HOSTILE, RICH, TEMPLATES, THIN
from .test_account_now import lines, told

SHEETS = ("brief", "workshop", "activities", "all-findings")


def written(site: Site, name: str, ending: str) -> str:
    sheet = next(one for one in accounts(site) if isinstance(one, page.Sheet) and one.address == f"accounts/{name}/{ending}.html")
    return TEMPLATES.sheet(sheet, site, lambda address: f"/{address}", "/sheet.css")


def read(html: str) -> Element:
    root: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return root


def sections(html: str) -> dict[str, Element]:
    """The sections of a sheet by their heading."""
    return {told(section.find("h2")): section for section in read(html).iter("section") if section.find("h2") is not None}  # type: ignore[arg-type]  # the condition says that it is there


@pytest.fixture
def rich(tmp_path: Path) -> Site:
    return site_of(tmp_path, {"rich": RICH})


def test_the_brief_says_what_comes_and_what_is_overdue(rich: Site) -> None:
    seen = told(sections(written(rich, "rich", "brief"))["Next activity"])
    assert "2026-06-09 Autumn assortment Status meeting · In person · Tactical · 10:00 · 60 minutes · Their office" in seen
    assert "Anna Lind – Kari Nygaard with Vera Lind" in seen
    assert seen.endswith("Overdue: Ring about the ramp (6 days overdue)")


def test_the_brief_has_those_first_whom_we_meet(rich: Site) -> None:
    assert lines(sections(written(rich, "rich", "brief"))["Whom we meet and who decides"])[1:] == [
        ["Anna Lind, Head of procurement takes part", "Decision maker", "good (3) → strong (4)", "2026-03-03", "Kari Nygaard"],
        ["Bo Friis", "", "weak (1) → good (3)", "", ""],
    ]


def test_the_brief_has_business_goals_offers_and_the_last_meeting(rich: Site) -> None:
    found = {name: told(section) for name, section in sections(written(rich, "rich", "brief")).items()}
    assert "2026-03-03 Lunch She wants fewer deliveries. Next step: Propose two days a week." in found["What happened last"]
    assert "Revenue 2025 131 000 DKK" in found["Business"]
    assert found["Open offers"].endswith("Kiosk fittings 60 000 DKK · Sent")
    assert found["Agreements in force"].endswith("Frame agreement until 2027-12-31")
    assert "Kiosks" in found["Goals"]
    assert "To do" not in found


def test_the_brief_of_a_thin_plan_says_that_nothing_is_there(tmp_path: Path) -> None:
    seen = told(read(written(site_of(tmp_path, {"thin": THIN}), "thin", "brief")))
    assert "None is planned with the customer." in seen
    assert "Nothing is recorded as held." in seen
    assert "Business" not in seen


def test_the_brief_of_a_closed_account_asks_for_nothing(tmp_path: Path) -> None:
    late = "activities: [{date: 2026-04-01, type: contact, status: planned}]"
    closed = THIN.replace("tier: C", f"tier: C\nstatus: lost\nstatus_reason: Sold\n{late}")
    seen = told(read(written(site_of(tmp_path, {"thin": closed}), "thin", "brief")))
    assert "None is asked for: the account is closed." in seen
    assert "overdue" not in seen


def test_the_gravest_stands_first_under_watch_out_and_late_things_are_marked(tmp_path: Path) -> None:
    worries = """risks: [{text: Small, severity: low}, {text: Great, severity: high}, {text: Unknown}]
complaints: [{date: 2026-04-01, text: Late lorry}, {date: 2026-03-01, text: Settled, closed: 2026-03-02}]
actions: [{text: Past, due: 2026-04-01, owner: jens.holm}, {text: Someday}, {text: Done, status: done}]
offers: [{text: Old, status: sent, decision_due: 2026-04-01, value: 10}, {text: Won, status: won}]"""
    found = sections(written(site_of(tmp_path, {"thin": THIN.replace("tier: C", f"tier: C\n{worries}")}), "thin", "brief"))
    assert [told(item) for item in found["Watch out"].iter("li")] == ["Late lorry complaint", "Great risk", "Small risk"]
    assert [(told(item), item.get("class")) for item in found["To do"].iter("li")] == [("Past 2026-04-01 · Jens Holm", "ks-late"), ("Someday", None)]
    assert [(told(item), item.get("class")) for item in found["Open offers"].iter("li")] == [("Old 10 DKK · Sent · decision 2026-04-01", "ks-late")]


def test_a_full_brief_counts_what_it_leaves_out(tmp_path: Path) -> None:
    seen = told(read(written(site_of(tmp_path, {"stuffed": stuffed()}), "stuffed", "brief")))
    assert "and 35 more" in seen
    assert seen.count("decides") == 2  # the heading, and the caption of its table for those who hear it


def test_the_workshop_sheet_has_participants_white_space_weak_contacts_and_empty_boxes(rich: Site) -> None:
    found = sections(written(rich, "rich", "workshop"))
    assert [told(item) for item in found["Who takes part"].iter("li")] == [
        *("Kari Nygaard Key account manager", "Jens Holm Deputy", "Vera Lind Executive sponsor"),
        *["Another guest"] * 3,
    ]
    assert lines(found["White space: what they do not buy from us"])[1:] == [
        ["Lamps", "Gap", "0 DKK", "90 000 DKK", "", ""],
        ["Fittings", "Owned", "131 000 DKK", "", "Beslag Nord 35 %", ""],
    ]
    assert "Known room in all: 90 000 DKK a year." in told(found["White space: what they do not buy from us"])
    assert [row[0] for row in lines(found["Whom we do not know well"])[1:]] == ["Anna Lind, Head of procurement", "Bo Friis"]
    assert len([box for box in read(written(rich, "rich", "workshop")).iter("div") if box.get("class") == "ks-idea"]) == 4
    assert lines(found["What is worth doing"])[1:] == [[""] * 4] * 6


def test_the_workshop_sheet_names_roles_that_nobody_has(rich: Site) -> None:
    assert "Nobody known as: " in told(read(written(rich, "rich", "workshop")))


def test_the_workshop_sheet_begins_with_what_is_known(tmp_path: Path) -> None:
    known = """company: {challenges: Cold stores are full, future_projects: [{text: Ferry kiosks, when: 2027}]}
needs: [{text: Fewer lorries}]
swot: {opportunities: [{text: A rival closes}]}
partners: [{name: Spedition}]
competitors: [{name: Beslag Nord}]"""
    seen = told(
        sections(written(site_of(tmp_path, {"thin": THIN.replace("tier: C", f"tier: C\n{known}")}), "thin", "workshop"))["What to begin with"]
    )
    assert all(
        word in seen for word in ("Cold stores are full", "Ferry kiosks · 2027", "Fewer lorries", "A rival closes", "Spedition", "Beslag Nord")
    )


def test_a_workshop_without_products_and_weak_contacts_says_so(tmp_path: Path) -> None:
    bare = SETTINGS.replace("products:\n  - {id: fittings, label: Fittings}\n  - {id: lamps, label: Lamps}\n", "")
    seen = told(read(written(site_of(tmp_path, {"thin": THIN.replace("tier: C", "tier: nowhere")}, bare), "thin", "workshop")))
    assert "The portfolio names no products." in seen
    assert "Nobody is known less well than wanted." in seen


def test_many_weak_contacts_are_counted(tmp_path: Path) -> None:
    assert "and 28 more" in told(read(written(site_of(tmp_path, {"stuffed": stuffed()}), "stuffed", "workshop")))


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_a_whole_document_that_runs_nothing(tmp_path: Path, name: str) -> None:
    evil = "".join(HOSTILE).replace("'", "")
    site = site_of(tmp_path, {"stuffed": stuffed(people=9).replace("Wanhua", evil.replace("\\", "").replace('"', "&"))})
    html = written(site, "stuffed", name)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    assert parser.errors == []
    assert not list(root.iter("script"))
    assert not list(root.iter("img"))
    assert [element.get("href") for element in root.iter("link")] == ["data:,", "/sheet.css"]
    assert not [link for link in root.iter("a") if not str(link.get("href")).startswith(("/", "#"))]
    levels = [int(element.tag[1]) for element in root.iter() if element.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", ["brief", "workshop"])
def test_what_is_not_for_the_audience_is_on_no_sheet(tmp_path: Path, name: str) -> None:
    own = "contacts.anna-lind: private, activities.late: private, sales: team, goals: team, offers: private, swot: team"
    hidden = RICH.replace("visibility: {swot: team}", f"visibility: {{{own}}}")
    site = site_of(tmp_path, {"rich": hidden}, SETTINGS.replace("audience: team", "audience: site"))
    html = written(site, "rich", name)
    assert not [word for word in ("Anna", "Ring about the ramp", "131", "Kiosk", "Beslag Nord opens", "90\u00a0000") if word in html]


def test_a_hidden_next_activity_is_not_said_to_be_missing(tmp_path: Path) -> None:
    hidden = RICH.replace("visibility: {swot: team}", "visibility: {activities: private}")
    assert "One is planned; what it is, is not shown here." in told(read(written(site_of(tmp_path, {"rich": hidden}), "rich", "brief")))


# How much fits.


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        (None, 10, ""),
        ("Short", 10, "Short"),
        ("She wants *fewer* deliveries", 22, "She wants fewer…"),
        ("Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"),
        ("A Donaudampfschifffahrtsgesellschaft", 10, "A Donauda…"),
    ],
)
def test_a_text_is_cut_after_a_word(text: str | None, most: int, cut: str) -> None:
    assert short(text, most) == cut


def test_chinese_is_twice_as_wide() -> None:
    assert wide("海鲜 ab") == 7
    assert rows("海鲜 ab", 4) == 2
    assert rows("", 4) == 0
