"""Three accounts and a broken one, for the commands that read."""

from __future__ import annotations

from pathlib import Path

ALPHA = """---
account: Alpha | <script>alert(1)</script> {{ x }}
tier: A
owner: kari.nygaard
value_proposition: A short list that sells itself
contacts:
  - {name: Anna Lind, title: Head of procurement, buying_role: decision-maker, support: critic, relationship: 2, wanted: 4, phone: "+45 86 12 34 56",
     interests: Sails}
  - {name: Per Vig, influence: 4}
  - {name: Gone Away, left: 2026-01-01}
offers:
  - {id: o1, text: Kiosk fittings, status: sent, decision_due: 2026-05-20}
  - {id: o2, text: Old offer, status: lost}
complaints:
  - {date: 2026-04-01, text: Late lorries}
  - {date: 2026-03-01, text: Settled, closed: 2026-03-05}
goals: [{id: g1, text: Ferry line, start: 2026-01-01, due: 2026-12-31, baseline: 0, target: 100, actual: 1}]
actions:
  - {id: a1, text: Rebuild the rack, due: 2026-06-01, owner: vera.lind}
  - {id: a2, text: Was done, status: done}
issues: [{text: Group buying, due: 2026-10-01}]
activities:
  - {id: s1, date: 2026-05-12, time: "10:00", type: status-meeting, status: planned, contacts: [anna-lind], with: [vera.lind], channel: in-person,
     place: Their office, subject: Autumn, agenda: Prices}
  - {id: s2, date: 2026-05-04, type: contact, status: planned, contacts: [per-vig], subject: Samples}
  - {id: h1, date: 2026-04-28, type: status-meeting, status: held, contacts: [anna-lind, per-vig], subject: Spring, note: Wants fewer lorries,
     result: Two routes, next_step: Kari sends a plan}
---
"""
BETA = """---
account: Beta Trading
tier: B
owner: vera.lind
status: at-risk
status_reason: A new buyer
contacts: [{name: Ole Bo}]
activities:
  - {date: 2026-04-30, type: contact, status: held, by: kari.nygaard, contacts: [ole-bo], note: Silence, next_step: Ask again}
  - {date: 2026-04-29, type: status-meeting, status: planned, contacts: [ole-bo]}
  - {date: 2026-05-20, type: internal-meeting, status: planned, with: [kari.nygaard], subject: How to go on}
---
"""
OMEGA = """---
account: Omega
tier: A
owner: kari.nygaard
status: lost
status_reason: Sold
activities: [{date: 2026-05-07, type: contact, status: planned}]
---
"""
PLANS = {"alpha": ALPHA, "beta": BETA, "omega": OMEGA, "ulaest": "no front matter\n"}


def write(folder: Path) -> Path:
    """The plans, in place of the one that every folder has."""
    (folder / "plans" / "havnens.md").unlink()
    for name, text in PLANS.items():
        (folder / "plans" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
