"""`kamgen status`: the state of the portfolio on one screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import click

from kamgen.commands.agenda import overdue
from kamgen.commands.sight import AS_OF, FORM, Sight, account_json, as_json, called, heading, lines, rate, sight
from kamgen.diagnostic import Severity
from kamgen.figures.agenda import Appointment
from kamgen.figures.coverage import Rate
from kamgen.figures.outlook import Outlook
from kamgen.figures.summary import Summary, summary
from kamgen.report import printable

SHOWN: Final = 5
"""Lines of a part: all of it fits on one screen."""


@click.command()
@AS_OF
@FORM
def status(date: str | None, form: str) -> None:
    """Tell the portfolio's state on one screen: who is uncovered, what is overdue, what is at risk, what is wrong.

    It never fails for what it finds: `kamgen check` does.
    """
    seen = sight(date)
    whole = summary(seen.outlooks)
    click.echo(as_object(whole, seen) if form == "json" else as_text(whole, seen))


def as_text(whole: Summary, seen: Sight) -> str:
    """The figures, then the first of each list with how many more there are, then a line for each key account manager."""
    late = [Appointment(entry.outlook, entry.activity) for entry in whole.overdue]
    title = seen.say("read.status.title", title=seen.workspace.portfolio.title, as_of=seen.as_of, origin=seen.day.words)
    return lines(
        [heading(title), *_figures(whole, seen)],
        _accounts("uncovered", whole.uncovered, seen),
        overdue(late[:SHOWN], seen, max(len(late) - SHOWN, 0)),
        _accounts("at-risk", at_risk(seen), seen),
        _people(seen),
        [seen.say("read.status.end")],
    )


def _figures(whole: Summary, seen: Sight) -> Iterator[str]:
    counts = {severity.word: seen.workspace.count(severity) for severity in (Severity.ERROR, Severity.WARNING)}
    told = {
        "accounts": seen.say("read.status.accounts", n=whole.accounts, keys=whole.keys),
        "next": rate(whole.next),
        "overdue": str(len(whole.overdue)),
        "compliance": rate(whole.compliance),
        "findings": ", ".join(seen.say(f"summary.{word}", n=count) for word, count in counts.items()),
    }
    width = max(len(seen.say(f"read.status.{name}.label")) for name in told)
    red = {"next": whole.next.part < whole.next.whole, "overdue": bool(whole.overdue), "findings": counts["error"] > 0}
    for name, value in told.items():
        yield f"  {seen.say(f'read.status.{name}.label'):<{width}}  {click.style(value, fg='red') if red.get(name) else value}"


def at_risk(seen: Sight) -> tuple[Outlook, ...]:
    """The accounts whose status says so."""
    return tuple(outlook for outlook in seen.outlooks if outlook.plan.status == "at-risk")


def _accounts(name: str, found: tuple[Outlook, ...], seen: Sight) -> Iterator[str]:
    if found:
        yield heading(seen.say(f"read.status.{name}"), "red")
    for outlook in found[:SHOWN]:
        reason = f": {printable(outlook.plan.status_reason)}" if name == "at-risk" and outlook.plan.status_reason else ""
        tier = seen.say("read.agenda.tier", tier=printable(seen.tier(outlook)))
        yield f"  {called(outlook)}, {tier} [{printable(seen.name(outlook.plan.owner))}]{reason}"
    yield from _more(len(found), seen)


def _more(count: int, seen: Sight) -> Iterator[str]:
    if count > SHOWN:
        yield f"  {seen.say('read.brief.more', n=count - SHOWN)}"


def owners(seen: Sight) -> tuple[tuple[str, Summary], ...]:
    """Person id -> what the person's accounts come to, by name: work to do, no ranks."""
    found: dict[str, list[Outlook]] = {}
    for outlook in seen.outlooks:
        if outlook.open:
            found.setdefault(outlook.plan.owner, []).append(outlook)
    listed = sorted(found, key=lambda person: (seen.name(person).casefold(), person))
    return tuple((person, summary(found[person])) for person in listed)


def _people(seen: Sight) -> Iterator[str]:
    told = [(printable(seen.name(person)), whole) for person, whole in owners(seen)]
    if told:
        yield heading(seen.say("read.status.people"))
    width = max((len(name) for name, _ in told), default=0)
    for name, whole in told:
        parts = [seen.say("summary.accounts", n=whole.accounts), _count("uncovered", whole.uncovered, seen), _count("overdue", whole.overdue, seen)]
        yield f"  {name:<{width}}  {', '.join(part for part in parts if part)}"


def _count(name: str, found: Iterable[object], seen: Sight) -> str:
    count = len(list(found))
    return seen.say(f"read.status.count.{name}", n=count) if count else ""


def as_object(whole: Summary, seen: Sight) -> str:
    """The figures as numbers (a rate as `part` and `whole`), the lists whole."""
    told: dict[str, Any] = {
        "accounts": whole.accounts,
        "key_accounts": whole.keys,
        "next_activity": _rate(whole.next),
        "compliance": _rate(whole.compliance),
        "errors": seen.workspace.count(Severity.ERROR),
        "warnings": seen.workspace.count(Severity.WARNING),
        "uncovered": [account_json(outlook) for outlook in whole.uncovered],
        "overdue": [as_json(Appointment(entry.outlook, entry.activity)) for entry in whole.overdue],
        "at_risk": [account_json(outlook) for outlook in at_risk(seen)],
        "people": [
            {"person": person, "accounts": some.accounts, "uncovered": len(some.uncovered), "overdue": len(some.overdue)}
            for person, some in owners(seen)
        ],
    }
    return json.dumps(seen.with_date(told), ensure_ascii=False, indent=2)


def _rate(value: Rate) -> dict[str, int]:
    return {"part": value.part, "whole": value.whole}
