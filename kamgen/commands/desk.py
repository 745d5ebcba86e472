"""Where a command edits a plan: it is read, changed, read again and judged before a byte is written, and one line says what came of it."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

import click

from kamgen import parse, rulebook, store
from kamgen.alphabet import FORBIDDEN
from kamgen.cadence import cells, next_activity, window_of
from kamgen.clock import NotADateError, as_of
from kamgen.commands.place import Misuse, root
from kamgen.day import working_day
from kamgen.diagnostic import Message, Problem
from kamgen.document import read_file, read_plan
from kamgen.edit import CannotEditError, edit
from kamgen.folder import PORTFOLIO
from kamgen.frozen import Frozen
from kamgen.intent import Intended, RefusedError
from kamgen.intent.activity import Diary
from kamgen.message import render, say
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.proposal import Proposer
from kamgen.rulebook import KnownRules
from kamgen.ruleset import Ruleset, Tier
from kamgen.settings import names_in_file, read_portfolio_file

FORTNIGHT: Final = dt.timedelta(days=14)
NO_RULES: Final = KnownRules({}, {})
"""The rules are not imported to edit one plan: what a set says of them is not looked at."""


class Unreadable(click.ClickException):
    """A file has findings that keep it from being edited; a sentence says which."""

    exit_code = 1


class Office:
    """What all plans share, as far as an edit of one needs it: nothing is read of the other plans."""

    def __init__(self, root: Path) -> None:
        """Reads the portfolio file of a folder. Raises Unreadable, NotADateError."""
        document, portfolio, problems = read_portfolio_file(root)
        if document.root is None:
            first = problems[0]
            raise Unreadable(say("desk.unreadable", path=PORTFOLIO, line=first.place.line, what=first.message))
        self.root = root
        self.portfolio: Portfolio = portfolio
        self._document = document
        self._problems = problems

    @cached_property
    def today(self) -> dt.date:
        """The day on which everything is done: `KAMGEN_AS_OF`, else that of the portfolio, else today."""
        try:
            return as_of(None, self.portfolio).date
        except NotADateError as error:
            raise Misuse(str(error)) from None

    @cached_property
    def ruleset(self) -> Ruleset:
        """The rules in force."""
        return rulebook.load(self._document, NO_RULES).ruleset

    @cached_property
    def names(self) -> parse.Names:
        """What a plan may refer to in the portfolio file."""
        return names_in_file(self._document, self._problems, self.portfolio, self.ruleset)

    def desk(self, path: str, data: bytes) -> Desk:
        """A plan that lies open. Raises Unreadable where it cannot be read."""
        plan, problems = self.read(path, data)
        if plan is None:
            raise _unreadable(path, problems[0])
        return Desk(self, path, data, plan, problems)

    def read(self, path: str, data: bytes) -> tuple[Plan | None, tuple[Problem, ...]]:
        """A plan's text read as `kamgen check` reads it."""
        return parse.read_plan(read_plan(path, data), self.names, self.portfolio.custom_fields)


class Desk(Frozen, dict=True):
    """One plan that lies open, with what all plans share."""

    office: Office
    path: str
    data: bytes
    plan: Plan
    problems: tuple[Problem, ...]

    @property
    def diary(self) -> Diary:
        """The plan and what its activities may be."""
        return Diary(self.plan, self.office.ruleset, self.office.today)

    @property
    def tier(self) -> Tier | None:
        """The plan's tier."""
        return self.office.ruleset.tier(self.plan.tier)

    def unreadable(self, error: CannotEditError) -> click.ClickException:
        """What to raise for a change that cannot be made: the file is to blame, or else what was asked for."""
        kind = Unreadable if error.message.id == "edit.unreadable" else Misuse
        return kind(line_of(f"{self.path}: {error}"))

    def proposer(self, date: dt.date | None = None) -> Proposer | None:
        """What proposes activities for the window of a day, today by default; None without a tier."""
        if self.tier is None:
            return None
        office, day = self.office, date or self.office.today
        window = window_of(office.ruleset, office.portfolio.fiscal_year_start, day)
        roles = {person.id: person.role for person in office.portfolio.people}
        found = cells(self.plan, self.tier, office.ruleset, window, day, roles)
        return Proposer(self.plan, office.portfolio, office.ruleset, self.tier, found)


Decide = Callable[[Desk], Intended]


def office() -> Office:
    """What all plans share, of the folder where the command was called. Raises Misuse, Unreadable."""
    return Office(root())


