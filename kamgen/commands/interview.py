"""The questions that `kamgen log` asks on a terminal, with choices; a wrong answer is told, and the question asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

from kamgen.cadence import next_activity, present
from kamgen.commands import log, pick
from kamgen.commands.desk import in_a_fortnight
from kamgen.commands.office import Desk, Office, line_of, office
from kamgen.commands.participants import people_of
from kamgen.commands.place import Misuse
from kamgen.commands.words import dates, one_of, type_of, types_of
from kamgen.diagnostic import Message
from kamgen.frozen import with_values
from kamgen.message import render, say
from kamgen.model.activity import Activity
from kamgen.model.commerce import PROPOSAL
from kamgen.parse import stem

T = TypeVar("T")
SHOWN: Final = 15
"""How many accounts are listed at once."""
YES: Final = frozenset({"y", "yes"})
NO: Final = frozenset({"n", "no"})
NONE: Final = "none"


def of_log(account: str | None, wanted: log.Wanted, given: dict[str, Any]) -> tuple[str, log.Wanted, dict[str, Any]]:
    """The account, what was done and what is next; only what was not said on the command line is asked."""
    here = office()
    path = pick.account(here.root, account) if account else _account(here)
    desk = here.desk(path, (here.root / path).read_bytes())
    click.echo(line_of(desk.plan.account))
    type = wanted.type or _chosen("ask.type", types_of(desk))
    date = wanted.date or _again(say("ask.date"), lambda words: _behind(words, here.today), "today").isoformat()
    people = given["people"] or _people(desk, dates(date, here.today, back=True))
    told = {name: given[name] or _text(f"ask.{name}") for name in ("note", "next_step")}
    return path, with_values(wanted, type=type, date=date), {**given, "people": people, **told, "documents": _documents(desk, type, given)}


def _documents(desk: Desk, type: str, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Links to what was shown: to the proposal of a proposal meeting, where neither it nor its offer was said (004)."""
    said: tuple[str, ...] = given["documents"]
    if said or given["offer"] or type_of(type, desk) != PROPOSAL:
        return said
    link = _text("ask.proposal")
    return (link,) if link else ()


def _account(here: Office) -> str:
    """The path of the account that is meant: by its number in a list, which each part of a name makes shorter."""
    names = pick.names(here.root)
    mine = _mine(here)
    paths = sorted(names, key=lambda path: (mine is None or pick.owner_in(here.root / path) != mine, names[path].casefold(), path))
    while True:
        shown = _listed({path: names[path] for path in paths[:SHOWN]})
        if len(paths) > SHOWN:
            click.echo(f"      {say('pick.more', n=len(paths) - SHOWN)}")
        words = click.prompt(say("ask.account"))
        found = [one] if (one := _number(words, shown)) else pick.matching(words, {path: (stem(path), names[path]) for path in names})
        if len(found) == 1:
            return found[0]
        paths = found or paths
        if not found:
            click.echo(say("pick.none.account", text=line_of(words)))


def _mine(here: Office) -> str | None:
    """Who of us sits at the terminal, as far as git knows; None where it does not, or nobody of us has the address."""
    import subprocess  # noqa: PLC0415  (only a terminal that asks needs it)

    try:
        told = subprocess.run(["git", "config", "user.email"], cwd=here.root, capture_output=True, text=True, check=False)  # noqa: S607  (git as the user has it)
    except OSError:
        return None
    address = told.stdout.strip().casefold()
    return next((person.id for person in here.portfolio.people if address and (person.email or "").casefold() == address), None)


def of_next(desk: Desk, wanted: log.Wanted) -> log.Wanted:
    """The next activity of an account as it is now, or one more; nothing where the person wants none."""
    ahead = next_activity(desk.plan, desk.office.ruleset, desk.office.today)
    then = _another(desk, ahead) if ahead else _first(desk)
    if not then:
        return wanted
    return with_values(wanted, then=then, on=_on(desk))


def of_rest(desk: Desk, wanted: log.Wanted) -> log.Wanted:
    """The next activity of which the type or the day is said: the other is asked for."""
    return with_values(wanted, then=wanted.then or _chosen("ask.then", types_of(desk)), on=wanted.on or _on(desk))


def _on(desk: Desk) -> str:
    """The day of the next activity, in ISO form."""
    return _again(say("ask.on"), lambda words: _ahead(words, desk.office.today), in_a_fortnight(desk).isoformat()).isoformat()


def _first(desk: Desk) -> str:
    """The type of the next activity where there is none; empty where none is wanted."""
    day = in_a_fortnight(desk)
    proposer = desk.proposer(day)
    proposed = proposer.propose(day).type if proposer else "contact"
    wanted = _again(f"{say('ask.next', account=line_of(desk.plan.account))} [Y/n]", lambda words: _yes(words or "y"), "")
    return _chosen("ask.then", types_of(desk), proposed) if wanted else ""


def _another(desk: Desk, ahead: Activity) -> str:
    """The type of one more activity, by its name; a yes shows the list. Empty where the one that is planned will do."""

    def read(words: str) -> str:
        if words.casefold() in {NONE, *NO}:
            return ""
        return _chosen("ask.then", types_of(desk)) if words.casefold() in YES else type_of(words, desk)

    return _again(line_of(render(Message("ask.another", desk.diary.about(ahead)))), read, NONE)


def _yes(words: str) -> bool:
    """What a person means by yes or no. Raises Misuse."""
    said = words.strip().casefold()
    if said not in YES | NO:
        raise Misuse(say("ask.yes-or-no", text=line_of(words)))
    return said in YES


def _behind(words: str, today: dt.date) -> dt.date:
    """A day on which something can have been held. Raises Misuse."""
    day = dates(words, today, back=True)
    if day > today:
        raise Misuse(say("refuse.held-in-the-future", date=day, today=today))
    return day


def _ahead(words: str, today: dt.date) -> dt.date:
    """A day for which something can be planned. Raises Misuse."""
    day = dates(words, today)
    if day < today:
        raise Misuse(say("refuse.planned-in-the-past", date=day, today=today))
    return day


def _chosen(question: str, choices: Mapping[str, str], default: str | None = None) -> str:
    """One of some things by its number, or by a part of its name."""
    keys = _listed(choices)
    return _again(say(question), lambda words: _number(words, keys) or one_of(words, choices, "type"), default)


def _listed(choices: Mapping[str, str]) -> list[str]:
    keys = list(choices)
    for number, key in enumerate(keys, start=1):
        click.echo(f"  {number:2}  {line_of(choices[key])}")
    return keys


def _people(desk: Desk, day: Any) -> tuple[str, ...]:
    """Ids of who took part: numbers or names, with commas between them; nobody is an answer too."""
    keys = _listed({contact.id: f"{contact.name}, {contact.title}" if contact.title else contact.name for contact in present(desk.plan, day)})

    def read(words: str) -> tuple[str, ...]:
        said = [_number(word.strip(), keys) or word.strip() for word in words.split(",") if word.strip()]
        people_of(said, desk, day)
        return tuple(said)

    return _again(say("ask.people"), read, "")


def _number(words: str, keys: list[str]) -> str:
    return keys[int(words) - 1] if words.isascii() and words.isdigit() and 0 < int(words) <= len(keys) else ""


def _text(question: str) -> str:
    answer: str = click.prompt(say(question), default="", show_default=False)
    return answer.strip()


def _again(question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """What an answer means; asked again until it means something."""
    while True:
        answer = click.prompt(question, default=default, show_default=bool(default))
        try:
            return read(answer)
        except Misuse as error:
            click.echo(error.format_message())
