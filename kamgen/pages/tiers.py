"""One page per tier: its rules in words and numbers, its accounts, and who falls short of them. And the list of tiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from kamgen.extract import extract
from kamgen.figures.fulfilment import Fulfilment, fulfilment, fulfilments
from kamgen.figures.outlook import Outlook
from kamgen.force import rulings
from kamgen.page import Page, page
from kamgen.pages.compliance.classes import addresses
from kamgen.pages.rolled import heads, line, overview, parted
from kamgen.ruleset import Tier
from kamgen.site import Site
from kamgen.terms import Term, tier_terms

INDEX: Final = "tiers/index.md"
SHORT: Final = 100
"""Accounts that fall short, on the page of their tier."""


@dataclass(frozen=True, slots=True)
class Short:
    """An account that has held less than the pace asks for by now: `parts` says of which requirement, and how much."""

    outlook: Outlook
    all: Fulfilment
    parts: tuple[tuple[str, Fulfilment], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a tier's terms; `inner` stands below a heading, which has no words of its own."""

    label: str
    words: str
    origin: str
    inner: bool


@page("tiers")
def tiers(site: Site) -> Iterator[Page]:
    """The list, then the tiers, the highest first."""
    yield Page(
        address=INDEX,
        title=site.say("views.tiers"),
        template="tiers.html",
        context=lambda: _listed(site),
        source="plans/portfolio.yml",
        menu=31,
        section="views",
        hide=("navigation", "toc"),
        search=site.say("views.tiers.search"),
    )
    for tier in site.ruleset.tiers.values():
        yield _page(site, tier)


def _page(site: Site, tier: Tier) -> Page:
    some = extract(site, by_tier(site).get(tier.id, ()))
    return Page(
        address=site.tier_pages[tier.id],
        title=site.say("views.tier", tier=tier.label or tier.id),
        template="tier.html",
        context=partial(_context, some, tier),
        rests_on=some.rests_on,
        source="plans/portfolio.yml",
        parent=INDEX,
        section="views",
        hide=("navigation", "toc"),
        search=site.say("views.tier.search"),
    )


def by_tier(site: Site) -> Mapping[str | None, list[Outlook]]:
    """Tier id -> its accounts; those whose tier is none of the rule set are under None. Told once for all tiers."""
    return site.once("tiers", lambda: parted(site, lambda outlook: outlook.account.tier.id if outlook.account.tier else None))


def _listed(site: Site) -> Mapping[str, Any]:
    found = by_tier(site)
    lines = ((tier, line(site, tier.label or tier.id, site.tier_pages[tier.id], found.get(tier.id, ()))) for tier in site.ruleset.tiers.values())
    return {"lines": list(lines), "heads": heads(site), "without": [outlook for outlook in found.get(None, ()) if outlook.open]}


def _context(site: Site, tier: Tier) -> Mapping[str, Any]:
    mine = by_tier(site).get(tier.id, ())
    short = sorted(_short(mine, tier), key=lambda one: -one.all.lacking)
    return {
        "tier": tier,
        **overview(site, mine),
        "terms": list(map(_told, tier_terms(tier, site.workspace.ground.rules))),
        "rulings": [one for one in rulings(site.workspace.ground.rules, tier) if one.used],
        "short": short[:SHORT],
        "lacking": len(short),
        "compliance": addresses(site).get(tier.id),
        "window": site.workspace.ground.window,
    }


def _told(term: Term) -> Told:
    return Told(term.label.strip(), term.words, term.origin, term.label.startswith(" "))


def _short(outlooks: list[Outlook] | tuple[Outlook, ...], tier: Tier) -> Iterator[Short]:
    """The accounts that lack something on the pace, each with what it lacks, in the order of the tier's requirements."""
    for outlook in (outlook for outlook in outlooks if outlook.open):
        found = fulfilments(outlook.account.cells)
        parts = tuple((asked.label or name, found[name]) for name, asked in tier.requirements.items() if name in found and found[name].lacking)
        if parts:
            yield Short(outlook, fulfilment(outlook.account.cells), parts)
