"""Family 3 at its boundaries: the day before, the day itself, the day after; and the cells of the meeting structure."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.cadence import State, forum_cells, last_met, window_of
from kamgen.day import working_day
from kamgen.model.activity import FORUMS, Activity
from kamgen.model.governance import Forum, Meetings
from kamgen.model.plan import Plan
from kamgen.ruleset import ActivityType, Ruleset
from kamgen.suggested import spread
from kamgen.workspace import load

PORTFOLIO: Final = """
currency: DKK
people:
  - {id: kari, name: Kari Nygaard, role: kam}
  - {id: vera, name: Vera Lind, role: leader}
"""
CONTACT: Final = "contacts: [{id: anna, name: Anna Lind, work: ongoing}]\n"
AS_OF: Final = dt.date(2026, 5, 6)
WAIVED: Final = "waivers: [{{rule: {rule}, reason: Rebuilding, until: 2026-12-31, approved_by: vera}}]\n"
FAMILY: Final = ("cadence-behind", "over-service", "late-pace", "care-gap", "contact-not-met", "forum-behind", "cadence-short")


def told(root: Path, plan: str, as_of: str, rules: str = "extends: per-account") -> list[str]:
    """The rules of the family that speak, each with what it speaks of."""
    (root / "plans").mkdir(exist_ok=True)
    (root / "plans/portfolio.yml").write_text(f"{PORTFOLIO}rules: {{{rules}}}\n", encoding="utf-8")
    (root / "plans/acme.md").write_text(f"---\naccount: Acme\nowner: kari\n{plan}---\n", encoding="utf-8")
    found = load(root, dt.date.fromisoformat(as_of)).diagnostics
    return [f"{each.rule} {each.field}" for each in found if each.rule in FAMILY]


def activities(*rows: str) -> str:
    """Rows of `date type status`, and more keys after them."""
    items = (row.split(maxsplit=3) for row in rows)
    more = ((date, kind, status, f", {rest[0]}" if rest else "") for date, kind, status, *rest in items)
    return "activities:\n" + "".join(f"  - {{date: {date}, type: {kind}, status: {status}, note: Fine{rest}}}\n" for date, kind, status, rest in more)


YEAR: Final = (
    "2026-01-12 discovery-meeting held",
    "2026-02-12 proposal-meeting held",
    *(f"2026-{month}-12 status-meeting planned" for month in ("05", "06", "09", "12")),
)


@pytest.mark.parametrize(("as_of", "rules"), [("2026-04-01", []), ("2026-04-02", ["late-pace activities"]), ("2026-04-03", ["late-pace activities"])])
def test_the_pace_asks_for_the_first_of_four_after_a_quarter(tmp_path: Path, as_of: str, rules: list[str]) -> None:
    assert told(tmp_path, "tier: A\n" + activities(*YEAR), as_of) == rules


def test_who_plans_too_much_may_be_late_too(tmp_path: Path) -> None:
    plan = "tier: A\n" + activities(*YEAR, *(f"2026-{month}-20 status-meeting planned" for month in ("09", "10", "11")))
    assert told(tmp_path, plan, "2026-05-06") == ["over-service activities", "late-pace activities"]


def test_the_next_one_is_of_the_person_and_of_the_sort(tmp_path: Path) -> None:
    rows = [
        "2026-07-06 contact planned forum: internal, contacts: [anna]",
        "2026-07-08 contact planned contacts: [bo]",
        "2026-07-09 lunch planned contacts: [anna]",
        "2026-11-03 contact planned contacts: [anna]",
        "2026-09-01 contact planned contacts: [bo, anna]",
        "2026-02-01 proactive-sales-call held contacts: [anna]",
    ]
    contacts = "contacts: [{id: anna, name: Anna Lind, work: ongoing}, {id: bo, name: Bo Holm, work: occasional}]\n"
    plan = "tier: C\nmeetings: {kam_meetings_per_year: 0}\ncare: [{touch: newsletter, date: 2026-02-01}]\n" + contacts + activities(*rows)
    assert told(tmp_path, plan, "2026-07-02", "extends: per-person") == ["late-pace contacts.anna"]
    found = next(each for each in load(tmp_path, dt.date(2026, 7, 2)).diagnostics if each.rule == "late-pace")
    assert "planned for 2026-09-01" in found.help


@pytest.mark.parametrize(
    ("as_of", "rules"),
    [
        ("2026-09-30", ["cadence-behind activities"]),
        ("2026-10-01", ["cadence-short activities"]),
        ("2026-12-31", ["cadence-short activities"]),
    ],
)
def test_the_last_quarter_of_the_year_begins_in_october(tmp_path: Path, as_of: str, rules: list[str]) -> None:
    plan = "tier: D\nsince: 2020-01-01\n" + activities("2026-01-12 agreed-sales-meeting held")
    assert told(tmp_path, plan, as_of) == rules


def test_persons_stay_behind_in_the_last_quarter(tmp_path: Path) -> None:
    plan = f"tier: C\ncare: [{{touch: newsletter, date: 2026-02-01}}]\nmeetings: {{kam_meetings_per_year: 1}}\n{CONTACT}"
    assert told(tmp_path, plan, "2026-11-01", "extends: per-person") == [
        "cadence-short activities",
        "cadence-behind contacts.anna",
        "cadence-behind contacts.anna",
    ]


CARED: Final = "tier: C\nmeetings: {kam_meetings_per_year: 0}\n"


@pytest.mark.parametrize(
    ("plan", "as_of", "gap"),
    [
        ("", "2026-03-31", False),
        ("", "2026-04-01", True),
        ("", "2026-04-02", True),
        ("since: 2026-02-05\n", "2026-05-05", False),
        ("since: 2026-02-05\n", "2026-05-06", True),
        ("since: 2019-02-05\n", "2026-04-01", True),
        ("care: [{touch: newsletter, date: 2026-01-01}]\n", "2026-05-06", False),
        ("care: [{touch: newsletter, date: 2026-05-06}]\n", "2026-05-06", False),
        ("care: [{touch: newsletter, date: 2026-05-07}]\n", "2026-05-06", True),
        ("care: [{touch: newsletter, date: 2026-12-31}]\n", "2026-05-06", True),
        ("care: [{touch: newsletter, date: 2025-12-31}]\n", "2026-05-06", True),
        ("care: [{touch: gift, date: 2026-03-01}]\n", "2026-05-06", True),
        ("care_excluded: [{touch: newsletter}]\n", "2026-05-06", True),
        ("care_excluded: [{touch: newsletter}, {touch: course-invitation}]\n", "2026-05-06", False),
        ("care_excluded: [{touch: newslettre}]\n", "2026-05-06", False),
        ("status: prospect\n", "2026-05-06", False),
    ],
)
def test_a_gap_in_the_care(tmp_path: Path, plan: str, as_of: str, gap: bool) -> None:
    assert told(tmp_path, CARED + plan, as_of, "extends: per-person") == ["care-gap care"] * gap


def test_a_tier_without_a_menu_has_no_gap(tmp_path: Path) -> None:
    assert told(tmp_path, "tier: D\n" + activities(*DONE), "2026-05-06") == []


DONE: Final = ("2026-01-12 agreed-sales-meeting held", "2026-02-12 agreed-sales-meeting planned", "2026-05-06 agreed-sales-meeting planned")


@pytest.mark.parametrize(
    ("contact", "rows", "missed"),
    [
        ("work: ongoing", [], True),
        ("work: ongoing", ["2025-05-05 lunch held contacts: [anna]"], True),
        ("work: ongoing", ["2025-05-06 lunch held contacts: [anna]"], False),
        ("work: ongoing", ["2026-05-06 lunch held contacts: [anna]"], False),
        ("work: ongoing", ["2026-05-07 lunch held contacts: [anna]"], True),
        ("work: ongoing", ["2026-04-07 lunch not-held contacts: [anna]"], True),
        ("work: ongoing", ["2026-04-07 internal-meeting held contacts: [anna]"], True),
        ("work: ongoing", ["2026-04-07 lunch held forum: internal, contacts: [anna]"], True),
        ("work: ongoing, since: 2025-05-06", [], True),
        ("work: ongoing, since: 2025-05-07", [], False),
        ("work: occasional", [], False),
        ("work: ongoing, left: 2026-05-01", [], False),
        ("function: ceo", [], True),
    ],
)
def test_a_person_not_met_for_a_year(tmp_path: Path, contact: str, rows: list[str], missed: bool) -> None:
    contacts = f"contacts: [{{id: anna, name: Anna Lind, {contact}}}, {{id: bo, name: Bo Holm}}]\n"
    assert told(tmp_path, "tier: D\n" + contacts + activities(*DONE, *rows), "2026-05-06") == ["contact-not-met contacts.anna"] * missed


@pytest.mark.parametrize(("since", "missed"), [("2025-05-06", True), ("2025-05-07", False)])
def test_a_new_account_has_met_nobody_yet(tmp_path: Path, since: str, missed: bool) -> None:
    plan = f"tier: D\nsince: {since}\n{CONTACT}" + activities(*DONE)
    assert told(tmp_path, plan, "2026-05-06") == ["contact-not-met contacts.anna"] * missed


def test_who_is_behind_is_not_told_twice(tmp_path: Path) -> None:
    plan = CARED + CONTACT + "care: [{touch: newsletter, date: 2026-01-01}]\n"
    assert set(told(tmp_path, plan, "2026-05-06", "extends: per-person")) == {"cadence-behind contacts.anna"}
    off = "extends: per-person, tiers: {C: {severities: {cadence-behind: off}}}"
    assert told(tmp_path, plan, "2026-05-06", off) == ["contact-not-met contacts.anna"]


def test_nobody_is_missed_where_activities_cannot_be_read(tmp_path: Path) -> None:
    plan = f"tier: D\n{CONTACT}meetings: {{strategic: {{per_year: 2}}}}\nactivities: [{{date: 2026-13-01, type: lunch, status: held}}]\n"
    assert told(tmp_path, plan, "2026-05-06") == []


def test_a_call_without_a_note_is_nothing() -> None:
    day = dt.date(2026, 3, 3)
    calls = (
        Activity(date=day, type="contact", status="held", contacts=("anna",)),
        Activity(date=day, type="contact", status="held", note="Fine", contacts=("bo",)),
    )
    plan = Plan(account="Acme", tier="A", owner="kari", activities=calls)
    assert last_met(plan, RULES, AS_OF) == {"bo": day}


RULES: Final = Ruleset(activity_types={"contact": ActivityType(), "kam-meeting": ActivityType(), "internal-meeting": ActivityType(customer=False)})
DAYS: Final = st.dates(dt.date(2025, 11, 1), dt.date(2027, 2, 1))
MEETINGS: Final = st.builds(
    Activity,
    date=DAYS,
    type=st.sampled_from(tuple(RULES.activity_types)),
    status=st.sampled_from(("planned", "held", "not-held", "cancelled")),
    forum=st.sampled_from((*FORUMS, None)),
    note=st.sampled_from(("Fine", None)),
    booked=st.sampled_from((True, True, False)),
    channel=st.sampled_from(("in-person", "phone", None)),
)


def counted(forum: str, meeting: Activity) -> bool:
    """The slow model: an internal meeting is one of the internal forum, whatever it calls itself."""
    internal = meeting.forum == "internal" or meeting.type == "internal-meeting"
    if not internal and not meeting.booked and meeting.channel == "in-person":
        return False
    return internal if forum == "internal" else meeting.forum == forum and not internal


@given(st.lists(MEETINGS, max_size=8), st.dictionaries(st.sampled_from(FORUMS), st.integers(0, 12)), DAYS)
def test_forums_against_a_slow_model(meetings: list[Activity], numbers: dict[str, int], as_of: dt.date) -> None:
    given: dict[str, Any] = {name: Forum(per_year=number) for name, number in numbers.items()}
    plan = Plan(account="Acme", tier="A", owner="kari", meetings=Meetings(**given), activities=tuple(meetings))
    cells = {cell.requirement: cell for cell in forum_cells(plan, RULES, window_of(RULES, 1, as_of), as_of)}
    assert cells.keys() == numbers.keys()
    for forum, cell in cells.items():
        own = [meeting for meeting in meetings if counted(forum, meeting) and meeting.date.year == as_of.year]
        held = [meeting for meeting in own if meeting.status == "held" and meeting.date <= as_of and (meeting.note or meeting.type != "contact")]
        planned = [meeting for meeting in own if meeting.status == "planned" and meeting.date >= as_of]
        assert (cell.held, cell.planned, cell.owed, cell.most) == (len(held), len(planned), numbers[forum], None)
        assert (cell.state is State.BEHIND) is (len(held) + len(planned) < numbers[forum])


def test_forums_of_who_joined_in_the_window_and_of_who_is_not_judged() -> None:
    window = window_of(RULES, 1, AS_OF)
    meetings: Any = Meetings(tactical=Forum(per_year=4), strategic=Forum())
    plan = Plan(account="Acme", tier="A", owner="kari", meetings=meetings, since=dt.date(2026, 7, 2))
    assert [(cell.requirement, cell.owed, cell.due) for cell in forum_cells(plan, RULES, window, AS_OF)] == [("tactical", 2, 0)]
    assert forum_cells(Plan(account="Acme", tier="A", owner="kari", meetings=meetings, status="prospect"), RULES, window, AS_OF) == ()
    assert forum_cells(Plan(account="Acme", tier="A", owner="kari"), RULES, window, AS_OF) == ()


@pytest.mark.parametrize(
    ("theirs", "named"), [("[bo, anna]", "contacts: [anna]"), ("[]", "contacts: [anna]"), ("[carl, anna]", "contacts: [carl, anna]")]
)
def test_the_meeting_to_paste_names_the_people_of_the_forum_who_are_there(tmp_path: Path, theirs: str, named: str) -> None:
    people = "contacts: [{id: bo, name: Bo Holm, left: 2026-01-31}, {id: anna, name: Anna Lind}, {id: carl, name: Carl Moe}]\n"
    plan = f"tier: D\n{people}meetings: {{strategic: {{per_year: 1, theirs: {theirs}}}}}\n" + activities(*DONE)
    assert told(tmp_path, plan, "2026-05-06") == ["forum-behind meetings.strategic"]
    found = next(each for each in load(tmp_path, AS_OF).diagnostics if each.rule == "forum-behind")
    assert named in found.help


def advised(root: Path, rule: str, as_of: str) -> str:
    """The activity that the help of a rule's first finding proposes, to paste."""
    advice = next(each.help for each in load(root, dt.date.fromisoformat(as_of)).diagnostics if each.rule == rule)
    return re.search(r"{date.*?}", advice)[0]  # type: ignore[index]  # every such help has one


