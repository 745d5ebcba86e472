"""Working days."""

from __future__ import annotations

import datetime as dt

SATURDAY = 5


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the Monday after it when it falls on a weekend."""
    return day + dt.timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
