"""Contacts: a new person, other facts of one, one who has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from kamgen import alphabet
from kamgen.cadence import when
from kamgen.diagnostic import Message
from kamgen.edit import Insert, Set
from kamgen.intent import Intended, refuse
from kamgen.intent.diary import Diary
from kamgen.intent.mention import renamed
from kamgen.intent.skeleton import id_of
from kamgen.model.people import Contact
from kamgen.model.plan import Plan

SHOWN: Final = 5
"""How many planned activities are named that need somebody else."""


def added(plan: Plan, facts: Mapping[str, Any]) -> Intended:
    """One more person. An id is written where the name alone makes none, or another's. Refused for one who is or was there, without another id."""
    name = facts["name"]
    taken = {contact.id for contact in plan.contacts}
    given = facts.get("id")
    if given in taken and given:
        raise refuse("refuse.contact-id", id=given)
    there = next((contact for contact in plan.contacts if _plain(contact.name) == _plain(name)), None)
    if there and not given:
        told = {"name": there.name, "contact": there.id, "id": plan.id, "date": there.left}
        raise refuse("refuse.contact-was-there" if there.left else "refuse.contact-there", **told)
    made = alphabet.slug(name)
    own = {} if given or (made and made not in taken) else {"id": _new_id(name, taken)}
    return Intended((Insert(("contacts",), {**own, **facts}),), (Message("did.contact-added", {"name": name}),))


def _plain(name: str) -> str:
    """A name that people would take for the same."""
    return id_of(name) or " ".join(name.casefold().split())


def changed(plan: Plan, tree: Mapping[str, Any], index: int, facts: Mapping[str, Any]) -> Intended:
    """Other facts of a person. A new name keeps the id, and what mentions the person does so by the new id or name. Refused where nothing is said.

    `tree` is the front matter as it is written.
    """
    contact = plan.contacts[index]
    if not facts:
        raise refuse("refuse.nothing-said", name=contact.name)
    kept = {"id": contact.id} if facts.get("name", contact.name) != contact.name else {}
    changes = tuple(Set(("contacts", index, name), value) for name, value in {**kept, **facts}.items())
    rest = renamed(plan, tree, index, facts)
    words = {"name": contact.name, "fields": tuple(name.replace("_", " ") for name in facts), "n": sum(isinstance(one, Set) for one in rest)}
    return Intended((*changes, *rest), (Message("did.contact-changed.mentioned" if rest else "did.contact-changed", words),))


def left(diary: Diary, index: int, day: dt.date) -> Intended:
    """A person has left, or will; what is planned with them from then on is named, for somebody else has to be found."""
    contact = diary.plan.contacts[index]
    if contact.left == day:
        raise refuse("refuse.contact-left", name=contact.name, date=day)
    with_them = (one for one in diary.plan.activities if one.status == "planned" and contact.id in one.contacts and one.date >= day)
    ahead = [Message("did.activity", diary.about(one)) for one in sorted(with_them, key=when)]
    rest = [Message("pick.more", {"n": len(ahead) - SHOWN})] if len(ahead) > SHOWN else []
    told = Message("did.contact-leaves" if day > diary.today else "did.contact-left", {"name": contact.name, "date": day})
    more = (Message("did.contact-left-planned", {"n": len(ahead), "planned": (*ahead[:SHOWN], *rest)}),) if ahead else ()
    return Intended((Set(("contacts", index, "left"), day),), (told, *more))


def number_of(plan: Plan, contact: str) -> int:
    """Where the contact of an id stands in the list."""
    return next(number for number, one in enumerate(plan.contacts) if one.id == contact)


def _new_id(name: str, taken: set[str]) -> str:
    """`jorgen-nystrom` for Jörgen Nyström, also out of other scripts; `person` for a name without a letter; a number where it is taken."""
    return alphabet.proposed_id(name, taken) or alphabet.proposed_id("person", taken)


FIELDS = tuple(name for name in Contact.__struct_fields__ if name not in {"custom", "targets", "left"})
"""What a command can say of a person."""
