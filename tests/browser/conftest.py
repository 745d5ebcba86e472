"""A real browser for the site: the machine's own Chromium, which asks nobody but the site for anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def _chromium() -> str | None:
    return os.environ.get("KAMGEN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser its tests are skipped with one line; where everything has to be proven (CI=true) they run, and fail."""
    mine = [item for item in items if Path(item.path).is_relative_to(Path(__file__).parent)]
    for item in mine:
        item.add_marker(pytest.mark.browser)
        if not _chromium() and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason=f"{len(mine)} browser tests want Chromium (KAMGEN_CHROMIUM)"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = _chromium()
    assert path, "no Chromium: install it, or name it in KAMGEN_CHROMIUM"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield made
        made.close()


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Path:
    """A folder with the demonstration site in `some/path/`, as one builder makes it."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "some").mkdir()
    (folder / "some" / "path").symlink_to(demonstration)
    return folder
