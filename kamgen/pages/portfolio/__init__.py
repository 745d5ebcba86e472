"""Portfolio: every account with its figures in one table, and all of them as downloads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache, partial
from typing import Any, Final

from markupsafe import Markup

from kamgen import frames, grid
from kamgen.figures.profile import Profile
from kamgen.formats.xlsx import xlsx
from kamgen.page import Asset, Page, Part, page
from kamgen.pages.portfolio.columns import Cell, Column, Row, cells, columns, labels, shown_years
from kamgen.site import Site

ADDRESS: Final = "portfolio.md"
CSV: Final = "portfolio.csv"
XLSX: Final = "portfolio.xlsx"
ROWS: Final = 1000
"""Rows of the table in the page; those beyond follow as data, which the script shows."""


@page("portfolio")
def portfolio(site: Site) -> Iterator[Part]:
    """The table, and the same as CSV and XLSX."""
    frame = cache(lambda: _frame(site))
    yield Page(
        address=ADDRESS,
        title=site.say("site.portfolio"),
        template="portfolio.html",
        context=lambda: _context(site, frame()),
        source="plans/portfolio.yml",
        menu=10,
        hide=("navigation", "toc"),
        search=site.say("site.portfolio.search"),
    )
    yield Asset(CSV, lambda: frames.csv(frame()))
    yield Asset(XLSX, lambda: xlsx(frame(), labels(site, frame()), site.say("site.accounts")))


def _frame(site: Site) -> Any:
    names = {person.id: person.name for person in site.portfolio.people}
    return frames.accounts(site.outlooks, shown_years(site), site.portfolio.currency, site.counts, names, profiles(site))


def profiles(site: Site) -> Mapping[str, Profile]:
    """Path of the plan -> the figures of the account, for every account that can be read."""
    return site.profiles


def _context(site: Site, frame: Any) -> Mapping[str, Any]:
    known = profiles(site)
    told = [Row(outlook, known[outlook.account.path], found) for outlook, found in zip(site.outlooks, _records(frame), strict=True)]
    heads = columns(site)
    return {
        "columns": heads,
        "rows": [_cells(site, row, heads) for row in told[:ROWS]],
        "kept": partial(_kept, site),
        "total": len(told),
        "rest": lambda macros: _rest(told[ROWS:], heads, site, macros),
        "unreadable": [account for account in site.accounts if account.plan is None],
        "unpriced": [outlook for outlook in site.outlooks if outlook.unpriced],
        "csv": CSV,
        "xlsx": XLSX,
    }


def _cells(site: Site, row: Row, heads: tuple[Column, ...]) -> list[Cell]:
    """The cells of an account. Of all that they show, only the number of its findings may rest on other plans."""
    found = sorted(site.counted(row.outlook.account).items())
    return site.known(f"portfolio row {found}", row.outlook, lambda _: cells(row, heads, site))


def _kept(site: Site, row: list[Cell], macro: Callable[[list[Cell]], Markup]) -> Markup:
    """What a macro shows of a row."""
    return site.rows.shown(ADDRESS, row[0].row.outlook.account.path, lambda: macro(row))


def _rest(rows: list[Row], heads: tuple[Column, ...], site: Site, macros: Any) -> Mapping[str, Any]:
    """The rows that the page has only as data. `macros` are those that the template shows cells with, by the name of the column's."""
    made: dict[str, Callable[[Cell], str]] = {column.macro: getattr(macros, column.macro) for column in heads}

    def coded(cell: Cell) -> tuple[str, Hashable]:
        return str(made[cell.column.macro](cell)), cell.order

    return grid.rest(([coded(cell) for cell in cells(row, heads, site)] for row in rows), len(heads))


def _records(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame, None where a value is missing."""
    found = {name: [None if missing else value for value, missing in zip(frame[name], frame[name].isna(), strict=True)] for name in frame.columns}
    return [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]
