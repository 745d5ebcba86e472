"""Family 2 at its edges: the day before, the day itself, the day after; and which of two rules speaks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.rules.activities import recent
from kamgen.ruleset import ActivityType, Ruleset
from kamgen.workspace import load

AS_OF = dt.date(2026, 5, 6)
HEAD = "currency: DKK\ntoday: 2026-05-06\npeople:\n  - {id: kari, name: Kari Nygaard, role: kam}\nrules:\n  extends: per-account\n"
MAJA = "contacts:\n  - {id: maja, name: Maja Holm, function: procurement}\n"
NOTE = "note: Wants racks in all four shops before June, next_step: Kari sends drawings"
CALL = "  - {date: 2026-05-20, type: contact, status: planned, contacts: [maja], channel: phone, subject: Racks}\n"


def held(date: str, more: str = NOTE, type: str = "agreed-sales-meeting", channel: str = "in-person") -> str:
    return f"  - {{date: {date}, type: {type}, status: held, contacts: [maja], channel: {channel}, subject: Racks, {more}}}\n"


def planned(date: str, more: str = "channel: in-person, subject: Racks", type: str = "agreed-sales-meeting") -> str:
    return f"  - {{date: {date}, type: {type}, status: planned, contacts: [maja], {more}}}\n"


def told(root: Path, activities: str, *, more: str = "", tier: str = "D", rules: str = "", contacts: str = MAJA) -> list[str]:
    """What family 2 says of a plan: code, severity, the part of the plan and the position of the item."""
    (root / "plans").mkdir()
    listed = f"activities:\n{activities}" if activities else ""
    text = f"---\naccount: Acme\ntier: {tier}\nowner: kari\n{contacts}{listed}{more}---\n"
    (root / "plans" / "acme.md").write_text(text, encoding="utf-8")
    (root / "plans" / "portfolio.yml").write_text(HEAD + rules, encoding="utf-8")
    found = [one for one in load(root, AS_OF).diagnostics if one.code.startswith("KAM2")]
    return [f"{one.code[3:]} {one.severity.word} {where(text, one.line)}" for one in found]


def where(text: str, line: int) -> str:
    """A line as the part of the plan, and the position of the item in it."""
    lines = text.splitlines()[:line]
    top = max(index for index, words in enumerate(lines) if not words.startswith((" ", "-")))
    position = sum(words.startswith("  - ") for words in lines[top:])
    return lines[top].partition(":")[0] + (f"[{position}]" if position else "")


Case = tuple[str, list[str]]


def tried(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("activities", "expected"), cases)


# Which of two rules speaks.


@pytest.mark.parametrize(
    ("date", "tier", "rules", "expected"),
    [
        ("2026-05-05", "D", "", ["202 warning activities[1]"]),
        ("2026-05-05", "A", "", ["202 warning activities[1]"]),
        ("2026-04-22", "A", "", ["202 warning activities[1]"]),
        ("2026-04-21", "A", "", ["216 error activities[1]"]),
        ("2026-04-21", "D", "", ["216 warning activities[1]"]),
        ("2026-04-21", "D", "  severities: {long-overdue-activity: off}\n", ["202 warning activities[1]"]),
        ("2026-04-22", "D", "  severities: {overdue-activity: error}\n", ["202 error activities[1]"]),
        ("2026-04-21", "D", "  severities: {overdue-activity: error}\n", ["202 error activities[1]"]),
        ("2026-04-21", "D", "  options: {long-overdue-activity: {days: 15}}\n", ["202 warning activities[1]"]),
    ],
)
def test_what_waits_too_long_is_told_once(tmp_path: Path, date: str, tier: str, rules: str, expected: list[str]) -> None:
    assert told(tmp_path, planned(date) + CALL, tier=tier, rules=rules) == expected


@pytest.mark.parametrize(
    ("type", "rules", "expected"),
    [
        ("contact", "", ["209 warning activities[1]"]),
        ("contact", "  severities: {empty-contact: off}\n", ["203 warning activities[1]"]),
        ("contact", "  severities: {held-without-note: error}\n", ["203 error activities[1]"]),
        ("contact", "  severities: {held-without-note: info}\n", ["209 warning activities[1]"]),
        ("lunch", "", ["203 warning activities[1]"]),
    ],
)
def test_a_missing_note_is_told_once(tmp_path: Path, type: str, rules: str, expected: list[str]) -> None:
    assert told(tmp_path, held("2026-04-15", "next_step: Kari sends drawings", type) + CALL, rules=rules) == expected


@pytest.mark.parametrize(
    ("more", "rules", "expected"),
    [
        ("channel: phone", "", ["205 warning activities[1]"]),
        ("subject: Racks", "", ["206 warning activities[1]"]),
        ("minutes: 60", "", ["205 warning activities[1]"]),
        ("minutes: 60", "  severities: {planned-without-subject.bare: info}\n", ["206 warning activities[1]"]),
        ("minutes: 60", "  severities: {planned-without-channel: error}\n", ["206 error activities[1]"]),
        ("minutes: 60", "  severities: {planned-without-subject: off}\n", ["206 warning activities[1]"]),
    ],
)
def test_a_bare_plan_is_told_once(tmp_path: Path, more: str, rules: str, expected: list[str]) -> None:
    assert told(tmp_path, planned("2026-05-06", more), rules=rules) == expected


@pytest.mark.parametrize(
    ("tier", "date", "rules", "expected"),
    [
        ("A", "2026-07-05", "", []),
        ("A", "2026-07-06", "", ["212 warning activities"]),
        ("D", "2026-12-06", "", []),
        ("D", "2026-06-06", "  tiers: {D: {options: {next-activity-too-far: {within_days: 30}}}}\n", ["212 warning activities"]),
        ("A", "2026-07-06", "  options: {next-activity-too-far: {within_days: 90}}\n", []),
        ("A", "2026-07-06", "  options: {next-activity-too-far: {key: 90}}\n", []),
        ("A", "2026-07-06", "  options: {no-next-activity: {within_days: 30}}\n", ["201 error activities"]),
        ("A", "2026-07-06", "  options: {no-next-activity: {within_days: 90}}\n", ["212 warning activities"]),
    ],
)
def test_how_far_the_next_activity_may_be(tmp_path: Path, tier: str, date: str, rules: str, expected: list[str]) -> None:
    assert told(tmp_path, planned(date), tier=tier, rules=rules) == expected


@pytest.mark.parametrize("more", ["status: paused\nstatus_reason: Rebuilding\n", "status: lost\nstatus_reason: Closed\n"])
def test_a_resting_account_is_not_asked_for_a_next_activity(tmp_path: Path, more: str) -> None:
    offer = "offers:\n  - {text: Racks, status: sent, decision_due: 2026-04-01}\n"
    agreement = "agreements:\n  - {title: Frame, end: 2026-05-20}\n"
    quiet = held("2026-04-01", "note: Wants racks in all four shops", "discovery-meeting")
    card = "company: {industry: Sports, situation: s, challenges: c, goals: g, strategy: s, unique_qualities: u, competitors: [Nord]}\n"
    needs = "needs:\n  - {text: Racks}\nsales:\n  - {product: racks, potential: 1}\n"
    assert told(tmp_path, quiet, more=more + offer + agreement + card + needs, tier="A") == []


# What was held.


@tried(
    [
        (held("2026-02-05", "minutes: 60") + held("2026-04-01"), ["203 warning activities[1]"]),
        (held("2026-02-04", "minutes: 60") + held("2026-04-01"), []),
        (held("2025-02-04", "next_step: Drawings"), ["203 warning activities[1]"]),
        (held("2026-05-07"), ["210 error activities[1]"]),
        (held("2026-05-06"), []),
        (held("2026-05-06", "note: 20 characters long.., next_step: x"), []),
        (held("2026-05-06", "note: 19 characters long., next_step: x"), ["215 info activities[1]"]),
        (held("2026-05-06").replace("contacts: [maja], ", ""), ["214 info activities[1]"]),
        (held("2026-01-10", "next_step: x") + held("2026-05-01", type="internal-meeting"), ["203 warning activities[1]"]),
        (held("2026-05-06", type="internal-meeting").replace("contacts: [maja], ", ""), []),
    ]
)
def test_held(tmp_path: Path, activities: str, expected: list[str]) -> None:
    assert told(tmp_path, activities + CALL) == expected


@tried(
    [
        (held("2026-04-20", "note: Wants racks in all four shops"), ["204 warning activities[1]"]),
        (held("2026-04-20", "note: Wants racks in all four shops") + CALL, []),
        (
            held("2026-04-20", "note: Wants racks in all four shops") + planned("2026-04-30"),
            ["201 info activities", "202 warning activities[2]"],
        ),
        (
            planned("2026-04-19") + held("2026-04-20", "note: Wants racks in all four shops"),
            ["216 warning activities[1]", "204 warning activities[2]"],
        ),
        (
            "".join(held(day, "note: Wants racks in all four shops") for day in ("2026-02-15", "2026-03-07", "2026-03-27")) + held("2026-05-04"),
            ["201 info activities"],
        ),
        (
            held("2026-04-20", "note: Wants racks in all four shops") + held("2026-04-21", type="internal-meeting"),
            ["204 warning activities[1]"],
        ),
        (held("2026-04-20", "note: Wants racks in all four shops", "internal-meeting"), ["201 info activities"]),
        (
            held("2026-01-20", "note: Wants racks in all four shops") + held("2026-05-01", type="internal-meeting"),
            ["204 warning activities[1]"],
        ),
        (
            held("2026-04-20", "note: Wants racks in all four shops") + planned("2026-05-20", type="internal-meeting"),
            ["204 warning activities[1]"],
        ),
    ]
)
def test_a_next_step_is_asked_for_where_nothing_is_planned_after(tmp_path: Path, activities: str, expected: list[str]) -> None:
    assert told(tmp_path, activities) == expected


@tried(
    [
        (held("2026-04-01", f"{NOTE}, booked: false"), ["208 warning activities[1]"]),
        (held("2026-04-01", f"{NOTE}, booked: false").replace("channel: in-person, ", ""), ["208 warning activities[1]"]),
        (held("2026-04-01", f"{NOTE}, booked: false", type="contact", channel="phone"), []),
        (held("2026-04-01", f"{NOTE}, booked: false", type="contact"), ["208 warning activities[1]"]),
        (held("2026-04-01", f"{NOTE}, booked: false", type="unannounced-visit"), []),
        (held("2026-04-01", f"{NOTE}, booked: false", type="internal-meeting"), []),
        (held("2026-01-01", f"{NOTE}, booked: false"), ["208 warning activities[1]"]),
        (held("2025-12-31", f"{NOTE}, booked: false"), []),
        (held("2026-04-01", f"{NOTE}, booked: false").replace("held", "not-held"), []),
    ]
)
def test_a_visit_that_nobody_booked(tmp_path: Path, activities: str, expected: list[str]) -> None:
    assert told(tmp_path, activities + CALL) == expected


@tried(
    [
        (planned("2026-06-09", "channel: phone, subject: Racks, moved_from: [2026-04-01, 2026-04-02]"), []),
        (planned("2026-06-09", "channel: phone, subject: Racks, moved_from: [2026-04-02, 2026-04-01, 2026-04-03]"), ["211 warning activities[1]"]),
        (held("2026-05-05", f"{NOTE}, moved_from: [2026-04-02, 2026-04-01, 2026-04-03]") + CALL, []),
    ]
)
def test_moved(tmp_path: Path, activities: str, expected: list[str]) -> None:
    assert told(tmp_path, activities) == expected


# From the discovery meeting to the agreement.


def offer(more: str = "") -> str:
    return f"offers:\n  - {{id: racks, text: Racks, status: sent, decision_due: 2026-05-20{more}}}\n"


LINK = "documents: [https://files.example/racks.pdf]"


@pytest.mark.parametrize(
    ("more", "offers", "written"),
    [
        ("minutes: 60", "", False),
        ("offer: racks", offer(), False),
        ("offer: racks", offer(", binding: true"), False),
        ("offer: racks", offer(f", {LINK}"), False),
        ("offer: racks", offer(f", binding: true, {LINK}"), True),
        ("minutes: 60", offer(f", binding: true, {LINK}"), False),
        (LINK, "", True),
        (LINK, offer(), True),
        (f"offer: racks, {LINK}", offer(), True),
        (f"offer: racks, {LINK}", offer(", binding: true"), True),
        (f"offer: racks, {LINK}", offer(", binding: false"), False),
    ],
)
@pytest.mark.parametrize("status", ["held", "planned"])
def test_a_written_and_binding_proposal(tmp_path: Path, status: str, more: str, offers: str, *, written: bool) -> None:
    if status == "held":
        activities, expected = held("2026-05-06", f"{NOTE}, {more}", "proposal-meeting"), "207 error activities[1]"
    else:
        activities, expected = planned("2026-05-06", f"channel: video, subject: Racks, {more}", "proposal-meeting"), "217 warning activities[1]"
    assert told(tmp_path, activities + CALL, more=offers) == ([] if written else [expected])


@tried(
    [
        (planned("2026-05-09", type="proposal-meeting"), ["217 warning activities[1]"]),
        (planned("2026-05-10", type="proposal-meeting"), []),
        (held("2026-02-05", type="proposal-meeting"), ["207 error activities[1]"]),
        (held("2026-02-04", type="proposal-meeting"), []),
    ]
)
def test_when_a_proposal_is_asked_for(tmp_path: Path, activities: str, expected: list[str]) -> None:
    assert told(tmp_path, activities + CALL) == expected


@pytest.mark.parametrize(
    ("activities", "offers", "expected"),
    [
        (CALL, offer(), []),
        (CALL, offer().replace("05-20", "05-06"), []),
        (CALL, offer().replace("05-20", "05-05"), ["218 warning offers[1]"]),
        (CALL, offer().replace("05-20", "05-05").replace("sent", "won"), []),
        (held("2026-04-30"), offer(), ["218 warning offers[1]"]),
        (held("2026-04-30"), offer().replace("decision_due: 2026-05-20", "value: 9"), ["218 warning offers[1]"]),
    ],
)
def test_an_offer_is_followed_up(tmp_path: Path, activities: str, offers: str, expected: list[str]) -> None:
    assert told(tmp_path, activities, more=offers) == expected


FOUND = ["219 info activities[1]"]


@pytest.mark.parametrize(
    ("date", "more", "offers", "expected"),
    [
        ("2026-04-05", "", "", FOUND),
        ("2026-04-06", "", "", []),
        ("2025-05-06", "", "", FOUND),
        ("2025-05-05", "", "", []),
        ("2026-04-05", held("2026-04-05", f"{NOTE}, {LINK}", "proposal-meeting"), "", []),
        ("2026-04-05", held("2026-04-04", f"{NOTE}, {LINK}", "proposal-meeting"), "", FOUND),
        ("2026-04-05", planned("2026-06-20", type="proposal-meeting"), "", []),
        ("2026-04-05", planned("2026-06-20", type="proposal-meeting").replace("planned", "cancelled"), "", FOUND),
        ("2026-04-05", "", offer(), []),
        ("2026-04-05", "", offer(", sent: 2026-04-05"), []),
        ("2026-04-05", "", offer(", sent: 2026-04-04"), FOUND),
        ("2026-04-05", "", "offers: [{id: o0, text: Shelves, status: draft}]\n", []),
        ("2026-04-05", "", "offers: [{id: o0, text: Shelves}]\n", []),
        ("2026-04-05", "", "offers: [{id: o0, text: Shelves, status: lost, lost_reason: Price}]\n", FOUND),
        ("2026-04-05", "", "offers: [{id: o0, text: Shelves, status: won}]\n", FOUND),
    ],
)
def test_a_discovery_meeting_leads_to_a_proposal(tmp_path: Path, date: str, more: str, offers: str, expected: list[str]) -> None:
    rules = "  severities: {discovery-without-card: off}\n"
    assert told(tmp_path, held(date, type="discovery-meeting") + more + CALL, more=offers, rules=rules) == expected


def test_the_customer_card_may_have_its_words_in_other_places(tmp_path: Path) -> None:
    card = "company: {products: [Racks], situation: s, challenges: c, goals: g, strategy: s, unique_qualities: u, competitors: [Nord]}\n"
    activities = held("2026-05-05", type="discovery-meeting") + CALL
    more = card + "needs:\n  - {text: Racks}\nsales:\n  - {product: racks, potential: 1000}\n"
    assert told(tmp_path, activities, more=more, rules="products:\n  - {id: racks, label: Racks}\n") == []


@pytest.mark.parametrize(
    ("agreement", "activities", "expected"),
    [
        ("end: 2026-07-05", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-07-06", CALL, []),
        ("end: 2026-05-06", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-05-05", CALL, []),
        ("kind: campaign, end: 2026-05-31", CALL, ["220 warning agreements[1]"]),
        ("start: 2026-01-01", CALL, []),
        ("end: 2026-05-31, ended: true", CALL, []),
        ("end: 2026-05-31, replaced_by: Frame 2027", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-05-31, replaced_by: Next}\n  - {title: Next, start: 2026-06-01", CALL, []),
        ("end: 2026-05-31, kind: frame}\n  - {title: Next, kind: frame, start: 2026-06-01", CALL, []),
        ("end: 2026-05-31, kind: frame}\n  - {title: Next, kind: frame, start: 2026-06-02", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-05-31, kind: frame}\n  - {title: Other, kind: frame, start: 2026-01-01", CALL, []),
        ("start: 2026-01-01, end: 2026-05-31, kind: frame}\n  - {title: Next, kind: frame, start: 2026-01-02", CALL, []),
        ("start: 2026-01-01, end: 2026-05-31, kind: frame}\n  - {title: Next, kind: frame, start: 2026-05-05, end: 2028-06-30", CALL, []),
        (
            "start: 2026-01-01, end: 2026-05-31, kind: frame}\n  - {title: Other, kind: frame, start: 2026-05-05, end: 2026-05-31",
            CALL,
            ["220 warning agreements[1]", "220 warning agreements[2]"],
        ),
        ("start: 2026-01-01, end: 2026-05-31, kind: frame}\n  - {title: Other, kind: frame, start: 2026-01-01", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-05-31, kind: frame}\n  - {title: Other, kind: frame", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-05-31, kind: frame}\n  - {title: Next, kind: yearly, start: 2026-06-01", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-05-31, kind: frame}\n  - {title: Next, kind: frame, start: 2026-06-01, ended: true", CALL, ["220 warning agreements[1]"]),
        ("end: 2026-05-31", planned("2026-05-20", "channel: phone, subject: Racks", "status-meeting"), ["220 warning agreements[1]"]),
        ("end: 2026-05-31", planned("2026-05-31"), []),
        ("end: 2026-05-31", planned("2026-06-01"), ["220 warning agreements[1]"]),
        ("end: 2026-05-31", planned("2026-05-20", "channel: video, subject: Racks", "contact"), []),
        ("end: 2026-05-31", planned("2026-05-20", type="internal-meeting") + CALL, ["220 warning agreements[1]"]),
    ],
)
def test_a_meeting_before_the_end(tmp_path: Path, agreement: str, activities: str, expected: list[str]) -> None:
    assert told(tmp_path, activities, more=f"agreements:\n  - {{title: Frame, {agreement}}}\n") == expected


def test_what_cannot_be_read_is_not_judged(tmp_path: Path) -> None:
    """An offer that is not there, an agreement beside activities that are not: nobody can say what is missing."""
    more = "offers:\n  - {text: Racks, status: gone}\n"
    activities = held("2026-05-01", type="proposal-meeting") + held("2026-04-01", type="discovery-meeting")
    ahead = planned("2026-05-07", type="proposal-meeting")
    assert told(tmp_path, activities + ahead, more=more + "needs: {}\n") == []


def test_activities_that_cannot_be_read_are_not_missed(tmp_path: Path) -> None:
    more = "agreements:\n  - {title: Frame, end: 2026-05-31}\noffers:\n  - {text: Racks, status: sent}\n"
    assert told(tmp_path, "  - {date: soon, type: contact, status: planned}\n", more=more) == []


@given(
    st.lists(
        st.tuples(
            st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)), st.sampled_from(["lunch", "internal-meeting"]), st.sampled_from(["held", "planned"])
        ),
        max_size=8,
    ),
    st.integers(0, 400),
)
def test_recent_are_held_activities_and_the_latest_among_them(dates: list[tuple[dt.date, str, str]], days: int) -> None:
    activities = tuple(Activity(date=date, type=type, status=status) for date, type, status in dates)
    plan = Plan(account="Acme", tier="A", owner="kari", activities=activities)
    found = list(recent(plan, Ruleset(activity_types={"lunch": ActivityType(), "internal-meeting": ActivityType(customer=False)}), AS_OF, days))
    done = [activity for activity in activities if activity.status == "held" and activity.date <= AS_OF]
    assert [activities[index] for index, _ in found] == [activity for _, activity in found]
    assert bool(found) == bool(done)
    for latest in (done, [activity for activity in done if activity.type == "lunch"]):
        assert not latest or max(activity.date for activity in latest) in {activity.date for _, activity in found}
    assert {id(activity) for activity in done if (AS_OF - activity.date).days <= days} <= {id(activity) for _, activity in found}


@pytest.mark.parametrize("tier", ["C", "D"])
def test_a_thin_but_honest_plan_is_left_in_peace(tmp_path: Path, tier: str) -> None:
    assert told(tmp_path, CALL + planned("2026-11-10"), tier=tier) == []


# One fact gives one finding: nothing is planned.

OFFER = "offers:\n  - {id: o1, text: Racks, sent: 2026-04-28, decision_due: %s, status: sent}\n"
LAST = held("2026-04-21", "note: Takes the autumn range if the corner comes first")
WAIVED = "waivers: [{rule: KAM201, until: 2026-12-31, reason: Rebuilding, approved_by: vera}]\n"


@pytest.mark.parametrize(
    ("tier", "due", "expected"),
    [
        ("A", "2026-05-20", ["201 error activities"]),
        ("A", "2026-05-05", ["201 error activities", "218 warning offers[1]"]),
        ("C", "2026-05-20", ["201 warning activities"]),
        ("D", "2026-05-20", ["204 warning activities[1]"]),
    ],
)
def test_where_nothing_is_planned_the_gravest_speaks(tmp_path: Path, tier: str, due: str, expected: list[str]) -> None:
    assert told(tmp_path, LAST, more=OFFER % due, tier=tier) == expected


def test_where_nothing_planned_is_waived_nobody_else_says_it(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    leader = HEAD.replace("rules:", "  - {id: vera, name: Vera Lind, role: leader}\nrules:")
    (tmp_path / "plans/portfolio.yml").write_text(leader, encoding="utf-8")
    text = f"---\naccount: Acme\ntier: A\nowner: kari\n{MAJA}activities:\n{LAST}{OFFER % '2026-05-20'}{WAIVED}---\n"
    (tmp_path / "plans/acme.md").write_text(text, encoding="utf-8")
    found = [one for one in load(tmp_path, AS_OF).diagnostics if one.code.startswith("KAM2")]
    assert [(one.code, one.waived) for one in found] == [("KAM201", True)]


def test_where_nobody_hears_that_nothing_is_planned_the_others_say_it(tmp_path: Path) -> None:
    said = told(tmp_path, LAST, more=OFFER % "2026-05-20", tier="A", rules='  severities: {no-next-activity: "off"}\n')
    assert said == ["204 warning activities[1]"]


TWO = "offers:\n  - {id: o1, text: Racks, sent: 2026-03-12, status: sent}\n  - {id: o2, text: Shelves, sent: 2026-03-12, status: sent}\n"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("", ["204 warning activities[1]"]),
        ("no-next-activity: warning", ["201 warning activities"]),
        ("no-next-activity: error", ["201 error activities"]),
        ('held-without-next-step: "off"', ["218 warning offers[1]"]),
        ("held-without-next-step: info", ["218 warning offers[1]"]),
        ("offer-without-follow-up: error", ["218 error offers[1]"]),
        ("offer-without-follow-up: error, held-without-next-step: error", ["204 error activities[1]"]),
        ("offer-without-follow-up: info, held-without-next-step: info", ["201 info activities"]),
        ('offer-without-follow-up: "off", held-without-next-step: "off"', ["201 info activities"]),
        ('no-next-activity: "off", offer-without-follow-up: "off", held-without-next-step: "off"', []),
    ],
)
def test_that_nothing_is_planned_is_told_once(tmp_path: Path, rules: str, expected: list[str]) -> None:
    """By the gravest; no gate that the first of them closes is opened by another."""
    told_by = told(tmp_path, LAST, more=TWO, rules=f"  tiers: {{D: {{severities: {{{rules}}}}}}}\n")
    assert told_by == expected


def test_several_late_decisions_are_several_facts(tmp_path: Path) -> None:
    late = TWO.replace("status", "decision_due: 2026-05-05, status")
    assert told(tmp_path, LAST, more=late) == ["204 warning activities[1]", "218 warning offers[1]", "218 warning offers[2]"]


SLIP = held("2026-05-20")


@pytest.mark.parametrize(
    ("tier", "activities", "more", "rules", "expected"),
    [
        ("A", SLIP, "", "", ["210 error activities[1]"]),
        ("D", LAST + SLIP, TWO, "", ["210 error activities[2]"]),
        ("A", held("2026-05-20", type="internal-meeting"), "", "", ["201 error activities", "210 error activities[1]"]),
        ("A", SLIP, "", "  severities: {held-in-the-future: warning}\n", ["201 error activities", "210 warning activities[1]"]),
        ("A", SLIP, "", '  severities: {held-in-the-future: "off"}\n', ["201 error activities"]),
        ("A", SLIP, "waivers: [{rule: KAM210, until: 2026-12-31, reason: x}]\n", "", ["201 error activities", "210 error activities[1]"]),
        ("A", SLIP, "", "  options: {no-next-activity: {within_days: 14}}\n", ["210 error activities[1]"]),
        ("A", SLIP, "", "  options: {no-next-activity: {within_days: 13}}\n", ["201 error activities", "210 error activities[1]"]),
    ],
)
def test_one_slip_is_told_once(tmp_path: Path, tier: str, activities: str, more: str, rules: str, expected: list[str]) -> None:
    """What is marked as held by mistake is no missing activity, as long as the mistake itself is told as gravely."""
    assert told(tmp_path, activities, more=more, tier=tier, rules=rules) == expected


@pytest.mark.parametrize(
    ("label", "said"),
    [("", "the visit-shop planned"), ("Shop visit", "the shop visit planned"), ("KAM visit", "the KAM visit planned"), ("V", "the V planned")],
)
def test_a_message_calls_a_type_as_people_do(tmp_path: Path, label: str, said: str) -> None:
    called = f"label: {label}, " if label else ""
    told(tmp_path, planned("2026-04-30", type="visit-shop"), rules=f"  activity_types: {{visit-shop: {{{called}physical: true}}}}\n")
    found = [one.message for one in load(tmp_path, AS_OF).diagnostics if one.rule == "overdue-activity"]
    assert [said in message for message in found] == [True]


@pytest.mark.parametrize(
    ("note", "vague"),
    [
        ("对方要求七月前报价，交货期缩短到五天", False),
        ("很好", True),
        ("対応済み、見積提出", True),
        ("Wants racks in June.", False),
        ("Wants racks in May.", True),
    ],
)
def test_a_wide_character_says_as_much_as_two(tmp_path: Path, note: str, vague: bool) -> None:
    found = told(tmp_path, held("2026-04-20", f'note: "{note}", next_step: Kari sends drawings') + CALL)
    assert ("215 info activities[1]" in found) is vague


def advised(root: Path, code: str) -> list[tuple[str, str]]:
    """What a rule says of the plan that was told last, and its help."""
    return [(one.message, one.help) for one in load(root, AS_OF).diagnostics if one.code == code]


@pytest.mark.parametrize(("end", "said"), [("2026-05-06", "(today)"), ("2026-05-07", "(one day left)"), ("2026-05-08", "(2 days left)")])
def test_an_end_is_counted_in_days(tmp_path: Path, end: str, said: str) -> None:
    told(tmp_path, CALL, more=f"agreements:\n  - {{title: Frame, end: {end}}}\n")
    assert [said in message for message, _ in advised(tmp_path, "KAM220")] == [True]


def test_the_first_part_of_the_customer_card_is_called_the_company(tmp_path: Path) -> None:
    told(tmp_path, held("2026-05-01", type="discovery-meeting") + CALL, more="company: {strategy: s, goals: g}\n")
    assert ["(the company, situation, " in message for message, _ in advised(tmp_path, "KAM213")] == [True]


@pytest.mark.parametrize(
    ("contacts", "said"),
    [(MAJA, "`contacts: [maja]`"), ("", "{id: new-contact, name: ...}"), (MAJA.replace("}", ", left: 2026-01-01}"), "new-contact")],
)
def test_who_took_part_is_written_down(tmp_path: Path, contacts: str, said: str) -> None:
    told(tmp_path, held("2026-05-01").replace("contacts: [maja], ", ""), contacts=contacts)
    assert [said in advice for _, advice in advised(tmp_path, "KAM214")] == [True]


@pytest.mark.parametrize(
    ("more", "offers", "wanted", "unwanted"),
    [
        ("", "", "`documents: [https://...]`", "binding: true"),
        ("", "", "link the written, binding proposal: ", "offer"),
        (", offer: o", "binding: false", "under the offer `o`: `documents: [https://...]` and `binding: true`", "not"),
        (", offer: o", "binding: false, documents: [https://x.dk/o]", "under the offer `o` `binding: true`", "documents:"),
        (", offer: o", "documents: [https://x.dk/o]", "under the offer `o` `binding: true`", "documents:"),
        (", offer: o, documents: [https://x.dk/a]", "binding: false", "under the offer `o` `binding: true`", "documents:"),
        (", offer: o", "binding: true, documents: [https://x.dk/o]", "", "binding"),
    ],
)
def test_what_an_overdue_proposal_meeting_lacks_is_told(tmp_path: Path, more: str, offers: str, wanted: str, unwanted: str) -> None:
    row = planned("2026-05-01", f"channel: in-person, subject: Racks{more}", "proposal-meeting")
    told(tmp_path, row + CALL, more=f"offers:\n  - {{id: o, text: Racks, {offers}}}\n" if offers else "")
    (found,) = (each for each in load(tmp_path, AS_OF).diagnostics if each.rule == "overdue-activity")
    proof = found.help.partition("`next_step:`")[2].partition("; was it not")[0]
    assert wanted in proof
    assert unwanted not in proof


def test_no_proposal_meeting_is_proposed_where_the_number_is_full(tmp_path: Path) -> None:
    rows = held("2026-01-15", type="proposal-meeting") + held("2026-03-02", type="discovery-meeting") + CALL
    assert "219 info activities[2]" in told(tmp_path, rows, tier="C")
    (found,) = (each for each in load(tmp_path, AS_OF).diagnostics if each.rule == "discovery-without-proposal")
    assert found.help.startswith("write under `offers:`")
