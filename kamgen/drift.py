"""Drift: one text judged on two days: what came, what went, and on which day something turns red."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kamgen.ahead import Coming, Key, by_key
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.frozen import Frozen, with_values
from kamgen.workspace import Reading, Workspace, judge

Verdict = Mapping[Key, Diagnostic]


class Drift(Frozen):
    """What is different on the later day: errors and warnings that came or got graver, and those that went or got less grave.

    `came` is told in the words of the later day, `gone` in those of the earlier one; both by file and place.
    """

    came: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]


def drift(before: Workspace, after: Workspace) -> Drift:
    """What the days between two verdicts on one text changed. What nobody need act on (notes, what is waived) is no change."""
    old, new = by_key(before.diagnostics), by_key(after.diagnostics)
    return Drift(came=tuple(_graver(new, old)), gone=tuple(_graver(old, new)))


def _graver(these: Verdict, those: Verdict) -> Iterable[Diagnostic]:
    """The errors and warnings of one verdict that the other has not, or has less grave."""
    return (found for key, found in these.items() if found.severity > max(Severity.INFO, those[key].severity if key in those else Severity.OFF))


def turning(now: Workspace, until: dt.date) -> tuple[Coming, ...]:
    """The errors that stand on the last day and do not yet: what turns red if nothing happens, by date.

    The portfolio is judged once, on that day; the day on which each error begins is found by halving, and only the plans that
    it stands in are judged again. What comes and goes in between is told by `kamgen upcoming`, which judges every day. An error of
    the portfolio as a whole is told with the last day, the latest that it begins on.
    """
    before = by_key(now.diagnostics)
    later = by_key(judge(now.reading, until).diagnostics)
    red = {key: found for key, found in later.items() if found.severity is Severity.ERROR and not _is_red(before, key)}
    alone = {plan.document.path for plan in now.reading.plans}
    named = {key: found for key, found in red.items() if found.account is not None and found.path in alone}
    begins = {**{key: Coming(until, found) for key, found in red.items()}, **_begins(now, named, until)}
    return tuple(sorted(begins.values(), key=lambda one: (one.date, one.diagnostic.order)))


def _is_red(verdict: Verdict, key: Key) -> bool:
    return key in verdict and verdict[key].severity is Severity.ERROR


def _begins(now: Workspace, named: Verdict, until: dt.date) -> dict[Key, Coming]:
    """Each error on its first day, in the words of it: between the last day that it is known not to stand on and one that it stands on."""
    few = _some(now.reading, {found.path for found in named.values()})
    before = dict.fromkeys(named, now.as_of)
    begins = {key: Coming(until, found) for key, found in named.items()}
    while asked := _halves(before, begins):
        for day, keys in asked.items():
            verdict = by_key(judge(_some(few, {named[key].path for key in keys}), day).diagnostics)
            for key in keys:
                if _is_red(verdict, key):
                    begins[key] = Coming(day, verdict[key])
                else:
                    before[key] = day
    return begins


def _halves(before: Mapping[Key, dt.date], begins: Mapping[Key, Coming]) -> Mapping[dt.date, list[Key]]:
    """The days to judge next, each with the errors that are asked about: the middle of what is still open."""
    asked: defaultdict[dt.date, list[Key]] = defaultdict(list)
    for key, day in before.items():
        open_days = (begins[key].date - day).days
        if open_days > 1:
            asked[day + dt.timedelta(days=open_days // 2)].append(key)
    return asked


def _some(reading: Reading, paths: set[str]) -> Reading:
    """Some plans alone."""
    return with_values(reading, plans=tuple(plan for plan in reading.plans if plan.document.path in paths), partial=True)
