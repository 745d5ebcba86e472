"""Time zones: how the clocks of one stand, and every change of them in some years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAY: Final = dt.timedelta(days=1)
SECOND: Final = dt.timedelta(seconds=1)


class Clock(NamedTuple):
    """How the clocks of a zone stand: how far from UTC, whether it is summer time, and what people call it."""

    offset: dt.timedelta
    summer: bool
    name: str


class Change(NamedTuple):
    """A change of the clocks, at a moment of the time before it; the first one of all changes nothing."""

    moment: dt.datetime
    before: Clock
    after: Clock


def changes(zone: str, first: int, last: int) -> Iterator[Change]:
    """How the clocks stand at the beginning of the year `first`, then every change until the end of the year `last`, in order."""
    info = ZoneInfo(zone)
    start, end = dt.datetime(first, 1, 1, tzinfo=dt.UTC) - DAY, dt.datetime(last, 12, 31, tzinfo=dt.UTC) + DAY
    clock = _clock(info, start)
    yield Change(_local(start, clock), clock, clock)
    days = (start + number * DAY for number in range((end - start).days + 1))
    for before, after in pairwise(days):
        if _clock(info, before) != _clock(info, after):
            moment = _moment(info, before, after)
            old = _clock(info, before)
            yield Change(_local(moment, old), old, _clock(info, moment))


def _clock(info: ZoneInfo, moment: dt.datetime) -> Clock:
    there = moment.astimezone(info)
    return Clock(there.utcoffset() or dt.timedelta(), bool(there.dst()), there.tzname() or "")


def _local(moment: dt.datetime, clock: Clock) -> dt.datetime:
    return moment.replace(tzinfo=None) + clock.offset


def _moment(info: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The first second after `before` at which the clocks no longer stand as they did."""
    old = _clock(info, before)
    while after - before > SECOND:
        middle = before + dt.timedelta(seconds=(after - before) // SECOND // 2)
        before, after = (middle, after) if _clock(info, middle) == old else (before, middle)
    return after
