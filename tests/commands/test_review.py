"""`kamgen review`: the plan was reviewed."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.conftest import Kamgen
from tests.commands.editing import Play

LINES = (
    'review havnens --outcome "Plan confirmed" --with vera --with jens --learned "They close in July" --changes "Goal g1"',
    'review havnens --outcome "Plan confirmed" --date monday --by vera --dry-run',
    'review havnens --outcome "Plan confirmed" --date friday',
    'review havnens --outcome "Plan confirmed" --date 2026-05-20',
    'review havnens --outcome "Plan confirmed" --by nobody',
    "review havnens",
    'review havnens --outcome ""',
    'review havnens --outcome Confirmed --learned " " --changes ""',
    'review gamle --outcome "Over"',
)


def test_a_day_has_one_review(play: Play, kamgen: Kamgen):
    assert kamgen("review", "byens", "--outcome", "Confirmed").code == 0
    again = kamgen("review", "byens", "--outcome", "Once more")
    assert (again.code, again.err) == (2, "kamgen: Byens Bageri: the plan was reviewed on 2026-05-06 already; change it in the file\n")


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-review.txt", play(*LINES))
