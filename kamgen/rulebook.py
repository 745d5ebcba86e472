"""The rules in force: the company's text over a shipped set, with the origin of every value.

A set is a layer of text over the set that it extends, merged key by key: mappings merge, everything else replaces. A tier
that extends another tier is merged in the same way. Every value keeps the layer it comes from, so a message can say where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from kamgen.diagnostic import SEVERITIES, FieldPath, Message, Place, Problem, Severity, dotted
from kamgen.document import read_data
from kamgen.frozen import Frozen, with_values
from kamgen.model.kind import Scalar
from kamgen.model.record import blank
from kamgen.node import Document, MappingNode, Node, ScalarNode, at
from kamgen.parse import as_data, in_order, read_record
from kamgen.ruleset import SEVERITY, Ruleset, SeverityByKey

SHIPPED: Final = Path(__file__).parent / "rulesets"
ERROR: Final = Severity.ERROR.word
TOP: Final = Place(1, 1)
"""Where a problem stands until its layer is known."""


class KnownRules(Frozen):
    """What rules there are: every name a rule set may use -> the rule's own, the kinds of the options by rule, and which nobody may waive."""

    names: Mapping[str, str]
    options: Mapping[str, Mapping[str, Scalar]]
    unwaivable: frozenset[str] = frozenset()


class Layer(Frozen):
    """One text of a rule set: the file, its top in the document, and the mapping."""

    path: str
    prefix: FieldPath
    document: Document
    node: MappingNode

    @property
    def shipped(self) -> bool:
        """Whether it comes with kamgen; else it is the company's."""
        return not self.prefix


class Rules(Frozen):
    """A rule set that was loaded: the set, its layers (the most general first), and what is wrong with it by file."""

    ruleset: Ruleset
    layers: tuple[Layer, ...]
    problems: tuple[tuple[str, Problem], ...]

    def origin(self, field: FieldPath) -> tuple[Layer, Place]:
        """The layer that says `field`, and where; a tier's inherited keys are found in the tier it extends.

        What nobody says (a missing key) stands where its nearest parent is written.
        """
        for length in range(len(field), 0, -1):
            for path in self._inherited(field[:length]):
                if layer := self.layer(path):
                    return layer, layer.document.place((*layer.prefix, *path))
        layer = self.layers[-1]
        return layer, layer.document.place(layer.prefix)

    def said(self, field: FieldPath) -> Layer | None:
        """The layer that says `field` itself, the tiers that its tier extends included; None where nobody does."""
        return next((layer for path in self._inherited(field) if (layer := self.layer(path))), None)

    def layer(self, field: FieldPath) -> Layer | None:
        """The most special layer that says `field` itself."""
        return next((layer for layer in reversed(self.layers) if layer.document.node((*layer.prefix, *field)) is not None), None)

    def _inherited(self, field: FieldPath) -> Iterator[FieldPath]:
        """`field`, then the same key of every tier that its tier extends."""
        yield field
        seen: set[str] = set()
        tier = str(field[1]) if len(field) > 2 and field[0] == "tiers" else None
        while tier and tier not in seen:
            seen.add(tier)
            tier = self._parent(tier)
            if tier:
                yield ("tiers", tier, *field[2:])

    def _parent(self, tier: str) -> str | None:
        for layer in reversed(self.layers):
            node = layer.document.node((*layer.prefix, "tiers", tier, "extends"))
            if isinstance(node, ScalarNode):
                return node.text
        return None


def shipped_names() -> tuple[str, ...]:
    """The rule sets that come with kamgen."""
    return tuple(sorted(file.stem for file in SHIPPED.glob("*.yml")))


@cache
def shipped_layer(name: str) -> Layer:
    """A rule set that comes with kamgen, as text."""
    document = read_data(f"rulesets/{name}.yml", (SHIPPED / f"{name}.yml").read_bytes())
    if document.root is None:
        raise ValueError(document.problems)
    return Layer(document.path, (), document, document.root)


def load(portfolio: Document, known: KnownRules) -> Rules:
    """The rules in force: the portfolio's own `rules` over the shipped set that they extend (`shared` where there are none)."""
    own = portfolio.root.items.get("rules") if portfolio.root else None
    problems: list[tuple[str, Problem]] = []
    layers: tuple[Layer, ...] = (shipped_layer("shared"),)
    if isinstance(own, MappingNode):
        top = Layer(portfolio.path, ("rules",), portfolio, own)
        base, trouble = _extended(top)
        layers = (*base, top)
        problems += [(portfolio.path, problem) for problem in trouble]
    elif own is not None and not (isinstance(own, ScalarNode) and own.absent):
        problems.append((portfolio.path, Problem("wrong-value", at(own.start), Message("wrong-value.rules"), ("rules",))))
    return _assemble(portfolio, layers, known, problems)


