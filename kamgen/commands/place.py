"""Where a command works: the folder that holds `plans/`, and the plans that its arguments mean."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from kamgen.commands.answer import Candidate
from kamgen.folder import HANDBOOK, PLANS, PORTFOLIO
from kamgen.message import say
from kamgen.parse import stem
from kamgen.store import NotWrittenError


class Misuse(click.ClickException):
    """The command was asked for something that does not exist; a sentence says what, `candidates` what may have been meant."""

    exit_code = 2

    def __init__(self, message: str, candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


def root() -> Path:
    """The nearest folder, from here upwards, that holds `plans/`. Raises Misuse where there is none."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / PLANS).is_dir():
            return folder
    raise Misuse(say("no-plans"))


def of_machine(error: OSError) -> str:
    """What the machine refused, with the file as people call it: from the folder that holds the plans."""
    path, reason = error.filename2 or error.filename, error.strerror or str(error)
    if not path:
        return reason
    with suppress(Misuse, ValueError):
        path = Path(path).relative_to(root()).as_posix()
    return say(_refusal(error), path=path, reason=reason)


def _refusal(error: OSError) -> str:
    """The sentence for what the machine refused; a disk without write access is told before a denied file, for it is the cause.

    What the store refused has its own sentence, about the plan.
    """
    if isinstance(error, NotWrittenError):
        return "machine"
    if error.errno == errno.EROFS:
        return "machine.read-only"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "machine.in-the-way"
    return "machine.denied" if isinstance(error, PermissionError) else "machine"


def only(folder: Path, paths: tuple[str, ...], plans: tuple[str, ...]) -> tuple[str, ...]:
    """The plans that `paths` mean: files, or folders with plans in them.

    The portfolio file, which is always checked, and pages of the handbook are passed over, so that a hook may name every
    changed file; anything else is Misuse.
    """
    meant: list[str] = []
    for path in paths:
        name = _below(folder, path)
        inside = [plan for plan in plans if plan == name or plan.startswith(f"{name}/")]
        if not inside and not (name == PORTFOLIO or name.startswith(f"{HANDBOOK}/")):
            raise _unknown(path, plans, exists=(folder / name).exists())
        meant += inside
    return tuple(dict.fromkeys(meant))


def _below(folder: Path, path: str) -> str:
    """A path as plans are called: relative to the folder, with `/`. Not resolved, for a link is a finding of its own."""
    whole = Path(path) if Path(path).is_absolute() else Path.cwd() / path
    try:
        return whole.relative_to(folder).as_posix()
    except ValueError:
        return path


def _unknown(path: str, plans: tuple[str, ...], *, exists: bool) -> Misuse:
    import difflib  # noqa: PLC0415  (only a mistake needs it)

    if exists:
        return Misuse(say("not-a-path", path=path))
    by_id = {stem(plan): plan for plan in plans}
    near = difflib.get_close_matches(stem(path), by_id, n=1)
    words = say("no-such-path.near", path=path, near=by_id[near[0]]) if near else say("no-such-path", path=path)
    return Misuse(words, [(by_id[account], account) for account in near])
