"""What a report is: the verdict of a check as text for one reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamgen.alphabet import FORBIDDEN
from kamgen.clock import AsOf
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.frozen import Frozen
from kamgen.message import say
from kamgen.workspace import Workspace


class Verdict(Frozen):
    """What a check found, and what it was asked: as of when, and whether only some plans were read.

    `plans` is the number of plans in the portfolio; with `partial` the rules of the whole portfolio were not run.
    """

    workspace: Workspace
    as_of: AsOf
    plans: int
    partial: bool

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every diagnostic, by file and place."""
        return self.workspace.diagnostics

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return self.workspace.count(Severity.ERROR) > 0

    @property
    def summary(self) -> str:
        """One line: accounts, errors, warnings, the date and its origin."""
        language = self.workspace.ground.language
        waived = sum(1 for found in self.diagnostics if found.waived)
        counts = {severity.word: self.workspace.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)}
        counts |= {"info": counts["info"] - waived, **({"waived": waived} if waived else {})}
        parts = [
            say("summary.accounts-of" if self.partial else "summary.accounts", language=language, n=len(self.workspace.accounts), plans=self.plans),
            *(say(f"summary.{word}", language=language, n=count) for word, count in counts.items()),
        ]
        line = say("summary", language=language, parts=tuple(parts), as_of=self.as_of.date, origin=self.as_of.words)
        return f"{line}; {say('summary.partial', language=language)}" if self.partial else line


Report = Callable[[Verdict], str]
REPORTS: Final[dict[str, Report]] = {}
"""Every report by the name of its `--format`; filled when `kamgen.reports` is imported."""


def report(name: str) -> Callable[[Report], Report]:
    """Registers a function that puts a verdict into a format. Its text ends without a line break."""

    def register(render: Report) -> Report:
        REPORTS[name] = render
        return render

    return register


def printable(text: str) -> str:
    """Text for a terminal or a log: one line, and nothing in it can move the cursor or change the direction."""
    return FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", " ".join(text.splitlines()) if "\n" in text or "\r" in text else text)
