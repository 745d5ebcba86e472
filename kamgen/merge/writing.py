"""From what a merge must say to its text: of all ways to write it down the one that keeps most of what both sides wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kamgen.edit import CannotEditError
from kamgen.frozen import Frozen
from kamgen.merge.apply import applied
from kamgen.merge.lines import Chunk, chunks, common, conflicts, joined, marked
from kamgen.merge.side import Side, read_text, wanted


class Three(Frozen):
    """The three versions of a plan, all with our line ends."""

    base: Side
    ours: Side
    theirs: Side
    end: str

    @property
    def chunks(self) -> list[Chunk]:
        """Their texts, line by line."""
        base = self.base.text or common(self.ours.text, self.theirs.text)
        return chunks(base, self.ours.text, self.theirs.text)

    @property
    def comments(self) -> Counter[str]:
        """The comments that a merge must hold."""
        return wanted(self.base, self.ours, self.theirs)


class Goal(Frozen):
    """What a text must say."""

    tree: dict[str, Any]
    body: str


def written(three: Three, goal: Goal, comments: Counter[str]) -> str | None:
    """The first text that says exactly what it must, with the comments. None where there is no such text."""
    for text in _texts(three, goal):
        side = read_text(text)
        if side and (side.tree, side.body) == (goal.tree, goal.body) and side.comments >= comments:
            return text
    return None


def both(three: Three, here: Goal, there: Goal) -> str | None:
    """The merge with our word, and with theirs between git's markers where it is another. None where there is no such text."""
    ours = written(three, here, three.comments & three.ours.comments)
    side = read_text(ours) if ours is not None else None
    for start in (side, _by_lines(three, ours=False), three.theirs):
        theirs = _edited(start, there, three.end) if start else None
        if side and theirs not in (None, side.text):
            text = marked(side.text, theirs, three.end)
            if all(text.count(comment) >= times for comment, times in three.comments.items()):
                return text
    return None


def undecided(three: Three) -> str:
    """Line by line, as git does it. Where lines alone see no conflict, all that differs is marked."""
    found = three.chunks
    alike = all(chunk.merged is not None for chunk in found)
    return marked(three.ours.text, three.theirs.text, three.end) if alike else conflicts(found, three.end)


def _texts(three: Three, goal: Goal) -> Iterator[str]:
    """The ways to write a merge down, the one that keeps most of both sides first."""
    yield joined((chunk.merged if chunk.merged is not None else [*chunk.ours, *chunk.theirs] for chunk in three.chunks), three.end)
    for side in (_by_lines(three, ours=True), three.ours, three.theirs):
        text = _edited(side, goal, three.end) if side else None
        if text is not None:
            yield text


def _by_lines(three: Three, *, ours: bool) -> Side | None:
    """Line by line, with our lines or theirs where both have changed them, if that can be read."""
    parts = (chunk.merged if chunk.merged is not None else chunk.ours if ours else chunk.theirs for chunk in three.chunks)
    return read_text(joined(parts, three.end))


def _edited(side: Side, goal: Goal, end: str) -> str | None:
    try:
        return applied(side, goal.tree, goal.body, end)
    except CannotEditError:
        return None
