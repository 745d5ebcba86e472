"""The self-assessment of the twelve traits: `plans/handbook/twelve-traits.yml`, read as strictly as a plan (002)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kamgen import parse
from kamgen.diagnostic import Message, Place, Problem
from kamgen.document import read_data, read_file
from kamgen.folder import HANDBOOK
from kamgen.frozen import Frozen, with_values
from kamgen.model.traits import FIRST, TRAITS, Assessment, Assessments
from kamgen.node import Document, MappingNode, SequenceNode, at

FILE: Final = f"{HANDBOOK}/twelve-traits.yml"
HEAD: Final = b"traits:\n"
"""The file is a list; the strict reader takes a mapping, so that the list is read under a key, and every place is one line up."""
MARK: Final = b"\xef\xbb\xbf"


class Traits(Frozen):
    """What stands in the file, in its order: without those that are not whole. Nothing where there is no file."""

    assessments: tuple[Assessment, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_traits(root: Path, names: parse.Names) -> Traits:
    """The self-assessments below `root`, and what is wrong with the file. A link is not followed, and told by whoever looks for links.

    Raises OSError where the disk does not give what it should.
    """
    if any((root / folder).is_symlink() for folder in ("plans", HANDBOOK, FILE)) or not (root / FILE).is_file():
        return Traits()
    document = read_data(FILE, HEAD + read_file(root, FILE).removeprefix(MARK))
    if document.root is None:
        return Traits((), _moved(document.problems))
    found, problems = parse.read_record(Assessments, document.root, names)
    told = found.traits if isinstance(found, Assessments) else ()
    counted = tuple(_counted(document))
    whole = tuple(one for one in told if len(one.scores) == TRAITS)
    return Traits(whole, _moved((*document.problems, *problems, *counted)))


def _counted(document: Document) -> Iterator[Problem]:
    """A problem for each list that has not the number of items that it is to have."""
    listed = document.root.items.get("traits") if document.root else None
    for index, item in enumerate(listed.items if isinstance(listed, SequenceNode) else ()):
        if isinstance(item, MappingNode):
            yield from _of_one(index, item)


def _of_one(index: int, item: MappingNode) -> Iterator[Problem]:
    for name, wanted in (("scores", TRAITS), ("top_three", FIRST)):
        node = item.items.get(name)
        n = len(node.items) if isinstance(node, SequenceNode) else 0
        if n != wanted and (isinstance(node, SequenceNode) or (node is None and name == "scores")):
            message = Message("wrong-value.traits", {"key": name, "wanted": wanted, "n": n})
            yield Problem("wrong-value", at(node.start if node else item.start), message, ("traits", index, name))


def _moved(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems where they stand in the file itself, in its order."""
    moved = (with_values(one, place=Place(max(one.place.line - 1, 1), one.place.column)) for one in problems)
    return tuple(sorted(moved, key=lambda one: one.place))
