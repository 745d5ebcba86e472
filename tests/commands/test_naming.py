"""Places of a plan in the words of sales."""

from __future__ import annotations

import pytest

from kamgen.commands.naming import in_words
from kamgen.diagnostic import Message
from kamgen.ruleset import ActivityType, Ruleset

BEFORE = {
    "activities": [{"date": "2026-05-06", "type": "lunch"}, {"subject": "x"}, {"type": "contact"}],
    "goals": [{"text": "Revenue"}],
    "notes": ["plain"],
}
AFTER = {**BEFORE, "contacts": [{"name": "Anna Lind"}, {"title": "Buyer"}], "future_projects": [{}]}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("potential", "potential"),
        ("company.city", "company.city"),
        ("activities[1].next_step", "lunch 2026-05-06, next step"),
        ("activities[1].contacts[2]", "lunch 2026-05-06, contacts"),
        ("activities[1]", "lunch 2026-05-06"),
        ("activities[3].date", "Call or mail, date"),
        ("activities[2].date", "activities, date"),
        ("activities[9].date", "activities, date"),
        ("contacts[1].relationship", "Anna Lind, relationship"),
        ("contacts[2].relationship", "contacts, relationship"),
        ("goals[1].kpis[2].text", "goals Revenue, kpis, text"),
        ("future_projects[1].text", "future projects, text"),
        ("notes[1]", "notes"),
    ],
)
def test_a_place_has_no_number(place: str, words: str):
    ruleset = Ruleset(activity_types={"lunch": ActivityType(), "contact": ActivityType(label="Call or mail")})
    message = in_words(Message("edit.nowhere", {"field": place, "text": "activities[1].date"}), (BEFORE, AFTER), ruleset)
    assert message.values == {"field": words, "text": "activities[1].date"}
