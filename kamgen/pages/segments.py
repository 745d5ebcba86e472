"""Segments and regions: what each comes to, one beside the other, and a page for each with its accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, Final

from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.extract import extract
from kamgen.figures.money import closed_year, total
from kamgen.figures.outlook import Outlook
from kamgen.figures.summary import summary
from kamgen.page import Page, page
from kamgen.pages.rolled import Line, heads, line, overview, parted
from kamgen.site import Site
from kamgen.written import money, share

INDEX: Final = "segments/index.md"
BARS: Final = 20
"""Bars of a picture at most; the table has them all."""
SORTS: Final[Mapping[str, Callable[[Outlook], str | None]]] = {"segment": lambda one: one.plan.segment, "region": lambda one: one.plan.region}


@page("segments")
def segments(site: Site) -> Iterator[Page]:
    """The overview, then the segments and the regions in the order of the portfolio file."""
    yield Page(
        address=INDEX,
        title=site.say("views.segments"),
        template="segments.html",
        context=lambda: _listed(site),
        source="plans/portfolio.yml",
        menu=32,
        section="views",
        hide=("navigation", "toc"),
        search=site.say("views.segments.search"),
    )
    for sort in SORTS:
        for name, address in _pages(site, sort).items():
            some = extract(site, _parts(site, sort).get(name, ()))
            yield Page(
                address=address,
                title=name,
                template="segment.html",
                context=partial(_context, some, sort, name),
                rests_on=some.rests_on,
                source="plans/portfolio.yml",
                parent=INDEX,
                section="views",
                hide=("navigation", "toc"),
                search=site.say(f"views.{sort}.search"),
            )


def _pages(site: Site, sort: str) -> Mapping[str, str]:
    return site.segment_pages if sort == "segment" else site.region_pages


def _parts(site: Site, sort: str) -> Mapping[str | None, list[Outlook]]:
    """Segment or region -> its accounts, told once for all pages."""
    return site.once(f"by-{sort}", lambda: parted(site, SORTS[sort]))


def _listed(site: Site) -> Mapping[str, Any]:
    tables = [(sort, _lines(site, sort), summary(_parts(site, sort).get(None, ())).accounts) for sort in SORTS]
    charts = [_chart(site, sort, lines) for sort, lines, _ in tables]
    return {
        "tables": tables,
        "heads": heads(site),
        "charts_shown": [chart for chart in charts if chart.drawing],
        "crossed": _crossed(site),
    }


def _lines(site: Site, sort: str) -> list[Line]:
    found = _parts(site, sort)
    return [line(site, name, address, found.get(name, ())) for name, address in _pages(site, sort).items()]


def _crossed(site: Site) -> list[tuple[str, str, list[int], int]]:
    """Segment, its page, how many open accounts it has in each region, and in all; empty where either is not told."""
    if not (site.segment_pages and site.region_pages):
        return []
    regions = list(site.region_pages)
    found = {name: [one.plan.region for one in _parts(site, "segment").get(name, ()) if one.open] for name in site.segment_pages}
    return [(name, site.segment_pages[name], [some.count(region) for region in regions], len(some)) for name, some in found.items()]


def _chart(site: Site, sort: str, lines: list[Line]) -> Chart:
    """Revenue of the last closed year, the largest first."""
    year = closed_year(site.portfolio, site.as_of)
    known = sorted(((one.all.revenue[1], one) for one in lines if one.all.accounts and one.all.revenue[1] is not None), key=lambda pair: -pair[0])
    rows = [Bar(one.name, value, money(value, site.portfolio.currency), one.address) for value, one in known[:BARS]]
    whole = total(value for value, _ in known)
    found = site.say(f"views.{sort}.chart", year=year)
    if whole and whole > 0:
        value, first = known[0]
        found = site.say(f"views.{sort}.chart.first", name=first.name, share=share(Fraction(value) / Fraction(whole)), year=year)
    about = site.say("views.chart.about", year=year)
    return bars(f"{sort}-revenue", found, about, rows, [site.say(f"site.{sort}"), site.say("picture.revenue", currency=site.portfolio.currency)])


def _context(site: Site, sort: str, name: str) -> Mapping[str, Any]:
    mine = _parts(site, sort).get(name, ())
    known = [outlook for outlook in mine if outlook.open]
    tiers = [(tier, [outlook for outlook in known if outlook.account.tier is tier]) for tier in site.ruleset.tiers.values()]
    other = "region" if sort == "segment" else "segment"
    return {
        "called": name,
        "sort": sort,
        **overview(site, mine),
        "heads": heads(site),
        "tiers": [line(site, tier.label or tier.id, site.tier_pages[tier.id], some) for tier, some in tiers if some],
        "other": other,
        "others": _others(site, other, known),
    }


def _others(site: Site, other: str, known: list[Outlook]) -> list[tuple[str, str, int]]:
    """Of a segment the regions it is in, and the other way round: name, page, how many accounts."""
    told = [SORTS[other](outlook) for outlook in known]
    return [(name, address, told.count(name)) for name, address in _pages(site, other).items() if name in told]
