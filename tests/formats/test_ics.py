"""Calendars: read with a parser that did not write them, and with every sort of hostile word."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st

from kamgen.figures.outlook import Outlook
from kamgen.formats import ics
from kamgen.frozen import with_values
from kamgen.identity import identities
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.site import Site
from kamgen.telephone import EMAIL
from tests.pages.plans import site_of

AS_OF = dt.date(2026, 5, 6)
SETTINGS = """\
title: Test accounts
time_zone: Europe/Copenhagen
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam, email: kari@secret.example}
  - {id: jens.holm, name: Jens Holm, role: kam}
  - {id: vera.lind, name: Vera Lind, role: leader}
rules: {extends: per-account}
publish: {calendars: true}
"""
PLAN = """\
---
account: Havnens Købmandshuse A/S
tier: A
owner: kari.nygaard
since: 2021-03-01
contacts:
  - {name: Anna Lind, title: Head of procurement, email: anna@secret.example}
  - {name: Per Vig}
activities:
  - {id: s1, date: 2026-06-09, time: "10:00", minutes: 90, type: status-meeting, status: planned, contacts: [anna-lind, per-vig], by: jens.holm,
     with: [vera.lind], channel: in-person, place: Their office, subject: Autumn assortment, agenda: Prices; write to anna@secret.example first,
     moved_from: [2026-05-26, 2026-06-02], updated: 2026-05-20}
  - {date: 2026-05-04, type: status-meeting, status: planned}
  - {date: 2026-05-13, type: proposal-meeting, status: cancelled, note: Nobody may read this, result: Nor this, next_step: Nor that}
  - {date: 2026-04-13, type: proposal-meeting, status: not-held}
  - {date: 2026-04-01, time: "09:30", type: contact, status: held, note: Nobody may read this}
  - {date: 2026-02-05, type: contact, status: held, note: Too old}
  - {date: 2025-02-05, type: contact, status: planned, subject: Forgotten}
