"""Document to records: every key typed by its kind; a wrong shape becomes a problem and never an exception.

A value that does not fit is left out and said so; a record that lacks a required key is left out of its list.
`Plan.unread` then names the parts of the plan that nothing should be judged by.

    reading     what one pass over a document collects
    names       what references may name
    scalar      single values: amounts, dates, words
    reference   names of people, contacts, goals and more
    condition   what one key of a record asks of another
    paste       what to write where a shape is wrong
    pasted      what a word processor makes of a list or a group
    record      lists, tables and records
    lost        what the reader cannot see
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kamgen.diagnostic import FieldPath, Message, Problem
from kamgen.doubt import one_fact
from kamgen.frozen import with_values
from kamgen.model.plan import Plan
from kamgen.model.portfolio import CustomField, Portfolio
from kamgen.model.record import blank
from kamgen.node import Document, MappingNode
from kamgen.parse.lost import cut_off, doubled, ends_early, stand_in_settled
from kamgen.parse.names import child, ids, names_in_plan, text_of
from kamgen.parse.reading import UNREAD, Names, Reading, is_stub
from kamgen.parse.record import as_data, check_custom, read_into

__all__ = ["Names", "as_data", "in_order", "is_stub", "read_plan", "read_portfolio", "read_record", "stem"]

COMMAS: Final[Mapping[str, str]] = {"doubtful-text.comma": "comma", "doubtful-text.number": "number", "doubtful-text.amount": "amount"}
"""The doubts of a comma in braces, and what an unknown key behind it is told as."""


def read_plan(document: Document, names: Names, custom: tuple[CustomField, ...] = ()) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan of a document, and what is wrong with it, in file order.

    None where the file, or one of `account`, `tier` and `owner`, cannot be read.
    """
    if document.root is None:
        return None, document.problems
    asked = names.get(f"requirement of {text_of(document.root.items.get('tier'))}")
    of_tier = {"requirement": asked} if asked is not None else {}
    reading = Reading({**names, **of_tier, **names_in_plan(document.root)}, stem(document.path))
    body = "" if ends_early(document, reading) else document.body
    reading.unread.update(cut_off(document))
    plan = read_into(Plan, document.root, (), reading)
    check_custom(document.root, custom, reading)
    problems = in_order((*document.problems, *reading.problems))
    if not isinstance(plan, Plan):
        return None, problems
    whole = reading.unread.union(doubled(document, document.root))
    unread = frozenset(whole | reading.parts())
    settled = "activities" in unread - whole and stand_in_settled(document, reading.refused)
    return with_values(plan, id=stem(document.path), body=body, unread=unread, settled_unread=settled), problems


def read_portfolio(document: Document) -> tuple[Portfolio, tuple[Problem, ...]]:
    """The portfolio, and what is wrong with it. Its `rules` are left to the rule-set loader."""
    if document.root is None:
        return blank(Portfolio), document.problems
    root = document.root
    goals = child(root, "plan")
    names = {"person": ids(root, "people"), "product": ids(root, "products"), "goal": ids(goals, "goals") if goals else {}}
    reading = Reading(names)
    portfolio = read_into(Portfolio, root, (), reading)
    return portfolio if isinstance(portfolio, Portfolio) else blank(Portfolio), in_order((*document.problems, *reading.problems))


def read_record(cls: type[Any], root: MappingNode, names: Names, path: FieldPath = ()) -> tuple[Any, tuple[Problem, ...]]:
    """A record of any class that stands at `path`, for the reader of another file (a rule set): the record or None, and the problems."""
    reading = Reading(names, layered=True)
    value = read_into(cls, root, path, reading)
    return None if value is UNREAD else value, in_order(reading.problems)


def stem(path: str) -> str:
    """The account id that a path stands for: the file's name without its ending."""
    return path.rpartition("/")[2].removesuffix(".md")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in file order. Where an unknown key and a doubtful text see the same comma, the unknown key tells of it."""
    told = one_fact(problems)
    unknown = {problem.place for problem in told if problem.kind == "unknown-key"}
    commas = {problem.place: problem for problem in told if problem.message.id in COMMAS}
    later = {place for place, doubt in commas.items() if doubt.message.values.get("later")}
    kept = (problem for problem in told if problem.place not in later and (problem.kind != "doubtful-text" or problem.place not in unknown))
    return tuple(sorted((_of_comma(problem, commas.get(problem.place)) for problem in kept), key=lambda problem: problem.place))


def _of_comma(problem: Problem, doubt: Problem | None) -> Problem:
    """An unknown key that is half of a text or a number with a comma in it."""
    if doubt is None or problem.kind != "unknown-key":
        return problem
    variant = COMMAS[doubt.message.id]
    return with_values(problem, message=Message(f"unknown-key.{variant}", {**problem.message.values, **doubt.message.values}))
