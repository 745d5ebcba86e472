"""What every rule stands on: the portfolio, the rules in force, the date."""

from __future__ import annotations

import datetime as dt

from kamgen.cadence import Window, window_of
from kamgen.diagnostic import Finding, Problem
from kamgen.frozen import Frozen
from kamgen.model.portfolio import Portfolio
from kamgen.node import Document
from kamgen.rulebook import Rules
from kamgen.ruleset import Ruleset

Lasting = dict[tuple[str, str], tuple[Finding, ...]]
"""What rules found that do not ask for the date, by rule and path: who judges one text on many days hears them once."""


class Ground(Frozen):
    """What every rule stands on: the portfolio, the rules, the date."""

    portfolio: Portfolio
    portfolio_document: Document
    portfolio_problems: tuple[Problem, ...]
    rules: Rules
    as_of: dt.date
    lasting: Lasting

    @property
    def ruleset(self) -> Ruleset:
        """The rules in force."""
        return self.rules.ruleset

    @property
    def window(self) -> Window:
        """The window that contains as-of."""
        return window_of(self.ruleset, self.portfolio.fiscal_year_start, self.as_of)

    @property
    def language(self) -> str:
        """The language of every message."""
        return self.portfolio.language
