"""Texts into one: a layer over the one below it, a tier over the tier that it extends."""

from __future__ import annotations

from kamgen.diagnostic import Message, Problem
from kamgen.node import MappingNode, Node, ScalarNode, at


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


def inherit(root: MappingNode) -> tuple[MappingNode, tuple[Problem, ...]]:
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
