"""What the YAML parser says of a mistake, said to a person: at the place where it can be mended, in words of a plan."""

from __future__ import annotations

import re
from typing import Any, Final, Protocol

from kamgen import alphabet
from kamgen.diagnostic import Place, Problem, problem
from kamgen.lookalike import KEY_LINE, begins_item, dash_like, full_width, left_out, line_at, lone_comma, quoted, spacelike
from kamgen.node import Mark, at, place_in
from kamgen.unquoted import GivesUp, brackets, mend

DIRECTIVE: Final = re.compile("^%", re.MULTILINE)
SPACE: Final = alphabet.INVISIBLE.pattern
SPACELIKE: Final = re.compile(rf"[ ]*(?:-?[ ]*{SPACE}|(?:- )?[\w-]+(?::[ ]*{SPACE}|[ ]*{SPACE}(?=(?:{SPACE}|[ ])*:(?:{SPACE}|[ ]|$))))")
MORE_KEYS: Final = re.compile(r",[ ]+[a-z_][\w-]*\Z")
TAB_AHEAD: Final = re.compile(r" *\t[ \t]*(?=[^ \t\r\n#])")


class Mistake(Protocol):
    """What the parser raises: what it was doing, what it met, and where."""

    context: str | None
    problem: str | None
    context_mark: Any
    problem_mark: Any


SYNTAX: Final = (
    ("tab character", "tab"),
    ("mapping values are not allowed", "colon"),
    ("could not find expected ':'", "no-colon"),
    ("did not find expected key", "no-key"),
    ("did not find expected '-'", "no-dash"),
    ("block sequence entries are not allowed", "dash"),
    ("expected ',' or ']'", "list-open"),
    ("expected ',' or '}'", "braces-open"),
    ("escape", "escape"),
    ("hexdecimal", "escape"),
    ("quoted scalar", "quote"),
    ("block scalar", "block"),
    ("flow node", "braces-open"),
    ("block node", "character"),
    ("mapping keys are not allowed", "question"),
    ("<document start>", "dots"),
    ("cannot start any token", "character"),
    ("expected alphabetic or numeric character", "character"),
    ("a tag", "character"),
)
"""What libyaml says, and the message that says it to a person; the first that fits."""

FLOW: Final = frozenset({"list-open", "braces-open"})
MENDED: Final = frozenset({*FLOW, "colon", "after", "character"})
"""Mistakes that quotes around a text can mend, a comma, or a bracket less."""
OPENED: Final = frozenset({"no-colon", "list-open", "braces-open", "quote", "block", "character"})
"""Mistakes that are mended where the thing began, and not where libyaml gave up."""


def syntax_problem(text: str, error: Mistake, gives_up: GivesUp) -> Problem:
    """A syntax error in words, at the place where it can be mended; what is proposed is tried on the parser, which tells where it `gives_up`."""
    said = f"{error.context or ''} {error.problem or ''}"
    variant = next((name for piece, name in SYNTAX if piece in said), "other")
    if variant in {"other", "dots"} and (directive := DIRECTIVE.search(text)):
        return problem("forbidden-yaml.directive", place_in(text, directive.start()))
    likely = _lookalike(text, error, variant, gives_up) or _no_dash(text, error, variant)
    return likely or _in_words(text, error, variant, said, gives_up)


def _in_words(text: str, error: Mistake, variant: str, said: str, gives_up: GivesUp) -> Problem:
    """What libyaml says, in words, at the place where it can be mended."""
    if "flow node" in said and not text[error.problem_mark.index :].strip() and (bracket := _left_open(text)):
        opened = "list-open" if bracket[0] == "[" else "braces-open"
        return problem(f"invalid-yaml.{opened}", place_in(text, bracket.start()), line=line_at(text, bracket.start()), words="")
    marks = (error.problem_mark, error.context_mark)
    mark = next(filter(None, reversed(marks) if variant in OPENED else marks))
    lines = text.split("\n")
    number = _row(lines, mark)
    variant, place = _closer_look(variant, lines[number], mark.column), at(mark)
    if strange := _invisible(lines, number):
        return spacelike(lines, *strange)
    if variant == "no-dash" and KEY_LINE.match(lines[number]) and (column := _column_above(lines[:number], lines[number].lstrip().startswith("-"))):
        return problem("invalid-yaml.out-of-line", place, line=quoted(lines[number]), column=column)
    if variant == "indentation" and (above := _keyless_line(lines[:number])):
        number, variant = above.line - 1, "no-colon"
        variant, place = _closer_look(variant, lines[number], 0), above
    mended = _mended(text, error, variant, gives_up) if variant in MENDED and _begins_text(text, said, error) else None
    return mended or problem(f"invalid-yaml.{variant}", place, line=quoted(lines[number]), words=(error.problem or "").strip())


