"""Offers: what is open, by value and by the day of the decision; what was won, and what was lost and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.figures.offers import Kind, Offered, by_kind, offered, together, worth
from kamgen.page import Page, page
from kamgen.site import Site
from kamgen.written import money

TOP: Final = 12
ROWS: Final = 1000


@page("offers")
def offers(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="offers.md",
        title=site.say("offers.page"),
        template="offers.html",
        context=lambda: _context(site),
        menu=52,
        section="money",
        hide=("navigation", "toc"),
        search=site.say("offers.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    found = offered((outlook for outlook in site.outlooks if outlook.open), site.portfolio, site.as_of)
    whole = together("", found)
    decided = sorted((*whole.won, *whole.lost), key=lambda one: (one.offer.sent is not None, one.offer.sent), reverse=True)
    return {
        "whole": whole,
        "late": [one for one in whole.open if one.late(site.as_of)],
        "unpriced": [one for one in whole.open if one.value is None],
        "decided": decided[:ROWS],
        "rows": whole.open[:ROWS],
        "kinds": list(by_kind(found)),
        "worth": worth,
        "charts_shown": [chart for chart in (_largest(site, whole),) if chart.drawing],
    }


def _largest(site: Site, whole: Kind) -> Chart:
    """The largest open offers, with what they are of all."""
    priced = sorted((one for one in whole.open if one.value), key=lambda one: -(one.value or 0))
    rows = [_bar(site, one) for one in priced[:TOP]]
    title = site.say("offers.title", n=len(whole.open), value=money(worth(whole.open), site.portfolio.currency), late=_late(site, whole.open))
    headings = [site.say("offers.offer"), site.say("offers.value", currency=site.portfolio.currency)]
    return bars("open-offers", title, site.say("offers.about", n=len(rows)), rows, headings)


def _late(site: Site, some: Sequence[Offered]) -> int:
    return sum(1 for one in some if one.late(site.as_of))


def _bar(site: Site, one: Offered) -> Bar:
    due = one.offer.decision_due
    words = site.say("offers.bar", value=money(one.value), due=due) if due else money(one.value)
    tone = "var(--kg-chart-3)" if one.late(site.as_of) else "var(--kg-chart)"
    return Bar(f"{one.outlook.plan.account}: {one.offer.text}", one.value, words, site.address(one.outlook.account), tone=tone)
