"""`kamgen held`: a planned activity took place."""

from __future__ import annotations

from typing import Any

import click

from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.words import (
    DATES,
    account_argument,
    activity_argument,
    activity_of,
    dates,
    dry_run_option,
    office_of,
    options_of_an_activity,
    said_of,
)
from kamgen.intent import Intended
from kamgen.intent.activity import due
from kamgen.intent.activity import held as was_held


@click.command()
@account_argument
@activity_argument
@click.option("--date", metavar="DATE", help=f"The day it was held, {DATES}; default: the day it was planned for, unless that lies ahead.")
@options_of_an_activity
@click.option("--note", metavar="TEXT", help="What was said: concrete, something to act on.")
@click.option("--result", metavar="TEXT", help="What came of it.")
@click.option("--next-step", "next_step", metavar="TEXT", help="What happens next, and who does it.")
@dry_run_option
def held(account: str, activity: str | None, date: str | None, dry_run: bool, **given: Any) -> int:
    """Settle a planned activity that took place.

    ACTIVITY is its id or a part of its date, type, subject or people; without it, the one that is due.
    """
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        index = activity_of(activity, desk)
        day = dates(date, here.today, back=True) if date else due(desk.diary, index).date
        return was_held(desk.diary, index, said_of(desk, day, given))

    return carry_out(here, path, decide, dry_run=dry_run)