def test_meetings_that_are_pasted_late_in_the_year_are_on_days_of_their_own(tmp_path: Path) -> None:
    plan, days = "tier: A\ncontacts: [{id: p0, name: Anna Lind}]\nmeetings: {tactical: {per_year: 5, theirs: [p0]}}\nactivities:\n", []
    for _ in range(5):
        assert "forum-behind meetings.tactical" in told(tmp_path, plan, "2026-12-09")
        item = advised(tmp_path, "forum-behind", "2026-12-09")
        plan += f"  - {item}\n"
        days.append(item[7:17])
    assert len(set(days)) == 5
    assert "forum-behind meetings.tactical" not in told(tmp_path, plan, "2026-12-09")


def test_a_day_that_has_a_meeting_is_not_proposed_again(tmp_path: Path) -> None:
    rows = ["2026-03-02 status-meeting held", "2026-11-30 status-meeting planned", "2026-12-15 status-meeting planned"]
    assert "cadence-short activities" in told(tmp_path, "tier: A\n" + activities(*rows), "2026-11-19")
    assert not {"2026-11-30", "2026-12-15"} & {advised(tmp_path, "cadence-short", "2026-11-19")[7:17]}


@pytest.mark.parametrize("left", ["2026-06-11", "2026-05-11"])
def test_calls_before_a_person_leaves_share_the_time_until_then(tmp_path: Path, left: str) -> None:
    plan = f"tier: B\n{CONTACT.replace('work', f'left: {left}, work')}" + activities("2026-02-02 status-meeting held")
    found: list[tuple[str, dt.date]] = []
    while "cadence-behind contacts.anna" in told(tmp_path, plan, "2026-05-06", "extends: per-person"):
        advice = next(each.help for each in load(tmp_path, AS_OF).diagnostics if each.rule == "cadence-behind" and each.field == "contacts.anna")
        date, kind = re.findall(r"{date: (.*?), type: (.*?),", advice)[0]
        plan += f"  - {advice[advice.index('{date') : advice.index('}') + 1]}\n"
        found.append((kind, dt.date.fromisoformat(date)))
    assert len(set(found)) == len(found) > 2
    assert all(AS_OF <= day < dt.date.fromisoformat(left) and working_day(day) == day for _, day in found)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.integers(0, 60), st.integers(1, 30))
