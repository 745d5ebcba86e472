"""One pass over a document: what it collects, and how a message finds the word that was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kamgen import alphabet
from kamgen.decode import MAX_PROBLEMS
from kamgen.diagnostic import FieldPath, Message, Problem
from kamgen.node import ABSENT, MappingNode, Mark, Node, ScalarNode, at

Names = Mapping[str, Mapping[str, str]]
"""What references may name: target -> id or exact name -> id. A target that is not in it is not checked."""
STUBS: Final = frozenset({"...", "…", "https://..."})
"""What a help leaves for the writer to fill in: pasted as it is, it says nothing."""
BLANK: Final = ABSENT | STUBS
SHOWN: Final = 12
"""How many candidates a message lists."""
UNREAD: Final = object()
"""What a reader returns for a value that does not fit; the problem is told."""
ASIDE: Final = frozenset({("activities", key) for key in ("minutes", "time", "place", "updated")})
"""What no rule judges by: where it cannot be read, the part that it stands in is judged without it."""


class Reading:
    """What one pass over a document collects. What is `layered` is made of several files, so a line of it says nothing."""

    __slots__ = ("layered", "names", "own", "problems", "proposed", "refused", "told", "unread")

    def __init__(self, names: Names, own: str = "", *, layered: bool = False) -> None:
        self.layered = layered
        self.names = names
        self.own = own
        self.problems: list[Problem] = []
        self.proposed: set[str] = set()
        self.told: set[FieldPath] = set()
        self.refused: set[FieldPath] = set()
        self.unread: set[str] = set()

    def refuse(self, kind: str, mark: Mark, path: FieldPath, message: Message) -> object:
        """A problem that leaves the part around it unread, save for what no rule judges by."""
        if tuple(step for step in path if isinstance(step, str)) not in ASIDE:
            self.refused.add(path)
        return self.tell(kind, mark, path, message)

    def parts(self) -> set[str]:
        """The parts of the file that nothing is judged by."""
        return self.unread.union(str(path[0]) if path else "" for path in self.refused)

    def tell(self, kind: str, mark: Mark, path: FieldPath, message: Message) -> object:
        """A problem of something that can be left out: the part around it is judged without it."""
        self.problems.append(Problem(kind, at(mark), message, path))
        self.told.add(path)
        return UNREAD

    def nearest(self, text: str, candidates: Iterable[str], alike: float = 0.66) -> str:
        """The candidate that `text` was probably meant to be; not looked for any more where a file has very many problems."""
        return nearest(text, candidates, alike) if len(self.problems) < MAX_PROBLEMS else ""

    def new_id(self, text: str, part: object) -> str:
        """An id that can be made of a text: of nothing else in that part of the plan, and not proposed before."""
        made = alphabet.proposed_id(text, {*self.names.get(str(part).removesuffix("s"), {}).values(), *self.proposed})
        self.proposed.add(made)
        return made


Reader = Callable[[Node, FieldPath, Reading], Any]

Condition = Callable[[MappingNode, FieldPath, Reading, dict[str, Any]], None]


def says_nothing(node: ScalarNode) -> bool:
    """Not given, or a stub that somebody pasted and did not fill in."""
    return node.absent or is_stub(node.text)


def is_stub(text: str) -> bool:
    """Whether a text, plain or in quotes, is one that a help leaves for the writer to fill in."""
    return text in STUBS


def nearest(text: str, candidates: Iterable[str], alike: float) -> str:
    """The candidate that `text` was probably meant to be, empty if none comes near."""
    import difflib  # noqa: PLC0415  (only a mistake needs it)

    pool = {candidate.lower(): candidate for candidate in candidates}
    near = difflib.get_close_matches(text.strip().lower(), pool, n=1, cutoff=alike)
    return pool[near[0]] if near else ""


def short(text: str) -> str:
    """A value as a message quotes it: one line of at most 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
