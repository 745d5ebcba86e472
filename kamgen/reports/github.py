"""The report for GitHub: workflow commands that stand beside the line in a pull request."""

from __future__ import annotations

from typing import Final

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.report import Verdict, printable, report

WORDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@report("github")
def github(verdict: Verdict) -> str:
    """What is not known from a baseline, the gravest first, for GitHub shows ten of each severity; then the summary as plain text."""
    return "\n".join([*map(command, verdict.gravest_first), verdict.summary])


def command(diagnostic: Diagnostic) -> str:
    """`::error file=plans/acme.md,line=41,col=1,title=KAM201 no-next-activity::...`."""
    place = f"file={_property(diagnostic.path)},line={diagnostic.line},col={diagnostic.column}"
    title = _property(f"{diagnostic.code} {diagnostic.rule}")
    text = f"{printable(diagnostic.message)}\n{printable(diagnostic.help)}" if diagnostic.help else printable(diagnostic.message)
    return f"::{WORDS[diagnostic.severity]} {place},title={title}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
