"""The baseline: what was wrong when a company began with kamgen. What is in it does not fail; what is new, or gets graver, does.

A baseline is a file of JSON lines, one a finding, sorted, to be reviewed like code. It knows findings by fingerprint, so that
lines may move. What cannot be known: findings of files (KAM0..), of references (KAM1..) and of the rule set (KAM9..), for behind
them plans are not judged, and a baseline must not hide that; notes, which never fail; and what a waiver excuses, for a waiver says more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kamgen.diagnostic import SEVERITIES, Diagnostic, Severity
from kamgen.frozen import Frozen, with_values

UNJUDGED: Final = frozenset("019")
"""Families whose findings keep a part of a plan, a plan or every plan from being judged."""


class NotABaselineError(ValueError):
    """A line of the file is none of a baseline's; its argument is the number of the line."""


class Known(Frozen):
    """A line of the baseline: a finding as it was when it was recorded. `account` is None for a finding of the portfolio."""

    account: str | None
    code: str
    rule: str
    severity: Severity
    fingerprint: str
    message: str


Baseline = Mapping[str, Known]
"""What is known, by fingerprint."""


def parse(text: str) -> Baseline:
    """The baseline that a file holds. Raises NotABaselineError for a line that is none."""
    lines = enumerate(text.split("\n"), start=1)
    known = [_known(line, number) for number, line in lines if line.strip()]
    return {one.fingerprint: one for one in known}


def written(baseline: Baseline) -> str:
    """The text of the file: a line a finding, by account, code and fingerprint."""
    ordered = sorted(baseline.values(), key=lambda one: (one.account or "", one.code, one.fingerprint))
    return "".join(f"{json.dumps(_line(one), ensure_ascii=False)}\n" for one in ordered)


def marked(diagnostics: Iterable[Diagnostic], baseline: Baseline) -> tuple[Diagnostic, ...]:
    """The diagnostics, with those that are known as notes. One that is graver now than it was when it was recorded is new."""
    return tuple(with_values(found, severity=Severity.INFO, known=True) if _is_known(found, baseline) else found for found in diagnostics)


def mended(baseline: Baseline, diagnostics: Iterable[Diagnostic]) -> Baseline:
    """What is known and no longer found, or excused by a waiver.

    Nothing is called mended in a plan that cannot be read whole, and nothing at all while the portfolio or the rule set cannot.
    """
    found = list(diagnostics)
    blind = {one.account for one in found if one.code[3] in UNJUDGED and one.severity > Severity.INFO}
    if None in blind:
        return {}
    standing = {one.fingerprint for one in found if not one.waived}
    return {key: one for key, one in baseline.items() if key not in standing and one.account not in blind}


def pruned(baseline: Baseline, diagnostics: Iterable[Diagnostic]) -> Baseline:
    """The baseline without what is mended; nothing is added."""
    gone = mended(baseline, diagnostics)
    return {key: one for key, one in baseline.items() if key not in gone}


def renewed(baseline: Baseline, diagnostics: Iterable[Diagnostic]) -> Baseline:
    """The baseline without what is mended and with everything that is found.

    What is known already keeps its line, though its message may name an old date: a review shows what came and what went.
    """
    found = list(diagnostics)
    new = {one.fingerprint: _recorded(one) for one in found if _can_be_known(one) and not _is_known(one, baseline)}
    return {**pruned(baseline, found), **new}


def _can_be_known(found: Diagnostic) -> bool:
    return found.severity > Severity.INFO and found.code[3] not in UNJUDGED and not found.waived


def _is_known(found: Diagnostic, baseline: Baseline) -> bool:
    if not baseline or not _can_be_known(found):
        return False
    known = baseline.get(found.fingerprint)
    return known is not None and found.severity <= known.severity


def _recorded(found: Diagnostic) -> Known:
    return Known(found.account, found.code, found.rule, found.severity, found.fingerprint, found.message)


def _line(known: Known) -> dict[str, str | None]:
    return {
        "account": known.account,
        "code": known.code,
        "rule": known.rule,
        "severity": known.severity.word,
        "fingerprint": known.fingerprint,
        "message": known.message,
    }


def _known(line: str, number: int) -> Known:
    try:
        given: dict[str, Any] = json.loads(line)
        texts = [given[name] for name in ("code", "rule", "fingerprint", "message")]
        if not all(isinstance(text, str) for text in (*texts, given["account"] or "")):
            raise NotABaselineError(number)
        return Known(given["account"], texts[0], texts[1], SEVERITIES[given["severity"]], texts[2], texts[3])
    except (ValueError, KeyError, TypeError):
        raise NotABaselineError(number) from None
