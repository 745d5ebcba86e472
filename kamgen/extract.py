"""An extract of a site: some of its plans, as if there were no others. What is made of it rests on these plans, and on nothing beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kamgen.account import Account
from kamgen.diagnostic import Diagnostic
from kamgen.figures.outlook import Outlook
from kamgen.frozen import with_values
from kamgen.model.portfolio import Person
from kamgen.site import Site
from kamgen.workspace import Workspace


@dataclass(frozen=True)
class Extract(Site):
    """A site of some plans. What is the same for every page (`near.ALIKE`) is that of the `whole` site."""

    whole: Site = field(kw_only=True, repr=False)
    rests_on: tuple[str, ...] = field(kw_only=True)
    """The paths of the plans, in the order of the accounts that they are extracted for."""

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self.rests_on)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Those of the plans, sorted by name."""
        return tuple(account for account in self.whole.accounts if account.path in self._paths)

    @cached_property
    def outlooks(self) -> tuple[Outlook, ...]:
        """Where they stand, in the order of the whole site."""
        return tuple(outlook for outlook in self.whole.outlooks if outlook.account.path in self._paths)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is said of them, by file and place."""
        return tuple(found for found in self.whole.diagnostics if found.path in self._paths)

    @property
    def kams(self) -> tuple[Person, ...]:
        """All of us who have a page."""
        return self.whole.kams

    @property
    def _addresses(self) -> Mapping[str, str]:
        return self.whole._addresses  # noqa: SLF001  (its own class)

    @property
    def account_pages(self) -> Mapping[str, str]:
        """Where the pages of all accounts are."""
        return self.whole.account_pages

    @property
    def group_pages(self) -> Mapping[str, str]:
        """Where the pages of all groups are."""
        return self.whole.group_pages


def extract(site: Site, outlooks: Iterable[Outlook]) -> Extract:
    """The extract with the plans of some outlooks."""
    paths = tuple(outlook.account.path for outlook in outlooks)
    some = _some(site.workspace, frozenset(paths))
    return Extract(some, source_url=site.source_url, handbook=site.handbook, url=site.url, each=site.each, rows=site.rows, whole=site, rests_on=paths)


def _some(workspace: Workspace, paths: frozenset[str]) -> Workspace:
    reading = with_values(workspace.reading, plans=tuple(plan for plan in workspace.reading.plans if plan.document.path in paths), partial=True)
    return with_values(workspace, reading=reading, accounts=tuple(account for account in workspace.accounts if account.path in paths), diagnostics=())
