"""Relationships: whom we must know and have met, whom we know too little, by how many threads we hang."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from kamgen.cadence import Window, last_met, present
from kamgen.day import months_before
from kamgen.figures.coverage import Rate
from kamgen.frozen import Frozen
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.ruleset import Ruleset, Tier

THREAD: Final = 12
"""How many months a meeting holds as a thread."""


class Roles(Frozen):
    """Functions and buying roles, each in the order of the rule set."""

    functions: tuple[str, ...]
    buying: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.functions) + len(self.buying)

    def without(self, contacts: tuple[Contact, ...]) -> Roles:
        """Those that none of the contacts has."""
        functions = {contact.function for contact in contacts}
        buying = {contact.buying_role for contact in contacts}
        return Roles(
            tuple(function for function in self.functions if function not in functions), tuple(role for role in self.buying if role not in buying)
        )


def required_roles(plan: Plan, tier: Tier) -> Roles:
    """The functions (000) and buying roles (003) that the tier asks for, without those that do not exist at this customer."""
    functions = {absent.function for absent in plan.absent_roles}
    buying = {absent.buying_role for absent in plan.absent_roles}
    return Roles(
        tuple(function for function in tier.functions if function not in functions), tuple(role for role in tier.roles if role not in buying)
    )


def missing_roles(plan: Plan, tier: Tier, as_of: dt.date) -> Roles:
    """The required functions and buying roles that nobody has who is still there."""
    return required_roles(plan, tier).without(present(plan, as_of))


def relationship_coverage(plan: Plan, tier: Tier, ruleset: Ruleset, window: Window, as_of: dt.date) -> Rate:
    """Required functions and buying roles with a present contact who was met in the window, of all required; none required, no figure.

    Asked for are a CEO, procurement and a decision-maker; the CEO, who decides, was met in March and procurement was not: 2 of 3.
    One person may stand for several. A call or mail without a note is no meeting (004).
    """
    asked = required_roles(plan, tier)
    if not asked:
        return Rate(0, 0)
    met = last_met(plan, ruleset, as_of)
    seen = tuple(contact for contact in present(plan, as_of) if contact.id in met and met[contact.id] in window)
    return Rate(len(asked) - len(asked.without(seen)), len(asked))


def weak_contacts(plan: Plan, as_of: dt.date) -> tuple[Contact, ...]:
    """The present contacts whom we know less well than we want (000: with whom have we no good contact?).

    One known at 2 of the 4 that we want is weak; one at 3 of 3 is not, nor is one who has left.
    """
    return tuple(contact for contact in present(plan, as_of) if is_weak(contact))


def is_weak(contact: Contact) -> bool:
    """Whether we know somebody less well than we want; not where one of the two levels is not given."""
    return contact.relationship is not None and contact.wanted is not None and contact.relationship < contact.wanted


def threads(plan: Plan, ruleset: Ruleset, as_of: dt.date) -> Mapping[str, dt.date]:
    """The present contacts who were met in the last twelve months, by id, with the day of the last time.

    One is a single thread (001: a key customer is worked on many surfaces): when the person leaves, nobody knows us.
    A meeting on 2025-05-06 still counts on 2026-05-05, and no more on 2026-05-06.
    """
    since = months_before(as_of, THREAD)
    here = {contact.id for contact in present(plan, as_of)}
    return {contact: day for contact, day in last_met(plan, ruleset, as_of).items() if contact in here and day > since}
