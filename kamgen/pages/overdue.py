"""Overdue: planned activities in the past that nobody settled, by age and by key account manager."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from kamgen.figures.summary import Late, late
from kamgen.page import Page, page
from kamgen.site import Site

AGES: Final = ((1, 7), (8, 30), (31, None))
"""Days overdue, both ends included: this week's, this month's, older."""
ROWS: Final = 1000
"""Activities of the list, the oldest first; the rest is counted."""


@page("overdue")
def overdue(site: Site) -> Iterator[Page]:
    """The list, the oldest first."""
    yield Page(
        address="overdue.md",
        title=site.say("site.overdue"),
        template="overdue.html",
        context=lambda: _context(site),
        menu=21,
        section="work",
        hide=("navigation", "toc"),
        search=site.say("site.overdue.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    found = late(outlook for outlook in site.outlooks if outlook.open)
    return {
        "late": found,
        "ages": [site.say("site.age.between", first=first, last=last) if last else site.say("site.age.from", first=first) for first, last in AGES],
        "kams": [(owner, _ages(site, entries)) for owner, entries in _by_owner(site, found)],
        "totals": _ages(site, found),
        "rows": ROWS,
        "filtered": lambda owner, place: _filtered(site.name(owner), place),
    }


def _filtered(name: str, place: int) -> str:
    """The address of the list with only one name's activities of an age; without a script it leads to the whole list."""
    first, last = AGES[place] if place < len(AGES) else (None, None)
    asked = {"f.kam": name} | ({"f.age": f"{first}..{last or ''}"} if first else {})
    return f"?{urlencode(asked)}#overdue"


def _by_owner(site: Site, entries: Iterable[Late]) -> list[tuple[str, list[Late]]]:
    """Person id -> what is overdue in their accounts, by name; two people of one name stay two."""
    found: defaultdict[str, list[Late]] = defaultdict(list)
    for entry in entries:
        found[entry.outlook.plan.owner].append(entry)
    return sorted(found.items(), key=lambda owned: (site.name(owned[0]).casefold(), owned[0]))


def _ages(site: Site, entries: list[Late] | tuple[Late, ...]) -> list[int]:
    """How many are of each age, then how many in all."""
    days = [(site.as_of - entry.activity.date).days for entry in entries]
    return [*(sum(1 for age in days if first <= age and (last is None or age <= last)) for first, last in AGES), len(days)]
