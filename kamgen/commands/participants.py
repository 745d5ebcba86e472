"""Who takes part in an activity, theirs and ours, by words that people say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from kamgen.commands import pick
from kamgen.commands.office import Desk
from kamgen.commands.place import Misuse
from kamgen.message import say
from kamgen.model.people import Contact

Names = Mapping[str, str]
"""What people are called, by id."""
GONE = "gone"


def people_of(words: Iterable[str], desk: Desk, day: dt.date) -> dict[str, list[str]]:
    """Who takes part: theirs who were there on the day under `contacts`, ours under `with`; of the same name, theirs. Raises Misuse."""
    sides = _sides(desk, day)
    found: dict[str, list[str]] = {}
    for word in (part.strip() for said in words for part in said.split(",") if part.strip()):
        side, person = _meant(word, sides)
        if side == GONE:
            raise _left(word, desk, person, sides["contacts"])
        found.setdefault(side, []).append(person)
    return {name: list(dict.fromkeys(people)) for name, people in found.items()}


def _sides(desk: Desk, day: dt.date) -> dict[str, Names]:
    """Theirs who are there on a day, ours, and theirs who have left by then: who comes first is meant where a word fits several."""
    here = {contact.id for contact in desk.plan.contacts if _is_there(contact, day, desk.office.today)}
    return {
        "contacts": {contact.id: contact.name for contact in desk.plan.contacts if contact.id in here},
        "with": {person.id: person.name for person in desk.office.portfolio.people},
        GONE: {contact.id: contact.name for contact in desk.plan.contacts if contact.id not in here},
    }


def _is_there(contact: Contact, day: dt.date, today: dt.date) -> bool:
    """Whether a person can take part on a day: the last one counts where it has come."""
    return contact.left is None or contact.left > day or contact.left == day <= today


def _meant(word: str, sides: Mapping[str, Names]) -> tuple[str, str]:
    """Whose side a person is on, and the id: who has the word whole in a name comes before who has a part of it. Raises Misuse."""
    for whole in (True, False):
        for side, names in sides.items():
            if pick.having(word, names, whole=whole):
                return side, pick.one(word, names, "person" if side == "with" else "contact")
    known = {**sides["contacts"], **sides["with"]}
    raise (
        pick.among("words.unknown", tuple(known.items()), text=pick.quoted(word))
        if known
        else Misuse(say("pick.none.person", text=pick.quoted(word)))
    )


def _left(word: str, desk: Desk, person: str, theirs: Names) -> Misuse:
    """What to say of one of theirs who has left, with what to do."""
    one = next(contact for contact in desk.plan.contacts if contact.id == person)
    told: dict[str, Any] = {"text": pick.quoted(word), "name": one.name, "date": one.left, "id": desk.plan.id, "contact": one.id}
    return pick.among("words.left", tuple(theirs.items()), **told) if theirs else Misuse(say("words.left.all", **told))
