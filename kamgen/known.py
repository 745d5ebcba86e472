"""What is known of plans from builds before: what stands in a file, and what the rules said of it on a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from kamgen.account import Account
from kamgen.cache import Cache, Nothing
from kamgen.diagnostic import Diagnostic
from kamgen.frozen import packed, unpacked
from kamgen.stamp import digest

Days = dict[str, tuple[Diagnostic, ...]]
"""Day -> what the rules that look at one plan say of it."""
Dated = dict[dt.date, Account]
"""What a file comes to, by day."""
Thing = TypeVar("Thing")


class Reader(Protocol[Thing]):
    """Reads a file: now, or as it was read before."""

    def read(self) -> Thing:
        """What stands in it."""

    def packed(self, found: Thing) -> bytes | None:
        """What was read, as bytes to keep; None where they would not be the same again."""

    def unpacked(self, kept: bytes) -> Thing | None:
        """What was read before; None where the bytes are of nothing like it."""


class Known:
    """What one process knows, and finds in its cache. `begin` comes first: nothing is known across another portfolio file or folder."""

    def __init__(self, cache: Cache | None = None, stamp: str = "") -> None:
        self._cache = cache or Nothing()
        self._stamp = stamp
        self._base = ""
        self._texts: dict[str, tuple[str, Any]] = {}
        self._days: dict[str, Days] = {}
        self._asked: dict[str, Days] = {}
        self._fresh: set[str] = set()
        self._accounts: dict[str, tuple[object, Dated]] = {}
        self._met: dict[str, Dated] = {}
        self._grown: set[str] = set()

    def begin(self, portfolio: str, paths: Iterable[str]) -> None:
        """A folder is read: what every plan in it is read and judged by is the text of the portfolio file, and which plans there are."""
        self._base = digest((self._stamp, portfolio, *paths))
        self._asked, self._fresh = {}, set()
        self._met, self._grown = {}, set()

    def text(self, path: str, data: bytes, beside: str, reader: Reader[Thing]) -> Thing:
        """What stands in a file of this content; `beside` is what else it depends on. It is read where it is not known."""
        key = digest(("text", self._base, path, data, beside))
        known, found = self._texts.get(path, ("", None))
        if known != key:
            found = self._before(key, reader)
            self._texts[path] = (key, found)
        self._cache.use(key)
        made: Thing = found
        return made

    def _before(self, key: str, reader: Reader[Thing]) -> Thing:
        """What a build before has read, or what is read now."""
        kept = self._cache.load(key)
        found = None if kept is None else reader.unpacked(kept)
        if found is not None:
            return found
        found = reader.read()
        data = reader.packed(found)
        if data is not None:
            self._cache.keep(key, data)
        return found

    def account(self, path: str, written: object, as_of: dt.date, make: Callable[[], Account]) -> Account:
        """What a file comes to on a day: the same object as before, where it is made of the same, which `text` gave."""
        whose, dated = self._accounts.get(path, (None, {}))
        if whose is not written:
            dated = {}
            self._accounts[path] = (written, dated)
        if as_of not in dated:
            dated[as_of] = make()
            self._grown.add(path)
        found = self._met.setdefault(path, {})[as_of] = dated[as_of]
        return found

    def judged(
        self, accounts: tuple[Account, ...], as_of: dt.date, judge: Callable[[tuple[Account, ...]], Iterable[Diagnostic]]
    ) -> tuple[Diagnostic, ...]:
        """What the rules say of each account by itself on a day; those are judged of whom it is not known.

        Where two plans have one id their findings are told apart by number, so that neither stands for itself.
        """
        ids = Counter(account.id for account in accounts)
        alone = {account.path: self._key(account) for account in accounts if ids[account.id] == 1}
        day = as_of.isoformat()
        known = {path: said for path, key in alone.items() if (said := self._on(key).get(day)) is not None}
        found: dict[str, list[Diagnostic]] = {account.path: [] for account in accounts if account.path not in known}
        for diagnostic in judge(tuple(account for account in accounts if account.path in found)):
            found[diagnostic.path].append(diagnostic)
        for path in found.keys() & alone.keys():
            known[path] = tuple(found[path])
            self._fresh.add(alone[path])
        for path, key in alone.items():
            self._asked.setdefault(key, {})[day] = self._days[key][day] = known[path]
        return tuple(diagnostic for account in accounts for diagnostic in (known if account.path in known else found)[account.path])

    def _key(self, account: Account) -> str:
        return digest(("verdict", self._base, account.path, account.document.text, repr(account.problems)))

    def _on(self, key: str) -> Mapping[str, tuple[Diagnostic, ...]]:
        """What is known of an account, by day."""
        if key not in self._days:
            data = self._cache.load(key)
            self._days[key] = (unpacked(data, Days) if data else None) or {}
        return self._days[key]

    def settle(self) -> None:
        """What was asked for in this build is kept for the next; where a day is new, those that nobody asked for are forgotten."""
        for key, said in self._asked.items():
            if key in self._fresh:
                self._cache.keep(key, packed(said))
            self._cache.use(key)
        self._days = {key: said if key in self._fresh else self._days[key] for key, said in self._asked.items()}
        self._accounts = {path: (self._accounts[path][0], self._lasting(path)) for path in self._met}
        self._asked, self._fresh = {}, set()
        self._met, self._grown = {}, set()

    def _lasting(self, path: str) -> Dated:
        """What a file comes to on the days that are kept."""
        return self._met[path] if path in self._grown else self._accounts[path][1]
