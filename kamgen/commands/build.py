"""`kamgen build`: check and site in one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kamgen.commands.place import Misuse, root
from kamgen.diagnostic import Severity
from kamgen.message import say
from kamgen.publish import CannotBuildError
from kamgen.publish import build as build_site
from kamgen.reports.text import lines


@click.command()
@click.option("--as-of", "date", metavar="DATE", help="Judge as of this date, like 2026-05-20 or +30d; default: today.")
@click.option("--site-dir", metavar="FOLDER", help="Where the site is written; default: `site_dir` of mkdocs.yml, else site/.")
@click.option("--no-cache", is_flag=True, help="Make every page anew, and keep none in .kamgen/cache/.")
def build(date: str | None, site_dir: str | None, no_cache: bool) -> None:
    """Check the plans and build the site.

    The site is written also when there are errors; then every page says so, and the command fails.
    """
    try:
        verdict, folder = build_site(root(), date, site_dir, forgets=no_cache)
    except CannotBuildError as error:
        raise Misuse(str(error)) from None
    for diagnostic in verdict.diagnostics:
        if diagnostic.severity is Severity.ERROR:
            click.echo(lines(diagnostic))
    click.echo(verdict.summary)
    if verdict.failed:
        click.echo(say("build.red", n=verdict.workspace.count(Severity.ERROR)))
    click.echo(say("build.done", folder=_near(folder)))
    raise SystemExit(1 if verdict.failed else 0)


def _near(folder: Path) -> str:
    """A folder as the user would type it: from here where it is below, else in full; with a slash at its end."""
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    return f"{shown}{os.sep}"
