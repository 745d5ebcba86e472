"""Which of us met which of them, by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kamgen.figures.encounters import Encounter, encounters
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.ruleset import ActivityType, Ruleset

AS_OF = dt.date(2026, 5, 6)
RULESET = Ruleset(activity_types={"lunch": ActivityType(), "contact": ActivityType(), "internal-meeting": ActivityType(customer=False)})


def held(day: dt.date, **given: Any) -> Activity:
    return Activity(date=day, **{"type": "lunch", "status": "held", "contacts": ("anna",), "by": "kari", **given})


def met(*activities: Activity) -> dict[tuple[str, str], Encounter]:
    return dict(encounters(Plan(account="Acme", tier="A", owner="kari", activities=activities), RULESET, AS_OF))


def test_everybody_of_us_met_everybody_of_them() -> None:
    found = met(held(dt.date(2026, 3, 1), contacts=("anna", "bo"), colleagues=("vera", "kari")))
    assert found == {(us, them): Encounter(1, dt.date(2026, 3, 1)) for us in ("kari", "vera") for them in ("anna", "bo")}


def test_times_are_added_and_the_last_day_stands() -> None:
    assert met(held(dt.date(2026, 4, 2)), held(dt.date(2026, 3, 1))) == {("kari", "anna"): Encounter(2, dt.date(2026, 4, 2))}


def test_twelve_months_count_and_nothing_ahead() -> None:
    inside, outside, ahead = dt.date(2025, 5, 7), dt.date(2025, 5, 6), dt.date(2026, 5, 7)
    assert met(held(inside), held(outside), held(ahead)) == {("kari", "anna"): Encounter(1, inside)}


def test_what_was_no_meeting_with_the_customer_is_none() -> None:
    day = dt.date(2026, 3, 1)
    assert met(held(day, status="planned"), held(day, type="internal-meeting"), held(day, forum="internal"), held(day, type="contact")) == {}
    assert met(held(day, type="contact", note="She wants fewer deliveries.")) == {("kari", "anna"): Encounter(1, day)}
