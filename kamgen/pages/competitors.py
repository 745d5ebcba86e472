"""Competitors: who stands against us, where, and with what share (000, 003)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from urllib.parse import urlencode

from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.figures.money import closed_year
from kamgen.figures.outlook import Outlook
from kamgen.figures.rivals import Presence, Rival, presences, rivals, same
from kamgen.page import Page, page
from kamgen.site import Site
from kamgen.written import money, share

ROWS: Final = 1000
"""Lines of the table of where they are."""
BARS: Final = 10
OTHERS: Final = "others"
"""What plans call those whom they do not tell apart (domain.md section 4)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A competitor at an account."""

    outlook: Outlook
    presence: Presence


@page("competitors")
def competitors(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="competitors.md",
        title=site.say("competitors.page"),
        template="competitors.html",
        context=lambda: _context(site),
        menu=43,
        section="customers",
        hide=("navigation", "toc"),
        search=site.say("competitors.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    places = [Place(outlook, one) for outlook in known for one in presences(outlook.plan, site.portfolio, site.as_of)]
    found = sorted(rivals((place.outlook.account.path, place.presence) for place in places), key=_rank)
    named = [rival for rival in found if _is_named(rival)]
    told = {place.outlook.account.path for place in places}
    names = {same(rival.name): rival.name for rival in found}
    chart = _chart(site, named)
    return {
        "rivals": found,
        "named": named,
        "places": sorted(places, key=lambda place: -(place.presence.taken.part or 0))[:ROWS],
        "places_all": len(places),
        "accounts": len(told),
        "unnamed": [place for place in places if not place.presence.name],
        "silent": [outlook for outlook in known if outlook.key and outlook.account.path not in told],
        "labels": {product.id: product.label or product.id for product in site.portfolio.products},
        "name_of": lambda name: names[same(name)] or site.say("competitors.unnamed"),
        "filter": lambda name: f"?{urlencode({'where.f.competitor': name})}#where",
        "decimal": decimal,
        "year": closed_year(site.portfolio, site.as_of),
        "charts_shown": [chart] if chart and chart.drawing else [],
    }


def _rank(rival: Rival) -> tuple[bool, Fraction, int]:
    """Those with the most first; those whom nobody names, last."""
    return not _is_named(rival), -(rival.taken.part or Fraction(0)), -rival.accounts


def _is_named(rival: Rival) -> bool:
    return bool(rival.name) and rival.name.strip().casefold() != OTHERS


def decimal(value: Fraction | None) -> Decimal | None:
    """An exact amount as one that can be written."""
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


def _chart(site: Site, named: list[Rival]) -> Chart | None:
    told = [(rival, part) for rival in named if (part := decimal(rival.taken.part))][:BARS]
    if not told:
        return None
    first, most = told[0]
    title = site.say("competitors.title", name=first.name, amount=money(most, site.portfolio.currency), n=first.accounts)
    shown = [Bar(rival.name, part, f"{money(part)} ({share(rival.taken.value)})") for rival, part in told]
    headings = [site.say("competitors.who"), site.say("competitors.taken.in", currency=site.portfolio.currency)]
    return bars("chart-competitors", title, site.say("competitors.about"), shown, headings)
