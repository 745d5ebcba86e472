"""The two matrices: profitability x potential with its postures (002), attractiveness x ability to win with its strategies (003)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from kamgen.chart import Chart
from kamgen.charts.plane import Bubble, Quarters, plane
from kamgen.figures.classification import Position, mean, value_position, winning_position
from kamgen.figures.money import closed_year
from kamgen.figures.outlook import Outlook
from kamgen.model.plan import Plan
from kamgen.page import Page, page
from kamgen.ruleset import Posture, Scoring
from kamgen.site import Site
from kamgen.written import money, number

VALUE: Final = ("keep", "keep-and-nurture", "keep-and-develop", "keep-nurture-and-develop")
WINNING: Final = ("attend", "invest", "harvest", "consolidate")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a matrix: what it advises, and who stands in it."""

    name: str
    posture: Posture
    outlooks: tuple[Outlook, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An account that stands in no quarter, and the words for what is missing."""

    outlook: Outlook
    missing: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix as a page shows it; `source` says where it is explained, `key` are the unplaced accounts of key tiers."""

    id: str
    title: str
    lead: str
    chart: Chart
    quarters: tuple[Quarter, ...]
    key: tuple[Unplaced, ...]
    others: tuple[Unplaced, ...]


@page("matrices")
def matrices(site: Site) -> Iterator[Page]:
    """One page with both."""
    yield Page(
        address="matrices.md",
        title=site.say("matrix.page"),
        template="matrices.html",
        context=lambda: _context(site),
        menu=40,
        section="customers",
        hide=("navigation", "toc"),
        search=site.say("matrix.search"),
    )


def _context(site: Site) -> Mapping[str, Any]:
    return {"matrices": (_value(site), _winning(site)), "year": closed_year(site.portfolio, site.as_of)}


def _value(site: Site) -> Matrix:
    return _matrix(site, "value", VALUE, value_position, _missing_scores)


def _winning(site: Site) -> Matrix:
    return _matrix(site, "winning", WINNING, winning_position, _missing_factors)


Placing = Callable[[Plan, Scoring], Position | None]
Missing = Callable[[Plan, Scoring], tuple[str, ...]]


def _matrix(site: Site, id: str, names: tuple[str, str, str, str], placing: Placing, missing: Missing) -> Matrix:
    scoring = site.ruleset.classification
    known = [outlook for outlook in site.outlooks if outlook.open]
    told = [(outlook, placing(outlook.plan, scoring)) for outlook in known]
    placed = [(outlook, position) for outlook, position in told if position]
    lost = [Unplaced(outlook, _words(site, missing(outlook.plan, scoring))) for outlook, position in told if not position]
    return Matrix(
        id=id,
        title=site.say(f"matrix.{id}"),
        lead=site.say(f"matrix.{id}.lead", high=number(scoring.high)),
        chart=_chart(site, id, names, placed),
        quarters=tuple(_quarter(site, name, placed) for name in names),
        key=tuple(one for one in lost if one.outlook.key),
        others=tuple(one for one in lost if not one.outlook.key),
    )


def _quarter(site: Site, name: str, placed: list[tuple[Outlook, Position]]) -> Quarter:
    return Quarter(_label(site, name), _posture(site, name), tuple(outlook for outlook, position in placed if position.strategy == name))


def _posture(site: Site, name: str) -> Posture:
    return site.ruleset.classification.strategies.get(name) or Posture()


def _label(site: Site, name: str) -> str:
    return _posture(site, name).label or name


def _missing_scores(plan: Plan, _scoring: Scoring) -> tuple[str, ...]:
    found = plan.classification
    return tuple(name for name in ("profitability", "potential") if found is None or getattr(found, name) is None)


def _missing_factors(plan: Plan, scoring: Scoring) -> tuple[str, ...]:
    found = plan.classification
    both = {"attractiveness": scoring.attractiveness, "ability_to_win": scoring.ability_to_win}
    return tuple(name for name, factors in both.items() if found is None or mean(getattr(found, name), factors) is None)


def _words(site: Site, missing: tuple[str, ...]) -> str:
    return site.say("matrix.missing", names=tuple(site.say(f"matrix.score.{name}") for name in missing))


def _chart(site: Site, id: str, names: tuple[str, str, str, str], placed: list[tuple[Outlook, Position]]) -> Chart:
    across, up = site.say(f"matrix.{id}.across"), site.say(f"matrix.{id}.up")
    first, second, third, fourth = (_label(site, name) for name in names)
    quarters = Quarters(across, up, Fraction(site.ruleset.classification.high), (first, second, third, fourth))
    year = closed_year(site.portfolio, site.as_of)
    headings = [site.say("site.account"), site.say("matrix.quarter"), across, up, site.say("site.revenue", year=year)]
    bubbles = [_bubble(site, outlook, position) for outlook, position in placed]
    return plane(f"matrix-{id}", _title(site, id, names, placed), site.say("matrix.about", year=year), bubbles, quarters, headings)


def _bubble(site: Site, outlook: Outlook, position: Position) -> Bubble:
    size = outlook.revenue[1]
    return Bubble(
        label=outlook.plan.account,
        across=position.across,
        up=position.up,
        size=size,
        words=money(size, site.portfolio.currency) if size is not None else site.say("matrix.no-size"),
        across_words=_score(position.across),
        up_words=_score(position.up),
        address=site.address(outlook.account),
    )


def _score(value: Fraction) -> str:
    """A score with one decimal where it has any."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.1f}"


def _title(site: Site, id: str, names: tuple[str, str, str, str], placed: list[tuple[Outlook, Position]]) -> str:
    """The finding: how many of the accounts with scores are in the quarter that asks for the most, and their revenue."""
    if not placed:
        return site.say("matrix.none")
    best = names[1] if id == "winning" else names[3]
    inside = sum(1 for _, position in placed if position.strategy == best)
    return site.say(f"matrix.{id}.title", n=inside, placed=len(placed), name=_label(site, best))
