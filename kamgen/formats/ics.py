"""Calendars (RFC 5545): the activities of accounts as events that a calendar program shows and follows. icalendar's door.

An event never says when it was built. DTSTAMP and LAST-MODIFIED are the day that a command last changed the activity (`updated`), at
midnight UTC; where the plan does not say it, a day long before any: a calendar program takes no change that is older than what it has.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kamgen import zone
from kamgen.day import months_before
from kamgen.figures.agenda import Appointment, concerned
from kamgen.figures.outlook import Outlook
from kamgen.figures.worklog import met
from kamgen.identity import identities
from kamgen.message import say
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.ruleset import Ruleset
from kamgen.telephone import EMAIL

UTC: Final = "UTC"
END: Final = b"END:VCALENDAR\r\n"
MONTHS: Final = 3
"""How far back a calendar goes; what is overdue stays however old it is."""
MINUTES: Final = 60
"""How long a meeting takes that says when it begins and not when it ends."""
NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "kamgen:activity")
OUT: Final = "…"
BEFORE: Final = dt.date(2000, 1, 1)
"""When an activity was last changed that does not say it: no command ever ran as early, so that none makes an event older than it was."""
WIDTH: Final = 75
"""Octets of a line, without its end."""
CONTINUED: Final = 0x80
"""How every octet of a character begins but its first."""


@dataclass(frozen=True, slots=True)
class Event:
    """An activity as a calendar holds it: `years` are those whose clocks it needs, none for a day as a whole; `order` its place."""

    appointment: Appointment
    order: tuple[dt.date, dt.time, str]
    years: tuple[int, ...]
    content: bytes

    @property
    def people(self) -> frozenset[str]:
        """Whose calendars it belongs into: ids."""
        return concerned(self.appointment.outlook.plan, self.appointment.activity)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every event is written with: names, labels, the time zone, the day."""

    portfolio: Portfolio
    ruleset: Ruleset
    as_of: dt.date
    language: str = "en"

    def say(self, message_id: str, **values: object) -> str:
        """A sentence of the catalogue."""
        return say(message_id, language=self.language, **values)


def events(outlook: Outlook, desk: Desk) -> tuple[Event, ...]:
    """The events of an account: what the audience may see of three months back, of what is overdue and of all that is ahead."""
    since = months_before(desk.as_of, MONTHS)
    whole = outlook.account.plan or outlook.plan
    named = zip(_seen(whole, outlook.plan), outlook.plan.activities, strict=True)
    keys = identities(whole, outlook.account.id)
    return tuple(_event(Appointment(outlook, activity), uid(keys[place]), desk) for place, activity in named if _belongs(outlook, activity, since))


def _belongs(outlook: Outlook, activity: Activity, since: dt.date) -> bool:
    """Nothing is planned any more with an account that is lost or archived."""
    if activity.status == "planned":
        return outlook.open
    return activity.date >= since


def uid(identity: tuple[str, ...]) -> str:
    """What calendars know an activity by: a UUID, as RFC 7986 asks, so that it says nothing of what the audience may not see."""
    return str(uuid.uuid5(NAMESPACE, "\n".join(identity)))


def _seen(whole: Plan, shown: Plan) -> Iterator[int]:
    """The place in the whole plan of each activity that is shown; hidden ones are passed over."""
    place = 0
    for activity in shown.activities:
        while not _same(whole.activities[place], activity):
            place += 1
        yield place
        place += 1


def _same(whole: Activity, shown: Activity) -> bool:
    """Whether `shown` is what is left of an activity: a part of it is as it was, or hidden."""
    if whole is shown:
        return True
    if (whole.date, whole.type, whole.status) != (shown.date, shown.type, shown.status):
        return False
    return shown.id in {None, whole.id} and shown.time in {None, whole.time} and shown.subject in {None, whole.subject}


def _event(one: Appointment, name: str, desk: Desk) -> Event:
    lines = (_line(name, value) for name, value in _properties(one, name, desk).items())
    day, time = one.activity.date, one.activity.time
    years = (day.year,) if time and desk.portfolio.time_zone != UTC else ()
    return Event(one, (day, time or dt.time.min, name), years, b"".join((b"BEGIN:VEVENT\r\n", *lines, b"END:VEVENT\r\n")))


def _line(name: str, value: Any) -> bytes:
    """A property as it is written. The library makes the value; it folds letter by letter, which costs more than all the rest."""
    parameters = value.params.to_ical()
    head = name.encode() + (b";" + parameters if parameters else b"")
    return folded(head + b":" + value.to_ical())


def folded(line: bytes) -> bytes:
    """A line of 75 octets at most, and what is beyond them on further ones; no character is cut in two."""
    pieces, start, room = [], 0, WIDTH
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == CONTINUED:
            end -= 1
        pieces.append(line[start:end])
        start, room = end, WIDTH - 1
    return b"\r\n ".join((*pieces, line[start:])) + b"\r\n"


