"""Goals and actions: of the portfolio, of each key account manager and of each account; what they take, and what is due when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kamgen.chart import Chart
from kamgen.charts.bars import Bar
from kamgen.charts.columns import columns
from kamgen.figures.ambitions import Ambition, Month, by_month, of_account, of_portfolio, together
from kamgen.figures.outlook import Outlook
from kamgen.page import Page, page
from kamgen.site import Site
from kamgen.written import number

ROWS: Final = 1000
GAP: Final = 5
"""Months without work that the picture has in a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """Whose goals and actions: of a manager (`person`), of an account (`outlook`), or of the portfolio itself (neither)."""

    ambition: Ambition
    person: str = ""
    outlook: Outlook | None = None


@page("goals")
def goals(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="goals.md",
        title=site.say("goals.page"),
        template="goals.html",
        context=lambda: _context(site),
        menu=53,
        section="money",
        hide=("navigation", "toc"),
        search=site.say("goals.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    own = of_portfolio(site.portfolio, site.as_of)
    told = [Line(of_account(outlook, site.portfolio, site.as_of), outlook=outlook) for outlook in site.outlooks if outlook.open]
    lines = [line for line in told if line.ambition.aims or line.ambition.deeds]
    whole = together((own, *(line.ambition for line in lines)))
    months = list(by_month(whole))
    return {
        "own": own,
        "whole": whole,
        "months": months,
        "kams": list(_kams(site, lines)),
        "accounts": lines[:ROWS],
        "aims": whole.open_aims[:ROWS],
        "deeds": whole.open_deeds[:ROWS],
        "silent": [line.outlook for line in told if line.outlook and _is_silent(line.outlook)],
        "charts_shown": [chart for chart in (_effort(site, months),) if chart.drawing],
    }


def _is_silent(outlook: Outlook) -> bool:
    """Whether a key account has no goals at all: of one whose goals are not for the audience nobody says so."""
    return outlook.key and outlook.account.plan is not None and not outlook.account.plan.goals


def _kams(site: Site, lines: list[Line]) -> Iterator[Line]:
    """One line per key account manager, by name: the goals and actions of the accounts."""
    found: dict[str, list[Ambition]] = defaultdict(list)
    for line in lines:
        if line.outlook:
            found[line.outlook.plan.owner].append(line.ambition)
    for person in site.kams:
        if person.id in found:
            yield Line(together(found[person.id]), person=person.id)


def _effort(site: Site, months: list[Month]) -> Chart:
    """The days of work of what is due, month by month."""
    dated = ((month.first, month.effort.days) for month in months if month.first)
    rows = list(_gapless([(first, days) for first, days in dated if days is not None]))
    headings = [site.say("goals.month"), site.say("goals.days")]
    most = max(rows, key=lambda bar: bar.value or 0) if rows else None
    title = site.say("goals.title", month=most.label, days=most.words) if most else ""
    return columns("days-by-month", title, site.say("goals.about", as_of=site.as_of), rows, headings)


def _gapless(dated: list[tuple[dt.date, Decimal]]) -> Iterator[Bar]:
    """A bar per month, and an empty one per month between two; one for all of them where more than `GAP` lie between."""
    before: int | None = None
    for first, days in dated:
        at = first.year * 12 + first.month - 1
        between = range(at if before is None else before + 1, at)
        if len(between) > GAP:
            yield Bar("…", None, "")
        else:
            yield from (Bar(f"{month // 12}-{month % 12 + 1:02d}", None, "–") for month in between)
        yield Bar(first.isoformat()[:7], days, number(days))
        before = at
