"""The reports for programs: `json` is one object, `jsonl` a line for each finding."""

from __future__ import annotations

import json as encoder
from typing import Any

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.report import Verdict, report


@report("json")
def json(verdict: Verdict) -> str:
    """One object.

    `as_of` is a date, `as_of_from` is `option`, `environment`, `portfolio` or `clock`. `summary` holds the numbers `accounts`,
    `errors`, `warnings`, `infos`, and of these `waived` and `known`; `mended`, how many findings of the baseline are gone; and
    `partial`, true where rules of the whole portfolio were not run. `diagnostics` are by file and place, each as in `as_json`.
    """
    workspace = verdict.workspace
    summary = {
        "accounts": len(workspace.accounts),
        "errors": workspace.count(Severity.ERROR),
        "warnings": workspace.count(Severity.WARNING),
        "infos": workspace.count(Severity.INFO),
        "waived": sum(1 for diagnostic in verdict.diagnostics if diagnostic.waived),
        "known": sum(1 for diagnostic in verdict.diagnostics if diagnostic.known),
        "mended": verdict.mended,
        "partial": verdict.partial,
    }
    whole = {
        "as_of": verdict.as_of.date.isoformat(),
        "as_of_from": verdict.as_of.origin,
        "summary": summary,
        "diagnostics": [as_json(diagnostic) for diagnostic in verdict.diagnostics],
    }
    return encoder.dumps(whole, ensure_ascii=False, indent=2)


@report("jsonl")
def jsonl(verdict: Verdict) -> str:
    """Each finding as in `as_json`, one a line and nothing else; empty where nothing is found."""
    return "\n".join(encoder.dumps(as_json(diagnostic), ensure_ascii=False) for diagnostic in verdict.diagnostics)


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A finding: `path`, `line` and `column` from 1, `code`, `rule`, `severity` (`error`, `warning`, `info`), `message`, `help`.

    `account` is an id and `owner` a person's, null for a finding of the portfolio; `field` is the way to the value in words;
    `fingerprint` stays the same when lines move; `waived` and `known` tell that a waiver or a baseline lets it stand.
    """
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
        "known": diagnostic.known,
    }
