"""What two sides disagree about, as people say it."""

from __future__ import annotations

from typing import Any, Final

from kamgen.diagnostic import Message, Problem
from kamgen.merge.lines import Chunk
from kamgen.merge.meaning import Clash

SIDES: Final = ("merge.side.base", "merge.side.ours", "merge.side.theirs")
UNREADABLE: Final = "merge.clash.unreadable"
"""The id of the sentence for a result that cannot be read: there are no markers in it."""
LONGEST: Final = 80
"""Characters of a value that are shown."""


def of_clash(account: str, clash: Clash) -> Message:
    """A value that both sides have changed."""
    values = {"base": _shown(clash.base), "ours": _shown(clash.ours), "theirs": _shown(clash.theirs)}
    return Message(_sentence(clash), {"account": account, "what": str(clash.way), **values})


def _sentence(clash: Clash) -> str:
    if clash.ours is None:
        return "merge.clash.gone-here"
    if clash.theirs is None:
        return "merge.clash.gone-there"
    return "merge.clash.new" if clash.base is None else "merge.clash"


def of_body(account: str, chunk: Chunk) -> Message:
    """A place of the text below the front matter that both sides have changed."""
    here, there = (_cut(" ".join("".join(lines).split())) or Message("merge.nothing") for lines in (chunk.ours, chunk.theirs))
    return Message("merge.clash.text", {"account": account, "ours": here, "theirs": there})


def of_lines() -> Message:
    """The sides have changed the same lines."""
    return Message("merge.clash.lines")


def of_result(problem: Problem) -> Message:
    """What was put together line by line cannot be read."""
    return Message(UNREADABLE, {"line": problem.place.line, "what": problem.message})


def of_whole(account: str, trouble: Message) -> Message:
    """Both sides fit, and what they come to refers to something that is not there any more."""
    return Message("merge.clash.broken", {"account": account, "what": trouble})


def of_doubt(account: str, id: str, name: Any) -> Message:
    """What one version says of a person may be about another, who has the person's id or name by now."""
    return Message("merge.clash.person", {"account": account, "id": id, "name": _shown(name)})


def of_unread(index: int, problem: Problem) -> Message:
    """A side that cannot be read."""
    return Message("merge.unread", {"side": Message(SIDES[index]), "line": problem.place.line, "what": problem.message})


def _shown(value: Any) -> str:
    return _cut(_in_words(value))


def _in_words(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_in_words(below)}" for name, below in value.items())
    if isinstance(value, list):
        return ", ".join(_in_words(below) for below in value)
    return "-" if value is None else " ".join(str(value).split())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
