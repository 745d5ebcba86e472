"""What is said where an activity was held and what belongs to it is not in writing: its note, or the proposal that it was about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kamgen.cadence import NOTE_NEEDED
from kamgen.diagnostic import Message
from kamgen.model.commerce import PROPOSAL, lacking_in_proposal
from kamgen.model.plan import Plan

SENTENCES: Final = {"": "said.no-proposal", "offer": "said.no-proposal", "not-binding": "said.no-proposal.binding"}
"""What is said of a proposal, by what is lacking."""


def no_note(plan: str, activity: str, type: str, note: str | None, next_step: str | None) -> tuple[Message, ...]:
    """The sentence for an activity without a note, with the line to paste; `activity` is what `kamgen set` calls it.

    A call or mail counts only with a note (004); of the others a next step is enough to go by.
    """
    if note or (next_step and type != NOTE_NEEDED):
        return ()
    word = "said.no-note.counts-not" if type == NOTE_NEEDED else "said.no-note"
    return (Message(word, {"id": plan, "activity": activity}),)


def no_proposal(plan: Plan, activity: str, type: str, offer: str | None, documents: Collection[str]) -> tuple[Message, ...]:
    """The sentence for a proposal meeting without a written, binding proposal (004), with the line to paste."""
    if type != PROPOSAL:
        return ()
    found = plan.offer(offer)
    lack = lacking_in_proposal(found, documents)
    return () if lack is None else (Message(SENTENCES[lack], {"id": plan.id, "activity": activity, "offer": offer}),)
