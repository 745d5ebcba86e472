"""What commands that edit a plan take: an account, people, an activity, a type, a day; each as a person says it, and completed by the shell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

import click

from kamgen import spoken
from kamgen.commands import pick
from kamgen.commands.answer import Option, format_option
from kamgen.commands.completion import of_accounts, of_activities, of_everybody, of_offers, of_us
from kamgen.commands.office import Desk, Office, line_of, office
from kamgen.commands.participants import people_of
from kamgen.commands.place import Misuse
from kamgen.diagnostic import Message
from kamgen.intent.diary import Diary
from kamgen.message import render, say
from kamgen.model.activity import CHANNELS, FORUMS, STATUSES, Activity
from kamgen.model.kind import CLOCK

Function = TypeVar("Function", bound=Callable[..., Any])
Words = TypeVar("Words", str | None, tuple[str, ...])
DATES: Final = 'like 2026-06-02, today, tomorrow, friday, +14d or "week 23"'
SETTLED: Final = tuple(status for status in STATUSES if status != "planned")
"""How an activity stands that nothing more is to be done with."""


def dates(text: str, today: dt.date, *, back: bool = False) -> dt.date:
    """The day that is meant. Raises Misuse."""
    try:
        return spoken.day(text, today, back=back)
    except spoken.TooFarError:
        raise Misuse(say("said.too-far", text=text)) from None
    except ValueError:
        raise Misuse(say("words.not-a-date", text=text)) from None


DAY: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?![^-])", re.ASCII)
"""A word that is a day or a month in ISO form, or an id that begins with one."""


def one_of(words: str, names: Mapping[str, str], sort: str) -> str:
    """The id that words mean among `names`, id -> name. Raises Misuse with the candidates where there are several, or none."""
    if not names or pick.fitting(words, names):
        return pick.one(words, names, sort)
    raise pick.among("words.unknown", tuple(names.items()), text=pick.quoted(words))


def type_of(words: str, desk: Desk) -> str:
    """The type of activity that is meant. Raises Misuse."""
    return one_of(words, types_of(desk), "type")


def types_of(desk: Desk) -> dict[str, str]:
    """What the types of activities are called, by id."""
    return {name: kind.label or name for name, kind in desk.office.ruleset.activity_types.items()}


def contact_of(words: str, desk: Desk) -> str:
    """The id of the contact who is meant. Raises Misuse."""
    return one_of(words, {contact.id: contact.name for contact in desk.plan.contacts}, "contact")


def activity_of(words: str | None, desk: Desk, *, also_held: bool = False, also_ahead: bool = False) -> int:
    """The number of the planned activity that is meant: by id, or by words of its date, type, subject and people.

    Without words the one that is due, with `also_ahead` the only one that there is; with `also_held`, one that was held where no planned one fits.
    Raises Misuse.
    """
    planned = _of_status(desk, "planned")
    if words and also_held and not _fitting(words, desk, planned):
        planned = _of_status(desk, "held")
    if words and not _fitting(words, desk, planned) and (settled := _fitting(words, desk, _of_status(desk, *SETTLED))):
        raise _among("words.settled", desk, settled, _settled, of=desk.plan.account)
    if not planned:
        raise Misuse(say("words.nothing-planned", account=desk.plan.account))
    due = [number for number in planned if desk.plan.activities[number].date <= desk.office.today]
    found = _fitting(words, desk, planned) if words else due or (planned if also_ahead and len(planned) == 1 else [])
    if not found:
        raise (
            _among("words.unknown", desk, planned, text=line_of(words)) if words else _among("words.nothing-due", desk, planned, of=desk.plan.account)
        )
    if len(found) > 1:
        raise _among("words.several", desk, found, n=len(found))
    return found[0]


def _of_status(desk: Desk, *statuses: str) -> list[int]:
    return [number for number, activity in enumerate(desk.plan.activities) if activity.status in statuses]


def _fitting(words: str, desk: Desk, numbers: Iterable[int]) -> list[int]:
    """Those with just this id, else those that have all the words."""
    activities = {number: desk.plan.activities[number] for number in numbers}
    exact = [number for number, activity in activities.items() if activity.id == words]
    said = words.casefold().split()
    rest = " ".join(word for word in said if not DAY.match(word))
    dated = [number for number, one in activities.items() if all(_dated(one, word) for word in said if DAY.match(word))]
    called = {str(number): (" ".join(_names(desk.diary, number)),) for number in dated}
    return exact or ([int(number) for number in pick.matching(rest, called)] if rest or not said else dated)


def _dated(activity: Activity, word: str) -> bool:
    """Whether a word that begins with a day or a month means an activity: by its date alone, or as a part of its id where more follows."""
    return activity.date.isoformat().startswith(word) or (len(word) > len("2026-06-02") and word in (activity.id or "").casefold())


def _names(diary: Diary, number: int) -> Iterator[str]:
    activity = diary.plan.activities[number]
    about = diary.about(activity)
    yield from (activity.id or "", activity.date.isoformat(), activity.type, str(about["type"]), activity.subject or "")
    people = {contact.id: contact.name for contact in diary.plan.contacts}
    yield from (people.get(contact, contact) for contact in activity.contacts)


def _among(message_id: str, desk: Desk, numbers: Iterable[int], show: Callable[[Diary, int], str] | None = None, **values: Any) -> Misuse:
    """The refusal of words for an activity, with those that may be meant in the order of their dates."""
    found = sorted(numbers, key=lambda number: desk.plan.activities[number].date)
    known = [(show or _shown)(desk.diary, number) for number in found]
    names = [render(Message("words.activity", desk.diary.about(desk.plan.activities[number]))) for number in found]
    words = [one.id or f"{one.date.isoformat()} {one.type}" for one in (desk.plan.activities[number] for number in found)]
    return pick.among(message_id, list(zip(words, names, strict=True)), known, **values)


def _settled(diary: Diary, number: int) -> str:
    activity = diary.plan.activities[number]
    return line_of(render(Message(f"words.settled.{activity.status}", diary.about(activity))))


def _shown(diary: Diary, number: int) -> str:
    """`2026-06-09 Status meeting with Anna Lind (2026-06-status)`."""
    activity = diary.plan.activities[number]
    called = f" ({activity.id})" if activity.id else ""
    return line_of(render(Message("words.activity", diary.about(activity))) + called)


def with_words(_context: click.Context, option: click.Parameter, said: Words) -> Words:
    """What an option says; it may be left out, and where it is there it says something, each time. Raises Misuse."""
    if any(not text.strip() for text in ((said,) if isinstance(said, str) else said or ())):
        raise Misuse(say("said.blank", option=option.opts[0]))
    return said


# Parameters that several commands have.

account_argument: Option[Any] = click.argument("account", shell_complete=of_accounts)
activity_argument: Option[Any] = click.argument("activity", required=False, shell_complete=of_activities)


def dry_run_option(function: Function) -> Function:
    """What every command that edits a plan can be asked: to write nothing, and to answer a program."""
    shown: Option[Function] = click.option("--dry-run", is_flag=True, help="Show the difference, and write nothing.")
    return shown(format_option(function))


def options_of_an_activity(function: Function) -> Function:
    """The options that say something of an activity, planned or held."""
    for option in reversed(ABOUT):
        function = option(function)
    return function


ABOUT: Final[tuple[Option[Any], ...]] = (
    click.option(
        "--with",
        "people",
        metavar="PERSON",
        multiple=True,
        callback=with_words,
        shell_complete=of_everybody,
        help="Who takes part, theirs and ours; may be repeated.",
    ),
    click.option(
        "--by", metavar="PERSON", callback=with_words, shell_complete=of_us, help="Who of us is responsible; default: the owner of the account."
    ),
    click.option("--channel", type=click.Choice(CHANNELS), help="How it is held."),
    click.option("--subject", metavar="TEXT", callback=with_words, help="What it is about."),
    click.option("--forum", type=click.Choice(FORUMS), help="Which forum of the meeting structure it belongs to."),
    click.option("--offer", metavar="ID", callback=with_words, shell_complete=of_offers, help="The offer that it is about."),
    click.option("--place", metavar="TEXT", callback=with_words, help="Where it takes place."),
    click.option("--time", metavar="HH:MM", callback=with_words, help="When it begins, in the portfolio's time zone."),
    click.option("--minutes", metavar="NUMBER", callback=with_words, help="How long it takes."),
    click.option(
        "--document", "documents", metavar="LINK", multiple=True, callback=with_words, help="A link to minutes, a proposal, a mail; may be repeated."
    ),
)


def one_line(name: str) -> str:
    """A name as a plan writes it, wherever it was copied from: on one line, with single spaces."""
    return " ".join(name.split())


def said_of(desk: Desk, day: dt.date, given: dict[str, Any]) -> dict[str, Any]:
    """What was said of an activity on the command line, by the keys of the plan file; only what was given. Raises Misuse."""
    facts = {name: value for name, value in given.items() if value not in (None, ()) and (not isinstance(value, str) or value.strip())}
    people = people_of(facts.pop("people", ()), desk, day)
    by = {"by": pick.person(desk.office.portfolio, facts["by"]).id} if "by" in facts else {}
    documents = {"documents": list(facts["documents"])} if "documents" in facts else {}
    time = {"time": _time(facts["time"])} if "time" in facts else {}
    others = [person for person in people.pop("with", []) if person != by.get("by")]
    return {**facts, **people, **({"with": others} if others else {}), **by, **time, **documents, "date": day}


def _time(text: str) -> str:
    """A time as a plan writes it: 9:30 is 09:30. Raises Misuse."""
    hours, _, minutes = text.strip().replace(".", ":").partition(":")
    if not CLOCK.fullmatch(clock := f"{hours:0>2}:{minutes or '00'}"):
        raise Misuse(say("words.not-a-time", text=line_of(text)))
    return clock


def office_of(account: str) -> tuple[Office, str]:
    """What all plans share, and the path of the account that is meant. Raises Misuse, Unreadable."""
    here = office()
    return here, pick.account(here.root, account)
