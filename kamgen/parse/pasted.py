"""What a paste from a word processor makes of a list or a group: spaces that are none, so that its lines are one text."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Final

from kamgen import alphabet
from kamgen.diagnostic import FieldPath, Message, dotted
from kamgen.node import MappingNode, Node, ScalarNode
from kamgen.parse.paste import PLAIN, STUB

SPACE: Final = rf"(?:{alphabet.INVISIBLE.pattern}|[ ])"
KEY: Final = re.compile(rf"(?P<key>[\w-]+){SPACE}*:(?:{SPACE}+|\Z)")
DASH: Final = re.compile(rf"-[ ]*{alphabet.INVISIBLE.pattern}{SPACE}*")
LIST: Final = re.compile(
    rf"""(?P<space>{alphabet.INVISIBLE.pattern})|(?P<sign>[{alphabet.BULLETS}]|o(?=\t)|[0-9]{{1,2}}[.)]|[a-z]\))\s|-(?P<item>[^\W\d].*|\{{.*)"""
)
"""How a list begins that is read as one text, or as one key: o and a tab, a number or a letter stand for a bullet, or no space behind the `-`."""
QUOTED: Final = re.compile(r'"[^"\\]*"')


def as_list(node: Node, path: FieldPath, known: Collection[str]) -> Message | None:
    """What is wrong with a text that was meant as a list, each item a group of the keys that are `known`, if there are any."""
    if type(node) is not ScalarNode:
        return _by_sign(next(iter(node.keys.values())), next(iter(node.items.values())), path) if type(node) is MappingNode and node.keys else None
    if not node.plain:
        return None
    if dash := DASH.match(node.text):
        rest = node.text[dash.end() :]
        key = _key(rest, known)
        paste = f"{key['key']}: {_value(rest[key.end() :], node)}" if key else STUB if known else _value(rest, node)
        return Message("wrong-value.spaces.dash", {"key": dotted(path), "name": _named(dash[0]), "paste": f"- {paste}"})
    return _by_sign(node, None, path, known) or as_group(node, path, known, f"{path[-1]}: [{{%s}}]", "- %s")


def _by_sign(word: ScalarNode, value: Node | None, path: FieldPath, known: Collection[str] = ()) -> Message | None:
    """What a list begins with that begins no item: before a text, or before a key with its value."""
    if not word.plain or not (found := LIST.match(word.text)):
        return None
    if found["item"]:
        return Message("wrong-value.unspaced", {"key": dotted(path), "paste": f"- {_item(found['item'], word, value, known)}"})
    told = {"key": dotted(path), "sign": found["sign"], "name": alphabet.name(found[0][0])}
    return Message(f"wrong-value.{'spaces' if found['space'] else 'bullets'}", told)


def _item(text: str, word: ScalarNode, value: Node | None, known: Collection[str]) -> str:
    """The item that a text, or a key with its value, was meant to be; `...` for what cannot be repeated for certain."""
    if value is None:
        return STUB if known else _value(text, word)
    plain = type(value) is ScalarNode and value.plain and value.text and value.start.line == value.end.line == word.start.line
    if text[0] == "{":
        return f"{text}: {value.text}" if plain and type(value) is ScalarNode and value.text[-1] == "}" else f"{text}: {STUB}}}"
    return f"{text}: {value.text if plain and type(value) is ScalarNode else STUB}"


def as_group(node: Node, path: FieldPath, known: Collection[str], line: str, lines: str = "%s") -> Message | None:
    """What is wrong with a text that was meant as a key and its value: a space beside its colon that is none.

    What to write stands in `line`, and in `lines` where the text has more of them.
    """
    found = _key(node.text, known) if type(node) is ScalarNode and node.plain else None
    if type(node) is not ScalarNode or not found or not alphabet.INVISIBLE.search(found[0]):
        return None
    form = line if node.start.line == node.end.line else lines
    paste = form % f"{found['key']}: {_value(node.text[found.end() :], node)}"
    return Message("wrong-value.spaced", {"key": dotted(path), "word": found["key"], "name": _named(found[0]), "paste": paste})


def _key(text: str, known: Collection[str]) -> re.Match[str] | None:
    """The key that a text begins with: one that is `known`, or a word in small letters, as keys are; without any known, every word."""
    found = KEY.match(text)
    sure = found and (not known or found["key"].islower() or found["key"].lower() in known)
    return found if sure else None


def _named(text: str) -> str:
    """The name of the first character of a text that only looks like a space."""
    return alphabet.name(alphabet.INVISIBLE.findall(text)[0])


def _value(text: str, node: ScalarNode) -> str:
    """A value as it is written; `...` where it goes on below, or cannot be repeated for certain."""
    if node.start.line != node.end.line or not (QUOTED.fullmatch(text) or text[:1].isalnum()):
        return STUB
    return text if QUOTED.fullmatch(text) or PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
