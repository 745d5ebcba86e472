"""`kamgen move`: a planned activity on another day."""

from __future__ import annotations

import click

from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.words import DATES, account_argument, activity_argument, activity_of, dates, dry_run_option, office_of, with_words
from kamgen.intent import Intended
from kamgen.intent.activity import moved


@click.command()
@account_argument
@activity_argument
@click.option("--to", "to", metavar="DATE", required=True, help=f"The new day, {DATES}.")
@click.option("--because", metavar="TEXT", callback=with_words, help="Why it is moved.")
@dry_run_option
def move(account: str, activity: str | None, to: str, because: str | None, dry_run: bool) -> int:
    """Move a planned activity to another day; the earlier one is kept under moved_from.

    ACTIVITY is its id or a part of its date, type, subject or people; without it, the one that is due, or the only one that is planned.
    """
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        return moved(desk.diary, activity_of(activity, desk, also_ahead=True), dates(to, here.today), because)

    return carry_out(here, path, decide, dry_run=dry_run)
