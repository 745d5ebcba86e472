"""How the work is done: for a key account manager who has never used git, the activity types, and the method of the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from kamgen.page import Page, page
from kamgen.pages.handbook import INDEX
from kamgen.site import Site

TASKS: Final[Mapping[str, int]] = {"edit": 5, "log": 4, "plan": 4, "move": 3, "red": 5, "new": 3, "review": 3}
"""What people ask how to do, with the number of steps."""
SNIPPETS: Final[Mapping[str, str]] = {
    "log": """\
  - date: 2026-05-06
    type: status-meeting
    status: held
    channel: in-person
    contacts: [anna-lind]
    subject: Autumn assortment
    note: She wants the kiosks in the same order as the branches.
    next_step: Send the drawings before 20 May.
""",
    "plan": """\
  - date: 2026-06-09
    type: status-meeting
    status: planned
    channel: in-person
    contacts: [anna-lind]
    subject: Prices for 2027
""",
    "move": """\
  - date: 2026-06-16
    moved_from: [2026-06-09]
    type: status-meeting
    status: planned
    channel: in-person
    contacts: [anna-lind]
    subject: Prices for 2027
""",
    "new": """\
---
account: Beslag Nord
tier: A
owner: kari.nygaard
contacts:
  - {name: Anna Lind, title: Head of procurement, function: procurement}
activities:
  - {date: 2026-06-09, type: status-meeting, status: planned, channel: in-person, contacts: [anna-lind], subject: First meeting}
---
""",
    "review": """\
  - {date: 2026-03-20, by: kari.nygaard, outcome: Plan confirmed, learned: They open two branches, changes: New goal for kiosks}
""",
}
"""What can be pasted for a task: lines of a plan."""
ROLES: Final[Mapping[str, int]] = {"adviser": 4, "owner": 4, "builder": 4, "leader": 4}
"""The four roles of a key account manager, with the number of duties (002)."""
SALES: Final = ("new", "repeat", "more")
"""The three types of sales (002)."""
PHASES: Final = ("prepare", "carry-out", "follow-up")
"""What every sale goes through (002)."""
STEPS: Final = ("prospecting", "booking", "planning", "first", "between", "second", "after")
"""The steps of a sale to a new customer (002)."""
PRINCIPLES: Final = 10
"""The principles of source 003."""


@page("guide")
def guide(site: Site) -> Iterator[Page]:
    """Three pages of the handbook."""
    yield _page(site, "how-to.md", "howto", 90, lambda: {"tasks": TASKS, "snippets": SNIPPETS, "as_of": site.as_of})
    yield _page(site, "activity-types.md", "types", 92, partial(_types, site))
    yield _page(site, "method.md", "method", 96, _method)


def _page(site: Site, address: str, name: str, menu: int, context: Callable[[], Mapping[str, Any]]) -> Page:
    return Page(
        address=address,
        title=site.say(f"{name}.page"),
        template=f"{name}.html",
        context=context,
        parent=INDEX,
        menu=menu,
        search=site.say(f"{name}.search"),
        hide=(),
    )


def _types(site: Site) -> Mapping[str, Any]:
    """The types in force, each with the requirements that it counts for, by tier."""
    return {"types": [(name, type_, list(_counted(site, name))) for name, type_ in site.ruleset.activity_types.items()]}


def _counted(site: Site, name: str) -> Iterator[tuple[str, list[str]]]:
    """A tier that asks for something this type counts for, and what it asks for."""
    for tier in site.ruleset.tiers.values():
        wanted = [need.label or id for id, need in tier.requirements.items() if name in need.types]
        if wanted:
            yield tier.label or tier.id, wanted


def _method() -> Mapping[str, Any]:
    return {"roles": ROLES, "sales": SALES, "phases": PHASES, "steps": STEPS, "principles": PRINCIPLES}
