"""`kamgen digest`: a mail of what there is to do, for one key account manager. kamgen sends nothing: a job of the CI does."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from kamgen.ahead import last_day
from kamgen.clock import NotADateError, as_of
from kamgen.commands.agenda import overdue, week, without
from kamgen.commands.answer import form_option
from kamgen.commands.completion import of_us
from kamgen.commands.place import Misuse
from kamgen.commands.sight import AS_OF, Sight, about, account_json, as_json, heading, lines, sight, tell_unread, unread_json
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.drift import drift
from kamgen.figures.agenda import Agenda, Appointment
from kamgen.figures.agenda import agenda as agenda_of
from kamgen.figures.outlook import Outlook
from kamgen.privacy import Curtain, unquoted
from kamgen.report import printable
from kamgen.reports.markdown import escaped
from kamgen.workspace import judge

AUDIENCE = "team"
"""A mail to somebody of the team: what is private stays in the files."""
DAYS = 7


@dataclass(frozen=True, slots=True)
class Digest:
    """What a mail tells: the agenda of `person` (an id), and the errors in the person's accounts that did not stand on `since`."""

    person: str
    agenda: Agenda
    since: dt.date
    turned: tuple[Diagnostic, ...]
    seen: Sight

    @property
    def title(self) -> str:
        """The mail's subject."""
        return self.seen.say("read.digest.title", name=self.seen.name(self.person), as_of=self.seen.as_of)

    @property
    def counts(self) -> tuple[str, ...]:
        """How much there is of each part."""
        told = {"overdue": self.agenda.overdue, "ahead": self.agenda.ahead, "without": self.agenda.without}
        counted = [self.seen.say(f"read.agenda.count.{name}", n=len(part)) for name, part in told.items()]
        return (*counted, self.seen.say("read.digest.count.turned", n=len(self.turned)))


@click.command()
@click.option("--kam", metavar="PERSON", shell_complete=of_us, required=True, help="Whose digest it is, by id or a part of the name.")
@click.option("--days", type=click.IntRange(0, 366), default=14, show_default=True, help="How many days to look ahead.")
@click.option("--since", metavar="DATE", help="Tell what turned red after this date, like 2026-05-20 or -7d; default: a week ago.")
@form_option(["text", "html", "markdown", "json"], "How it is read.")
@AS_OF
def digest(kam: str, days: int, since: str | None, form: str, date: str | None) -> None:
    """Write a mail of what there is to do: what is overdue, what is due, which accounts have no next activity, what turned red.

    It is printed, as text, HTML or Markdown: send or post it as you like.
    """
    seen = sight(date, audience=AUDIENCE)
    person = seen.person(kam) or ""
    day = _since(since, seen)
    agenda = agenda_of(seen.outlooks, seen.as_of, last_day(seen.as_of, days), person)
    told = Digest(person, agenda, day, _turned(person, day, seen), seen)
    click.echo({"text": as_text, "html": as_html, "markdown": as_markdown, "json": as_object}[form](told))
    tell_unread(seen)


def _since(since: str | None, seen: Sight) -> dt.date:
    try:
        return as_of(since, seen.workspace.portfolio, "since").date if since else seen.as_of - dt.timedelta(days=DAYS)
    except NotADateError as error:
        raise Misuse(str(error)) from None


def _turned(person: str, since: dt.date, seen: Sight) -> tuple[Diagnostic, ...]:
    """The errors in a person's accounts that did not stand on a day, without what is private."""
    came = drift(judge(seen.workspace.reading, since), seen.workspace).came
    shown = {one.account.path: Curtain(one.account, one.plan, AUDIENCE) for one in seen.outlooks}
    mine = (unquoted(found) for found in came if found.severity is Severity.ERROR and found.owner == person)
    return tuple(shown[found.path].over(found, seen.workspace.ground.language) if found.path in shown else found for found in mine)


def as_text(told: Digest) -> str:
    """For a mail without HTML, or the terminal."""
    seen = told.seen
    weeks = (week(monday, ahead, seen) for monday, ahead in told.agenda.weeks)
    head = [heading(told.title), printable(", ".join(told.counts))]
    return lines(head, overdue(told.agenda.overdue, seen), without(told.agenda.without, seen), _red(told), *weeks)


def _red(told: Digest) -> Iterator[str]:
    if told.turned:
        yield heading(told.seen.say("read.digest.turned", since=told.since), "red")
    for found in told.turned:
        yield f"  {printable(found.message)}"
        if found.help:
            yield f"    {printable(found.help)}"


def as_markdown(told: Digest) -> str:
    """For a chat or an issue: lists under headings."""
    seen = told.seen
    parts = {
        "read.agenda.overdue": [_line(one, seen) for one in told.agenda.overdue],
        "read.agenda.without": [f"**{escaped(one.plan.account)}**, {escaped(_tier(one, seen))}" for one in told.agenda.without],
        "read.digest.turned": [_begun(found.message) for found in told.turned],
        "read.digest.due": [_line(one, seen) for one in told.agenda.ahead],
    }
    listed = ([f"### {seen.say(title, since=told.since)}", "", *(f"- {item}" for item in items)] for title, items in parts.items() if items)
    return lines([f"## {escaped(told.title)}"], [escaped(", ".join(told.counts))], *listed)


def _begun(text: str) -> str:
    """Text that begins an item: not even its first sign is mark-up, as in an account called `# Acme` or `1. FC`."""
    told = escaped(text)
    return told if told[:1].isalpha() or told.startswith("&#") else f"&#{ord(told[0])};{told[1:]}"


def _line(one: Appointment, seen: Sight) -> str:
    time = f" {one.activity.time:%H:%M}" if one.activity.time else ""
    return f"{seen.date(one.activity.date)}{time} **{escaped(one.outlook.plan.account)}**: {escaped(about(one, seen))}"


def _tier(outlook: Outlook, seen: Sight) -> str:
    return seen.say("read.agenda.tier", tier=seen.tier(outlook))


def as_html(told: Digest) -> str:
    """For a mail program: tables and inline styles; no script, no picture, nothing that is fetched."""
    from kamgen.page import templates  # noqa: PLC0415  (only this form pays for Jinja)

    language = told.seen.workspace.ground.language
    made = templates(Path(told.seen.workspace.root, "templates"), language).environment.get_template("mail/digest.html")
    return made.render(digest=told, seen=told.seen, language=language, about=about, tier=_tier).rstrip()


def as_object(told: Digest) -> str:
    """`overdue`, `due`, `without`, and `turned_red` with what `kamgen check` says, `unread`."""
    turned = [{"account": one.account, "code": one.code, "rule": one.rule, "message": one.message, "help": one.help} for one in told.turned]
    whole = {
        "person": told.person,
        "since": told.since.isoformat(),
        "until": told.agenda.until.isoformat(),
        "overdue": [as_json(one) for one in told.agenda.overdue],
        "due": [as_json(one) for one in told.agenda.ahead],
        "without": [account_json(one) for one in told.agenda.without],
        "turned_red": turned,
        "unread": unread_json(told.seen),
    }
    return json.dumps(told.seen.with_date(whole), ensure_ascii=False, indent=2)
