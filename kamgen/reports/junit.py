"""The report as JUnit XML, which every CI shows: a suite for each file, a case for each finding; only errors are failures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.report import Verdict, printable, report

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@report("junit")
def junit(verdict: Verdict) -> str:
    """A plan without findings is a suite of one case that passes.

    Warnings and notes, and what a waiver or a baseline lets stand, are cases that were skipped, each with its message. A case
    is called by code, rule and fingerprint, so that CI knows it again when lines move.
    """
    from xml.etree.ElementTree import Element, indent, tostring  # noqa: PLC0415  (only this report asks)

    paths = {account.path for account in verdict.workspace.accounts} | {diagnostic.path for diagnostic in verdict.diagnostics}
    found_in: dict[str, list[Diagnostic]] = {path: [] for path in sorted(paths)}
    for diagnostic in verdict.diagnostics:
        found_in[diagnostic.path].append(diagnostic)
    suites = Element("testsuites", {"name": "kamgen", **_counts(verdict.diagnostics, found_in.values())})
    suites.extend(_suite(path, found) for path, found in found_in.items())
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}'


def _counts(found: Iterable[Diagnostic], suites: Iterable[list[Diagnostic]]) -> dict[str, str]:
    told = list(found)
    failures = sum(1 for diagnostic in told if diagnostic.severity is Severity.ERROR)
    passed = sum(1 for suite in suites if not suite)
    return {"tests": str(len(told) + passed), "failures": str(failures), "errors": "0", "skipped": str(len(told) - failures), "time": "0"}


def _suite(path: str, found: list[Diagnostic]) -> Element:
    from xml.etree.ElementTree import Element, SubElement  # noqa: PLC0415  (only this report asks)

    suite = Element("testsuite", {"name": _text(path), **_counts(found, [found])})
    if not found:
        SubElement(suite, "testcase", {"classname": _text(path), "name": "kamgen check", "time": "0"})
    for diagnostic in found:
        name = f"{diagnostic.code} {diagnostic.rule} {diagnostic.fingerprint}"
        case = SubElement(suite, "testcase", {"classname": _text(path), "name": name, "time": "0"})
        _outcome(case, diagnostic)
    return suite


def _outcome(case: Element, diagnostic: Diagnostic) -> None:
    from xml.etree.ElementTree import SubElement  # noqa: PLC0415  (only this report asks)

    failed = diagnostic.severity is Severity.ERROR
    word = "waived" if diagnostic.waived else "known" if diagnostic.known else diagnostic.severity.word
    message = diagnostic.message if failed else f"{word}: {diagnostic.message}"
    outcome = SubElement(case, "failure" if failed else "skipped", {"type": diagnostic.rule, "message": _text(message)})
    told = [f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}", diagnostic.message, diagnostic.help]
    outcome.text = "\n".join(_text(words) for words in told if words)


def _text(words: str) -> str:
    """Text that XML 1.0 can hold: no control characters, and no half of a pair, which a strange file name may bring."""
    return printable(words).encode("utf-8", "backslashreplace").decode("utf-8")
