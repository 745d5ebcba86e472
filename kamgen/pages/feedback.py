"""Feedback and complaints: what customers say of us over time, what they wait for, what we do about it (003)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.charts.columns import columns
from kamgen.figures.figure import Ratio
from kamgen.figures.outlook import Outlook
from kamgen.figures.satisfaction import latest, satisfaction
from kamgen.figures.voices import AGES, mean, open_complaints, problems, scores
from kamgen.model.analysis import Complaint, Feedback, FeedbackProblem
from kamgen.page import Page, page
from kamgen.site import Site
from kamgen.written import share

ROWS: Final = 1000
"""Lines of a table."""
YEARS: Final = 5
"""Years of scores that are shown."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a customer says: the latest report card, the score that holds today, and the score of each year."""

    outlook: Outlook
    card: Feedback
    now: Ratio
    years: Mapping[int, Ratio]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A complaint that is not settled, and for how many days."""

    outlook: Outlook
    complaint: Complaint
    age: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem of a customer's latest report card."""

    outlook: Outlook
    problem: FeedbackProblem


@page("feedback")
def feedback(site: Site) -> Iterator[Page]:
    """One page."""
    yield Page(
        address="feedback.md",
        title=site.say("feedback.page"),
        template="feedback.html",
        context=lambda: _context(site),
        menu=45,
        section="customers",
        hide=("navigation", "toc"),
        search=site.say("feedback.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    known = [outlook for outlook in site.outlooks if outlook.open]
    voices = [_voice(site, outlook, card) for outlook in known if (card := latest(outlook.plan.feedback, site.as_of))]
    waiting = sorted((one for outlook in known for one in _waiting(site, outlook)), key=lambda one: -one.age)
    troubles = [Trouble(outlook, one) for outlook in known for one in problems(outlook.plan, site.as_of)]
    years = sorted({year for voice in voices for year in voice.years})[-YEARS:]
    return {
        "voices": voices[:ROWS],
        "voices_all": len(voices),
        "years": years,
        "mean": mean(voice.now.value for voice in voices if voice.now.value is not None),
        "waiting": waiting[:ROWS],
        "waiting_all": len(waiting),
        "unanswered": sum(1 for one in waiting if not one.complaint.measure),
        "troubles": troubles[:ROWS],
        "troubles_all": len(troubles),
        "bare": sum(1 for one in troubles if not one.problem.measure),
        "silent": [voice.outlook for voice in voices if voice.outlook.key and voice.now.value is None]
        + [outlook for outlook in known if outlook.key and not latest(outlook.plan.feedback, site.as_of)],
        "order_of": order_of,
        "charts_shown": [chart for chart in (_means(site, voices, years), _ages(site, waiting)) if chart and chart.drawing],
    }


def order_of(ratio: Ratio | None) -> str:
    """What a score is sorted by; empty where there is none."""
    return "" if ratio is None or ratio.value is None else f"{float(ratio.value):.6f}"


def _voice(site: Site, outlook: Outlook, card: Feedback) -> Voice:
    return Voice(outlook, card, satisfaction(outlook.plan.feedback, site.as_of), scores(outlook.plan.feedback, site.as_of))


def _waiting(site: Site, outlook: Outlook) -> Iterator[Waiting]:
    return (Waiting(outlook, one, (site.as_of - one.date).days) for one in open_complaints(outlook.plan, site.as_of))


def _means(site: Site, voices: list[Voice], years: list[int]) -> Chart | None:
    """The mean of the customers' scores of each year."""
    told = [(year, mean(value for voice in voices if (value := _score(voice, year)) is not None)) for year in years]
    if not told:
        return None
    last = told[-1]
    title = site.say("feedback.title", year=last[0], share=share(last[1].value), n=last[1].customers)
    shown = [Bar(str(year), found.value, f"{share(found.value)} ({found.customers})") for year, found in told]
    return columns("chart-scores", title, site.say("feedback.about"), shown, [site.say("picture.year"), site.say("feedback.score")])


def _score(voice: Voice, year: int) -> Fraction | None:
    return voice.years[year].value if year in voice.years else None


def _ages(site: Site, waiting: list[Waiting]) -> Chart | None:
    """Open complaints by age; the title says how many wait for more than a month."""
    if not waiting:
        return None
    counts = [(first, last, sum(1 for one in waiting if first <= one.age <= (last or one.age))) for first, last in AGES]
    old = sum(count for first, _, count in counts if first > (AGES[0][1] or 0))
    shown = [Bar(_span(site, first, last), count, str(count)) for first, last, count in counts]
    headings = [site.say("feedback.age"), site.say("feedback.complaints")]
    return bars("chart-ages", site.say("feedback.ages.title", n=old, all=len(waiting)), site.say("feedback.ages.about"), shown, headings)


def _span(site: Site, first: int, last: int | None) -> str:
    return site.say("feedback.ages.over", first=first) if last is None else site.say("feedback.ages.span", first=first, last=last)
