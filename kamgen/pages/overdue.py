"""Overdue: planned activities in the past that nobody settled, by age and by key account manager."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kamgen.figures.summary import Late, late
from kamgen.page import Page, Site, page

AGES: Final = ((1, 7), (8, 30), (31, None))
"""Days overdue, both ends included: this week's, this month's, older."""


@page("overdue")
def overdue(site: Site) -> Iterator[Page]:
    """The list, the oldest first."""
    yield Page(
        address="overdue.md",
        title=site.say("site.overdue"),
        template="overdue.html",
        context=lambda: _context(site),
        menu=20,
        hide=("navigation", "toc"),
        search=site.say("site.overdue.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    found = late(outlook for outlook in site.outlooks if outlook.open)
    people = {site.name(entry.outlook.plan.owner): entry.outlook.plan.owner for entry in found}
    return {
        "late": found,
        "ages": AGES,
        "kams": [(owner, _ages(site, [entry for entry in found if entry.outlook.plan.owner == owner])) for _, owner in sorted(people.items())],
        "totals": _ages(site, found),
    }


def _ages(site: Site, entries: list[Late] | tuple[Late, ...]) -> list[int]:
    """How many are of each age, then how many in all."""
    days = [(site.as_of - entry.activity.date).days for entry in entries]
    return [*(sum(1 for age in days if first <= age and (last is None or age <= last)) for first, last in AGES), len(days)]
