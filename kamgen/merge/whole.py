"""Whether what was merged is as sound as its two sides: nothing in it refers to what only one of them still has."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen import parse
from kamgen.diagnostic import Message, Problem
from kamgen.document import read_plan
from kamgen.merge.side import READ_ALL_THE_SAME

Told = tuple[str, str]
"""What makes a problem the same in two texts: its kind, and the word that it is about."""


def broken(merged: str, ours: str, theirs: str) -> Message | None:
    """The sentence of the first problem that the merged text has and neither side, as far as a plan alone can tell; None where there is none."""
    known = {_told(problem) for text in (ours, theirs) for problem in _problems(text)}
    return next((problem.message for problem in _problems(merged) if _told(problem) not in known), None)


def _problems(text: str) -> Iterator[Problem]:
    _, problems = parse.read_plan(read_plan("", text.encode()), {}, ())
    return (problem for problem in problems if problem.kind != READ_ALL_THE_SAME)


def _told(problem: Problem) -> Told:
    values = problem.message.values
    return problem.kind, str(values.get("text") or values.get("key") or ".".join(str(step) for step in problem.field if isinstance(step, str)))
