"""The texts that a rule set is made of, one over the other, and which of them says what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from kamgen.diagnostic import FieldPath, Message, Place, Problem
from kamgen.document import read_data
from kamgen.frozen import Frozen
from kamgen.node import Document, MappingNode, ScalarNode, at
from kamgen.parse.reading import nearest
from kamgen.ruleset import Ruleset

SHIPPED: Final = Path(__file__).parent.parent / "rulesets"


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


def shipped_chain(name: str) -> tuple[Layer, ...]:
    """A shipped set and what it extends, the most general first."""
    layer = shipped_layer(name)
    node = layer.node.items.get("extends")
    return (*(shipped_chain(node.text) if isinstance(node, ScalarNode) else ()), layer)


def below(top: Layer) -> tuple[tuple[Layer, ...], tuple[Problem, ...]]:
    """The shipped layers below the company's, the most general first."""
    node = top.node.items.get("extends")
    name = node.text if isinstance(node, ScalarNode) and not node.absent else "shared"
    if name not in shipped_names():
        place = at(node.start) if node else at(top.node.start)
        known = tuple(other for other in shipped_names() if other != "shared")
        near = nearest(name, known, 0.66)
        message = Message(f"unknown-ruleset{'.near' if near else ''}", {"text": name, "known": known, "near": near})
        return (shipped_layer("shared"),), (Problem("unknown-rule-or-option", place, message, ("rules", "extends")),)
    return shipped_chain(name), ()
