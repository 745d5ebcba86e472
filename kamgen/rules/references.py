"""Family 1: identity and references. Names that should lead somewhere, and ids that should be one thing's."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kamgen.account import Account
from kamgen.alphabet import alike
from kamgen.diagnostic import FieldPath, Finding
from kamgen.figures.money import missing_rates
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.node import Document
from kamgen.rule import Problems, Yield, rule


@rule("KAM101")
def unknown_tier(problems: Problems) -> Yield:
    """The tier is not in the rule set.

    Why: without a tier no rule of the tier can be judged, and the account is in no figure.

    Help: use one of the tiers in force, or add the tier under `rules:` in the portfolio file.
    """
    return problems.of("unknown-tier")


@rule("KAM102")
def unknown_person(problems: Problems) -> Yield:
    """A person on our side is not in the portfolio's list.

    Why: work that belongs to nobody in the list is in nobody's agenda.

    Help: use an id or the exact name of somebody under `people:` in the portfolio file, or add the person there.
    """
    return problems.of("unknown-person")


@rule("KAM103")
def unknown_contact(problems: Problems) -> Yield:
    """A person at the customer is not among the plan's contacts.

    Why: the meeting would count for nobody.

    Help: use an id or the exact name of somebody under `contacts:`, or add the person there.
    """
    return problems.of("unknown-contact")


@rule("KAM104")
def unknown_product(problems: Problems) -> Yield:
    """The product is not in the portfolio.

    Why: its revenue and white space would be in no sum.

    Help: use the id of a product under `products:` in the portfolio file, or add it there.
    """
    return problems.of("unknown-product")


@rule("KAM105")
def unknown_parent(problems: Problems) -> Yield:
    """The parent account does not exist.

    Why: a group is rolled up along its parents; a parent without a plan breaks the chain.

    Help: use the id of another plan: the name of its file without `.md`.
    """
    return problems.of("unknown-parent")


@rule("KAM106")
def unknown_activity_type(problems: Problems) -> Yield:
    """The activity type is not in the rule set.

    Why: an activity of no known type satisfies no requirement.

    Help: use one of the types in force; a planned activity may change its type at any time.
    """
    return problems.of("unknown-activity-type")


@rule("KAM107")
def unknown_segment(problems: Problems) -> Yield:
    """The segment is not one of the portfolio's.

    Why: a misspelt segment makes a page of its own with one account on it.

    Help: use one of `segments:` in the portfolio file, or add it there.
    """
    return problems.of("unknown-segment")


@rule("KAM108")
def unknown_region(problems: Problems) -> Yield:
    """The region is not one of the portfolio's.

    Why: a misspelt region makes a page of its own with one account on it.

    Help: use one of `regions:` in the portfolio file, or add it there.
    """
    return problems.of("unknown-region")


@rule("KAM109")
def unknown_goal(problems: Problems) -> Yield:
    """A strategy or an action serves a goal that is not in the plan.

    Why: its progress would be counted towards nothing.

    Help: use the `id` of one of the plan's goals.
    """
    return problems.of("unknown-goal")


LISTS_WITH_IDS = ("contacts", "activities", "offers", "goals", "actions")


KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "company.history": ("year",),
    "costs": ("year",),
    "feedback": ("date", "source"),
    "sales": ("product",),
    "service": ("year",),
    "team": ("person",),
}
"""Lists whose items are known by what they are about: a product or a year stands once."""


@rule("KAM110")
def duplicate_id(plan: Plan, document: Document) -> Yield:
    """Two items of the same list have the same id, or are about the same product or the same year.

    Why: a reference to the id could mean either, and an edit could change the wrong one; revenue that stands twice is counted twice.

    Help: give the second an id of its own; of two about the same product or year make one.
    """
    yield from _twice(plan, document)
    for name in LISTS_WITH_IDS:
        seen: set[str] = set()
        for index, item in enumerate(getattr(plan, name)):
            if item.id in seen:
                yield Finding((name, index), {"item": item.id, "list": name})
            if item.id:
                seen.add(item.id)


def _twice(plan: Plan, document: Document) -> Iterator[Finding]:
    """Items that are about the same as an earlier one of their list."""
    for name, keys in KNOWN_BY.items():
        path: FieldPath = tuple(name.split("."))
        items = getattr(plan, name) if name != "company.history" else plan.company.history if plan.company else ()
        first: dict[tuple[object, ...], int] = {}
        for index, item in enumerate(items):
            about = tuple(getattr(item, key) for key in keys)
            if first.setdefault(about, index) != index:
                said = ", ".join(str(word) for word in about if word is not None)
                line = document.place((*path, first[about])).line
                yield Finding((*path, index), {"item": said, "list": name, "line": line}, variant="twice")


@rule("KAM111")
def duplicate_account(accounts: Sequence[Account]) -> Yield:
    """Two plans are for the same customer.

    Why: each shows half of the truth, and both ask for the same meetings.

    Help: merge the two plans, or name the subsidiaries apart and join them by `parent:`.
    """
    by_name: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.plan:
            by_name[alike(account.plan.account)].append(account)
    for same in by_name.values():
        for account in same[1:]:
            yield Finding(("account",), {"name": account.name, "other": same[0].path}, account=account.id)


@rule("KAM112")
def parent_cycle(accounts: Sequence[Account]) -> Yield:
    """An account is, through its parents, its own parent.

    Why: a group that goes in a circle cannot be rolled up.

    Help: take `parent:` out of the account that heads the group.
    """
    parents = {account.id: account.plan.parent for account in accounts if account.plan and account.plan.parent}
    names = {account.id: account.name for account in accounts}
    for circle in circles(parents):
        yield Finding(("parent",), {"circle": " > ".join(names[member] for member in circle)}, account=circle[0])


@rule("KAM113")
def reporting_cycle(plan: Plan) -> Yield:
    """A contact reports, through others, to himself or herself.

    Why: an organisation chart that goes in a circle cannot be drawn.

    Help: take `reports_to:` out of the person who stands highest.
    """
    index = {contact.id: number for number, contact in enumerate(plan.contacts)}
    managers = {contact.id: contact.reports_to for contact in plan.contacts if contact.reports_to}
    for circle in circles(managers):
        names = " > ".join(plan.contacts[index[member]].name for member in circle)
        yield Finding(("contacts", index[circle[0]], "reports_to"), {"circle": names}, contact=circle[0])


@rule("KAM114")
def planned_with_someone_who_left(plan: Plan, as_of: dt.date) -> Yield:
    """An activity is planned with a person who has left.

    Why: nobody will come, and the meeting counts as a next activity all the same.

    Help: name the successor, or plan the activity with somebody else.
    """
    left = {contact.id: contact for contact in plan.contacts if contact.left}
    if not left:
        return
    for index, activity in enumerate(plan.activities):
        if activity.status != "planned" or activity.date < as_of:
            continue
        for person in activity.contacts:
            contact = left.get(person)
            if contact and contact.left and contact.left <= activity.date:
                values = {"type": activity.type, "date": activity.date, "contact": contact.name, "left": contact.left}
                yield Finding(("activities", index, "contacts"), values, variant="leaves" if contact.left > as_of else "", contact=person)


@rule("KAM115")
def unknown_rule(problems: Problems) -> Yield:
    """A waiver is for a rule that does not exist.

    Why: it waives nothing.

    Help: use the rule's name or code as it stands in the finding.
    """
    return problems.of("unknown-rule")


@rule("KAM116", variants=("bands",))
def missing_rate(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Yield:
    """The account's currency has no rate for a year with amounts.

    Why: an amount without a rate cannot be added to others, and is never taken for the base currency.

    Help: add the rate under `rates:` in the portfolio file, dated on or before the last day of the year. Where it is the currency of the
    bands that has no rate, this is told once, in the portfolio file: until then no account is compared with the bands.
    """
    years = missing_rates(plan, portfolio, as_of)
    if years:
        yield Finding(("currency",), {"currency": plan.currency, "base": portfolio.currency, "years": years, "first": years[0], "n": len(years)})


@rule("KAM117")
def unknown_offer(problems: Problems) -> Yield:
    """An activity is about an offer that is not in the plan.

    Why: the proposal and its follow-up cannot be joined.

    Help: use the `id` of one of the plan's offers.
    """
    return problems.of("unknown-offer")


def circles(above: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every circle in a relation child -> parent, once: its members in order from the first by id, which stands at the end again.

    Each member is visited once, so a long chain costs no more than its length.
    """
    visited: set[str] = set()
    for start in sorted(above):
        chain: dict[str, None] = {}
        member: str | None = start
        while member is not None and member not in visited:
            visited.add(member)
            chain[member] = None
            member = above.get(member)
        if member in chain:
            yield _from_first(tuple(chain)[tuple(chain).index(member) :])


def _from_first(members: tuple[str, ...]) -> tuple[str, ...]:
    """A circle from its first member by id, closed."""
    first = members.index(min(members))
    return (*members[first:], *members[: first + 1])
