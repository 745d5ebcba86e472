"""What to plan next: a type that the tier still lacks and that no number forbids, with people who will be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from kamgen.cadence import Cell, State, overdue, present
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.ruleset import Requirement, Ruleset, Tier

STATUS: Final = "status-meeting"
CALL: Final = "contact"
UNPLANNED: Final = "unannounced-visit"
"""A type that nobody plans."""


class Proposal(Frozen):
    """An activity to plan: its type, whom of the customer it is with, and who of us must take part (ids)."""

    type: str
    contact: str | None = None
    colleague: str | None = None


class Proposer(Frozen):
    """What a proposal is made from."""

    plan: Plan
    portfolio: Portfolio
    ruleset: Ruleset
    tier: Tier
    cells: Sequence[Cell]
    as_of: dt.date

    def propose(self, date: dt.date, *, rather: str = "", meeting: bool = False, person: str | None = None) -> Proposal:
        """What helps most on a day: `rather` this type, else what the tier lacks most of, else what no number forbids; `meeting`: no call.

        `person`: with this contact, whoever else lacks something.
        """
        someone = person or first_person(self.plan, date)
        if rather and not self._full(rather, someone):
            return self._with(rather, someone)
        for cell in self._lacking(date):
            contact = cell.contact or someone
            if person not in {None, contact}:
                continue
            for type in self.tier.requirements[cell.requirement].types:
                if self._fits(type, contact, meeting=meeting):
                    return self._with(type, contact)
        free = (type for type in self._usual() if self._fits(type, someone, meeting=meeting))
        return self._with(next(free, None) or self._allowed(STATUS if meeting else CALL, someone, meeting=meeting), someone)

    def fill(self, cell: Cell, date: dt.date) -> Proposal:
        """What fills a cell that lacks activities."""
        contact = cell.contact or first_person(self.plan, date)
        types = self.tier.requirements[cell.requirement].types
        fitting = (type for type in types if not self._full(type, contact))
        return self._with(next(fitting, types[0] if types else "kam-meeting"), contact)

    def _lacking(self, date: dt.date) -> list[Cell]:
        """The cells that lack activities, most of them first, of people who will be there; of equals status meetings."""
        there = {contact.id for contact in present(self.plan, date)} | {None}
        behind = (cell for cell in self.cells if cell.state is State.BEHIND and cell.contact in there)
        return sorted(behind, key=lambda cell: (cell.held + cell.planned - cell.owed, STATUS not in self.tier.requirements[cell.requirement].types))

    def _usual(self) -> Iterator[str]:
        """The types to choose from where nothing is lacking: those of the tier, a status meeting first, then all others."""
        asked = [type for requirement in self.tier.requirements.values() if requirement.min for type in requirement.types]
        yield from (STATUS,) if STATUS in asked or not asked else ()
        yield from asked
        yield from (type for type in self.ruleset.activity_types if type != UNPLANNED)

    def _fits(self, type: str, contact: str | None, *, meeting: bool) -> bool:
        return self._is_customers(type, meeting=meeting) and not self._full(type, contact)

    def _is_customers(self, type: str, *, meeting: bool) -> bool:
        kind = self.ruleset.activity_types.get(type)
        return kind is not None and kind.customer and (kind.physical or not meeting)

    def _allowed(self, type: str, contact: str | None, *, meeting: bool) -> str:
        """This type where all are full, or another where its number is 0."""
        none = [cell.requirement for cell in self.cells if cell.most == 0 and cell.contact in {None, contact}]
        forbidden = {type for requirement in none for type in self.tier.requirements[requirement].types}
        usual = (other for other in self._usual() if self._is_customers(other, meeting=meeting) and other not in forbidden)
        return next(usual, type) if type in forbidden else type

    def _full(self, type: str, contact: str | None) -> bool:
        """Whether one more would be more than the tier recommends, for the account or the person; what nobody settled may have been held."""
        return any(
            cell.most is not None
            and type in self.tier.requirements[cell.requirement].types
            and cell.held + cell.planned + self._unsettled(cell) >= cell.most
            for cell in self.cells
            if cell.contact in {None, contact}
        )

    def _unsettled(self, cell: Cell) -> int:
        types = self.tier.requirements[cell.requirement].types
        return sum(activity.type in types and cell.contact in {None, *activity.contacts} for activity in overdue(self.plan, self.as_of))

    def _with(self, type: str, contact: str | None) -> Proposal:
        asking = (requirement for requirement in self.tier.requirements.values() if requirement.present and type in requirement.types)
        requirement = next(asking, None)
        return Proposal(type, contact, self._of_ours(requirement) if requirement else None)

    def _of_ours(self, requirement: Requirement) -> str:
        """Who of us takes part where a leader or executive is asked for: the account's sponsor, else the first of our people; else left to write."""
        fitting = [person.id for person in self.portfolio.people if person.active and person.role in requirement.present]
        sponsor = self.plan.executive_sponsor
        return sponsor if sponsor in fitting and sponsor else next(iter(fitting), "...")


def first_person(plan: Plan, date: dt.date) -> str | None:
    """The id of the first contact who will be there on a day."""
    return next((contact.id for contact in present(plan, date)), None)
