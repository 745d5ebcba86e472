"""Meeting structure: the four forums of each account (001), held and planned against what is agreed, and the next meeting of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from kamgen.cadence import standing
from kamgen.figures.forums import Gathering, gatherings
from kamgen.figures.fulfilment import MARKS, Fulfilment, fulfilment
from kamgen.figures.outlook import Outlook
from kamgen.model.activity import FORUMS
from kamgen.page import Page, page
from kamgen.site import Site

ROWS: Final = 1000
"""Accounts of the table in the page; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """An account and its forums in the order of `FORUMS`; None where it has no such forum."""

    outlook: Outlook
    forums: tuple[tuple[Gathering, Fulfilment | None] | None, ...]


@page("meetings")
def meetings(site: Site) -> Iterator[Page]:
    """One table, and the key accounts that have no structure."""
    yield Page(
        address="meetings.md",
        title=site.say("meetings.page"),
        template="meetings.html",
        context=lambda: _context(site),
        menu=24,
        section="work",
        hide=("navigation", "toc"),
        search=site.say("meetings.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    judged = [outlook for outlook in site.outlooks if _judged(site, outlook)]
    rows = [row for outlook in judged if (row := site.known("meetings", outlook, partial(_row, site)))]
    told = {row.outlook.account.path for row in rows}
    without = [outlook for outlook in judged if outlook.account.path not in told]
    return {
        "rows": rows[:ROWS],
        "kept": site.rows.keeper("meetings.md"),
        "total": len(rows),
        "forums": FORUMS,
        "totals": [_total(rows, place) for place in range(len(FORUMS))],
        "without": [outlook for outlook in without if outlook.key and not _hidden(outlook)],
        "others": sum(1 for outlook in without if not outlook.key),
        "window": site.workspace.ground.window,
        "marks": [mark for mark in MARKS if mark != "over"],
    }


def _judged(site: Site, outlook: Outlook) -> bool:
    """Whether the status asks for a cadence (domain.md section 5)."""
    return outlook.account.plan is not None and standing(outlook.account.plan, site.as_of).cadence


def _hidden(outlook: Outlook) -> bool:
    """Whether there is a structure that the audience may not see."""
    return outlook.account.plan is not None and outlook.account.plan.meetings is not None and outlook.plan.meetings is None


def _row(site: Site, outlook: Outlook) -> Row | None:
    found = gatherings(outlook, site.ruleset, site.workspace.ground.window, site.as_of)
    known = {one.name: (one, fulfilment([one.cell]) if one.cell else None) for one in found}
    return Row(outlook, tuple(known.get(name) for name in FORUMS)) if found else None


def _total(rows: Iterable[Row], place: int) -> Fulfilment:
    """A forum over all accounts, as far as a number is agreed."""
    return fulfilment(found[0].cell for row in rows if (found := row.forums[place]) and found[0].cell)
