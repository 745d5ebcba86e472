"""The days ahead: what turns red if nothing happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.frozen import Frozen, with_values
from kamgen.workspace import Workspace, judge

IDENTITY: Final = 6
"""The words of an identity without its number among equals: that changes when an equal one comes before it."""

Key = tuple[object, ...]


class Coming(Frozen):
    """An error or a warning that is not there yet, as it will be told on `date`, the first day of it.

    `stays` where it stands on the last day too: one that got graver by then, or another finding's, or went again, does not.
    """

    date: dt.date
    diagnostic: Diagnostic
    stays: bool = True


def last_day(as_of: dt.date, days: int) -> dt.date:
    """The last day of a look ahead; no later than the last that there is."""
    return as_of + dt.timedelta(days=min(days, (dt.date.max - as_of).days))


def coming(now: Workspace, until: dt.date) -> tuple[Coming, ...]:
    """What stands on a day after that of `now`, until `until`, and did not stand, or was less grave, on the day before; by date.

    Every day is judged, for a finding may come, go and come again. It is told once for each severity that it comes in.
    """
    before = _severities(now.diagnostics)
    told: dict[tuple[Key, Severity], Coming] = {}
    for date in (now.as_of + dt.timedelta(days=number) for number in range(1, (until - now.as_of).days + 1)):
        standing = by_key(judge(now.reading, date).diagnostics)
        for key, found in standing.items():
            if found.severity > max(Severity.INFO, before.get(key, Severity.OFF)):
                told.setdefault((key, found.severity), Coming(date, found))
        before = _severities(standing.values())
    whole = (with_values(one, stays=before.get(key) is severity) for (key, severity), one in told.items())
    return tuple(sorted(whole, key=lambda one: (one.date, -one.diagnostic.severity, one.diagnostic.order)))


def _severities(diagnostics: Iterable[Diagnostic]) -> dict[Key, Severity]:
    return {key: found.severity for key, found in by_key(diagnostics).items()}


def by_key(diagnostics: Iterable[Diagnostic]) -> dict[Key, Diagnostic]:
    """The diagnostics by what they are and where they stand, their path first: of one text, a place is the same on every day."""
    seen: dict[Key, int] = {}
    keyed: dict[Key, Diagnostic] = {}
    for found in diagnostics:
        key = (found.path, found.line, found.column, *found.identity[:IDENTITY])
        count = seen[key] = seen.get(key, 0) + 1
        keyed[*key, count] = found
    return keyed