def test_days_pasted_one_after_the_other_are_different_while_there_are_enough(as_of: dt.date, length: int, missing: int) -> None:
    last = as_of + dt.timedelta(days=length)
    working = {day for day in (as_of + dt.timedelta(days=number) for number in range(length + 1)) if working_day(day) == day}
    days: list[dt.date] = []
    for lacking in range(missing, 0, -1):
        days.append(spread(lacking, days, as_of, last))
    assert all(as_of <= day <= last for day in days)
    assert set(days) <= working or not working
    assert len(set(days)) == min(missing, max(len(working), 1))


def test_what_is_planned_of_another_sort_takes_its_day_too() -> None:
    day, last = dt.date(2026, 7, 15), dt.date(2026, 9, 23)
    assert spread(1, [], AS_OF, last) == day
    assert spread(1, [], AS_OF, last, [day]) == dt.date(2026, 7, 16)


def test_no_two_meetings_to_paste_are_on_one_day(tmp_path: Path) -> None:
    rows = ["{date: 2026-07-02, type: discovery-meeting, status: planned, contacts: [anna], channel: in-person, subject: Autumn}"]
    while found := _pasted(tmp_path, rows):
        rows.append(found)
    days = [row[7:17] for row in rows]
    assert len(days) == len(set(days)) > 3


