"""Tiered: matrices with a row for each account stand on a page for each tier, so that no page grows without end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kamgen.extract import extract
from kamgen.figures.outlook import Outlook
from kamgen.page import Page
from kamgen.ruleset import Tier
from kamgen.site import Site

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


def told(found: Iterable[Choice]) -> tuple[object, ...]:
    """Choices in plain values."""
    return tuple((one.tier.id, one.address, one.accounts) for one in found)


def by_tier(site: Site) -> Mapping[str, list[Outlook]]:
    """Tier id -> its open accounts, told once for all pages."""
    return site.once("tiered", lambda: _by_tier(site))


def _by_tier(site: Site) -> Mapping[str, list[Outlook]]:
    found: defaultdict[str, list[Outlook]] = defaultdict(list)
    for outlook in site.outlooks:
        if outlook.open and outlook.account.tier:
            found[outlook.account.tier.id].append(outlook)
    return dict(found)


Context = Callable[[Site, str], Mapping[str, Any]]
"""What makes the context of a tier's page: of a site that has this tier's accounts alone."""


def tier_pages(site: Site, area: str, folder: str, context: Context) -> Iterator[Page]:
    """A page for each tier in force; `area` is the first part of its ids in the catalogue. Its context has the `choices` too."""
    for name, address in addresses(site, folder).items():
        yield _page(site, area, folder, address, name, context)


def _page(site: Site, area: str, folder: str, address: str, tier: str, context: Context) -> Page:
    title = site.say(f"{area}.of", tier=site.ruleset.tiers[tier].label or tier)
    some, others = extract(site, by_tier(site).get(tier, ())), choices(site, folder)
    return Page(
        address=address,
        title=title,
        template=f"{folder}-tier.html",
        context=lambda: {**context(some, tier), "choices": others},
        rests_on=some.rests_on,
        beside=told(others),
        parent=f"{folder}.md",
        hide=("navigation", "toc"),
        search=title,
    )
