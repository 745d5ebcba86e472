"""A company that starts tomorrow must not drown: what a thin but honest plan hears, on any day of its first two years."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kamgen.diagnostic import Severity
from kamgen.workspace import judge, read
from tests.sites import write

PORTFOLIO = """\
title: Key accounts
currency: DKK
people:
  - {{id: kari, name: Kari Nygaard, role: kam, capacity: 600}}
  - {{id: vera, name: Vera Lind, role: leader}}
products: [{{id: fittings}}]
rules: {{extends: {rules}, revised: 2026-01-05}}
plan:
  criteria: {{text: Potential and needs, revised: 2026-01-05}}
  goals: [{{text: Grow, kind: business, measure: revenue, baseline: 1, target: 2, due: 2028-12-31, owner: kari}}]
"""
THIN = """\
---
account: Havnens Købmandshuse A/S
tier: {tier}
owner: kari
since: 2020-01-01
contacts:
  - {{name: Anna Lind, title: Owner, function: ceo}}
  - {{name: Bo Dahl, title: Buyer, function: procurement}}
activities:
  - {{date: {first}, type: contact, status: held, contacts: [Anna Lind], channel: phone, note: Wants shelves before summer, next_step: Call}}
  - {{date: {following}, type: contact, status: planned, contacts: [Anna Lind], channel: phone, subject: Shelves before the summer}}
sales:
  - {{product: fittings, actual: {{2025: 41000, 2026: 40000, 2027: 45000}}}}
---
"""
START = dt.date(2026, 1, 5)


@pytest.mark.parametrize(("rules", "tier"), [("per-person", "C"), ("per-account", "C"), ("per-account", "D")])
def test_a_thin_but_honest_plan_gets_at_most_two_warnings(tmp_path: Path, rules: str, tier: str) -> None:
    drowned = {}
    for week in range(0, 104, 2):
        day = START + dt.timedelta(weeks=week)
        text = THIN.format(tier=tier, first=day - dt.timedelta(days=40), following=day + dt.timedelta(days=20))
        reading = read(write(tmp_path / str(week), {"havnens.md": text}, portfolio=PORTFOLIO.format(rules=rules)))
        grave = [found for found in judge(reading, day).diagnostics if found.account and found.severity >= Severity.WARNING]
        if len(grave) > 2 or any(found.severity is Severity.ERROR for found in grave):
            drowned[day.isoformat()] = [f"{found.severity.word} {found.message}" for found in grave]
    assert drowned == {}


BARE = """\
---
account: Havnens Købmandshuse A/S
tier: C
owner: kari
since: 2020-01-01
contacts:
  - {{name: Anna Lind, title: Owner, function: ceo}}
sales:
  - {{product: fittings, actual: {{2025: 41000, 2026: 40000}}}}
{more}---
"""
VISIT = "activities:\n  - {date: 2026-04-20, type: agreed-sales-meeting, status: held, contacts: [Anna Lind]%s}\n"
CALL = (
    "activities:\n  - {date: 2026-03-01, type: contact, status: held, contacts: [Anna Lind], channel: phone, note: Wants shelves before summer%s}\n"
)
OFFER = "offers:\n  - {id: o1, text: Shelves, status: sent, sent: 2026-04-02}\n"
ENDING = "agreements:\n  - {title: Frame, kind: frame, end: 2026-06-01}\n"
ENDED = "agreements:\n  - {title: Yearly 2025, kind: yearly, start: 2025-01-01, end: 2025-12-31}\n"


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("", ["201"]),
        (VISIT % "", ["201", "203"]),
        (VISIT % ", note: Wants shelves before summer", ["201"]),
        (CALL % "" + OFFER, ["201"]),
        (CALL % "" + ENDING, ["201", "220"]),
        (CALL % "" + ENDED, ["201", "603"]),
    ],
)
def test_what_was_not_done_is_told_once(tmp_path: Path, more: str, codes: list[str]) -> None:
    """Where a thin plan has gaps, each gap is one warning, and there are at most two of them."""
    reading = read(write(tmp_path, {"havnens.md": BARE.format(more=more)}, portfolio=PORTFOLIO.format(rules="per-account")))
    grave = [found for found in judge(reading, dt.date(2026, 5, 6)).diagnostics if found.account and found.severity >= Severity.WARNING]
    assert sorted(found.code[3:] for found in grave) == codes
