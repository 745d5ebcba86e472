"""Days: how people write them, and which of them are working days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterator
from typing import Final

SATURDAY: Final = 5
FEASTS: Final = frozenset({(1, 1), (12, 25), (12, 26)})
ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")


def from_iso(text: str) -> dt.date:
    """`2026-05-06` as a date. Raises ValueError for anything else, days that do not exist included."""
    if not ISO.fullmatch(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def meant(text: str) -> str:
    """`2020/1/1`, `2020.1.1` and `2020-1-1` as `2020-01-01`; empty where the year does not come first, or there is no such day."""
    written = YEAR_FIRST.fullmatch(text.strip())
    try:
        return dt.date(int(written[1]), int(written[3]), int(written[4])).isoformat() if written else ""
    except ValueError:
        return ""


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the next that is no weekend, New Year's Day or Christmas. What else is a holiday depends on the country."""
    while day.weekday() >= SATURDAY or (day.month, day.day) in FEASTS:
        day += dt.timedelta(days=1)
    return day


def free_day(wanted: dt.date, first: dt.date, last: dt.date, taken: Collection[dt.date] = ()) -> dt.date:
    """The working day from `first` to `last` that is nearest to the one that is wanted, the later of equals, and not taken.

    Where all are taken, one that is; where there is none at all, the nearest day.
    """
    near = min(max(working_day(wanted), first), last)
    free = next((day for day in _working_days(near, first, last) if day not in taken), None)
    return free or next(_working_days(near, first, last), near)


def _working_days(near: dt.date, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The working days from `first` to `last`, the nearest first."""
    for distance in range(max((last - near).days, (near - first).days) + 1):
        for number in dict.fromkeys((near.toordinal() + distance, near.toordinal() - distance)):
            if first.toordinal() <= number <= last.toordinal() and working_day(dt.date.fromordinal(number)).toordinal() == number:
                yield dt.date.fromordinal(number)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of a month that many months before, or that month's last day where it is shorter; the first day there is, at most."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_after(day: dt.date) -> dt.date:
    """The next day; the last that there is has none after it and stays."""
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def year_from(day: dt.date) -> dt.date:
    """The last day of the year that begins on a day: 2028-12-31 for 2028-01-01, a leap year or not."""
    if day.year == dt.MAXYEAR:
        return dt.date.max
    leap = (day.month, day.day) == (2, 29)
    return dt.date(day.year + 1, day.month, 28) if leap else day.replace(year=day.year + 1) - dt.timedelta(days=1)


def days_of(month: int) -> int:
    """How many days a month has, February in its longest year."""
    return calendar.monthrange(2000, month)[1]


def in_year(year: int, month: int, day: int) -> dt.date:
    """A day that comes back every year: 29 February is the 28th where there is none."""
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
