"""As of which day everything is judged: the only place that reads the clock. Called by commands and the plugin alone."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from kamgen.day import from_iso
from kamgen.frozen import Frozen
from kamgen.message import say
from kamgen.model.kind import DATE
from kamgen.model.portfolio import Portfolio

VARIABLE: Final = "KAMGEN_AS_OF"
STEP: Final = re.compile(r"([+-]\d{1,4})([dw])", re.ASCII)
STEPS: Final = {"today": "+0d", "tomorrow": "+1d"}
DAYS: Final = {"d": 1, "w": 7}


class NotADateError(ValueError):
    """The option or the environment variable holds no date; its text is a sentence for the user."""


class AsOf(Frozen):
    """The date, and where it comes from: `option`, `environment`, `portfolio` or `clock`.

    Where a step was asked for, `step` is its text (`+30d`) and `base` the date that it is counted from.
    """

    date: dt.date
    origin: str
    step: str = ""
    base: AsOf | None = None

    @property
    def words(self) -> str:
        """The origin in words, as it is printed beside the date."""
        if self.base is None:
            return say(f"as-of.{self.origin}")
        return say("as-of.step", step=self.step, date=self.base.date, origin=self.base.words)


NAMES: Final = {"option": "--as-of", "since": "--since", "configuration": "as_of in mkdocs.yml", "environment": VARIABLE}
"""What a sentence calls each origin that holds a text."""


def as_of(option: str | None, portfolio: Portfolio, origin: str = "option") -> AsOf:
    """The option (or what mkdocs.yml says), else `KAMGEN_AS_OF`, else `today:` in the portfolio, else today in the portfolio's time zone.

    The option and the variable may be a step: `+30d`, `-7d`, `+2w`, `today`, `tomorrow`; it is counted from what as-of would be
    without it. Raises NotADateError for a text that is neither.
    """
    if option is not None:
        return _asked(option, origin, lambda: as_of(None, portfolio))
    if variable := os.environ.get(VARIABLE):
        return _asked(variable, "environment", lambda: _unasked(portfolio))
    return _unasked(portfolio)


def _unasked(portfolio: Portfolio) -> AsOf:
    if portfolio.today:
        return AsOf(portfolio.today, "portfolio")
    return AsOf(dt.datetime.now(ZoneInfo(portfolio.time_zone)).date(), "clock")


def _asked(text: str, origin: str, base: Callable[[], AsOf]) -> AsOf:
    step = STEP.fullmatch(STEPS.get(text, text))
    try:
        asked = _stepped(text, int(step[1]) * DAYS[step[2]], origin, base()) if step else AsOf(from_iso(text), origin)
        DATE.convert(asked.date.isoformat())
    except (ValueError, OverflowError):
        raise NotADateError(say("as-of.not-a-date", name=NAMES[origin], text=text)) from None
    return asked


def _stepped(text: str, days: int, origin: str, base: AsOf) -> AsOf:
    return AsOf(base.date + dt.timedelta(days=days), origin, text, base)
