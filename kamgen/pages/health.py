"""Plan health: every finding, by severity and account, with its place in the file and the way to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote, urljoin

from kamgen import frames
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.folder import PLANS
from kamgen.page import Asset, Page, Part, page
from kamgen.site import Site

ADDRESS: Final = "health.md"
DOWNLOAD: Final = "findings.csv"
ROWS: Final = 1000
"""Findings of one severity on the page; the download has them all."""
GRAVE_FIRST: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@page("health")
def health(site: Site) -> Iterator[Part]:
    """The page, and the same as CSV."""
    yield Page(
        address=ADDRESS,
        title=site.say("site.health"),
        template="health.html",
        context=lambda: _context(site),
        menu=80,
        hide=("navigation", "toc"),
        search=site.say("site.health.search"),
    )
    yield Asset(DOWNLOAD, lambda: frames.csv(frames.findings(site.diagnostics)), of=lambda: site.diagnostics)


def _context(site: Site) -> Mapping[str, Any]:
    open_ones = [found for found in site.diagnostics if not found.waived]
    waived = [found for found in site.diagnostics if found.waived]
    by_severity = {severity: [found for found in open_ones if found.severity is severity] for severity in GRAVE_FIRST}
    return {
        "groups": [(severity.word, len(found), _by_account(site, found[:ROWS])) for severity, found in by_severity.items()],
        "waived": (len(waived), _by_account(site, waived[:ROWS])),
        "rules": sorted(Counter((found.severity, found.code, found.rule) for found in open_ones).items(), key=_order),
        "rows": ROWS,
        "kept": site.rows.keeper(ADDRESS),
        "download": DOWNLOAD,
    }


def source_address(path: str, line: int, repository: str | None, folder: str | None, pattern: str | None) -> str | None:
    """Where a line of a file below `plans/` can be edited; None where neither the folder's address nor a pattern is known."""
    if not path.startswith(f"{PLANS}/") or not (folder or pattern):
        return None
    source = quote(path.removeprefix(f"{PLANS}/"))
    where = pattern.format(path=source, path_noext=source.rpartition(".")[0]) if pattern else f"{folder}{source}"
    return f"{urljoin(f'{repository}/' if repository else '', where)}#L{line}"


def _order(entry: tuple[tuple[Severity, str, str], int]) -> tuple[int, str]:
    (severity, code, _), _ = entry
    return -severity, code


def _by_account(site: Site, found: Sequence[Diagnostic]) -> list[tuple[str, str | None, list[Diagnostic]]]:
    """The findings of each file by the account's name: name, address of its page (None for the portfolio), findings."""
    known = {account.path: account for account in site.accounts}
    groups = [(path, list(listed)) for path, listed in groupby(found, key=lambda diagnostic: diagnostic.path)]
    named = [(known[path].name if path in known else path, site.address(known[path]) if path in known else None, listed) for path, listed in groups]
    return sorted(named, key=lambda group: (group[1] is not None, group[0].casefold()))
