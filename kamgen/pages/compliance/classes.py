"""The tiers with their accounts and requirements, as the pages of compliance tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kamgen.address import TAKEN, free
from kamgen.alphabet import slug
from kamgen.figures.fulfilment import Fulfilment, added, fulfilments
from kamgen.figures.outlook import Outlook
from kamgen.pages.tiered import by_tier
from kamgen.ruleset import Requirement, Tier
from kamgen.site import Site


@dataclass(frozen=True, slots=True)
class Row:
    """An account with cells: `found` per requirement of its tier, None where it owes nothing there, and `all` of them together."""

    outlook: Outlook
    found: tuple[Fulfilment | None, ...]
    all: Fulfilment


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement of a tier over its accounts; `behind`, `late` and `over` count the accounts where anybody stands so."""

    id: str
    label: str
    numbers: str
    all: Fulfilment
    accounts: int
    behind: int
    late: int
    over: int


@dataclass(frozen=True, slots=True)
class Class:
    """A tier, its page, its accounts in the order of their names, its requirements; `outside` are its accounts without cells."""

    tier: Tier
    address: str
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    outside: tuple[Outlook, ...]
    all: Fulfilment


def addresses(site: Site) -> Mapping[str, str]:
    """Tier id -> address of its page, for the tiers that ask for a number; two tiers never share one."""
    found: dict[str, str] = {}
    taken = set(TAKEN)
    for tier in (tier for tier in site.ruleset.tiers.values() if tier.requirements):
        name = free(slug(tier.id) or "tier", taken, second=2)
        taken.add(name)
        found[tier.id] = f"compliance/{name}.md"
    return found


def classes(site: Site) -> Mapping[str, Class]:
    """Tier id -> the tier with its accounts, told once for all pages."""
    return site.once("compliance", lambda: _classes(site))


def _classes(site: Site) -> Mapping[str, Class]:
    members = by_tier(site)
    return {tier: _class(site, site.ruleset.tiers[tier], address, members.get(tier, ())) for tier, address in addresses(site).items()}


def _class(site: Site, tier: Tier, address: str, members: Iterable[Outlook]) -> Class:
    told = [(outlook, site.known("compliance", outlook, lambda one: _row(one, tier))) for outlook in members]
    rows = tuple(row for _, row in told if row)
    asked = tuple(_asked(site, name, requirement, place, rows) for place, (name, requirement) in enumerate(tier.requirements.items()))
    outside = tuple(outlook for outlook, row in told if row is None)
    return Class(tier, address, rows, asked, outside, together(rows))


def _row(outlook: Outlook, tier: Tier) -> Row | None:
    found = fulfilments(outlook.account.cells)
    return Row(outlook, tuple(found.get(name) for name in tier.requirements), added(found.values())) if found else None


def _asked(site: Site, name: str, requirement: Requirement, place: int, rows: tuple[Row, ...]) -> Asked:
    found = [one for row in rows if (one := row.found[place])]
    return Asked(
        name,
        requirement.label or name,
        numbers(site, requirement),
        added(found),
        len(found),
        sum(1 for one in found if one.count("behind")),
        sum(1 for one in found if one.late),
        sum(1 for one in found if one.count("over")),
    )


def numbers(site: Site, requirement: Requirement) -> str:
    """How often, in words: `2–4 for each person`, `at least 1 for the account`, `as agreed with the customer`."""
    if requirement.agreed:
        return site.say("compliance.agreed")
    if requirement.max is None:
        return site.say(f"compliance.least.{requirement.per}", n=requirement.min)
    if requirement.max == requirement.min:
        return site.say(f"compliance.exactly.{requirement.per}", n=requirement.min)
    return site.say(f"compliance.between.{requirement.per}", least=requirement.min, most=requirement.max)


def together(rows: Iterable[Row]) -> Fulfilment:
    """What all cells of some accounts come to."""
    return added(row.all for row in rows)
