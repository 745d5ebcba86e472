"""The site as a page sees it that rests on a few plans: whoever looks further is noticed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

ALIKE: Final = frozenset(
    {
        *("portfolio", "ruleset", "audience", "language", "as_of", "url", "source_url", "handbook"),
        *("say", "name", "type_label", "address", "calendar", "webcal"),
        *("account_pages", "kams", "kam_pages", "tier_pages", "segment_pages", "region_pages", "group_pages"),
    }
)
"""What is the same for every page of a site, and part of what each is remembered by."""


class Near:
    """Stands for a site. `wide` is true when something was asked for since `begin` that not only the plans in `paths` decide.

    Nothing is refused: a company's own template may ask for all that there is, but what it makes of it is not remembered.
    """

    def __init__(self, site: Any) -> None:
        self._site = site
        self._paths: Collection[str] = ()
        self.wide = False

    def begin(self, paths: Collection[str]) -> None:
        """A page is made that rests on these plans."""
        self._paths, self.wide = paths, False

    def __getattr__(self, name: str) -> Any:
        if name not in ALIKE:
            self.wide = True
        return getattr(self._site, name)

    def findings(self, account: Any) -> Any:
        """The diagnostics of one account."""
        if account.path not in self._paths:
            self.wide = True
        return self._site.findings(account)

    def counted(self, account: Any) -> Any:
        """How many findings of one account nobody waived, by severity."""
        if account.path not in self._paths:
            self.wide = True
        return self._site.counted(account)

    @property
    def workspace(self) -> Any:
        """Of the workspace, what every plan stands on is the same for all."""
        return _Workspace(self)


class _Workspace:
    def __init__(self, near: Near) -> None:
        self._near = near

    def __getattr__(self, name: str) -> Any:
        if name not in {"ground", "as_of"}:
            self._near.wide = True
        return getattr(self._near._site.workspace, name)  # noqa: SLF001  (the other half of one thing)
