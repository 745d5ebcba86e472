"""The report for GitLab: the code quality widget of a merge request, an `artifacts: reports: codequality` file."""

from __future__ import annotations

import json
from typing import Any, Final

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.report import Verdict, printable, report

GRAVITY: Final = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


@report("gitlab")
def gitlab(verdict: Verdict) -> str:
    """A list of issues. GitLab compares it by fingerprint with that of the target branch, and shows what is new and what is mended."""
    return json.dumps([_issue(diagnostic) for diagnostic in verdict.diagnostics], ensure_ascii=False, indent=2)


def _issue(diagnostic: Diagnostic) -> dict[str, Any]:
    """`description`, `check_name`, `fingerprint`, `severity`, `location.path`, `location.lines.begin`."""
    return {
        "description": printable(f"{diagnostic.code}: {diagnostic.message}"),
        "check_name": diagnostic.rule,
        "fingerprint": diagnostic.fingerprint,
        "severity": GRAVITY[diagnostic.severity],
        "location": {"path": diagnostic.path, "lines": {"begin": diagnostic.line}},
    }
