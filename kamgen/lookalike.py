"""Signs that only look as if they did what YAML wants: other dashes, full-width brackets and colons, and what stands behind a ` #`."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from kamgen import alphabet
from kamgen.diagnostic import Place, Problem, problem
from kamgen.node import place_in
from kamgen.unquoted import GivesUp, mend

LOOKALIKE: Final = re.compile(
    r"""(?<![^\s,\[{])(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<cut>(?<=[ \t])\#[^\n]*[\]},][^\n]*)|(?<=\s)\#[^\n]*
    |(?P<sign>[［］｛｝]|，(?=[ \t]*[A-Za-z_]\w*[:：])|(?:(?<=[{,，\[])|(?<=[{,，\[][ ]))[A-Za-z_]\w*(?P<colon>：))""",
    re.VERBOSE,
)
"""What ends nothing inside brackets, though it looks so: brackets and commas behind ` #`, and full-width ones; quoted text is passed over."""
PLAIN: Final = str.maketrans("，［］｛｝", ",[]{}")
FULL_WIDTH: Final = re.compile(r"[ ]*(?:- +)*[A-Za-z_]\w*(?P<sign>：)|[^:]*:[ ]+(?P<bracket>[［｛])")
"""A line whose key ends in a full-width colon, or whose value begins with a full-width bracket."""
NO_DASH: Final = re.compile(rf"[ ]*(?:(?P<sign>[{alphabet.BULLETS}]|\*(?= ))|-(?=[A-Za-z_]\w*:(?:\s|$)))")
"""A line that was meant as an item of a list: a sign that only looks like `-`, or no space behind it."""


def dash_like(line: str, number: int) -> Problem | None:
    """The sign that only looks as if it began an item, or the dash without its space."""
    if not (found := NO_DASH.match(line)):
        return None
    variant = "dash-sign" if found["sign"] else "dash-space"
    return problem(f"invalid-yaml.{variant}", Place(number, found.end()), sign=found["sign"], line=line.strip()[:60])


def left_out(text: str, start: int, stop: int, gives_up: GivesUp) -> Problem | None:
    """What keeps a bracket open that begins at `start`: the first sign behind it that only looks as if it went on or closed it."""
    end = text.find("\n", stop)
    signs = (found for found in LOOKALIKE.finditer(text, start, len(text) if end < 0 else end) if found.lastgroup)
    if not (found := next(signs, None)):
        return None
    index = found.start("colon") if found["colon"] else found.start()
    place, line = place_in(text, index), line_at(text, index)
    if not found["cut"]:
        return _strange_sign(text[index], place, line)
    mended = mend(text, index, start, gives_up)
    variant, paste = ("cut.paste", mended.paste) if mended else ("cut", "")
    return problem(f"invalid-yaml.{variant}", place, rest=found["cut"].strip()[:40], line=line, paste=paste)


def full_width(lines: list[str], number: int, *, above: bool) -> Problem | None:
    """A full-width sign on the line that is meant, or `above` it on those that look like text without a key for it."""
    keyless = takewhile(lambda index: index == number or ":" not in lines[index], range(number, -1, -1) if above else (number,))
    index, found = next(((index, found) for index in keyless if (found := FULL_WIDTH.match(lines[index]))), (0, None))
    if not found:
        return None
    column = found.start(found.lastgroup or 0)
    return _strange_sign(lines[index][column], Place(index + 1, column + 1), lines[index].strip()[:60])


def _strange_sign(sign: str, place: Place, line: str) -> Problem:
    """A full-width sign where YAML wants a plain one. A space stands after a comma."""
    if sign == "：":
        return problem("invalid-yaml.full-width-colon", place, line=line)
    plain = sign.translate(PLAIN)
    return problem("invalid-yaml.full-width", place, sign=sign, plain=plain.replace(",", ", "), line=line)


def line_at(text: str, index: int) -> str:
    """The line around a character, as a message quotes it."""
    return (text[:index].rpartition("\n")[2] + text[index:].partition("\n")[0]).strip()[:60]
