"""Figures with their formulas: what each number of the site is made of, an example worked out, and when it is absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kamgen.page import Page, page
from kamgen.pages.handbook import INDEX
from kamgen.site import Site

FIGURES: Final[Mapping[str, str]] = {
    "compliance": "compliance.md",
    "next-activity-rate": "index.md",
    "overdue": "overdue.md",
    "moves": "overdue.md",
    "share-of-wallet": "finance.md",
    "penetration": "white-space.md",
    "white-space": "white-space.md",
    "budget-attainment": "finance.md",
    "customer-profit": "finance.md",
    "growth": "finance.md",
    "retained-revenue": "finance.md",
    "concentration": "finance.md",
    "relationship-coverage": "relationships.md",
    "weak-contacts": "relationships.md",
    "threads": "relationships.md",
    "plan-freshness": "reviews.md",
    "completeness": "portfolio.md",
    "goal-progress": "goals.md",
    "action-progress": "goals.md",
    "satisfaction": "portfolio.md",
    "kam-load": "kams/index.md",
    "health": "portfolio.md",
}
"""Every figure, and the page of all accounts that tells it."""


@page("formulas")
def formulas(site: Site) -> Iterator[Page]:
    """One page of the handbook."""
    yield Page(
        address="figures.md",
        title=site.say("formulas.page"),
        template="formulas.html",
        context=lambda: {"figures": FIGURES, "weights": _weights(site)},
        parent=INDEX,
        menu=93,
        search=site.say("formulas.search"),
        hide=(),
    )


def _weights(site: Site) -> list[dict[str, Any]]:
    """The parts of the health that have a weight, the heaviest first."""
    found = sorted(site.ruleset.health.items(), key=lambda pair: -pair[1])
    return [{"name": name, "weight": weight} for name, weight in found if weight]