def _extended(top: Layer) -> tuple[tuple[Layer, ...], tuple[Problem, ...]]:
    """The shipped layers below the company's, the most general first."""
    node = top.node.items.get("extends")
    name = node.text if isinstance(node, ScalarNode) and not node.absent else "shared"
    if name not in shipped_names():
        place = at(node.start) if node else at(top.node.start)
        message = Message("unknown-ruleset", {"text": name, "known": shipped_names()})
        return (shipped_layer("shared"),), (Problem("unknown-rule-or-option", place, message, ("rules", "extends")),)
    return shipped_chain(name), ()


def shipped_chain(name: str) -> tuple[Layer, ...]:
    """A shipped set and what it extends, the most general first."""
    layer = shipped_layer(name)
    node = layer.node.items.get("extends")
    return (*(shipped_chain(node.text) if isinstance(node, ScalarNode) else ()), layer)


def _assemble(portfolio: Document, layers: tuple[Layer, ...], known: KnownRules, told: list[tuple[str, Problem]]) -> Rules:
    """The layers as one set. A set without tiers judges nothing, which is told where the portfolio can be read."""
    merged = layers[0].node
    for layer in layers[1:]:
        merged = merge(merged, layer.node)
    inherited, lost = _inherit(merged)
    names = {"rule": known.names, "activity-type": _same(inherited, "activity_types"), "tier": _same(inherited, "tiers")}
    ruleset, problems = read_record(Ruleset, inherited, names)
    finished, more = _finish(ruleset or blank(Ruleset), inherited, known)
    finished, bent = _unbent(finished, _fixed(layers[0], known), inherited, known)
    found = in_order((*problems, *lost, *more, *bent, *_twice(layers[-1].node, known)))
    if any(_is_bent(problem) for problem in found):
        finished, found = with_values(finished, tiers={}), tuple(problem for problem in found if problem.kind != "unknown-activity-type")
    if not finished.tiers and not (told or found) and portfolio.root:
        told = [(portfolio.path, Problem("missing-key", portfolio.place(("rules",)), Message("missing-key.rules"), ("rules",)))]
    rules = Rules(finished, layers, ())
    placed = [_placed(rules, problem) for problem in sorted(found, key=lambda problem: rules.layer(problem.field) is None)]
    return with_values(rules, problems=_distinct((*told, *placed)))


def _is_bent(problem: Problem) -> bool:
    """Whether the tiers or the activity types, or one of them, have no shape that can be read: no plan can be judged by what is left."""
    return problem.kind == "wrong-value" and problem.field[:1] in {("tiers",), ("activity_types",)} and len(problem.field) < 3


def _fixed(shared: Layer, known: KnownRules) -> frozenset[str]:
    """The rules that are errors in every set: what nobody may waive in a plan, nobody switches off for all of them."""
    said = _at_path(shared.node, ("severities",))
    errors = {name for name, node in said.items.items() if isinstance(node, ScalarNode) and node.text == ERROR} if said else set()
    return known.unwaivable & errors


def _unbent(ruleset: Ruleset, fixed: frozenset[str], root: MappingNode, known: KnownRules) -> tuple[Ruleset, tuple[Problem, ...]]:
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


def _distinct(told: tuple[tuple[str, Problem], ...]) -> tuple[tuple[str, Problem], ...]:
    """An inherited mistake is told once, of the tier that writes it: those come first."""
    seen: dict[tuple[str, Place, str, FieldPath], tuple[str, Problem]] = {}
    for path, problem in told:
        seen.setdefault((path, problem.place, problem.kind, problem.field[-1:]), (path, problem))
    return tuple(seen.values())


def _placed(rules: Rules, problem: Problem) -> tuple[str, Problem]:
    """A problem of the merged text at the place of the layer that wrote it, under the kind of rule family 9 where it is one."""
    layer, place = rules.origin(problem.field)
    kind, field = FAMILY_NINE.get(problem.kind, problem.kind), (*layer.prefix, *problem.field)
    if problem.kind in OF_A_VALUE and problem.place is not TOP and rules.said(problem.field):
        place = problem.place
    return layer.path, with_values(problem, kind=kind, place=place, field=field, message=_in_full(problem, field))


def _in_full(problem: Problem, field: FieldPath) -> Message:
    """The message with the whole way to what it speaks of, as the file has it: to a key, or to the part in which one is wrong."""
    values = dict(problem.message.values)
    name, length = ("part", -1) if "part" in values else ("key", None)
    if problem.field[:length] and values.get(name) == dotted(problem.field[:length]):
        values[name] = dotted(field[:length])
    return Message(problem.message.id, values)


