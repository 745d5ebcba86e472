"""Three texts into one, line by line, and two texts as git shows that they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from kamgen.frozen import Frozen

OURS, BETWEEN, THEIRS = "<<<<<<<", "=======", ">>>>>>>"


class Chunk(Frozen):
    """Lines that belong together, in each of three texts."""

    base: list[str]
    ours: list[str]
    theirs: list[str]

    @property
    def merged(self) -> list[str] | None:
        """What it comes to. None where both sides have changed it to something else."""
        if self.theirs in (self.ours, self.base):
            return self.ours
        return self.theirs if self.ours == self.base else None


def chunks(base: str, ours: str, theirs: str) -> list[Chunk]:
    """Three texts in chunks, in order: what all have in common, and what is between."""
    return list(_chunks(lines(base), lines(ours), lines(theirs)))


def common(one: str, other: str) -> str:
    """The lines that two texts have in common: what they may have begun with, where nobody knows."""
    here = lines(one)
    matching = SequenceMatcher(None, here, lines(other)).get_matching_blocks()
    return "".join(line for block in matching for line in here[block.a : block.a + block.size])


def lines(text: str) -> list[str]:
    """A text line by line, each with its end."""
    *ended, last = text.split("\n")
    return [*(f"{line}\n" for line in ended), *([last] if last else [])]


def _chunks(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[Chunk]:
    at_base = at_ours = at_theirs = 0
    for start, here, there, length in [*_common(base, ours, theirs), (len(base), len(ours), len(theirs), 0)]:
        between = Chunk(base[at_base:start], ours[at_ours:here], theirs[at_theirs:there])
        if between.base or between.ours or between.theirs:
            yield between
        at_base, at_ours, at_theirs = start + length, here + length, there + length
        if length:
            yield Chunk(base[start:at_base], ours[here:at_ours], theirs[there:at_theirs])


def _common(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where a part of the base stands in both other texts: its place in the three, and how many lines it has."""
    in_ours, in_theirs = (SequenceMatcher(None, base, other).get_matching_blocks() for other in (ours, theirs))
    one = other = 0
    while one < len(in_ours) and other < len(in_theirs):
        mine, yours = in_ours[one], in_theirs[other]
        start, end = max(mine.a, yours.a), min(mine.a + mine.size, yours.a + yours.size)
        if start < end:
            yield start, mine.b + start - mine.a, yours.b + start - yours.a, end - start
        if mine.a + mine.size < yours.a + yours.size:
            one += 1
        else:
            other += 1


def joined(parts: Iterable[list[str]], end: str) -> str:
    """Lines as a text; one that does not end although another follows is ended."""
    whole = [line for part in parts for line in part]
    return "".join([*(line if line.endswith("\n") else line + end for line in whole[:-1]), *whole[-1:]])


def marked(ours: str, theirs: str, end: str, names: tuple[str, str] = ("ours", "theirs")) -> str:
    """Our text, where every place that they have otherwise is shown as git does."""
    here, there = lines(ours), lines(theirs)
    parts: list[list[str]] = []
    for tag, start, stop, begin, finish in SequenceMatcher(None, here, there).get_opcodes():
        parts += [here[start:stop]] if tag == "equal" else conflict(here[start:stop], there[begin:finish], end, names)
    return joined(parts, end)


def conflict(ours: list[str], theirs: list[str], end: str, names: tuple[str, str] = ("ours", "theirs")) -> list[list[str]]:
    """Two versions of some lines between git's markers."""
    return [[f"{OURS} {names[0]}{end}"], ours, [f"{BETWEEN}{end}"], theirs, [f"{THEIRS} {names[1]}{end}"]]


def conflicts(found: Iterable[Chunk], end: str) -> str:
    """Chunks as git shows them: what both sides have changed stands between markers."""
    parts = (conflict(chunk.ours, chunk.theirs, end) if chunk.merged is None else [chunk.merged] for chunk in found)
    return joined((part for several in parts for part in several), end)
