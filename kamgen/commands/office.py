"""What lies open when a plan is edited: what all plans share, and the plan, read without the rules and without the other plans."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import click

from kamgen import markdown, parse, rulebook
from kamgen.alphabet import FORBIDDEN
from kamgen.cadence import cells, window_of
from kamgen.clock import NotADateError, as_of
from kamgen.commands.place import Misuse, root
from kamgen.diagnostic import Message, Problem
from kamgen.document import read_plan
from kamgen.edit import CannotEditError
from kamgen.folder import PORTFOLIO
from kamgen.frozen import Frozen
from kamgen.intent.diary import Diary
from kamgen.message import render, say
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.text import links
from kamgen.proposal import Proposer
from kamgen.rulebook import KnownRules
from kamgen.ruleset import Ruleset, Tier
from kamgen.settings import names_in_file, read_portfolio_file

NO_RULES: Final = KnownRules({}, {})
"""The rules are not imported to edit one plan: what a set says of them is not looked at."""
SAFE: Final = re.compile(r"https?://[^\s/?#:]", re.IGNORECASE)
"""How a link begins that the rule of links has nothing to say of."""


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
        self.document = document
        self.problems = problems

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
        return rulebook.load(self.document, NO_RULES).ruleset

    @cached_property
    def names(self) -> parse.Names:
        """What a plan may refer to in the portfolio file."""
        return names_in_file(self.document, self.problems, self.portfolio, self.ruleset)

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
        return Diary(self.plan, self.office.ruleset, self.office.today, {person.id: person.name for person in self.office.portfolio.people})

    @property
    def tier(self) -> Tier | None:
        """The plan's tier."""
        return self.office.ruleset.tier(self.plan.tier)

    @property
    def tree(self) -> dict[str, Any]:
        """The front matter as it is written: text, lists and groups of them."""
        root = read_plan(self.path, self.data).root
        return dict(parse.as_data(root)) if root else {}

    def unreadable(self, error: CannotEditError) -> click.ClickException:
        """What to raise for a change that cannot be made: the file is to blame, or else what was asked for."""
        kind = Unreadable if error.message.id == "edit.unreadable" else Misuse
        from kamgen.commands.naming import in_words  # noqa: PLC0415  (only a mistake needs it)

        words = render(in_words(error.message, (self.tree,), self.office.ruleset))
        return kind(line_of(f"{self.path}: {words}"))

    def proposer(self, date: dt.date | None = None) -> Proposer | None:
        """What proposes activities for the window of a day, today by default; None without a tier."""
        if self.tier is None:
            return None
        office, day = self.office, date or self.office.today
        window = window_of(office.ruleset, office.portfolio.fiscal_year_start, day)
        found = cells(self.plan, self.tier, office.ruleset, window, day, office.portfolio.roles)
        return Proposer(self.plan, office.portfolio, office.ruleset, self.tier, found, day)


def office() -> Office:
    """What all plans share, of the folder where the command was called. Raises Misuse, Unreadable."""
    return Office(root())


def verified(office: Office, path: str, new: bytes) -> Desk:
    """A new plan. Raises Misuse where it has findings of family 0 or 1."""
    plan, problems = office.read(path, new)
    wrong = next(_told(problems), None)
    if plan is None or wrong:
        from kamgen.commands.naming import in_words  # noqa: PLC0415  (only a mistake needs it)

        raise Misuse(line_of(render(in_words((wrong or problems[0]).message, (), office.ruleset))))
    return Desk(office, path, new, plan, problems)


def sound(desk: Desk, new: bytes) -> Desk:
    """The plan after an edit. Raises Misuse where the edit brings a finding of family 0 or 1, Unreadable where one of family 0 stays."""
    plan, problems = desk.office.read(desk.path, new)
    before = {_name(problem) for problem in desk.problems}
    fresh = next((problem for problem in _told(problems) if _name(problem) not in before), None)
    if fresh:
        raise _misuse(desk, new, fresh.message)
    left = {_name(problem) for problem in problems}
    stays = next((problem for problem in _grave(desk.problems) if _name(problem) in left), None)
    if plan is None or stays:
        raise _unreadable(desk.path, stays or problems[0])
    return Desk(desk.office, desk.path, new, plan, problems)


def links_doubtfully(desk: Desk) -> bool:
    """Whether a plan may hold a link that a site must not open: whether the rule of links (KAM704) has anything to look at."""
    own = (str(desk.plan.custom.get(field.name) or "") for field in desk.office.portfolio.custom_fields if field.type == "link")
    said = (*(text.words for text in links(desk.plan)), *filter(None, own))
    return not all(map(SAFE.match, said)) or markdown.may_link(desk.data.decode())


def _misuse(desk: Desk, new: bytes, message: Message) -> Misuse:
    """What a problem that an edit brings comes to in the words of sales."""
    from kamgen.commands.naming import in_words  # noqa: PLC0415  (only a mistake needs it)

    root = read_plan(desk.path, new).root
    after = dict(parse.as_data(root)) if root else {}
    return Misuse(of_account(desk.plan, render(in_words(message, (desk.tree, after), desk.office.ruleset))))


def of_account(plan: Plan, words: str) -> str:
    """A sentence about an account, on one line."""
    return line_of(say("desk.line", account=plan.account, words=words))


def line_of(text: str) -> str:
    """A text that cannot move the cursor, on one line."""
    return " ".join(FORBIDDEN.sub("?", text).split())


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
    return Unreadable(line_of(say("desk.unreadable", path=path, line=problem.place.line, what=problem.message)).replace("?. ", "? "))
