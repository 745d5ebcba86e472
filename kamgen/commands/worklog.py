"""`kamgen worklog`: what one of us did with customers in a week (003)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from kamgen.commands.completion import of_us
from kamgen.commands.place import Misuse
from kamgen.commands.sight import AS_OF, FORM, Sight, as_json, called, heading, lines, sight, tell_unread, unread_json
from kamgen.figures.agenda import week_of
from kamgen.figures.worklog import Entry, monday
from kamgen.figures.worklog import worklog as worklog_of
from kamgen.message import say
from kamgen.report import printable

TOLD = ("note", "result", "next_step")


@click.command()
@click.option("--kam", metavar="PERSON", shell_complete=of_us, required=True, help="Whose work it is, by id or a part of the name.")
@click.option("--week", metavar="WEEK", help='A week like 2026-W21, "week 21" or 21; default: this week.')
@AS_OF
@FORM
def worklog(kam: str, week: str | None, date: str | None, form: str) -> None:
    """Tell what a key account manager did with customers in a week: date, customer, person met, content, result, next step."""
    seen = sight(date)
    person = seen.person(kam) or ""
    first = _week(week, seen.as_of) if week else week_of(seen.as_of)
    last = first + dt.timedelta(days=6)
    found = worklog_of(seen.outlooks, person, first, last)
    told = _object(found, person, first, seen) if form == "json" else as_text(found, seen.name(person), first, seen)
    click.echo(told)
    tell_unread(seen)


def _week(words: str, today: dt.date) -> dt.date:
    """The first day of the week that is meant. Raises Misuse."""
    try:
        return monday(words, today)
    except ValueError:
        raise Misuse(say("read.worklog.no-week", text=printable(words))) from None


def as_text(found: Iterable[Entry], name: str, first: dt.date, seen: Sight) -> str:
    """A heading, then each activity with what was said and what comes next."""
    title = seen.say("read.worklog.title", name=name, week=first.strftime("%G-W%V"), first=first, last=first + dt.timedelta(days=6))
    entries = [list(_entry(entry, seen)) for entry in found]
    return lines([heading(title)], *(entries or [[seen.say("read.worklog.none")]]))


def _entry(entry: Entry, seen: Sight) -> Iterator[str]:
    activity = entry.held.activity
    subject = f" – {activity.subject}" if activity.subject else ""
    yield f"{seen.date(activity.date)}  {called(entry.held.outlook)}: {printable(seen.type(activity) + subject)}"
    people = tuple(seen.contact(contact, title=True) for contact in entry.met)
    if people:
        yield f"  {printable(seen.say('read.worklog.met', people=people))}"
    for name in TOLD:
        if text := getattr(activity, name):
            yield f"  {printable(seen.say(f'read.worklog.{name}', text=text))}"


def _object(found: Iterable[Entry], person: str, first: dt.date, seen: Sight) -> str:
    told: dict[str, Any] = {"person": person, "week": first.strftime("%G-W%V"), "entries": [_told(entry) for entry in found]}
    return json.dumps(seen.with_date({**told, "unread": unread_json(seen)}), ensure_ascii=False, indent=2)


def _told(entry: Entry) -> dict[str, Any]:
    people = [{"id": contact.id, "name": contact.name, "title": contact.title} for contact in entry.met]
    return {**as_json(entry.held), "met": people, **{name: getattr(entry.held.activity, name) for name in TOLD}}