def carry_out(office: Office, path: str, decide: Decide, *, dry_run: bool = False) -> int:
    """Changes a plan as `decide` says, with the file locked, and tells it; `dry_run` shows the difference. Nothing is written where it raises.

    Raises Misuse for what cannot be meant, Unreadable for a plan with findings of family 0, NotWrittenError where the disk does not take it.
    """
    lines: list[str] = []

    def edited(data: bytes) -> bytes:
        new, line = revised(office.desk(path, data), decide)
        lines.append(line)
        return new

    if dry_run:
        old = _read(office.root, path)
        new = edited(old)
        click.echo(difference(path, old, new), nl=False)
        click.echo(lines[-1], err=True)
    else:
        store.change(office.root, path, edited)
        click.echo(lines[-1])
    return 0


def revised(desk: Desk, decide: Decide) -> tuple[bytes, str]:
    """The new text of a plan, and a line that says what was changed and what is due next."""
    try:
        intended = decide(desk)
        new = edit(desk.data, intended.changes)
    except RefusedError as error:
        raise Misuse(_of_account(desk.plan, str(error))) from None
    except CannotEditError as error:
        raise desk.unreadable(error) from None
    after = sound(desk, new)
    told = intended.told if new != desk.data or not intended.changes else (Message("did.nothing"),)
    return new, tell(after, [render(message) for message in told])


def tell(desk: Desk, told: Iterable[str]) -> str:
    """What was done, and what is due next, on a line."""
    return _of_account(desk.plan, "; ".join([*told, *map(render, _next(desk))]))


def verified(office: Office, path: str, new: bytes) -> Desk:
    """A new plan. Raises Misuse where it has findings of family 0 or 1."""
    plan, problems = office.read(path, new)
    wrong = next(_told(problems), None)
    if plan is None or wrong:
        raise Misuse(line_of(render((wrong or problems[0]).message)))
    return Desk(office, path, new, plan, problems)


def sound(desk: Desk, new: bytes) -> Desk:
    """The plan after an edit. Raises Misuse where the edit brings a finding of family 0 or 1, Unreadable where one of family 0 stays."""
    plan, problems = desk.office.read(desk.path, new)
    before = {_name(problem) for problem in desk.problems}
    fresh = next((problem for problem in _told(problems) if _name(problem) not in before), None)
    if fresh:
        raise Misuse(_of_account(desk.plan, render(fresh.message)))
    stays = next(_grave(problems), None)
    if plan is None or stays:
        raise _unreadable(desk.path, stays or problems[0])
    return Desk(desk.office, desk.path, new, plan, problems)


def difference(path: str, old: bytes, new: bytes) -> str:
    """The two texts as `diff -u` shows them."""
    before, after = (_lines(data) for data in (old, new))
    return "".join(difflib.unified_diff(before, after, f"a/{path}", f"b/{path}"))


def line_of(text: str) -> str:
    """A text that cannot move the cursor, on one line."""
    return " ".join(FORBIDDEN.sub("?", text).split())


def _of_account(plan: Plan, words: str) -> str:
    return line_of(say("desk.line", account=plan.account, words=words))


def _lines(data: bytes) -> list[str]:
    text = data.decode()
    lines = [f"{line}\n" for line in text.split("\n")]
    return [*lines[:-1], f"{lines[-1]}\\ No newline at end of file\n"] if not text.endswith("\n") else lines[:-1]


def _read(root: Path, path: str) -> bytes:
    try:
        return read_file(root, path)
    except FileNotFoundError:
        raise Misuse(say("no-such-path", path=path)) from None


def _next(desk: Desk) -> Iterator[Message]:
    """What is due next, or how to plan it: a customer always has a future activity (004)."""
    if desk.plan.closed:
        return
    ahead = next_activity(desk.plan, desk.office.ruleset, desk.office.today)
    if ahead:
        yield Message("next.is", desk.diary.about(ahead))
    else:
        day = working_day(desk.office.today + FORTNIGHT)
        proposer = desk.proposer()
        yield Message("next.none", {"id": desk.plan.id, "type": proposer.propose(day).type if proposer else "contact", "date": day})


def _name(problem: Problem) -> tuple[str, str, str]:
    """What makes it this problem and no other; lines move."""
    values = {name: value for name, value in problem.message.values.items() if name not in {"line", "first"}}
    return problem.kind, problem.message.id, str(sorted(values.items()))


def _told(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The findings of families 0 and 1 that are errors."""
    return (problem for problem in problems if problem.kind != "doubtful-text")


def _grave(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Those of family 0: the file cannot be relied on. The others name something that is not there."""
    return (problem for problem in _told(problems) if problem.kind == "unknown-key" or not problem.kind.startswith("unknown-"))


def _unreadable(path: str, problem: Problem) -> Unreadable:
    return Unreadable(line_of(say("desk.unreadable", path=path, line=problem.place.line, what=problem.message)))
