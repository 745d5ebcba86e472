"""Coverage: compliance with the cadence, and how many key accounts have a next activity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from kamgen.account import Account
from kamgen.cadence import Cell, next_activity, standing
from kamgen.frozen import Frozen
from kamgen.ruleset import Ruleset


class Rate(Frozen):
    """A part of a whole, in numbers that people can check. `value` is None where the whole is nothing."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The share, exact."""
        return Fraction(self.part, self.whole) if self.whole else None


def rate_of_all(rates: Iterable[Rate]) -> Rate:
    """Rates of parts that have nothing in common, as one of the whole: 1 of 2 and 2 of 6 are 3 of 8."""
    told = list(rates)
    return Rate(sum(one.part for one in told), sum(one.whole for one in told))


def compliance(cells: Iterable[Cell]) -> Rate:
    """Held against owed, capped per cell, so that over-service cannot hide under-service.

    Two held of four and five held of two are 2 + 2 of 6. No cells, no figure.
    """
    counted = list(cells)
    return Rate(sum(min(cell.held, cell.owed) for cell in counted), sum(cell.owed for cell in counted))


def next_activity_rate(accounts: Iterable[Account], ruleset: Ruleset, as_of: dt.date) -> Rate:
    """Gated accounts with a next activity, of all gated accounts (004: priority customers always have one).

    Of three key accounts one is paused, one has a meeting planned for tomorrow and one only an overdue one: 1 of 2.
    """
    gated = [account for account in accounts if is_gated(account, as_of)]
    return Rate(sum(1 for account in gated if account.plan and next_activity(account.plan, ruleset, as_of)), len(gated))


def is_gated(account: Account, as_of: dt.date) -> bool:
    """Whether the account must have a next activity: a key tier, and a status that is judged by the gate."""
    if account.plan is None or account.tier is None or not account.tier.gated:
        return False
    may = standing(account.plan, as_of)
    return may.open and may.gate
