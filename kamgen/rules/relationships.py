"""Family 5, relationships: who is missing, whom we know too little, and where everything hangs by one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import count, zip_longest
from typing import Final

from kamgen.cadence import Cell, ahead, next_activity, present
from kamgen.diagnostic import Finding, Message
from kamgen.figures.completeness import is_new
from kamgen.figures.relationships import Roles, is_weak, missing_roles, threads
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.proposal import Proposer
from kamgen.rule import Yield, rule
from kamgen.ruleset import Ruleset, Tier
from kamgen.suggested import planned_with

DECIDES: Final = "decision-maker"


@rule("KAM503", unless=("no-contact",))
def missing_role(plan: Plan, tier: Tier, as_of: dt.date, *, days: int = 90) -> Yield:
    """Nobody is known in a function or a buying role that the tier asks for.

    Why: a customer is worked through its people, function by function (000), and a plan knows who decides (003). Roles that do not exist
    at this customer are written as `absent_roles`. A new customer has `days` to be known.

    Help: find the person and add the contact; or write the role under the contact who has it; or write under `absent_roles:` that there is none.
    """
    if is_new(plan, as_of, days) or "absent_roles" in plan.unread:
        return
    missing = missing_roles(plan, tier, as_of)
    if missing:
        named = [*_named(missing.functions, "function"), *_named(missing.buying, "buying_role")]
        key, role = ("function", missing.functions[0]) if missing.functions else ("buying_role", missing.buying[0])
        people = [Message("missing-role.person", {"person": person}) for person in _people(plan, missing, as_of)]
        absent = Message("missing-role.absent" if plan.absent_roles else "missing-role.absent.first", {"item": _item({key: role, "reason": "..."})})
        yield Finding(("contacts",), {"missing": named, "people": people, "n": len(people), "key": key, "role": role, "absent": absent})


@rule("KAM513", variants=("decides",), unless=("cadence-behind",), gate=True)
def weak_contact_idle(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date) -> Yield:
    """We know somebody less well than we want, and nothing is planned with the person.

    Why: with which contacts have we no good contact (000); how do we develop our relations with the key people (001)? A relationship grows
    only by being worked. Where nothing at all is planned with the customer, or the cadence already asks for the person at least as
    gravely, that is told instead.

    Help: plan something with the person; or write under the contact, as `wanted:`, the level that is enough.
    """
    weak = [(index, contact) for index, contact in enumerate(plan.contacts) if is_weak(contact)]
    if not weak or next_activity(plan, ruleset, as_of) is None:
        return
    busy = {contact for activity in ahead(plan, ruleset, as_of) for contact in activity.contacts}
    proposer = Proposer(plan, portfolio, ruleset, tier, cells, as_of)
    idle = {contact.id for contact in present(plan, as_of)} - busy
    for index, contact in weak:
        if contact.id in idle:
            values = {
                "contact": contact.name,
                "relationship": contact.relationship,
                "wanted": contact.wanted,
                "paste": planned_with(proposer, contact),
            }
            known, variant = ("contacts", index, "relationship"), "decides" if contact.buying_role == DECIDES else ""
            yield Finding(known, values, variant=variant, contact=contact.id, covers=(("contacts", index),))


@rule("KAM514", unless=("no-contact",), gate=True)
def single_threaded(
    plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], as_of: dt.date, *, days: int = 90
) -> Yield:
    """Only one person of the customer was met in the last twelve months.

    Why: a key customer is worked on many surfaces (001); when the one person leaves, nobody there knows us. Where nobody was met, the rules
    of cadence speak. A new customer has `days`.

    Help: plan something with a second person.
    """
    met = threads(plan, ruleset, as_of)
    if len(met) != 1 or is_new(plan, as_of, days):
        return
    (person, day), *_ = met.items()
    names = {contact.id: contact for contact in present(plan, as_of)}
    proposer = Proposer(plan, portfolio, ruleset, tier, cells, as_of)
    others = [contact for contact in names.values() if contact.id != person]
    if found := _next_with(plan, ruleset, others, as_of):
        advice = Message("single-threaded.hold", found)
    elif others:
        advice = Message("single-threaded.plan", {"contact": others[0].name, "paste": planned_with(proposer, others[0])})
    else:
        advice = Message("single-threaded.add", {"contact": names[person].name, "as_of": as_of})
    yield Finding(("contacts",), {"contact": names[person].name, "date": day, "advice": advice})


def _next_with(plan: Plan, ruleset: Ruleset, people: Sequence[Contact], as_of: dt.date) -> dict[str, object]:
    """Who of these people is met next, and when; empty where nothing is planned with them."""
    names = {contact.id: contact.name for contact in people}
    coming = [(activity.date, names[person]) for activity in ahead(plan, ruleset, as_of) for person in activity.contacts if person in names]
    day, name = min(coming, key=lambda one: one[0], default=(None, ""))
    return {"contact": name, "next": day} if day else {}


def _named(missing: Sequence[str], key: str) -> Iterator[Message]:
    if missing:
        yield Message(f"missing-role.{key}", {"n": len(missing), "names": [Message(f"label.contacts.{key}.{name}") for name in missing]})


def _people(plan: Plan, missing: Roles, as_of: dt.date) -> Iterator[str]:
    """Contacts to paste, as many as the missing functions or buying roles need; who is new is not asked for yet. YAML."""
    taken = {contact.id for contact in plan.contacts}
    free = (again for number in count(1) if f"new-person{(again := f'-{number}' if number > 1 else '')}" not in taken)
    for (function, role), again in zip(zip_longest(missing.functions, missing.buying), free, strict=False):
        keys = {"id": f"new-person{again}", "name": f"New Person{again.replace('-', ' ')}", "title": "..."}
        keys |= {"function": function} if function else {}
        yield _item(keys | ({"buying_role": role} if role else {}) | {"since": f"{as_of}"})


def _item(keys: dict[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"
