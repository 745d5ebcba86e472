"""Groups: parents with their subsidiaries, as the plans name them by `parent`, down to the last one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kamgen.figures.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Member:
    """An account of a group; `depth` is 0 for the head, 1 for its subsidiaries, 2 for theirs."""

    outlook: Outlook
    depth: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group: `head` is the id of the account above all others, `name` what people call it; each member stands below its parent.

    The head's plan may be one that nobody can read: then it is no member, and its name is its id.
    """

    head: str
    name: str
    members: tuple[Member, ...]


def groups(outlooks: Iterable[Outlook]) -> tuple[Group, ...]:
    """Every group of two or more, by name. In a circle of parents the first by id is taken for the head.

    A is the parent of B and C, and B of D: one group, in the order A, B, D, C.
    """
    below: defaultdict[str, list[Outlook]] = defaultdict(list)
    known: dict[str, Outlook] = {}
    for outlook in outlooks:
        known.setdefault(outlook.account.id, outlook)
        if outlook.plan.parent:
            below[outlook.plan.parent].append(outlook)
    heads = set(_heads({one.account.id: above for above, some in below.items() for one in some}).values())
    found = (Group(head, known[head].plan.account if head in known else head, tuple(_members(head, known, below))) for head in heads)
    whole = (group for group in found if len(group.members) > 1 or group.head not in known)
    return tuple(sorted(whole, key=lambda group: (group.name.casefold(), group.head)))


def _heads(above: Mapping[str, str]) -> Mapping[str, str]:
    """Account id -> id of its head. Each account is visited once, so a long chain costs no more than its length."""
    heads: dict[str, str] = {}
    for start in sorted(above):
        chain: dict[str, None] = {}
        member = start
        while member in above and member not in heads and member not in chain:
            chain[member] = None
            member = above[member]
        circle = tuple(chain)[tuple(chain).index(member) :] if member in chain else ()
        heads |= dict.fromkeys(chain, min(circle, default=heads.get(member, member)))
    return heads


def _members(head: str, known: Mapping[str, Outlook], below: Mapping[str, list[Outlook]]) -> Iterator[Member]:
    """The head, if it can be read, and everything below it; the subsidiaries of one parent by name."""
    ahead = [Member(known[head], 0)] if head in known else _below(head, 0, below)
    seen: set[str] = set()
    while ahead:
        member = ahead.pop()
        if member.outlook.account.path not in seen:
            seen.add(member.outlook.account.path)
            yield member
            ahead += _below(member.outlook.account.id, member.depth, below)


def _below(parent: str, depth: int, below: Mapping[str, list[Outlook]]) -> list[Member]:
    """The subsidiaries of one parent, the last by name first: they are taken from the end."""
    some = sorted(below.get(parent, ()), key=lambda one: (one.plan.account.casefold(), one.account.path), reverse=True)
    return [Member(outlook, depth + 1) for outlook in some]
