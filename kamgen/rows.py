"""What overviews show of single accounts: a row is made again when its plan changes, not when another one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup

from kamgen.cache import Cache, Nothing
from kamgen.frozen import packed, unpacked
from kamgen.stamp import digest

Kept = dict[str, tuple[str, dict[str, str]]]
"""Path of the plan -> a digest of all that is known of it, and what is shown of it: a row, or several by name."""
NOBODY: Final[Mapping[str, str]] = {}


class Rows:
    """The rows of a site by the name of their table. Without a cache they last as long as the site."""

    def __init__(self) -> None:
        self._known: dict[str, Kept] = {}
        self._fresh: set[str] = set()
        self.remember(Nothing(), "", NOBODY)

    def remember(self, cache: Cache, alike: str, plans: Mapping[str, str]) -> None:
        """Rows of builds before stand in a cache. `alike` is the digest of what is the same for all, `plans` has one of every plan by path."""
        self._cache, self._alike, self._plans = cache, alike, plans

    def shown(self, table: str, path: str, make: Callable[[], str], name: str = "") -> Markup:
        """The row of an account: HTML that rests on its plan, on what is the same for all, and on nothing else. Several have a name each."""
        tables, plan = self._of(table), self._plans.get(path, "")
        if path not in tables or tables[path][0] != plan:
            tables[path] = (plan, {})
        rows = tables[path][1]
        if name not in rows:
            rows[name] = str(make())  # of markup too
            self._fresh.add(table)
        return Markup(rows[name])  # noqa: S704  (HTML of our own template)

    def keeper(self, table: str) -> Callable[..., Markup]:
        """What templates call around a row: `{% call kept(path) %}<tr>...</tr>{% endcall %}`, with a name where an account has several."""

        def kept(path: str, name: str = "", *, caller: Callable[[], str]) -> Markup:
            return self.shown(table, path, caller, name)

        return kept

    def _of(self, table: str) -> Kept:
        if table not in self._known:
            data = self._cache.load(self._key(table))
            self._known[table] = (unpacked(data, Kept) if data else None) or {}
        return self._known[table]

    def _key(self, table: str) -> str:
        return digest(("rows", self._alike, table))

    def settle(self) -> None:
        """At the end of a build: the tables with a new row are kept, with the rows of the plans that there are."""
        for table in sorted(self._fresh):
            self._cache.keep(self._key(table), packed({path: row for path, row in self._known[table].items() if path in self._plans}))
        self._fresh.clear()