---
"""


def outlook_of(folder: Path, plan: str = PLAN, settings: str = SETTINGS) -> tuple[Outlook, ics.Desk]:
    site = site_of(folder, {"havnens": plan}, settings)
    return site.outlooks[0], desk_of(site)


def desk_of(site: Site) -> ics.Desk:
    return ics.Desk(site.portfolio, site.ruleset, site.as_of)


def written(outlook: Outlook, desk: ics.Desk) -> bytes:
    return ics.calendar("Test accounts", ics.events(outlook, desk), desk.portfolio.time_zone)


def read(content: bytes) -> list[Any]:
    return list(vobject.readOne(content.decode()).contents.get("vevent", []))


def lines(content: bytes) -> list[str]:
    """The lines of a calendar, unfolded."""
    return re.sub(r"\r\n[ \t]", "", content.decode()).split("\r\n")[:-1]


def values(content: bytes, name: str) -> list[str]:
    return [line.partition(":")[2] for line in lines(content) if re.match(rf"{name}[;:]", line)]


def test_a_calendar_as_it_is_written(tmp_path: Path, reviewed: Any):
    reviewed("calendar.txt", "\n".join(lines(written(*outlook_of(tmp_path)))) + "\n")


def test_a_second_reader_finds_every_event(tmp_path: Path):
    events = read(written(*outlook_of(tmp_path)))
    assert [event.summary.value for event in events] == [
        "Overdue: Havnens Købmandshuse A/S: Call or mail – Forgotten",
        "Havnens Købmandshuse A/S: Call or mail",
        "Not held: Havnens Købmandshuse A/S: Proposal meeting",
        "Overdue: Havnens Købmandshuse A/S: Status meeting",
        "Cancelled: Havnens Købmandshuse A/S: Proposal meeting",
        "Havnens Købmandshuse A/S: Status meeting – Autumn assortment",
    ]
    timed = events[-1]
    assert timed.dtstart.value.utcoffset() == dt.timedelta(hours=2)
    assert timed.dtstart.value.replace(tzinfo=None) == dt.datetime(2026, 6, 9, 10)  # noqa: DTZ001  (wall time, without its zone)
    assert timed.duration.value == dt.timedelta(minutes=90)
    assert (timed.sequence.value, timed.status.value, timed.transp.value, timed.location.value) == ("2", "CONFIRMED", "OPAQUE", "Their office")
    assert timed.dtstamp.value == timed.last_modified.value == dt.datetime(2026, 5, 20, tzinfo=dt.UTC)
    assert timed.description.value == (
        "With: Anna Lind (Head of procurement), Per Vig\nFrom us: Jens Holm, Vera Lind\nHow: In person\n"
        "Agenda: Prices; write to … first\nMoved from: 2026-05-26, 2026-06-02"
    )
    day = events[3]
    assert (day.dtstart.value, day.dtend.value) == (dt.date(2026, 5, 4), dt.date(2026, 5, 5))
    assert (day.transp.value, day.dtstamp.value) == ("TRANSPARENT", dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    assert events[1].duration.value == dt.timedelta(hours=1)
    assert (events[4].status.value, events[4].sequence.value) == ("CANCELLED", "1")


def test_nobody_is_invited_and_no_address_is_told(tmp_path: Path):
    content = written(*outlook_of(tmp_path)).decode()
    assert "@" not in content
    assert not re.search("ATTENDEE|ORGANIZER|mailto", content, re.IGNORECASE)
    assert "Nobody may read" not in content
    assert "Nor th" not in content


def test_what_the_audience_may_not_see_is_absent(tmp_path: Path):
    hiding = 'visibility: {activities.s1.agenda: private, contacts.anna-lind: team, "activities.2": private, activities.s1.moved_from: team}\n---\n'
    hidden = PLAN.removesuffix("---\n") + hiding
    before, after = (written(*outlook_of(tmp_path / name, plan)) for name, plan in (("whole", PLAN), ("hidden", hidden)))
    assert not re.search("Anna|Prices|2026-06-02", after.decode())
    assert set(values(after, "UID")) < set(values(before, "UID"))
    assert len(values(after, "UID")) == len(values(before, "UID")) - 1


def test_an_event_survives_a_move(tmp_path: Path):
    moved = PLAN.replace("{date: 2026-05-04, type", "{date: 2026-05-19, moved_from: [2026-05-04], type").replace(
        "date: 2026-06-09, time", "date: 2026-06-16, time"
    )
    before, after = (written(*outlook_of(tmp_path / name, plan)) for name, plan in (("a", PLAN), ("b", moved)))
    assert sorted(values(before, "UID")) == sorted(values(after, "UID"))
    assert len(set(values(after, "UID"))) == 6
    assert before != after


def test_equal_ones_are_told_apart_by_their_number(tmp_path: Path):
    outlook, _ = outlook_of(tmp_path)
    one = Activity(date=AS_OF, type="contact", status="planned")
    named = Activity(date=AS_OF, type="contact", status="planned", id="x")
    plan = with_values(outlook.plan, activities=(one, one, named, named))
    keys = identities(plan, "acme")
    assert len(set(keys)) == 4
    assert identities(plan, "other") != keys
    assert identities(with_values(plan, activities=(with_values(one, id="y"), one, named, named)), "acme")[1:] == keys[1:]


def test_a_closed_account_keeps_what_was_and_plans_nothing(tmp_path: Path):
    closed = written(*outlook_of(tmp_path, PLAN.replace("tier: A\n", "tier: A\nstatus: lost\nstatus_reason: Sold\n")))
    assert [event.status.value for event in read(closed)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_whose_calendar_an_event_belongs_into(tmp_path: Path):
    events = ics.events(*outlook_of(tmp_path))
    assert [sum(person in event.people for event in events) for person in ("kari.nygaard", "jens.holm", "vera.lind", "nobody")] == [6, 1, 1, 0]


def test_without_a_summer_and_without_a_day_since(tmp_path: Path):
    plan = PLAN.replace("since: 2021-03-01\n", "")
    content = written(*outlook_of(tmp_path, plan, SETTINGS.replace("Europe/Copenhagen", "UTC")))
    assert b"VTIMEZONE" not in content
    assert "20260609T100000Z" in values(content, "DTSTART")
    assert values(content, "DTSTAMP")[-2:] == ["20000101T000000Z", "20260520T000000Z"]


def test_no_change_makes_an_event_older_than_it_was(tmp_path: Path):
    """One that lies ahead, in an account that says no day since when it is one, or one that is still to come."""
    for name, since in (("a", ""), ("b", "since: 2026-12-01\n")):
        plan = f"---\naccount: A\ntier: A\nowner: kari.nygaard\n{since}activities:\n  - {{date: 2026-09-09, type: contact, status: planned}}\n---\n"
        moved = plan.replace("status: planned", "status: planned, updated: 2026-05-06, subject: New")
        before, after = (values(written(*outlook_of(tmp_path / name / str(one), text)), "DTSTAMP") for one, text in enumerate((plan, moved)))
        assert before < after


def test_an_empty_calendar_is_one(tmp_path: Path):
    assert lines(ics.calendar("Nothing; at all", (), "Europe/Copenhagen")) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kamgen//kamgen//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        r"NAME:Nothing\; at all", r"X-WR-CALNAME:Nothing\; at all", "END:VCALENDAR",
    ]  # fmt: skip


def test_the_order_that_events_come_in_changes_nothing(tmp_path: Path):
    outlook, desk = outlook_of(tmp_path)
    events = ics.events(outlook, desk)
    assert ics.calendar("x", reversed(events), "Europe/Copenhagen") == ics.calendar("x", events, "Europe/Copenhagen")


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Tokyo"])
def test_another_reader_of_time_zones_agrees_about_every_hour(zone: str):
    text = ics.timezone(zone, 2025, 2027).to_ical().decode().replace("\r\n ", "").replace("\r\n", "\n")
    there, ours = tzical(io.StringIO(_spread(text))).get(), ZoneInfo(zone)
    for hours in _hours():
        wall = dt.datetime(2025, 1, 1, 0, 30) + dt.timedelta(hours=hours)  # noqa: DTZ001  (wall time, without its zone)
        if wall.replace(tzinfo=ours).astimezone(dt.UTC).astimezone(ours).replace(tzinfo=None) == wall:
            assert wall.replace(tzinfo=there).utcoffset() == wall.replace(tzinfo=ours).utcoffset(), wall


def _spread(text: str) -> str:
    """Every change with a part of its own: that reader knows no RDATE."""
    found = re.sub(
        r"BEGIN:(STANDARD|DAYLIGHT)\nDTSTART:(\S+)\nRDATE:(\S+)\n(.*?)END:\1\n",
        lambda part: "".join(f"BEGIN:{part[1]}\nDTSTART:{date}\n{part[4]}END:{part[1]}\n" for date in (part[2], *part[3].split(","))),
        text,
        flags=re.DOTALL,
    )
    assert "RDATE" not in found
    return found


def _hours() -> Iterator[int]:
    """Every hour of the days in which most zones change, and some of every other week."""
    return (hour for hour in range(3 * 365 * 24) if hour % 101 == 0 or 24 <= hour % 8760 - 2064 < 216)


HOSTILE = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(
            ["\n", "\r\n", "\r", ",", ";", ":", "\\", "\\n", "BEGIN:VEVENT", "END:VCALENDAR", "\nEND:VEVENT\nBEGIN:VEVENT\n", "🧀", "é", "漢",
             '"', "^n", "=cmd",
                          "\u2028", "\x0b", "\x0c", "\x1c", "\x85", " ", "\t", "a", "x" * 70, "{type}", "<b>", "👩‍👩‍👧", "\u202e"]
        ),
        max_size=40,
    ).map("".join),
)  # fmt: skip


def plain(text: str) -> str:
    """A text as any calendar gives it back."""
    return "\n".join(text.splitlines())


@cache
def template() -> tuple[Outlook, ics.Desk]:
    with tempfile.TemporaryDirectory() as folder:
        return outlook_of(Path(folder))


@given(subject=HOSTILE, agenda=HOSTILE, place=HOSTILE, account=HOSTILE)
def test_whatever_people_write_is_one_event_and_reads_back(subject: str, agenda: str, place: str, account: str):
    outlook, desk = template()
    activity = Activity(date=AS_OF, time=dt.time(9), type="contact", status="planned", subject=subject, agenda=agenda, place=place)
    plan: Plan = with_values(outlook.plan, account=account, activities=(activity,))
    outlook = Outlook(
        **{name: getattr(outlook, name) for name in Outlook.__slots__} | {"plan": plan, "account": with_values(outlook.account, plan=plan)}
    )
    content = written(outlook, desk)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() is not None for line in content.split(b"\r\n"))
    assert content.replace(b"\r\n", b"").find(b"\n") == content.replace(b"\r\n", b"").find(b"\r") == -1
    unfolded = lines(content)
    assert [line for line in unfolded if line.startswith(("BEGIN:", "END:"))][-3:] == ["BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"]
    assert sum(line == "BEGIN:VEVENT" for line in unfolded) == 1
    assert _unescaped(values(content, "LOCATION")) == ([EMAIL.sub(ics.OUT, plain(place))] if plain(place) else [])
    about = f"{account}: Call or mail – {subject}" if subject else f"{account}: Call or mail"
    assert _unescaped(values(content, "SUMMARY")) == [EMAIL.sub(ics.OUT, plain(about))]


def _unescaped(texts: list[str]) -> list[str]:
    """Texts as RFC 5545, 3.3.11 reads them."""
    return [re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], text) for text in texts]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.times(), st.integers(1, 1440))
def test_a_time_on_the_wall_stays_that_time(date: dt.date, time: dt.time, minutes: int):
    _, desk = template()
    time = time.replace(second=0, microsecond=0, tzinfo=None)
    told = ics._times(Activity(date=date, time=time, minutes=minutes, type="contact", status="planned"), desk.portfolio.time_zone)
    assert told["DTSTART"].to_ical() == f"{date:%Y%m%d}T{time:%H%M}00".encode().rjust(15, b"0")
    assert told["DURATION"].td == dt.timedelta(minutes=minutes)
