"""Where a command edits a plan: it is read, changed, read again and judged before a byte is written, and one line says what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

import click

from kamgen import store
from kamgen.cadence import next_activity, overdue
from kamgen.commands import answer, judged
from kamgen.commands.office import Desk, Office, links_doubtfully, of_account, sound
from kamgen.commands.pick import among
from kamgen.commands.place import Misuse
from kamgen.commands.written import Revision, as_object
from kamgen.day import working_day
from kamgen.diagnostic import Message
from kamgen.document import read_file
from kamgen.edit import CannotEditError, edit
from kamgen.intent import Intended, RefusedError
from kamgen.message import render

FORTNIGHT: Final = dt.timedelta(days=14)
SHOWN: Final = 3
"""How many overdue activities a line names."""
Decide = Callable[[Desk], Intended]


def carry_out(office: Office, path: str, decide: Decide, *, dry_run: bool = False, thorough: bool = False) -> int:
    """Changes a plan as `decide` says, with the file locked, and tells it; `dry_run` shows the difference. Nothing is written where it raises.

    With `thorough` the rules judge the plan before and after, for an edit that may touch anything; it costs their import: what they find of
    family 1 is refused, other errors are told. Those of family 1 judge as well where the plan may hold a link that a site must not open.
    Raises Misuse for what cannot be meant, Unreadable for a plan with findings of family 0, NotWrittenError where the disk does not take it.
    """
    made: list[Revision] = []

    def edited(data: bytes) -> bytes:
        made.append(revised(office.desk(path, data), decide, thorough=thorough))
        return made[-1].after.data

    if dry_run:
        old = read_file(office.root, path)
        shown = difference(path, old, edited(old))
        answer_of(made[-1], shown)
    else:
        store.change(office.root, path, edited)
        answer_of(made[-1], None)
    return 0


def answer_of(made: Revision, shown: str | None) -> None:
    """Tells what came of an edit: a line, or an object; `shown` is the difference, if that is all there is of it."""
    if answer.in_json():
        answer.tell(as_object(made, shown))
        return
    dry_run, ahead = shown is not None, tuple(_next(made.after))
    click.echo(shown or "", nl=False)
    click.echo(of_account(made.after.plan, "; ".join(map(render, (*made.told, *ahead)))), err=dry_run)
    for line in judged.in_lines(made.brought or (), (*made.told, *ahead), dry_run=dry_run):
        click.echo(line, err=dry_run)


def revised(desk: Desk, decide: Decide, *, thorough: bool = False) -> Revision:
    """A plan with the changes that are decided on, read again and judged."""
    try:
        intended = decide(desk)
        new = edit(desk.data, intended.changes)
    except RefusedError as error:
        raise _refusal(desk, error) from None
    except CannotEditError as error:
        raise desk.unreadable(error) from None
    after = sound(desk, new)
    judged.heads_no_circle(desk, after)
    found = judged.errors(desk, after) if thorough or links_doubtfully(after) else ((), ())
    judged.still_refers(after, *found)
    told = intended.told if new != desk.data or not intended.changes else (Message("did.nothing"),)
    still = (Message("said.still-closed", {"status": after.plan.status}),) if desk.plan.closed and after.plan.closed else ()
    return Revision(desk, after, intended.changes, (*told, *still), judged.brought(*found) if thorough else None)


def _refusal(desk: Desk, error: RefusedError) -> Misuse:
    """What was refused, in words; what may have been meant is listed."""
    message = error.messages[0]
    known = message.values.get("known")
    if not isinstance(known, tuple):
        return Misuse(of_account(desk.plan, str(error)))
    values = {name: value for name, value in message.values.items() if name != "known"}
    return among(message.id, [(word, word) for word in map(str, known)], of=desk.plan.account, **values)


def difference(path: str, old: bytes, new: bytes) -> str:
    """The two texts as `diff -u` shows them; a plan that is new had none."""
    import difflib  # noqa: PLC0415  (most edits show none)

    before, after = (_lines(data) for data in (old, new))
    return "".join(difflib.unified_diff(before, after, f"a/{path}" if old else "/dev/null", f"b/{path}"))


def _lines(data: bytes) -> list[str]:
    """The lines of a text, each with its end; the last one says where it has none."""
    *lines, last = data.decode().split("\n")
    return [f"{line}\n" for line in lines] + ([f"{last}\n\\ No newline at end of file\n"] if last else [])


def in_a_fortnight(desk: Desk) -> dt.date:
    """The working day that is proposed for the next activity: nobody is visited before a pause is over."""
    plan, day = desk.plan, desk.office.today + FORTNIGHT
    back = plan.paused_until if plan.status == "paused" else None
    return working_day(max(day, back or day))


def _next(desk: Desk) -> Iterator[Message]:
    """What is due next, or how to plan it: a customer always has a future activity (004)."""
    if desk.plan.closed:
        return
    late = [Message("words.activity", desk.diary.about(activity)) for activity in overdue(desk.plan, desk.office.today)]
    if late:
        more = [Message("pick.more", {"n": len(late) - SHOWN})] if len(late) > SHOWN else []
        yield Message("next.overdue", {"overdue": (*late[:SHOWN], *more)})
    ahead = next_activity(desk.plan, desk.office.ruleset, desk.office.today)
    if ahead:
        yield Message("next.is", desk.diary.about(ahead))
    else:
        day = in_a_fortnight(desk)
        proposer = desk.proposer()
        yield Message("next.none", {"id": desk.plan.id, "type": proposer.propose(day).type if proposer else "contact", "date": day})
