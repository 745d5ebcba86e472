"""Calendars to subscribe to: of each key account manager, of each account, of all; where the portfolio publishes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from kamgen.formats.ics import Desk, Event, calendar, events
from kamgen.page import Asset, page
from kamgen.site import Site


@page("calendars")
def calendars(site: Site) -> Iterator[Asset]:
    """No pages, only files: a subscribe button leads to them."""
    if not site.portfolio.publish.calendars:
        return
    desk = Desk(site.portfolio, site.ruleset, site.as_of, site.language)
    made = {outlook.account.path: events(outlook, desk) for outlook in site.outlooks}
    everything = [event for outlook in site.outlooks for event in made[outlook.account.path]]
    by_person: defaultdict[str, list[Event]] = defaultdict(list)
    for event in everything:
        for person_id in event.people:
            by_person[person_id].append(event)
    yield _asset(site, "", site.portfolio.title, everything)
    for person in site.kams:
        yield _asset(site, site.kam_pages[person.id], person.name, by_person[person.id])
    for account in site.accounts:
        if account.path in made:
            yield _asset(site, site.address(account), account.name, made[account.path])


def _asset(site: Site, of: str, name: str, found: Iterable[Event]) -> Asset:
    title = site.say("calendar.title", name=name, portfolio=site.portfolio.title) if of else name
    return Asset(site.calendar(of) or "", partial(calendar, title, found, site.portfolio.time_zone))
