"""`kamgen check`: the plans against the rules of their tiers."""

from __future__ import annotations

import click

import kamgen.reports  # noqa: F401  (importing it registers the reports)
from kamgen.clock import NotADateError, as_of
from kamgen.commands.place import Misuse, only, root
from kamgen.folder import survey
from kamgen.report import REPORTS, Verdict
from kamgen.workspace import load, read_portfolio_file


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--as-of", "date", metavar="DATE", help="Judge as of this date, like 2026-05-20 or +30d; default: today.")
@click.option("--format", "form", type=click.Choice(sorted(REPORTS)), default="text", show_default=True, help="Who reads the result.")
def check(paths: tuple[str, ...], date: str | None, form: str) -> None:
    """Check the account plans, and fail if one breaks a rule.

    Without PATH all plans are checked; with PATH only these, by the rules that look at one plan.
    """
    verdict = judge(paths, date)
    click.echo(REPORTS[form](verdict))
    raise SystemExit(1 if verdict.failed else 0)


def judge(paths: tuple[str, ...], date: str | None) -> Verdict:
    """The verdict on the plans that `paths` mean. Raises Misuse for a path or a date that is none."""
    folder = root()
    _, portfolio, _ = read_portfolio_file(folder)
    try:
        day = as_of(date, portfolio)
    except NotADateError as error:
        raise Misuse(str(error)) from None
    plans = tuple(file.path for file in survey(folder))
    meant = only(folder, paths, plans)
    return Verdict(load(folder, day.date, only=meant if paths else None), day, len(plans), bool(paths))
