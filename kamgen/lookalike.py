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
NO_DASH: Final = re.compile(rf"[ ]*(?:(?P<sign>[{alphabet.BULLETS}]|\*(?= ))|-(?=[A-Za-z_]\w*:(?:\s|$)|\{{))")
"""A line that was meant as an item of a list: a sign that only looks like `-`, or no space behind it."""
KEY_LINE: Final = re.compile(r"(?P<ahead>[ ]*(?:- +)*)[A-Za-z_][\w-]*:(?:\s|$)")
DASH: Final = re.compile(r"[ ]*-\s")
SPACES: Final = rf"(?:{alphabet.INVISIBLE.pattern}|[ ])"
HEAD: Final = re.compile(rf"{SPACES}*(?P<dashes>(?:-{SPACES}+)*)(?:(?P<key>[A-Za-z_][\w-]*){SPACES}*:{SPACES}+)?(?P<rest>.*)")
"""A line with its dashes and its key, whatever looks like a space between them."""
BOTH_SIDES: Final = re.compile(rf"[ ]*(?:-[ ]+)*[\w-]+[ ]*{alphabet.INVISIBLE.pattern}{SPACES}*:[ ]*{alphabet.INVISIBLE.pattern}")
"""A key with a character on each side of its colon that only looks like a space."""
QUOTED_LINE: Final = 60
"""How much of a line a message quotes."""
BULLET: Final = re.compile(rf"(?P<ahead>[ ]*)[{alphabet.BULLETS}][ ]*(?:(?P<key>[A-Za-z_][\w-]*:(?:\s|$))|\{{)")
"""A sign before a key or a group of keys, which never is the beginning of a text."""


def dash_like(lines: list[str], number: int) -> Problem | None:
    """The sign that only looks as if it began an item, or the dash without its space, on the line with this number, from 0."""
    if not (found := NO_DASH.match(lines[number])):
        return None
    if found["sign"]:
        return bullet(lines, Place(number + 1, found.end()))
    group = lines[number][found.end() :].strip()
    variant = ".braces" if group[:1] == "{" and len(group) <= QUOTED_LINE else ""
    return problem(f"invalid-yaml.dash-space{variant}", Place(number + 1, found.end()), line=quoted(lines[number]), paste=f"- {group}")


def bullet(lines: list[str], place: Place) -> Problem:
    """A sign that only looks like `-`, with what belongs in its place: the `- ` of an item, or nothing before a key."""
    line = lines[place.line - 1]
    variant = _meant(lines, place) if (found := BULLET.match(line)) and found["key"] else ""
    return problem(f"invalid-yaml.dash-sign{variant}", place, sign=line[place.column - 1], line=quoted(line))


def spacelike(lines: list[str], place: Place, character: str) -> Problem:
    """A character that only looks like a space: `.ahead` where only spaces stand before it on its line.

    Behind the `-` of an item (`.dash`), and where there is one on both sides of a colon (`.colon`), with the line to write.
    """
    line = lines[place.line - 1]
    before = line[: place.column - 1].strip(" ")
    variant = ".dash" if before and not before.strip("- ") else ".colon" if BOTH_SIDES.match(line) else "" if before else ".ahead"
    return problem(f"invalid-yaml.invisible{variant}", place, name=alphabet.name(character), paste=_plainly(line))


def _plainly(line: str) -> str:
    """A line with plain spaces behind its dashes and beside the colon of its key; `...` for what would be too long."""
    found = HEAD.fullmatch(line.rstrip())
    dashes, key, rest = (found["dashes"], found["key"], found["rest"]) if found else ("", "", line)
    return f"{'- ' * dashes.count('-')}{f'{key}: ' if key else ''}{rest if len(rest) <= QUOTED_LINE else '...'}"


def begins_item(line: str) -> bool:
    """Whether a line begins with a sign, or with a `-` without a space, and goes on as an item of keys."""
    unspaced = NO_DASH.match(line)
    return bool(BULLET.match(line) or (unspaced and not unspaced["sign"]))


def _meant(lines: list[str], place: Place) -> str:
    """Whether a key that a sign stands before belongs to an item, is one of its own (`.key`), or can be both (`.either`): its neighbours tell."""
    number = place.line - 1
    outer = (index for index in range(number - 1, -1, -1) if lines[index].strip() and _column(lines[index]) <= place.column)
    above = next(outer, -1)
    line = lines[above] if above >= 0 else "---"
    key = KEY_LINE.match(line)
    if line.rstrip() == "---" or (key and key.end("ahead") + 1 == place.column and (line.rstrip()[-1:] != ":" or above < number - 1)):
        return ".key"
    below = lines[place.line] if place.line < len(lines) else ""
    in_item = below.strip() and _column(below) > place.column
    return "" if in_item or (DASH.match(line) and _column(line) == place.column) else ".either"


def _column(line: str) -> int:
    """The column, from 1, in which a line begins."""
    return len(line) - len(line.lstrip()) + 1


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


def lone_comma(text: str, index: int) -> Problem | None:
    """A comma with no value before it: the second of two, or the first sign in a bracket."""
    before = text[:index].rstrip()[-1:]
    if text[index : index + 1] != "," or before not in {",", "[", "{"}:
        return None
    return problem(
        "invalid-yaml.commas" if before == "," else "invalid-yaml.comma-ahead", place_in(text, index), line=line_at(text, index), sign=before
    )


def full_width(lines: list[str], number: int, *, above: bool) -> Problem | None:
    """A full-width sign on the line that is meant, or `above` it on those that look like text without a key for it."""
    keyless = takewhile(lambda index: index == number or ":" not in lines[index], range(number, -1, -1) if above else (number,))
    index, found = next(((index, found) for index in keyless if (found := FULL_WIDTH.match(lines[index]))), (0, None))
    if not found:
        return None
    column = found.start(found.lastgroup or 0)
    return _strange_sign(lines[index][column], Place(index + 1, column + 1), quoted(lines[index]))


def _strange_sign(sign: str, place: Place, line: str) -> Problem:
    """A full-width sign where YAML wants a plain one. A space stands after a comma."""
    if sign == "：":
        return problem("invalid-yaml.full-width-colon", place, line=line)
    plain = sign.translate(PLAIN)
    return problem("invalid-yaml.full-width", place, sign=sign, plain=plain.replace(",", ", "), line=line)


def line_at(text: str, index: int) -> str:
    """The line around a character, as a message quotes it."""
    return quoted(text[:index].rpartition("\n")[2] + text[index:].partition("\n")[0])


def quoted(line: str) -> str:
    """A line, or the beginning of a long one, as a message quotes it."""
    return line.strip()[:QUOTED_LINE]
