"""Load: what the tiers ask of a key account manager in a window, against the hours there are (002: a limited number of accounts)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.account import Account
from kamgen.cadence import Cell
from kamgen.frozen import Frozen
from kamgen.model.portfolio import Person
from kamgen.ruleset import Ruleset, Tier

COUNTED_FROM: Final = frozenset({"contacts", "meetings", "since", "status"})
"""The parts of a plan that the number of required touches is counted from."""
NO_HOURS: Final = Decimal(0)
BY_FORUM: Final = "kam-meeting"
"""The type that stands for a requirement of forums alone."""


class Work(Frozen):
    """What one account asks of its owner in the window: hours, as its tier requires them."""

    account: str
    name: str
    tier: str
    hours: Decimal


class Load(Frozen):
    """What the accounts of one of us ask for, the most first. `capacity` in hours a year; None where nobody has said it.

    `unread` names the accounts whose numbers cannot be read whole: the load is at least what it says.
    """

    person: Person
    works: tuple[Work, ...]
    capacity: Decimal | None
    unread: tuple[str, ...] = ()

    @property
    def hours(self) -> Decimal:
        """Hours of all accounts together."""
        return sum((work.hours for work in self.works), NO_HOURS)

    @property
    def share(self) -> Fraction | None:
        """Hours / capacity, exact. None without a capacity, or where it is 0: no figure rather than a wrong one."""
        return Fraction(self.hours) / Fraction(self.capacity) if self.capacity else None

    @property
    def excess(self) -> Decimal:
        """Hours beyond the capacity; 0 where there are none, or no capacity is known."""
        return NO_HOURS if self.capacity is None else max(self.hours - self.capacity, NO_HOURS)

    @property
    def free(self) -> Decimal:
        """Hours of the capacity that nothing asks for yet; 0 where no capacity is known."""
        return NO_HOURS if self.capacity is None else max(self.capacity - self.hours, NO_HOURS)

    def by_tier(self) -> tuple[tuple[str, int, Decimal], ...]:
        """Tier, number of accounts and hours, the most hours first."""
        found: dict[str, list[Decimal]] = defaultdict(list)
        for work in self.works:
            found[work.tier].append(work.hours)
        told = ((tier, len(hours), sum(hours, NO_HOURS)) for tier, hours in found.items())
        return tuple(sorted(told, key=lambda entry: (-entry[2], entry[0])))


def load(person: Person, accounts: Iterable[Account], ruleset: Ruleset) -> Load:
    """The sum of required touches x hours of the type / capacity, over the accounts that the person owns.

    A C account of `per-account` asks for a discovery, a proposal and a status meeting and two agreed sales meetings, of two
    hours each: 10 hours. Twenty of them are 200 hours, and with a capacity of 160 hours the load is 5/4.
    """
    own = [account for account in accounts if account.plan and account.plan.owner == person.id and not account.plan.closed]
    works = [Work(account.id, account.name, account.tier.id, required_hours(account.cells, account.tier, ruleset)) for account in own if account.tier]
    unread = tuple(account.id for account in own if account.plan and (account.tier is None or account.plan.unread & COUNTED_FROM))
    return Load(person, tuple(sorted((work for work in works if work.hours), key=lambda work: (-work.hours, work.account))), person.capacity, unread)


def loads(people: Iterable[Person], accounts: Iterable[Account], ruleset: Ruleset) -> tuple[Load, ...]:
    """The load of each of us, in the order of the portfolio file."""
    by_owner: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.plan:
            by_owner[account.plan.owner].append(account)
    return tuple(load(person, by_owner[person.id], ruleset) for person in people)


def required_hours(cells: Iterable[Cell], tier: Tier, ruleset: Ruleset) -> Decimal:
    """Hours that the cells of an account ask for in their window: owed x hours of the type that the requirement names first."""
    owed: Counter[str] = Counter()
    for cell in cells:
        owed[cell.requirement] += cell.owed
    return sum((number * hours_of(tier, requirement, ruleset) for requirement, number in owed.items()), NO_HOURS)


def hours_of(tier: Tier, requirement: str, ruleset: Ruleset) -> Decimal:
    """Hours that one activity of a requirement takes."""
    kind = ruleset.activity_types.get(next(iter(tier.requirements[requirement].types), BY_FORUM))
    return Decimal(kind.hours) if kind else Decimal(1)
