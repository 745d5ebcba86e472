"""Agreements: a timeline of when they run out, the last days of notice, what follows, and what runs out first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kamgen.chart import Chart
from kamgen.charts.timeline import Moment, Span, Window, timeline
from kamgen.figures.agreements import Deal, deals, urgency
from kamgen.figures.outlook import Outlook
from kamgen.force import ruling
from kamgen.page import Page, page
from kamgen.rule import REGISTRY
from kamgen.ruleset import Tier
from kamgen.site import Site

ROWS: Final = 1000
SHOWN: Final = 20
"""Rows of the picture."""
TONES: Final[Mapping[str, str]] = {"expired": "var(--kg-chart-3)", "soon": "var(--kg-chart-3)"}
CURRENT: Final = frozenset({"expired", "soon", "open", "followed", "endless", "coming"})


@page("agreements")
def agreements(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="agreements.md",
        title=site.say("agreements.page"),
        template="agreements.html",
        context=lambda: _context(site),
        menu=54,
        section="money",
        hide=("navigation", "toc"),
        search=site.say("agreements.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    found = sorted(_deals(site), key=urgency)
    current = [deal for deal in found if deal.state in CURRENT]
    known = [outlook for outlook in site.outlooks if outlook.open]
    bound = {id(deal.outlook) for deal in current if deal.state != "expired"}
    return {
        "rows": current[:ROWS],
        "past": [deal for deal in found if deal.state not in CURRENT][:ROWS],
        "count": {state: sum(1 for deal in found if deal.state == state) for state in ("expired", "soon", "endless")},
        "held": len(current),
        "first": next((deal for deal in sorted(current, key=_by_day) if deal.next), None),
        "without": [outlook for outlook in known if outlook.key and id(outlook) not in bound and not _hidden(outlook)],
        "charts_shown": [chart for chart in (_timeline(site, current),) if chart.drawing],
    }


def _hidden(outlook: Outlook) -> bool:
    """Whether the plan has agreements that the audience does not see: then nobody says that there is none."""
    return outlook.account.plan is not None and len(outlook.account.plan.agreements) > len(outlook.plan.agreements)


def _by_day(deal: Deal) -> dt.date:
    return deal.next or dt.date.max


def _deals(site: Site) -> Iterator[Deal]:
    """Every agreement; how many days are soon, the rule in force says for each tier."""
    soon: dict[str, int] = {}
    for outlook in site.outlooks:
        if outlook.open and outlook.plan.agreements:
            tier = outlook.account.tier
            name = tier.id if tier else ""
            if name not in soon:
                soon[name] = _days(site, tier)
            yield from deals(outlook, site.as_of, soon[name])


def _days(site: Site, tier: Tier | None) -> int:
    return int(ruling(REGISTRY["agreement-expiring"], site.workspace.ground.rules, tier).options["days"].value)


def _timeline(site: Site, current: Sequence[Deal]) -> Chart:
    """What ends, the first end on top: from the year before to two years ahead."""
    ending = sorted((deal for deal in current if deal.agreement.end), key=lambda deal: deal.agreement.end or dt.date.max)
    window = Window(dt.date(site.as_of.year - 1, 1, 1), dt.date(site.as_of.year + 2, 12, 31), site.as_of, site.say("agreements.now"))
    headings = [site.say(f"agreements.{name}") for name in ("agreement", "from", "until", "state", "notice")]
    return timeline("runs-out", _title(site, current), site.say("agreements.about"), [_span(site, deal) for deal in ending[:SHOWN]], window, headings)


def _title(site: Site, current: Sequence[Deal]) -> str:
    """The finding: what has run out, what soon does, or both; each only where there is any."""
    ran, soon = (sum(1 for deal in current if deal.state == state) for state in ("expired", "soon"))
    if not ran + soon:
        return site.say("agreements.title.none")
    return site.say("agreements.title" if ran and soon else "agreements.title.expired" if ran else "agreements.title.soon", n=ran + soon)


def _span(site: Site, deal: Deal) -> Span:
    told = deal.agreement
    notice = (Moment(date=told.notice, words=site.say("agreements.notice")),) if told.notice else ()
    label = f"{deal.outlook.plan.account}: {told.title}"
    words = site.say("agreements.until.day", end=told.end)
    return Span(label, told.start, told.end, words, site.address(deal.outlook.account), notice, **_tone(deal))


def _tone(deal: Deal) -> dict[str, str]:
    return {"tone": TONES[deal.state]} if deal.state in TONES else {}
