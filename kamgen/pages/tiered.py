"""Tiered: matrices with a row for each account stand on a page for each tier, so that no page grows without end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kamgen.figures.outlook import Outlook
from kamgen.page import Page, Site
from kamgen.ruleset import Tier

ROWS: Final = 1000
"""Rows in a page; those beyond follow as data, which the script shows."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A tier to choose: its page, and how many open accounts it has."""

    tier: Tier
    address: str
    accounts: int


def addresses(site: Site, folder: str) -> Mapping[str, str]:
    """Tier id -> address of its page in a folder; two tiers never share one."""
    return {tier: f"{folder}/{address.partition('/')[2]}" for tier, address in site.tier_pages.items()}


def choices(site: Site, folder: str) -> tuple[Choice, ...]:
    """The tiers that have open accounts, the highest first."""
    members, pages = by_tier(site), addresses(site, folder)
    return tuple(Choice(tier, pages[name], len(members[name])) for name, tier in site.ruleset.tiers.items() if name in members)


def by_tier(site: Site) -> Mapping[str, list[Outlook]]:
    """Tier id -> its open accounts, told once for all pages."""
    if "tiered" not in site.memory:
        found: defaultdict[str, list[Outlook]] = defaultdict(list)
        for outlook in site.outlooks:
            if outlook.open and outlook.account.tier:
                found[outlook.account.tier.id].append(outlook)
        site.memory["tiered"] = dict(found)
    known: Mapping[str, list[Outlook]] = site.memory["tiered"]
    return known


def tier_pages(site: Site, area: str, folder: str, context: Callable[[str], Mapping[str, Any]]) -> Iterator[Page]:
    """A page for each tier in force; `area` is the first part of its ids in the catalogue, `context` makes that of a tier."""
    for name, address in addresses(site, folder).items():
        yield _page(site, area, folder, address, name, context)


def _page(site: Site, area: str, folder: str, address: str, tier: str, context: Callable[[str], Mapping[str, Any]]) -> Page:
    title = site.say(f"{area}.of", tier=site.ruleset.tiers[tier].label or tier)
    return Page(
        address=address,
        title=title,
        template=f"{folder}-tier.html",
        context=lambda: context(tier),
        parent=f"{folder}.md",
        hide=("navigation", "toc"),
        search=title,
    )
