"""Issues and risks: the long-term issues of all accounts with their next step, and what could go wrong (003)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kamgen.chart import Chart
from kamgen.charts.stacks import Part as Piece
from kamgen.charts.stacks import Stack, stacks
from kamgen.figures.outlook import Outlook
from kamgen.model.ambition import ISSUE_AREAS, SEVERITIES, Issue, Risk
from kamgen.page import Page, page
from kamgen.site import Site

ROWS: Final = 1000
"""Lines of a table; those beyond are the least urgent."""


@dataclass(frozen=True, slots=True)
class Open:
    """A long-term issue of an account."""

    outlook: Outlook
    issue: Issue


@dataclass(frozen=True, slots=True)
class Threat:
    """A risk of an account; `rank` is 0 for the gravest."""

    outlook: Outlook
    risk: Risk
    rank: int


@page("issues")
def issues(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="issues.md",
        title=site.say("issues.page"),
        template="issues.html",
        context=lambda: _context(site),
        menu=44,
        section="customers",
        hide=("navigation", "toc"),
        search=site.say("issues.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    found = sorted((Open(outlook, one) for outlook in known for one in outlook.plan.issues), key=lambda one: one.issue.due or dt.date.max)
    risks = sorted((Threat(outlook, one, _rank(one)) for outlook in known for one in outlook.plan.risks), key=lambda one: one.rank)
    chart = _chart(site, found)
    return {
        "issues": found[:ROWS],
        "issues_all": len(found),
        "late": sum(1 for one in found if is_late(one.issue, site.as_of)),
        "stepless": sum(1 for one in found if not one.issue.next_step),
        "risks": risks[:ROWS],
        "risks_all": len(risks),
        "high": sum(1 for one in risks if one.risk.severity == "high"),
        "bare": sum(1 for one in risks if not one.risk.mitigation),
        "silent": [outlook for outlook in known if outlook.key and not outlook.plan.issues and not outlook.plan.risks],
        "charts_shown": [chart] if chart else [],
    }


def _rank(risk: Risk) -> int:
    """The gravest first, what nobody graded last."""
    return len(SEVERITIES) if risk.severity is None else len(SEVERITIES) - 1 - SEVERITIES.index(risk.severity)


def is_late(issue: Issue, as_of: dt.date) -> bool:
    """Whether the day has gone by."""
    return issue.due is not None and issue.due < as_of


def _chart(site: Site, found: list[Open]) -> Chart | None:
    """What the issues concern, and how many are late; the title names the area with the most."""
    areas = [(area, [one.issue for one in found if one.issue.area == area]) for area in (*ISSUE_AREAS, None)]
    told = [(area, listed) for area, listed in areas if listed]
    if not told:
        return None
    most, listed = max(told, key=lambda pair: len(pair[1]))
    title = site.say("issues.title", area=_area(site, most), n=len(listed), all=len(found))
    names = {name: site.say(f"issues.{name}") for name in ("ahead", "undated", "late")}
    headings = [site.say("issues.area"), *names.values(), site.say("issues.all")]
    return stacks("chart-areas", title, site.say("issues.about"), [_stack(site, area, listed, names) for area, listed in told], headings)


def _area(site: Site, area: str | None) -> str:
    return site.say(f"label.issues.area.{area}") if area else site.say("site.none")


def _stack(site: Site, area: str | None, listed: Iterable[Issue], names: Mapping[str, str]) -> Stack:
    states = [_state(issue, site.as_of) for issue in listed]
    parts = tuple(Piece(words, states.count(name), str(states.count(name))) for name, words in names.items() if name in states)
    return Stack(_area(site, area), parts, str(len(states)))


def _state(issue: Issue, as_of: dt.date) -> str:
    return "undated" if issue.due is None else "late" if issue.due < as_of else "ahead"
