"""What YAML reads in another way than its writer meant: tabs that indent, and texts that lose a part (KAM013)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kamgen.diagnostic import FieldPath, Message, Place, Problem, problem
from kamgen.frozen import with_values
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


COLON: Final = "doubtful-text.full-width-colon"


def one_fact(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems, where a full-width colon is told once: by the error that comes of it, else by the doubt; never as an unknown key as well."""
    told = tuple(problems)
    colons = {found.place: str(found.message.values["text"]) for found in told if found.message.id == COLON}
    if not colons:
        return told
    meant = {(*found.field[:-1], colons[found.place]): found.place for found in told if found.kind == "unknown-key" and found.place in colons}
    worded = tuple(_of_colon(found, colons, meant) for found in told if found.kind != "unknown-key" or found.place not in colons)
    errors = {found.place for found in worded if found.kind != "doubtful-text"}
    return tuple(found for found in worded if found.message.id != COLON or found.place not in errors)


def _of_colon(found: Problem, colons: Mapping[Place, str], meant: Mapping[FieldPath, Place]) -> Problem:
    """An error that comes of a full-width colon, said as that."""
    if found.kind == "missing-key" and found.field in meant:
        return with_values(found, place=meant[found.field], message=Message("missing-key.full-width-colon", found.message.values))
    if found.message.id == "wrong-value.record" and found.place in colons:
        return with_values(found, message=Message("wrong-value.full-width-colon", {**found.message.values, "text": colons[found.place]}))
    return found
