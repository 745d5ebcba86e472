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