def _begins_text(text: str, said: str, error: Mistake) -> bool:
    """Whether what the parser met can belong to a text: where it misses a whole value, that is so of a `-` and a `?` alone."""
    return "flow node" not in said or text[error.problem_mark.index :][:1] in {"-", "?"}


def _mended(text: str, error: Mistake, variant: str, gives_up: GivesUp) -> Problem | None:
    """The mistake with what to write in its place, where that was tried and helps."""
    index = error.problem_mark.index
    line = text.rfind("\n", 0, index) + 1
    bracket = _left_open(text[:index]) if variant in FLOW else _left_open(text[line:index])
    opening = None if bracket is None else bracket.start() if variant in FLOW else line + bracket.start()
    if not (found := mend(text, index, opening, gives_up)):
        return None
    told = {"line": line_at(text, index), "text": found.sign, "paste": found.paste}
    if found.edit != "quotes":
        return problem(f"invalid-yaml.{found.edit}", place_in(text, found.index), **told)
    place = place_in(text, index if opening is None and variant not in OPENED else found.index)
    return problem(f"invalid-yaml.{_cause(text, index, found.index, variant)}.paste", place, **told)


def _cause(text: str, index: int, start: int, variant: str) -> str:
    """Why a text needs quotes: what stands where the parser gave up, and how the text begins."""
    if variant == "character" or text[index] in "-?":
        return "character"
    if text[start] in "\"'[{":
        return "after"
    if text[index] == ":" and MORE_KEYS.search(text, start, index):
        return "keys"
    return "colon" if text[index] == ":" else "bracket" if text[index] in "[]{}" else "after"


def _lookalike(text: str, error: Mistake, variant: str, gives_up: GivesUp) -> Problem | None:
    """The sign that looks as if it did what YAML misses: where a bracket is not closed, or a line is text without a key."""
    mark = error.problem_mark
    if variant in FLOW:
        opening = _left_open(text[: mark.index])
        return lone_comma(text, mark.index) or (left_out(text, opening.start(), mark.index, gives_up) if opening else None)
    if variant == "colon":
        lines = text.split("\n")
        number = _row(lines, mark)
        return full_width(lines, number, above=":" not in lines[number][: mark.column])
    return None


def _row(lines: list[str], mark: Mark) -> int:
    """The line of a mark: libyaml also ends lines where we see none, so that it may count more of them than there are."""
    return min(mark.line, len(lines) - 1)


def _no_dash(text: str, error: Mistake, variant: str) -> Problem | None:
    """What was meant as the `- ` of an item: on the line that is meant, or on the one above, where that is read as text which goes on below."""
    lines, mark = text.split("\n"), error.problem_mark
    number = _row(lines, mark)
    if variant == "colon" and begins_item(lines[number]):
        return dash_like(lines, number)
    if variant == "colon" and ":" not in lines[number][: mark.column]:
        return dash_like(lines, next((index for index in range(number - 1, -1, -1) if ":" in lines[index]), 0))
    if variant == "no-colon":
        number = _row(lines, error.context_mark)
    return dash_like(lines, number) if variant in {"no-dash", "no-colon", "character"} else None


def _left_open(text: str) -> re.Match[str] | None:
    """The innermost bracket that is still open at the end of a text."""
    closed = 0
    for bracket in brackets(text):
        if not closed and bracket[0] in "[{":
            return bracket
        closed += 1 if bracket[0] in "]}" else -1
    return None


def _invisible(lines: list[str], number: int) -> tuple[Place, str] | None:
    """A character that only looks like a space, where a space decides: before the line's first letter, or after its colon or dash."""
    for index in (number, number - 1):
        found = SPACELIKE.match(lines[index]) if 0 <= index < len(lines) else None
        if found:
            return Place(index + 1, found.end()), found[0][-1]
    return None


def _column_above(above: list[str], dash: bool) -> int | None:
    """The column, from 1, in which the keys of the item above stand, or its dash."""
    if dash:
        return next((line.index("-") + 1 for line in reversed(above) if line.lstrip().startswith("- ")), None)
    return next((found.end("ahead") + 1 for line in reversed(above) if (found := KEY_LINE.match(line))), None)


def _closer_look(variant: str, line: str, column: int) -> str:
    """What the line itself shows, where libyaml says the same of different mistakes."""
    before = line[:column]
    if TAB_AHEAD.match(line) or line[column : column + 1] == "\t":
        return "tab"
    if "：" in line and ": " not in line:
        return "full-width-colon"
    if variant == "colon" and ":" not in before:
        return "indentation"
    if variant == "no-key" and line[column:].startswith(":"):
        return "empty-key"
    return "after" if variant in {"no-key", "no-dash"} and before.strip(" -") else variant


def _keyless_line(above: list[str]) -> Place | None:
    """Where the line just above begins, if it is text without a key: the line below then looks like its second half."""
    line = above[-1] if above else ""
    text = line.strip()
    return Place(len(above), line.index(text) + 1) if text and ":" not in text and not text.startswith(("-", "#")) else None
