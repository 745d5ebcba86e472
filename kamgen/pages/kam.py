"""One page per key account manager: work to do, no ranks; the work log, the agenda of the sales meeting, and the list of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeVar

from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.extract import extract
from kamgen.figures.agenda import agenda, week_of
from kamgen.figures.goals import late, progress
from kamgen.figures.load import Load, loads
from kamgen.figures.meeting import dues
from kamgen.figures.outlook import Outlook
from kamgen.figures.rollup import ambition
from kamgen.figures.summary import summary
from kamgen.figures.worklog import Entry, worklog
from kamgen.model.portfolio import Person
from kamgen.page import Page, page
from kamgen.pages import board
from kamgen.pages.rolled import involved, overview, parted
from kamgen.site import Site
from kamgen.written import number

INDEX: Final = "kams/index.md"
AHEAD: Final = 30
"""Days that the agenda of a key account manager looks ahead."""
ROWS: Final = 500
"""Appointments of an agenda."""
WEEKS: Final = 13
"""ISO weeks of the work log, this one included: a quarter of a year."""
SPANS: Final = (7, 14, 30)
"""Days between sales meetings: a week, a fortnight, a month. Who meets every week reads the first part, and so on."""
LARGEST: Final = 10
"""Accounts that ask for the most hours."""
BARS: Final = 30
"""Key account managers up to which their load is a picture too."""
Thing = TypeVar("Thing")


@page("kam")
def kam(site: Site) -> Iterator[Page]:
    """The list, then the people by name."""
    yield Page(
        address=INDEX,
        title=site.say("site.kams"),
        template="kams.html",
        context=lambda: _listed(site),
        source="plans/portfolio.yml",
        menu=30,
        section="views",
        hide=("navigation", "toc"),
        search=site.say("site.kams.search"),
    )
    for person in site.kams:
        yield from _pages(site, person)


def _pages(site: Site, person: Person) -> Iterator[Page]:
    address = site.kam_pages[person.id]
    search = site.say("site.kam.search", role=site.say(f"site.role.{person.role}"))
    some = extract(site, involved(site, person))
    made = partial(Page, source="plans/portfolio.yml", section="views", hide=("navigation", "toc"), rests_on=some.rests_on)
    yield made(address, person.name, "kam.html", partial(_context, some, person), parent=INDEX, search=search)
    for name, context in (("worklog", _worklog), ("meeting", _meeting)):
        title = site.say(f"kam.{name}.title", name=person.name)
        yield made(
            below(address, name), title, f"kam-{name}.html", partial(context, some, person), parent=address, search=site.say(f"kam.{name}.search")
        )


def below(address: str, name: str) -> str:
    """The address of a page beside a key account manager's: `kams/worklog/kari.md`."""
    return address.replace("kams/", f"kams/{name}/", 1)


def _owned(site: Site) -> Mapping[str | None, list[Outlook]]:
    """Person id -> the accounts that the person owns, told once for all pages."""
    return site.once("owned", lambda: parted(site, lambda outlook: outlook.plan.owner))


def _loads(site: Site) -> Mapping[str, Load]:
    """Person id -> what the tiers ask of the person, told once for all pages."""
    return site.once("loads", lambda: {found.person.id: found for found in loads(site.kams, site.workspace.accounts, site.ruleset)})


def _listed(site: Site) -> Mapping[str, Any]:
    owned = _owned(site)
    chart = _chart(site)
    return {
        "kams": [(person, summary(owned.get(person.id, ()))) for person in site.kams],
        "loads": _loads(site),
        "below": below,
        "chart": chart if chart.drawing and len(chart.rows) <= BARS else None,
    }


def _chart(site: Site) -> Chart:
    """Hours asked for against hours there are, in the order of the names."""
    told = list(_loads(site).values())
    known = [one for one in told if one.capacity is not None]
    rows = [_bar(site, one) for one in told if one.hours or one.capacity]
    headings = [site.say("site.kam"), site.say("kam.load.hours"), site.say("kam.load.capacity")]
    over = sum(1 for one in known if one.excess)
    title = site.say("kam.load.chart", n=over, all=len(known)) if over else site.say("kam.load.chart.zero" if known else "kam.load.chart.none")
    return bars("load", title, site.say("kam.load.chart.about"), rows, headings)


