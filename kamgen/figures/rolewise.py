"""Rolewise: the functions and buying roles that a tier asks for, one by one: who has them, how well we know them, when we met (000, 003)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from kamgen.cadence import Window, last_met, present
from kamgen.figures.coverage import Rate
from kamgen.figures.relationships import is_weak, required_roles
from kamgen.frozen import Frozen
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.ruleset import Ruleset, Tier

STATES: Final = ("nobody", "unmet", "weak", "good")
"""How a required role stands, the worst first."""


class Role(Frozen):
    """A required role at an account. `sort` is `function` or `buying_role`.

    `state` is judged by the whole plan: `nobody` has the role, nobody of those who have it was met in the window, they are known less
    well than wanted, or it is `good`. `contacts` are those who are shown, the best known first; `last` is when one of them was last met.
    """

    sort: str
    name: str
    state: str
    contacts: tuple[Contact, ...] = ()
    last: dt.date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells roles apart: an influencer is a function and a buying role."""
        return self.sort, self.name


def roles(whole: Plan, shown: Plan, tier: Tier, ruleset: Ruleset, window: Window, as_of: dt.date) -> tuple[Role, ...]:
    """The required roles of an account, those that do not exist there left out, in the order of the rule set."""
    asked = required_roles(whole, tier)
    met, told = last_met(whole, ruleset, as_of), last_met(shown, ruleset, as_of)
    names = (*(("function", name) for name in asked.functions), *(("buying_role", name) for name in asked.buying))
    return tuple(_role(sort, name, _having(whole, sort, name, as_of), _having(shown, sort, name, as_of), met, told, window) for sort, name in names)


def _having(plan: Plan, sort: str, name: str, as_of: dt.date) -> tuple[Contact, ...]:
    found = (contact for contact in present(plan, as_of) if getattr(contact, sort) == name)
    return tuple(sorted(found, key=lambda contact: -1 if contact.relationship is None else contact.relationship, reverse=True))


Days = Mapping[str, dt.date]


def _role(sort: str, name: str, all: tuple[Contact, ...], shown: tuple[Contact, ...], met: Days, told: Days, window: Window) -> Role:
    last = max((told[contact.id] for contact in shown if contact.id in told), default=None)
    return Role(sort, name, _state(all, met, window), shown, last)


def _state(contacts: tuple[Contact, ...], met: Days, window: Window) -> str:
    if not contacts:
        return "nobody"
    seen = [contact for contact in contacts if met.get(contact.id) in window]
    if not seen:
        return "unmet"
    return "weak" if all(is_weak(contact) for contact in seen) else "good"


def met_of(found: Iterable[Role]) -> Rate:
    """Required roles with somebody who was met in the window, of all required: the relationship coverage."""
    states = [role.state for role in found]
    return Rate(sum(1 for state in states if state in {"weak", "good"}), len(states))
