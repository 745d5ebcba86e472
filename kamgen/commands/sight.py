"""What a command sees that only reads: the portfolio as of a day, account by account, and the words to tell it with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import click

from kamgen.account import Account
from kamgen.cadence import there
from kamgen.clock import AsOf, NotADateError, as_of
from kamgen.commands import pick
from kamgen.commands.answer import form_option, in_json
from kamgen.commands.place import Misuse, root
from kamgen.figures.agenda import Appointment
from kamgen.figures.coverage import Rate
from kamgen.figures.outlook import Outlook, outlook
from kamgen.figures.worklog import met
from kamgen.message import say
from kamgen.model.activity import Activity
from kamgen.model.people import Contact
from kamgen.privacy import own_words, visible
from kamgen.report import printable
from kamgen.workspace import Workspace, judge, read

AS_OF: Final = click.option("--as-of", "date", metavar="DATE", help="Tell it as of this date, like 2026-05-20 or +7d; default: today.")
FORM: Final = form_option()
PRIVATE: Final = "private"
"""Whoever runs a command has the files: nothing is left out of what a terminal shows."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The workspace of a day, where the day comes from, and where every account stands that can be read, the highest tier first."""

    workspace: Workspace
    day: AsOf
    outlooks: tuple[Outlook, ...]

    @property
    def as_of(self) -> dt.date:
        """The day that everything is told as of."""
        return self.day.date

    def say(self, message_id: str, **values: object) -> str:
        """A sentence of the catalogue in the portfolio's language."""
        return say(message_id, language=self.workspace.ground.language, **values)

    def name(self, person: str | None) -> str:
        """The name of one of us."""
        return self.workspace.portfolio.person_name(person)

    def person(self, words: str | None) -> str | None:
        """The id of the one of us that `words` mean; None for no words. Raises Misuse."""
        return None if words is None else pick.person(self.workspace.portfolio, words).id

    def contact(self, contact: Contact, title: bool = False) -> str:
        """What a customer's person is called, with the `title` where that is asked for; who has left by the day is told to have."""
        gone = contact.left is not None and contact.left <= self.as_of
        more = [*([contact.title] if title and contact.title else []), *([self.say("sight.left")] if gone else [])]
        return self.say("sight.contact", name=contact.name, more=tuple(more)) if more else contact.name

    def type(self, activity: Activity) -> str:
        """What people call an activity's type."""
        known = self.workspace.ground.ruleset.activity_types.get(activity.type)
        return known.label if known and known.label else activity.type

    def tier(self, outlook: Outlook) -> str:
        """What people call an account's tier."""
        tier = outlook.account.tier
        return tier.label or tier.id if tier else outlook.plan.tier

    def date(self, day: dt.date) -> str:
        """`Tue 2026-05-12`."""
        return f"{self.say(f'read.weekday.{day.isoweekday()}')} {day.isoformat()}"

    def with_date(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """An object for programs, which begins with the day and its origin."""
        return {"as_of": self.as_of.isoformat(), "as_of_from": self.day.origin, **values}

    @property
    def unread(self) -> tuple[str, ...]:
        """The paths of the plans that cannot be read: nothing of them is among the outlooks."""
        return tuple(account.path for account in self.workspace.accounts if account.plan is None)


def sight(date: str | None, *, audience: str | None = PRIVATE, path: str | None = None) -> Sight:
    """What there is to see as of a day, with the parts that an audience may see: without one, that of the site. With `path`, of that plan alone.

    Raises Misuse, Unreadable for that plan.
    """
    reading = read(root(), None if path is None else (path,))
    try:
        day = as_of(date, reading.portfolio)
    except NotADateError as error:
        raise Misuse(str(error)) from None
    workspace = judge(reading, day.date)
    seen = Sight(workspace, day, outlooks(workspace, audience or workspace.portfolio.publish.audience))
    if path is not None and not seen.outlooks:
        from kamgen.commands.office import Unreadable  # noqa: PLC0415  (only what went wrong needs it)

        raise Unreadable(say("read.unreadable", path=path))
    return seen


def tell_unread(seen: Sight) -> None:
    """Names the plans that are left out, and what to run, on the error stream; a program reads them in the answer."""
    if seen.unread and not in_json():
        click.echo(f"kamgen: {printable(_unread(seen, *seen.unread))}", err=True)


def unread_json(seen: Sight) -> list[dict[str, str]]:
    """The plans that are left out as programs read them."""
    return [{"path": path, "message": _unread(seen, path)} for path in seen.unread]


def _unread(seen: Sight, *paths: str) -> str:
    return seen.say("read.unread", n=len(paths), paths=" ".join(paths))


def outlooks(workspace: Workspace, audience: str) -> tuple[Outlook, ...]:
    """Where every account stands that can be read, the highest tier first, then by name."""
    ranks = {tier: rank for rank, tier in enumerate(workspace.ground.ruleset.tiers)}
    found = [one for account in workspace.accounts if (one := _outlook(account, workspace, audience))]
    return tuple(sorted(found, key=lambda one: (ranks.get(one.plan.tier, len(ranks)), one.plan.account.casefold(), one.account.path)))


def _outlook(account: Account, workspace: Workspace, audience: str) -> Outlook | None:
    if account.plan is None:
        return None
    shown = account.plan if audience == PRIVATE else visible(account.plan, audience, own_words(account))
    return outlook(account, shown, workspace.portfolio, workspace.ground.ruleset, workspace.as_of)


def called(outlook: Outlook) -> str:
    """`QUICK-Stop (quick-stop)`: the name, and the id to paste into the next command."""
    name = printable(outlook.plan.account)
    return name if outlook.account.id == name else f"{name} ({outlook.account.id})"


def about(one: Appointment, sight: Sight) -> str:
    """`Status meeting – Autumn assortment, with Anna Lind`."""
    activity, people = one.activity, tuple(sight.contact(contact) for contact in met(one))
    told = " – ".join([sight.type(activity), *([activity.subject] if activity.subject else [])])
    if not people:
        return printable(told if there(one.outlook.plan, activity) or not activity.contacts else sight.say("sight.with-all-left", about=told))
    return printable(sight.say("sight.with", about=told, people=people))


def rate(value: Rate) -> str:
    """`90 % (9 of 10)`; a dash where there is nothing to count. What is not all is never rounded to 100 %, nor something to nothing."""
    if value.value is None:
        return "–"
    whole = round(value.value * 100)
    return say("sight.rate", share=max(1, min(99, whole)) if 0 < value.value < 1 else whole, part=value.part, whole=value.whole)


def heading(text: str, colour: str | None = None) -> str:
    """A line that begins a part; bold on a terminal, plain elsewhere."""
    return click.style(printable(text), bold=True, fg=colour)


def as_json(one: Appointment) -> dict[str, Any]:
    """An appointment as programs read it: ids, ISO dates, what is not given as null."""
    activity = one.activity
    return {
        "account": one.outlook.account.id,
        "name": one.outlook.plan.account,
        "owner": one.outlook.plan.owner,
        **{name: getattr(activity, name) for name in ("id", "type", "status", "subject", "channel", "place", "minutes", "by")},
        "date": activity.date.isoformat(),
        "time": activity.time.isoformat("minutes") if activity.time else None,
        "with": list(activity.colleagues),
        "contacts": list(activity.contacts),
        "moved_from": [day.isoformat() for day in activity.moved_from],
    }


def account_json(outlook: Outlook) -> dict[str, Any]:
    """An account as programs read it."""
    return {"account": outlook.account.id, "name": outlook.plan.account, "tier": outlook.plan.tier, "owner": outlook.plan.owner}


def lines(*parts: Iterable[str]) -> str:
    """Parts with a blank line between them; empty ones are left out."""
    told = ["\n".join(part) for part in (list(part) for part in parts) if part]
    return "\n\n".join(told)
