"""A plan that is fuller than any real one: long names, long texts, long lists of everything that a brief shows."""

from __future__ import annotations

LONG = "Wanhua-Überseehandelsgesellschaft confirms the deliveries of the autumn assortment in writing, and asks for prices that hold. " * 6
NAME = "Маргарита-Александра Константинопольская von und zu Hohenfels {number}"


def stuffed(people: int = 40, activities: int = 60) -> str:
    """The text of the plan, judged as of 2026-05-06."""
    contacts = "\n".join(_contact(number) for number in range(people))
    done = "\n".join(_activity(number, people) for number in range(activities))
    lists = "\n".join(_lists(number) for number in range(12))
    return f"""---
account: Stuffed & Sons <script> | {{{{ 7*7 }}}} GmbH & Co. Kommanditgesellschaft auf Aktien
tier: A
tier_reason: {LONG[:300]}
owner: kari.nygaard
deputy: jens.holm
executive_sponsor: vera.lind
team: [{{person: jens.holm, role: {LONG[:90]!r}}}]
status: at-risk
status_reason: {LONG[:200]}
potential: 123456789
company:
  industry: {LONG[:120]!r}
  city: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch
  country: United Kingdom
  situation: {LONG!r}
  challenges: {LONG!r}
  goals: {LONG!r}
value_proposition: {LONG!r}
contacts:
{contacts}
activities:
{done}
sales:
  - {{product: fittings, actual: {{2024: 9000000, 2025: 13100000, 2026: 5400000}}, budget: {{2026: 14000000}}, margin: {{2025: 0.31}},
     spend: 31000000, potential: 25000000, competitor_shares: {{Beslag Nord: 0.35}}, status: owned}}
  - {{product: lamps, potential: 9000000, status: competitor,
     competitor_shares: {{Ljus och Lampor: 0.8}}}}
costs: [{{year: 2025, promotion: 1200, sales: 5400, logistics: 3100, other: 0}}]
goals:
{_each(lists, "goal")}
actions:
{_each(lists, "action")}
offers:
{_each(lists, "offer")}
agreements:
{_each(lists, "agreement")}
risks:
{_each(lists, "risk")}
issues:
{_each(lists, "issue")}
complaints:
{_each(lists, "complaint")}
needs:
{_each(lists, "need")}
---

## What do they buy from us?

{LONG}

### And why

{LONG}

## Our strategy

{LONG}
"""


def _contact(number: int) -> str:
    name = NAME.format(number=number)
    role = ("decision-maker", "user", "champion")[number % 3]
    manager = f", reports_to: c{number - 1}" if number else ""
    known = f"buying_role: {role}, relationship: 1, wanted: 4, our_contact: kari.nygaard{manager}"
    return f"  - {{id: c{number}, name: {name!r}, title: {LONG[:80]!r}, {known}}}"


def _activity(number: int, people: int) -> str:
    status, day = (
        ("held", f"2026-0{1 + number % 4}-{1 + number % 27:02}") if number % 2 else ("planned", f"2026-0{4 + number % 5}-{1 + number % 27:02}")
    )
    with_whom = ", ".join(f"c{(number + other) % people}" for other in range(4))
    taking_part = f"contacts: [{with_whom}], by: kari.nygaard, with: [vera.lind, jens.holm]"
    return (
        f"  - {{id: a{number}, date: {day}, type: proactive-sales-meeting, status: {status}, {taking_part},\n"
        f"     place: {LONG[:80]!r}, subject: {LONG[:120]!r}, agenda: {LONG!r}, note: {LONG!r}, next_step: {LONG[:250]!r}}}"
    )


def _lists(number: int) -> str:
    text = f"{LONG[:130]!r}"
    return "\n".join(
        (
            f"goal|  - {{id: g{number}, text: {text}, baseline: 0, target: 10, actual: 1, start: 2026-01-01, due: 2026-06-30}}",
            f"action|  - {{id: x{number}, text: {text}, owner: jens.holm, due: 2026-0{1 + number % 9}-01}}",
            f"offer|  - {{id: o{number}, text: {text}, value: 123456, status: sent, decision_due: 2026-0{1 + number % 9}-01}}",
            f"agreement|  - {{title: {text}, start: 2025-01-01, end: 2027-12-{1 + number:02}}}",
            f"risk|  - {{text: {text}, severity: {('low', 'high')[number % 2]}}}",
            f"issue|  - {{text: {text}}}",
            f"complaint|  - {{date: 2026-0{1 + number % 4}-01, text: {text}}}",
            f"need|  - {{text: {text}}}",
        )
    )


def _each(lists: str, name: str) -> str:
    return "\n".join(line.partition("|")[2] for line in lists.split("\n") if line.startswith(f"{name}|"))
