"""`kamgen merge`: two versions of a plan into one, by what they say; git calls it where both sides changed a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kamgen import store
from kamgen.commands import answer
from kamgen.commands.place import Misuse
from kamgen.folder import HANDBOOK
from kamgen.merge import Outcome, by_lines
from kamgen.merge import merge as merged
from kamgen.merge.words import UNREADABLE
from kamgen.message import render, say
from kamgen.parse import stem


@click.command()
@click.argument("base", metavar="BASE")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@click.option("--path", metavar="NAME", help="What the plan is called in messages; git calls it %P.")
@click.option("-o", "--output", metavar="FILE", help="Write the result to this file, and leave OURS as it is.")
@answer.format_option
def merge(base: str, ours: str, theirs: str, path: str | None, output: str | None) -> None:
    """Put OURS and THEIRS together by what they say, where both began with BASE, and write the result into OURS.

    Two people who each log an activity do not disagree, though they write on the same lines. Items are known by their id, else by
    date, type and people, by year, by product. What both changed to something else stays between git's markers and is told.
    A version that cannot be read is put together line by line, and is never merged as long as nobody can read what comes of it.

    Exit code 0: merged. 1: somebody must decide.

    To let git use it for every plan, say once in each clone

    \b
      git config merge.kamgen.driver "kamgen merge %O %A %B --path %P"

    and once in the repository, in the file .gitattributes, the line

    \b
      plans/**/*.md merge=kamgen
    """  # noqa: D301  (click reads the one character)
    name = path or ours
    put_together = by_lines if name.startswith(f"{HANDBOOK}/") else merged
    before = _read(ours)
    outcome = put_together(_read(base), before, _read(theirs))
    _write(output or ours, outcome.data)
    if answer.in_json():
        answer.tell(_as_object(outcome, name, before))
    else:
        _tell(outcome, name)
    raise SystemExit(1 if outcome.clashes else 0)


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise Misuse(say("merge.no-file", path=file)) from None


def _write(file: str, data: bytes) -> None:
    """Into a file that is there, or a new one."""
    Path(file).touch()
    store.replace(Path(file), data)


def _as_object(outcome: Outcome, name: str, before: bytes) -> dict[str, Any]:
    """What was put together, in words, and what somebody must decide."""
    did, clashes = ([render(message) for message in messages] for messages in (outcome.notes, outcome.clashes))
    return {"account": stem(name), "path": name, "changed": outcome.data != before, "did": did, "clashes": clashes}


def _tell(outcome: Outcome, name: str) -> None:
    for message in (*outcome.notes, *outcome.clashes):
        click.echo(f"kamgen: {name}: {render(message)}", err=True)
    if outcome.clashes:
        todo = "merge.mend" if outcome.clashes[0].id == UNREADABLE else "merge.decide"
        click.echo(f"kamgen: {say(todo, path=name)}", err=True)
