"""Every stage in order: `read` takes in a folder with `plans/`, `judge` tells what it comes to on a day. Read this first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import parse, rule, rulebook
from kamgen.account import Account
from kamgen.check import account_of, check_accounts, check_portfolio, check_settings, in_order
from kamgen.diagnose import diagnose
from kamgen.diagnostic import Diagnostic, Finding, Place, Problem, Severity
from kamgen.document import known_plan, read_file, read_plan
from kamgen.folder import PlanFile, links, survey
from kamgen.frozen import Frozen, faithful, unpacked
from kamgen.ground import Ground, Lasting
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.node import Document
from kamgen.rulebook import Rules
from kamgen.ruleset import Ruleset
from kamgen.settings import names_in_file, read_portfolio_file
from kamgen.traits import FILE, Traits, read_traits

if TYPE_CHECKING:
    from kamgen.known import Known  # who builds has one; it would cost a check of one plan its start


class Written(Frozen):
    """What stands in one plan file: `plan` is None where it cannot be read."""

    document: Document
    plan: Plan | None
    problems: tuple[Problem, ...]


class Reading(Frozen):
    """What stands in a folder, whatever the date. `plans` are sorted by path; with `partial` only some of them were read.

    `links` are those that are no plan by their place, like a page of the handbook; with `partial` nobody looks for them.
    """

    root: Path
    portfolio: Portfolio
    portfolio_document: Document
    portfolio_problems: tuple[Problem, ...]
    rules: Rules
    plans: tuple[Written, ...]
    partial: bool
    lasting: Lasting
    links: tuple[str, ...] = ()
    traits: Traits = Traits()
    known: Any = None


class Workspace(Frozen):
    """A portfolio as of a date. `accounts` are sorted by path; `diagnostics` by file and place."""

    reading: Reading
    ground: Ground
    accounts: tuple[Account, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def root(self) -> Path:
        """The folder that holds `plans/`."""
        return self.reading.root

    @property
    def portfolio(self) -> Portfolio:
        """What all plans share."""
        return self.ground.portfolio

    @property
    def as_of(self) -> dt.date:
        """The date that everything is judged at."""
        return self.ground.as_of

    def count(self, severity: Severity) -> int:
        """How many diagnostics are of a severity."""
        return sum(1 for diagnostic in self.diagnostics if diagnostic.severity is severity)


def load(root: Path, as_of: dt.date, only: tuple[str, ...] | None = None, known: Known | None = None) -> Workspace:
    """The workspace of `root` as of a date: `read` and `judge` in one."""
    return judge(read(root, only, known), as_of)


def read(root: Path, only: tuple[str, ...] | None = None, known: Known | None = None) -> Reading:
    """What stands in `root`. With `only` (paths like `plans/acme.md`) just these plans are read.

    What is `known` from a build before is neither read nor judged again. Raises OSError where the disk does not give what it should.
    """
    document, portfolio, problems = read_portfolio_file(root)
    rules = rulebook.load(document, rule.known())
    files = survey(root)
    names = names_of(document, problems, portfolio, rules.ruleset, files)
    if known:
        known.begin(document.text, (file.path for file in files))
    plans = tuple(_written(root, file, names, portfolio, known) for file in files if only is None or file.path in only)
    others = (links(root), read_traits(root, names)) if only is None else ((), Traits())
    return Reading(root, portfolio, document, problems, rules, plans, only is not None, {}, *others, known)


def judge(reading: Reading, as_of: dt.date) -> Workspace:
    """What a folder comes to on a day. The same text may be judged on many days: only the rules run again.

    Where only some plans were read they are judged by the rules of one plan; what is wrong with the portfolio file and the rule
    set is always told, for it decides what a plan is judged by.
    """
    ground = Ground(reading.portfolio, reading.portfolio_document, reading.portfolio_problems, reading.rules, as_of, reading.lasting)
    roles = reading.portfolio.roles
    known, told = reading.known, partial(check_accounts, ground=ground)
    accounts = tuple(_account(plan, ground, roles, known) for plan in reading.plans)
    others = check_settings(ground) if reading.partial else check_portfolio(accounts, ground)
    return Workspace(
        reading,
        ground,
        accounts,
        in_order(
            (
                *(known.judged(accounts, as_of, told) if known else told(accounts)),
                *others,
                *_linked(reading.links, ground),
                *_assessed(reading.traits, ground),
            )
        ),
    )


def _account(written: Written, ground: Ground, roles: Mapping[str, str], known: Known | None) -> Account:
    """What a file comes to; one that is the same on the same day is the same account."""
    path = written.document.path
    make = partial(account_of, written.document, written.plan, written.problems, parse.stem(path), ground, roles)
    return known.account(path, written, ground.as_of, make) if known else make()


def _linked(paths: tuple[str, ...], ground: Ground) -> Iterator[Diagnostic]:
    """A finding for every link that is no plan."""
    for path in paths:
        yield from diagnose(Finding((), {}, place=Place(1, 1)), rule.REGISTRY["symlink"], None, ground, path)


def _assessed(traits: Traits, ground: Ground) -> Iterator[Diagnostic]:
    """What is wrong with the self-assessment of the handbook."""
    for one in traits.problems:
        finding = Finding(one.field, one.message.values, place=one.place, message=one.message)
        yield from diagnose(finding, rule.REGISTRY[one.kind], None, ground, FILE)


def names_of(document: Document, problems: tuple[Problem, ...], portfolio: Portfolio, ruleset: Ruleset, files: tuple[PlanFile, ...]) -> parse.Names:
    """Everything that a plan may refer to: target -> id or exact name -> id."""
    in_folder = {"account": {parse.stem(file.path): parse.stem(file.path) for file in files}, "rule": rule.names(), "waivable": rule.waivable_names()}
    return {**names_in_file(document, problems, portfolio, ruleset), **in_folder}


def _written(root: Path, file: PlanFile, names: parse.Names, portfolio: Portfolio, known: Known | None) -> Written:
    if not file.readable:
        return Written(Document(file.path, "", None, "", 1, ()), None, file.problems)
    data = read_file(root, file.path)
    reader = _Reader(file, data, names, portfolio)
    return known.text(file.path, data, repr(file.problems), reader) if known else reader.read()


class _Reader(NamedTuple):
    """Reads one plan file, or what a build before made of it."""

    file: PlanFile
    data: bytes
    names: parse.Names
    portfolio: Portfolio

    def read(self) -> Written:
        """What stands in it."""
        document = read_plan(self.file.path, self.data)
        plan, problems = parse.read_plan(document, self.names, self.portfolio.custom_fields)
        return Written(document, plan, (*self.file.problems, *problems))

    def packed(self, found: Written) -> bytes | None:
        """The plan as bytes, where nothing is wrong with the file and what comes back is what was there."""
        if found.plan is None or found.problems or found.document.problems:
            return None
        return faithful(found.plan, Plan)

    def unpacked(self, kept: bytes) -> Written | None:
        """The plan as it was."""
        plan = unpacked(kept, Plan)
        return None if plan is None else Written(known_plan(self.file.path, self.data), plan, ())
