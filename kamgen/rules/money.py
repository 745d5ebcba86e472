"""Family 5, money: shares that cannot be, budgets that are not there, revenue that falls."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.diagnostic import Finding
from kamgen.figures.money import closed_year, elapsed_share, fiscal_year, revenue, year_end
from kamgen.model.commerce import Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio, ReviewWindow
from kamgen.rule import Yield, rule
from kamgen.rules.goals import paste_action

NOTHING: Final = Decimal(0)


@rule("KAM509", variants=("ours", "competitors"))
def shares_over_one(plan: Plan, portfolio: Portfolio, as_of: dt.date, *, percent: int = 1) -> Yield:
    """Our share and the competitors' come to more than the customer spends.

    Why: our share and what is left of it belong in every plan (003); when they come to more than the whole, one of the numbers is wrong,
    and every figure that is made of them. `percent` is what rounding may add.

    Help: mend `spend:`, `actual:` or `competitor_shares:`.
    """
    if not plan.sales:
        return
    year = closed_year(portfolio, as_of)
    for index, sale in enumerate(plan.sales):
        theirs = sum(sale.competitor_shares.values(), NOTHING)
        actual, spend = sale.actual.get(year, NOTHING), sale.spend
        if theirs > 1:
            yield _too_much(portfolio, sale, index, year, theirs, "competitors")
        elif spend and 100 * (actual + theirs * spend) > (100 + percent) * spend:
            yield _too_much(portfolio, sale, index, year, theirs, "" if theirs else "ours")


def _too_much(portfolio: Portfolio, sale: Sale, index: int, year: int, theirs: Decimal, variant: str) -> Finding:
    actual = sale.actual.get(year)
    values = {
        "product": _label(sale, portfolio),
        "year": year,
        "actual": actual,
        "spend": sale.spend,
        "ours": math.ceil(100 * Fraction(actual) / Fraction(sale.spend)) if actual and sale.spend else 0,
        "theirs": math.ceil(100 * theirs),
    }
    return Finding(("sales", index), values, variant=variant)


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
    days = (dt.date(year, window.due.month, window.due.day) for year in (as_of.year, as_of.year - 1, as_of.year - 2))
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
    A fall is more than `percent` of last year's pace. Products of which both years are given are compared. A product that was sold last
    year and has no figure this year, while others have one, is in no comparison: what is missing is never taken for 0. Where a fall hangs
    on such products, the finding says that their figures are missing. The first `after` days of a year tell nothing yet, and the books are
    taken to be `behind` days behind.

    Help: find out why, and plan an action; or say in the product's `note:` why it is no fall. Where a figure is missing, write it, 0 if
    nothing was sold.
    """
    if not plan.sales:
        return
    year = fiscal_year(as_of, portfolio.fiscal_year_start)
    now = revenue(plan, year)
    if now is None or (as_of - year_end(year - 1, portfolio.fiscal_year_start)).days <= after:
        return
    booked = max(as_of - dt.timedelta(days=behind), year_end(year - 1, portfolio.fiscal_year_start) + dt.timedelta(days=1))
    unsaid = [sale for sale in plan.sales if year not in sale.actual and sale.actual.get(year - 1, NOTHING) > 0]
    last = sum((sale.actual[year - 1] for sale in plan.sales if year in sale.actual and year - 1 in sale.actual), NOTHING)
    more = sum((sale.actual[year - 1] for sale in unsaid), NOTHING)
    gone = elapsed_share(portfolio, booked)
    about = {"year": year, "before": year - 1, "actual": now, "booked": booked, "currency": plan.currency or portfolio.currency}
    if _falls(now, last, gone, percent):
        pace = Fraction(last) * gone
        fall = math.floor((1 - Fraction(now) / pace) * 100)
        values = {"last": last, "pace": Decimal(round(pace)), "percent": fall, "paste": paste_action(plan, as_of)}
        yield Finding(("sales",), {**about, **values}, period=str(year))
    elif unsaid and _falls(now, last + more, gone, percent):
        products = tuple(_label(sale, portfolio) for sale in unsaid)
        yield Finding(("sales",), {**about, "products": products, "n": len(unsaid), "last": more}, "missing", period=str(year))


def _falls(now: Decimal, last: Decimal, gone: Fraction, percent: int) -> bool:
    """Whether the revenue of a year is more than `percent` below the pace of the last one."""
    return last > 0 and 100 * now * gone.denominator < (100 - percent) * last * gone.numerator


def _label(sale: Sale, portfolio: Portfolio) -> str:
    """What people call a product."""
    return next((product.label for product in portfolio.products if product.id == sale.product and product.label), sale.product)
