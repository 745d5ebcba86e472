"""Family 3: cadence. How often something happened, against how often the tier asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from kamgen.cadence import Cell, State, Window, present
from kamgen.day import working_day
from kamgen.diagnostic import FieldPath, Finding
from kamgen.model.plan import Plan
from kamgen.rule import Yield, rule
from kamgen.rules.activities import first_person, paste, planned_item
from kamgen.ruleset import Ruleset, Tier

COUNTED_FROM: Final = frozenset({"activities", "contacts", "meetings", "since"})
"""The parts of a plan that cells are counted from."""


@rule("KAM301")
def cadence_behind(plan: Plan, ruleset: Ruleset, tier: Tier, cells: Sequence[Cell], window: Window, as_of: dt.date) -> Yield:
    """Held and planned activities together are fewer than the tier asks for.

    Why: the tier's numbers are what the customer is worth to us (000, 004); a number that is not even planned will not be reached.

    Help: plan the missing ones; or give the person another number under `targets:`, with the reason.
    """
    for cell in _judged(plan, cells):
        if cell.state is State.BEHIND:
            missing = cell.owed - cell.held - cell.planned
            date = working_day(as_of + (window.end - as_of) // (missing + 1))
            item = planned_item(ruleset, min(date, window.end), _type(tier, cell), cell.contact or first_person(plan, as_of))
            yield _finding(plan, tier, cell, window, {"n": missing, "owed": cell.owed, "paste": paste(plan, item)})


@rule("KAM302", variants=("zero",))
def over_service(plan: Plan, tier: Tier, cells: Sequence[Cell], window: Window) -> Yield:
    """More activities than the tier recommends.

    Why: time spent beyond the number is time that another customer does not get (004). Where the table says 0, the activity is of the wrong sort.

    Help: use another activity type, move the time to another account, or raise the customer's tier.
    """
    for cell in _judged(plan, cells):
        if cell.state is State.OVER:
            yield _finding(plan, tier, cell, window, {"most": cell.most}, "zero" if cell.most == 0 and cell.held else "")


@rule("KAM303")
def no_agreed_number(plan: Plan, tier: Tier) -> Yield:
    """The number of KAM meetings has not been agreed with the customer.

    Why: KAM meetings are held as often as agreed with each customer (000); without a number nothing can be kept.

    Help: agree on it, and write it under `meetings:` as `kam_meetings_per_year:`.
    """
    if plan.meetings and plan.meetings.kam_meetings_per_year is not None:
        return
    agreed = next((name for name, requirement in tier.requirements.items() if requirement.agreed), None)
    if agreed:
        yield Finding(("meetings",), {}, requirement=agreed)


@rule("KAM309")
def no_contact(plan: Plan, as_of: dt.date) -> Yield:
    """There is nobody to meet: no contact, or all have left.

    Why: a customer is worked through its people (000); a plan without one cannot be carried out.

    Help: add somebody under `contacts:` with name, title and function.
    """
    if not present(plan, as_of):
        yield Finding(("contacts",), {"n": len(plan.contacts)}, variant="all-left" if plan.contacts else "")


def _judged(plan: Plan, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells, and none where a part of the plan that they are counted from could not be read."""
    return () if plan.unread & COUNTED_FROM else cells


def _type(tier: Tier, cell: Cell) -> str:
    """The activity type that a requirement asks for first."""
    return next(iter(tier.requirements[cell.requirement].types), "kam-meeting")


def _finding(plan: Plan, tier: Tier, cell: Cell, window: Window, values: dict[str, object], variant: str = "") -> Finding:
    requirement = tier.requirements[cell.requirement]
    about = {
        "requirement": requirement.label or cell.requirement,
        "target": cell.requirement,
        "held": cell.held,
        "planned": cell.planned,
        "window": window.start.year if window.start.year == window.end.year else f"{window.start}/{window.end}",
        "end": window.end,
    }
    place: FieldPath = ("activities",)
    if cell.contact is None:
        return Finding(place, {**about, **values}, variant=variant, requirement=cell.requirement)
    index, contact = next((index, contact) for index, contact in enumerate(plan.contacts) if contact.id == cell.contact)
    about["contact"] = contact.name
    variant = f"{variant}.person" if variant else "person"
    return Finding(("contacts", index), {**about, **values}, variant=variant, contact=cell.contact, requirement=cell.requirement)
