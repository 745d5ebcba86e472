"""What builds before this one have made: files in caches and, while somebody watches, what the process still knows."""

from __future__ import annotations

import os
from pathlib import Path

from kamgen.cache import NO_CACHE, Cache, Nothing
from kamgen.chart import PICTURES
from kamgen.compiled import COMPILED
from kamgen.each import Each
from kamgen.known import Known
from kamgen.private import caches
from kamgen.remember import stamp
from kamgen.site import Site


class Before:
    """What is left of the builds before. `begin` comes first in every build, `settle` last.

    `known` is what is known of plans, None where nothing is remembered; `each` is what pages found out about single accounts.
    """

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._root: Path | None = None
        self.cache: Cache = Nothing()
        self.known: Known | None = None
        self.each = Each()

    def begin(self, root: Path, *, forgets: bool) -> None:
        """One for as long as somebody watches. Nothing, where the environment says `KAMGEN_NO_CACHE`."""
        mine = None if forgets or os.environ.get(NO_CACHE) else caches(root)
        if mine is None:
            self._forget()
            PICTURES.remember(Nothing(), "")
            COMPILED.remember(Nothing(), "")
            return
        if self._root != root:  # MkDocs has one plugin for all sites that a process builds
            self._root, self.cache = root, mine[0]
            self.known, self.each = Known(self.cache, stamp()), Each()
        PICTURES.remember(self.cache, stamp())
        COMPILED.remember(mine[1], stamp())

    def settle(self, site: Site) -> None:
        """At the end of a build: what was made is kept, what is old goes."""
        if self.known is None:
            return
        self.known.settle()
        site.rows.settle()
        self.each.settle(frozenset(account.path for account in site.accounts))
        self.cache.settle()
        COMPILED.settle()
