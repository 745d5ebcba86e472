"""The handbook: which of the company's files are published, and an index page with the rules in force where the company wrote none."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kamgen.page import Page, page
from kamgen.site import Site

PREFIX: Final = "handbook/"
INDEX: Final = f"{PREFIX}index.md"
INDEXES: Final = frozenset({INDEX, f"{PREFIX}README.md"})
PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
PAPERS: Final = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".txt", ".csv", ".ics"})
READ: Final = frozenset({".md", ".yml", ".yaml"})
ACTIVE: Final = re.compile(rb"<\s*(?:script|foreignobject|iframe|!entity)|\bon[a-z]+\s*=|javascript:|data:text", re.IGNORECASE)
"""What makes a drawing run something when it is opened by itself."""


def publishable(docs: Path, uri: str, named: Container[str] = ()) -> bool:
    """Whether a file below `plans/` may be published as it is: the handbook's, and what the company's mkdocs.yml names.

    A link is never followed, and nothing that could be a plan or its settings is published because of its name.
    """
    kind = Path(uri).suffix.lower()
    asked = uri in named and kind not in READ
    if not (asked or uri.startswith(PREFIX)) or _is_linked(docs, uri):
        return False
    if kind == ".svg":
        return not ACTIVE.search((docs / uri).read_bytes())
    return asked or kind == ".md" or kind in PICTURES | PAPERS


def _is_linked(docs: Path, uri: str) -> bool:
    steps = [docs / uri, *(docs / folder for folder in Path(uri).parents)]
    return any(step.is_symlink() for step in steps)


def reading_order(uris: Iterable[str]) -> list[str]:
    """The handbook's pages among some files: its index first, the others by path."""
    return sorted((uri for uri in uris if uri.startswith(PREFIX)), key=lambda uri: (uri not in INDEXES, uri))


@page("handbook")
def handbook(site: Site) -> Iterator[Page]:
    """The index, where the company has none of its own."""
    if not INDEXES.intersection(site.handbook):
        yield Page(
            address=INDEX,
            title=site.say("site.handbook"),
            template="handbook.html",
            context=lambda: _rules(site),
            menu=90,
            search=site.say("site.handbook.search"),
        )


def _rules(site: Site) -> Mapping[str, Any]:
    ruleset = site.ruleset
    return {"tiers": ruleset.tiers.values(), "types": ruleset.activity_types, "own": site.handbook}
