"""Family 6, agreements: what ran out, what runs out soon, and what follows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Final

from kamgen.day import day_after, year_from
from kamgen.diagnostic import Finding, Message
from kamgen.model.company import Agreement
from kamgen.model.plan import Plan
from kamgen.rule import Yield, rule

CAMPAIGN: Final = "campaign"
MONTH: Final = dt.timedelta(days=30)
PLAIN: Final = re.compile(r"[^\W\d][\w-]*(?: [\w-]+)*")
"""A title that YAML takes as it is."""


@rule("KAM118")
def unknown_agreement(plan: Plan, as_of: dt.date) -> Yield:
    """An agreement names as the one that follows it an agreement that is not in the plan.

    Why: the end is taken for settled by what is not there (*ours*; 000 keeps the frame agreement on the customer card). Once it has run
    out, `agreement-expired` says so.

    Help: write as `replaced_by:` the title of the one that follows, as it stands under `agreements:`, or add that one.
    """
    for index, agreement in enumerate(plan.agreements):
        over = agreement.end is not None and agreement.end < as_of and not agreement.ended
        if agreement.replaced_by is not None and not over and not any(_followers(agreement, plan)):
            _, values = _unnamed(agreement, plan, _renewed(agreement, agreement.end or as_of), as_of)
            yield Finding(("agreements", index, "replaced_by"), {"title": agreement.title, **values})


@rule("KAM603")
def agreement_expired(plan: Plan, as_of: dt.date) -> Yield:
    """An agreement has run out, and nothing follows it.

    Why: the customer card shows the frame agreement in force (000); who delivers on one that ran out has no agreed price.

    Help: was it renewed: add the new agreement, and write its title as `replaced_by:`; was it ended: write `ended: true`. Where another
    agreement of the same kind is in force, it is named: it may be the one that follows. A campaign simply ends, and nothing has to
    follow it: it is talked about before it ends (004).
    """
    for index, agreement in enumerate(plan.agreements):
        if agreement.end is None or agreement.end >= as_of or agreement.ended or agreement.kind == CAMPAIGN:
            continue
        followers = [other for other in _followers(agreement, plan) if other.end is None or other.end > agreement.end]
        if any(other.start is None or other.start <= as_of for other in followers):
            continue
        start = min((other.start for other in followers if other.start), default=None)
        values = {"title": agreement.title, "end": agreement.end, "n": (as_of - agreement.end).days, "start": start}
        item = _renewed(agreement, agreement.end)
        variant, more = ("later", {}) if start else _unnamed(agreement, plan, item, as_of)
        yield Finding(("agreements", index), {**values, **more, "item": item}, variant, period=agreement.end.isoformat())


@rule("KAM604", unless=("ending-without-meeting",))
def agreement_expiring(plan: Plan, as_of: dt.date, *, days: int = 90) -> Yield:
    """An agreement runs out soon, or the last day to give notice is near.

    Why: a renewal is talked about while there is still time to (*ours*; 000 keeps the frame agreement on the customer card). Soon means
    within `days`. When the day to give notice has passed, it is told again that many days before the end. What has no end goes on: its
    next day to give notice is written as `notice:`.

    A campaign simply ends, and nothing has to follow it.

    Help: agree on what follows, and write it under `agreements:`; or give notice, and write `ended: true`.
    """
    for index, agreement in enumerate(plan.agreements):
        date = _next_day(agreement, as_of)
        if date is None or (date - as_of).days > days or not _open(agreement, plan, as_of):
            continue
        variant = _expiring(agreement, date, as_of)
        runs = Message("agreement.runs-to", {"end": agreement.end}) if agreement.end else Message("agreement.open-ended")
        values = {"title": agreement.title, "date": date, "when": _when((date - as_of).days), "notice": agreement.notice, "runs": runs}
        yield Finding(("agreements", index), {**values, "item": _renewed(agreement, agreement.end or date)}, variant)


def _expiring(agreement: Agreement, date: dt.date, as_of: dt.date) -> str:
    """Which sentence fits the day that is near: of a campaign that ends, of the day to give notice, or of an end after it."""
    if agreement.kind == CAMPAIGN and date == agreement.end:
        return "campaign"
    if agreement.notice is not None and agreement.notice < as_of:
        return "noticed"
    return "notice" if date == agreement.notice else ""


def _next_day(agreement: Agreement, as_of: dt.date) -> dt.date | None:
    """The day to give notice, else the end: the first that has not passed. None for what has run out, and for what goes on."""
    if agreement.end is not None and agreement.end < as_of:
        return None
    return min((day for day in (agreement.notice, agreement.end) if day is not None and day >= as_of), default=None)


def _when(days: int) -> Message:
    return Message("agreement.in-days", {"n": days}) if days else Message("agreement.today")


def _unnamed(agreement: Agreement, plan: Plan, item: str, as_of: dt.date) -> tuple[str, dict[str, object]]:
    """What could be meant where no follower is found: the title that is named is none of the plan, or another agreement holds already."""
    others = [other for other in plan.agreements if other is not agreement and other.title != agreement.title]
    if agreement.replaced_by is not None and not any(_followers(agreement, plan)):
        titles = [Message("agreement.title", {"title": _quoted(other.title)}) for other in others]
        said = Message("agreement.titles", {"titles": titles}) if titles else Message("agreement.only", {"item": item})
        return "unknown", {"named": agreement.replaced_by, "titles": said}
    holding = next((other for other in others if _goes_on(other, agreement, as_of)), None)
    if agreement.replaced_by is not None or holding is None:
        return "", {}
    return "in-force", {"other": holding.title, "quoted": _quoted(holding.title)}


def _goes_on(other: Agreement, agreement: Agreement, as_of: dt.date) -> bool:
    """Whether another agreement of the same kind holds today, when this one has run out."""
    begun = other.start is None or other.start <= as_of
    return other.kind == agreement.kind and begun and not other.ended and (other.end is None or other.end >= as_of)


def _quoted(title: str) -> str:
    """A title as it is written in a plan: between quotation marks where YAML would read it otherwise."""
    return title if PLAIN.fullmatch(title) else json.dumps(title, ensure_ascii=False)


def _followers(agreement: Agreement, plan: Plan) -> Iterator[Agreement]:
    """The agreements that this one names as the one that follows it."""
    if agreement.replaced_by is None:
        return iter(())
    return (other for other in plan.agreements if other.title == agreement.replaced_by and other is not agreement)


def _open(agreement: Agreement, plan: Plan, as_of: dt.date) -> bool:
    """Whether it is in force and nothing is decided about what follows."""
    begun = agreement.start is None or agreement.start <= as_of
    return begun and not agreement.ended and not any(_followers(agreement, plan))


def _renewed(agreement: Agreement, end: dt.date) -> str:
    """An agreement to paste that begins when the old one ends, and runs for a year; a campaign as long as the old one did."""
    if agreement.kind == CAMPAIGN:
        ends = end + (end - agreement.start if agreement.start else MONTH)
        return f"{{title: New campaign, kind: {CAMPAIGN}, start: {day_after(end)}, end: {day_after(ends)}}}"
    kind = f"kind: {agreement.kind}, " if agreement.kind else ""
    start = day_after(end)
    return f"{{title: New agreement, {kind}start: {start}, end: {year_from(start)}}}"
