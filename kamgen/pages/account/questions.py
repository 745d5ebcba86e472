"""The eleven analysis questions (000), each with what the plan's data says beside the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final, NamedTuple

from markupsafe import Markup

from kamgen.account import Account
from kamgen.cadence import last_activity, present, with_customer
from kamgen.figures.basket import Item
from kamgen.figures.completeness import completeness
from kamgen.figures.relationships import weak_contacts
from kamgen.figures.sales import NOT_OURS, wallet
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.pages.account.blocks import Asked, Part, Questions, Section, say_in, section
from kamgen.pages.account.pieces import Row, dated, definitions, joined
from kamgen.pages.account.values import Words, cell, label, level, told
from kamgen.placeholder import says_something
from kamgen.prose import body
from kamgen.questions import QUESTIONS
from kamgen.site import Site
from kamgen.written import money as amount
from kamgen.written import share

SHOWN: Final = 6
"""How many products, people or competitors stand beside an answer; the rest is counted, and told in its own section."""
DECIDERS: Final = ("decision-maker", "approver", "sponsor")
BELOW: Final = 4
"""The level of headings inside of an answer."""


class View(NamedTuple):
    """What a page of an account is made from: `plan` as the audience may see it, `account` as it is judged; `items` are the products."""

    account: Account
    plan: Plan
    site: Site
    words: Words
    items: tuple[Item, ...]


def questions(view: View, answers: Mapping[str, str]) -> Section | None:
    """Every question that is answered, or that data answers; those of which nothing is known are named at the end.

    None where the tier asks for no answers and nobody has given one, and where the words are not for this audience.
    """
    tier, whole = view.account.tier, view.account.plan
    hidden = whole is not None and bool(whole.body) and not view.plan.body
    if hidden or not (answers or (tier and tier.questions and not view.plan.closed)):
        return None
    asked = [_asked(slug, answers.get(slug, ""), view) for slug in QUESTIONS]
    told_of = [one for one in asked if one.answer or one.rows]
    silent = ", ".join(f"\N{LEFT DOUBLE QUOTATION MARK}{one.title}\N{RIGHT DOUBLE QUOTATION MARK}" for one in asked if not (one.answer or one.rows))
    given = sum(1 for one in asked if one.answer)
    note = say_in(view.words, "account.questions.count", n=given, all=len(asked))
    open_ones = say_in(view.words, "account.questions.open", questions=silent) if silent else ""
    return section("questions", view.words, Part("questions", "", [Questions(told_of, note, open_ones)]))


def _asked(slug: str, answer: str, view: View) -> Asked:
    html = body(answer, f"question-{slug}", BELOW) if says_something(answer) else Markup()
    return Asked(f"question-{slug}", QUESTIONS[slug], html, definitions(_cut(BESIDE[slug](view), view.words)))


def _cut(rows: Sequence[Row], words: Words) -> list[Row]:
    more = len(rows) - SHOWN
    return list(rows) if more <= 0 else [*rows[:SHOWN], (told("account.more", words.language), say_in(words, "account.more.count", n=more))]


def _nothing(_view: View) -> Sequence[Row]:
    return ()


def _done(view: View) -> list[Row]:
    """What was held in the window, and the last time."""
    window = view.site.workspace.ground.window
    counted = [one for one in view.plan.activities if one.status == "held" and with_customer(one, view.site.ruleset)]
    within = [one for one in counted if one.date in window and one.date <= view.site.as_of]
    last = last_activity(view.plan, view.site.ruleset, view.site.as_of)
    held = say_in(view.words, "account.done.held", n=len(within))
    if last is None:
        return []
    named = last.subject or view.words.name("activity-type", last.type)
    return [
        (say_in(view.words, "account.done.since", date=window.start), held),
        (told("account.last", view.words.language), joined([dated(last.date), named], " ")),
    ]


def _not_done(view: View) -> list[Row]:
    """What is owed and not held, by requirement; the parts of the plan that are missing."""
    owed = sorted((one for one in view.account.cells if one.owed > one.held), key=lambda one: one.requirement)
    rows: list[Row] = []
    for name, found in groupby(owed, key=lambda one: one.requirement):
        cells = list(found)
        missing = sum(one.owed - one.held for one in cells)
        planned = sum(min(one.planned, one.owed - one.held) for one in cells)
        rows.append((view.words.name("requirement", name), say_in(view.words, "account.not-done", n=missing, planned=planned)))
    plan, tier = view.account.plan, view.account.tier
    lacking = completeness(plan, tier, view.site.as_of).missing if plan and tier else ()
    if lacking:
        rows.append((told("account.not-done.parts", view.words.language), ", ".join(label(block, view.words.language) for block in lacking)))
    return rows


def _buys(view: View) -> list[Row]:
    owned = [item for item in view.items if item.standing == "owned"]
    owned.sort(key=lambda item: -(item.actual or 0))
    unknown = told("account.unknown", view.words.language)
    return [(view.words.name("product", item.product), amount(item.actual, view.words.currency) or unknown) for item in owned]


def _does_not_buy(view: View) -> list[Row]:
    """What they have of others or of nobody, and what more of our products they could take; the largest room first."""
    found = [item for item in view.items if item.standing in NOT_OURS or item.room]
    found.sort(key=lambda item: -(item.room if item.room is not None else Decimal(-1)))
    return [(view.words.name("product", item.product), _room(item, view.words)) for item in found]


def _room(item: Item, words: Words) -> str:
    """Where a product stands, unless they buy it, and the room for it."""
    standing = label(f"sales.status.{item.standing}", words.language) if item.standing in NOT_OURS else ""
    room = say_in(words, "account.room", room=amount(item.room, words.currency)) if item.room is not None else ""
    return ", ".join(word for word in (standing, room) if word)


def _share(view: View) -> list[Row]:
    whole = wallet(view.plan, view.site.portfolio, view.site.as_of)
    if whole.value is None:
        return []
    known = [item for item in view.items if item.wallet.value is not None]
    known.sort(key=lambda item: -(item.wallet.whole or 0))
    return [
        (told("account.all-products", view.words.language), share(whole.value)),
        *[(view.words.name("product", item.product), share(item.wallet.value)) for item in known],
    ]


def _decision(view: View) -> list[Row]:
    here = present(view.plan, view.site.as_of)
    found = [(role, [contact.name for contact in here if contact.buying_role == role]) for role in DECIDERS]
    return [(label(f"contacts.buying_role.{role}", view.words.language), ", ".join(names)) for role, names in found if names]


def _weak(view: View) -> list[Row]:
    return [(contact.name, now_and_wanted(contact, view.words)) for contact in weak_contacts(view.plan, view.site.as_of)]


def now_and_wanted(contact: Contact, words: Words) -> str:
    """How well we know a person, and how well we want to."""
    return f"{level(contact.relationship, words)} → {level(contact.wanted, words)}"


def _team(view: View) -> list[Row]:
    plan, words = view.plan, view.words
    leading = [(label(key, words.language), cell(plan, "", key, words)) for key in ("owner", "deputy", "executive_sponsor")]
    return [
        *[row for row in leading if row[1]],
        *[(words.name("person", one.person), one.role or label("team", words.language)) for one in plan.team],
    ]


def _rivals(view: View) -> list[Row]:
    named = [(view.words.name("product", item.product), item.rivals[0]) for item in view.items if item.rivals]
    named.sort(key=lambda found: -found[1][1])
    return [(product, f"{name} {share(part)}") for product, (name, part) in named]


def _their_rivals(view: View) -> list[Row]:
    names = view.plan.company.competitors if view.plan.company else ()
    return [(label("company.competitors", view.words.language), ", ".join(names))] if names else []


BESIDE: Final[Mapping[str, Callable[[View], Sequence[Row]]]] = {
    "done": _done,
    "not-done": _not_done,
    "buys": _buys,
    "does-not-buy": _does_not_buy,
    "decision": _decision,
    "share": _share,
    "use": _nothing,
    "weak-contacts": _weak,
    "team": _team,
    "competitors": _rivals,
    "customer-competitors": _their_rivals,
}
"""What the data says to each question, by slug."""
