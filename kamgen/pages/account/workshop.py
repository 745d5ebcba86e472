"""The workshop sheet: what those who know the customer need on the table to find new business in a few hours (001)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from kamgen.figures.basket import NOT_FOR_THEM, Item, basket
from kamgen.figures.encounters import encounters
from kamgen.figures.relationships import missing_roles, weak_contacts
from kamgen.figures.sales import white_space
from kamgen.pages.account.brief import short
from kamgen.pages.account.keyfigures import key_figures
from kamgen.pages.account.pieces import Row
from kamgen.pages.account.questions import View, now_and_wanted
from kamgen.pages.account.values import cell, label
from kamgen.written import money, share

LINES: Final = 6
"""Empty lines of the table of ideas."""
GUESTS: Final = 3
"""Empty lines for participants."""
LONG: Final = 170
LINE: Final = 84
"""Characters of a text, and of what stands in one line."""
MANY: Final = 12
FEW: Final = 5


class Space(NamedTuple):
    """A product as the workshop sees it: where it stands, what we sell, what is left for us, who has it."""

    product: str
    standing: str
    actual: str
    room: str
    rival: str
    open: bool


class Weak(NamedTuple):
    """A contact whom we know less well than we want."""

    name: str
    title: str
    level: str
    ours: str


def workshop(view: View) -> Mapping[str, Any]:
    """Participants, white space, weak contacts and roles without a contact, what the customer needs, and room for ideas."""
    plan, site, words = view.plan, view.site, view.words
    whole = white_space(plan, site.portfolio, site.as_of)
    weak = weak_contacts(plan, site.as_of)
    return {
        "participants": _participants(view),
        "guests": range(GUESTS),
        "figures": key_figures(plan, site, words),
        "spaces": _spaces(view),
        "room": money(whole.value, words.currency),
        "weak": [Weak(one.name, one.title or "", now_and_wanted(one, words), words.name("person", one.our_contact)) for one in weak[:MANY]],
        "weak_more": max(len(weak) - MANY, 0),
        "roles": _roles(view),
        "known": _known(view),
        "lines": range(LINES),
    }


def _participants(view: View) -> list[Row]:
    """The owner, the deputy, the sponsor, the team, and who else met the customer in the last twelve months: name and part."""
    plan, words = view.plan, view.words
    parts: dict[str, str] = {}
    for key in ("owner", "deputy", "executive_sponsor"):
        if person := getattr(plan, key):
            parts.setdefault(person, label(key, words.language))
    for member in plan.team:
        parts.setdefault(member.person, member.role or label("team", words.language))
    for us, _ in encounters(plan, view.site.ruleset, view.site.as_of):
        parts.setdefault(us, "")
    return [(words.name("person", person), part) for person, part in parts.items()][:MANY]


def _spaces(view: View) -> list[Space]:
    """What they could buy: the largest room first, what nobody knows of last."""
    items = view.items or basket(view.plan, view.site.portfolio, view.site.as_of)
    found = [item for item in items if item.standing != NOT_FOR_THEM]
    found.sort(key=lambda item: (item.room is None, -(item.room or 0)))
    return [_space(item, view) for item in found[:MANY]]


def _space(item: Item, view: View) -> Space:
    words = view.words
    rival = f"{item.rivals[0][0]} {share(item.rivals[0][1])}" if item.rivals else ""
    standing = label(f"sales.status.{item.standing}", words.language)
    amounts = (money(item.actual, words.currency), money(item.room, words.currency))
    return Space(words.name("product", item.product), standing, *amounts, rival, item.standing != "owned")


def _roles(view: View) -> list[str]:
    """Functions and buying roles that the tier asks for and nobody has, by the whole plan."""
    plan, tier, language = view.account.plan, view.account.tier, view.words.language
    if plan is None or tier is None:
        return []
    found = missing_roles(plan, tier, view.site.as_of)
    functions = [label(f"contacts.function.{name}", language) for name in found.functions]
    return [*functions, *[label(f"contacts.buying_role.{name}", language) for name in found.buying]]


def _known(view: View) -> list[tuple[str, list[str]]]:
    """What the plan knows that ideas may begin with: their challenges and goals, their projects, agreed needs, opportunities, rivals."""
    plan, words = view.plan, view.words
    company, swot = plan.company, plan.swot
    texts = [getattr(company, key) for key in ("challenges", "goals")] if company else []
    projects = company.future_projects if company else ()
    named = (
        ("company.challenges", [short(text, LONG) for text in texts if text]),
        ("company.future_projects", [short(" · ".join(word for word in (one.text, one.when) if word), LINE) for one in projects]),
        ("needs", [short(one.text, LINE) for one in plan.needs]),
        ("swot.opportunities", [short(one.text, LINE) for one in swot.opportunities] if swot else []),
        ("competitors", [short(one.name, LINE) for one in plan.competitors]),
        ("partners", [short(cell(one, "partners", "name", words), LINE) for one in plan.partners]),
    )
    return [(label(path, words.language), found[:FEW]) for path, found in named if found]
