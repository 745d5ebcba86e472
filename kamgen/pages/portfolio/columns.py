"""The columns of the portfolio: one line each, with what it is sorted by and why it may be empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from kamgen.figures.outlook import Outlook, years
from kamgen.figures.profile import Profile
from kamgen.site import Site

WORST: Final = 9999


class Row(NamedTuple):
    """An account: where it stands, its figures, and its row of the download."""

    outlook: Outlook
    profile: Profile
    told: Mapping[str, Any]


class Column(NamedTuple):
    """A column. `kind` is that of the grid, `field` the download's column that it shows and is sorted by, `macro` shows a cell.

    `why` names what is missing where there is no value; `spare` columns are seen by those who choose them.
    """

    key: str
    label: str
    kind: str
    macro: str
    field: str
    why: Callable[[Row], str] = lambda _row: "nothing"
    spare: bool = False
    look: str = ""


class Cell(NamedTuple):
    """A cell. `order` is what a script sorts it by, None for its words; `why` says what is missing where there is no value."""

    column: Column
    row: Row
    value: Any
    order: str | None
    why: str


def shown_years(site: Site) -> tuple[int, int, int]:
    """The years whose revenue is shown: the last two closed ones and the current."""
    return years(site.portfolio, site.as_of)


def columns(site: Site) -> tuple[Column, ...]:
    """The columns of the page, in their order."""
    return (*_identity(site), *_money(site), *_work(site), *_judgement(site))


def _identity(site: Site) -> Iterator[Column]:
    yield Column("account", site.say("site.account"), "text", "account", "account")
    for key, field, look in (("tier", "tier", ""), ("kam", "owner", "kg-name"), ("status", "status", ""), ("segment", "segment", "")):
        yield Column(key, site.say(f"site.{key}"), "choice", key, field, look=look)
    yield Column("region", site.say("site.region"), "choice", "region", "region")


def _money(site: Site) -> Iterator[Column]:
    *closed, current = shown_years(site)
    for year in closed:
        yield _amount(f"revenue-{year}", site.say("site.revenue", year=year), f"revenue_{year}", _revenue)
    yield _amount(f"revenue-{current}", site.say("site.revenue-to-date", year=current), f"revenue_{current}", _revenue)
    yield _amount("budget", site.say("site.budget", year=current), "budget", lambda row: row.profile.budget.missing)
    yield _amount("potential", site.say("site.potential"), "potential", lambda row: "potential" if row.outlook.plan.potential is None else "rate")
    yield Column("wallet", site.say("site.wallet"), "share", "share", "share_of_wallet", lambda row: row.profile.wallet.missing)
    yield _amount("white-space", site.say("site.white-space"), "white_space", lambda row: row.profile.white_space.missing)


def _amount(key: str, label: str, field: str, why: Callable[[Row], str]) -> Column:
    return Column(key, label, "number", "amount", field, why, look="kg-number")


def _revenue(row: Row) -> str:
    return "rate" if row.outlook.unpriced else "actual"


def _work(site: Site) -> Iterator[Column]:
    yield Column("last", site.say("site.last"), "date", "last", "last_activity", look="kg-when")
    yield Column("next", site.say("site.next"), "date", "next", "next_activity", look="kg-when")
    yield Column("overdue", site.say("site.overdue"), "number", "count", "overdue", spare=True, look="kg-number")
    yield Column("compliance", site.say("site.compliance"), "share", "compliance", "compliance", lambda _row: "owed")


def _judgement(site: Site) -> Iterator[Column]:
    yield Column("health", site.say("site.health.figure"), "share", "health", "health", lambda row: "closed" if row.outlook.plan.closed else "parts")
    for part, weight in site.ruleset.health.items():
        label = site.say("site.health.part", part=site.say(f"site.health.{part}"), weight=weight)
        yield Column(f"health-{part}", label, "share", "share", f"health_{part}", lambda _row: "part", spare=True)
    yield Column("completeness", site.say("site.health.completeness.column"), "share", "share", "completeness", _incomplete)
    yield Column("findings", site.say("site.findings"), "text", "findings", "findings")
    for field in ("errors", "warnings"):
        yield Column(field, site.say(f"site.column.{field}"), "number", "count", field, spare=True, look="kg-number")


def _incomplete(row: Row) -> str:
    return "closed" if row.outlook.plan.closed else "blocks"


def cells(row: Row, heads: tuple[Column, ...], site: Site) -> list[Cell]:
    """The cells of an account."""
    return [_cell(row, column, site) for column in heads]


def _cell(row: Row, column: Column, site: Site) -> Cell:
    value = _gravity(row.told) if column.macro == "findings" else row.told[column.field]
    why = "" if value is not None else site.say(f"site.absent.{column.why(row)}")
    return Cell(column, row, value, None if column.kind in {"text", "choice"} and column.macro != "findings" else _order(value), why)


def _gravity(told: Mapping[str, Any]) -> str:
    """What findings are sorted by: errors before warnings before notes."""
    return ".".join(f"{min(told[field], WORST):04}" for field in ("errors", "warnings", "infos"))


def _order(value: object) -> str:
    """A value as a script compares it: plain and exact; empty where it is missing."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def labels(site: Site, frame: Any) -> Mapping[str, str]:
    """The headings of the workbook: the page's where it has the column."""
    known = {column.field: column.label for column in columns(site)}
    return {name: known.get(name) or site.say(f"site.column.{name}") for name in frame.columns}
