"""Relationship coverage, weak contacts and threads, by hand and for any plan."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kamgen.cadence import Window
from kamgen.figures.coverage import Rate
from kamgen.figures.relationships import Roles, missing_roles, relationship_coverage, required_roles, threads, weak_contacts
from kamgen.model.activity import Activity
from kamgen.model.people import BUYING_ROLES, FUNCTIONS, AbsentRole, Contact
from kamgen.model.plan import Plan
from kamgen.ruleset import ActivityType, Ruleset, Tier

AS_OF = dt.date(2026, 5, 6)
YEAR = Window(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
RULESET = Ruleset(activity_types={"lunch": ActivityType(), "contact": ActivityType(), "internal-meeting": ActivityType(customer=False)})
TIER = Tier(functions=("ceo", "procurement"), roles=("decision-maker",))
CEO = Contact(id="ida", name="Ida", function="ceo", buying_role="decision-maker")
BUYER = Contact(id="anna", name="Anna", function="procurement")


def plan(**given: Any) -> Plan:
    return Plan(account="Havnens Købmandshuse", tier="A", owner="kari.nygaard", **given)


def held(day: dt.date, *contacts: str, **given: Any) -> Activity:
    return Activity(date=day, contacts=contacts, **{"type": "lunch", "status": "held", **given})


def coverage(**given: Any) -> Rate:
    return relationship_coverage(plan(**given), TIER, RULESET, YEAR, AS_OF)


def test_the_example_of_the_docstring() -> None:
    found = coverage(contacts=(CEO, BUYER), activities=(held(dt.date(2026, 3, 3), "ida"),))
    assert (found, found.value) == (Rate(2, 3), Fraction(2, 3))


def test_a_role_that_does_not_exist_is_left_out() -> None:
    absent = (AbsentRole(function="procurement"), AbsentRole(buying_role="decision-maker"))
    assert coverage(contacts=(CEO,), absent_roles=absent, activities=(held(AS_OF, "ida"),)) == Rate(1, 1)
    assert required_roles(plan(absent_roles=absent), TIER) == Roles(("ceo",), ())


def test_nothing_asked_for_makes_no_figure() -> None:
    assert relationship_coverage(plan(), Tier(), RULESET, YEAR, AS_OF).value is None


@pytest.mark.parametrize(
    ("activity", "part"),
    [
        (held(YEAR.start, "ida"), 2),
        (held(YEAR.start - dt.timedelta(days=1), "ida"), 0),
        (held(AS_OF, "ida"), 2),
        (held(AS_OF + dt.timedelta(days=1), "ida"), 0),
        (held(AS_OF, "ida", status="planned"), 0),
        (held(AS_OF, "ida", type="internal-meeting"), 0),
        (held(AS_OF, "ida", type="contact"), 0),
        (held(AS_OF, "ida", type="contact", note="Wants Tuesdays"), 2),
        (held(AS_OF, "anna"), 1),
        (held(AS_OF, "ida", "anna"), 3),
        (held(AS_OF), 0),
    ],
)
def test_who_was_met_in_the_window_counts(activity: Activity, part: int) -> None:
    assert coverage(contacts=(CEO, BUYER), activities=(activity,)) == Rate(part, 3)


def test_who_has_left_is_nobody() -> None:
    gone = Contact(id="ida", name="Ida", function="ceo", buying_role="decision-maker", left=AS_OF)
    given = {"contacts": (gone, BUYER), "activities": (held(dt.date(2026, 3, 3), "ida", "anna"),)}
    assert coverage(**given) == Rate(1, 3)
    assert missing_roles(plan(**given), TIER, AS_OF) == Roles(("ceo",), ("decision-maker",))
    assert list(threads(plan(**given), RULESET, AS_OF)) == ["anna"]


def test_weak_contacts_are_known_less_well_than_wanted() -> None:
    people = [
        Contact(id=f"c{index}", name="C", relationship=now, wanted=want) for index, (now, want) in enumerate([(1, 2), (2, 2), (None, 2), (0, None)])
    ]
    left = Contact(id="gone", name="Gone", relationship=0, wanted=5, left=AS_OF)
    assert [contact.id for contact in weak_contacts(plan(contacts=(*people, left)), AS_OF)] == ["c0"]


@pytest.mark.parametrize(("day", "expected"), [(dt.date(2025, 5, 6), 0), (dt.date(2025, 5, 7), 1), (AS_OF, 1)])
def test_a_thread_holds_for_twelve_months(day: dt.date, expected: int) -> None:
    found = threads(plan(contacts=(CEO, BUYER), activities=(held(day, "ida"),)), RULESET, AS_OF)
    assert dict(found) == ({"ida": day} if expected else {})


people = some.lists(
    some.builds(
        Contact, id=some.sampled_from("abcd"), name=some.just("C"), function=some.sampled_from(FUNCTIONS), buying_role=some.sampled_from(BUYING_ROLES)
    ),
    max_size=4,
    unique_by=lambda contact: contact.id,
)
meetings = some.lists(some.builds(held, some.dates(dt.date(2025, 12, 1), dt.date(2026, 6, 1)), some.sampled_from("abcd")), max_size=5)
tiers = some.builds(
    Tier,
    functions=some.lists(some.sampled_from(FUNCTIONS), unique=True).map(tuple),
    roles=some.lists(some.sampled_from(BUYING_ROLES), unique=True).map(tuple),
)


@given(people, meetings, some.builds(held, some.just(AS_OF), some.sampled_from("abcd")), tiers)
def test_bounds_and_one_more_meeting_never_lowers_anything(contacts: list[Contact], met: list[Activity], more: Activity, tier: Tier) -> None:
    before, after = (plan(contacts=tuple(contacts), activities=tuple(told)) for told in (met, [*met, more]))
    low, high = (relationship_coverage(told, tier, RULESET, YEAR, AS_OF) for told in (before, after))
    assert 0 <= low.part <= high.part <= high.whole == low.whole == len(tier.functions) + len(tier.roles)
    assert high.part <= high.whole - len(missing_roles(after, tier, AS_OF))
    assert set(threads(before, RULESET, AS_OF)) <= set(threads(after, RULESET, AS_OF)) <= {contact.id for contact in contacts}
