"""Sheets on paper: the brief fits on one side of A4 whatever the plan holds, and nothing of it is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kamgen import page, workspace
from kamgen.pages.account import accounts
from kamgen.site import Site
from tests.conftest import ROOT
from tests.pages.plans import AS_OF, site_of
from tests.pages.stuffed import stuffed

TEMPLATES = page.templates(None, "en")
PAPER = {"width": 695, "height": 1000}
"""The width of A4 between the margins, in CSS pixels."""
FULLEST = 6
"""The demonstration accounts with the longest plans."""
THIN = "---\naccount: Thin\ntier: C\nowner: kari.nygaard\n---\n"


def written(site: Site, name: str, only: set[str], folder: Path) -> list[Path]:
    """The sheets of one sort, as files beside their style sheet."""
    (folder / "sheet.css").write_text(TEMPLATES.sheet_style(), encoding="utf-8")
    found = []
    for made in accounts(site):
        if isinstance(made, page.Sheet) and made.address.endswith(f"/{name}.html") and made.address.split("/")[1] in only:
            file = folder / made.address.replace("/", "-")
            file.write_text(TEMPLATES.sheet(made, site, lambda address: address, "sheet.css"), encoding="utf-8")
            found.append(file)
    return found


@pytest.fixture(scope="module")
def demonstration() -> tuple[Site, set[str]]:
    site = Site(workspace.load(ROOT, AS_OF))
    longest = sorted(site.accounts, key=lambda account: -len(account.document.text))
    return site, {account.id for account in longest[:FULLEST]}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": PAPER["width"], "height": PAPER["height"]})
    yield opened
    opened.close()


def sides(tab: Page, file: Path) -> int:
    """How many sides of A4 a sheet takes."""
    tab.goto(file.as_uri())
    return len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True)))


def is_whole(tab: Page) -> bool:
    """Whether nothing of the open sheet is cut off on paper."""
    tab.emulate_media(media="print")
    return bool(tab.evaluate("(() => { const one = document.querySelector('.ks-sheet'); return one.scrollHeight <= one.clientHeight + 1 })()"))


def test_the_brief_of_the_fullest_accounts_is_one_side(tab: Page, demonstration: tuple[Site, set[str]], tmp_path: Path) -> None:
    found = written(demonstration[0], "brief", demonstration[1], tmp_path)
    assert len(found) == FULLEST
    for file in found:
        assert sides(tab, file) == 1, file
        assert is_whole(tab), file


def test_the_brief_is_one_side_whatever_the_plan_holds(tab: Page, tmp_path: Path) -> None:
    site = site_of(tmp_path, {"stuffed": stuffed(), "thin": THIN})
    for file in written(site, "brief", {"stuffed", "thin"}, tmp_path):
        assert sides(tab, file) == 1, file
        assert is_whole(tab), file


def test_the_workshop_sheet_is_two_sides(tab: Page, demonstration: tuple[Site, set[str]], tmp_path: Path) -> None:
    assert [sides(tab, file) for file in written(demonstration[0], "workshop", demonstration[1], tmp_path)] == [2] * FULLEST


@pytest.mark.parametrize("name", ["brief", "workshop", "activities"])
def test_a_phone_needs_no_scrolling_sideways(tab: Page, name: str, tmp_path: Path) -> None:
    site = site_of(tmp_path, {"stuffed": stuffed()})
    tab.set_viewport_size({"width": 390, "height": 800})
    for file in written(site, name, {"stuffed"}, tmp_path):
        tab.goto(file.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