def _bar(site: Site, one: Load) -> Bar:
    words = site.say("kam.load.hours.n", hours=number(one.hours))
    words = words if one.capacity is None else site.say("kam.load.hours.of", hours=number(one.hours), capacity=number(one.capacity))
    goal = "" if one.capacity is None else site.say("kam.load.hours.n", hours=number(one.capacity))
    tone = {"tone": "var(--kg-chart-3)"} if one.excess else {}
    return Bar(one.person.name, one.hours, words, site.kam_pages[one.person.id], one.capacity, goal, **tone)


def _later(day: dt.date, days: int) -> dt.date:
    """A day some days away; no later than the last that there is, nor before the first."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal()))


def _context(site: Site, person: Person) -> Mapping[str, Any]:
    mine = _owned(site).get(person.id, ())
    until = _later(site.as_of, AHEAD)
    ahead = agenda(involved(site, person), site.as_of, until, person.id)
    load = _loads(site)[person.id]
    return {
        "person": person,
        **overview(site, mine),
        "weeks": [(_week(monday), monday, found) for monday, found in ahead.weeks],
        "until": until,
        "load": load,
        "by_tier": load.by_tier(),
        "works": [(work, site.account_pages.get(work.account)) for work in load.works[:LARGEST]],
        "goals": [(goal, progress(goal, site.as_of), late(goal, site.as_of)) for goal in person.goals if goal.status != "dropped"],
        "own": ambition(person.goals, (), site.as_of),
        "below": below(site.kam_pages[person.id], "worklog"),
        "meeting": below(site.kam_pages[person.id], "meeting"),
        "board": board.of(site, person.id),
        "window": site.workspace.ground.window,
    }


def _week(monday: dt.date) -> str:
    """`2026-W19`."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _worklog(site: Site, person: Person) -> Mapping[str, Any]:
    """The weeks with anything in them, the latest first; in a week the order of time."""
    first = _later(week_of(site.as_of), -7 * (WEEKS - 1))
    entries = worklog(involved(site, person), person.id, first, site.as_of)
    weeks: dict[dt.date, list[Entry]] = {}
    for entry in entries:
        weeks.setdefault(week_of(entry.held.activity.date), []).append(entry)
    told = [(_week(monday), monday, _later(monday, 6), found) for monday, found in sorted(weeks.items(), reverse=True)]
    return {"person": person, "weeks": told, "first": first, "total": len(entries), "number": WEEKS, "home": site.kam_pages[person.id]}


def _meeting(site: Site, person: Person) -> Mapping[str, Any]:
    """What was held since the last sales meeting and what is due until the next, for meetings every week, fortnight or month."""
    some, as_of = involved(site, person), site.as_of
    first, last = _later(as_of, -SPANS[-1]), _later(as_of, SPANS[-1])
    found = agenda(some, as_of, last, person.id)
    held = worklog(some, person.id, first, as_of)
    due = dues(some, as_of, last, person.id)
    return {
        "person": person,
        "held": spans([(entry, (as_of - entry.held.activity.date).days) for entry in reversed(held)]),
        "ahead": spans([(one, (one.activity.date - as_of).days) for one in found.ahead]),
        "late": found.overdue,
        "past": [one for one in due if one.day < as_of],
        "due": spans([(one, (one.day - as_of).days) for one in due if one.day >= as_of]),
        "without": found.without,
        "at_risk": [outlook for outlook in _owned(site).get(person.id, ()) if outlook.plan.status == "at-risk"],
        "longest": SPANS[-1],
        "first": first,
        "last": last,
        "later": _later,
        "home": site.kam_pages[person.id],
    }


def spans(told: Iterable[tuple[Thing, int]]) -> list[tuple[int, int, list[Thing]]]:
    """Things by how many days they are away: from, to, and those between, for each of the spans that has any.

    One of 3 days and one of 20 are `(0, 7, [one]), (15, 30, [other])`.
    """
    known = list(told)
    starts = (0, *(end + 1 for end in SPANS))
    parts = ((start, end, [thing for thing, days in known if start <= days <= end]) for start, end in zip(starts, SPANS, strict=False))
    return [(start, end, some) for start, end, some in parts if some]
