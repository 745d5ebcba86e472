"""The place of a mistake as a salesperson knows it: the meeting by its type and date, the person by the name, and no number of an item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kamgen.diagnostic import Message
from kamgen.frozen import with_values
from kamgen.intent.field import CALLED
from kamgen.ruleset import Ruleset

ITEM: Final = re.compile(r"(\w+)\[(\d+)\]\.?(.*)")
"""`activities[3].date`: the item with this number in a list of the plan, and what is meant in it."""
ASKED: Final = {"missing-key.status-reason": "said.status-reason"}
"""What a command says in place of a sentence about the file: with the option that it has for what is lacking."""
PLACES: Final = ("field", "key", "part")
"""The values of a sentence that say a place."""


def in_words(message: Message, trees: Sequence[Mapping[str, Any]], ruleset: Ruleset) -> Message:
    """The sentence with the places in words; an item is called as the first of the trees calls it that has it."""
    told = {name: _place(str(value), trees, ruleset) if name in PLACES else value for name, value in message.values.items()}
    return with_values(message, id=ASKED.get(message.id, message.id), values=told)


def _place(dotted: str, trees: Sequence[Mapping[str, Any]], ruleset: Ruleset) -> str:
    found = ITEM.fullmatch(dotted)
    if not found:
        return dotted
    items = [_item(tree.get(found[1]), int(found[2]) - 1) for tree in trees]
    item = next((one for one in items if one), {})
    below = re.sub(r"\[\d+\]", "", found[3]).replace("_", " ").split(".") if found[3] else []
    return ", ".join([_called(found[1], item, ruleset) or found[1].replace("_", " "), *below])


def _item(items: Any, index: int) -> dict[str, Any]:
    item = items[index] if isinstance(items, list) and index < len(items) else None
    return item if isinstance(item, dict) else {}


def _called(name: str, item: Mapping[str, Any], ruleset: Ruleset) -> str:
    if name == "activities":
        kind = ruleset.activity_types.get(str(item.get("type")))
        return " ".join(str(part) for part in ((kind and kind.label) or item.get("type"), item.get("date")) if part)
    if name == "contacts":
        return str(item.get("name") or "")
    return next((f"{name.replace('_', ' ')} {item[key]}" for key in CALLED if item.get(key)), "")
