"""`kamgen plan`: one more planned activity."""

from __future__ import annotations

from typing import Any

import click

from kamgen.commands.completion import of_types
from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.words import DATES, account_argument, dates, dry_run_option, office_of, options_of_an_activity, said_of, type_of
from kamgen.intent import Intended
from kamgen.intent.activity import planned


@click.command()
@account_argument
@click.option("--type", "type", metavar="TYPE", required=True, shell_complete=of_types, help="What sort of activity it is, like status-meeting.")
@click.option("--date", "--on", "date", metavar="DATE", required=True, help=f"The day it is planned for, {DATES}.")
@options_of_an_activity
@click.option("--agenda", metavar="TEXT", help="What is to be talked about.")
@dry_run_option
def plan(account: str, type: str, date: str, dry_run: bool, **given: Any) -> int:
    """Plan an activity with a customer."""
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        day = dates(date, here.today)
        return planned(desk.diary, {**said_of(desk, day, given), "type": type_of(type, desk)})

    return carry_out(here, path, decide, dry_run=dry_run)
