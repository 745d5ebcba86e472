"""What of a plan its reader cannot see: nothing may be judged by its absence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kamgen.diagnostic import FieldPath, Message, Place, Problem
from kamgen.model.activity import STATUSES, Activity
from kamgen.model.plan import Plan
from kamgen.node import Document, MappingNode, at
from kamgen.parse.names import text_of
from kamgen.parse.reading import Reading
from kamgen.parse.record import fields

FACT: Final = re.compile(r"^([a-z_]+):(?=[ \t\r]|$)", re.MULTILINE)
SETTLED: Final = frozenset(STATUSES) - {"planned"}


def stand_in_settled(document: Document, refused: Iterable[FieldPath]) -> bool:
    """Whether what cannot be read of the activities stands in ones that are settled, and keeps none of them out of the plan."""
    without = {name for name, _ in fields(Activity)[1]}
    of_activities = [path for path in refused if path[:1] == ("activities",)]
    return all(len(path) > 2 and path[2] not in without and text_of(document.node((*path[:2], "status"))) in SETTLED for path in of_activities)


def ends_early(document: Document, reading: Reading) -> bool:
    """Whether a `---` among the facts ends them: what stands below it, down to the `---` that was meant, would be read, and shown, as text."""
    end = re.search(r"^---[ \t]*$", document.body, re.MULTILINE)
    below = document.body[: end.start()] if end else ""
    lost = [(fact[1], fact.start()) for fact in FACT.finditer(below) if fact[1] in fields(Plan)[0]]
    if lost:
        line = document.body_line + below.count("\n", 0, lost[0][1])
        told = {"line": line, "key": lost[0][0]}
        reading.problems.append(Problem("not-a-plan", Place(document.body_line - 1, 1), Message("not-a-plan.early", told)))
        reading.unread.update(key for key, _ in lost)
    return bool(lost)


def cut_off(document: Document) -> Iterator[str]:
    """The facts below a line that begins a second document: nothing is judged by their absence."""
    begun = next((problem.place.line for problem in document.problems if problem.message.id == "forbidden-yaml.document"), None)
    if begun is not None:
        below = "\n".join(document.text.split("\n")[begun : document.body_line - 1])
        yield from (fact[1] for fact in FACT.finditer(below))


def doubled(document: Document, root: MappingNode) -> Iterator[str]:
    """The parts in which a key stands twice: nothing is judged by half a part."""
    for problem in document.problems:
        if problem.kind == "duplicate-key":
            above = [name for name, key in root.keys.items() if at(key.start) <= problem.place]
            yield from (str(problem.message.values["key"]), above[-1])