def _pasted(root: Path, rows: list[str]) -> str:
    """The first activity that the rule would have planned; empty where nothing is behind."""
    people = "contacts: [{id: anna, name: Anna}]\n"
    told(root, f"tier: A\n{people}activities:\n" + "".join(f"  - {row}\n" for row in rows), "2026-05-06")
    helps = (found.help for found in load(root, AS_OF).diagnostics if found.rule == "cadence-behind")
    return next((text[text.index("{date") : text.index("}") + 1] for text in helps), "")


def test_the_meetings_to_paste_one_after_the_other_share_the_year(tmp_path: Path) -> None:
    rows: list[str] = []
    while len(rows) < 12:
        plan = "tier: D\nmeetings: {internal: {per_year: 12}}\n" + activities(*DONE, *rows)
        assert told(tmp_path, plan, "2026-01-01")[-1] == "forum-behind meetings.internal"
        found = next(each for each in load(tmp_path, dt.date(2026, 1, 1)).diagnostics if each.rule == "forum-behind")
        rows.append(f"{re.findall(r'date: ([0-9-]+)', found.help)[0]} internal-meeting planned forum: internal")
    assert [row[5:7] for row in rows] == ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]


@pytest.mark.parametrize(
    ("per_year", "date", "expected"),
    [(1, "2026-04-29", []), (2, "2026-04-29", ["forum-behind meetings.strategic"]), (1, "2025-12-29", ["forum-behind meetings.strategic"])],
)
def test_a_meeting_of_a_forum_that_nobody_settled_is_told_alone(tmp_path: Path, per_year: int, date: str, expected: list[str]) -> None:
    plan = f"tier: D\nmeetings: {{strategic: {{per_year: {per_year}}}}}\n"
    assert told(tmp_path, plan + activities(*DONE, f"{date} kam-meeting planned forum: strategic"), "2026-05-06") == expected


