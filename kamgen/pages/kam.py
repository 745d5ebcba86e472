"""One page per key account manager: work to do, no ranks. And the list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kamgen.cadence import when
from kamgen.figures.outlook import Outlook
from kamgen.figures.summary import summary
from kamgen.model.portfolio import Person
from kamgen.page import Page, Site, page

INDEX: Final = "kams/index.md"


@page("kam")
def kam(site: Site) -> Iterator[Page]:
    """The list, then the people by name."""
    yield Page(
        address=INDEX,
        title=site.say("site.kams"),
        template="kams.html",
        context=lambda: {"kams": [(person, summary(_of(site, person))) for person in site.kams]},
        source="plans/portfolio.yml",
        menu=30,
        section="views",
        hide=("navigation", "toc"),
        search=site.say("site.kams.search"),
    )
    for person in site.kams:
        yield _page(site, person)


def _page(site: Site, person: Person) -> Page:
    return Page(
        address=site.kam_pages[person.id],
        title=person.name,
        template="kam.html",
        context=lambda: _context(site, person),
        source="plans/portfolio.yml",
        parent=INDEX,
        search=site.say("site.kam.search", role=site.say(f"site.role.{person.role}")),
    )


def _of(site: Site, person: Person) -> list[Outlook]:
    return [outlook for outlook in site.outlooks if outlook.plan.owner == person.id]


def _context(site: Site, person: Person) -> Mapping[str, Any]:
    mine = _of(site, person)
    ahead = [(outlook.next, outlook) for outlook in mine if outlook.open and outlook.next]
    return {
        "person": person,
        "all": summary(mine),
        "accounts": [outlook for outlook in mine if outlook.open],
        "closed": [outlook for outlook in mine if not outlook.open],
        "coming": [outlook for _, outlook in sorted(ahead, key=lambda pair: when(pair[0]))],
    }
