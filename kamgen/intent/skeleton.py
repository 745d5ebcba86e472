"""A new plan: exactly the parts and questions that its tier asks for, hints as comments, from a template that has them all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kamgen import alphabet
from kamgen.edit import Set, edit, read
from kamgen.questions import QUESTIONS
from kamgen.ruleset import Tier

HEAD: Final = ("account", "tier", "owner")
"""What every plan has."""
LETTERS: Final = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d", "ð": "d", "þ": "th"})
"""Letters that are no other letter with an accent."""
QUESTION: Final = re.compile(r"^## (.*)$", re.MULTILINE)


def plan(template: str, tier: Tier, facts: Mapping[str, Any]) -> bytes:
    """The text of a new plan: what is given, the parts that the tier requires, and so many questions as must be answered.

    Keys of the template that nobody requires go, and so do questions beyond the number, with their hints. Raises CannotEditError for a template, or
    a value, that no plan can hold.
    """
    wanted = {*HEAD, *facts, *(block for block, weight in tier.blocks.items() if weight)}
    fence, begin = "---\n", 4
    document, root = read(template.encode())
    lines = document.text[begin : len(document.text) - len(document.body)].removesuffix(fence)
    parts = "".join(_kept(lines, {name: key.start.line - 1 for name, key in root.keys.items()}, wanted))
    hints = "".join(_hints(lines, tier.questions))
    text = f"{fence}{parts}{hints}{fence}{_asked(document.body, tier.questions)}"
    return edit(text.encode(), [Set((name,), value) for name, value in facts.items()])


def _kept(text: str, starts: Mapping[str, int], wanted: Iterable[str]) -> Iterator[str]:
    """The lines of the keys that are wanted, each with the comments below it."""
    lines = text.splitlines(keepends=True)
    names = sorted(starts, key=lambda name: starts[name])
    ends = [*(starts[name] for name in names[1:]), len(lines)]
    for name, end in zip(names, ends, strict=True):
        if name in wanted:
            yield from (line for line in lines[starts[name] : end] if not line.startswith("#"))


def _hints(text: str, number: int) -> Iterator[str]:
    """The comments that stand by themselves: of those that begin with a question, the first ones; none where no question is asked."""
    first, later = list(QUESTIONS.values())[:number], list(QUESTIONS.values())[number:]
    for line in text.splitlines(keepends=True) if first else ():
        if line.startswith("#") and not any(line.startswith(f"# {question}") for question in later):
            yield line


def _asked(body: str, number: int) -> str:
    """The body with the first questions alone; what stands above them stays."""
    found = list(QUESTION.finditer(body))
    asked = [one for one in found if one[1].strip() in QUESTIONS.values()]
    end = asked[number].start() if number < len(asked) else len(body)
    return f"{body[:end].rstrip()}\n" if body[:end].strip() else ""


def id_of(name: str) -> str:
    """`havnens-kobmandshuse-a-s` for Havnens Købmandshuse A/S; empty where nothing of a name can be in an id."""
    plain = unicodedata.normalize("NFKD", name.translate(LETTERS).replace("'", "").replace("’", ""))
    return alphabet.slug("".join(letter for letter in plain if letter.isascii()))
