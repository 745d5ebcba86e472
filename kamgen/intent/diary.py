"""A plan and what its activities may be, and what an activity is called, in a sentence and in a line to paste."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from kamgen.cadence import there
from kamgen.diagnostic import Message
from kamgen.frozen import Frozen
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.ruleset import Ruleset


class Diary(Frozen):
    """A plan and what its activities may be, on a day."""

    plan: Plan
    ruleset: Ruleset
    today: dt.date
    ours: Mapping[str, str]
    """The names of all of us, by id."""

    def in_words(self, date: dt.date, type: str, contacts: Collection[str], colleagues: Iterable[str] = ()) -> dict[str, object]:
        """The values of a sentence about an activity; where nobody of theirs is named, with our colleagues."""
        names = {contact.id: contact.name for contact in self.plan.contacts}
        kind = self.ruleset.activity_types.get(type)
        people = tuple(names.get(contact, contact) for contact in contacts)
        with_people = Message("did.with", {"people": people}) if people else self._without_them(colleagues)
        return {"date": date, "type": (kind and kind.label) or type, "people": with_people}

    def _without_them(self, colleagues: Iterable[str]) -> Message:
        people = tuple(self.ours.get(person, person) for person in colleagues)
        return Message("did.with-ours", {"people": people}) if people else Message("did.with-nobody")

    def about(self, activity: Activity) -> dict[str, object]:
        """The values of a sentence about an activity of the plan; of one that is planned those who will be there."""
        people = there(self.plan, activity)
        words = self.in_words(activity.date, activity.type, people, activity.colleagues)
        return {**words, "people": Message("did.with-all-left")} if activity.contacts and not people else words


def called(activity: Activity) -> str:
    """An activity in a line to paste: its id, else its day and type."""
    return activity.id or f'"{activity.date.isoformat()} {activity.type}"'
