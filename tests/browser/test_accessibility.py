"""Accessibility: axe-core finds nothing in what we write, on every kind of page, in both palettes (WCAG 2.2 AA)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import axe_core_python  # type: ignore[import-untyped]  # it carries a script, and is asked only where it lies
import pytest
from playwright.sync_api import Browser, Page

from tests.kinds import kinds
from tests.sites import served

AXE: Final = Path(axe_core_python.__file__).parent / "axe.min.js"
LEVELS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OURS: Final = ("article", ".md-banner", ".kg-notice", "body.kg-sheet")
"""Where what we write stands; the rest is the theme's."""
THEME: Final[dict[str, str]] = {}
"""Rules that the theme breaks inside an article, each with the reason."""
PALETTES: Final = ("default", "slate")


@pytest.fixture(scope="module")
def base(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


def found(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds: rule, place, why. With `rules` only these are asked for."""
    only: Any = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": LEVELS}
    ours = [place for place in OURS if page.locator(place).count()]
    told = page.evaluate(
        "([include, only]) => axe.run({include: include.map(place => [place])}, {runOnly: only, resultTypes: ['violations']})",
        [ours or ["body"], only],
    )
    return [
        f"{one['id']}: {node['target'][0]}: {node['failureSummary'].splitlines()[-1].strip()}"
        for one in told["violations"]
        if one["id"] not in THEME
        for node in one["nodes"][:3]
    ]


@pytest.mark.slow
def test_nobody_is_kept_out_of_any_kind_of_page(browser: Browser, base: str, built: Path) -> None:
    wrong: dict[str, list[str]] = {}
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    for kind, place in kinds(built).items():
        page.goto(f"{base}/{place}")
        page.add_script_tag(path=AXE)
        for palette in PALETTES:
            page.evaluate("palette => document.body.setAttribute('data-md-color-scheme', palette)", palette)
            page.wait_for_timeout(300)
            rules = None if palette == PALETTES[0] else ["color-contrast", "link-in-text-block"]
            if told := found(page, rules):
                wrong[f"{kind} ({palette})"] = told
    context.close()
    assert wrong == {}, wrong
