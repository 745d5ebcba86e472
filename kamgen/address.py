"""Where pages are: addresses out of names, so that no two pages share one and none stands in the place of an index."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from kamgen.account import Account
from kamgen.alphabet import slug
from kamgen.model.kind import ACCOUNT_ID
from kamgen.model.portfolio import Person, Publish

INDEX: Final = "index"
TAKEN: Final = frozenset({INDEX, "readme"})
"""What MkDocs puts in the place of a folder."""


def in_folder(folder: str, names: Iterable[str]) -> Mapping[str, str]:
    """Name -> address of its page in a folder."""
    found: dict[str, str] = {}
    taken = set(TAKEN)
    for name in dict.fromkeys(names):
        stem = free(slug(name) or folder.removesuffix("s"), taken, second=1)
        taken.add(stem)
        found[name] = f"{folder}/{stem}.md"
    return found


def of_accounts(accounts: Iterable[Account]) -> Iterator[tuple[str, str]]:
    """Path of the plan -> address of its page. An id that could not be an address is told by a rule and gets a plain one here."""
    taken = set(TAKEN)
    for account in sorted(accounts, key=lambda account: account.path):
        name = free(account.id if ACCOUNT_ID.fullmatch(account.id) else slug(account.id) or "account", taken, second=2)
        taken.add(name)
        yield account.path, f"accounts/{name}.md"


def free(wanted: str, taken: Collection[str], second: int) -> str:
    """What is wanted, or where it is taken with the first number behind it, from `second` on, that is free."""
    numbered = (f"{wanted}-{count}" for count in itertools.count(second))
    return next(name for name in itertools.chain((wanted,), numbered) if name not in taken)


def of_people(people: Iterable[Person]) -> Mapping[str, str]:
    """Person id -> address of the page."""
    return {person.id: f"kams/{person.id if person.id != INDEX else 'person-index'}.md" for person in people}


def of_calendar(publish: Publish, of: str) -> str | None:
    """The address of the calendar that belongs to a page, without one of all; None where none are published.

    `kams/kari.md` has `calendar/kari.ics`. Where the portfolio names a secret part it stands after `calendar/`.
    """
    if not publish.calendars:
        return None
    stem = "person-all" if of == "kams/all.md" else of.removeprefix("kams/").removesuffix(".md")
    return f"calendar/{f'{publish.calendar_path}/' if publish.calendar_path else ''}{stem or 'all'}.ics"
