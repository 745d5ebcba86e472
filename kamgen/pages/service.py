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
from kamgen.page import Page, page
from kamgen.site import Site


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
    """A year: the measures that any plan tells of, their averages, and the customers, in the order of the portfolio."""

    year: int
    measures: tuple[str, ...]
    averages: tuple[Average, ...]
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
        "lower": LOWER_IS_BETTER,
        "charts_shown": list(_charts(site, tables[0])) if tables and tables[0].measures else [],
        "silent": [outlook for outlook in known if outlook.key and not outlook.plan.service],
    }


def _year(site: Site, known: Sequence[Outlook], year: int) -> ServiceTable:
    plans = [outlook.plan for outlook in known]
    told = [(outlook, entry) for outlook in known if (entry := service_of(outlook.plan, year))]
    measures = tuple(measure for measure in MEASURES if any(getattr(entry, measure) is not None for _, entry in told))
    averages = tuple(mean for measure in measures if (mean := average(plans, site.portfolio, year, measure)))
    words = tuple(exact_share(mean.value) for mean in averages)
    customers = (Customer(outlook, _told(entry, measures, averages)) for outlook, entry in told)
    return ServiceTable(year, measures, averages, words, tuple(customers))


def _told(entry: ServiceYear, measures: tuple[str, ...], averages: tuple[Average, ...]) -> tuple[Told, ...]:
    return tuple(_compared(getattr(entry, measure), mean, measure) for measure, mean in zip(measures, averages, strict=True))


def _compared(value: Decimal | None, mean: Average, measure: str) -> Told:
    if value is None:
        return Told(None)
    return Told(value, exact_share(value), _points(abs(Fraction(value) - mean.value)), compared(value, mean.value, measure))


def _points(away: Fraction) -> str:
    """How far apart two shares are, in points of a per cent with one decimal; never 0 where they differ."""
    return f"{max(float(away) * 100, 0.1 if away else 0):.1f}"


def _charts(site: Site, table: ServiceTable) -> Iterator[Chart]:
    """The measure that most customers have, the worst served first; and the next one."""
    counts = [sum(1 for customer in table.customers if customer.told[place].value is not None) for place in range(len(table.measures))]
    most = sorted(range(len(table.measures)), key=lambda place: -counts[place])
    for place in sorted(most[:2]):
        yield _chart(site, table, place)


def _chart(site: Site, table: ServiceTable, place: int) -> Chart:
    measure, mean = table.measures[place], table.averages[place]
    known = [(customer, told) for customer in table.customers if (told := customer.told[place]).value is not None]
    worst = sorted(known, key=lambda pair: (pair[1].value or 0) * (-1 if measure in LOWER_IS_BETTER else 1))
    rows = [_bar(site, customer, told, mean) for customer, told in worst[:15]]
    worse = sum(1 for _, told in known if told.verdict == "worse")
    title = site.say("service.title", n=worse, customers=len(known), measure=site.say(f"service.{measure}.inside"), year=table.year)
    about = site.say("service.about", average=exact_share(mean.value))
    return bars(
        f"service-{measure.replace('_', '-')}",
        title,
        about,
        rows,
        [site.say("site.account"), site.say(f"service.{measure}"), site.say("service.average")],
    )


def _bar(site: Site, customer: Customer, told: Told, mean: Average) -> Bar:
    tone = "var(--kg-chart-3)" if told.verdict == "worse" else "var(--kg-chart)"
    return Bar(
        customer.outlook.plan.account,
        told.value,
        told.words,
        site.address(customer.outlook.account),
        mean.value,
        exact_share(mean.value),
        tone,
    )


def exact_share(value: Decimal | Fraction) -> str:
    """A share in per cent with at most one decimal: service is told closer than in whole per cent."""
    text = f"{round(float(value) * 100, 1):.1f}".removesuffix(".0")
    return f"{text}\u00a0%"
