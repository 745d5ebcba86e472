"""The one-page brief: what one reads on the way to the customer. It is cut so that it prints on one side of A4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from kamgen.cadence import last_met, next_activity, overdue, present, when, with_customer
from kamgen.figures.coverage import compliance
from kamgen.figures.goals import is_overdue
from kamgen.figures.relationships import is_weak
from kamgen.model.activity import Activity
from kamgen.model.people import Contact
from kamgen.pages.account.ambition import progressed
from kamgen.pages.account.blocks import say_in
from kamgen.pages.account.head import health_of
from kamgen.pages.account.keyfigures import key_figures
from kamgen.pages.account.paper import ROOMS, SIDE, Room, lines
from kamgen.pages.account.pieces import Row
from kamgen.pages.account.questions import DECIDERS, View, now_and_wanted
from kamgen.pages.account.values import Words, cell, label, told
from kamgen.pages.account.work import Occasion, age, occasion
from kamgen.prose import plain_text, prose
from kamgen.written import money, share

WORST_FIRST: Final = ("high", "medium", "low")


class Person(NamedTuple):
    """Somebody at the customer. `meets` is true for those who take part in the next activity."""

    name: str
    title: str
    role: str
    level: str
    met: dt.date | None
    ours: str
    meets: bool
    weak: bool


class Past(NamedTuple):
    """Something held: when, what, what was said, what was to happen next."""

    date: dt.date
    subject: str
    said: str
    then: str


class Item(NamedTuple):
    """A line with something beside it; `late` where it should be done already."""

    text: str
    aside: str
    late: bool = False

    @property
    def beside(self) -> str:
        """What stands beside the line, without its markup."""
        return plain_text(self.aside) if isinstance(self.aside, Markup) else self.aside


def brief(view: View) -> Mapping[str, Any]:
    """What the template lays out: of every list the first few, of every text the beginning, as much as fits on one side."""
    made = (_made(view, room) for room in ROOMS)
    return next((found for found in made if lines(found) <= SIDE), None) or _made(view, ROOMS[-1])


def _made(view: View, room: Room) -> Mapping[str, Any]:
    account, plan, site, words = view[:4]
    coming = next_activity(plan, site.ruleset, site.as_of)
    late = _late(view)
    rate = compliance(account.cells)
    health = health_of(view).value
    return {
        "facts": _facts(view, room),
        "standing": [(told("account.health", words.language), share(health))] * (health is not None)
        + [(told("account.compliance", words.language), share(rate.value))] * (rate.value is not None),
        "called": short(plan.account, room.line),
        "next": _coming(coming, room, words) if coming else None,
        "next_words": _next_words(coming, view),
        "agenda": short(coming.agenda, room.text) if coming else "",
        "late": [(short(occasion(one, words).subject, room.line), age(one, site.as_of, words)) for one in late[: room.few]],
        "late_more": max(len(late) - room.few, 0),
        "people": _people(view, coming, room),
        "people_more": max(len(present(plan, site.as_of)) - room.people, 0),
        "past": _past(view, room),
        "figures": key_figures(plan, site, words),
        "customer": _customer(view, room),
        "goals": _goals(view, room),
        "actions": _actions(view, room),
        "offers": _offers(view, room),
        "agreements": _agreements(view, room),
        "watch": _watch(view, room),
    }


def short(text: str | None, most: int) -> str:
    """A text without its markup, cut after a word; three dots say that there is more."""
    whole = " ".join(plain_text(prose(text)).split()) if text else ""
    if len(whole) <= most:
        return whole
    cut = whole[: most - 1]
    return f"{cut[: cut.rfind(' ')].rstrip(' ,;:') if ' ' in cut[most // 2 :] else cut}…"


def _facts(view: View, room: Room) -> list[Row]:
    """Who the customer is, and who of us answers for it."""
    plan, words = view.plan, view.words
    company = plan.company
    place = ", ".join(word for word in (company.city, company.country) if word) if company else ""
    found = (
        (label("owner", words.language), words.name("person", plan.owner)),
        (label("executive_sponsor", words.language), words.name("person", plan.executive_sponsor)),
        (label("company.industry", words.language), company.industry if company else ""),
        (label("company.city", words.language), place),
        (label("potential", words.language), money(plan.potential, words.currency)),
    )
    return [(title, short(value, room.line)) for title, value in found if value]


def _coming(activity: Activity, room: Room, words: Words) -> Occasion:
    whole = occasion(activity, words)
    return whole._replace(subject=short(whole.subject, room.line), about=short(whole.about, room.text), people=short(whole.people, room.text))


def _next_words(coming: Activity | None, view: View) -> str:
    """Why nothing is shown, where nothing is shown."""
    whole = view.account.plan
    if coming or whole is None:
        return ""
    hidden = next_activity(whole, view.site.ruleset, view.site.as_of) is not None
    return told("account.next.hidden" if hidden else "account.next.closed.brief" if whole.closed else "account.next.none", view.words.language)


def _late(view: View) -> Sequence[Activity]:
    return () if view.account.plan is None or view.account.plan.closed else overdue(view.plan, view.site.as_of)


def _people(view: View, coming: Activity | None, room: Room) -> list[Person]:
    """Those whom we meet next, then who decides, then whom we know too little."""
    plan, site, words = view.plan, view.site, view.words
    met = last_met(plan, site.ruleset, site.as_of)
    invited = coming.contacts if coming else ()
    ranked = sorted(present(plan, site.as_of), key=lambda one: (one.id not in invited, one.buying_role not in DECIDERS, not is_weak(one)))
    return [_person(one, met.get(one.id), one.id in invited, room, words) for one in ranked[: room.people]]


def _person(contact: Contact, met: dt.date | None, meets: bool, room: Room, words: Words) -> Person:
    known = now_and_wanted(contact, words) if contact.relationship is not None or contact.wanted is not None else ""
    return Person(
        short(contact.name, room.line // 2),
        short(contact.title, room.line // 2),
        cell(contact, "contacts", "buying_role", words),
        known,
        met,
        words.name("person", contact.our_contact),
        meets,
        is_weak(contact),
    )


def _past(view: View, room: Room) -> list[Past]:
    """The last meetings with the customer, the newest first."""
    site = view.site
    held = [one for one in view.plan.activities if one.status == "held" and one.date <= site.as_of and with_customer(one, site.ruleset)]
    latest = sorted(held, key=when, reverse=True)[: room.few]
    return [
        Past(one.date, short(occasion(one, view.words).subject, room.line), short(one.note or one.result, room.text), short(one.next_step, room.text))
        for one in latest
    ]


def _customer(view: View, room: Room) -> list[Row]:
    company, words = view.plan.company, view.words
    keys = ("situation", "challenges", "goals")
    texts = [(label(f"company.{key}", words.language), short(getattr(company, key), room.text)) for key in keys] if company else []
    offered = (label("value_proposition", words.language), short(view.plan.value_proposition, room.text))
    return [(title, text) for title, text in (*texts, offered) if text]


def _goals(view: View, room: Room) -> list[Item]:
    found = [goal for goal in view.plan.goals if goal.status == "open"]
    return [Item(short(goal.text, room.line), progressed(goal, view.words, view.site.as_of)) for goal in found[: room.few]]


def _actions(view: View, room: Room) -> list[Item]:
    """What is open, the oldest day first."""
    found = sorted((one for one in view.plan.actions if one.status == "open"), key=lambda one: one.due or dt.date.max)
    as_of, words = view.site.as_of, view.words
    return [Item(short(one.text, room.line), _joined(one.due, words.name("person", one.owner)), is_overdue(one, as_of)) for one in found[: room.few]]


def _offers(view: View, room: Room) -> list[Item]:
    """What is sent or drafted, the nearest decision first."""
    found = sorted((one for one in view.plan.offers if one.status in {"draft", "sent"}), key=lambda one: one.decision_due or dt.date.max)
    words, as_of = view.words, view.site.as_of
    return [
        Item(
            short(one.text, room.line),
            _joined(money(one.value, words.currency), cell(one, "offers", "status", words), _due(one.decision_due, words)),
            one.decision_due is not None and one.decision_due < as_of,
        )
        for one in found[: room.few]
    ]


def _due(day: dt.date | None, words: Words) -> str:
    return say_in(words, "account.brief.decision", date=day) if day else ""


def _agreements(view: View, room: Room) -> list[Item]:
    """What is in force, what ends first."""
    as_of = view.site.as_of
    found = [one for one in view.plan.agreements if (one.start is None or one.start <= as_of) and (one.end is None or one.end >= as_of)]
    found.sort(key=lambda one: one.end or dt.date.max)
    return [
        Item(short(one.title, room.line), say_in(view.words, "account.brief.until", date=one.end) if one.end else "") for one in found[: room.few]
    ]


def _watch(view: View, room: Room) -> list[Item]:
    """What may go wrong: open complaints, then risks, the gravest first, then long-term issues."""
    plan, words = view.plan, view.words
    complaints = [_named(one.text, "complaints", room, words) for one in sorted(plan.complaints, key=attrgetter("date")) if one.closed is None]
    ranked = sorted(plan.risks, key=lambda one: WORST_FIRST.index(one.severity) if one.severity else len(WORST_FIRST))
    return [
        *complaints,
        *[_named(one.text, "risks", room, words) for one in ranked],
        *[_named(one.text, "issues", room, words) for one in plan.issues],
    ][: room.few]


def _named(text: str, path: str, room: Room, words: Words) -> Item:
    return Item(short(text, room.line), told(f"account.brief.{path}", words.language))


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
