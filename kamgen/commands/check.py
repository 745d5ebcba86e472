"""`kamgen check`: the plans against the rules of their tiers."""

from __future__ import annotations

import os
from pathlib import Path

import click

import kamgen.reports  # noqa: F401  (importing it registers the reports)
from kamgen.baseline import Baseline, NotABaselineError, marked, mended, parse, pruned, renewed, written
from kamgen.clock import NotADateError, as_of
from kamgen.commands.answer import form_option
from kamgen.commands.place import Misuse, only, root
from kamgen.folder import paths as known_paths
from kamgen.frozen import with_values
from kamgen.message import say
from kamgen.report import REPORTS, Verdict
from kamgen.workspace import judge, read


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--as-of", "date", metavar="DATE", help="Judge as of this date, like 2026-05-20 or +30d; default: today.")
@form_option(sorted(REPORTS))
@click.option("--baseline", metavar="FILE", help="What is in this file is known and does not fail.")
@click.option("--write-baseline", metavar="FILE", help="Write what is found to this file: from now on it is known.")
def check(paths: tuple[str, ...], date: str | None, form: str, baseline: str | None, write_baseline: str | None) -> None:
    """Check the account plans, and fail if one breaks a rule.

    Without PATH all plans are checked; with PATH only these, by the rules that look at one plan.

    A baseline lets a company begin: what is wrong today is known, and only what is new fails. With --write-baseline alone all
    that is found becomes known; together with --baseline what is mended is taken out, and nothing new comes in.
    """
    verdict = verdict_on(paths, date)
    if baseline or write_baseline:
        verdict = beside(verdict, baseline, write_baseline, paths)
    told = REPORTS[form](verdict)
    click.echo(told, nl=told != "")
    raise SystemExit(1 if verdict.failed else 0)


def verdict_on(paths: tuple[str, ...], date: str | None) -> Verdict:
    """The verdict on the plans that `paths` mean. Raises Misuse for a path or a date that is none."""
    folder = root()
    plans = known_paths(folder)
    meant = only(folder, paths, plans)
    reading = read(folder, meant if paths else None)
    try:
        day = as_of(date, reading.portfolio)
    except NotADateError as error:
        raise Misuse(str(error)) from None
    return Verdict(judge(reading, day.date), day, len(plans), bool(paths))


def beside(verdict: Verdict, baseline: str | None, write_baseline: str | None, paths: tuple[str, ...]) -> Verdict:
    """The verdict with what is known from a baseline, which is written where that is asked for, and only there.

    A file that is written over must be a baseline itself; a plan is never lost to a mistyped name. With PATH nothing is called
    mended, for the rest was not looked at.
    """
    if write_baseline and paths:
        raise Misuse(say("baseline.paths", paths=" ".join(paths)))
    known = _read(baseline) if baseline else {}
    if write_baseline:
        earlier = _read(write_baseline) if Path(write_baseline).exists() else {}
        known = pruned(known, verdict.diagnostics) if baseline else renewed(earlier, verdict.diagnostics)
        _write(write_baseline, written(known))
        click.echo(say("baseline.written", n=len(known), path=write_baseline), err=True)
    gone = {} if paths else mended(known, verdict.diagnostics)
    workspace = with_values(verdict.workspace, diagnostics=marked(verdict.diagnostics, known))
    return with_values(verdict, workspace=workspace, baseline=write_baseline or baseline or "", mended=len(gone))


def _write(path: str, text: str) -> None:
    """Writes a baseline whole or not at all: a disk that is full leaves the one that was reviewed."""
    file = Path(path).resolve()
    if not file.parent.is_dir():
        raise Misuse(say("baseline.no-folder", path=path, folder=str(Path(path).parent)))
    beginning = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        beginning.write_text(text, encoding="utf-8", newline="\n")
        beginning.replace(file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    finally:
        beginning.unlink(missing_ok=True)


def _read(path: str) -> Baseline:
    try:
        return parse(Path(path).read_text(encoding="utf-8-sig"))
    except NotABaselineError as error:
        raise Misuse(say("baseline.line", path=path, line=error.args[0])) from None
    except FileNotFoundError:
        raise Misuse(say("baseline.missing", path=path)) from None
    except (UnicodeDecodeError, IsADirectoryError, NotADirectoryError):
        raise Misuse(say("baseline.not-one", path=path)) from None
