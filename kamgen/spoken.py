"""Days as people say them: `2026-06-02`, `today`, `tomorrow`, `friday`, `+14d`, `week 23`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from kamgen.day import from_iso

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMED: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
STEP: Final = re.compile(r"([+-]\d{1,9}) ?([dw])(?:ays?|eeks?)?", re.ASCII)
WEEK: Final = re.compile(r"(?:(\d{4})-?)? ?(?:week|w) ?(\d{1,2})", re.ASCII)
SHORTEST: Final = 3
"""Letters of a weekday that are enough: `fri`."""
YEARS: Final = range(1900, 2200)
"""The years that a day of a plan may lie in."""


class TooFarError(ValueError):
    """So many days from today lies no day that a plan may hold."""


def day(text: str, today: dt.date, *, back: bool = False) -> dt.date:
    """The day that is meant, seen from `today`; `back` where it lies behind us, as that of a meeting that was held.

    A weekday is the next one, and with `back` the last one, today included; a week is its Monday, or today where the week has
    begun: that of the year whose week lies nearest ahead, with `back` nearest behind. Raises ValueError for anything else, TooFarError for a
    step that leads out of the calendar.
    """
    said = " ".join(text.lower().split())
    if said in NAMED:
        return _after(today, NAMED[said])
    if step := STEP.fullmatch(said):
        return _after(today, int(step[1]) * (7 if step[2] == "w" else 1))
    if week := WEEK.fullmatch(said):
        return _week(int(week[2]), int(week[1] or 0), today, back=back)
    named = [number for number, name in enumerate(WEEKDAYS) if len(said) >= SHORTEST and name.startswith(said)]
    if named:
        return _after(today, _to_weekday(named[0] - today.weekday(), back=back))
    return from_iso(text.strip())


def _to_weekday(days: int, *, back: bool) -> int:
    """How many days it is to a weekday that stands so many behind or ahead in its week."""
    return -(-days % 7) if back else days % 7 or 7


def _after(today: dt.date, days: int) -> dt.date:
    try:
        found = today + dt.timedelta(days=days)
    except OverflowError:
        raise TooFarError(days) from None
    if found.year not in YEARS:
        raise TooFarError(days)
    return found


def _week(week: int, year: int, today: dt.date, *, back: bool) -> dt.date:
    """The Monday of a week; of the running week, and of one without a year, the nearest day of it that lies on the right side."""
    if year:
        return dt.date.fromisocalendar(year, week, 1)
    years = (today.isocalendar().year + step for step in ((0, -1) if back else (0, 1)))
    mondays = [monday for other in years if (monday := _monday(other, week))]
    fitting = [monday for monday in mondays if (monday <= today if back else monday + dt.timedelta(days=6) >= today)]
    if not fitting:
        raise ValueError(week)
    return fitting[0] if back else max(fitting[0], today)


def _monday(year: int, week: int) -> dt.date | None:
    try:
        return dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
