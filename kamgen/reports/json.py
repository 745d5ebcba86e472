"""The report for programs."""

from __future__ import annotations

import json as encoder
from typing import Any

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.report import Verdict, report


@report("json")
def json(verdict: Verdict) -> str:
    """`{"as_of", "as_of_from", "summary", "diagnostics": [...]}`."""
    workspace = verdict.workspace
    summary = {
        "accounts": len(workspace.accounts),
        "errors": workspace.count(Severity.ERROR),
        "warnings": workspace.count(Severity.WARNING),
        "infos": workspace.count(Severity.INFO),
        "waived": sum(1 for diagnostic in verdict.diagnostics if diagnostic.waived),
        "partial": verdict.partial,
    }
    whole = {
        "as_of": verdict.as_of.date.isoformat(),
        "as_of_from": verdict.as_of.origin,
        "summary": summary,
        "diagnostics": [as_json(diagnostic) for diagnostic in verdict.diagnostics],
    }
    return encoder.dumps(whole, ensure_ascii=False, indent=2)


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic with the keys of the format."""
    return {
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "code": diagnostic.code,
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.word,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "account": diagnostic.account,
        "owner": diagnostic.owner,
        "field": diagnostic.field,
        "fingerprint": diagnostic.fingerprint,
        "waived": diagnostic.waived,
    }
