"""Agenda: what is planned in the next 30 days, by ISO week and key account manager."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final

from kamgen.figures.agenda import Appointment, agenda, week_of
from kamgen.page import Page, page
from kamgen.site import Site

AHEAD: Final = 30
"""Days that the agenda looks ahead."""
ROWS: Final = 1000
"""Appointments on the page; the pages of the key account managers have theirs."""


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week: `name` is `2026-W20`, `number` 20; what is planned in it by the account's owner, in the order of their names."""

    name: str
    number: int
    first: dt.date
    last: dt.date
    total: int
    owners: tuple[tuple[str, tuple[Appointment, ...]], ...]


@page("agenda")
def agenda_page(site: Site) -> Iterator[Page]:
    """The weeks, the nearest first."""
    yield Page(
        address="agenda.md",
        title=site.say("agenda.page"),
        template="agenda.html",
        context=lambda: _context(site),
        menu=22,
        section="work",
        hide=("navigation",),
        search=site.say("agenda.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    until = dt.date.fromordinal(min(site.as_of.toordinal() + AHEAD, dt.date.max.toordinal()))
    found = agenda(site.outlooks, site.as_of, until)
    shown = list(islice(found.ahead, ROWS))
    weeks = [_week(site, monday, appointments) for monday, appointments in found.weeks]
    told = [_week(site, monday, list(some)) for monday, some in groupby(shown, key=lambda one: week_of(one.activity.date))]
    owners = _owners(site, found.ahead)
    return {
        "weeks": told,
        "kept": site.rows.keeper("agenda.md"),
        "heads": weeks,
        "owners": owners,
        "places": {owner: place for place, (owner, _, _) in enumerate(owners, 1)},
        "until": until,
        "days": AHEAD,
        "total": len(found.ahead),
        "left_out": len(found.ahead) - len(shown),
        "shown": {(week.name, owner) for week in told for owner, _ in week.owners},
        "without": len(found.without),
        "overdue": len(found.overdue),
    }


def _week(site: Site, monday: dt.date, found: Iterable[Appointment]) -> Week:
    listed = sorted(found, key=lambda one: _by_name(site, one.outlook.plan.owner))  # stable: the order of time stays
    owners = tuple((owner, tuple(some)) for owner, some in groupby(listed, key=lambda one: one.outlook.plan.owner))
    year, number, _ = monday.isocalendar()
    last = dt.date.fromordinal(min(monday.toordinal() + 6, dt.date.max.toordinal()))
    return Week(f"{year}-W{number:02}", number, monday, last, len(listed), owners)


def _owners(site: Site, found: Iterable[Appointment]) -> list[tuple[str, Mapping[str, int], int]]:
    """Person id, week -> how many, how many in all; by name."""
    counted: dict[str, Counter[str]] = {}
    for one in found:
        year, number, _ = one.activity.date.isocalendar()
        counted.setdefault(one.outlook.plan.owner, Counter())[f"{year}-W{number:02}"] += 1
    return [(owner, counted[owner], counted[owner].total()) for owner in sorted(counted, key=lambda owner: _by_name(site, owner))]


def _by_name(site: Site, person: str) -> tuple[str, str]:
    return site.name(person).casefold(), person
