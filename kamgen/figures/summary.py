"""Summary: what the outlooks of many accounts come to, for a tier, a key account manager or the portfolio."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kamgen.figures.coverage import Rate, rate_of_all
from kamgen.figures.money import total
from kamgen.figures.outlook import Outlook
from kamgen.model.activity import Activity


@dataclass(frozen=True, slots=True)
class Late:
    """An overdue activity and the account that it belongs to."""

    outlook: Outlook
    activity: Activity


@dataclass(frozen=True, slots=True)
class Summary:
    """Some accounts as a whole; lost and archived ones are outside.

    `next` counts the gated accounts with a next activity, `covered` all that are asked for one; `uncovered` are the others, key
    accounts first. `overdue` has the oldest first. `revenue` is per year, in the base currency, over the accounts where it is known;
    `potential` likewise, over the `estimated` accounts that have one.
    """

    accounts: int
    keys: int
    next: Rate
    covered: Rate
    uncovered: tuple[Outlook, ...]
    overdue: tuple[Late, ...]
    compliance: Rate
    revenue: tuple[Decimal | None, ...]
    potential: Decimal | None
    estimated: int
    unpriced: int


def summary(outlooks: Iterable[Outlook]) -> Summary:
    """The summary of some accounts, which keep their order within key and other ones."""
    known = [outlook for outlook in outlooks if outlook.open]
    asked = [outlook for outlook in known if outlook.asked]
    gated = [outlook for outlook in known if outlook.gated]
    uncovered = [outlook for outlook in asked if not outlook.has_next]
    return Summary(
        accounts=len(known),
        keys=sum(1 for outlook in known if outlook.key),
        next=_rate([outlook.has_next for outlook in gated]),
        covered=_rate([outlook.has_next for outlook in asked]),
        uncovered=tuple(sorted(uncovered, key=lambda outlook: not outlook.key)),
        overdue=late(known),
        compliance=rate_of_all(outlook.compliance for outlook in known),
        revenue=tuple(total(amounts) for amounts in zip(*(outlook.revenue for outlook in known), strict=True)),
        potential=total(outlook.potential for outlook in known),
        estimated=sum(1 for outlook in known if outlook.potential is not None),
        unpriced=sum(1 for outlook in known if outlook.unpriced),
    )


def late(outlooks: Iterable[Outlook]) -> tuple[Late, ...]:
    """Every overdue activity, the oldest first."""
    found = [Late(outlook, activity) for outlook in outlooks for activity in outlook.overdue]
    return tuple(sorted(found, key=lambda entry: entry.activity.date))


def _rate(met: list[bool]) -> Rate:
    return Rate(sum(met), len(met))
