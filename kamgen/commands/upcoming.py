"""`kamgen upcoming`: what turns red if nothing happens."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from typing import Any

import click

from kamgen.ahead import Coming, coming, last_day
from kamgen.clock import AsOf, NotADateError, as_of
from kamgen.commands.answer import form_option
from kamgen.commands.completion import of_us
from kamgen.commands.place import Misuse, root
from kamgen.diagnostic import Severity
from kamgen.frozen import Frozen
from kamgen.message import say
from kamgen.model.portfolio import Portfolio
from kamgen.report import printable
from kamgen.reports.json import as_json
from kamgen.reports.text import line
from kamgen.workspace import Reading, judge, read


class Outlook(Frozen):
    """What comes until a day. `red` is how many errors there are now: a plan that cannot be read says nothing of tomorrow.

    For one owner, what has no owner counts too: it may be a plan of theirs that cannot be read.
    """

    portfolio: Portfolio
    as_of: AsOf
    until: dt.date
    red: int
    found: tuple[Coming, ...]


@click.command()
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="How many days to look ahead.")
@click.option("--owner", metavar="PERSON", shell_complete=of_us, help="Only the accounts of this person, by id or name.")
@click.option("--as-of", "date", metavar="DATE", help="Look ahead from this date, like 2026-05-20 or +30d; default: today.")
@form_option()
def upcoming(days: int, owner: str | None, date: str | None, form: str) -> None:
    """Tell what turns red if nothing happens: the errors and warnings of the days ahead that are not there yet.

    Each is told with the first day that it stands on. The command never fails for them: nothing is wrong yet.
    """
    reading = read(root())
    person = _person(owner, reading.portfolio)
    outlook = outlook_on(reading, _as_of(date, reading.portfolio), days, person)
    click.echo(as_object(outlook) if form == "json" else as_text(outlook))


def outlook_on(reading: Reading, day: AsOf, days: int, owner: str | None = None) -> Outlook:
    """What comes within `days` after a day, for one owner or for all."""
    until = last_day(day.date, days)
    now = judge(reading, day.date)
    red = [one for one in now.diagnostics if one.severity is Severity.ERROR and (owner is None or one.owner in {owner, None})]
    found = coming(now, until)
    mine = tuple(one for one in found if owner is None or one.diagnostic.owner == owner)
    return Outlook(reading.portfolio, day, until, len(red), mine)


def as_text(outlook: Outlook) -> str:
    """A line a finding: the day, the owner, and what `kamgen check` will say of it; a blank line, and what of it stands on the last day."""
    lines = [f"{one.date} {_owner(one, outlook)}{line(one.diagnostic)}" for one in outlook.found]
    parts = tuple(
        say(f"summary.{severity.word}", n=sum(1 for one in outlook.found if one.stays and one.diagnostic.severity is severity))
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    day: dict[str, Any] = {"until": outlook.until, "as_of": outlook.as_of.date, "origin": outlook.as_of.words}
    gone = sum(1 for one in outlook.found if not one.stays)
    ending = "some" if not gone else "some-gone"
    summary = say(f"upcoming.{ending}", parts=parts, n=gone, **day) if lines else say("upcoming.none", **day)
    red = [say("upcoming.red", n=outlook.red)] if outlook.red else []
    return "\n".join([*lines, *([""] if lines else []), summary, *red])


def as_object(outlook: Outlook) -> str:
    """`as_of`, `until`, `errors_now`, and `upcoming`: findings as in the report `json`, each with the `date` that it begins on."""
    whole = {
        "as_of": outlook.as_of.date.isoformat(),
        "as_of_from": outlook.as_of.origin,
        "until": outlook.until.isoformat(),
        "errors_now": outlook.red,
        "upcoming": [{"date": one.date.isoformat(), **as_json(one.diagnostic)} for one in outlook.found],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _owner(one: Coming, outlook: Outlook) -> str:
    name = outlook.portfolio.person_name(one.diagnostic.owner)
    return f"{printable(name)}: " if name else ""


def _as_of(date: str | None, portfolio: Portfolio) -> AsOf:
    try:
        return as_of(date, portfolio)
    except NotADateError as error:
        raise Misuse(str(error)) from None


def _person(owner: str | None, portfolio: Portfolio) -> str | None:
    """The id of a person by id or name. Raises Misuse where there is none."""
    if owner is None:
        return None
    by_name = {person.name: person.id for person in portfolio.people} | {person.id: person.id for person in portfolio.people}
    if owner not in by_name:
        near = difflib.get_close_matches(owner, by_name, n=1)
        words = say("upcoming.no-such-owner.near", text=owner, near=near[0]) if near else say("upcoming.no-such-owner", text=owner)
        meant = {by_name[name] for name in near or by_name}
        raise Misuse(words, [(person.id, person.name) for person in portfolio.people if person.id in meant])
    return by_name[owner]
