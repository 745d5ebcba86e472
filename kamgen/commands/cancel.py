"""`kamgen cancel`: a planned activity that will not be."""

from __future__ import annotations

import click

from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.words import account_argument, activity_argument, activity_of, dry_run_option, office_of, with_words
from kamgen.intent import Intended
from kamgen.intent.activity import cancelled


@click.command()
@account_argument
@activity_argument
@click.option("--because", metavar="TEXT", callback=with_words, help="Why.")
@click.option("--not-held", is_flag=True, help="Nobody called it off, and it did not take place.")
@dry_run_option
def cancel(account: str, activity: str | None, because: str | None, not_held: bool, dry_run: bool) -> int:
    """Call off a planned activity.

    ACTIVITY is its id or a part of its date, type, subject or people; without it, the one that is due. A customer who does not
    answer is no reason to call off: move it.
    """
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        return cancelled(desk.diary, activity_of(activity, desk), because, not_held=not_held)

    return carry_out(here, path, decide, dry_run=dry_run)
