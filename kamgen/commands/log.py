"""`kamgen log`: what was done with a customer, and what comes next, in one step (004)."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import click

from kamgen.cadence import present
from kamgen.commands.answer import in_json
from kamgen.commands.completion import of_accounts, of_everybody, of_types
from kamgen.commands.desk import carry_out, revised
from kamgen.commands.office import Desk
from kamgen.commands.place import Misuse
from kamgen.commands.words import DATES, dates, dry_run_option, office_of, options_of_an_activity, said_of, type_of, with_words
from kamgen.frozen import Frozen
from kamgen.intent import Intended
from kamgen.intent.activity import Facts, logged, new_id, planned, planned_around, subject_of
from kamgen.message import say


class Wanted(Frozen):
    """What a person said: what was done, with whom, and what is to come, in their words. Empty is what they did not say."""

    type: str = ""
    date: str = ""
    then: str = ""
    on: str = ""
    about: str = ""
    then_with: tuple[str, ...] = ()


@click.command()
@click.argument("account", required=False, shell_complete=of_accounts)
@click.option("--type", "type", metavar="TYPE", shell_complete=of_types, help="What sort of activity it was, like status-meeting.")
@click.option("--date", metavar="DATE", help=f"The day it was held, {DATES}; default: today.")
@options_of_an_activity
@click.option("--note", metavar="TEXT", help="What was said: concrete, something to act on.")
@click.option("--result", metavar="TEXT", help="What came of it.")
@click.option("--next-step", "next_step", metavar="TEXT", help="What happens next, and who does it.")
@click.option("--then", metavar="TYPE", shell_complete=of_types, help="What sort of activity to plan next.")
@click.option("--on", metavar="DATE", help=f"The day to plan it for, {DATES}.")
@click.option("--then-subject", "about", metavar="TEXT", callback=with_words, help="What the next one is about; default: the next step.")
@click.option(
    "--then-with", "then_with", metavar="PERSON", multiple=True, callback=with_words, shell_complete=of_everybody,
    help="Who takes part in it; default: the same.",
)  # fmt: skip
@dry_run_option
def log(
    account: str | None, type: str | None, date: str | None, then: str | None, on: str | None, about: str | None, then_with: tuple[str, ...],
    dry_run: bool, **given: Any,
) -> int:  # fmt: skip
    """Write down what was done with a customer, and plan the next activity in the same step.

    An activity of that type which was planned with one of the same people, at most 14 days before or after that day, is marked
    held; where nobody is named, one that was planned at most 14 days before or 3 days after it. Else a new one is written.
    Without arguments, on a terminal, everything is asked; there a key account is asked for its next activity whenever --then is not said.
    """
    wanted = Wanted(type or "", date or "", then or "", on or "", about or "", then_with)
    asked = not account or not type
    if not account or not type:
        account, wanted, given = _asked(account, wanted, given)
    here, path = office_of(account)
    if not (wanted.then and wanted.on) and _on_a_terminal():
        wanted = _asked_next(here.desk(path, (here.root / path).read_bytes()), wanted, given, asked=asked)
    elif bool(wanted.then) != bool(wanted.on):
        raise Misuse(say("log.then-and-on"))
    return carry_out(here, path, lambda desk: _decided(desk, wanted, given), dry_run=dry_run)


def _decided(desk: Desk, wanted: Wanted, given: dict[str, Any]) -> Intended:
    """What is written down, and what is planned."""
    said = said_of(desk, dates(wanted.date or "today", desk.office.today, back=True), given)
    facts = {**said, "type": type_of(wanted.type, desk)}
    done = logged(desk.diary, facts)
    if not wanted.then:
        return done
    ahead = planned(desk.diary, _of_next(desk, wanted, {**_people_of_planned(desk, facts), **facts}), (new_id(facts, ()),))
    return Intended((*done.changes, *ahead.changes), (*done.told, *ahead.told))


def _people_of_planned(desk: Desk, facts: Facts) -> dict[str, Any]:
    """Who was to take part in the planned activity that is marked held, if one is."""
    index = planned_around(desk.diary, facts["date"], facts["type"], facts.get("contacts", ()))
    if index is None:
        return {}
    activity = desk.plan.activities[index]
    return {"contacts": activity.contacts, "with": activity.colleagues}


def _of_next(desk: Desk, wanted: Wanted, facts: Facts) -> dict[str, Any]:
    """What is said of the next activity: with the same people, about the next step, where nothing else is said."""
    day = dates(wanted.on, desk.office.today)
    people = {"people": wanted.then_with} if wanted.then_with else {}
    told = said_of(desk, day, {"subject": wanted.about or subject_of(facts.get("next_step")), **people})
    same = {} if people else _still_there(desk, day, facts)
    return {**same, **told, "type": type_of(wanted.then, desk)}


def _still_there(desk: Desk, day: dt.date, facts: Facts) -> dict[str, list[str]]:
    """The people of an activity who will be there on a later day, theirs and ours."""
    theirs = {contact.id for contact in present(desk.plan, day)}
    ours = {person.id for person in desk.office.portfolio.people if person.active}
    there = {"contacts": theirs, "with": ours - {desk.plan.owner}}
    same = {name: [person for person in facts.get(name, ()) if person in known] for name, known in there.items()}
    return {name: people for name, people in same.items() if people}


def _on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and not in_json()


def _asked(account: str | None, wanted: Wanted, given: dict[str, Any]) -> tuple[str, Wanted, dict[str, Any]]:
    """What was not said, asked for on a terminal. Raises Misuse where there is nobody to ask."""
    if not _on_a_terminal():
        raise Misuse(say("log.say-what") if account else say("log.say-who"))
    from kamgen.commands import interview  # noqa: PLC0415  (only a terminal needs it)

    return interview.of_log(account, wanted, given)


def _asked_next(desk: Desk, wanted: Wanted, given: dict[str, Any], *, asked: bool) -> Wanted:
    """A key account gets a next activity, or one more, if the person says so; where everything was `asked`, any account does.

    Where its type or its day is said the other is asked for.
    """
    begun = wanted.then or wanted.on
    if desk.plan.closed or not (begun or asked or (desk.tier and desk.tier.gated)):
        return wanted
    from kamgen.commands import interview  # noqa: PLC0415  (only a terminal needs it)

    if begun:
        return interview.of_rest(desk, wanted)
    return interview.of_next(revised(desk, lambda here: _decided(here, wanted, given)).after, wanted)
