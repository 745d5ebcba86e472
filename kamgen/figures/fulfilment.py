"""Fulfilment: how a requirement stands in an account, over all of its persons, and in many accounts (domain.md section 5)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from kamgen.cadence import Cell, State
from kamgen.figures.coverage import Rate, compliance, rate_of_all
from kamgen.frozen import Frozen

WORST_FIRST: Final = (State.BEHIND, State.ON_PLAN, State.OVER, State.COVERED)
MARKS: Final = ("behind-late", "behind", "on-plan-late", "on-plan", "over", "covered")
"""Every mark, what asks for work first."""


class Fulfilment(Frozen):
    """What some cells come to.

    `held`, `planned` and `owed` are plain sums. `rate`, `ahead` and `unplanned` part what is owed in three, capped per cell, so that
    over-service cannot hide under-service: held, planned for the rest, and neither. `pace` is what is held, so capped, of what the
    pace asks for by as-of. `late` counts the cells held less than that; `states` how many cells stand how.
    """

    cells: int
    held: int
    planned: int
    owed: int
    rate: Rate
    ahead: int
    unplanned: int
    pace: Rate
    late: int
    states: Mapping[State, int]

    @property
    def state(self) -> State:
        """The worst state of all; only where none is behind or waits, more than recommended comes before covered."""
        return next((state for state in WORST_FIRST if self.states.get(state)), State.COVERED)

    @property
    def mark(self) -> str:
        """The state, with `-late` where it is not covered yet and a cell is held less than the pace asks for."""
        return f"{self.state.value}-late" if self.late and self.state in {State.BEHIND, State.ON_PLAN} else self.state.value

    @property
    def rank(self) -> int:
        """The place of the mark among all: 0 asks for work first."""
        return MARKS.index(self.mark)

    @property
    def lacking(self) -> int:
        """How many touches are missing on what the pace asks for by as-of."""
        return self.pace.whole - self.pace.part

    def count(self, name: str) -> int:
        """How many cells stand so: `behind`, `on-plan`, `covered`, `over`."""
        return self.states.get(State(name), 0)


def fulfilment(cells: Iterable[Cell]) -> Fulfilment:
    """What the cells of some persons, requirements or accounts come to.

    Held five of two and none of four, two planned, owe 6: 2 held, 2 planned, 2 neither; one is over, one behind.
    """
    found = list(cells)
    rate = compliance(found)
    ahead = sum(min(cell.planned, max(cell.owed - cell.held, 0)) for cell in found)
    return Fulfilment(
        cells=len(found),
        held=sum(cell.held for cell in found),
        planned=sum(cell.planned for cell in found),
        owed=rate.whole,
        rate=rate,
        ahead=ahead,
        unplanned=rate.whole - rate.part - ahead,
        pace=Rate(sum(min(cell.held, cell.due) for cell in found), sum(cell.due for cell in found)),
        late=sum(1 for cell in found if cell.late),
        states=Counter(cell.state for cell in found),
    )


def added(told: Iterable[Fulfilment]) -> Fulfilment:
    """Several as one, where no cell is in two of them: the same as `fulfilment` of all their cells."""
    found = list(told)
    states: Counter[State] = Counter()
    for one in found:
        states.update(one.states)
    return Fulfilment(
        cells=sum(one.cells for one in found),
        held=sum(one.held for one in found),
        planned=sum(one.planned for one in found),
        owed=sum(one.owed for one in found),
        rate=rate_of_all(one.rate for one in found),
        ahead=sum(one.ahead for one in found),
        unplanned=sum(one.unplanned for one in found),
        pace=rate_of_all(one.pace for one in found),
        late=sum(one.late for one in found),
        states=states,
    )


def fulfilments(cells: Iterable[Cell]) -> Mapping[str, Fulfilment]:
    """Requirement id -> how it stands; requirements without a cell are left out."""
    found: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        found[cell.requirement].append(cell)
    return {requirement: fulfilment(listed) for requirement, listed in found.items()}
