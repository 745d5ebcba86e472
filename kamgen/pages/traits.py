"""The twelve traits: the self-assessment over the years as a picture and as a table, and which traits matter most now (002)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from kamgen.chart import Chart
from kamgen.charts.lines import Line, lines
from kamgen.model.traits import TRAITS, Assessment
from kamgen.page import Page, page
from kamgen.pages.handbook import INDEX
from kamgen.site import Site


@page("traits")
def traits(site: Site) -> Iterator[Page]:
    """One page of the handbook."""
    yield Page(
        address="twelve-traits.md",
        title=site.say("traits.page"),
        template="traits.html",
        context=lambda: _context(site),
        parent=INDEX,
        menu=97,
        search=site.say("traits.search"),
        hide=("navigation", "toc"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    told = sorted(site.workspace.reading.traits.assessments, key=lambda one: (one.year, one.by or ""))
    years = sorted({one.year for one in told})
    means = {year: mean([one for one in told if one.year == year]) for year in years}
    top = Counter(number for one in told if years and one.year == years[-1] for number in one.top_three)
    return {
        "numbers": range(1, TRAITS + 1),
        "years": years,
        "rows": [(number, [_words(means[year][number - 1]) for year in years], top[number]) for number in range(1, TRAITS + 1)],
        "assessments": told,
        "charts_shown": [_chart(site, means)] if years else [],
    }


def mean(told: Sequence[Assessment]) -> tuple[Fraction, ...]:
    """The mean score of each trait: 3 and 4 are 7/2."""
    return tuple(Fraction(sum(one.scores[place] for one in told), len(told)) for place in range(TRAITS))


def _words(value: Fraction) -> str:
    """A score with at most one decimal."""
    return f"{float(value):.1f}".removesuffix(".0")


def _chart(site: Site, means: Mapping[int, tuple[Fraction, ...]]) -> Chart:
    last = means[max(means)]
    weakest = min(range(TRAITS), key=lambda place: last[place])
    rows = [_line(site, means, place) for place in range(TRAITS)]
    title = site.say("traits.title", name=site.say(f"traits.{weakest + 1}"), score=_words(last[weakest]), year=max(means))
    return lines("traits", title, site.say("traits.about"), rows, (1, 5), (site.say("traits.trait"), site.say("traits.mean")))


def _line(site: Site, means: Mapping[int, tuple[Fraction, ...]], place: int) -> Line:
    values = {year: found[place] for year, found in means.items()}
    return Line(f"{place + 1} {site.say(f'traits.{place + 1}')}", values, {year: _words(value) for year, value in values.items()})
