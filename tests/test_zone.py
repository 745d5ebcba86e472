"""Time zones: what the clocks of a zone do, against the database itself."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from kamgen.zone import changes

ZONES = (
    "Europe/Copenhagen",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "UTC",
)


def test_summer_begins_at_two_and_ends_at_three():
    first, spring, autumn = changes("Europe/Copenhagen", 2026, 2026)
    assert (first.before, first.after.name) == (first.after, "CET")
    assert (spring.moment, spring.before.name, spring.after.name) == (dt.datetime(2026, 3, 29, 2), "CET", "CEST")  # noqa: DTZ001  (clocks on the wall have no zone)
    assert (autumn.moment, autumn.before.name, autumn.after.name) == (dt.datetime(2026, 10, 25, 3), "CEST", "CET")  # noqa: DTZ001  (clocks on the wall have no zone)
    assert (spring.after.offset, spring.after.summer, autumn.after.summer) == (dt.timedelta(hours=2), True, False)


@pytest.mark.parametrize("zone", ZONES)
def test_the_changes_give_the_clocks_of_every_hour(zone: str):
    found = list(changes(zone, 2024, 2027))
    begun = [change.moment - change.before.offset for change in found]
    assert begun == sorted(begun)
    for hours in range(0, 4 * 365 * 24, 13):
        moment = dt.datetime(2024, 1, 1) + dt.timedelta(hours=hours)  # noqa: DTZ001  (clocks on the wall have no zone)
        last = max(number for number, start in enumerate(begun) if start <= moment)
        assert found[last].after.offset == moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)).utcoffset()


def test_a_zone_without_changes_has_only_its_beginning():
    assert [(change.after.name, change.after.offset) for change in changes("Asia/Tokyo", 2020, 2026)] == [("JST", dt.timedelta(hours=9))]


def test_clocks_of_old_times_are_known_to_the_second():
    first, *_ = changes("Europe/Amsterdam", 1900, 1900)
    assert first.after.offset == ZoneInfo("Europe/Amsterdam").utcoffset(dt.datetime(1900, 1, 1))  # noqa: DTZ001  (clocks on the wall have no zone)
