"""Home: the cockpit. Who is uncovered, what is overdue, at risk or about to turn red, what to decide, what changed; each with where to go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from kamgen.figures.figure import Ratio, ratio
from kamgen.figures.finance import gained
from kamgen.figures.money import elapsed_share, fiscal_year
from kamgen.figures.outlook import Outlook, years
from kamgen.figures.summary import Summary, summary
from kamgen.page import Page, page
from kamgen.pages.pictures import budget, home_charts
from kamgen.pages.watch import AHEAD, BACK, Listing, watch
from kamgen.site import Site

SHOWN: Final = 5
"""Lines of a list on the home page; the rest is behind its link."""


@page("home")
def home(site: Site) -> Iterator[Page]:
    """The first page."""
    yield Page(
        address="index.md",
        title=site.say("site.home"),
        template="home.html",
        context=lambda: _context(site),
        menu=0,
        hide=("navigation", "toc"),
        search=site.say("site.home.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    by_tier = [(tier, [outlook for outlook in known if outlook.plan.tier == tier.id]) for tier in site.ruleset.tiers.values()]
    found = watch(site)
    whole = summary(known)
    listings = {listing.name: listing for listing in (found.at_risk, found.turning, found.decisions, found.came, found.gone)}
    return {
        "all": whole,
        "tiers": [(tier, summary(some)) for tier, some in by_tier if some],
        "uncovered": [outlook for outlook in whole.uncovered if outlook.gated],
        **_money(site, known, whole),
        "lists": {name: _short(listing) for name, listing in listings.items()},
        "totals": {name: len(listing.entries) for name, listing in listings.items()},
        "years": years(site.portfolio, site.as_of),
        "charts": home_charts(site),
        "unreadable": [account for account in site.accounts if account.plan is None],
        "shown": SHOWN,
        "ahead": AHEAD,
        "back": BACK,
    }


def _short(listing: Listing) -> Listing:
    return replace(listing, rows=SHOWN)


def _money(site: Site, known: list[Outlook], whole: Summary) -> dict[str, Any]:
    """Revenue of the current year against its budget, which the portfolio or the accounts have, and how much of the year is gone."""
    year = fiscal_year(site.as_of, site.portfolio.fiscal_year_start)
    goal = budget(site, known, year)
    revenue: Decimal | None = whole.revenue[-1] if whole.revenue else None
    elapsed: Fraction = elapsed_share(site.portfolio, site.as_of)
    reached: Ratio = ratio(revenue, goal, of="actual", to="budget")
    return {"year": year, "revenue": revenue, "budget": goal, "reached": reached, "elapsed": elapsed, "pace": gained(reached, elapsed)}
