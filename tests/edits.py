"""Generated plans in any style, changes of them, and what a change means, written apart from kamgen's own model of it."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from kamgen.diagnostic import FieldPath
from kamgen.document import read_plan
from kamgen.edit import Change, Insert, Remove, Set
from kamgen.parse import as_data

TEXTS = (
    *(
        "Acme",
        "Anna Lind",
        "2026-11-30",
        "NO",
        "0123",
        "12:30",
        "+45 86 12 34 56",
        "a: b",
        "a #b",
        "# c",
        "it's",
        'say "so"',
        "- x",
        "[x]",
        "{{ x }}",
    ),
    *(
        "|",
        "> y",
        "林小姐",
        "שלום",
        "😀 ok",
        " lead",
        "trail ",
        "two\nlines",
        "a\n\n  b\n",
        "tab\there",
        "null",
        "~",
        "",
        "true",
        "x, y",
        "%",
        "@x",
        "`",
        "? q",
    ),
    *("word " * 40 + "end", "back\\slash", "a:", "---", "...", "!tag", "&a", "*a", "<<", "=", "x: |", "\u00a0", "é\u0301", "...\n---\n"),
)
KEYS = ("account", "tier", "owner", "contacts", "activities", "note", "x_a", "x b", "id", "date", "2026", "company", "-k", "k:", "schlüssel")
COMMENT = "# a comment, [with: this]"


class Writer:
    """Writes a tree as a plan: in lines or brackets, moved in this far or that, with comments, quotes and blank lines as chance has it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.step = chance.choice([2, 2, 3, 4])
        self.offset = chance.choice([0, 2, 2, 4])
        self.comments = chance.random() < 0.5
        self.blanks = chance.random() < 0.3

    def plan(self, tree: dict[str, Any]) -> bytes:
        lines = self.group(tree, 0) if tree else [self.chance.choice(["", "{}", "# nothing", "null"])]
        text = "\n".join(["---", *lines, "---", "", "# Body", "", "a: b"]) + self.chance.choice(["\n", ""])
        text = text.replace("\n", "\r\n") if self.chance.random() < 0.2 else text
        return (("\ufeff" if self.chance.random() < 0.1 else "") + text).encode()

    def group(self, tree: dict[str, Any], column: int) -> list[str]:
        lines = []
        for name, value in tree.items():
            lines += self.between(column)
            first, *rest = self.value(value, column, self.step, self.offset)
            lines += [" " * column + f"{self.quoted(name)}:{self.chance.choice(['', ' ']) if first else ''} {first}".rstrip(" "), *rest]
        return lines

    def items(self, values: list[Any], column: int) -> list[str]:
        lines = []
        for value in values:
            lines += self.between(column)
            if isinstance(value, dict) and value and self.chance.random() < 0.8:
                gap = self.chance.choice([1, 1, 3])
                head, *rest = [line for line in self.group(value, column + 1 + gap) if line.strip() and line.strip() != COMMENT] or [""]
                lines += [" " * column + "-" + " " * gap + head.lstrip(" "), *rest] if self.simple(value) else self.item(value, column)
            else:
                lines += self.item(value, column)
        return lines

    def simple(self, value: dict[str, Any]) -> bool:
        return all(isinstance(below, str) and "\n" not in below for below in value.values())

    def item(self, value: Any, column: int) -> list[str]:
        first, *rest = self.value(value, column, 2, 2)
        return [f"{' ' * column}- {first}".rstrip(" "), *rest]

    def between(self, column: int) -> list[str]:
        comment = [" " * self.chance.choice([0, column, column + 1]) + COMMENT] if self.comments and self.chance.random() < 0.2 else []
        return [""] * (self.blanks and self.chance.random() < 0.5) + comment

    def value(self, value: Any, column: int, step: int, offset: int) -> list[str]:
        tail = "  # beside" if self.comments and self.chance.random() < 0.2 else ""
        if value is None:
            return [self.chance.choice(["", "null", "~"]) + tail]
        if isinstance(value, str):
            return self.text(value, column + step, tail)
        if not value or self.chance.random() < 0.3:
            return [self.flow(value) + tail]
        if self.chance.random() < 0.1:
            return self.brackets(value, column + step)
        if isinstance(value, dict):
            return [tail.strip(), *self.group(value, column + step)]
        return [tail.strip(), *self.items(value, column + offset)]

    def brackets(self, value: Any, column: int) -> list[str]:
        """Brackets over several lines, with comments behind the commas."""
        pieces = self.pairs(value) if isinstance(value, dict) else [self.flow(below) for below in value]
        last = len(pieces) - 1 + self.chance.randint(0, 1)
        ends = [("," if index < last else "") + self.chance.choice(["", " # beside"]) for index in range(len(pieces))]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        lines = [" " * column + piece + end for piece, end in zip(pieces, ends, strict=True)]
        return [opening, *lines, " " * column + closing]

    def pairs(self, value: dict[str, Any]) -> list[str]:
        return [f"{self.quoted(name)}: {self.flow(below)}" for name, below in value.items()]

    def text(self, value: str, column: int, tail: str) -> list[str]:
        lines = value.removesuffix("\n").split("\n")
        fits = value.strip() and lines[0].strip() and lines[-1].strip() and not lines[0].startswith(" ") and not value.endswith("\n\n")
        if fits and all(line == line.rstrip() for line in lines) and self.chance.random() < 0.4:
            mark = "|" + ("" if value.endswith("\n") else "-")
            return [mark + tail, *(" " * column + line if line else "" for line in lines)]
        return [self.quoted(value) + tail]

    def quoted(self, text: str) -> str:
        if text.replace(" ", "").isalnum() and text == text.strip() and text not in {"null", "0123"} and self.chance.random() < 0.8:
            return text
        if "\n" not in text and "\t" not in text and self.chance.random() < 0.5:
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = self.pairs(value)
        elif isinstance(value, list):
            inner = [self.flow(below) for below in value]
        else:
            return "null" if value is None else self.quoted(value)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return opening + self.chance.choice(["", " "]) + ", ".join(inner) + self.chance.choice(["", " "]) + closing


