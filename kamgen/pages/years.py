"""Years: what an account comes to in a fiscal year, told once for all pages."""

from __future__ import annotations

from kamgen.figures.finance import Progress, Result, progress, result, told_years
from kamgen.figures.outlook import Outlook
from kamgen.site import Site


def progress_in(site: Site, outlook: Outlook, year: int) -> Progress:
    """Revenue and budget of an account in a fiscal year, as its plan is shown."""
    return site.known(f"progress {year}", outlook, lambda one: progress(one.plan, year, site.portfolio, site.as_of))


def result_in(site: Site, outlook: Outlook, year: int) -> Result:
    """What a fiscal year of an account came to, as its plan is shown."""
    return site.known(f"result {year}", outlook, lambda one: result(one.plan, year, site.portfolio, site.as_of))


def years_told(site: Site) -> tuple[int, ...]:
    """Every fiscal year that the open accounts, or the portfolio's own budget, tell of; sorted."""
    plans = (outlook.plan for outlook in site.outlooks if outlook.open)
    return site.once("years", lambda: told_years(plans, site.portfolio, site.as_of))
