"""Severities and options of the rules: typed by what the rules say of themselves, and errors that nobody may soften."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kamgen.diagnostic import SEVERITIES, FieldPath, Message, Problem, Severity, dotted
from kamgen.frozen import Frozen, with_values
from kamgen.model.kind import Scalar
from kamgen.node import MappingNode, Node, ScalarNode, at
from kamgen.parse import as_data, read_record
from kamgen.parse.reading import Reading
from kamgen.parse.scalar import scalar_reader
from kamgen.rulebook.layer import Layer
from kamgen.rulebook.told import TOP
from kamgen.ruleset import SEVERITY, Ruleset, SeverityByKey

ERROR: Final = Severity.ERROR.word


class KnownRules(Frozen):
    """What rules there are: every name a rule set may use -> the rule's own, the kinds of the options by rule, and which nobody may waive."""

    names: Mapping[str, str]
    options: Mapping[str, Mapping[str, Scalar]]
    unwaivable: frozenset[str] = frozenset()


def finish(ruleset: Ruleset, root: MappingNode, known: KnownRules) -> tuple[Ruleset, tuple[Problem, ...]]:
    """Fills in what the kinds leave raw: tier ids, severities of two words, options by the kinds of their rule."""
    told: list[Problem] = []
    tiers = {
        name: with_values(tier, id=name, options=dict(_options(root, ("tiers", name, "options"), known, told)))
        for name, tier in ruleset.tiers.items()
    }
    severities = dict(_severities(root, known, told))
    return with_values(ruleset, tiers=tiers, severities=severities, options=dict(_options(root, ("options",), known, told))), tuple(told)


def _severities(root: MappingNode, known: KnownRules, told: list[Problem]) -> Iterator[tuple[str, Any]]:
    node = _at_path(root, ("severities",))
    for name, child in node.items.items() if node else ():
        rule = known.names.get(name, name)
        if isinstance(child, MappingNode):
            value, wrong = read_record(SeverityByKey, child, {}, ("severities", name))
            told += wrong
            if value:
                yield rule, value
        elif isinstance(child, ScalarNode) and child.text in SEVERITIES:
            yield rule, child.text
        elif not (isinstance(child, ScalarNode) and child.absent):
            told.append(_unfit(child, ("severities", name), SEVERITY))


def said_twice(root: MappingNode, known: KnownRules) -> Iterator[Problem]:
    """Severities of one text that name a rule by its code and by its name, and say two things of it: those of all tiers, and of each."""
    tiers = _at_path(root, ("tiers",))
    for path in (("severities",), *(("tiers", name, "severities") for name in (tiers.items if tiers else ()))):
        node = _at_path(root, path)
        said: dict[str, str] = {}
        for name, child in node.items.items() if node else ():
            rule = known.names.get(name, name)
            other = said.setdefault(rule, name)
            if other != name and node and as_data(node.items[other]) != as_data(child):
                values = {"key": dotted(path), "name": name, "other": other, "rule": rule}
                yield Problem("unknown-rule-or-option", at(node.keys[name].start), Message("rule-said-twice", values), (*path, name))


def _options(root: MappingNode, path: FieldPath, known: KnownRules, told: list[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The options of every rule below `path`, typed; an unknown option and a value that does not fit are told.

    Not given (`days: null`) is the rule's own default.
    """
    node = _at_path(root, path)
    for name, child in node.items.items() if node else ():
        rule = known.names.get(name, name)
        if not isinstance(child, MappingNode):
            told.append(Problem("wrong-value", at(child.start), Message("wrong-value.options", {"key": name}), (*path, name)))
        elif name in known.names:
            yield rule, dict(_values(child, (*path, name), known.options.get(rule, {}), rule, told))


def _values(node: MappingNode, path: FieldPath, kinds: Mapping[str, Scalar], rule: str, told: list[Problem]) -> Iterator[tuple[str, Any]]:
    for option, child in node.items.items():
        kind = kinds.get(option)
        if kind is None:
            values = {"option": option, "rule": rule, "known": tuple(kinds) or ("none",)}
            told.append(Problem("unknown-rule-or-option", at(child.start), Message("unknown-option", values), (*path, option)))
        elif isinstance(child, ScalarNode):
            if child.absent:
                continue
            try:
                yield option, kind.convert(child.text)
            except ValueError:
                told.append(_unfit(child, (*path, option), kind))
        else:
            told.append(_unfit(child, (*path, option), kind))


def _unfit(node: Node, path: FieldPath, kind: Scalar) -> Problem:
    """A value that does not fit: told as in a plan, with the nearest choice where there is one."""
    if isinstance(node, ScalarNode):
        reading = Reading({}, layered=True)
        scalar_reader(kind)(node, path, reading)
        return reading.problems[0]
    told = {"key": dotted(path), "text": str(as_data(node)), "form": kind.form}
    return Problem("wrong-value", at(node.start), Message("wrong-value", told), path)


def fixed_errors(shared: Layer, known: KnownRules) -> frozenset[str]:
    """The rules that are errors in every set: what nobody may waive in a plan, nobody switches off for all of them."""
    said = _at_path(shared.node, ("severities",))
    errors = {name for name, node in said.items.items() if isinstance(node, ScalarNode) and node.text == ERROR} if said else set()
    return known.unwaivable & errors


def unbend(ruleset: Ruleset, fixed: frozenset[str], root: MappingNode, known: KnownRules) -> tuple[Ruleset, tuple[Problem, ...]]:
    """The rule set with the errors that cannot be anything else, and a problem wherever it says otherwise."""
    said: list[tuple[FieldPath, Any]] = [(("severities", name), word) for name, word in ruleset.severities.items()]
    for tier in ruleset.tiers.values():
        said += [(("tiers", tier.id, "severities", name), word) for name, word in tier.severities.items()]
    bent = [(_as_written(root, path, known), path[-1]) for path, word in said if path[-1] in fixed and word != ERROR]
    problems = (Problem("wrong-value", TOP, Message("severity-fixed", {"key": dotted(path), "rule": rule}), path) for path, rule in bent)
    tiers = {
        name: with_values(tier, severities={rule: word for rule, word in tier.severities.items() if rule not in fixed})
        for name, tier in ruleset.tiers.items()
    }
    return with_values(ruleset, severities={**ruleset.severities, **dict.fromkeys(fixed, ERROR)}, tiers=tiers), tuple(problems)


def _as_written(root: MappingNode, path: FieldPath, known: KnownRules) -> FieldPath:
    """The way to a rule's severity with the rule as it is called there, by its name or its code: the last that is written counts."""
    node = _at_path(root, path[:-1])
    names = [name for name in node.items if known.names.get(name) == path[-1]] if node else []
    return (*path[:-1], *(names[-1:] or path[-1:]))


def _at_path(root: MappingNode, path: FieldPath) -> MappingNode | None:
    node: Node | None = root
    for step in path:
        node = node.items.get(str(step)) if isinstance(node, MappingNode) else None
    return node if isinstance(node, MappingNode) else None
