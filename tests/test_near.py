"""The site from near: what only a few plans decide may be remembered by them, and a page that looks further is noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kamgen.near import ALIKE, Near
from kamgen.page import Page, Sheet, collect, templates
from kamgen.pages.extra import extra_pages  # noqa: F401  (importing the pages registers them)
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import PLAN, write


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two accounts, one the other's parent, and one that cannot be read."""
    bravo = PLAN.replace("Acme", "Bravo").replace("tier: A\n", "tier: B\nparent: acme\n")
    folder = write(tmp_path, {"acme.md": PLAN, "bravo.md": bravo, "broken.md": "---\nowner: [\n---\n"})
    return Site(load(folder, dt.date(2026, 5, 6)))


@pytest.fixture
def near(site: Site) -> Any:
    found: Any = site.near
    found.begin(("plans/acme.md",))
    return found


@pytest.mark.parametrize("name", sorted(ALIKE))
def test_what_is_alike_for_all_is_near(near: Near, site: Site, name: str) -> None:
    assert getattr(near, name) == getattr(site, name)
    assert not near.wide


@pytest.mark.parametrize(
    "look",
    [
        lambda near: near.outlooks,
        lambda near: near.accounts,
        lambda near: near.errors,
        lambda near: near.workspace.accounts,
        lambda near: near.findings(near.accounts[1]),
        lambda near: near.counted(near.accounts[1]),
    ],
)
def test_who_looks_at_all_is_noticed_and_sees_it(near: Near, look: Callable[[Any], Any]) -> None:
    assert look(near) is not None
    assert near.wide
    near.begin(())
    assert not near.wide


def test_an_account_sees_its_own_findings_and_the_ground(near: Near, site: Site) -> None:
    acme = next(account for account in site.accounts if account.id == "acme")
    assert near.findings(acme) == site.findings(acme)
    assert near.counted(acme) == site.counted(acme)
    assert near.workspace.ground is site.workspace.ground
    assert not near.wide


def test_no_page_looks_further_than_it_says(site: Site) -> None:
    shown = templates(None, "en")
    near: Any = site.near
    resting = [part for part in collect(site) if isinstance(part, Page | Sheet) and part.rests_on is not None]
    assert {part.template for part in resting} >= {
        "account.html",
        "account/brief.html",
        "account/workshop.html",
        "rule.html",
        "reference.html",
        "kam.html",
        "tier.html",
        "group.html",
    }
    for part in resting:
        near.begin(part.rests_on)
        if isinstance(part, Sheet):
            shown.sheet(part, site.near, str, "sheet.css", "notice")
        else:
            shown.render(part, site.near, str)
        assert not near.wide, part.address
