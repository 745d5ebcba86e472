"""The names that references of a document may use, and the way to its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from kamgen import alphabet
from kamgen.node import MappingNode, Node, ScalarNode, SequenceNode

SHARED: Final = ""
"""What a name stands for that two items share."""


def names_in_plan(root: MappingNode) -> dict[str, Mapping[str, str]]:
    """A list that cannot be read names nobody: what refers to it is not looked up."""
    parts = {"contact": "contacts", "goal": "goals", "offer": "offers"}
    return {target: ids(root, part) for target, part in parts.items() if _is_list(root.items.get(part))}


def _is_list(node: Node | None) -> bool:
    """Whether a part is a list of items, or not there at all."""
    if isinstance(node, SequenceNode):
        return all(isinstance(item, MappingNode) for item in node.items)
    return node is None or (isinstance(node, ScalarNode) and node.absent)


def ids(root: MappingNode, part: str) -> dict[str, str]:
    """Id and exact name -> id, for the items of a list. A name that two items share stands for `SHARED`, and an id goes before a name."""
    pairs = [(text_of(item.items.get("id")), text_of(item.items.get("name"))) for item in mappings(root, part)]
    named = [(item_id or alphabet.slug(name) or name, name) for item_id, name in pairs]
    count = Counter(name for _, name in named)
    return {
        **{name: item_id if count[name] == 1 else SHARED for item_id, name in named if name},
        **{item_id: item_id for item_id, _ in named if item_id},
    }


def mappings(root: MappingNode, part: str) -> Iterator[MappingNode]:
    """The items of a list that are groups of keys."""
    node = root.items.get(part)
    if isinstance(node, SequenceNode):
        yield from (item for item in node.items if isinstance(item, MappingNode))


def child(root: MappingNode, name: str) -> MappingNode | None:
    """A part that is a group of keys; None where it is anything else."""
    node = root.items.get(name)
    return node if isinstance(node, MappingNode) else None


def text_of(node: Node | None) -> str:
    """The text of a value; empty where there is none."""
    return node.text.strip() if isinstance(node, ScalarNode) and not node.absent else ""
