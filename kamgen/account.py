"""What one file of the portfolio comes to: the text, the plan, its tier, its cells."""

from __future__ import annotations

from kamgen.cadence import Cell
from kamgen.diagnostic import Problem
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.node import Document
from kamgen.ruleset import Tier


class Account(Frozen):
    """One file of the portfolio: what was read of it, and what the date makes of it."""

    id: str
    path: str
    document: Document
    plan: Plan | None
    problems: tuple[Problem, ...]
    tier: Tier | None
    cells: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """What people call it; the id where the plan cannot be read."""
        return self.plan.account if self.plan else self.id
