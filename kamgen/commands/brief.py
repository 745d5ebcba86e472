"""`kamgen brief`: what to know before a meeting, in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import click

from kamgen.cadence import next_activity, present
from kamgen.commands import pick
from kamgen.commands.place import root
from kamgen.commands.sight import AS_OF, FORM, Sight, about, account_json, as_json, called, heading, lines, sight
from kamgen.commands.words import account_argument
from kamgen.diagnostic import Severity
from kamgen.figures.agenda import Appointment
from kamgen.figures.goals import late
from kamgen.figures.outlook import Outlook
from kamgen.figures.relationships import is_weak
from kamgen.figures.worklog import met
from kamgen.model.activity import Activity
from kamgen.model.people import Contact
from kamgen.report import printable

SAID: Final = ("note", "result", "next_step")
SHOWN: Final = 5
"""Items of a part; the account's page has them all."""


@click.command()
@account_argument
@AS_OF
@FORM
def brief(account: str, date: str | None, form: str) -> None:
    """Tell what to know before a meeting with ACCOUNT, by id or a part of the name.

    What is next and with whom, what was said last time, what is open: offers, complaints, goals, actions; and what is wrong.
    """
    path = pick.account(root(), account)
    seen = sight(date, path=path)
    told = as_object if form == "json" else as_text
    click.echo(told(seen.outlooks[0], seen))


def as_text(outlook: Outlook, seen: Sight) -> str:
    """One part after the other, the next meeting first; a part without anything is left out."""
    opened = ([heading(seen.say(f"read.brief.{name}")), *(f"  {line}" for line in told)] for name, told in _open(outlook, seen).items() if told)
    return lines(_head(outlook, seen), _next(outlook, seen), _last(outlook, seen), _overdue(outlook, seen), _people(outlook, seen), *opened)


def _head(outlook: Outlook, seen: Sight) -> Iterator[str]:
    plan = outlook.plan
    yield heading(called(outlook))
    words = {"tier": seen.tier(outlook), "status": seen.say(f"site.status.{plan.status}") if plan.status else "-", "owner": seen.name(plan.owner)}
    yield printable(seen.say("read.brief.head", **words))
    if plan.status_reason:
        yield printable(plan.status_reason)
    if plan.value_proposition:
        yield printable(seen.say("read.brief.value", text=plan.value_proposition))


def _next(outlook: Outlook, seen: Sight) -> Iterator[str]:
    yield heading(seen.say("read.brief.next"))
    activity = next_activity(outlook.plan, seen.workspace.ground.ruleset, seen.as_of)
    if activity is None:
        yield f"  {seen.say('read.brief.none')}"
        return
    yield f"  {_line(activity, outlook, seen)}"
    ours = dict.fromkeys((activity.by or outlook.plan.owner, *activity.colleagues))
    place = printable(activity.place or "")
    channel = seen.say(f"label.activities.channel.{activity.channel}") if activity.channel else ""
    yield f"  {', '.join(part for part in (', '.join(printable(seen.name(person)) for person in ours), channel, place) if part)}"
    if activity.agenda:
        yield f"  {printable(seen.say('calendar.agenda', value=activity.agenda))}"


def _line(activity: Activity, outlook: Outlook, seen: Sight) -> str:
    time = f" {activity.time:%H:%M}" if activity.time else ""
    return f"{seen.date(activity.date)}{time}  {about(Appointment(outlook, activity), seen)}"


def _last(outlook: Outlook, seen: Sight) -> Iterator[str]:
    activity = outlook.last
    if activity:
        yield heading(seen.say("read.brief.last"))
        yield f"  {_line(activity, outlook, seen)}"
        yield from (f"  {printable(seen.say(f'read.worklog.{name}', text=text))}" for name in SAID if (text := getattr(activity, name)))


def _overdue(outlook: Outlook, seen: Sight) -> Iterator[str]:
    if outlook.overdue:
        yield heading(seen.say("read.agenda.overdue"), "red")
        yield from (f"  {_line(activity, outlook, seen)}" for activity in outlook.overdue)


