"""Family 5, money: shares that cannot be, budgets that are not there, revenue that falls."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.day import in_year
from kamgen.diagnostic import Finding
from kamgen.figures.money import closed_year, elapsed_share, fiscal_year, revenue, year_end
from kamgen.model.commerce import Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio, ReviewWindow
from kamgen.rule import Yield, rule
from kamgen.rules.goals import paste_action

NOTHING: Final = Decimal(0)


@rule("KAM509", variants=("ours", "competitors", "all"))
def shares_over_one(plan: Plan, portfolio: Portfolio, as_of: dt.date, *, percent: int = 1) -> Yield:
    """Our share and the competitors' come to more than the customer spends.

    Why: our share and what is left of it belong in every plan (003); when they come to more than the whole, one of the numbers is wrong,
    and every figure that is made of them. `percent` is what rounding may add: competitors with 0.34, 0.33 and 0.34 are 101 %, which 1 allows.
    Who spends nothing buys nothing of us either; and where the competitors have all of a spend that nobody has written, nothing is left for us.

    Help: mend `spend:`, `actual:` or `competitor_shares:`.
    """
    if not plan.sales:
        return
    year = closed_year(portfolio, as_of)
    for index, sale in enumerate(plan.sales):
        theirs = sum(sale.competitor_shares.values(), NOTHING)
        actual, spend = sale.actual.get(year, NOTHING), sale.spend
        if 100 * theirs > 100 + percent:
            yield _too_much(portfolio, sale, index, year, theirs, "competitors")
        elif spend is not None and 100 * (actual + theirs * spend) > (100 + percent) * spend:
            yield _too_much(portfolio, sale, index, year, theirs, "" if theirs and spend else "ours")
        elif spend is None and theirs >= 1 and actual > 0:
            yield _too_much(portfolio, sale, index, year, theirs, "all")


def _too_much(portfolio: Portfolio, sale: Sale, index: int, year: int, theirs: Decimal, variant: str) -> Finding:
    actual = sale.actual.get(year)
    values = {
        "product": _label(sale, portfolio),
        "year": year,
        "actual": actual,
        "spend": sale.spend,
        "ours": _percent(Fraction(actual) / Fraction(sale.spend)) if actual and sale.spend else 0,
        "theirs": _percent(Fraction(theirs)),
    }
    return Finding(("sales", index), values, variant=variant)


def _percent(share: Fraction) -> Decimal:
    """A share in percent as people write it, with two decimals at most: 46.01 of 100 is 46.01, 46 of 100 is 46."""
    hundredths = round(share * 10000)
    return Decimal(hundredths // 100) if hundredths % 100 == 0 else Decimal(hundredths) / 100


@rule("KAM510")
def no_budget(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> Yield:
    """The budget work is over, and the account has no budget for the year that it was about.

    Why: the plan is revised before next year's budget work, and holds the budget and the sales plan per product (001).
    Accounts without revenue, and those that came after the budget work, are not asked.

    Help: write the year under `budget:` of each product.
    """
    passed = _budget_day(portfolio, as_of) if plan.sales else None
    if passed is None or plan.status == "prospect" or (plan.since is not None and plan.since > passed):
        return
    year = fiscal_year(passed, portfolio.fiscal_year_start) + 1
    if any(year in sale.budget for sale in plan.sales) or all(revenue(plan, sold) is None for sold in (year - 2, year - 1, year)):
        return
    sold = next(sale for sale in plan.sales if sale.actual)
    yield Finding(("sales",), {"year": year, "passed": passed, "product": sold.product}, period=str(year))


def _budget_day(portfolio: Portfolio, as_of: dt.date) -> dt.date | None:
    """The day of the latest budget work that is over, its days of grace included."""
    window = _budget_window(portfolio)
    if window is None:
        return None
    days = (in_year(year, window.due.month, window.due.day) for year in (as_of.year, as_of.year - 1, as_of.year - 2))
    return next((day for day in days if day + dt.timedelta(days=window.grace) < as_of), None)


def _budget_window(portfolio: Portfolio) -> ReviewWindow | None:
    """The review window called `budget`; where none is, the latest in the fiscal year, which lies before the next one's budget."""
    named = (window for window in portfolio.review_windows if "budget" in window.name.casefold())
    first = portfolio.fiscal_year_start
    return next(named, None) or max(portfolio.review_windows, key=lambda window: ((window.due.month - first) % 12, window.due.day), default=None)


@rule("KAM522", variants=("missing",), gate=True)
def revenue_falling(plan: Plan, portfolio: Portfolio, as_of: dt.date, *, percent: int = 20, after: int = 90, behind: int = 30) -> Yield:
    """The customer buys less than at last year's pace.

    Why: the figures of each year stand side by side in the plan, and a fall is seen while something can be done (003).
    A fall is more than `percent` of last year's pace, all products together. The account's revenue to date is the sum of what is given for
    this year, as soon as one product has a figure of it; without any there is no figure, and no fall. With 9,000 and 1,000 last year, and 230
    for the second product alone by 6 April (96 of 365 days), 230 stand against a pace of 2,630, which is 91 % less. A product that was
    sold last year and has no figure this year is not taken for one that nobody bought: the finding names it and asks for the figure. The
    first `after` days of a year tell nothing yet, and the books are taken to be `behind` days behind.

    Help: write the figures that are missing, 0 where nothing was sold; find out why revenue falls, and plan what wins it back. An action
    does not end the finding: the pace does, or a waiver where the fall is accepted.
    """
    if not plan.sales:
        return
    year = fiscal_year(as_of, portfolio.fiscal_year_start)
    before = year_end(year - 1, portfolio.fiscal_year_start)
    now, last = revenue(plan, year), revenue(plan, year - 1)
    if now is None or last is None or (as_of - before).days <= after:
        return
    booked = max(as_of - dt.timedelta(days=behind), before + dt.timedelta(days=1))
    pace = Fraction(last) * elapsed_share(portfolio, booked)
    if pace > 0 and 100 * Fraction(now) < (100 - percent) * pace:
        fall = math.floor((1 - Fraction(now) / pace) * 100)
        about = {"year": year, "before": year - 1, "actual": now, "last": last, "pace": Decimal(round(pace)), "booked": booked, "percent": fall}
        currency = plan.currency or portfolio.currency
        unsaid = _unsaid(plan, portfolio, year)
        values = {**about, "currency": currency, "n": len(unsaid), "products": unsaid, "paste": paste_action(plan, as_of)}
        yield Finding(("sales",), values, "missing" if unsaid else "", period=str(year))


def _unsaid(plan: Plan, portfolio: Portfolio, year: int) -> tuple[str, ...]:
    """The products that were sold the year before and have no figure of this one."""
    return tuple(_label(sale, portfolio) for sale in plan.sales if year not in sale.actual and sale.actual.get(year - 1, NOTHING) > 0)


def _label(sale: Sale, portfolio: Portfolio) -> str:
    """What people call a product."""
    return next((product.label for product in portfolio.products if product.id == sale.product and product.label), sale.product)
