"""As of which day everything is judged: the only place that reads the clock. Called by commands and the plugin alone."""

from __future__ import annotations

import datetime as dt
import os
from typing import Final
from zoneinfo import ZoneInfo

from kamgen.day import from_iso
from kamgen.frozen import Frozen
from kamgen.message import say
from kamgen.model.portfolio import Portfolio

VARIABLE: Final = "KAMGEN_AS_OF"


class NotADateError(ValueError):
    """The option or the environment variable holds no date; its text is a sentence for the user."""


class AsOf(Frozen):
    """The date, and where it comes from: `option`, `environment`, `portfolio` or `clock`."""

    date: dt.date
    origin: str

    @property
    def words(self) -> str:
        """The origin in words, as it is printed beside the date."""
        return say(f"as-of.{self.origin}")


def as_of(option: str | None, portfolio: Portfolio) -> AsOf:
    """The option, else `KAMGEN_AS_OF`, else `today:` in the portfolio, else today in the portfolio's time zone.

    Raises NotADateError for a text that is no date.
    """
    if option:
        return AsOf(_date(option, "--as-of"), "option")
    if variable := os.environ.get(VARIABLE):
        return AsOf(_date(variable, VARIABLE), "environment")
    if portfolio.today:
        return AsOf(portfolio.today, "portfolio")
    return AsOf(dt.datetime.now(ZoneInfo(portfolio.time_zone)).date(), "clock")


def _date(text: str, name: str) -> dt.date:
    try:
        return from_iso(text)
    except ValueError:
        raise NotADateError(say("as-of.not-a-date", name=name, text=text)) from None
