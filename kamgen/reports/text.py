"""The report for people: two lines a finding, where and what, then how to mend it."""

from __future__ import annotations

from typing import Final

import click

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.report import Verdict, printable, report

COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
"""Colours of a terminal; click takes them out where there is none."""


@report("text")
def text(verdict: Verdict) -> str:
    """Every finding that is not known from a baseline, a blank line, the summary."""
    found = [lines(diagnostic) for diagnostic in verdict.news]
    return "\n".join([*found, *([""] if found else []), verdict.summary])


def lines(diagnostic: Diagnostic) -> str:
    """The finding, and the help below it."""
    told = line(diagnostic)
    return f"{told}\n  help: {printable(diagnostic.help)}" if diagnostic.help else told


def line(diagnostic: Diagnostic) -> str:
    """`plans/acme.md:41:1: error[KAM201] ... (no-next-activity)`, with ` (waived)` where a waiver excuses it."""
    place = f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}:"
    word = click.style(f"{diagnostic.severity.word}[{diagnostic.code}]", fg=COLOURS[diagnostic.severity], bold=True)
    waived = " (waived)" if diagnostic.waived else ""
    return f"{printable(place)} {word} {printable(diagnostic.message)} ({diagnostic.rule}){waived}"
