"""`kamgen retype`: an activity of another type."""

from __future__ import annotations

import click

from kamgen.commands.completion import of_types
from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.words import account_argument, activity_argument, activity_of, dry_run_option, office_of, type_of
from kamgen.intent import Intended
from kamgen.intent.activity import retyped


@click.command()
@account_argument
@activity_argument
@click.option("--type", "type", metavar="TYPE", required=True, shell_complete=of_types, help="What sort of activity it is, like status-meeting.")
@dry_run_option
def retype(account: str, activity: str | None, type: str, dry_run: bool) -> int:
    """Change the type of an activity.

    ACTIVITY is its id or a part of its date, type, subject or people; without it, the one that is due. Planned ones come first;
    where none fits, one that was held is meant.
    """
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        return retyped(desk.diary, activity_of(activity, desk, also_held=True), type_of(type, desk))

    return carry_out(here, path, decide, dry_run=dry_run, thorough=True)
