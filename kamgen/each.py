"""What pages found out about single accounts: it is known for as long as the account is the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from kamgen.account import Account

Thing = TypeVar("Thing")


class Each:
    """What is known of each account by name. While somebody watches it outlives a build; without `Known` every build has accounts of its own.

    An account is the same object only where its text, the portfolio file, the plans that there are, the rules and the day are the same. What
    rests on more than that, such as what another plan says, has no place here.
    """

    def __init__(self) -> None:
        self._told: dict[str, tuple[Account | None, dict[str, Any]]] = {}

    def known(self, name: str, account: Account, make: Callable[[], Thing]) -> Thing:
        """What `make` tells of an account, told once under a name."""
        whose, told = self._told.get(account.path, (None, {}))
        if whose is not account:
            told = {}
            self._told[account.path] = (account, told)
        if name not in told:
            told[name] = make()
        found: Thing = told[name]
        return found

    def settle(self, paths: frozenset[str]) -> None:
        """At the end of a build: whoever is gone is let go."""
        self._told = {path: told for path, told in self._told.items() if path in paths}
