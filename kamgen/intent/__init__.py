"""What a command of the day is to change in a plan: a plan and some facts -> changes for `kamgen.edit`. Nothing here reads a clock or a disk.

A function gives an `Intended`: the changes, and what they come to in words. Where the plan does not allow it, it raises
`RefusedError`, whose message is a sentence for the user.
"""

from __future__ import annotations

from kamgen.diagnostic import Message
from kamgen.edit import Change
from kamgen.frozen import Frozen
from kamgen.message import render

__all__ = ["Intended", "RefusedError", "refuse"]


class Intended(Frozen):
    """The changes that a command makes, one after the other, and what they come to: a sentence without the account's name."""

    changes: tuple[Change, ...]
    told: tuple[Message, ...]


class RefusedError(Exception):
    """What was asked for cannot be meant for this plan (exit code 2); its text is a sentence for the user, or several on a line."""

    def __init__(self, *messages: Message) -> None:
        super().__init__("; ".join(map(render, messages)))
        self.messages = messages


def refuse(message_id: str, /, **values: object) -> RefusedError:
    """The error with a sentence of the catalogue."""
    return RefusedError(Message(message_id, values))