def _properties(one: Appointment, name: str, desk: Desk) -> Mapping[str, Any]:
    """Nobody is invited, so there is neither ORGANIZER nor ATTENDEE. Only what has a time and will take place takes up time."""
    from icalendar import vInt, vText  # noqa: PLC0415  (only calendars pay for it)

    activity = one.activity
    cancelled = activity.status == "cancelled"
    stamp = _stamp(activity)
    busy = activity.time is not None and activity.status in {"planned", "held"}
    texts = {
        "SUMMARY": _summary(one, desk),
        "DESCRIPTION": "\n".join(_description(one, desk)),
        "LOCATION": activity.place or "",
        "STATUS": "CANCELLED" if cancelled else "CONFIRMED",
        "TRANSP": "OPAQUE" if busy else "TRANSPARENT",
    }
    return {
        "UID": vText(name),
        "DTSTAMP": stamp,
        "LAST-MODIFIED": stamp,
        "SEQUENCE": vInt(len(activity.moved_from) + cancelled),
        **_times(activity, desk.portfolio.time_zone),
        **{word: vText(plain) for word, text in texts.items() if (plain := _plain(text))},
    }


def _plain(text: str) -> str:
    """A text that calendars may hold: lines end in one way, and mail addresses are left out."""
    plain = "\n".join(text.splitlines())
    return EMAIL.sub(OUT, plain) if "@" in plain else plain


def _stamp(activity: Activity) -> Any:
    from icalendar import vDatetime  # noqa: PLC0415  (see above)

    return vDatetime(dt.datetime.combine(activity.updated or BEFORE, dt.time.min, dt.UTC))


def _times(activity: Activity, time_zone: str) -> Mapping[str, Any]:
    """A day as a whole, or a time on the wall with the zone it hangs in; how long it takes is told, so that no change of clocks shortens it."""
    from icalendar import vDate, vDatetime, vDuration  # noqa: PLC0415  (see above)

    if activity.time is None:
        return {"DTSTART": _dated(vDate(activity.date)), "DTEND": _dated(vDate(activity.date + dt.timedelta(days=1)))}
    start = vDatetime(dt.datetime.combine(activity.date, activity.time, dt.UTC if time_zone == UTC else None))
    if time_zone != UTC:
        start.params["TZID"] = time_zone
    return {"DTSTART": start, "DURATION": vDuration(dt.timedelta(minutes=activity.minutes or MINUTES))}


def _dated(value: Any) -> Any:
    value.params["VALUE"] = "DATE"
    return value


def _summary(one: Appointment, desk: Desk) -> str:
    """`Overdue: Acme: Status meeting – Autumn assortment`: what stands in the month's view."""
    activity = one.activity
    known = desk.ruleset.activity_types.get(activity.type)
    words = {"account": one.outlook.plan.account, "type": known.label if known and known.label else activity.type}
    about = desk.say("calendar.about", **words, subject=activity.subject) if activity.subject else desk.say("calendar.event", **words)
    if activity.status == "planned" and activity.date < desk.as_of:
        return desk.say("calendar.overdue", event=about)
    return desk.say(f"calendar.{activity.status}", event=about) if activity.status in {"cancelled", "not-held"} else about


def _description(one: Appointment, desk: Desk) -> Iterator[str]:
    """Who, how, what about. What was said, and what came of it, stays on the site."""
    activity, plan = one.activity, one.outlook.plan
    people = [desk.say("calendar.titled", name=contact.name, title=contact.title) if contact.title else contact.name for contact in met(one)]
    ours = dict.fromkeys((activity.by or plan.owner, *activity.colleagues))
    told = {
        "with": tuple(people),
        "ours": tuple(desk.portfolio.person_name(person) for person in ours),
        "channel": desk.say(f"label.activities.channel.{activity.channel}") if activity.channel else "",
        "agenda": activity.agenda or "",
        "moved": activity.moved_from,
    }
    yield from (desk.say(f"calendar.{name}", value=value) for name, value in told.items() if value)
    if activity.status == "planned" and activity.date < desk.as_of:
        yield desk.say("calendar.settle", date=activity.date)


def calendar(name: str, found: Iterable[Event], time_zone: str) -> bytes:
    """A calendar of some events, in the order of time: the same events give the same bytes, whatever order they come in."""
    from icalendar import Calendar, vText  # noqa: PLC0415  (see above)

    listed = sorted(found, key=lambda event: event.order)
    made = Calendar()
    head = {"PRODID": "-//kamgen//kamgen//EN", "VERSION": "2.0", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH", "NAME": name, "X-WR-CALNAME": name}
    for word, text in head.items():
        made[word] = vText(_plain(text))
    years = [year for event in listed for year in event.years]
    if years:
        made["X-WR-TIMEZONE"] = vText(time_zone)
        made.add_component(timezone(time_zone, min(years), max(years)))
    return b"".join((made.to_ical().removesuffix(END), *(event.content for event in listed), END))


@cache
def timezone(name: str, first: int, last: int) -> Any:
    """The VTIMEZONE of a zone for some years, with every change of its clocks.

    Made from the time zone database: what the library makes of a zone has summer begin an hour late.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415  (see above)

    sorts: dict[tuple[zone.Clock, zone.Clock], list[dt.datetime]] = {}
    for change in zone.changes(name, first, last):
        sorts.setdefault((change.before, change.after), []).append(change.moment)
    made = Timezone()
    made.add("tzid", name)
    for (before, after), moments in sorts.items():
        part: Any = (TimezoneDaylight if after.summer else TimezoneStandard)()
        part.add("dtstart", moments[0])
        part.add("tzoffsetfrom", before.offset)
        part.add("tzoffsetto", after.offset)
        part.add("tzname", after.name)
        if moments[1:]:
            part.add("rdate", moments[1:])
        made.add_component(part)
    return made
