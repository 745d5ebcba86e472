"""What now: what a key account manager reads on the phone before a meeting, and the verdict of the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from kamgen.cadence import last_activity, next_activity, overdue
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.figures.coverage import Rate, compliance
from kamgen.figures.health import Health
from kamgen.figures.profile import profile
from kamgen.frozen import Frozen
from kamgen.message import say
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.pages.account.blocks import say_in
from kamgen.pages.account.health import Condition, condition
from kamgen.pages.account.pieces import Row
from kamgen.pages.account.questions import View
from kamgen.pages.account.values import Words, cell, chosen, told
from kamgen.pages.account.work import Occasion, age, occasion
from kamgen.prose import ticks
from kamgen.site import Site
from kamgen.written import share

GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
FACTS = ("tier_reason", "status_reason", "paused_until", "deputy", "executive_sponsor")


class Moment(Frozen):
    """An activity in the head: how many days from as-of in words, and what it is; without an occasion only the words.

    `then` is the next step that was agreed.
    """

    words: str
    occasion: Occasion | None = None
    then: str = ""


class Head(Frozen):
    """The head of an account page. `late` are the overdue activities, the oldest first."""

    tier: str
    status: str
    status_id: str
    owner: str
    owner_id: str
    facts: Sequence[Row]
    next: Moment
    last: Moment
    late: Sequence[tuple[str, Occasion]]
    late_words: str
    compliance: str
    condition: Condition | None
    counts: Sequence[tuple[str, str]]


def head(view: View, places: Collection[str]) -> Head:
    """The head, from the plan as the audience may see it and the one that the rules are judged by; `places` are the parts of the page."""
    account, plan, site, words = view[:4]
    whole = account.plan or plan
    late = [] if whole.closed else [(age(one, site.as_of, words), occasion(one, words)) for one in overdue(plan, site.as_of)]
    return Head(
        tier=words.name("tier", plan.tier),
        status=cell(plan, "", "status", words),
        status_id=plan.status or "",
        owner=words.name("person", plan.owner),
        owner_id=plan.owner,
        facts=chosen(plan, "", FACTS, words),
        next=_next(plan, whole, site, words),
        last=_last(plan, site, words),
        late=late,
        late_words=_late_words(len(late), 0 if whole.closed else len(overdue(whole, site.as_of)), words),
        compliance=_compliance(compliance(account.cells), words),
        condition=condition(health_of(view), account, words, places, site.as_of),
        counts=_counts(site.findings(account), words),
    )


def health_of(view: View) -> Health:
    """The health as the overviews tell it: what the audience may not read has no part in it."""
    site = view.site
    return profile(view.account, view.plan, site.portfolio, site.ruleset, site.workspace.ground.window, site.as_of).health


def _next(plan: Plan, whole: Plan, site: Site, words: Words) -> Moment:
    found = next_activity(plan, site.ruleset, site.as_of)
    if found:
        return Moment(_ahead(found, site.as_of, words), occasion(found, words))
    if next_activity(whole, site.ruleset, site.as_of):
        return Moment(told("account.next.hidden", words.language))
    if not plan.status:
        return Moment(told("account.next.unknown", words.language))
    if whole.closed:
        return Moment(say_in(words, "account.next.closed", status=cell(plan, "", "status", words).lower()))
    return Moment(told("account.next.none", words.language))


def _ahead(activity: Activity, as_of: dt.date, words: Words) -> str:
    days = (activity.date - as_of).days
    return say_in(words, "account.next.in", n=days) if days else told("account.next.today", words.language)


def _last(plan: Plan, site: Site, words: Words) -> Moment:
    found = last_activity(plan, site.ruleset, site.as_of)
    if found is None:
        return Moment(told("account.last.none", words.language))
    days = (site.as_of - found.date).days
    ago = say_in(words, "account.last.ago", n=days) if days else told("account.next.today", words.language)
    return Moment(ago, occasion(found, words), cell(found, "activities", "next_step", words))


def _late_words(shown: int, late: int, words: Words) -> str:
    if late > shown:
        return say_in(words, "account.overdue.hidden", n=late - shown)
    return "" if shown else told("account.overdue.none", words.language)


def _compliance(rate: Rate, words: Words) -> str:
    if rate.value is None:
        return told("account.compliance.none", words.language)
    return f"{share(rate.value)} ({say_in(words, 'account.compliance.value', part=rate.part, whole=rate.whole)})"


def _counts(findings: Sequence[Diagnostic], words: Words) -> list[tuple[str, str]]:
    """How many findings of each severity there are, the waived ones apart."""
    counts = [(severity.word, sum(1 for one in findings if one.severity is severity and not one.waived)) for severity in GRAVEST_FIRST]
    counts.append(("waived", sum(1 for one in findings if one.waived)))
    return [(name, say_in(words, f"account.count.{name}", n=count)) for name, count in counts if count]


class Told(NamedTuple):
    """A finding as the page shows it. `address` leads to the line of the source, None where nobody knows it."""

    severity: str
    word: str
    message: Markup
    help: Markup
    code: str
    rule: str
    place: str
    address: str | None


class Verdict(Frozen):
    """The findings of an account: those that stand, errors first, and those that were waived. `more` are on the page of all findings."""

    standing: Sequence[Told]
    waived: Sequence[Told]
    more: int = 0


FINDINGS: Final = 25
"""How many findings have room on the account page, waived ones included."""


def verdict(findings: Sequence[Diagnostic], site: Site, most: int | None = None) -> Verdict:
    """Findings as a page lists them, `most` at most."""
    gravest = sorted(findings, key=lambda one: (one.waived, -one.severity, one.order))
    shown = gravest[:most]
    told_of = [(one.waived, _told(one, site)) for one in shown]
    return Verdict([one for waived, one in told_of if not waived], [one for waived, one in told_of if waived], len(gravest) - len(shown))


def _told(one: Diagnostic, site: Site) -> Told:
    word = told(f"account.severity.{one.severity.word}", site.language)
    place = say("account.findings.line", language=site.language, line=one.line)
    return Told(one.severity.word, word, ticks(one.message), ticks(one.help), one.code, one.rule, place, site.source_url(one.path, one.line))
