"""What a help says to add, as the list of this file takes it: with a dash on a line of its own, or as it is between brackets."""

from __future__ import annotations

import re
from typing import Final

from kamgen.node import Document, SequenceNode

STEP: Final = re.compile(r"`(?P<list>[a-z_]+):`|`- (?=\{)")
"""The list that a help speaks of, or how an item begins that it adds to that list."""


def fitted(advice: str, document: Document) -> str:
    """The help without the dashes of items that belong into a list that stands in brackets (`kpis: [...]`)."""
    if "`- {" not in advice:
        return advice
    into = ""

    def fit(step: re.Match[str]) -> str:
        nonlocal into
        into = step["list"] or into
        return "`" if not step["list"] and _in_brackets(into, document) else step[0]

    return STEP.sub(fit, advice)


def _in_brackets(part: str, document: Document) -> bool:
    node = document.node((part,))
    return isinstance(node, SequenceNode) and document.text[node.start.index] == "["