def test_a_set_without_internal_types_still_has_one_to_paste(tmp_path: Path) -> None:
    rules = "extends: per-account, activity_types: {internal-meeting: {customer: true}}"
    assert told(tmp_path, "tier: D\nmeetings: {internal: {per_year: 1}}\n" + activities(*DONE), "2026-05-06", rules) == [
        "forum-behind meetings.internal"
    ]


@pytest.mark.parametrize(
    ("meetings", "rules", "expected"),
    [
        ("kam_meetings_per_year: 4, tactical: {per_year: 4}", "", ["forum-behind meetings.tactical"]),
        (
            "kam_meetings_per_year: 4, tactical: {per_year: 3}, strategic: {per_year: 1}",
            "",
            ["forum-behind meetings.tactical", "forum-behind meetings.strategic"],
        ),
        ("kam_meetings_per_year: 4, tactical: {per_year: 3}", "", ["cadence-behind activities", "forum-behind meetings.tactical"]),
        ("kam_meetings_per_year: 4, internal: {per_year: 4}", "", ["cadence-behind activities", "forum-behind meetings.internal"]),
        (
            "kam_meetings_per_year: 4, tactical: {per_year: 4}",
            "cadence-behind: warning, forum-behind: info",
            ["cadence-behind activities"],
        ),
        ("kam_meetings_per_year: 4, tactical: {per_year: 4}", 'forum-behind: "off"', ["cadence-behind activities"]),
    ],
)
def test_missing_meetings_of_a_forum_are_told_once(tmp_path: Path, meetings: str, rules: str, expected: list[str]) -> None:
    plan = f"tier: C\nmeetings: {{{meetings}}}\ncare: [{{touch: newsletter, date: 2026-02-01}}]\n"
    assert told(tmp_path, plan, "2026-05-06", f"extends: per-person, tiers: {{C: {{severities: {{{rules}}}}}}}") == expected


