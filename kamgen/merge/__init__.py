"""Two versions of a plan into one, by what they say and not by their lines.

    outcome = merge(base, ours, theirs)      # bytes of the three files; outcome.data is what to write

Items of a list are known by their id, else by what a person knows them by; values are merged three-way, tables key by key, the
text below the front matter line by line. Of the ways to write the result down the first that the strict reader reads as exactly
what it must say is taken: the lines of both sides; their lines where they agree and ours, edited, for the rest; ours, edited; theirs,
edited. A comment that either side has put in is in it. Where both sides changed the same to something else, or no text says it all, the
result is our text with git's markers around the places that differ, and `clashes` says in words what the sides made of it.

Two calls with one person on one day, written down on either side, have the same id and are two: theirs gets a number behind it.

What one side says of a person follows the id or name that the other gives the person; where somebody else has got that id or name since,
and nobody can tell who is meant, it is a conflict. What refers to something that the other side took out is a conflict.

A file that cannot be read is merged line by line, as git does it; what nobody can read after that is a conflict, with or without markers.
"""

from __future__ import annotations

from kamgen.decode import BYTE_ORDER_MARK
from kamgen.diagnostic import Message
from kamgen.frozen import Frozen
from kamgen.merge.apart import told_apart
from kamgen.merge.follow import Followed, followed
from kamgen.merge.lines import Chunk, chunks, conflicts, joined, marked
from kamgen.merge.meaning import merge as merged_trees
from kamgen.merge.side import EMPTY, Side, line_end, read, with_line_end
from kamgen.merge.whole import broken
from kamgen.merge.words import of_body, of_clash, of_doubt, of_lines, of_result, of_unread, of_whole
from kamgen.merge.writing import Goal, Three, both, undecided, written

__all__ = ["Outcome", "by_lines", "merge"]


class Outcome(Frozen):
    """What a merge comes to: the bytes to write, what a person must decide, and what is worth telling anyway."""

    data: bytes
    clashes: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()


def merge(base: bytes, ours: bytes, theirs: bytes) -> Outcome:
    """Two versions of a plan, and what both began with (empty where each side made the file anew), in one."""
    end = line_end(ours)
    mark = BYTE_ORDER_MARK if ours.startswith(BYTE_ORDER_MARK) else b""
    first, mine, others = with_line_end(base, end), ours.removeprefix(mark), with_line_end(theirs, end)
    sides = (read(first) if first else EMPTY, read(mine), read(others))
    match sides:
        case (Side() as was, Side() as here, Side() as there):
            people = followed(was, here, there)
            told = told_apart(people.base, people.ours, people.theirs)
            outcome = _sound(_by_meaning(Three(people.base, people.ours, told.side, end), told.notes), people.ours, told.side, end)
            outcome = _certain(outcome, people, end)
        case _:
            notes = tuple(of_unread(index, side) for index, side in enumerate(sides) if not isinstance(side, Side))
            outcome = _readable(by_lines(first, mine, others, notes))
    return Outcome(mark + outcome.data, outcome.clashes, outcome.notes)


def by_lines(base: bytes, ours: bytes, theirs: bytes, notes: tuple[Message, ...] = ()) -> Outcome:
    """As git does it, line by line and byte for byte: Latin-1 has a character for every byte."""
    end = line_end(ours)
    found = chunks(*(data.decode("latin-1") for data in (base, ours, theirs)))
    clashes = (of_lines(),) if any(chunk.merged is None for chunk in found) else ()
    return Outcome(conflicts(found, end).encode("latin-1"), clashes, notes)


def _readable(outcome: Outcome) -> Outcome:
    """Lines that fit and give a plan that nobody can read are a conflict: git must not take them for merged."""
    made = read(outcome.data)
    if outcome.clashes or isinstance(made, Side):
        return outcome
    return Outcome(outcome.data, (of_result(made),), outcome.notes)


def _sound(outcome: Outcome, ours: Side, theirs: Side, end: str) -> Outcome:
    """What refers to something that the other side took out is a conflict, between git's markers."""
    trouble = None if outcome.clashes else broken(outcome.data.decode(), ours.text, theirs.text)
    if trouble is None:
        return outcome
    return Outcome(marked(ours.text, theirs.text, end).encode(), (of_whole(_account(ours, theirs), trouble),), outcome.notes)


def _certain(outcome: Outcome, people: Followed, end: str) -> Outcome:
    """What may be said of either of two people is a conflict, between git's markers."""
    if not people.doubts:
        return outcome
    told = tuple(of_doubt(_account(people.ours, people.theirs), person.id, person.item.get("name")) for person in people.doubts)
    return Outcome(marked(people.ours.text, people.theirs.text, end).encode(), (*outcome.clashes, *told), outcome.notes)


def _account(ours: Side, theirs: Side) -> str:
    """What a sentence calls the account."""
    return str(ours.tree.get("account") or theirs.tree.get("account") or "-")


def _by_meaning(three: Three, notes: tuple[Message, ...]) -> Outcome:
    tree = merged_trees(three.base.tree, three.ours.tree, three.theirs.tree)
    body = chunks(three.base.body, three.ours.body, three.theirs.body)
    account = _account(three.ours, three.theirs)
    clashes = (*(of_clash(account, clash) for clash in tree.clashes), *(of_body(account, chunk) for chunk in body if chunk.merged is None))
    here, there = Goal(tree.ours, _body(body, three.end, ours=True)), Goal(tree.theirs, _body(body, three.end, ours=False))
    text = both(three, here, there) if clashes else written(three, here, three.comments)
    if text is None:
        return Outcome(undecided(three).encode(), clashes or (of_lines(),), notes)
    return Outcome(text.encode(), clashes, notes)


def _body(found: list[Chunk], end: str, *, ours: bool) -> str:
    """The text below the front matter, with our word or theirs where they disagree."""
    return joined((chunk.merged if chunk.merged is not None else chunk.ours if ours else chunk.theirs for chunk in found), end)
