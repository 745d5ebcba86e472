"""Calendars on the site: which files there are, whose meetings they hold, and how people come to them."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.frozen import with_values
from kamgen.page import Asset, Page, collect, templates
from kamgen.site import Site
from tests.pages.plans import site_of

SECRET = "x7Gk2mQ9vR4tZ8bW"
SETTINGS = """\
title: Our <accounts>
time_zone: Europe/Copenhagen
people:
  - {id: kari.nygaard, name: Kari "K" <b>Nygaard, role: kam, email: kari@secret.example}
  - {id: all, name: Allan All, role: kam}
rules: {extends: per-account}
publish: {calendars: true}
"""
PLANS = {
    "alpha": """---
account: Alpha {{ x }}
tier: A
owner: kari.nygaard
contacts: [{name: Anna Lind, email: anna@secret.example}, {name: Hidden Person}]
activities:
  - {date: 2026-05-12, time: "10:00", type: status-meeting, status: planned, contacts: [anna-lind, hidden-person], subject: Autumn}
  - {id: deep, date: 2026-05-13, type: status-meeting, status: planned, subject: Nobody}
visibility: {contacts.hidden-person: team, activities.deep: private}
---
""",
    "beta": """---
account: Beta
tier: C
owner: all
activities: [{date: 2026-05-14, type: contact, status: planned, by: kari.nygaard}]
---
""",
    "broken": "no front matter",
}


def files(site: Site) -> dict[str, str]:
    found = {}
    for part in collect(site):
        if isinstance(part, Asset) and part.address.startswith("calendar/"):
            content = part.make()
            assert isinstance(content, bytes)
            found[part.address] = content.decode().replace("\r\n ", "")
    return found


def titles(calendar: str) -> list[str]:
    return re.findall("^SUMMARY:(.*)\r$", calendar, re.MULTILINE)


def fragment(site: Site, address: str) -> str:
    made = next(part for part in collect(site) if isinstance(part, Page) and part.address == address)
    text = templates(None, "en").render(made, site, lambda address: f"../{address}")
    html5lib.HTMLParser(strict=True).parseFragment(text)
    return text


def with_path(site: Site, path: str | None, *, calendars: bool = True, url: str = "") -> Site:
    publish = with_values(site.portfolio.publish, calendars=calendars, calendar_path=path)
    ground = with_values(site.workspace.ground, portfolio=with_values(site.portfolio, publish=publish))
    return Site(with_values(site.workspace, ground=ground), url=url)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_of(tmp_path, PLANS, SETTINGS)


def test_a_calendar_for_each_person_each_account_and_all(site: Site):
    found = files(site)
    alpha, beta = "Alpha {{ x }}: Status meeting – Autumn", "Beta: Call or mail"
    assert {address: titles(calendar) for address, calendar in found.items()} == {
        "calendar/all.ics": [alpha, beta],
        "calendar/kari.nygaard.ics": [alpha, beta],
        "calendar/person-all.ics": [beta],
        "calendar/accounts/alpha.ics": [alpha],
        "calendar/accounts/beta.ics": [beta],
    }
    assert "X-WR-CALNAME:Our <accounts>\r\n" in found["calendar/all.ics"]
    assert 'X-WR-CALNAME:Kari "K" <b>Nygaard – Our <accounts>\r\n' in found["calendar/kari.nygaard.ics"]


def test_what_the_audience_may_not_see_is_absent(site: Site):
    everything = "".join(files(site).values())
    assert not re.search("Hidden|Nobody|deep|@|secret", everything)
    assert "With: Anna Lind\\n" in everything


def test_the_same_site_gives_the_same_bytes(site: Site, tmp_path: Path):
    assert files(site) == files(site_of(tmp_path / "again", PLANS, SETTINGS))


def test_none_where_the_portfolio_does_not_publish_them(site: Site):
    silent = with_path(site, None, calendars=False)
    assert files(silent) == {}
    assert "kg-subscribe" not in fragment(silent, "kams/kari.nygaard.md")


def test_a_secret_part_of_every_address(site: Site):
    hidden = with_path(site, SECRET)
    assert set(files(hidden)) == {address.replace("calendar/", f"calendar/{SECRET}/") for address in files(site)}
    assert "do not pass it on" in fragment(hidden, "kams/kari.nygaard.md")


def test_a_button_leads_to_the_calendar(site: Site):
    assert '<a class="md-button" href="../calendar/kari.nygaard.ics" type="text/calendar">Subscribe' in fragment(site, "kams/kari.nygaard.md")
    assert 'href="../calendar/all.ics"' in fragment(site, "kams/index.md")
    assert 'href="../calendar/accounts/alpha.ics"' in fragment(site, "accounts/alpha.md")
    assert "subscribe" not in fragment(site, "accounts/broken.md")
    assert "cannot log in: behind a login the web server must let <code>calendar/</code> through" in fragment(site, "kams/all.md")


def test_where_the_address_of_the_site_is_known_a_program_opens_it(site: Site):
    known = with_path(site, None, url="https://sales.example/kam/")
    told = fragment(known, "kams/all.md")
    assert 'href="webcal://sales.example/kam/calendar/person-all.ics"' in told
    assert 'href="../calendar/person-all.ics" type="text/calendar">Download' in told


def test_a_part_that_can_be_guessed_is_refused(tmp_path: Path):
    site = site_of(tmp_path, {}, SETTINGS.replace("calendars: true", "calendars: true, calendar_path: kam/../x"))
    assert site.portfolio.publish.calendar_path is None
    assert [found.message for found in site.workspace.diagnostics if "calendar_path" in found.message] == [
        'publish.calendar_path: "kam/../x" is not 16 to 128 letters, digits, `-` or `_` that nobody guesses'
    ]


@pytest.mark.parametrize("publish", [
    "publish: {calendars: true, calendar_path: abc123def456}",
    "publish: {calendars: true, calender_path: x7Gk2mQ9vR4tZ8bW}",
    "publish: {calendars: true}\ncalendar_path: x7Gk2mQ9vR4tZ8bW",
])  # fmt: skip
def test_none_where_the_secret_cannot_be_read(tmp_path: Path, publish: str):
    closed = site_of(tmp_path, PLANS, SETTINGS.replace("publish: {calendars: true}", publish))
    assert files(closed) == {}
    assert "kg-subscribe" not in fragment(closed, "kams/kari.nygaard.md") + fragment(closed, "accounts/alpha.md") + fragment(closed, "kams/index.md")
