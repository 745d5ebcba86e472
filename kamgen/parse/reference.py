"""Readers of names: what a text refers to, and the sentence for one that leads nowhere."""

from __future__ import annotations

from typing import Any, Final

from kamgen import alphabet
from kamgen.diagnostic import FieldPath, Message, dotted
from kamgen.node import Node, ScalarNode
from kamgen.parse.names import SHARED
from kamgen.parse.reading import SHOWN, Reader, Reading, short

APART: Final = frozenset({"requirement"})
"""Targets of entries that stand for themselves: without one of them the part that it stands in can be judged."""
OF_THE_RULES: Final = ("requirement", "requirement-or-forum", "criterion", "attraction", "ability")
PROBLEM_OF: Final = {**dict.fromkeys(OF_THE_RULES, "wrong-value"), "account": "unknown-parent"}
"""Targets whose problem has another name than `unknown-<target>`."""
SUGGESTED: Final = {"rule": "waivable"}
"""Targets of which only some names may be meant: a waiver is not told to name what nobody may waive."""
ALIKE: Final = 0.8
"""How alike the id of an account must be to be proposed: there are many, and short ones are half alike by chance."""


def reference_reader(target: str) -> Reader:
    """The reader of names of one target: the id that is meant, or the text as it stands where that leads nowhere."""
    kind = _kind(target)

    def read(node: Node, path: FieldPath, reading: Reading) -> Any:
        if type(node) is not ScalarNode:
            form = Message(f"form.{target}")
            return reading.refuse("wrong-value", node.start, path, Message("wrong-value.shape", {"key": dotted(path), "form": form}))
        text = node.text.strip()
        names = reading.names.get(target)
        if names is None or not text:
            return text
        found = names.get(text, SHARED)
        if found == SHARED:
            reading.refuse(kind, node.start, path, _astray(target, text, path, reading))
            return text
        return found

    return read


def _astray(target: str, text: str, path: FieldPath, reading: Reading) -> Message:
    """The sentence for a name that leads to nobody: it is shared, holds a character that nobody sees, or is unknown."""
    told = {"key": dotted(path), "text": short(text)}
    if text in reading.names[target]:
        return Message("shared-name", told)
    if invisible := alphabet.INVISIBLE.search(text):
        return Message("wrong-value.invisible", {**told, "form": Message(f"form.{target}"), "name": alphabet.name(invisible[0])})
    return _unknown(target, text, path, reading)


def is_known(node: ScalarNode, target: str, path: FieldPath, reading: Reading) -> bool:
    """Whether a table's entry stands under a name that exists; one that does not is told."""
    names, text = reading.names.get(target), node.text.strip()
    if names is None or text in names:
        return True
    tell = reading.tell if target in APART else reading.refuse
    tell(_kind(target), node.start, path, _unknown(target, text, path, reading))
    return False


def _kind(target: str) -> str:
    """The problem that a name of a target is told as, where it leads nowhere."""
    return PROBLEM_OF.get(target, f"unknown-{target}")


def _unknown(target: str, text: str, path: FieldPath, reading: Reading) -> Message:
    """The sentence for a name that leads nowhere, with the one that was probably meant: never the account itself."""
    sentence = f"unknown-{target}"
    there = reading.names.get(SUGGESTED.get(target, target), reading.names[target])
    names = {name: found for name, found in there.items() if target != "account" or found != reading.own}
    near = names.get(reading.nearest(text, names, ALIKE if target == "account" else 0.66))
    known = tuple(sorted(set(names.values()) - {SHARED}))
    values = {"key": dotted(path), "text": short(text), "near": near, "known": known}
    if near:
        return Message(f"{sentence}.near", values)
    return Message(f"{sentence}.known" if 0 < len(known) <= SHOWN else sentence, values)
