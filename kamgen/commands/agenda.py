"""`kamgen agenda`: what is overdue, what comes, and which accounts have nothing ahead."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator

import click

from kamgen.ahead import last_day
from kamgen.commands.completion import of_us
from kamgen.commands.sight import AS_OF, FORM, Sight, about, account_json, as_json, called, heading, lines, sight, tell_unread, unread_json
from kamgen.figures.agenda import Agenda, Appointment
from kamgen.figures.agenda import agenda as agenda_of
from kamgen.figures.outlook import Outlook
from kamgen.report import printable


@click.command()
@click.option("--kam", metavar="PERSON", shell_complete=of_us, help="Only what concerns this person, by id or a part of the name.")
@click.option("--days", type=click.IntRange(0, 366), default=14, show_default=True, help="How many days to look ahead.")
@AS_OF
@FORM
def agenda(kam: str | None, days: int, date: str | None, form: str) -> None:
    """Tell what is overdue, what comes, and which accounts have no next activity.

    To a person belongs what is planned with the accounts that the person owns, and where the person takes part.
    """
    seen = sight(date)
    found = agenda_of(seen.outlooks, seen.as_of, last_day(seen.as_of, days), seen.person(kam))
    click.echo(as_object(found, seen) if form == "json" else as_text(found, seen))
    tell_unread(seen)


def as_text(found: Agenda, seen: Sight) -> str:
    """Overdue first, then week by week, then who has nothing ahead; a line that counts."""
    weeks = (week(monday, ahead, seen) for monday, ahead in found.weeks)
    counts = (("overdue", len(found.overdue)), ("ahead", len(found.ahead)), ("without", len(found.without)))
    parts = tuple(seen.say(f"read.agenda.count.{name}", n=count) for name, count in counts)
    end = seen.say("read.agenda.end", parts=parts, until=found.until, as_of=seen.as_of, origin=seen.day.words)
    return lines(overdue(found.overdue, seen), *weeks, without(found.without, seen), [end])


def overdue(found: Iterable[Appointment], seen: Sight, more: int = 0) -> Iterator[str]:
    """What nobody settled, the oldest first, how many `more` there are, and how to settle it."""
    late = list(found)
    if late:
        yield heading(seen.say("read.agenda.overdue"), "red")
        for one in late:
            days = seen.say("read.agenda.days", n=(seen.as_of - one.activity.date).days)
            yield f"  {seen.date(one.activity.date)}  {called(one.outlook)}: {about(one, seen)}; {days}{_who(one, seen)}"
        if more:
            yield f"  {seen.say('read.brief.more', n=more)}"
        yield f"  {seen.say('read.agenda.settle')}"


def week(monday: dt.date, found: Iterable[Appointment], seen: Sight) -> Iterator[str]:
    """What comes in a week, in the order of time."""
    yield heading(seen.say("read.agenda.week", week=monday.strftime("%G-W%V")))
    for one in found:
        time = f" {one.activity.time:%H:%M}" if one.activity.time else ""
        place = f"; {printable(one.activity.place)}" if one.activity.place else ""
        yield f"  {seen.date(one.activity.date)}{time}  {called(one.outlook)}: {about(one, seen)}{place}{_who(one, seen)}"


def _who(one: Appointment, seen: Sight) -> str:
    return f" [{printable(seen.name(one.activity.by or one.outlook.plan.owner))}]"


def without(found: Iterable[Outlook], seen: Sight) -> Iterator[str]:
    """The accounts that have no next activity, and how to plan one."""
    bare = list(found)
    if bare:
        yield heading(seen.say("read.agenda.without"), "red")
        for outlook in bare:
            owner = printable(seen.name(outlook.plan.owner))
            yield f"  {called(outlook)}, {seen.say('read.agenda.tier', tier=printable(seen.tier(outlook)))} [{owner}]"
        yield f"  {seen.say('read.agenda.plan')}"


def as_object(found: Agenda, seen: Sight) -> str:
    """`overdue` and `ahead` with their activities, `without` with accounts, `unread` with plans that are left out."""
    told = {
        "until": found.until.isoformat(),
        "overdue": [as_json(one) for one in found.overdue],
        "ahead": [as_json(one) for one in found.ahead],
        "without": [account_json(outlook) for outlook in found.without],
        "unread": unread_json(seen),
    }
    return json.dumps(seen.with_date(told), ensure_ascii=False, indent=2)
