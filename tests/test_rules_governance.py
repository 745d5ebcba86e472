"""Governance at its boundaries: the day before, the day, the day after; and what a waiver, a tier or a status makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamgen.cadence import Window
from kamgen.diagnostic import Finding, Message
from kamgen.figures.load import Load, Work
from kamgen.model.company import Agreement
from kamgen.model.governance import Forum, Meetings, Review
from kamgen.model.people import TeamMember
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Person, Portfolio
from kamgen.rules.agreements import agreement_expired, agreement_expiring
from kamgen.rules.governance import (
    no_executive_sponsor,
    no_meeting_structure,
    no_team,
    paused_without_end,
    review_due,
    review_missed,
)
from kamgen.rules.ownership import overloaded, owner_inactive
from kamgen.ruleset import Ruleset
from kamgen.workspace import judge, load, read
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """
people:
  - {id: kari, name: Kari Nygaard, role: kam, manager: vera}
  - {id: jens, name: Jens Holm, role: specialist}
  - {id: vera, name: Vera Lind, role: leader}
  - {id: erik, name: Erik Sund, role: executive, active: false}
rules: {extends: RULES}
"""
PEOPLE = Portfolio(
    people=(
        Person(id="kari", name="Kari Nygaard", role="kam", manager="vera"),
        Person(id="jens", name="Jens Holm", role="specialist"),
        Person(id="vera", name="Vera Lind", role="leader"),
        Person(id="erik", name="Erik Sund", role="executive", active=False),
        Person(id="sofie", name="Sofie Krogh", role="kam", manager="erik", active=False),
    )
)
RULES = Ruleset()


def day(text: str | None) -> Any:
    return dt.date.fromisoformat(text) if text else None


def plan(**values: Any) -> Plan:
    return Plan(**{"account": "Acme", "tier": "A", "owner": "kari", **values})


def reviewed(*days: str, **values: Any) -> Plan:
    return plan(reviews=tuple(Review(date=day(each)) for each in days), **values)


def variants(found: Any) -> list[str]:
    return [finding.variant for finding in found]


def said(finding: Finding, name: str) -> Message:
    message = finding.values[name]
    assert isinstance(message, Message)
    return message


def check(
    root: Path, text: str, *, tier: str = "A", rules: str = "per-account", as_of: dt.date = AS_OF, portfolio: str = PORTFOLIO
) -> list[tuple[str, str, bool]]:
    """Family 6 of one plan, as kamgen reports it."""
    (root / "plans").mkdir()
    (root / "plans/portfolio.yml").write_text(portfolio.replace("RULES", rules), encoding="utf-8")
    (root / "plans/acme.md").write_text(f"---\naccount: Acme\ntier: {tier}\nowner: kari\n{text}---\n", encoding="utf-8")
    found = load(root, as_of).diagnostics
    return [(each.rule, each.severity.word, each.waived) for each in found if each.code.startswith("KAM6")]


# Reviews.


@pytest.mark.parametrize(
    ("as_of", "days", "missed", "due"),
    [
        ("2026-01-30", [], [""], []),
        ("2026-01-31", [], [""], [""]),
        ("2026-01-31", ["2025-10-01"], [], [""]),
        ("2026-04-15", ["2025-10-01"], [], [""]),
        ("2026-04-16", ["2025-10-01"], [""], []),
        ("2026-04-16", ["2025-10-01", "2026-01-31"], [], []),
        ("2026-04-16", ["2025-10-01", "2026-01-30"], [""], []),
        ("2026-04-16", ["2026-04-15"], [], []),
        ("2026-04-16", ["2026-04-16"], ["late"], []),
        ("2026-04-16", ["2026-04-17"], [""], []),
        ("2026-04-15", ["2026-04-15"], [], []),
        ("2026-08-02", ["2026-05-02", "2026-04-20"], ["late"], [""]),
        ("2026-08-02", ["2026-08-01"], ["late"], [""]),
        ("2026-08-02", ["2026-08-02"], [], []),
        ("2026-09-20", ["2026-04-22", "2026-09-15"], [], []),
        ("2026-09-20", ["2026-01-30", "2026-09-21"], [""], [""]),
    ],
)
def test_the_windows(as_of: str, days: list[str], missed: list[str], due: list[str]) -> None:
    account = reviewed(*days)
    assert variants(review_missed(account, PEOPLE, RULES, day(as_of))) == missed
    assert variants(review_due(account, PEOPLE, day(as_of))) == due


@pytest.mark.parametrize(("since", "missed", "due"), [("2026-01-31", 1, 1), ("2026-02-01", 0, 1), ("2026-08-02", 0, 1), ("2026-08-03", 0, 0)])
def test_who_is_new_is_excused(since: str, missed: int, due: int) -> None:
    account = plan(since=day(since))
    found = [review_missed(account, PEOPLE, RULES, dt.date(2026, 8, 10)), review_due(account, PEOPLE, dt.date(2026, 8, 10))]
    assert [len(variants(each)) for each in found] == [missed, due]


def test_a_prospect_is_asked_for_no_review() -> None:
    prospect = plan(status="prospect")
    assert variants(review_missed(prospect, PEOPLE, RULES, AS_OF)) == []
    assert variants(review_due(prospect, PEOPLE, dt.date(2026, 3, 1))) == []


def test_a_review_that_lies_ahead_is_not_held() -> None:
    account = reviewed("2025-10-01", "2026-03-20")
    assert variants(review_due(account, PEOPLE, dt.date(2026, 3, 19))) == [""]
    assert variants(review_due(account, PEOPLE, dt.date(2026, 3, 20))) == []


@pytest.mark.parametrize(
    ("days", "told"),
    [([], "never"), (["2026-04-17"], "ahead"), (["2025-01-10"], "last"), (["2025-01-10", "2026-04-17"], "last")],
)
def test_when_the_last_review_was(days: list[str], told: str) -> None:
    (finding,) = review_missed(reviewed(*days), PEOPLE, RULES, dt.date(2026, 4, 16))
    assert said(finding, "last").id == f"review.{told}"


def test_without_windows_nothing_is_asked() -> None:
    nothing = Portfolio(review_windows=())
    assert variants(review_missed(plan(), nothing, RULES, AS_OF)) == []
    assert variants(review_due(plan(), nothing, AS_OF)) == []


def test_an_unread_since_excuses_nobody_and_blames_nobody() -> None:
    account = plan(unread=frozenset({"since"}))
    assert variants(review_missed(account, PEOPLE, RULES, AS_OF)) == []
    assert variants(review_due(account, PEOPLE, dt.date(2026, 3, 1))) == []


def test_a_late_review_is_told_at_the_review_by_its_date() -> None:
    (finding,) = review_missed(reviewed("2026-05-02", "2026-04-20"), PEOPLE, RULES, AS_OF)
    assert finding.field == ("reviews", 1)
    assert (finding.values["date"], finding.values["n"]) == (dt.date(2026, 4, 20), 5)


@pytest.mark.parametrize(("as_of", "advice"), [("2026-08-01", "review.book"), ("2026-08-02", "review.keep"), ("2026-10-15", "review.keep")])
def test_a_late_review_never_asks_for_a_day_that_has_passed(as_of: str, advice: str) -> None:
    (finding,) = review_missed(reviewed("2026-04-20"), PEOPLE, RULES, day(as_of))
    assert (said(finding, "advice").id, said(finding, "advice").values["due"]) == (advice, dt.date(2026, 10, 1))


def test_the_next_window_that_counts_is_named() -> None:
    (finding,) = review_missed(plan(), PEOPLE, RULES, dt.date(2026, 8, 10))
    assert said(finding, "coming").values["closes"] == dt.date(2026, 10, 15)
    assert said(finding, "last").id == "review.never"


REVIEW_SEVERITIES = [
    ("per-account", "B", AS_OF, "", [("review-missed", "error")]),
    ("per-account", "C", AS_OF, "", [("review-missed", "info")]),
    ("per-account", "D", AS_OF, "reviews: [{date: 2026-04-20}]\n", [("review-missed", "info")]),
    ("per-account", "B", AS_OF, "reviews: [{date: 2026-04-20}]\n", [("review-missed", "info")]),
    ("per-person", "B", AS_OF, "", [("review-missed", "warning")]),
    ("per-person", "C", dt.date(2026, 3, 1), "reviews: [{date: 2025-10-01}]\n", []),
    ("per-person", "B", dt.date(2026, 3, 1), "reviews: [{date: 2025-10-01}]\n", [("review-due", "info")]),
    ("per-person", "B", dt.date(2026, 3, 1), "", [("review-missed", "warning")]),
]
"""Of a missed window and an open one the missed one speaks: one review mends both."""


@pytest.mark.parametrize(("rules", "tier", "as_of", "text", "expected"), REVIEW_SEVERITIES)
def test_how_grave_a_review_is(tmp_path: Path, rules: str, tier: str, as_of: dt.date, text: str, expected: list[tuple[str, str]]) -> None:
    found = check(tmp_path, text, tier=tier, rules=rules, as_of=as_of)
    assert [(name, severity) for name, severity, _ in found if name.startswith("review")] == expected


# Agreements.


def agreement(title: str = "Frame", **values: Any) -> Agreement:
    dates = {name: day(values.pop(name, None)) for name in ("start", "end", "notice")}
    return Agreement(title=title, **dates, **values)


NEXT = agreement("Next", start="2026-05-06", end="2027-05-05")


@pytest.mark.parametrize(
    ("agreements", "expected"),
    [
        ([agreement(end="2026-05-06")], []),
        ([agreement(end="2026-05-05")], [""]),
        ([agreement()], []),
        ([agreement(end="2026-05-05", ended=True)], []),
        ([agreement(end="2026-05-05", replaced_by="Next")], ["unknown"]),
        ([agreement(end="2026-05-05", replaced_by="Next"), NEXT], []),
        ([agreement(end="2026-05-05", replaced_by="Next"), agreement("Next")], []),
        ([agreement(end="2026-05-05", replaced_by="Next"), agreement("Next", start="2026-05-07", end="2027-05-06")], ["later"]),
        ([agreement(end="2025-05-05", replaced_by="Next"), agreement("Next", start="2025-05-06", end="2026-05-05")], [""]),
        ([agreement(end="2026-05-05", replaced_by="Frame")], ["unknown"]),
        ([agreement(end="2026-05-05", replaced_by="Nxt"), NEXT], ["unknown"]),
        ([agreement(end="2026-05-05"), NEXT], ["in-force"]),
        ([agreement(end="2026-05-05"), agreement("Next", start="2026-01-01")], ["in-force"]),
        ([agreement(end="2026-05-05"), agreement("Next", end="2026-05-06")], ["in-force"]),
        ([agreement(end="2026-05-05"), agreement("Next", start="2026-05-07")], [""]),
        ([agreement(end="2026-05-05"), agreement("Next", end="2027-05-05", ended=True)], [""]),
        ([agreement(end="2026-05-05", kind="frame"), agreement("Next", kind="campaign")], [""]),
        ([agreement(end="2026-05-05", kind="campaign")], []),
        ([agreement(end="2026-05-05", kind="yearly")], [""]),
        ([agreement(end="2026-05-05", replaced_by="Frame"), agreement(start="2026-05-06", end="2027-05-05")], []),
        ([agreement("One", end="2026-05-05", replaced_by="Two"), agreement("Two", end="2026-05-05", replaced_by="One")], ["", ""]),
    ],
)
def test_what_ran_out(agreements: list[Agreement], expected: list[str]) -> None:
    assert variants(agreement_expired(plan(agreements=tuple(agreements)), AS_OF)) == expected


@pytest.mark.parametrize(
    ("title", "written"), [("Frame 2026-2028", "Frame 2026-2028"), ("Ramaftale nord", "Ramaftale nord"), ("2026: prices", '"2026: prices"')]
)
def test_a_title_is_written_as_yaml_reads_it(title: str, written: str) -> None:
    (finding,) = agreement_expired(plan(agreements=(agreement(end="2026-05-05"), agreement(title))), AS_OF)
    assert finding.values["quoted"] == written


def test_the_titles_there_are_are_named() -> None:
    lost = agreement(end="2026-05-05", replaced_by="Nxt")
    (finding,) = agreement_expired(plan(agreements=(lost, NEXT)), AS_OF)
    assert said(finding, "titles").values["titles"] == [Message("agreement.title", {"title": "Next"})]
    (finding,) = agreement_expired(plan(agreements=(lost,)), AS_OF)
    assert said(finding, "titles").id == "agreement.only"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (agreement(end="2026-08-04"), [""]),
        (agreement(end="2026-08-05"), []),
        (agreement(end="2026-05-06"), [""]),
        (agreement(end="2026-05-05"), []),
        (agreement(end="2027-12-31", notice="2026-08-04"), ["notice"]),
        (agreement(end="2027-12-31", notice="2026-08-05"), []),
        (agreement(end="2026-06-30", notice="2026-06-30"), ["notice"]),
        (agreement(end="2026-06-30", notice="2026-07-31"), [""]),
        (agreement(end="2026-12-31", notice="2026-05-05"), []),
        (agreement(end="2027-12-31", notice="2026-05-05"), []),
        (agreement(end="2026-08-05", notice="2026-05-05"), []),
        (agreement(end="2026-08-04", notice="2026-05-05"), ["noticed"]),
        (agreement(end="2026-05-06", notice="2026-05-05"), ["noticed"]),
        (agreement(end="9999-12-31", notice="2026-06-30"), ["notice"]),
        (agreement(notice="2026-06-30"), ["notice"]),
        (agreement(notice="2026-05-05"), []),
        (agreement(), []),
        (agreement(end="2026-06-30", ended=True), []),
        (agreement(end="2026-06-30", replaced_by="Next"), []),
        (agreement(end="2026-06-30", replaced_by="Another"), [""]),
        (agreement(start="2026-05-07", end="2026-06-30"), []),
        (agreement(start="2026-05-06", end="2026-06-30"), [""]),
    ],
)
def test_what_runs_out(found: Agreement, expected: list[str]) -> None:
    later = agreement("Next", start="2026-07-01", end="2027-06-30")
    assert variants(agreement_expiring(plan(agreements=(found, later)), AS_OF)) == expected


@pytest.mark.parametrize(("end", "last"), [("2027-12-31", "2028-12-31"), ("2026-12-31", "2027-12-31"), ("2028-02-28", "2029-02-28")])
def test_a_renewal_is_for_a_whole_year(end: str, last: str) -> None:
    (finding,) = agreement_expiring(plan(agreements=(agreement(end=end),)), day(end))
    assert str(finding.values["item"]).endswith(f"end: {last}}}")


def test_what_is_today_is_not_in_0_days() -> None:
    (finding,) = agreement_expiring(plan(agreements=(agreement(end="2026-05-06"),)), AS_OF)
    assert said(finding, "when").id == "agreement.today"
    (finding,) = review_due(plan(), PEOPLE, dt.date(2026, 4, 15))
    assert said(finding, "left").id == "review.last-day"


def test_the_days_are_the_rule_sets() -> None:
    account = plan(agreements=(agreement(end="2026-06-30"),))
    assert [len(variants(agreement_expiring(account, AS_OF, days=days))) for days in (54, 55)] == [0, 1]


def test_an_agreement_is_told_once(tmp_path: Path) -> None:
    text = "agreements: [{title: Frame, end: 2026-05-05, notice: 2026-02-01}]\nreviews: [{date: 2026-04-01}]\n"
    assert check(tmp_path, text, tier="C") == [("agreement-expired", "warning", False)]


# Team, sponsor, meeting structure.


@pytest.mark.parametrize(("tier", "count"), [("A", 3), ("C", 0)])
def test_only_key_accounts_must_have_them(tmp_path: Path, tier: str, count: int) -> None:
    found = check(tmp_path, "reviews: [{date: 2026-04-01}]\n", tier=tier)
    assert [(name, severity) for name, severity, _ in found] == [
        ("no-team", "warning"),
        ("no-executive-sponsor", "warning"),
        ("no-meeting-structure", "warning"),
    ][:count]


@pytest.mark.parametrize(
    ("values", "portfolio", "person"),
    [({"deputy": "vera"}, PEOPLE, "vera"), ({}, PEOPLE, "jens"), ({"owner": "jens"}, PEOPLE, "kari"), ({}, Portfolio(), "...")],
)
def test_who_could_be_in_the_team(values: dict[str, Any], portfolio: Portfolio, person: str) -> None:
    (finding,) = no_team(plan(**values), portfolio)
    assert finding.values["person"] == person


def test_a_team_is_a_team() -> None:
    assert list(no_team(plan(team=(TeamMember(person="jens"),)), PEOPLE)) == []
    assert list(no_team(plan(team=(TeamMember(person="kari"), TeamMember(person="jens"))), PEOPLE)) == []


@pytest.mark.parametrize(
    ("team", "deputy", "expected"),
    [
        (["sofie", "erik"], None, [("left", ("Sofie Krogh", "Erik Sund"), "jens")]),
        (["kari", "sofie"], "erik", [("left", ("Sofie Krogh",), "jens")]),
        (["sofie", "jens"], None, []),
        (["somebody-we-do-not-know"], None, []),
    ],
)
def test_a_team_of_people_who_have_left_is_none(team: list[str], deputy: str | None, expected: list[Any]) -> None:
    found = no_team(plan(team=tuple(TeamMember(person=person) for person in team), deputy=deputy), PEOPLE)
    assert [(finding.variant, finding.values["left"], finding.values["person"]) for finding in found] == expected


def test_the_owner_alone_is_no_team() -> None:
    (finding,) = no_team(plan(team=(TeamMember(person="kari"),), deputy="kari"), PEOPLE)
    assert (finding.variant, finding.values["person"]) == ("owner", "jens")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [("", "vera")]),
        ({"owner": "vera"}, [("", "...")]),
        ({"executive_sponsor": "erik"}, [("left", "vera")]),
        ({"executive_sponsor": "vera"}, []),
        ({"executive_sponsor": "jens"}, [("colleague", "vera")]),
        ({"executive_sponsor": "sofie"}, [("left", "vera")]),
        ({"executive_sponsor": "nobody-we-know"}, []),
        ({"executive_sponsor": "vera", "owner": "vera"}, [("owner", "...")]),
        ({"executive_sponsor": "kari"}, [("owner", "vera")]),
    ],
)
def test_who_could_be_the_sponsor(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [(found.variant, found.values["person"]) for found in no_executive_sponsor(plan(**values), PEOPLE)] == expected


FORUM = Forum(per_year=4)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [""]),
        ({"meetings": Meetings(kam_meetings_per_year=4)}, [""]),
        ({"meetings": Meetings(internal=FORUM)}, ["external"]),
        ({"meetings": Meetings(operational=FORUM, strategic=FORUM)}, ["internal"]),
        ({"meetings": Meetings(internal=FORUM, strategic=FORUM)}, []),
        ({"meetings": Meetings(internal=Forum(per_year=0), tactical=Forum(per_year=0))}, [""]),
        ({"meetings": Meetings(internal=FORUM, tactical=Forum(per_year=0))}, ["external"]),
        ({"meetings": Meetings(internal=Forum(), tactical=Forum(per_year=1))}, []),
        ({"status": "prospect"}, []),
        ({"since": dt.date(2026, 2, 6)}, []),
        ({"since": dt.date(2026, 2, 5)}, [""]),
    ],
)
def test_the_meeting_structure(values: dict[str, Any], expected: list[str]) -> None:
    assert variants(no_meeting_structure(plan(**values), PEOPLE, AS_OF)) == expected


# Pauses.


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "paused"}, [dt.date(2026, 8, 4)]),
        ({"status": "paused", "paused_until": dt.date(2026, 8, 3)}, []),
        ({"status": "paused", "paused_until": dt.date(2026, 5, 1)}, []),
        ({"status": "paused", "unread": frozenset({"paused_until"})}, []),
        ({"status": "at-risk"}, []),
        ({}, []),
    ],
)
def test_a_pause_has_an_end(values: dict[str, Any], expected: list[dt.date]) -> None:
    assert [found.values["until"] for found in paused_without_end(plan(**values), AS_OF)] == expected


# Waivers.

MEANT = "rule: cadence-behind, reason: They rebuild"
CALM = "reviews: [{date: 2026-04-01}]\n"


def waivers(root: Path, *items: str, tier: str = "D", text: str = CALM) -> list[tuple[str, str, bool]]:
    listed = "".join(f"  - {{{item}}}\n" for item in items)
    return check(root, f"{text}waivers:\n{listed}", tier=tier)


@pytest.mark.parametrize(
    ("waiver", "expected"),
    [
        (f"{MEANT}, until: 2026-05-06, approved_by: vera", []),
        (f"{MEANT}, until: 2026-05-05, approved_by: vera", [("waiver-expired", "error")]),
        (f"{MEANT}, until: 2026-05-05", [("waiver-expired", "error")]),
        (f"{MEANT}, until: 2026-05-05, approved_by: kari", [("waiver-expired", "error")]),
        ("rule: over-service, reason: x, until: 2026-05-05, approved_by: vera", [("waiver-expired", "error")]),
        ("rule: unknown-key, reason: x, until: 2026-05-05", [("waiver-expired", "error")]),
        (f"{MEANT}, until: 2026-05-06", [("waiver-unapproved", "warning")]),
        (f"{MEANT}, until: 2026-05-06, approved_by: kari", [("waiver-unapproved", "error")]),
        (f"{MEANT}, until: 2026-05-06, approved_by: jens", [("waiver-unapproved", "error")]),
        ("rule: over-service, reason: x, until: 2026-05-06, approved_by: vera", [("waiver-unused", "warning")]),
        ("rule: KAM302, reason: x, until: 2026-05-06", [("waiver-unused", "warning")]),
        ("rule: over-service.zero, reason: x, until: 2026-05-06, approved_by: kari", [("waiver-unapproved", "error")]),
        ("rule: unknown-key, reason: x, until: 2026-05-06, approved_by: vera", [("waiver-unused", "warning")]),
        ("rule: waiver-unused, reason: x, until: 2026-05-06, approved_by: vera", [("waiver-unused", "warning")]),
        ("rule: overloaded, reason: x, until: 2026-05-06, approved_by: vera", [("waiver-unused", "warning")]),
        ("rule: KAM405, reason: x, until: 2026-05-06", [("waiver-unused", "warning")]),
        (f"{MEANT}, until: 2026-05-06, approved_by: erik", [("waiver-unapproved", "warning")]),
        (f"{MEANT}, until: 2026-05-05, approved_by: erik", [("waiver-expired", "error")]),
        (f"{MEANT}, until: 2026-05-06, approved_by: ole", []),
        (f"{MEANT}, until: 2026-05-06, approved_by: verra", []),
        ("rule: cadence-behnd, reason: x, until: 2026-05-06, approved_by: vera", []),
    ],
)
def test_a_waiver(tmp_path: Path, waiver: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, severity) for name, severity, _ in waivers(tmp_path, waiver) if name.startswith("waiver")] == expected


def test_an_approver_whom_nobody_knows_is_told_once(tmp_path: Path) -> None:
    waivers(tmp_path, f"{MEANT}, until: 2026-05-06, approved_by: verra")
    assert [found.rule for found in load(tmp_path, AS_OF).diagnostics if found.code[3] in "16"] == ["unknown-person"]


def test_waivers_of_waivers_change_nothing(tmp_path: Path) -> None:
    found = waivers(tmp_path, f"{MEANT}, until: 2026-01-01", "rule: waiver-expired, reason: x, until: 2026-12-31, approved_by: vera")
    assert sorted(found) == [("waiver-expired", "error", False), ("waiver-unused", "warning", False)]


@pytest.mark.parametrize("text", ["status: prospect\n", "status: paused\nstatus_reason: x\n", "contacts: [{name: Anna, since: soon}]\n"])
def test_what_cannot_be_known_is_not_told(tmp_path: Path, text: str) -> None:
    """A rule that rests, and one whose part of the plan cannot be read, may need the waiver again."""
    found = waivers(tmp_path, "rule: cadence-behind, contact: null, reason: x, until: 2026-12-31, approved_by: vera", text=CALM + text)
    assert [name for name, _, _ in found if name.startswith("waiver")] == []


@pytest.mark.parametrize("status", ["lost", "archived"])
def test_closed_accounts_are_left_alone(tmp_path: Path, status: str) -> None:
    assert waivers(tmp_path, f"{MEANT}, until: 2026-01-01", text=f"status: {status}\nstatus_reason: x\n") == []


@pytest.mark.parametrize(("manager", "approver"), [(", manager: eva", "eva"), (", manager: jens", "vera"), (", manager: ida", "vera"), ("", "vera")])
def test_who_could_approve(tmp_path: Path, manager: str, approver: str) -> None:
    people = f"people: [{{id: kari, name: K, role: kam{manager}}}, {{id: jens, name: J, role: kam}}, {{id: vera, name: V, role: leader}}"
    portfolio = (
        f"{people}, {{id: eva, name: E, role: executive}}, {{id: ida, name: I, role: leader, active: false}}]\nrules: {{extends: per-account}}\n"
    )
    waivers(tmp_path, f"{MEANT}, until: 2026-12-31")
    (tmp_path / "plans/portfolio.yml").write_text(portfolio, encoding="utf-8")
    (found,) = (each for each in load(tmp_path, AS_OF).diagnostics if each.rule == "waiver-unapproved")
    assert f"`approved_by: {approver}`" in found.help


# Owners.


@pytest.mark.parametrize(
    ("values", "kind", "heir"),
    [
        ({"owner": "sofie", "deputy": "jens"}, "deputy", "jens"),
        ({"owner": "sofie", "deputy": "erik", "team": (TeamMember(person="jens"),)}, "team", "jens"),
        ({"owner": "sofie", "deputy": "sofie"}, "nobody", "kari"),
        ({"owner": "erik"}, "nobody", "..."),
    ],
)
def test_who_takes_over(values: dict[str, Any], kind: str, heir: str) -> None:
    (finding,) = owner_inactive(plan(**values), PEOPLE)
    assert (said(finding, "takeover").id, finding.values["heir_id"]) == (f"takeover.{kind}", heir)


@pytest.mark.parametrize("owner", ["kari", "nobody-we-know"])
def test_an_owner_who_is_there_is_fine(owner: str) -> None:
    assert list(owner_inactive(plan(owner=owner), PEOPLE)) == []


def person(name: str, capacity: int | None, *, active: bool = True) -> Person:
    return Person(id=name, name=name.title(), role="kam", capacity=None if capacity is None else Decimal(capacity), active=active)


BROKEN_YEAR = Window(dt.date(2025, 7, 1), dt.date(2026, 6, 30))
Workload = Callable[..., list[tuple[str, object]]]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Workload:
    """The rule over loads that are given in hours: name -> (person, hours of each account)."""

    def run(*given: tuple[Person, list[int]]) -> list[tuple[str, object]]:
        told = tuple(
            Load(who, tuple(Work(f"{who.id}{hours}", f"{who.id} {hours}", "A", Decimal(hours)) for hours in each), who.capacity)
            for who, each in given
        )
        monkeypatch.setattr("kamgen.rules.ownership.loads", lambda *_: told)
        return [(said(found, "way").id, said(found, "way").values.get("move")) for found in overloaded((), Portfolio(), RULES, BROKEN_YEAR)]

    return run


def test_the_capacity_itself_is_not_too_much(judged: Workload) -> None:
    assert judged((person("kari", 20), [12, 8])) == []
    assert judged((person("kari", 19), [12, 8])) == [("overloaded.nobody", None)]
    assert judged((person("kari", 0), [1])) == [("overloaded.nobody", None)]
    assert judged((person("kari", None), [12, 8])) == []
    assert judged((person("kari", 1, active=False), [12, 8])) == []


def test_the_smallest_account_that_helps_and_fits_is_named(judged: Workload) -> None:
    kari = (person("kari", 20), [12, 8, 3])
    assert judged(kari, (person("ole", 30), []))[0] == ("overloaded.move", "kari 3")
    assert judged((person("kari", 18), [12, 8, 3]), (person("ole", 30), []))[0] == ("overloaded.move", "kari 8")
    assert judged((person("kari", 10), [12, 8, 3]), (person("ole", 9), []))[0] == ("overloaded.move", "kari 8")
    assert judged(kari, (person("ole", 2), []))[0] == ("overloaded.nobody", None)
    assert judged(kari, (person("ole", 99, active=False), []))[0] == ("overloaded.nobody", None)
    assert judged(kari, (person("ole", None), []))[0] == ("overloaded.nobody", None)


def test_next_year_s_finding_is_another_one(tmp_path: Path) -> None:
    text = "---\naccount: Acme\ntier: A\nowner: kari\nsince: 2020-01-01\nsales: [{product: fittings, actual: {2025: 10, 2026: 20}}]\n---\n"
    portfolio = "people: [{id: kari, name: Kari Nygaard, role: kam}]\nproducts: [{id: fittings}]\nrules: {extends: per-account}\n"
    reading = read(write(tmp_path, {"acme.md": text}, portfolio=portfolio))
    for rule, days in {
        "review-missed": ("2026-05-06", "2026-10-20"),
        "no-budget": ("2026-05-06", "2026-11-20"),
        "cadence-behind": ("2026-05-06", "2027-02-01"),
    }.items():
        known = [{found.fingerprint for found in judge(reading, dt.date.fromisoformat(day)).diagnostics if found.rule == rule} for day in days]
        assert all(known), rule
        assert known[0].isdisjoint(known[1]), rule


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("end: 2026-05-06, replaced_by: Nxt", 1),
        ("end: 2026-05-05, replaced_by: Nxt", 0),
        ("end: 2026-05-05, ended: true, replaced_by: Nxt", 1),
        ("replaced_by: Frame", 1),
        ("end: 2026-05-06, replaced_by: Next", 0),
        ("end: 2026-05-06", 0),
    ],
)
def test_what_follows_an_agreement_is_one_of_the_plan(tmp_path: Path, keys: str, said: int) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    people = "currency: DKK\npeople: [{id: kari, name: Kari, role: kam}]\n"
    (plans / "portfolio.yml").write_text(f"{people}rules: {{extends: per-account}}\n", encoding="utf-8")
    agreements = f"agreements: [{{title: Frame, {keys}}}, {{title: Next, start: 2026-05-06}}]\n"
    (plans / "acme.md").write_text(f"---\naccount: Acme\ntier: A\nowner: kari\n{agreements}---\n", encoding="utf-8")
    found = [each for each in load(tmp_path, dt.date(2026, 5, 6)).diagnostics if each.rule == "unknown-agreement"]
    assert [each.field for each in found] == ["agreements.1.replaced_by"] * said
