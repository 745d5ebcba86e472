"""Bytes to text, and where the facts of a plan end in it: what is looked at before any YAML is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from kamgen import alphabet
from kamgen.diagnostic import Place, Problem, problem
from kamgen.node import place_in

MAX_BYTES: Final = 1_000_000
MAX_PROBLEMS: Final = 50
"""A file with more problems than this is not read further: nobody mends the fifty-first first."""

BYTE_ORDER_MARK: Final = "\ufeff".encode()
OTHER_FILES: Final = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
"""How files of word processors and pictures begin."""
FENCE: Final = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
CLOSING_DOTS: Final = re.compile(r"\n\.\.\.[ \t]*\r?(?:\n|\Z)")
CLOSING_FENCE: Final = re.compile(r"\n---[ \t]*\r?(?:\n|\Z)")
FACT_OR_BLANK: Final = re.compile(
    r"([ \t]+[^\s].*(?:\n|\Z)|-[ \t].*(?:\n|\Z)|[A-Za-z_][\w-]*:(?:[ \t].*)?\r?(?:\n|\Z))|(?:#(?!#).*|[ \t\r]*)(?:\n|\Z)"
)
"""A line that stands among facts; what is kept of it says that it is one, and neither blank nor a remark."""
CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?\r?$", re.MULTILINE)


def decode(data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, None where it is none, and what stands in it that no text should hold: strange characters, conflicts."""
    if len(data) > MAX_BYTES:
        return None, (problem("too-large.bytes", Place(1, 1), limit=MAX_BYTES),)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return None, (problem("not-utf8.utf16", Place(1, 1)),)
    if data.startswith(OTHER_FILES):
        return None, (problem("not-utf8.other-file", Place(1, 1)),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        byte = f"{data[error.start]:02X}"
        return None, (problem("not-utf8.bytes", place_in(before, len(before)), byte=byte),)
    text = text.removeprefix("\ufeff")
    if "\r" in text and "\n" not in text:
        return None, (problem("not-utf8.line-ends", Place(1, 1)),)
    found = () if alphabet.is_clean(data.removeprefix(BYTE_ORDER_MARK)) else _strange_characters(text)
    return text, tuple(islice(chain(found, _conflicts(text)), MAX_PROBLEMS))


def _strange_characters(text: str) -> Iterator[Problem]:
    for match in alphabet.FORBIDDEN.finditer(text):
        yield strange(match[0], place_in(text, match.start()))


def strange(character: str, place: Place) -> Problem:
    """A character that no text should hold, by what is the trouble with it."""
    return problem(f"not-utf8.{alphabet.trouble(character)}", place, name=alphabet.name(character))


def _conflicts(text: str) -> Iterator[Problem]:
    """One problem for each conflict, at its first marker; git's markers are a conflict wherever they stand, in a block of code too."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    open_ = False
    for match in CONFLICT.finditer(text):
        if match[0].startswith("<") or not open_:
            yield problem("conflict-marker", place_in(text, match.start()), marker=match[0].split()[0])
        open_ = not match[0].startswith(">")


def front_matter_end(text: str) -> re.Match[str] | Problem:
    """The `---` that closes the facts of a plan, or why there is none."""
    opening = FENCE.match(text)
    if not opening:
        first = text.lstrip().split("\n", 1)[0].rstrip()
        if found := alphabet.INVISIBLE.search(text.split("\n", 1)[0]):
            return problem("invalid-yaml.invisible", place_in(text, found.start()), name=alphabet.name(found[0]))
        variant = ".late" if FENCE.fullmatch(first) else ".no-front-matter"
        return problem(f"not-a-plan{variant}", Place(1, 1))
    closing = CLOSING_FENCE.search(text, opening.end() - 1)
    if not closing and (dots := CLOSING_DOTS.search(text, opening.end() - 1)):
        return problem("not-a-plan.dots", place_in(text, dots.start() + 1))
    return closing or problem("not-a-plan.never-closed", _end_of_facts(text, opening.end()))


def _end_of_facts(text: str, start: int) -> Place:
    """Where facts that nobody closed end: the line after the last that looks like one, above a heading or a plain text."""
    position = end = start
    while (line := FACT_OR_BLANK.match(text, position)) and line[0]:
        position = line.end()
        end = position if line[1] else end
    return place_in(text, end)
