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
    `baseline` is the file that says what is known, empty without one; `mended` is how much of it was not found any more.
    """

    workspace: Workspace
    as_of: AsOf
    plans: int
    partial: bool
    baseline: str = ""
    mended: int = 0

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every diagnostic, by file and place."""
        return self.workspace.diagnostics

    @property
    def news(self) -> tuple[Diagnostic, ...]:
        """What is not known from a baseline: what reports for people tell; they only count the rest."""
        return tuple(found for found in self.diagnostics if not found.known)

    @property
    def gravest_first(self) -> tuple[Diagnostic, ...]:
        """The news by severity, and by file and place within one."""
        return tuple(sorted(self.news, key=lambda found: -found.severity))

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return self.workspace.count(Severity.ERROR) > 0

    @property
    def summary(self) -> str:
        """One line: accounts, errors, warnings, what may stand, the date and its origin."""
        language = self.workspace.ground.language
        parts = [
            say("summary.accounts-of" if self.partial else "summary.accounts", language=language, n=len(self.workspace.accounts), plans=self.plans),
            *(say(f"summary.{word}", language=language, n=count) for word, count in self._counts().items()),
        ]
        line = say("summary", language=language, parts=tuple(parts), as_of=self.as_of.date, origin=self.as_of.words)
        partial = [say("summary.partial", language=language)] if self.partial else []
        mended = [say("summary.mended", language=language, n=self.mended, path=printable(self.baseline))] if self.mended else []
        return "; ".join([line, *partial, *mended])

    def _counts(self) -> dict[str, int]:
        """How many there are of each severity, and of those that may stand where there are any."""
        waived = sum(1 for found in self.diagnostics if found.waived)
        known = sum(1 for found in self.diagnostics if found.known)
        counts = {severity.word: self.workspace.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)}
        counts["info"] -= waived + known
        return counts | {word: count for word, count in (("waived", waived), ("known", known)) if count}


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
    if text.isprintable():
        return text
    return FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", " ".join(text.splitlines()) if "\n" in text or "\r" in text else text)
