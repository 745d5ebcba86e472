"""Involvement: which accounts each of us has something to do in, told once for all of us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kamgen.cadence import ours
from kamgen.figures.outlook import Outlook
from kamgen.model.plan import Plan


def involvement(outlooks: Iterable[Outlook]) -> Mapping[str, tuple[Outlook, ...]]:
    """Person id -> the accounts that the person owns, or is named in by an activity or by something that is to be done; in their order."""
    found: dict[str, list[Outlook]] = {}
    for outlook in outlooks:
        for person in dict.fromkeys(_people(outlook.plan)):
            found.setdefault(person, []).append(outlook)
    return {person: tuple(some) for person, some in found.items()}


def _people(plan: Plan) -> Iterator[str]:
    yield plan.owner
    for activity in plan.activities:
        yield from ours(activity)
    todo = (*(one.owner for one in plan.actions), *(one.owner for one in plan.goals), *(one.owner for one in plan.issues))
    yield from (owner for owner in (*todo, *(one.owner for one in plan.complaints)) if owner)
