"""Cadence against a slow, obvious model, written from domain.md section 5 alone, and against the tables of the sources."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.cadence import Cell, State, Window, cells, last_activity, next_activity, overdue, present, standing, when, window_of, work_of, worked
from kamgen.document import read_data
from kamgen.model.activity import CHANNELS, FORUMS, STATUSES, Activity
from kamgen.model.governance import Meetings
from kamgen.model.people import FUNCTIONS, WORK, Contact, Target
from kamgen.model.plan import STATUSES as PLAN_STATUSES
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from kamgen.ruleset import ActivityType, Requirement, Ruleset, Tier

DAY = dt.timedelta(days=1)
ROLES = {"kari": "kam", "vera": "leader", "eva": "executive"}
TYPES = ("contact", "lunch", "kam-meeting", "status-meeting", "internal-meeting", "unannounced-visit")
PHYSICAL = {"lunch", "status-meeting", "unannounced-visit"}


def made(cls: Any, **values: Any) -> Any:
    """A record with some keys given."""
    return cls(**values)


def changed(plan: Plan, **values: Any) -> Any:
    """A plan with some keys changed."""
    return made(Plan, **{**{key.attribute: getattr(plan, key.attribute) for key in keys(Plan)}, **values})


# The slow model: what domain.md says, in its order.


def all_days(as_of: dt.date, first_month: int) -> list[dt.date]:
    """Every day of the year that contains as-of and begins with a month."""
    day = as_of
    while (day.month, day.day) != (first_month, 1):
        day -= DAY
    days = [day]
    while ((day := day + DAY).month, day.day) != (first_month, 1):
        days.append(day)
    return days


def judged(plan: Plan, as_of: dt.date) -> bool:
    if plan.status in {"active", "at-risk"}:
        return True
    return plan.status == "paused" and plan.paused_until is not None and plan.paused_until <= as_of


def people_worked(plan: Plan, tier: Tier, as_of: dt.date) -> list[Contact]:
    found = []
    for contact in plan.contacts:
        gone = contact.left is not None and contact.left <= as_of
        work = contact.work
        if work is None:
            work = "ongoing" if contact.function in tier.works else "occasional"
        if work == "ongoing" and not gone:
            found.append(contact)
    return found


def counts(activity: Activity, requirement: Requirement, rules: Ruleset) -> bool:
    """Is it of the sort that the requirement asks for, and with the customer?"""
    if activity.type not in rules.activity_types or not rules.activity_types[activity.type].customer:
        return False
    if activity.forum == "internal":
        return False
    if not activity.booked and (activity.channel == "in-person" or (activity.channel is None and activity.type in PHYSICAL)):
        return "unannounced-visit" in requirement.types
    if activity.type not in requirement.types and (activity.forum is None or activity.forum not in requirement.forums):
        return False
    if requirement.present:
        ours = [*activity.colleagues, activity.by or "vera"]
        return any(ROLES.get(person) in requirement.present for person in ours)
    return True


def numbers_of(name: str, requirement: Requirement, plan: Plan, subject: Contact | None) -> tuple[int | None, int | None]:
    least: int | None = requirement.min
    if requirement.agreed:
        least = plan.meetings.kam_meetings_per_year if plan.meetings else None
    most = requirement.max
    if subject and name in subject.targets:
        own = subject.targets[name]
        least = least if own.min is None else own.min
        most = most if own.max is None else own.max
    if least is not None and most is not None and most < least:
        most = None
    return least, most


def tally(requirement: Requirement, plan: Plan, subject: Contact | None, rules: Ruleset, days: set[dt.date], as_of: dt.date) -> tuple[int, int]:
    held = planned = 0
    for activity in plan.activities:
        if activity.date not in days or not counts(activity, requirement, rules):
            continue
        if subject and subject.id not in activity.contacts:
            continue
        if activity.status == "held" and activity.date <= as_of and (activity.type != "contact" or activity.note):
            held += 1
        if activity.status == "planned" and activity.date >= as_of:
            planned += 1
    return held, planned


def expected(plan: Plan, tier: Tier, rules: Ruleset, first_month: int, as_of: dt.date) -> list[Cell]:
    if not judged(plan, as_of):
        return []
    days = set(all_days(as_of, first_month))
    found = []
    for name, requirement in tier.requirements.items():
        for subject in people_worked(plan, tier, as_of) if requirement.per == "person" else [None]:
            least, most = numbers_of(name, requirement, plan, subject)
            if least is None:
                continue
            held, planned = tally(requirement, plan, subject, rules, days, as_of)
            joined = [day for day in (plan.since, subject.since if subject else None) if day]
            since = max(joined) if joined else None
            remaining = [day for day in days if since is None or day >= since]
            elapsed = [day for day in remaining if day <= as_of]
            owed = math.floor(Fraction(least * len(remaining), len(days)))
            due = math.floor(Fraction(least * len(elapsed), len(days)))
            found.append(Cell(name, subject.id if subject else None, held, planned, owed, most, due))
    return found


def expected_state(cell: Cell) -> str:
    if cell.most is not None and cell.held + cell.planned > cell.most:
        return "over"
    if cell.held >= cell.owed:
        return "covered"
    if cell.held + cell.planned >= cell.owed:
        return "on-plan"
    return "behind"


# Generated plans.

AS_OF = st.one_of(
    st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31)),
    st.sampled_from([dt.date(2024, 1, 1), dt.date(2024, 2, 29), dt.date(2024, 12, 31), dt.date(2025, 3, 1), dt.date(2023, 6, 30)]),
)


def near(as_of: dt.date) -> st.SearchStrategy[dt.date]:
    """Days around as-of and the ends of years."""
    edges = [as_of, as_of - DAY, as_of + DAY, dt.date(as_of.year, 1, 1), dt.date(as_of.year, 12, 31), dt.date(as_of.year - 1, 12, 31)]
    return st.one_of(st.sampled_from(edges), st.integers(-420, 420).map(lambda days: as_of + days * DAY))


def subset(*words: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), unique=True, max_size=3).map(tuple)


REQUIREMENTS = st.builds(
    lambda **values: made(Requirement, **values),
    types=subset(*TYPES),
    forums=subset("strategic", "tactical", "operational"),
    per=st.sampled_from(("person", "account")),
    min=st.integers(0, 6),
    max=st.none() | st.integers(0, 8),
    agreed=st.booleans(),
    present=st.just(()) | subset("leader", "executive"),
)
NUMBER = st.none() | st.integers(0, 6)
TARGETS = st.dictionaries(
    st.sampled_from(("r0", "r1", "r2")), st.builds(lambda low, high: made(Target, min=low, max=high), NUMBER, NUMBER), max_size=2
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plan, Tier, Ruleset, int, dt.date]:
    as_of = draw(AS_OF)
    day = near(as_of)
    contacts = [
        made(
            Contact,
            id=word,
            name=word,
            function=draw(st.none() | st.sampled_from(FUNCTIONS)),
            work=draw(st.none() | st.sampled_from(WORK)),
            since=draw(st.none() | day),
            left=draw(st.none() | day),
            targets=draw(TARGETS),
        )
        for word in draw(st.sampled_from((("anna",), ("anna", "bo"), ("anna", "bo", "carl"))))
    ]
    activity = st.builds(
        lambda **values: made(Activity, **values),
        date=day,
        type=st.sampled_from((*TYPES, "no-such-type")),
        status=st.sampled_from((*STATUSES, "held", "planned")),
        contacts=st.lists(st.sampled_from(("anna", "bo", "carl")), max_size=4).map(tuple),
        by=st.none() | st.sampled_from(tuple(ROLES)),
        colleagues=st.lists(st.sampled_from((*ROLES, "stranger")), max_size=2).map(tuple),
        forum=st.none() | st.sampled_from(FORUMS),
        note=st.none() | st.just("Wants a price"),
        booked=st.sampled_from((True, True, False)),
        channel=st.none() | st.sampled_from(CHANNELS),
    )
    plan = made(
        Plan,
        account="Acme",
        tier="A",
        owner="vera",
        status=draw(st.sampled_from((*PLAN_STATUSES, "active", "active"))),
        paused_until=draw(st.none() | day),
        since=draw(st.none() | day),
        contacts=tuple(contacts),
        activities=tuple(draw(st.lists(activity, max_size=10))),
        meetings=draw(st.none() | st.builds(lambda n: made(Meetings, kam_meetings_per_year=n), NUMBER)),
    )
    requirements = {f"r{n}": found for n, found in enumerate(draw(st.lists(REQUIREMENTS, min_size=1, max_size=3)))}
    tier = made(Tier, id="A", requirements=requirements, works=draw(subset(*FUNCTIONS)))
    kinds = {word: made(ActivityType, customer=word != "internal-meeting", physical=word in PHYSICAL) for word in TYPES}
    rules = made(Ruleset, window=draw(st.sampled_from(("calendar-year", "fiscal-year"))), activity_types=kinds, tiers={"A": tier})
    return plan, tier, rules, draw(st.integers(1, 12)), as_of


CALM = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def counted(plan: Plan, tier: Tier, rules: Ruleset, month: int, as_of: dt.date) -> tuple[Cell, ...]:
    return cells(plan, tier, rules, window_of(rules, month, as_of), as_of, ROLES)


@settings(CALM, max_examples=250)
@given(cases())
def test_cells_are_those_of_the_slow_model(case: tuple[Plan, Tier, Ruleset, int, dt.date]) -> None:
    plan, tier, rules, month, as_of = case
    first_month = month if rules.window == "fiscal-year" else 1
    found = counted(*case)
    assert list(found) == expected(plan, tier, rules, first_month, as_of)
    assert [cell.state for cell in found] == [expected_state(cell) for cell in found]
    assert [cell.late for cell in found] == [cell.held < cell.due for cell in found]


@CALM
@given(cases())
def test_one_more_held_activity_never_makes_anything_worse(case: tuple[Plan, Tier, Ruleset, int, dt.date]) -> None:
    plan, tier, rules, month, as_of = case
    more = made(Activity, date=as_of, type="lunch", status="held", contacts=("anna",), by="vera")
    before, after = counted(*case), counted(changed(plan, activities=(*plan.activities, more)), tier, rules, month, as_of)
    for was, now in zip(before, after, strict=True):
        assert was.held <= now.held <= was.held + 1
        assert (was.requirement, was.contact, was.planned, was.owed, was.most, was.due) == (
            now.requirement,
            now.contact,
            now.planned,
            now.owed,
            now.most,
            now.due,
        )
        assert now.state is not State.BEHIND or was.state is State.BEHIND
        assert was.late or not now.late


@CALM
@given(cases())
def test_the_pace_never_asks_for_more_than_is_owed_and_ends_there(case: tuple[Plan, Tier, Ruleset, int, dt.date]) -> None:
    plan, tier, rules, month, as_of = case
    end = window_of(rules, month, as_of).end
    for cell in counted(*case):
        assert 0 <= cell.due <= cell.owed
    for cell in counted(plan, tier, rules, month, end):
        assert cell.due == cell.owed


@CALM
@given(cases())
def test_next_last_and_overdue(case: tuple[Plan, Tier, Ruleset, int, dt.date]) -> None:
    plan, _, rules, _, as_of = case
    customer = [
        found
        for found in plan.activities
        if found.type in rules.activity_types and rules.activity_types[found.type].customer and found.forum != "internal"
    ]
    ahead = [found.date for found in customer if found.status == "planned" and found.date >= as_of]
    done = [found.date for found in customer if found.status == "held" and found.date <= as_of]
    following, latest = next_activity(plan, rules, as_of), last_activity(plan, rules, as_of)
    assert (following.date if following else None) == min(ahead, default=None)
    assert (latest.date if latest else None) == max(done, default=None)
    late = overdue(plan, as_of)
    assert sorted(map(when, late)) == list(map(when, late))
    assert [found.date for found in late] == sorted(found.date for found in plan.activities if found.status == "planned" and found.date < as_of)


@CALM
@given(AS_OF, st.integers(1, 12), st.sampled_from(("calendar-year", "fiscal-year")))
def test_the_window_contains_as_of(as_of: dt.date, month: int, kind: str) -> None:
    window = window_of(made(Ruleset, window=kind), month, as_of)
    days = all_days(as_of, month if kind == "fiscal-year" else 1)
    assert (window.start, window.end, window.days) == (days[0], days[-1], len(days))
    assert as_of in window
    assert window.end + DAY not in window
    assert "2026" not in window
    assert window.elapsed(as_of) == days.index(as_of) + 1
    assert window.last_quarter(as_of) == (Fraction(days.index(as_of) + 1, len(days)) > Fraction(3, 4))


def test_the_last_quarter_begins_after_three_quarters() -> None:
    year = Window(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert [year.last_quarter(dt.date(2026, 9, day)) for day in (30,)] == [False]
    assert [year.last_quarter(dt.date(2026, 10, day)) for day in (1, 2)] == [True, True]
    leap = Window(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert leap.elapsed(dt.date(2024, 9, 30)) == 274
    assert not leap.last_quarter(dt.date(2024, 9, 30))
    assert leap.last_quarter(dt.date(2024, 10, 1))


@pytest.mark.parametrize(
    ("status", "until", "told"),
    [
        ("active", None, (True, True, True)),
        ("at-risk", None, (True, True, True)),
        ("prospect", None, (True, True, False)),
        ("paused", None, (True, False, False)),
        ("paused", dt.date(2026, 5, 7), (True, False, False)),
        ("paused", dt.date(2026, 5, 6), (True, True, True)),
        ("lost", None, (False, False, False)),
        ("archived", None, (False, False, False)),
    ],
)
def test_what_a_status_means(status: str, until: dt.date | None, told: tuple[bool, bool, bool]) -> None:
    plan = made(Plan, account="Acme", tier="A", owner="kari", status=status, paused_until=until)
    found = standing(plan, dt.date(2026, 5, 6))
    assert (found.open, found.gate, found.cadence) == told
    unread = standing(changed(plan, unread=frozenset({"status"})), dt.date(2026, 5, 6))
    assert (unread.open, unread.gate, unread.cadence) == (False, False, False)


def test_who_is_worked() -> None:
    tier = made(Tier, works=("ceo",))
    as_of = dt.date(2026, 5, 6)
    people = [
        made(Contact, id="a", name="a", function="ceo"),
        made(Contact, id="b", name="b", function="other"),
        made(Contact, id="c", name="c", work="ongoing"),
        made(Contact, id="d", name="d", function="ceo", work="none"),
        made(Contact, id="e", name="e", function="ceo", left=as_of),
        made(Contact, id="f", name="f", function="ceo", left=as_of + DAY),
    ]
    plan = made(Plan, account="Acme", tier="A", owner="kari", contacts=tuple(people))
    assert [person.id for person in worked(plan, tier, as_of)] == ["a", "c", "f"]
    assert [person.id for person in present(plan, as_of)] == ["a", "b", "c", "d", "f"]
    assert [work_of(person, tier) for person in people[:4]] == ["ongoing", "occasional", "ongoing", "none"]


# The tables of the sources.


def in_force(name: str) -> Ruleset:
    rules = rulebook.load(read_data("plans/portfolio.yml", f"rules: {{extends: {name}}}".encode()), rule.known())
    assert rules.problems == ()
    return rules.ruleset


def meeting(date: str, type: str, status: str = "held", **more: Any) -> Any:
    return made(Activity, date=dt.date.fromisoformat(date), type=type, status=status, **{"contacts": ("anna",), "note": "Said yes", **more})


def account(tier: str, *activities: Activity, **more: Any) -> Any:
    people = (made(Contact, id="anna", name="Anna Lind", function="procurement"),)
    return made(Plan, account="Acme", tier=tier, owner="kari", **{"contacts": people, "activities": activities, **more})


def table(set_name: str, plan: Plan, as_of: str = "2026-05-06") -> dict[str, tuple[int, int, int, int | None, str]]:
    rules = in_force(set_name)
    tier = rules.tier(plan.tier)
    assert tier
    day = dt.date.fromisoformat(as_of)
    return {
        cell.requirement: (cell.held, cell.planned, cell.owed, cell.most, str(cell.state))
        for cell in cells(plan, tier, rules, window_of(rules, 1, day), day, ROLES)
    }


@pytest.mark.parametrize("tier", ["VIP", "A"])
def test_source_000_vip_and_a(tier: str) -> None:
    plan = account(
        tier,
        meeting("2026-01-14", "contact"),
        meeting("2026-02-11", "contact", note=None),
        meeting("2026-03-11", "proactive-sales-meeting"),
        meeting("2026-04-15", "management-meeting"),
        meeting("2026-05-06", "management-meeting", "planned", by="vera"),
        meeting("2026-06-10", "lunch", "planned"),
        meeting("2026-09-10", "status-meeting", "planned", forum="tactical"),
        meetings=made(Meetings, kam_meetings_per_year=1),
    )
    assert table("per-person", plan) == {
        "contact": (1, 0, 2, 4, "behind"),
        "proactive-sales-meeting": (1, 0, 2, None, "behind"),
        "lunch": (0, 1, 2, None, "behind"),
        "kam-meetings": (0, 1, 1, None, "on-plan"),
        "management-meeting": (0, 1, 1, None, "on-plan"),
    }


def test_source_000_b_without_an_agreed_number() -> None:
    plan = account("B", *(meeting(f"2026-0{month}-14", "contact") for month in (1, 2, 3)), meeting("2026-04-01", "lunch"))
    assert table("per-person", plan) == {
        "contact": (3, 0, 1, 2, "over"),
        "proactive-sales-meeting": (0, 0, 1, 2, "behind"),
        "lunch": (1, 0, 1, None, "covered"),
    }


def test_source_000_c_where_a_meeting_fulfils_the_call() -> None:
    plan = account("C", meeting("2026-01-14", "proactive-sales-meeting"), meetings=made(Meetings, kam_meetings_per_year=0))
    assert table("per-person", plan) == {
        "contact": (0, 0, 2, None, "behind"),
        "proactive-sales-call": (1, 0, 1, 3, "covered"),
        "kam-meetings": (0, 0, 0, None, "covered"),
    }


def test_one_meeting_with_three_people_counts_once_for_each_and_once_for_the_account() -> None:
    people = tuple(made(Contact, id=word, name=word, work="ongoing") for word in ("anna", "bo", "carl"))
    held = meeting("2026-01-14", "lunch", contacts=("anna", "bo", "carl", "anna"), forum="strategic")
    rules = in_force("per-person")
    tier = rules.tier("A")
    assert tier
    plan = account("A", held, contacts=people, meetings=made(Meetings, kam_meetings_per_year=2))
    day = dt.date(2026, 5, 6)
    found = cells(plan, tier, rules, window_of(rules, 1, day), day, ROLES)
    assert [(cell.contact, cell.held) for cell in found if cell.requirement in {"lunch", "kam-meetings"}] == [
        ("anna", 1),
        ("bo", 1),
        ("carl", 1),
        (None, 1),
    ]


@pytest.mark.parametrize(
    ("tier", "numbers"),
    [
        ("programme", [(1, 1), (1, 1), (4, 6), (0, 0)]),
        ("A", [(1, 1), (1, 3), (4, 6), (0, 0)]),
        ("B", [(1, 1), (1, 2), (2, 2), (1, 1)]),
        ("C", [(1, 1), (1, 1), (1, 1), (2, 2)]),
        ("D", [(0, 0), (0, 0), (0, 0), (2, 2)]),
    ],
)
def test_source_004(tier: str, numbers: list[tuple[int, int]]) -> None:
    found = table("per-account", account(tier))
    assert list(found) == ["discovery-meeting", "proposal-meeting", "status-meeting", "agreed-sales-meeting"]
    assert [(owed, most) for _, _, owed, most, _ in found.values()] == numbers
    assert [state for *_, state in found.values()] == ["behind" if low else "covered" for low, _ in numbers]


def test_joined_inside_the_window() -> None:
    found = table("per-account", account("A", since=dt.date(2026, 7, 2)))
    assert found["status-meeting"][2] == 4 * 183 // 365
    assert found["discovery-meeting"][2] == 0
    assert table("per-account", account("A", since=dt.date(2026, 1, 1)))["status-meeting"][2] == 4
    assert table("per-account", account("A", since=dt.date(2027, 1, 1)))["status-meeting"][2] == 0


def test_the_pace() -> None:
    rules = in_force("per-account")
    tier = rules.tier("A")
    assert tier
    due = []
    for day in (dt.date(2026, 4, 1), dt.date(2026, 4, 2), dt.date(2026, 12, 31)):
        found = cells(account("A"), tier, rules, window_of(rules, 1, day), day, ROLES)
        due.append(next(cell.due for cell in found if cell.requirement == "status-meeting"))
    assert due == [0, 1, 4]


def test_numbers_of_a_person() -> None:
    targets = {"contact": made(Target, min=6), "lunch": made(Target, min=0, max=0)}
    people = (made(Contact, id="anna", name="Anna Lind", work="ongoing", targets=targets),)
    plan = account("A", meeting("2026-01-14", "lunch"), contacts=people)
    found = table("per-person", plan)
    assert found["contact"] == (0, 0, 6, None, "behind")
    assert found["lunch"] == (1, 0, 0, 0, "over")
    assert "kam-meetings" not in found
