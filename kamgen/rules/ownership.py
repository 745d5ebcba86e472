"""Family 6, whose work it is: an owner who has left, and one who has more accounts than hours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from kamgen.account import Account
from kamgen.cadence import Window
from kamgen.diagnostic import Finding, Message
from kamgen.figures.load import Load, Work, loads
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Person, Portfolio
from kamgen.rule import Yield, rule
from kamgen.ruleset import Ruleset

NAMED: Final = 3
"""How many accounts a sentence names."""


@rule("KAM611")
def overloaded(accounts: Sequence[Account], portfolio: Portfolio, ruleset: Ruleset, window: Window) -> Yield:
    """The accounts of a key account manager ask for more hours than there are.

    Why: a limited number of key accounts, so that each of them gets what its tier promises (002). Hours are the required activities of the
    window times the hours of their type; nobody is judged whose `capacity` is not written.

    Help: hand an account to somebody with hours to spare, lower the tier of one, or raise `capacity:`.
    """
    found = loads(portfolio.people, accounts, ruleset)
    for index, load in enumerate(found):
        if load.excess and load.person.active:
            tiers = tuple(f"{tier} {_hours(hours)}" for tier, _, hours in load.by_tier())
            largest = tuple(f"{work.name} {_hours(work.hours)}" for work in load.works[:NAMED])
            about = {
                "person": load.person.name,
                "year": window.start.year if window.start.year == window.end.year else Message("the-fiscal-year", {"year": window.end.year}),
            }
            numbers = {"hours": _hours(load.hours), "capacity": _hours(load.capacity), "excess": _hours(load.excess), "n": len(load.works)}
            yield Finding(("people", index), {**about, **numbers, "tiers": tiers, "largest": largest, "way": _way(load, found)})


@rule("KAM612")
def owner_inactive(plan: Plan, portfolio: Portfolio) -> Yield:
    """The account belongs to somebody who has left.

    Why: an account that nobody owns is an account nobody works (002: one person is answerable for the customer).

    Help: write the id of the one who takes over as `owner:`; the deputy is the first to ask.
    """
    owner = portfolio.person(plan.owner)
    if owner and not owner.active:
        kind, person = next(_heirs(plan, owner, portfolio), ("nobody", None))
        other = next((found.id for found in portfolio.people if found.role == owner.role and found.active), "...")
        about = {"owner": owner.name, "heir": person.name if person else None, "heir_id": person.id if person else other}
        yield Finding(("owner",), {**about, "takeover": Message(f"takeover.{kind}", about)})


def _heirs(plan: Plan, owner: Person, portfolio: Portfolio) -> Iterator[tuple[str, Person]]:
    """Who could take over, and as what: the deputy, the team, the owner's manager; those who are there."""
    asked = [("deputy", plan.deputy), *(("team", member.person) for member in plan.team), ("manager", owner.manager)]
    found = ((kind, portfolio.person(person)) for kind, person in asked)
    return ((kind, person) for kind, person in found if person and person.active and person.id != owner.id)


def acting(plan: Plan, portfolio: Portfolio) -> str:
    """The id of the one who acts for the account: its owner, or who could take over where the owner has left."""
    owner = portfolio.person(plan.owner)
    if owner is None or owner.active:
        return plan.owner
    return next((person.id for _, person in _heirs(plan, owner, portfolio)), "...")


def _way(load: Load, others: Sequence[Load]) -> Message:
    """What would mend it: the smallest account that takes the excess away and fits into somebody's free hours, else more hours."""
    other = max(others, key=lambda other: other.free if other.person.active else Decimal(-1))
    free, excess = other.free, load.excess
    fitting = [work for work in load.works if work.hours <= free] if other.person.id != load.person.id else []
    if not fitting:
        return Message("overloaded.nobody", {"hours": math.ceil(load.hours)})
    work: Work = next((work for work in reversed(fitting) if work.hours >= excess), fitting[0])
    about = {"move": work.name, "hours": _hours(work.hours), "to": other.person.name, "id": other.person.id, "free": _hours(free)}
    return Message("overloaded.move", about)


def _hours(hours: Decimal | None) -> str:
    """Hours as people write them: one decimal, and none where it is 0."""
    return f"{float(hours or 0):.1f}".removesuffix(".0")
