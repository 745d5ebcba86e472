"""A body in two parts: what answers the questions, and the rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from kamgen.placeholder import says_something
from kamgen.questions import QUESTIONS, answered, split

BODY = """\
## Strategy

Free words.

## What do they buy from us?

Fittings.

### Why

<!-- a hint -->
* price

## Who decides what

Nobody knows.

Which contacts do we not know well?
-----------------------------------

The three who plan the routes.

## What do they buy from us?

Lamps.
"""


def test_an_answer_keeps_its_lower_headings_and_ends_at_the_next_one() -> None:
    found = split(BODY)
    assert found.answers["buys"].startswith("Fittings.\n\n### Why\n\n\n* price")
    assert found.answers["weak-contacts"] == "The three who plan the routes."
    assert found.rest == "## Strategy\n\nFree words.\n\n## Who decides what\n\nNobody knows."


def test_what_is_said_twice_stands_together() -> None:
    assert split(BODY).answers["buys"].endswith("Lamps.")


def test_a_question_below_a_question_is_its_own() -> None:
    found = split("## What do they buy from us?\n\nFittings.\n\n### What do they not buy from us?\n\nLamps.")
    assert found.answers == {"buys": "Fittings.", "does-not-buy": "Lamps."}
    assert found.rest == ""


LINES = some.sampled_from([*(f"## {heading}" for heading in QUESTIONS.values()), "### Lower", "# Upper", "words", "", "```", "<!-- no -->"])


@given(some.lists(LINES, max_size=12))
def test_what_is_answered_is_shown_as_an_answer(lines: list[str]) -> None:
    body = "\n".join(lines)
    shown = split(body).answers
    assert answered(body) <= {slug for slug, answer in shown.items() if says_something(answer)}
