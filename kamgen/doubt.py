"""What YAML reads in another way than its writer meant: tabs that indent, and texts that lose a part (KAM013)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kamgen.diagnostic import Place, Problem, problem
from kamgen.node import MappingNode, at, scalars
from kamgen.syntax import TAB_AHEAD

FULL_WIDTH_KEY: Final = re.compile("^([A-Za-z_][A-Za-z0-9_]*)：")
CUT: Final = re.compile("[ \t]+(#[^ \t\r\n#!][^\r\n]*)")
HASH_AHEAD: Final = re.compile("#(?<=[ \t]#)[^ \t\r\n#!]")
ZERO_AHEAD: Final = re.compile(r"0[0-9](?<=[ \[{,]..)[0-9]*[ \r]*(?:$|[,}\]#])", re.MULTILINE)
LEADING_ZERO: Final = re.compile(r"0[0-9]+")


def tabs(root: MappingNode, text: str) -> Iterator[Problem]:
    """Tabs that indent a line. libyaml lets some of them pass; only inside block text they are content."""
    if "\t" not in text:
        return
    blocks = (node for node in scalars(root) if text[node.start.index : node.start.index + 1] in {"|", ">"})
    content = {line for node in blocks for line in range(node.start.line + 1, node.end.line + bool(node.end.column))}
    for number, line in enumerate(text.split("\n")):
        if number not in content and TAB_AHEAD.match(line):
            yield problem("invalid-yaml.tab", Place(number + 1, line.index("\t") + 1))


def doubts(root: MappingNode, text: str) -> Iterator[Problem]:
    """Values that YAML reads in another way than their writer meant (KAM013). Most texts have no candidate and cost one search."""
    if "：" not in text and not HASH_AHEAD.search(text) and not ZERO_AHEAD.search(text):
        return
    for node in scalars(root):
        if not node.plain or not node.text:
            continue
        if cut := CUT.match(text, node.end.index):
            yield problem("doubtful-text.hash", at(node.start), text=node.text, rest=cut[1].strip()[:40])
        elif word := FULL_WIDTH_KEY.match(node.text):
            yield problem("doubtful-text.full-width-colon", at(node.start), text=word[1])
        elif LEADING_ZERO.fullmatch(node.text):
            yield problem("doubtful-text.leading-zero", at(node.start), text=node.text)
