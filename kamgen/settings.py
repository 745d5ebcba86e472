"""The portfolio file, and what plans may refer to in it: all that is needed to read one plan, without the rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kamgen import parse
from kamgen.diagnostic import Message, Place, Problem
from kamgen.document import read_data, read_file
from kamgen.folder import PORTFOLIO, linked_portfolio
from kamgen.frozen import with_values
from kamgen.model.activity import FORUMS
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import blank, keys
from kamgen.node import Document
from kamgen.ruleset import Ruleset


def read_portfolio_file(root: Path) -> tuple[Document, Portfolio, tuple[Problem, ...]]:
    """The portfolio file and what is wrong with it. A link and a missing file are a problem; another OSError is raised."""
    if link := linked_portfolio(root):
        return Document(PORTFOLIO, "", None, "", 1, (link,)), blank(Portfolio), (link,)
    try:
        document = read_data(PORTFOLIO, read_file(root, PORTFOLIO))
    except FileNotFoundError:
        problem = Problem("not-a-plan", Place(1, 1), Message("not-a-plan.no-portfolio"))
        return Document(PORTFOLIO, "", None, "", 1, (problem,)), blank(Portfolio), (problem,)
    portfolio, problems = parse.read_portfolio(document)
    return document, _closed(portfolio, problems), tuple(_of_rules(problem) for problem in problems)


def _of_rules(problem: Problem) -> Problem:
    """A key of the rule set that stands at the top of the file, told with where it belongs."""
    if problem.message.id != "unknown-key" or problem.field[1:] or problem.field[0] not in {key.name for key in keys(Ruleset)}:
        return problem
    return with_values(problem, message=Message("unknown-key.rules", problem.message.values))


def _closed(portfolio: Portfolio, problems: tuple[Problem, ...]) -> Portfolio:
    """Without calendars where a word of `publish` cannot be read, perhaps the secret: calendars cannot log in, so none are better than open ones."""
    told = (problem.field for problem in problems if problem.kind != "doubtful-text")
    if any(field[:1] == ("publish",) or field[-1:] == ("calendar_path",) for field in told):
        return with_values(portfolio, publish=with_values(portfolio.publish, calendars=False))
    return portfolio


def names_in_file(document: Document, problems: tuple[Problem, ...], portfolio: Portfolio, ruleset: Ruleset) -> parse.Names:
    """Everything that a plan may refer to in the portfolio file: target -> id or exact name -> id.

    Where the file or a part of it cannot be read, or no tier is in force, that is told once, and nothing is looked up there.
    """
    if document.root is None:
        return {}
    unread = _unread_parts(problems)
    return {target: names for target, names in _in_portfolio(portfolio, ruleset).items() if PARTS.get(target) not in unread}


def _in_portfolio(portfolio: Portfolio, ruleset: Ruleset) -> parse.Names:
    tiers = ruleset.tiers
    asked = {name: name for tier in tiers.values() for name in tier.requirements}
    by_tier = {
        "activity-type": {name: name for name in ruleset.activity_types},
        "tier": {tier: tier for tier in tiers},
        "requirement": asked,
        **{f"requirement of {tier.id}": {name: name for name in tier.requirements} for tier in tiers.values()},
        "requirement-or-forum": {**asked, **{forum: forum for forum in FORUMS}},
    }
    scoring = ruleset.classification
    factors = {"criterion": scoring.criteria, "attraction": scoring.attractiveness, "ability": scoring.ability_to_win}
    by_factor = {target: {name: name for name in named} for target, named in factors.items() if named}
    in_file = {
        "person": _by_name([(person.id, person.name) for person in portfolio.people]),
        "product": {product.id: product.id for product in portfolio.products},
        "segment": {segment: segment for segment in portfolio.segments},
        "region": {region: region for region in portfolio.regions},
    }
    return {**in_file, **by_tier, **by_factor} if tiers else in_file


PARTS: Final[Mapping[str, str]] = {"person": "people", "product": "products", "segment": "segments", "region": "regions"}
"""Targets of references, and the part of the portfolio file that lists them."""


def _unread_parts(problems: tuple[Problem, ...]) -> frozenset[str]:
    """The parts of the portfolio file that could not be read whole, or whose key is misspelt."""
    met = {str(problem.field[0]) for problem in problems if problem.field}
    return frozenset(met | {str(problem.message.values.get("near")) for problem in problems})


def _by_name(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    """Id and name -> id; a name that two share names neither."""
    names = [name for _, name in pairs]
    return {**{name: word for word, name in pairs if names.count(name) == 1}, **{word: word for word, _ in pairs}}