def test_who_is_excused_ahead_is_not_told_that_nothing_needs_it(tmp_path: Path) -> None:
    for rule, unused in (("cadence-short", False), ("late-pace", True)):
        told(tmp_path, f"tier: B\n{CONTACT}{WAIVED.format(rule=rule)}", "2026-05-06")
        assert ("waiver-unused" in {found.rule for found in load(tmp_path, AS_OF).diagnostics}) is unused


def test_in_the_last_quarter_the_graver_rule_tells_of_a_forum_and_its_help_mends_both(tmp_path: Path) -> None:
    held = ("2026-02-10 kam-meeting held with: [vera], forum: tactical", "2026-04-14 kam-meeting held with: [vera], forum: tactical")
    people = "contacts: [{id: anna, name: Anna Lind, work: none, since: 2026-01-01}]\n"
    plan = f"tier: A\nmeetings: {{kam_meetings_per_year: 4, tactical: {{per_year: 4}}}}\n{people}care: [{{touch: newsletter, date: 2026-02-01}}]\n"
    found = [said for said in told(tmp_path, plan + activities(*held), "2026-10-10", "extends: per-person") if not said.startswith("over")]
    assert found == ["cadence-short activities"]
    (short,) = [said for said in load(tmp_path, dt.date(2026, 10, 10)).diagnostics if said.rule == "cadence-short"]
    assert "forum: tactical}`" in short.help
    asked = [row.replace("  - ", "").strip() for row in short.help.split("`") if row.startswith("- {")]
    more = "".join(f"  {item.replace('...', 'Prices')}\n" for item in asked * 2)
    assert told(tmp_path, plan + activities(*held) + more, "2026-10-10", "extends: per-person") == ["late-pace activities"]


@pytest.mark.parametrize(
    ("rule", "as_of", "excused"),
    [
        ("overdue-activity", "2026-03-10", ["overdue-activity"]),
        ("overdue-activity", "2026-05-06", ["long-overdue-activity"]),
        ("long-overdue-activity", "2026-05-06", ["long-overdue-activity"]),
        ("cadence-behind", "2026-05-06", ["cadence-behind"]),
        ("cadence-behind", "2026-10-02", ["cadence-short"]),
    ],
)
def test_who_excused_a_thing_while_it_was_young_has_excused_it(tmp_path: Path, rule: str, as_of: str, excused: list[str]) -> None:
    late = activities("2026-03-02 contact planned contacts: [anna], subject: Prices")
    told(tmp_path, f"tier: B\n{CONTACT}{late}{WAIVED.format(rule=rule)}", as_of)
    found = load(tmp_path, dt.date.fromisoformat(as_of)).diagnostics
    assert sorted({each.rule for each in found if each.waived}) == excused
    assert "waiver-unused" not in {each.rule for each in found}


def test_where_nothing_is_planned_the_next_one_is_asked_for_soon(tmp_path: Path) -> None:
    told(tmp_path, f"tier: B\n{CONTACT}", "2026-05-06")
    asked = [found.help for found in load(tmp_path, AS_OF).diagnostics if found.rule == "cadence-behind"]
    assert asked
    assert all("date: 2026-05-20" in help for help in asked)


@pytest.mark.parametrize(
    ("row", "missed"),
    [
        ("2026-05-05 lunch planned contacts: [anna]", True),
        ("2026-05-06 lunch planned contacts: [anna]", False),
        ("2027-02-01 contact planned contacts: [anna]", False),
        ("2026-09-01 lunch planned", True),
        ("2026-09-01 internal-meeting planned contacts: [anna]", True),
    ],
)
def test_with_whom_something_is_planned_is_not_missed(tmp_path: Path, row: str, missed: bool) -> None:
    assert told(tmp_path, f"tier: D\n{CONTACT}" + activities(*DONE, row), "2026-05-06") == ["contact-not-met contacts.anna"] * missed


