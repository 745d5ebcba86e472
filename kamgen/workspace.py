"""Every stage in order: `load` turns a folder with `plans/` into accounts, figures and diagnostics. Read this first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import parse, rule, rulebook
from kamgen.account import Account
from kamgen.check import Ground, account_of, check_accounts, check_portfolio, check_settings, in_order
from kamgen.diagnostic import Diagnostic, Message, Place, Problem, Severity
from kamgen.document import read_data, read_file, read_plan
from kamgen.folder import PORTFOLIO, PlanFile, survey
from kamgen.frozen import Frozen
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import blank
from kamgen.node import Document


class Workspace(Frozen):
    """A portfolio as of a date. `accounts` are sorted by path; `diagnostics` by file and place."""

    root: Path
    ground: Ground
    accounts: tuple[Account, ...]
    diagnostics: tuple[Diagnostic, ...]

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


def read_portfolio_file(root: Path) -> tuple[Document, Portfolio, tuple[Problem, ...]]:
    """The portfolio file and what is wrong with it. A missing one is a problem; another OSError is raised."""
    try:
        document = read_data(PORTFOLIO, read_file(root, PORTFOLIO))
    except FileNotFoundError:
        problem = Problem("not-a-plan", Place(1, 1), Message("not-a-plan.no-portfolio"))
        return Document(PORTFOLIO, "", None, "", 1, (problem,)), blank(Portfolio), (problem,)
    return document, *parse.read_portfolio(document)


def load(root: Path, as_of: dt.date, only: tuple[str, ...] | None = None) -> Workspace:
    """The workspace of `root` as of a date.

    With `only` (paths like `plans/acme.md`) just these plans are read, and judged by the rules of one plan; what is wrong with
    the portfolio file and the rule set is always told, for it decides what a plan is judged by.
    Raises OSError where the disk does not give what it should.
    """
    document, portfolio, problems = read_portfolio_file(root)
    ground = Ground(portfolio, document, problems, rulebook.load(document, rule.known()), as_of)
    files = survey(root)
    names = names_of(ground, files)
    roles = {person.id: person.role for person in portfolio.people}
    read = [_account(root, file, ground, names, roles) for file in files if only is None or file.path in only]
    accounts = tuple(read)
    diagnostics = check_accounts(accounts, ground)
    others = check_portfolio(accounts, ground) if only is None else check_settings(ground)
    diagnostics = in_order((*diagnostics, *others))
    return Workspace(root, ground, accounts, diagnostics)


def names_of(ground: Ground, files: tuple[PlanFile, ...]) -> parse.Names:
    """Everything that a plan may refer to: target -> id or exact name -> id.

    Where the portfolio file cannot be read, or no tier is in force, that is told once, and nothing is looked up in it.
    """
    in_folder = {"account": {parse.stem(file.path): parse.stem(file.path) for file in files}, "rule": rule.names()}
    return in_folder if ground.portfolio_document.root is None else {**_in_portfolio(ground), **in_folder}


def _in_portfolio(ground: Ground) -> parse.Names:
    people = ground.portfolio.people
    tiers = ground.ruleset.tiers
    by_tier = {
        "tier": {tier: tier for tier in tiers},
        "requirement": {name: name for tier in tiers.values() for name in tier.requirements},
    }
    in_file = {
        "person": _by_name([(person.id, person.name) for person in people]),
        "product": {product.id: product.id for product in ground.portfolio.products},
        "segment": {segment: segment for segment in ground.portfolio.segments},
        "region": {region: region for region in ground.portfolio.regions},
        "activity-type": {name: name for name in ground.ruleset.activity_types},
    }
    return {**in_file, **by_tier} if tiers else in_file


def _by_name(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    """Id and name -> id; a name that two share names neither."""
    names = [name for _, name in pairs]
    return {**{name: word for word, name in pairs if names.count(name) == 1}, **{word: word for word, _ in pairs}}


def _account(root: Path, file: PlanFile, ground: Ground, names: parse.Names, roles: Mapping[str, str]) -> Account:
    if not file.readable:
        return account_of(Document(file.path, "", None, "", 1, ()), None, file.problems, parse.stem(file.path), ground, roles)
    document = read_plan(file.path, read_file(root, file.path))
    plan, problems = parse.read_plan(document, names, ground.portfolio.custom_fields)
    return account_of(document, plan, (*file.problems, *problems), parse.stem(file.path), ground, roles)
