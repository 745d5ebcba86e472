"""`kamgen serve`: the site in a browser, refreshed when a plan is saved."""

from __future__ import annotations

import click

from kamgen.commands.place import Misuse, root
from kamgen.publish import CannotBuildError
from kamgen.publish import serve as serve_site


@click.command()
@click.option("--as-of", "date", metavar="DATE", help="Judge as of this date, like 2026-05-20 or +30d; default: today.")
@click.option("--address", metavar="HOST:PORT", help="Where to listen; default: 127.0.0.1:8000.")
@click.option("--open", "open_in_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--no-cache", is_flag=True, help="Make every page anew each time, and keep none in .kamgen/cache/.")
def serve(date: str | None, address: str | None, open_in_browser: bool, no_cache: bool) -> None:
    """Show the site in a browser, and refresh it when a plan is saved."""
    try:
        serve_site(root(), date, address, open_in_browser=open_in_browser, forgets=no_cache)
    except CannotBuildError as error:
        raise Misuse(str(error)) from None
