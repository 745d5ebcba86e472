"""The report as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import json
from typing import Any, Final

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.report import Verdict, printable, report
from kamgen.rule import REGISTRY

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


@report("sarif")
def sarif(verdict: Verdict) -> str:
    """One run, with the rules that found something. A waived finding is suppressed in its source, a known one outside of it."""
    found = sorted({diagnostic.rule for diagnostic in verdict.diagnostics}, key=lambda name: REGISTRY[name].code)
    run = {
        "tool": {"driver": {"name": "kamgen", "version": _version(), "rules": [_rule(name) for name in found]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, found.index(diagnostic.rule), verdict) for diagnostic in verdict.diagnostics],
        "properties": {"as_of": verdict.as_of.date.isoformat()},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  (only this report asks)

    return version("kamgen")


def _rule(name: str) -> dict[str, Any]:
    known = REGISTRY[name]
    said = {"shortDescription": "summary", "fullDescription": "why", "help": "help"}
    return {"id": known.code, "name": name, **{key: {"text": known.page[part]} for key, part in said.items()}}


def _result(diagnostic: Diagnostic, index: int, verdict: Verdict) -> dict[str, Any]:
    text = "\n".join(printable(words) for words in (diagnostic.message, diagnostic.help) if words)
    state = {"baselineState": "unchanged" if diagnostic.known else "new"} if verdict.baseline else {}
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _place(diagnostic)}],
        "partialFingerprints": {"kamgen/v1": diagnostic.fingerprint, "primaryLocationLineHash": diagnostic.fingerprint},
        **state,
        "suppressions": _suppressions(diagnostic),
        "properties": {"account": diagnostic.account, "owner": diagnostic.owner, "field": diagnostic.field},
    }


def _place(diagnostic: Diagnostic) -> dict[str, Any]:
    from urllib.parse import quote  # noqa: PLC0415  (only this report asks)

    location = {"uri": quote(diagnostic.path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    return {"artifactLocation": location, "region": {"startLine": diagnostic.line, "startColumn": diagnostic.column}}


def _suppressions(diagnostic: Diagnostic) -> list[dict[str, str]]:
    if diagnostic.waived:
        return [{"kind": "inSource"}]
    return [{"kind": "external"}] if diagnostic.known else []
