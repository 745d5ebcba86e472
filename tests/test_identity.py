"""What makes an activity itself: nothing that becomes of one gives it, or another, another's place."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kamgen import identity
from kamgen.frozen import with_values
from kamgen.identity import id_that_keeps, identities
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan

DAY = dt.date(2026, 6, 9)
TYPES = ("contact", "visit")


def plan_of(*activities: Activity) -> Plan:
    return Plan(account="Acme", tier="A", owner="kari", activities=activities)


def activity(type: str = "contact", id: str | None = None) -> Activity:
    return Activity(date=DAY, type=type, status="planned", id=id)


def retyped(plan: Plan, index: int, type: str) -> Plan:
    one = plan.activities[index]
    new = with_values(one, type=type, id=one.id or id_that_keeps(plan, index))
    return with_values(plan, activities=(*plan.activities[:index], new, *plan.activities[index + 1 :]))


def test_an_activity_of_another_type_stays_itself_and_so_do_the_others():
    plan = plan_of(activity(), activity(), activity("visit"))
    after = retyped(plan, 0, "visit")
    assert after.activities[0].id == "2026-06-09-contact-no-1"
    assert identities(after, "acme") == identities(plan, "acme")
    assert id_that_keeps(after, 0) is None


def test_no_id_is_made_of_a_type_that_is_none_or_where_it_is_taken():
    assert id_that_keeps(plan_of(activity("A b")), 0) is None
    assert id_that_keeps(plan_of(activity(), activity(id="2026-06-09-contact-no-1")), 0) == "2026-06-09-contact-no-2"


STEP = st.tuples(st.sampled_from(("retype", "add", "name", "move")), st.integers(0, 7), st.sampled_from(TYPES))


@given(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4), st.lists(STEP, max_size=8))
def test_whatever_is_done_each_keeps_its_own(types: list[str], steps: list[tuple[str, int, str]]):
    plan = plan_of(*map(activity, types))
    for what, place, type in steps:
        before, index = identities(plan, "acme"), place % len(plan.activities)
        if what == "retype" and (plan.activities[index].id or "").startswith("x"):
            continue  # an activity with an id of its own counts among those of its day and type: see the module
        if what == "retype":
            plan = retyped(plan, index, type)
        elif what == "move":
            one = plan.activities[index]
            moved = with_values(one, date=one.date + dt.timedelta(days=7), moved_from=(*one.moved_from, one.date))
            plan = with_values(plan, activities=(*plan.activities[:index], moved, *plan.activities[index + 1 :]))
        else:
            plan = with_values(plan, activities=(*plan.activities, activity(type, id=f"x{len(plan.activities)}" if what == "name" else None)))
        after = identities(plan, "acme")
        assert after[: len(before)] == before
        assert len(set(after)) == len(after)


def test_an_id_that_stands_twice_is_two():
    twice = activity(id="2026-06-09-contact-no-1")
    assert len(set(identities(plan_of(twice, twice, activity()), "acme"))) == 3
    assert identity.first_date(twice) == DAY
