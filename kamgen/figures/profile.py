"""Profile: the figures by which a portfolio compares its accounts, beside those of the outlook."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from kamgen.account import Account
from kamgen.cadence import Window
from kamgen.figures.completeness import completeness
from kamgen.figures.coverage import Rate
from kamgen.figures.figure import Amount, Ratio
from kamgen.figures.goals import goals_progress
from kamgen.figures.health import Health, figures, health
from kamgen.figures.money import closed_year, fiscal_year, rate, rate_day, total
from kamgen.figures.sales import wallet, white_space
from kamgen.figures.satisfaction import satisfaction
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.ruleset import Ruleset


class Profile(Frozen):
    """The figures of one account. Money is in the base currency; what is absent says what is missing.

    `budget` is of the current fiscal year, `wallet` and `white_space` of the last closed one. A closed account has no completeness
    (0 of 0) and no health.
    """

    budget: Amount
    wallet: Ratio
    white_space: Amount
    completeness: Rate
    health: Health


def profile(whole: Account, shown: Plan, portfolio: Portfolio, ruleset: Ruleset, window: Window, as_of: dt.date) -> Profile:
    """The profile of an account: money from the plan as it is shown, what the rules judge from the whole one."""
    day = rate_day(closed_year(portfolio, as_of), portfolio, as_of)
    return Profile(
        budget=_budget(shown, portfolio, as_of),
        wallet=wallet(shown, portfolio, as_of),
        white_space=white_space(shown, portfolio, as_of).at(rate(portfolio, shown.currency, day)),
        completeness=_completeness(whole, as_of),
        health=health(_parts(whole, shown, portfolio, ruleset, window, as_of), ruleset.health),
    )


def _budget(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Amount:
    year = fiscal_year(as_of, portfolio.fiscal_year_start)
    found = total(sale.budget.get(year) for sale in plan.sales)
    left_out = tuple(sale.product for sale in plan.sales if year not in sale.budget) if found is not None else ()
    return Amount(found, "" if found is not None else "budget", left_out).at(rate(portfolio, plan.currency, as_of))


def _completeness(whole: Account, as_of: dt.date) -> Rate:
    if whole.plan is None or whole.tier is None or whole.plan.closed:
        return Rate(0, 0)
    return completeness(whole.plan, whole.tier, as_of).rate


def _parts(whole: Account, shown: Plan, portfolio: Portfolio, ruleset: Ruleset, window: Window, as_of: dt.date) -> dict[str, Fraction | None]:
    """The parts of the health. What goals and feedback say is told only where the audience may read them."""
    found = dict(figures(whole, portfolio, ruleset, window, as_of))
    told = {"goals": goals_progress(shown.goals, as_of).value, "satisfaction": satisfaction(shown.feedback, as_of).value}
    return found | {name: value for name, value in told.items() if found.get(name) is not None}
