"""What a build remembers of those before: finished pages, each by a digest of everything that it is made of.

A page rests on some plans (`Page.rests_on`) or on all; beside them stands what is the same for every page. Whatever is not known to be
the same is made again: a page that is made twice costs time, a page of yesterday costs trust.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from kamgen.account import Account
from kamgen.cache import Cache, Nothing
from kamgen.diagnostic import Diagnostic
from kamgen.example import EXAMPLES
from kamgen.frozen import packed
from kamgen.page import TEMPLATES, Asset, Page, Sheet
from kamgen.policy import Policy
from kamgen.site import Site
from kamgen.stamp import digest, of_files, of_kamgen
from kamgen.theme import spelled

MARK: Final = "<!-- here stands the notice of kamgen -->"
"""Stands in what is remembered for the notice, which says of every page how many errors there are; no text of a plan can hold it."""


def stamp() -> str:
    """What this process makes verdicts, pictures and pages by, beside what is read anew for every build."""
    return of_kamgen()


@dataclass(frozen=True)
class Finished:
    """A page as it is written, save for the notice, and what it asks of the content security policy."""

    html: str
    policy: Policy

    def packed(self) -> bytes:
        """As bytes: a line for the policy, then the page."""
        head = json.dumps([sorted(part) for part in (self.policy.hashes, self.policy.script_hosts, self.policy.style_hosts)])
        return f"{head}\n{self.html}".encode("utf-8", "surrogatepass")

    @classmethod
    def unpacked(cls, data: bytes) -> Finished:
        """What `packed` made."""
        head, _, html = data.decode("utf-8", "surrogatepass").partition("\n")
        return cls(html, Policy(*map(set, json.loads(head))))


@dataclass(frozen=True)
class Memory:
    """The finished pages of the builds before. `alike` is the digest of what is the same for every page of the site."""

    cache: Cache
    site: Site
    alike: str
    plain: bool = False
    """Whether every template of our pages is ours."""

    def key(self, made: Page | Sheet, *beside: str) -> str:
        """What a page is remembered by; `beside` is what else it shows: the pages before and after it, say."""
        plans = [self._everything] if made.rests_on is None else [f"{path} {self._plans[path]}" for path in made.rests_on]
        return digest((self.alike, spelled(_said(made)), *plans, "beside", *beside))

    def load(self, key: str) -> Finished | None:
        """The finished page; None where there is none, or it is damaged."""
        data = self.cache.load(key)
        return None if data is None else Finished.unpacked(data)

    def keep(self, key: str, made: Page | Sheet, finished: Finished) -> None:
        """Keeps a finished page, unless it looked further than it said."""
        if made.rests_on is None or not self.site.near.wide:  # type: ignore[attr-defined]  # `near` stands for a site
            self.cache.keep(key, finished.packed())

    def view(self, made: Page | Sheet) -> Site:
        """The site as the templates of a page get it."""
        if made.rests_on is None:
            return self.site
        self.site.near.begin(made.rests_on)  # type: ignore[attr-defined]  # `near` stands for a site
        return self.site.near

    def remember_rows(self) -> None:
        """Rows of builds before, where they are made by no template of the company's own: one might show in them what it likes."""
        if self.plain:
            self.site.rows.remember(self.cache, self.alike, self._plans)

    @cached_property
    def _plans(self) -> Mapping[str, str]:
        """Path of the plan -> a digest of its text and of what is said of it."""
        found = self._diagnostics
        return {account.path: _of_plan(account, found.get(account.path, ())) for account in self.site.workspace.accounts}

    @cached_property
    def _everything(self) -> str:
        """A digest of all that stands in the folder."""
        workspace = self.site.workspace
        others = [repr(said) for path, said in sorted(self._diagnostics.items()) if path not in self._plans]
        told = (self.site.origin, repr(workspace.reading.traits), repr(workspace.reading.links))
        return digest((*told, *others, "plans", *self._plans, *self._plans.values()))

    @cached_property
    def _diagnostics(self) -> Mapping[str, list[Diagnostic]]:
        found: dict[str, list[Diagnostic]] = {}
        for diagnostic in self.site.workspace.diagnostics:
            found.setdefault(diagnostic.path, []).append(diagnostic)
        return found


def content(asset: Asset, cache: Cache) -> str | bytes:
    """What an asset holds: as it was made before, or as it is made now."""
    if asset.of is None:
        return asset.make()
    key = digest(("asset", stamp(), asset.address, packed(asset.of())))
    found: str | bytes | None = cache.load(key)
    if found is None:
        found = asset.make()
        cache.keep(key, found.encode() if isinstance(found, str) else found)
    return found


def _said(made: Page | Sheet) -> list[object]:
    """What a page says of itself."""
    names = ("address", "title", "template", "source", "parent", "menu", "section", "search", "hide", "rests_on", "beside")
    return [type(made).__name__, *(getattr(made, name, "") for name in names)]


def _of_plan(account: Account, said: Iterable[Diagnostic]) -> str:
    return digest((account.path, account.document.text, repr(account.problems), *map(repr, said)))


def remembering(cache: Cache, site: Site, folders: Iterable[Path], beside: Iterable[str]) -> Memory:
    """The memory of a build. `folders` are those of the company's templates, `beside` is what else is the same for every page.

    Where one of the folders cannot be read nothing is remembered.
    """
    places = tuple(folders)
    try:
        made_by = (stamp(), of_files((TEMPLATES, EXAMPLES, *places)))
    except OSError:
        return Memory(Nothing(), site, "")
    return Memory(cache, site, digest((*made_by, *_alike(site), *beside)), plain=not places)


def _alike(site: Site) -> Iterator[str]:
    """What `kamgen.near` calls alike: the portfolio file, the rules, the day, where every page is and what accounts are called."""
    ground = site.workspace.ground
    yield from (ground.portfolio_document.text, site.as_of.isoformat(), site.url, repr(site.handbook))
    for layer in ground.rules.layers:
        yield f"{layer.path} {layer.prefix}"
        yield layer.document.text
    yield from (repr((account.path, account.id, account.name, site.address(account))) for account in site.accounts)
    yield from (repr(pages) for pages in (site.kam_pages, site.tier_pages, site.segment_pages, site.region_pages, site.group_pages))
