"""A value that YAML takes for more than text: where it begins and ends, and the edit after which the parser gets past it.

What is proposed was tried: a person who pastes it does not meet the same line again.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from kamgen.frozen import Frozen, with_values

GivesUp = Callable[[str], int]
"""Where the parser gives up on a text, as an index; the length of a text in which it finds nothing wrong."""

LONGEST: Final = 100_000
"""A part of a file that is longer than this is not tried again."""
PASTED: Final = 160
"""A value that is longer than this is not repeated."""
TOP: Final = re.compile(r"^(?=[A-Za-z_])", re.MULTILINE)
STARTS: Final = {
    "{": re.compile(r"""(?:[{,]|^)[ ]*(?:- +)*(?P<key>"?[A-Za-z_][\w-]*"?:[ ]+)(?=[^\s])"""),
    "[": re.compile(r"(?:[\[,]|^)[ ]*(?P<key>)(?=[^\s])"),
    "": re.compile(r"^[ ]*(?P<key>(?:- +)*(?:[A-Za-z_][\w-]*:[ ]+)?)(?=[^\s-])"),
}
"""Where values begin on a line, inside braces, inside brackets and outside of both; the key that is pasted with them."""
ENDS: Final = {
    "{": re.compile(r"[ ]*(?:,(?=\s*[A-Za-z_][\w-]*:(?:\s|$))|,?\s*$|[\]}](?=\s*(?:[\]},]|$|#)))"),
    "[": re.compile(r"[ ]*(?:,|[\]}](?=\s*(?:[\]},]|$|#))|\s*$)"),
    "": re.compile(r"[ \t]*(?:[ \t]#(?=[\s#]|$)|\r?$)"),
}
"""Where they can end."""
CLOSERS: Final = re.compile(r"[\]}]+[ ]*(?:,|\r?$|[ ]#)")
WRONG_END: Final = re.compile(r"[\]}][,;.]?[ ]*(?:\r?$|[ ]#)")
BRACKET: Final = re.compile(r"[\[\]{}]")
OPENED_BY: Final = {"]": "[", "}": "{"}
QUOTED: Final = re.compile(r"""(?<![^\s,\[{])(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#.*)""")
"""Quoted text and comments, in which a bracket opens nothing."""
BEFORE: Final = (re.compile(r"""[\]}"']"""), re.compile(r"""[^\s:,\[{]"""))
"""What a missing comma stands behind: the end of a value in quotes or brackets; of any value where a key comes next."""
NEXT: Final = re.compile(r"""[\[{"']|[a-z_]+:(?:\s|$)""")
REST: Final = re.compile(r"[^\r\n]*?(?=[ \t]*(?:[ \t]#|\r?$))")
STRAY: Final = re.compile(r"""[,;.]+|[,;][ ]*(?:[A-Za-z_][\w-]*:[ ].*|"[^"]*"|'[^']*')""")
"""What is no part of a text behind a closed quote or bracket: signs of a sentence, another key, another text."""
BRACKETS: Final = {"[": "]", "{": "}"}
MOST: Final = 5
"""How many beginnings of a value are tried, and how many ends of each."""


class Mend(Frozen):
    """What was tried and helps: the edit (`quotes`, `comma`, `surplus`, `closing`, `behind`), where, what it is about, and what to `paste`."""

    edit: str
    index: int
    sign: str = ""
    paste: str = ""


def mend(text: str, index: int, opening: int | None, gives_up: GivesUp) -> Mend | None:
    """The edit of one line of `text` that brings the parser past `index`, where it gave up; None where none is sure.

    `opening` is the index of the bracket inside of which it gave up, None outside of all.
    """
    inside = "" if opening is None else text[opening]
    begin = max((found.start() for found in TOP.finditer(text, 0, index if opening is None else opening)), default=0)
    line = text.rfind("\n", 0, index) + 1
    stop = len(text) if (end := text.find("\n", index)) < 0 else end
    if stop - begin > LONGEST or not text[index:stop].strip():
        return None
    found = next(_Trial(text[begin:line], text[line:stop], index - line, gives_up).edits(inside), None)
    return with_values(found, index=line + found.index) if found else None


class _Trial:
    """One line, what stands above it in its part of the file, and where on the line the parser gave up."""

    def __init__(self, above: str, line: str, column: int, gives_up: GivesUp) -> None:
        self._above, self._line, self._column, self._gives_up = above, line, column, gives_up

    def edits(self, inside: str) -> Iterator[Mend]:
        """What helps, the likeliest first. A bracket that closes one which is open is no mistake: then something inside it is not closed."""
        met = self._line[self._column]
        if met in OPENED_BY and is_open(self._above + self._line[: self._column], OPENED_BY[met]):
            return
        yield from self._surplus() if met in OPENED_BY else ()
        yield from self._closing(inside) if inside and met in OPENED_BY else ()
        yield from self._comma(inside) if inside else self._behind()
        if not (self._ends_wrong() if inside else self._of_a_group()):
            yield from self._quotes(inside)

    def _closing(self, inside: str) -> Iterator[Mend]:
        """A bracket of the wrong kind that was meant to close."""
        line, column, right = self._line, self._column, BRACKETS[inside]
        if line[column] != right and CLOSERS.match(line, column) and self._passes(line[:column], right, line[column + 1 :]):
            yield Mend("closing", column, line[column], right)

    def _ends_wrong(self) -> bool:
        """Whether a bracket of the wrong kind ends the line: then what is open stays so, whatever is put in quotes."""
        return bool(WRONG_END.match(self._line, self._column))

    def _behind(self) -> Iterator[Mend]:
        """What stands behind a closed quote, or behind a bracket, and does not make one text with it."""
        before, rest = self._line[: self._column].rstrip(), REST.match(self._line, self._column)
        if before[-1:] in {*"]}\"'"} and rest and (STRAY.fullmatch(rest[0]) or self._of_a_group()):
            yield Mend("behind", self._column, rest[0])

    def _of_a_group(self) -> bool:
        """Whether a bracket that is closed just before holds keys, or began on a line above: neither was meant as a text."""
        before = self._line[: self._column].rstrip()
        inner = closed_by(self._above + before) if before[-1:] in OPENED_BY else ""
        return ": " in inner or "\n" in inner

    def _surplus(self) -> Iterator[Mend]:
        """A closing bracket too many, behind a value that is closed."""
        line, column = self._line, self._column
        if line[:column].rstrip()[-1:] in set("]}\"'") and CLOSERS.match(line, column) and self._passes(line[:column], "", line[column + 1 :]):
            yield Mend("surplus", column, line[column])

    def _comma(self, inside: str) -> Iterator[Mend]:
        """A comma that is missing before a key or a value."""
        line, column, plain = self._line, self._column, self._line[self._column] == ":"
        column = line.rfind(" ", 0, column) + 1 if plain else column
        before = line[:column].rstrip()
        behind = NEXT.match(line, column)
        if not behind or not BEFORE[plain].fullmatch(before[-1:]) or not self._passes(before, ",", f" {line[column:]}"):
            return
        if not plain:
            yield Mend("comma", column, behind[0].strip())
        elif text := next(self._quotes(inside), None):
            yield Mend("comma.text", column, behind[0].strip(), text.paste)

    def _quotes(self, inside: str) -> Iterator[Mend]:
        """A text that goes in quotes as a whole: the innermost first, and of those the shortest."""
        line, column = self._line, self._column
        starts = [found for found in STARTS[inside].finditer(line) if found.end() <= column]
        ends = [found.start() for found in itertools.islice(ENDS[inside].finditer(line, column), MOST)]
        for start, end in itertools.product(starts[: -MOST - 1 : -1], ends):
            written = in_quotes(line[start.end() : end])
            if len(written) <= PASTED and not _is_cut(written, line[end:]) and self._passes(line[: start.end()], written, line[end:]):
                yield Mend("quotes", start.end(), paste=f"{start['key']}{written}")

    def _passes(self, before: str, written: str, after: str) -> bool:
        """Whether the parser gets past what is written, and past the sign behind it."""
        changed = f"{self._above}{before}{written}"
        reached = self._gives_up(f"{changed}{after}")
        return reached > len(changed) + len(after) - len(after.lstrip()) or reached == len(changed) + len(after)


def is_open(text: str, bracket: str) -> bool:
    """Whether a bracket of this sort is still open at the end of a text."""
    bare = QUOTED.sub("", text)
    return bare.count(bracket) > bare.count("]" if bracket == "[" else "}")


def brackets(text: str) -> Iterator[re.Match[str]]:
    """The brackets of a text, the last first, without those in quotes and comments."""
    bare = QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    return reversed(list(BRACKET.finditer(bare)))


def closed_by(text: str) -> str:
    """What stands from the bracket on that the last sign of a text closes; empty where it closes none."""
    depth = 0
    for bracket in brackets(text):
        depth += 1 if bracket[0] in OPENED_BY else -1
        if not depth:
            return text[bracket.start() :]
    return ""


def _is_cut(written: str, after: str) -> bool:
    """Whether a bracket that is open in a text is closed just behind it."""
    closing = after.lstrip()[:1]
    return closing in OPENED_BY and written.count(OPENED_BY[closing]) > written.count(closing)


def in_quotes(value: str) -> str:
    """A text in the quotes that it does not hold itself; those around the whole of it, like `'Anna's day'`, are taken for quotes."""
    quote = value[:1]
    inner = value[1:-1]
    if quote in {'"', "'"} and value[1:].endswith(quote) and not re.match(rf"[^{quote}]*(?<=\S){quote}(?!\w)", inner):
        value = inner
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return json.dumps(value, ensure_ascii=False) if "'" in value else f"'{value}'"
