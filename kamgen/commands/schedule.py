"""`kamgen schedule`: the year ahead, as the tier asks for it."""

from __future__ import annotations

import datetime as dt

import click

from kamgen.cadence import standing, window_of
from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.place import Misuse
from kamgen.commands.words import account_argument, dry_run_option, office_of
from kamgen.intent import Intended, refuse
from kamgen.intent.schedule import scheduled
from kamgen.message import say


@click.command()
@account_argument
@click.option("--year", type=click.IntRange(1900, 2199), help="The year, named by the year it ends in; default: the running one.")
@dry_run_option
def schedule(account: str, year: int | None, dry_run: bool) -> int:
    """Plan a year's activities: what the tier still asks for, spread over the months, on working days, one a day.

    It is a skeleton to move about in: kamgen move, retype and cancel change it.
    """
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        day = _day_of(desk, year)
        proposer = desk.proposer(day)
        if proposer is None:
            raise refuse("refuse.no-tier", tier=desk.plan.tier)
        if not desk.plan.closed and not standing(desk.plan, day).cadence:
            raise refuse("refuse.no-cadence", status=desk.plan.status)
        window = window_of(here.ruleset, here.portfolio.fiscal_year_start, day)
        return scheduled(desk.diary, proposer, window)

    return carry_out(here, path, decide, dry_run=dry_run, thorough=True)


def _day_of(desk: Desk, year: int | None) -> dt.date:
    """The day on which a year is looked at: its first, or today in the running one. Raises Misuse for a year that is over."""
    today, here = desk.office.today, desk.office
    if year is None:
        return today
    month = here.portfolio.fiscal_year_start if here.ruleset.window == "fiscal-year" else 1
    first = dt.date(year if month == 1 else year - 1, month, 1)
    window = window_of(here.ruleset, here.portfolio.fiscal_year_start, first)
    if window.end < today:
        raise Misuse(say("schedule.over", year=year))
    return max(first, today)
