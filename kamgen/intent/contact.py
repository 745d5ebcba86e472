"""Contacts: a new person, other facts of one, one who has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kamgen import alphabet
from kamgen.diagnostic import Message
from kamgen.edit import Insert, Set
from kamgen.intent import Intended, refuse
from kamgen.intent.skeleton import id_of
from kamgen.model.people import Contact
from kamgen.model.plan import Plan


def added(plan: Plan, facts: Mapping[str, Any]) -> Intended:
    """One more person. An id is written where the name alone makes none, or another's. Refused for one who is there already."""
    name = facts["name"]
    taken = {contact.id for contact in plan.contacts}
    if any(contact.name == name and contact.left is None for contact in plan.contacts):
        raise refuse("refuse.contact-there", name=name)
    if (given := facts.get("id")) in taken and given:
        raise refuse("refuse.contact-id", id=given)
    made = alphabet.slug(name)
    own = {} if given or (made and made not in taken) else {"id": _new_id(name, taken)}
    told = Message("did.contact-added", {"name": name})
    return Intended((Insert(("contacts",), {**own, **facts}),), (told,))


def changed(plan: Plan, index: int, facts: Mapping[str, Any]) -> Intended:
    """Other facts of a person. A new name keeps the id that others refer to. Refused where nothing is said."""
    contact = plan.contacts[index]
    if not facts:
        raise refuse("refuse.nothing-said", name=contact.name)
    kept = {"id": contact.id} if facts.get("name", contact.name) != contact.name else {}
    changes = tuple(Set(("contacts", index, name), value) for name, value in {**facts, **kept}.items())
    told = Message("did.contact-changed", {"name": contact.name, "fields": tuple(name.replace("_", " ") for name in facts)})
    return Intended(changes, (told,))


def left(plan: Plan, index: int, day: dt.date) -> Intended:
    """A person has left, or will; what is planned with them from then on is named, for somebody else has to be found."""
    contact = plan.contacts[index]
    if contact.left == day:
        raise refuse("refuse.contact-left", name=contact.name, date=day)
    ahead = tuple(
        f"{one.date.isoformat()} {one.type}" for one in plan.activities if one.status == "planned" and contact.id in one.contacts and one.date >= day
    )
    told = Message("did.contact-left", {"name": contact.name, "date": day})
    more = (Message("did.contact-left-planned", {"n": len(ahead), "planned": ahead}),) if ahead else ()
    return Intended((Set(("contacts", index, "left"), day),), (told, *more))


def number_of(plan: Plan, contact: str) -> int:
    """Where the contact of an id stands in the list."""
    return next(number for number, one in enumerate(plan.contacts) if one.id == contact)


def _new_id(name: str, taken: set[str]) -> str:
    """`jorgen-nystrom` for Jörgen Nyström; `contact` for a name without a Latin letter; a number where it is taken."""
    word = id_of(name) or "contact"
    return next(one for one in (word, *(f"{word}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)


FIELDS = tuple(name for name in Contact.__struct_fields__ if name not in {"custom", "targets", "left"})
"""What a command can say of a person."""
