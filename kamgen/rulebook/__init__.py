"""The rules in force: the company's text over a shipped set, with the origin of every value.

A set is a layer of text over the set that it extends, merged key by key: mappings merge, everything else replaces. A tier
that extends another tier is merged in the same way. Every value keeps the layer it comes from, so a message can say where.

    layer      the texts, one over the other
    layering   texts into one
    told       what is wrong with them, and where
    override   severities and options of the rules
"""

from __future__ import annotations

from typing import Final

from kamgen.diagnostic import Message, Problem
from kamgen.frozen import with_values
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import blank
from kamgen.node import Document, MappingNode, ScalarNode, at
from kamgen.parse import in_order, read_record
from kamgen.parse.reading import nearest
from kamgen.parse.record import fields
from kamgen.rulebook.layer import Layer, Rules, below, shipped_layer, shipped_names
from kamgen.rulebook.layering import inherit, merge
from kamgen.rulebook.override import KnownRules, finish, fixed_errors, said_twice, unbend
from kamgen.rulebook.told import at_its_layer, distinct
from kamgen.ruleset import Ruleset

NEAR: Final = 0.75
"""How much a key is like `rules` that was meant as it: `rule`, `ruels`, `Rules`."""
OF_THE_BASE: Final = frozenset({"missing-key", "unknown-tier", "unknown-activity-type"})
"""Problems of a company's own set that the set below it can solve."""

__all__ = ["KnownRules", "Layer", "Rules", "load", "shipped_names"]


def load(portfolio: Document, known: KnownRules) -> Rules:
    """The rules in force: the portfolio's own `rules` over the shipped set that they extend (`shared` where there are none)."""
    own = portfolio.root.items.get("rules") if portfolio.root else None
    problems: list[tuple[str, Problem]] = []
    layers: tuple[Layer, ...] = (shipped_layer("shared"),)
    if isinstance(own, MappingNode):
        top = Layer(portfolio.path, ("rules",), portfolio, own)
        base, trouble = below(top)
        layers = (*base, top)
        problems += [(portfolio.path, problem) for problem in trouble]
    elif own is not None and not (isinstance(own, ScalarNode) and own.absent):
        problems.append((portfolio.path, Problem("wrong-value", at(own.start), Message("wrong-value.rules"), ("rules",))))
    return _assemble(portfolio, layers, known, problems)


def _assemble(portfolio: Document, layers: tuple[Layer, ...], known: KnownRules, told: list[tuple[str, Problem]]) -> Rules:
    """The layers as one set. A set without tiers judges nothing, which is told where the portfolio can be read."""
    merged = layers[0].node
    for layer in layers[1:]:
        merged = merge(merged, layer.node)
    inherited, lost = inherit(merged)
    names = {"rule": known.names, "activity-type": _same(inherited, "activity_types"), "tier": _same(inherited, "tiers")}
    ruleset, problems = read_record(Ruleset, inherited, names)
    finished, more = finish(ruleset or blank(Ruleset), inherited, known)
    finished, bent = unbend(finished, fixed_errors(layers[0], known), inherited, known)
    found = in_order((*problems, *lost, *more, *bent, *said_twice(layers[-1].node, known)))
    if _base_is_unknown(layers[-1], told):
        finished, found = with_values(finished, tiers={}), tuple(problem for problem in found if problem.kind not in OF_THE_BASE)
    if any(_is_bent(problem) for problem in found):
        finished, found = with_values(finished, tiers={}), tuple(problem for problem in found if problem.kind != "unknown-activity-type")
    if not finished.tiers and not (told or found) and portfolio.root and not _misspelt(portfolio.root):
        told = [(portfolio.path, _no_rules(portfolio))]
    rules = Rules(finished, layers, ())
    placed = [at_its_layer(rules, problem) for problem in sorted(found, key=lambda problem: rules.layer(problem.field) is None)]
    return with_values(rules, problems=distinct((*told, *placed)))


def _misspelt(root: MappingNode) -> bool:
    """Whether a key stands for `rules` that is none, which is told as that."""
    others = (name for name in root.items if name not in fields(Portfolio)[0] and not name.startswith("x_"))
    return "rules" not in root.items and any(nearest(name, ("rules",), NEAR) for name in others)


def _no_rules(portfolio: Document) -> Problem:
    """That no rules are in force, told where the set is named, or should be."""
    own = portfolio.node(("rules",))
    if not isinstance(own, MappingNode):
        return Problem("missing-key", portfolio.place(("rules",)), Message("missing-key.rules"), ("rules",))
    field, variant = ("rules", "extends"), "set" if "extends" in own.items else "extends"
    return Problem("missing-key", portfolio.place(field), Message(f"missing-key.rules.{variant}"), field)


def _base_is_unknown(top: Layer, told: list[tuple[str, Problem]]) -> bool:
    """Whether the set that the company's own rests on cannot be known: what one lacks the other may have."""
    shapeless = not top.shipped and not isinstance(top.node.items.get("extends"), ScalarNode | None)
    return shapeless or any(problem.field == ("rules", "extends") for _, problem in told)


def _is_bent(problem: Problem) -> bool:
    """Whether the tiers or the activity types, or one of them, have no shape that can be read: no plan can be judged by what is left."""
    return problem.kind == "wrong-value" and problem.field[:1] in {("tiers",), ("activity_types",)} and len(problem.field) < 3


def _same(root: MappingNode, part: str) -> dict[str, str]:
    node = root.items.get(part)
    return {name: name for name in node.items} if isinstance(node, MappingNode) else {}
