"""The report of one line a finding, for editors and for searching."""

from __future__ import annotations

from kamgen.report import Verdict, report
from kamgen.reports.text import line


@report("concise")
def concise(verdict: Verdict) -> str:
    """Every finding that is not known from a baseline without its help, a line each; then the summary."""
    return "\n".join([*map(line, verdict.news), verdict.summary])