def _people(outlook: Outlook, seen: Sight) -> Iterator[str]:
    """Those of the next meeting, who are told with all that is known of them; else those who have not left, the most influential first."""
    upcoming = next_activity(outlook.plan, seen.workspace.ground.ruleset, seen.as_of)
    there = met(Appointment(outlook, upcoming)) if upcoming else ()
    listed = there or sorted(present(outlook.plan, seen.as_of), key=lambda one: -(one.influence or 0))[:SHOWN]
    if listed:
        yield heading(seen.say("read.brief.people"))
    for contact in listed:
        yield f"  {printable(_person(contact, seen))}"
        for name in ("description", "interests", "background"):
            if there and (text := getattr(contact, name)):
                yield f"    {printable(text)}"


def _person(contact: Contact, seen: Sight) -> str:
    known = [contact.title, contact.buying_role and seen.say(f"label.contacts.buying_role.{contact.buying_role}")]
    if contact.support:
        known.append(seen.say(f"label.contacts.support.{contact.support}"))
    if is_weak(contact):
        known.append(seen.say("read.brief.weak", level=contact.relationship, wanted=contact.wanted))
    return ", ".join([contact.name, *(word for word in known if word), *([contact.phone] if contact.phone else [])])


def _open(outlook: Outlook, seen: Sight) -> Mapping[str, list[str]]:
    """What waits for somebody: each part with its lines, the nearest day first."""
    plan, as_of = outlook.plan, seen.as_of
    offers = [(offer.decision_due or offer.valid_until, offer.text) for offer in plan.offers if offer.status in {"draft", "sent"}]
    complaints = [(one.due, one.text) for one in plan.complaints if one.closed is None or one.closed > as_of]
    goals = [
        (goal.due, f"{goal.text}{' – ' + seen.say('read.brief.late') if late(goal, as_of) else ''}") for goal in plan.goals if goal.status == "open"
    ]
    actions = [(action.due, f"{action.text}{_by(action.owner, seen)}") for action in plan.actions if action.status == "open"]
    issues = [(issue.due, issue.text) for issue in plan.issues]
    worst = sorted((found for found in seen.workspace.diagnostics if found.severity >= Severity.WARNING), key=lambda found: -found.severity)
    wrong = [f"{found.severity.word}: {printable(found.message)}" for found in worst if found.path == outlook.account.path]
    dated = {"offers": offers, "complaints": complaints, "goals": goals, "actions": actions, "issues": issues}
    return {**{name: _dated(found, seen) for name, found in dated.items()}, "wrong": _first(wrong, seen)}


def _by(person: str | None, seen: Sight) -> str:
    return f" [{seen.name(person)}]" if person else ""


def _dated(found: Iterable[tuple[Any, str]], seen: Sight) -> list[str]:
    listed = sorted(found, key=lambda one: (one[0] is None, str(one[0])))
    told = [printable(seen.say("read.brief.due", date=day, text=text) if day else text) for day, text in listed]
    return _first(told, seen)


def _first(told: list[str], seen: Sight) -> list[str]:
    return told if len(told) <= SHOWN else [*told[:SHOWN], seen.say("read.brief.more", n=len(told) - SHOWN)]


def as_object(outlook: Outlook, seen: Sight) -> str:
    """The account, its `next`, `last` and `overdue` activities, its `people`, and each part of what is open as lines."""
    upcoming = next_activity(outlook.plan, seen.workspace.ground.ruleset, seen.as_of)
    people = [{"id": one.id, "name": one.name, "title": one.title} for one in present(outlook.plan, seen.as_of)]
    whole = {
        **account_json(outlook),
        "status": outlook.plan.status,
        "next": as_json(Appointment(outlook, upcoming)) if upcoming else None,
        "last": _told(outlook, outlook.last),
        "overdue": [as_json(Appointment(outlook, activity)) for activity in outlook.overdue],
        "people": people,
        **_open(outlook, seen),
    }
    return json.dumps(seen.with_date(whole), ensure_ascii=False, indent=2)


def _told(outlook: Outlook, activity: Activity | None) -> dict[str, Any] | None:
    if activity is None:
        return None
    return {**as_json(Appointment(outlook, activity)), **{name: getattr(activity, name) for name in SAID}}
