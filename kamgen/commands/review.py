"""`kamgen review`: the plan was revised (001)."""

from __future__ import annotations

import click

from kamgen.commands import pick
from kamgen.commands.completion import of_us
from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.words import DATES, account_argument, dates, dry_run_option, office_of, with_words
from kamgen.intent import Intended
from kamgen.intent.review import reviewed


@click.command()
@account_argument
@click.option("--outcome", metavar="TEXT", required=True, callback=with_words, help="What was decided.")
@click.option("--date", metavar="DATE", default="today", show_default=True, help=f"The day of the review, {DATES}.")
@click.option("--by", metavar="PERSON", shell_complete=of_us, help="Who led it; default: the owner of the account.")
@click.option("--with", "people", metavar="PERSON", multiple=True, shell_complete=of_us, help="Who of us took part; may be repeated.")
@click.option("--learned", metavar="TEXT", help="What we learned since the last one.")
@click.option("--changes", metavar="TEXT", help="What was changed in the plan, and why.")
@dry_run_option
def review(
    account: str, outcome: str, date: str, by: str | None, people: tuple[str, ...], learned: str | None, changes: str | None, dry_run: bool
) -> int:
    """Record that the plan was reviewed."""
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        ours = [pick.person(here.portfolio, word).id for word in people]
        leader = pick.person(here.portfolio, by).id if by else None
        said = {"by": leader, "with": ours, "outcome": outcome, "learned": learned, "changes": changes}
        given = {name: value for name, value in said.items() if value and (name == "with" or str(value).strip())}
        return reviewed(desk.diary, {**given, "date": dates(date, here.today, back=True)})

    return carry_out(here, path, decide, dry_run=dry_run, thorough=True)
