"""`kamgen fmt`: plans in the usual order and style, for those who want it; comments stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kamgen import store
from kamgen.commands import answer, pick
from kamgen.commands.completion import of_accounts
from kamgen.commands.desk import difference
from kamgen.commands.office import line_of
from kamgen.commands.place import root
from kamgen.commands.words import dry_run_option
from kamgen.document import read_file
from kamgen.edit import CannotEditError
from kamgen.folder import survey
from kamgen.frozen import Frozen
from kamgen.message import say
from kamgen.parse import stem
from kamgen.style import canonical


@click.command()
@click.argument("accounts", metavar="[ACCOUNT]...", nargs=-1, shell_complete=of_accounts)
@click.option("--check", is_flag=True, help="Write nothing; fail if a plan is written otherwise.")
@dry_run_option
def fmt(accounts: tuple[str, ...], check: bool, dry_run: bool) -> int:
    """Put plans into the usual order and style; every comment and every word stays.

    Without ACCOUNT all plans. A plan that cannot be read is told and left as it is.
    """
    folder = root()
    paths = [pick.account(folder, words) for words in accounts] or [file.path for file in survey(folder) if file.readable]
    found = [_put_in_order(folder, path, write=not (check or dry_run)) for path in dict.fromkeys(paths)]
    if answer.in_json():
        answer.tell(_as_object(found, shown=dry_run))
    else:
        _tell(found, check=check, dry_run=dry_run)
    return 1 if any(one.error or (check and one.changed) for one in found) else 0


class Order(Frozen):
    """A plan before and after; `error` says why it is left as it is."""

    path: str
    old: bytes
    new: bytes
    error: str = ""

    @property
    def changed(self) -> bool:
        """Whether it was written otherwise."""
        return self.new != self.old

    @property
    def difference(self) -> str:
        """The two texts as `diff -u` shows them."""
        return difference(self.path, self.old, self.new)


def _put_in_order(folder: Path, path: str, *, write: bool) -> Order:
    old = read_file(folder, path)
    try:
        new = canonical(old)
        if new != old and write:
            store.change(folder, path, canonical)
    except CannotEditError as error:
        return Order(path, old, old, line_of(f"{path}: {error}"))
    return Order(path, old, new)


def _tell(found: list[Order], *, check: bool, dry_run: bool) -> None:
    for one in found:
        if one.error:
            click.echo(one.error, err=True)
        elif one.changed:
            click.echo(one.difference if dry_run else say("fmt.would" if check else "fmt.did", path=one.path), nl=not dry_run)
    click.echo(say("fmt.check" if check or dry_run else "fmt.done", n=sum(one.changed for one in found)), err=True)


def _as_object(found: list[Order], *, shown: bool) -> dict[str, Any]:
    """Every plan that is, or would be, written otherwise, and every one that is left because it cannot be read."""
    told = [
        {"account": stem(one.path), "path": one.path, "changed": one.changed, "error": one.error or None, "diff": one.difference if shown else None}
        for one in found
        if one.changed or one.error
    ]
    return {"changed": any(one.changed for one in found), "plans": told}
