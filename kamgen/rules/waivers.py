"""Waivers: the ones that ran out, that nothing needs, and that nobody who may has approved. None of these can be waived itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from kamgen.cadence import standing
from kamgen.diagnostic import Finding
from kamgen.frozen import with_values
from kamgen.model.governance import Waiver
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.rule import REGISTRY, Yield, rule

QUARTER: Final = dt.timedelta(days=90)


@rule("KAM608")
def waiver_expired(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Yield:
    """A waiver has run out, or was asked for until a day that is past.

    Why: an exception holds until a day that somebody approved (*ours*); one that nobody looks at again becomes the rule.

    Help: take it out; or where the reason still holds, give it a new `until:` and have it approved again.
    """
    for index, waiver in enumerate(plan.waivers):
        if waiver.until < as_of:
            held = "" if portfolio.may_approve(waiver.approved_by, plan.owner) else "asked"
            found = _finding(plan, index, waiver, held, n=(as_of - waiver.until).days, later=as_of + QUARTER)
            yield with_values(found, period=waiver.until.isoformat())


@rule("KAM609")
def waiver_unused(plan: Plan, portfolio: Portfolio, as_of: dt.date, spent: AbstractSet[int]) -> Yield:
    """A waiver that nothing needs.

    Why: a waiver left behind would silence the next finding, of which nobody has decided anything (*ours*).

    Help: take it out. File, reference, waiver and rule-set findings cannot be waived at all: mend what they say. What is said of the portfolio
    as a whole cannot be waived in the plan of one account.
    """
    may = standing(plan, as_of)
    for index, waiver in _current(plan, as_of):
        found = REGISTRY.get(waiver.rule.partition(".")[0])
        if found is None:
            continue
        if not found.waivable:
            yield _finding(plan, index, waiver, "never")
        elif found.of_portfolio:
            yield _finding(plan, index, waiver, "portfolio")
        elif index not in spent and not _forbidden(waiver, plan, portfolio) and not plan.unread and found.judges(may):
            yield _finding(plan, index, waiver)


@rule("KAM610", variants=("forbidden", "left"), unless=("waiver-unused",))
def waiver_unapproved(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Yield:
    """A waiver is asked for, and nobody who may and is still there has approved it.

    Why: a leader or executive who is not the owner approves an exception (*ours*); until then it waives nothing. One that was approved by
    somebody who has left still waives, and is told (its variant `left`): somebody who is there answers for it. Of somebody whom the portfolio
    does not list only `unknown-person` speaks.

    Help: have it decided: `approved_by:` with the id of a leader or executive who does not own the account, or take it out.
    """
    approver = _approver(plan, portfolio) if plan.waivers else ""
    for index, waiver in _current(plan, as_of):
        if waiver.approved_by is None:
            yield _finding(plan, index, waiver, approver=approver, reason=waiver.reason)
        elif portfolio.person(waiver.approved_by) is None:
            continue
        elif _forbidden(waiver, plan, portfolio):
            yield _finding(plan, index, waiver, "forbidden", approver=approver, person=portfolio.person_name(waiver.approved_by))
        elif portfolio.has_left(waiver.approved_by):
            yield _finding(plan, index, waiver, "left", approver=approver, person=portfolio.person_name(waiver.approved_by))


def _current(plan: Plan, as_of: dt.date) -> Iterator[tuple[int, Waiver]]:
    """The waivers that have not run out, with their positions."""
    return ((index, waiver) for index, waiver in enumerate(plan.waivers) if waiver.until >= as_of)


def _forbidden(waiver: Waiver, plan: Plan, portfolio: Portfolio) -> bool:
    """Whether somebody has approved it who may not."""
    return waiver.approved_by is not None and not portfolio.may_approve(waiver.approved_by, plan.owner)


def _approver(plan: Plan, portfolio: Portfolio) -> str:
    """The id of somebody who may approve: the owner's manager, else the first of the portfolio."""
    owner = portfolio.person(plan.owner)
    asked = (owner.manager if owner else None, *(person.id for person in portfolio.people if person.active))
    here = (person for person in asked if person and not portfolio.has_left(person))
    return next((person for person in here if portfolio.may_approve(person, plan.owner)), "...")


def _finding(plan: Plan, index: int, waiver: Waiver, variant: str = "", **values: object) -> Finding:
    person = next((contact.name for contact in plan.contacts if contact.id == waiver.contact), waiver.contact)
    narrowed = ", ".join(word for word in (person, waiver.requirement) if word)
    said = {"rule": waiver.rule, "about": f"{waiver.rule} ({narrowed})" if narrowed else waiver.rule, "until": waiver.until, **values}
    return Finding(("waivers", index), said, variant, contact=waiver.contact, requirement=waiver.requirement)
