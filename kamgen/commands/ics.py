"""`kamgen ics`: a calendar of what is planned and was held, for a program to take in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kamgen.commands import answer, pick
from kamgen.commands.completion import of_accounts, of_us
from kamgen.commands.place import Misuse, root
from kamgen.commands.sight import AS_OF, Sight, sight, tell_unread, unread_json
from kamgen.format import ICS
from kamgen.formats.ics import Desk, calendar, events
from kamgen.message import say
from kamgen.parse import stem


@click.command()
@click.argument("account", required=False, shell_complete=of_accounts)
@click.option("--kam", metavar="PERSON", shell_complete=of_us, help="The calendar of this person, by id or a part of the name.")
@click.option("--account", "named", metavar="ACCOUNT", shell_complete=of_accounts, help="The same as ACCOUNT.")
@click.option("-o", "--output", metavar="FILE", help="Write it to this file; default: print it.")
@AS_OF
@answer.format_option
def ics(account: str | None, kam: str | None, named: str | None, output: str | None, date: str | None) -> None:
    """Write a calendar: of ACCOUNT, by id or a part of the name, of a person, or of all.

    It holds what is planned, what is overdue, and what was held in the last three months, with the parts that the site's readers
    may see. Taken in again after a move, it moves the meeting and adds no second one.
    """
    if account is not None and named is not None:
        raise Misuse(say("said.account-twice", account=account, named=named))
    asked = account if named is None else named
    path = None if asked is None else pick.account(root(), asked)
    seen = sight(date, audience=None, path=path)
    person = seen.person(kam)
    content = calendar_of(seen, person)
    if output is not None:
        _write(output, content)
    if answer.in_json():
        told = {"account": stem(path) if path else None, "person": person, "path": output, "events": content.count(b"BEGIN:VEVENT")}
        answer.tell({**told, "unread": unread_json(seen), "calendar": None if output else content.decode()})
    elif output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    tell_unread(seen)


def _write(output: str, content: bytes) -> None:
    if Path(output).suffix != f".{ICS.suffix}":
        raise Misuse(say("ics.not-a-calendar", path=output))
    Path(output).write_bytes(content)


def calendar_of(seen: Sight, person: str | None) -> bytes:
    """The calendar of what is seen, or of what concerns a person in it."""
    portfolio, ground = seen.workspace.portfolio, seen.workspace.ground
    desk = Desk(portfolio, ground.ruleset, seen.as_of, ground.language)
    found = [event for outlook in seen.outlooks for event in events(outlook, desk) if person is None or person in event.people]
    partial = seen.workspace.reading.partial
    name = seen.name(person) or (seen.outlooks[0].plan.account if partial else "")
    title = seen.say("calendar.title", name=name, portfolio=portfolio.title) if name else portfolio.title
    return calendar(title, found, portfolio.time_zone)