def test_a_call_that_is_pasted_mends_it_before_the_person_leaves(tmp_path: Path) -> None:
    plan = f"tier: D\n{CONTACT.replace('work', 'left: 2026-05-09, work')}" + activities(*DONE)
    assert told(tmp_path, plan, "2026-05-06") == ["contact-not-met contacts.anna"]
    advice = next(each.help for each in load(tmp_path, AS_OF).diagnostics if each.rule == "contact-not-met")
    item = advice[advice.index("{date") : advice.index("}") + 1]
    assert "date: 2026-05-08" in item
    assert told(tmp_path, f"{plan}  - {item}\n", "2026-05-06") == []
    assert not [each for each in load(tmp_path, AS_OF).diagnostics if each.code == "KAM114"]


@pytest.mark.parametrize(
    ("tier", "rows", "raised"),
    [
        ("A", ["2026-03-01 agreed-sales-meeting held"], False),
        ("B", ["2026-03-01 agreed-sales-meeting held", "2026-03-02 agreed-sales-meeting held"], False),
        ("B", [f"2026-03-0{day} status-meeting held" for day in (1, 2, 3)], True),
        ("C", [f"2026-03-0{day} proposal-meeting held" for day in (1, 2)], True),
        ("D", ["2026-03-01 status-meeting held"], True),
        ("programme", [f"2026-03-0{day} status-meeting held" for day in range(1, 8)], False),
    ],
)
def test_a_higher_tier_is_named_where_it_recommends_more(tmp_path: Path, tier: str, rows: list[str], raised: bool) -> None:
    told(tmp_path, f"tier: {tier}\n" + activities(*rows), "2026-05-06")
    helps = [each.help for each in load(tmp_path, AS_OF).diagnostics if each.rule == "over-service"]
    assert ["raise the customer's tier" in each for each in helps] == [raised]


# One fact gives one finding: what nobody settled would make up the number.

LATE: Final = "2026-04-20 agreed-sales-meeting planned"
AHEAD: Final = "2026-06-09 contact planned"


def said(root: Path, plan: str, as_of: str, rules: str = "extends: per-account") -> list[str]:
    told(root, plan, as_of, rules)
    spoken = {"overdue-activity", "long-overdue-activity", "cadence-behind", "cadence-short"}
    return [each.rule for each in load(root, dt.date.fromisoformat(as_of)).diagnostics if each.rule in spoken]


OVERDUE: Final = "long-overdue-activity"


@pytest.mark.parametrize(
    ("rows", "as_of", "expected"),
    [
        (["2026-03-12 agreed-sales-meeting held", LATE, AHEAD], "2026-05-06", [OVERDUE]),
        (["2026-03-12 agreed-sales-meeting held", LATE, AHEAD], "2026-12-06", [OVERDUE, OVERDUE]),
        ([LATE, AHEAD], "2026-05-06", ["cadence-behind", OVERDUE]),
        (["2026-03-12 agreed-sales-meeting held", LATE.replace("agreed-sales", "status"), AHEAD], "2026-05-06", ["cadence-behind", OVERDUE]),
        (["2026-03-12 agreed-sales-meeting held", LATE.replace("2026", "2025"), AHEAD], "2026-05-06", ["cadence-behind", OVERDUE]),
        (["2026-03-12 agreed-sales-meeting held", f"{LATE} forum: internal", AHEAD], "2026-05-06", ["cadence-behind", OVERDUE]),
    ],
)
def test_what_nobody_settled_is_told_and_not_what_it_lacks(tmp_path: Path, rows: list[str], as_of: str, expected: list[str]) -> None:
    assert said(tmp_path, "tier: D\n" + activities(*rows), as_of) == expected


def test_what_nobody_settled_is_counted_for_each_person(tmp_path: Path) -> None:
    people = "contacts: [{id: anna, name: Anna Lind, work: ongoing}, {id: bo, name: Bo Holm, work: ongoing}]\n"
    calls = ["2026-03-12 contact held contacts: [anna, bo]", "2026-04-20 contact planned contacts: [anna]"]
    meetings = ["2026-06-09 proactive-sales-call planned contacts: [anna, bo]"]
    plan = "tier: C\n" + people + activities(*calls, *meetings)
    assert said(tmp_path, plan, "2026-05-06", "extends: per-person") == ["cadence-behind", OVERDUE]
    loud = said(tmp_path, plan, "2026-05-06", 'extends: per-person, severities: {long-overdue-activity: "off", overdue-activity: "off"}')
    assert loud == ["cadence-behind", "cadence-behind"]


