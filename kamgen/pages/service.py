"""Service: how well we deliver to each customer, beside the average of all customers (003)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.figures.outlook import Outlook
from kamgen.figures.service import LOWER_IS_BETTER, MEASURES, Average, average, compared, service_of, service_years
from kamgen.model.commerce import ServiceYear
from kamgen.page import Page, Site, page


@dataclass(frozen=True, slots=True)
class Told:
    """One measure of one customer: the share, how far from the average (in words, points of a per cent), and how that is."""

    value: Decimal | None
    words: str = ""
    points: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer's year, measure by measure."""

    outlook: Outlook
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """A year: the averages, and the customers that a plan tells of, in the order of the portfolio."""

    year: int
    averages: tuple[Average | None, ...]
    average_words: tuple[str, ...]
    customers: tuple[Customer, ...]


@page("service")
def service(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="service.md",
        title=site.say("service.page"),
        template="service.html",
        context=lambda: _context(site),
        menu=51,
        section="money",
        hide=("navigation", "toc"),
        search=site.say("service.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    tables = [_year(site, known, year) for year in service_years(outlook.plan for outlook in known)]
    return {
        "tables": tables,
        "measures": MEASURES,
        "lower": LOWER_IS_BETTER,
        "charts_shown": [chart for chart in _charts(site, tables[0]) if chart.drawing] if tables else [],
        "silent": [outlook for outlook in known if outlook.key and not outlook.plan.service],
    }


def _year(site: Site, known: Sequence[Outlook], year: int) -> ServiceTable:
    plans = [outlook.plan for outlook in known]
    averages = tuple(average(plans, site.portfolio, year, measure) for measure in MEASURES)
    told = ((outlook, service_of(outlook.plan, year)) for outlook in known)
    words = tuple(exact_share(mean.value) if mean else "" for mean in averages)
    return ServiceTable(year, averages, words, tuple(Customer(outlook, _told(entry, averages)) for outlook, entry in told if entry))


def _told(entry: ServiceYear, averages: tuple[Average | None, ...]) -> tuple[Told, ...]:
    return tuple(_compared(getattr(entry, measure), mean, measure) for measure, mean in zip(MEASURES, averages, strict=True))


def _compared(value: Decimal | None, mean: Average | None, measure: str) -> Told:
    if value is None or mean is None:
        return Told(value, "" if value is None else exact_share(value))
    return Told(value, exact_share(value), _points(abs(Fraction(value) - mean.value)), compared(value, mean.value, measure))


def _points(away: Fraction) -> str:
    """How far apart two shares are, in points of a per cent with one decimal; never 0 where they differ."""
    return f"{max(float(away) * 100, 0.1 if away else 0):.1f}"


def _charts(site: Site, table: ServiceTable) -> Iterator[Chart]:
    """The measure that most customers have, the worst served first; and the next one."""
    counts = [sum(1 for customer in table.customers if customer.told[place].value is not None) for place in range(len(MEASURES))]
    most = sorted((place for place in range(len(MEASURES)) if counts[place]), key=lambda place: -counts[place])
    for place in sorted(most[:2]):
        yield _chart(site, table, place)


def _chart(site: Site, table: ServiceTable, place: int) -> Chart:
    measure, mean = MEASURES[place], table.averages[place]
    known = [(customer, told) for customer in table.customers if (told := customer.told[place]).value is not None]
    worst = sorted(known, key=lambda pair: (pair[1].value or 0) * (-1 if measure in LOWER_IS_BETTER else 1))
    rows = [_bar(site, customer, told, mean) for customer, told in worst[:15]]
    worse = sum(1 for _, told in known if told.verdict == "worse")
    title = site.say("service.title", n=worse, customers=len(known), measure=site.say(f"service.{measure}.inside"), year=table.year)
    about = site.say("service.about", average=exact_share(mean.value) if mean else "")
    return bars(
        f"service-{measure.replace('_', '-')}",
        title,
        about,
        rows,
        [site.say("site.account"), site.say(f"service.{measure}"), site.say("service.average")],
    )


def _bar(site: Site, customer: Customer, told: Told, mean: Average | None) -> Bar:
    tone = "var(--kg-chart-3)" if told.verdict == "worse" else "var(--kg-chart)"
    goal = mean.value if mean else None
    return Bar(
        customer.outlook.plan.account,
        told.value,
        told.words,
        site.address(customer.outlook.account),
        goal,
        "" if goal is None else exact_share(goal),
        tone,
    )


def exact_share(value: Decimal | Fraction) -> str:
    """A share in per cent with at most one decimal: service is told closer than in whole per cent."""
    text = f"{round(float(value) * 100, 1):.1f}".removesuffix(".0")
    return f"{text}\u00a0%"