OF_A_VALUE: Final = frozenset({"wrong-value", "unknown-tier", "unknown-activity-type"})
"""Problems of what stands behind a key, and not of the key."""
FAMILY_NINE: Final = {"unknown-rule": "unknown-rule-or-option", "unknown-activity-type": "unknown-type"}


def merge(lower: MappingNode, upper: MappingNode) -> MappingNode:
    """Two mappings key by key: where both have a mapping they merge, else the upper one replaces."""
    nodes: dict[str, Node] = dict(lower.items)
    for name, node in upper.items.items():
        below = nodes.get(name)
        if name == "severities" and isinstance(below, MappingNode) and isinstance(node, MappingNode):
            below = _overruled(below, node)
        nodes[name] = merge(below, node) if isinstance(below, MappingNode) and isinstance(node, MappingNode) else node
    return MappingNode(nodes, {**lower.keys, **upper.keys}, upper.start, upper.end)


def _overruled(lower: MappingNode, upper: MappingNode) -> MappingNode:
    """Severities without the variants of a rule that a later layer speaks of: who writes `over-service: off` means all of it."""
    kept = {name: node for name, node in lower.items.items() if "." not in name or name.partition(".")[0] not in upper.items}
    return MappingNode(kept, lower.keys, lower.start, lower.end)


def _inherit(root: MappingNode) -> tuple[MappingNode, tuple[Problem, ...]]:
    """Every tier merged over the tier that it extends."""
    tiers = root.items.get("tiers")
    if not isinstance(tiers, MappingNode):
        return root, ()
    lost: list[tuple[set[str], Problem]] = []
    found = {name: _with_parents(name, tiers, (), lost) for name in tiers.items}
    whole_tiers = MappingNode(found, tiers.keys, tiers.start, tiers.end)
    return MappingNode({**root.items, "tiers": whole_tiers}, root.keys, root.start, root.end), tuple(problem for _, problem in lost)


def _with_parents(name: str, tiers: MappingNode, seen: tuple[str, ...], lost: list[tuple[set[str], Problem]]) -> Node:
    node = tiers.items[name]
    parent = node.items.get("extends") if isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or not isinstance(parent, ScalarNode) or parent.text not in tiers.items:
        return node
    if parent.text in (*seen, name):
        circle = (*seen, name)[(*seen, name).index(parent.text) :]
        if not any(set(circle) == told for told, _ in lost):
            message = Message("tier-cycle", {"tiers": circle, "n": len(circle)})
            lost.append((set(circle), Problem("unknown-rule-or-option", at(parent.start), message, ("tiers", name, "extends"))))
        return node
    above = _with_parents(parent.text, tiers, (*seen, name), lost)
    if not isinstance(above, MappingNode):
        return node
    own = ("label", "extends", "bands")
    general = MappingNode({key: child for key, child in above.items.items() if key not in own}, above.keys, above.start, above.end)
    return merge(general, node)


def _same(root: MappingNode, part: str) -> dict[str, str]:
    node = root.items.get(part)
    return {name: name for name in node.items} if isinstance(node, MappingNode) else {}


def _finish(ruleset: Ruleset, root: MappingNode, known: KnownRules) -> tuple[Ruleset, tuple[Problem, ...]]:
    """Fills in what the kinds leave raw: tier ids, severities of two words, options by the kinds of their rule."""
    told: list[Problem] = []
    tiers = {
        name: with_values(tier, id=name, options=dict(_options(root, ("tiers", name, "options"), known, told)))
        for name, tier in ruleset.tiers.items()
    }
    severities = dict(_severities(root, known, told))
    return with_values(ruleset, tiers=tiers, severities=severities, options=dict(_options(root, ("options",), known, told))), tuple(told)


def _at_path(root: MappingNode, path: FieldPath) -> MappingNode | None:
    node: Node | None = root
    for step in path:
        node = node.items.get(str(step)) if isinstance(node, MappingNode) else None
    return node if isinstance(node, MappingNode) else None


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
            told.append(_unfit(child, ("severities", name), SEVERITY.form))


def _twice(root: MappingNode, known: KnownRules) -> Iterator[Problem]:
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
                told.append(_unfit(child, (*path, option), kind.form))
        else:
            told.append(_unfit(child, (*path, option), kind.form))


def _unfit(node: Node, path: FieldPath, form: Message) -> Problem:
    return Problem("wrong-value", at(node.start), Message("wrong-value", {"key": dotted(path), "text": str(as_data(node)), "form": form}), path)