FORUM: Final = """meetings: {strategic: {per_year: 1}, internal: {per_year: 2}}
waivers:
  - {rule: forum-behind, requirement: %s, until: 2026-12-31, reason: New"""


def test_a_waiver_may_name_a_forum(tmp_path: Path) -> None:
    """What the plan says of a forum is a number like that of a requirement."""
    told(tmp_path, f"tier: C\n{FORUM % 'strategic'}, approved_by: vera}}\n", "2026-05-06")
    found = [each for each in load(tmp_path, AS_OF).diagnostics if each.code in {"KAM307", "KAM009", "KAM609"}]
    assert [(each.field, each.waived) for each in found] == [("meetings.strategic", True), ("meetings.internal", False)]


def test_a_waiver_for_a_forum_that_nobody_knows_is_told(tmp_path: Path) -> None:
    told(tmp_path, f"tier: C\n{FORUM % 'strategi'}, approved_by: vera}}\n", "2026-05-06")
    found = [each.message for each in load(tmp_path, AS_OF).diagnostics if each.code == "KAM009"]
    assert len(found) == 1
    assert found[0].endswith("and no forum of this name; did you mean `strategic`?")


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2026-09-30", ["cadence-behind"]), ("2026-10-01", ["cadence-behind"]), ("2026-12-31", ["cadence-behind"])]
)
def test_no_gate_opens_by_waiting(tmp_path: Path, as_of: str, expected: list[str]) -> None:
    """A company that fails its builds on 301 in a tier whose 310 is a note has the error in the last quarter too."""
    rules = "extends: per-account, tiers: {D: {severities: {cadence-behind: error}}}"
    assert said(tmp_path, "tier: D\n" + activities("2026-03-12 agreed-sales-meeting held"), as_of, rules) == expected


def test_what_nobody_settled_is_told_beside_a_number_that_is_graver(tmp_path: Path) -> None:
    """The error that the number is not reached does not become a warning on the day after the meeting."""
    rules = "extends: per-account, tiers: {D: {severities: {cadence-behind: error}}}"
    plan = "tier: D\n" + activities("2026-03-12 agreed-sales-meeting held", LATE, AHEAD)
    assert said(tmp_path, plan, "2026-05-06", rules) == ["cadence-behind", OVERDUE]


# What nobody booked is no meeting; who was not there yet owes nothing.

VISITS: Final = ("2026-02-10 agreed-sales-meeting held booked: false", "2026-03-10 agreed-sales-meeting held booked: false")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (VISITS, ["cadence-behind activities"]),
        ([row.replace("booked: false", "booked: false, channel: phone") for row in VISITS], []),
        ([row.replace(" booked: false", "") for row in VISITS] + [VISITS[0].replace("held", "planned").replace("-02-", "-06-")], []),
        (["2026-02-10 status-meeting held booked: false", *DONE], []),
    ],
)
def test_a_visit_that_nobody_booked_is_no_meeting(tmp_path: Path, rows: list[str], expected: list[str]) -> None:
    assert told(tmp_path, "tier: D\n" + activities(*rows), "2026-05-06") == expected


def test_a_visit_that_nobody_booked_is_counted_where_a_company_counts_such_visits(tmp_path: Path) -> None:
    counts = "extends: per-account, tiers: {D: {requirements: {agreed-sales-meeting: {types: [agreed-sales-meeting, unannounced-visit]}}}}"
    assert told(tmp_path, "tier: D\n" + activities(*VISITS), "2026-05-06", counts) == []


@pytest.mark.parametrize(("since", "count"), [("since: 2026-12-01\n", 0), ("since: 2026-07-02\n", 4), ("", 4)])
def test_a_new_account_owes_what_is_left_of_the_year_for_each_person(tmp_path: Path, since: str, count: int) -> None:
    plan = f"tier: A\n{since}meetings: {{kam_meetings_per_year: 0}}\n{CONTACT.replace('work', 'since: 2021-03-01, work')}"
    found = [each for each in told(tmp_path, plan, "2026-12-05", "extends: per-person") if each.startswith("cadence-behind")]
    assert len(found) == min(count, 3 if since else 4)
