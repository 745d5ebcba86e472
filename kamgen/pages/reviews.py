"""Reviews: the windows in which plans are revised (001), whose review is due, whose was missed, and what the last ones came to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kamgen.figures.revision import ANSWERS, Revised, asked_rounds, next_round, revised, turns
from kamgen.page import Page, page
from kamgen.site import Site

ROWS: Final = 1000
"""Accounts of the table in the page, those that ask for work first; the rest is counted."""


@page("reviews")
def reviews(site: Site) -> Iterator[Page]:
    """The windows, then the accounts, those whose review is due first."""
    yield Page(
        address="reviews.md",
        title=site.say("reviews.page"),
        template="reviews.html",
        context=lambda: _context(site),
        menu=25,
        section="work",
        hide=("navigation", "toc"),
        search=site.say("reviews.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    windows = site.portfolio.review_windows
    rounds = asked_rounds(windows, site.as_of)
    found = [revised(outlook, rounds, site.as_of) for outlook in site.outlooks if outlook.open]
    coming = next_round(windows, site.as_of)
    rows = sorted(found, key=lambda one: (one.worst, -one.answers.count("missed")))
    return {
        "turns": turns(found, rounds, coming, site.as_of),
        "rounds": rounds,
        "coming": coming,
        "rows": rows[:ROWS],
        "kept": site.rows.keeper("reviews.md"),
        "total": len(rows),
        "due": sum(1 for one in found if "due" in one.answers),
        "missed": sum(1 for one in found if "missed" in one.answers),
        "never": sum(1 for one in found if one.days is None),
        "kams": _kams(site, found),
        "answers": ANSWERS,
    }


def _kams(site: Site, found: Iterable[Revised]) -> list[tuple[str, int, Counter[str]]]:
    """Person id, accounts, how many of them have a review due or missed; by name, those without either left out."""
    mine: defaultdict[str, list[Revised]] = defaultdict(list)
    for one in found:
        mine[one.outlook.plan.owner].append(one)
    told = [(owner, len(some), Counter(word for one in some for word in {*one.answers})) for owner, some in mine.items()]
    asked = [entry for entry in told if entry[2]["due"] or entry[2]["missed"]]
    return sorted(asked, key=lambda entry: (site.name(entry[0]).casefold(), entry[0]))