def tree(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    """A group of chance keys."""
    return {name: branch(chance, depth + 1) for name in chance.sample(KEYS, chance.randint(0, 5 if depth else 7))}


def branch(chance: random.Random, depth: int) -> Any:
    """A value of chance."""
    kind = chance.random()
    if kind < 0.55 or depth > 3:
        return chance.choice([*TEXTS, None])
    if kind < 0.8:
        return [branch(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    return tree(chance, depth)


def fields(data: Any, above: FieldPath = ()) -> Iterator[FieldPath]:
    """Every field of a tree, without the top."""
    below: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in below:
        yield (*above, step)
        yield from fields(value, (*above, step))


def at(data: Any, field: FieldPath) -> Any:
    """What stands at a field that is there."""
    for step in field:
        data = data[step]
    return data


def change(chance: random.Random, data: dict[str, Any]) -> Change:
    """A change of chance that the data has a place for."""
    there = list(fields(data))
    lists = [field for field in there if isinstance(at(data, field), list) or at(data, field) is None]
    groups = [(), *(field for field in there if isinstance(at(data, field), dict))]
    which = chance.random()
    if which < 0.35:
        field = chance.choice([*lists, ("activities",)] if "activities" not in data else lists or [("x_list",)])
        size = len(at(data, field) or []) if field in there else 0
        return Insert(field, branch(chance, 2), chance.choice([None, None, chance.randint(0, size)]))
    if which < 0.55 or not there:
        return Set((*chance.choice(groups), chance.choice(KEYS)), branch(chance, 2))
    return Remove(chance.choice(there)) if which < 0.7 else Set(chance.choice(there), branch(chance, 2))


def after(data: dict[str, Any], change: Change) -> dict[str, Any]:
    """What the data is to be after a change."""
    new = copy.deepcopy(data)
    *above, last = change.field
    parent = at(new, tuple(above))
    if isinstance(change, Remove):
        del parent[last]
    elif isinstance(change, Set):
        parent[last] = change.value
    else:
        items = (parent.get(last) if isinstance(parent, dict) else parent[last]) or []
        items.insert(len(items) if change.index is None else change.index, change.value)
        parent[last] = items
    return new


def held(data: bytes) -> Any:
    """What a plan holds, by the strict reader."""
    document = read_plan("", data)
    assert document.root is not None, document.problems
    return as_data(document.root)


def touched(old: bytes, new: bytes) -> tuple[int, int]:
    """From where to where the old bytes are not those of the new: between what both begin with and what both end with."""
    shorter = min(len(old), len(new))
    ahead = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    behind = next((index for index in range(shorter - ahead) if old[-1 - index] != new[-1 - index]), shorter - ahead)
    return ahead, len(old) - behind
