"""The report as Markdown, for the summary of a CI job: `kamgen check --format markdown >> "$GITHUB_STEP_SUMMARY"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.message import say
from kamgen.report import Verdict, printable, report

LONGEST: Final = 100
"""Rows of a table: nobody reads on, and GitHub takes no summary over 1 MiB."""
MARKS: Final = re.compile(r"[$&*<>\[\\\]_`|~]")
"""What means something to Markdown inside of a line."""
LINKED: Final = re.compile(r"(?<=[@#])(?=\w)|(?<=:)(?=//|\w+:)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)", re.IGNORECASE)
"""Where code hosts find people, issues, links and pictures in plain text, after Markdown is read."""


@report("markdown")
def markdown(verdict: Verdict) -> str:
    """The summary, then a table of the errors and one of the warnings that are not known; notes are only counted."""
    language = verdict.workspace.ground.language
    told = [say("markdown.title", language=language), escaped(verdict.summary)]
    for severity in (Severity.ERROR, Severity.WARNING):
        found = [one for one in verdict.news if one.severity is severity]
        if found:
            told += [f"### {say(f'summary.{severity.word}', language=language, n=len(found))}", "\n".join(_table(found, verdict))]
            told += [say("markdown.more", language=language, n=len(found) - LONGEST)] if len(found) > LONGEST else []
    return "\n\n".join(told)


def _table(found: list[Diagnostic], verdict: Verdict) -> Iterator[str]:
    language = verdict.workspace.ground.language
    heads = [say(f"markdown.{word}", language=language) for word in ("place", "owner", "problem", "help")]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for one in found[:LONGEST]:
        owner = verdict.workspace.portfolio.person_name(one.owner)
        yield _row([escaped(text) for text in (f"{one.path}:{one.line}", owner, f"{one.message} ({one.code} {one.rule})", one.help)])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Text that stays text in Markdown, in a table too: no mark-up, no HTML, no mention, no link."""
    pieces = LINKED.split(printable(text))
    return "<!-- -->".join(MARKS.sub(lambda match: f"&#{ord(match[0])};", piece) for piece in pieces)
