"""Notes: what is said where an activity was held and nobody wrote down what came of it."""

from __future__ import annotations

from kamgen.cadence import NOTE_NEEDED
from kamgen.diagnostic import Message


def lacking(plan: str, activity: str, type: str, note: str | None, next_step: str | None) -> tuple[Message, ...]:
    """The sentence for an activity without a note, with the line to paste; `activity` is what `kamgen set` calls it.

    A call or mail counts only with a note (004); of the others a next step is enough to go by.
    """
    if note or (next_step and type != NOTE_NEEDED):
        return ()
    word = "said.no-note.counts-not" if type == NOTE_NEEDED else "said.no-note"
    return (Message(word, {"id": plan, "activity": activity}),)
