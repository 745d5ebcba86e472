"""Encounters: which of us met which of them (001: a key customer is worked on many surfaces)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kamgen.cadence import NOTE_NEEDED, ours, with_customer
from kamgen.day import months_before
from kamgen.figures.relationships import THREAD
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.ruleset import Ruleset


class Encounter(Frozen):
    """How often one of us and one of them met, and when last."""

    times: int
    last: dt.date


def encounters(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Mapping[tuple[str, str], Encounter]:
    """(one of us, one of them), by id -> what was held in the last twelve months. A call or mail without a note is none (004).

    A meeting of two of us with three of them is six encounters of one time each.
    """
    since = months_before(as_of, THREAD)
    found: dict[tuple[str, str], Encounter] = {}
    for activity in plan.activities:
        counts = activity.status == "held" and since < activity.date <= as_of and with_customer(activity, ruleset)
        if counts and (activity.type != NOTE_NEEDED or activity.note):
            for pair in {(us, them) for us in ours(activity) for them in activity.contacts}:
                before = found.get(pair)
                found[pair] = Encounter(before.times + 1, max(before.last, activity.date)) if before else Encounter(1, activity.date)
    return found
