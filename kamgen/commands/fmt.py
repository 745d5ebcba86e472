"""`kamgen fmt`: plans in the usual order and style, for those who want it; comments stay."""

from __future__ import annotations

import click

from kamgen import store
from kamgen.commands import pick
from kamgen.commands.desk import difference
from kamgen.commands.office import line_of
from kamgen.commands.place import root
from kamgen.commands.words import of_accounts
from kamgen.document import read_file
from kamgen.edit import CannotEditError
from kamgen.folder import survey
from kamgen.message import say
from kamgen.style import canonical


@click.command()
@click.argument("accounts", metavar="[ACCOUNT]...", nargs=-1, shell_complete=of_accounts)
@click.option("--check", is_flag=True, help="Write nothing; fail if a plan is written otherwise.")
@click.option("--dry-run", is_flag=True, help="Show the difference, and write nothing.")
def fmt(accounts: tuple[str, ...], check: bool, dry_run: bool) -> int:
    """Put plans into the usual order and style; every comment and every word stays.

    Without ACCOUNT all plans. A plan that cannot be read is told and left as it is.
    """
    folder = root()
    paths = [pick.account(folder, words) for words in accounts] or [file.path for file in survey(folder) if file.readable]
    changed = failed = 0
    for path in dict.fromkeys(paths):
        try:
            old = read_file(folder, path)
            new = canonical(old)
            if new != old and not (check or dry_run):
                store.change(folder, path, canonical)
        except CannotEditError as error:
            failed += 1
            click.echo(line_of(f"{path}: {error}"), err=True)
            continue
        if new != old:
            changed += 1
            click.echo(difference(path, old, new) if dry_run else say("fmt.would" if check else "fmt.did", path=path), nl=not dry_run)
    click.echo(say("fmt.check" if check or dry_run else "fmt.done", n=changed), err=True)
    return 1 if failed or (check and changed) else 0
