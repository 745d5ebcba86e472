"""Portfolio: every account in one table, and all of them as a download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kamgen import frames
from kamgen.figures.outlook import years
from kamgen.page import Asset, Page, Part, Site, page

ADDRESS: Final = "portfolio.md"
DOWNLOAD: Final = "portfolio.csv"
ROWS: Final = 1000
"""Rows of the table; the download has them all."""


@page("portfolio")
def portfolio(site: Site) -> Iterator[Part]:
    """The table, and the same as CSV."""
    yield Page(
        address=ADDRESS,
        title=site.say("site.portfolio"),
        template="portfolio.html",
        context=lambda: _context(site),
        source="plans/portfolio.yml",
        menu=10,
        hide=("navigation", "toc"),
        search=site.say("site.portfolio.search"),
    )
    yield Asset(DOWNLOAD, lambda: frames.csv(_frame(site)))


def _frame(site: Site) -> Any:
    names = {person.id: person.name for person in site.portfolio.people}
    return frames.accounts(site.outlooks, years(site.portfolio, site.as_of), site.portfolio.currency, site.counts, names)


def _context(site: Site) -> Mapping[str, Any]:
    frame = _frame(site)
    return {
        "rows": list(zip(site.outlooks[:ROWS], _records(frame.head(ROWS)), strict=True)),
        "total": len(frame),
        "years": years(site.portfolio, site.as_of),
        "unreadable": [account for account in site.accounts if account.plan is None],
        "unpriced": [outlook for outlook in site.outlooks if outlook.unpriced],
        "download": DOWNLOAD,
    }


def _records(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame, None where a value is missing."""
    columns = {name: [None if missing else value for value, missing in zip(frame[name], frame[name].isna(), strict=True)] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
