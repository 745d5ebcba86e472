"""Home: the cockpit. Who is uncovered, what is overdue, what is at risk, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kamgen.cadence import when
from kamgen.figures.outlook import Outlook, years
from kamgen.figures.summary import summary
from kamgen.page import Page, Site, page

AHEAD: Final = 14
"""Days that "coming up" looks ahead."""
SHOWN: Final = 10
"""Rows of a list on the home page; the rest is behind its link."""


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
    by_kam = [(person, [outlook for outlook in known if outlook.plan.owner == person.id]) for person in site.kams]
    return {
        "all": summary(known),
        "tiers": [(tier, summary(some)) for tier, some in by_tier if some],
        "kams": [(person, summary(some)) for person, some in by_kam if some],
        "at_risk": [outlook for outlook in known if outlook.plan.status == "at-risk"],
        "coming": _coming(known, site.as_of + dt.timedelta(days=AHEAD)),
        "years": years(site.portfolio, site.as_of),
        "unreadable": [account for account in site.accounts if account.plan is None],
        "shown": SHOWN,
        "days": AHEAD,
    }


def _coming(outlooks: list[Outlook], until: dt.date) -> list[Outlook]:
    """The accounts whose next activity is near, the nearest first."""
    near = [(outlook.next, outlook) for outlook in outlooks if outlook.next and outlook.next.date <= until]
    return [outlook for _, outlook in sorted(near, key=lambda pair: when(pair[0]))]
