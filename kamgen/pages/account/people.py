"""People: the customer's, ours, and how they hang together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kamgen.figures.encounters import Encounter, encounters
from kamgen.model.activity import Activity
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from kamgen.pages.account.blocks import Card, Cards, Chart, Line, Node, Part, Section, Table, grid, part, say_in, section, stack, table
from kamgen.pages.account.pieces import dated, definitions, joined
from kamgen.pages.account.values import Words, label, level, rows, titles, told
from kamgen.pages.account.values import cells as cells_of
from kamgen.ruleset import Ruleset

COLUMNS = ("title", "function", "buying_role")
IN_TABLE = frozenset({"name", *COLUMNS, "relationship", "wanted", "our_contact"})
BELOW_NAME = frozenset({"id", "work", "reports_to", "since", "left"})
"""What stands below the name in the table; the rest has a card for each person."""
IN_CARDS = frozenset(key.attribute for key in keys(Contact)) - IN_TABLE - BELOW_NAME

DEEPEST: Final = 20
"""How many levels of an organisation chart are drawn; a longer chain is a slip, and would end in the depth of the template."""


def people(plan: Plan, words: Words, ruleset: Ruleset, as_of: dt.date) -> Section | None:
    """The contacts, each person, the organisation chart, who of us meets whom, the roles that nobody has, our team."""
    return section(
        "people",
        words,
        part("contacts", words, _contacts(plan, words, as_of)),
        part("persons", words, _persons(plan.contacts, words)),
        _chart(plan.contacts, words, as_of),
        part("encounters", words, _encounters(plan, words, ruleset, as_of)),
        part("absent_roles", words, table(plan.absent_roles, "absent_roles", words, ("function", "buying_role", "reason"))),
        part("team", words, table(plan.team, "team", words, ("person", "role", "mandate"))),
    )


def last_met(activities: Sequence[Activity], as_of: dt.date) -> Mapping[str, dt.date]:
    """When each person was met last: the latest held activity, dated as-of or earlier, that names the person."""
    met: dict[str, dt.date] = {}
    for activity in activities:
        if activity.status == "held" and activity.date <= as_of:
            for contact in activity.contacts:
                met[contact] = max(met.get(contact, activity.date), activity.date)
    return met


def _contacts(plan: Plan, words: Words, as_of: dt.date) -> Table | None:
    met = last_met(plan.activities, as_of)
    head = [
        told("account.who", words.language),
        *titles(Contact, "contacts", COLUMNS, words),
        told("account.relationship", words.language),
        label("contacts.our_contact", words.language),
        told("account.last-met", words.language),
    ]
    return stack(head, [_line(contact, met.get(contact.id), words, as_of) for contact in plan.contacts])


def _line(contact: Contact, met: dt.date | None, words: Words, as_of: dt.date) -> Line:
    cells = [
        contact.name + _gone(contact, words, as_of),
        *cells_of(contact, "contacts", COLUMNS, words),
        _relationship(contact, words),
        words.name("person", contact.our_contact),
        dated(met) if met else told("account.last-met.none", words.language),
    ]
    below = rows(contact, "contacts", words, IN_TABLE | IN_CARDS, own=False)
    return Line(cells, below, mark="gone" if has_left(contact, as_of) else "")


def has_left(contact: Contact, as_of: dt.date) -> bool:
    """Whether the person is no longer there."""
    return contact.left is not None and contact.left <= as_of


def _gone(contact: Contact, words: Words, as_of: dt.date) -> str:
    return f" ({say_in(words, 'account.has-left', date=contact.left)})" if has_left(contact, as_of) else ""


def _relationship(contact: Contact, words: Words) -> str:
    if contact.relationship is None and contact.wanted is None:
        return ""
    return f"{level(contact.relationship, words)} → {level(contact.wanted, words)}"


def _persons(contacts: Sequence[Contact], words: Words) -> Cards | None:
    told_of = [(contact, rows(contact, "contacts", words, IN_TABLE | BELOW_NAME)) for contact in contacts]
    made = [Card(f"person-{contact.id}", contact.name, "", definitions(found)) for contact, found in told_of if found]
    return Cards(made) if made else None


def _encounters(plan: Plan, words: Words, ruleset: Ruleset, as_of: dt.date) -> Table | None:
    """Their people by ours: how often in the last twelve months, and when last (001). Only those of us who met somebody or should."""
    met = encounters(plan, ruleset, as_of)
    here = [contact for contact in plan.contacts if not has_left(contact, as_of)]
    leading = [person for person in (plan.owner, plan.deputy, plan.executive_sponsor, *[one.person for one in plan.team]) if person]
    known = {us for us, _ in met} | {contact.our_contact for contact in here if contact.our_contact}
    ours = [person for person in dict.fromkeys([*leading, *sorted(known)]) if person in known]
    if not here or not ours:
        return None
    head = [told("account.who", words.language), *[words.name("person", person) for person in ours]]
    lines = [Line([contact.name, *[_met(met.get((us, contact.id)), contact.our_contact == us, words) for us in ours]]) for contact in here]
    return grid(head, lines, told("account.encounters.note", words.language))


def _met(found: Encounter | None, nearest: bool, words: Words) -> str:
    times = [str(found.times), dated(found.last)] if found else [told("account.encounters.none", words.language)]
    return joined([*times, told("account.encounters.ours", words.language)] if nearest else times, " · ")


def _chart(contacts: Sequence[Contact], words: Words, as_of: dt.date) -> Part | None:
    if not any(contact.reports_to for contact in contacts):
        return None
    return part("chart", words, Chart(organisation(contacts, lambda contact: _drawn(contact, words, as_of))))


def _drawn(contact: Contact, words: Words, as_of: dt.date) -> Node:
    (role,) = cells_of(contact, "contacts", ("buying_role",), words)
    known = level(contact.relationship, words) if contact.relationship is not None else ""
    about = " · ".join([word for word in (role, known) if word])
    above = say_in(words, "account.chart.above", name=words.name("contact", contact.reports_to)) if contact.reports_to else ""
    title = f"{contact.title or ''}{_gone(contact, words, as_of)}".strip()
    return Node(contact.name, title, (), about, above, "gone" if has_left(contact, as_of) else "")


def _plain(contact: Contact) -> Node:
    return Node(contact.name, contact.title or "", ())


def organisation(contacts: Sequence[Contact], draw: Callable[[Contact], Node] = _plain) -> list[Node]:
    """The organisation chart: everybody once, below the manager; who reports to nobody here, in a circle, or too deep stands on top.

    Only those on top who report to somebody say so.
    """
    below: dict[str, list[Contact]] = defaultdict(list)
    known = {contact.id for contact in contacts}
    for contact in contacts:
        below[contact.reports_to if contact.reports_to in known else ""].append(contact)
    seen: set[str] = set()
    top = [_node(contact, below, seen, 1, draw) for contact in below.pop("", [])]
    return top + [_node(contact, below, seen, 1, draw) for contact in contacts if contact.id not in seen]


def _node(contact: Contact, below: Mapping[str, Sequence[Contact]], seen: set[str], depth: int, draw: Callable[[Contact], Node]) -> Node:
    seen.add(contact.id)
    nearer = below.get(contact.id, ()) if depth < DEEPEST else ()
    reports = [_node(other, below, seen, depth + 1, draw) for other in nearer if other.id not in seen]
    drawn = draw(contact)
    return drawn._replace(below=reports, above=drawn.above if depth == 1 else "")
