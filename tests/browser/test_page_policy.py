"""The site under its own content security policy, page by page: nothing is refused, and nothing that is foreign runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kamgen.policy import HEADERS
from tests.browser.test_site import Watched
from tests.kinds import kinds
from tests.sites import Quiet, served

TOLD = "document.addEventListener('securitypolicyviolation', event => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"


class _Guarded(Quiet):
    """A file server that sends what `_headers` says, as static hosts do."""

    def do_GET(self) -> None:  # noqa: N802  (the name that http.server calls)
        """What a page asks for; the icon that browsers ask every host for is no part of it."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        for line in Path(self.directory, HEADERS).read_text("utf-8").splitlines()[2:]:
            name, _, value = line.strip().partition(": ")
            self.send_header(name, value)
        super().end_headers()


@pytest.mark.slow
def test_no_kind_of_page_breaks_the_policy(browser: Browser, built: Path) -> None:
    with served(built, _Guarded) as base:
        watched = Watched(context := browser.new_context())
        watched.page.add_init_script(TOLD)
        for kind, place in kinds(built).items():
            answer = watched.page.goto(f"{base}/{place}")
            assert answer is not None
            assert "'unsafe-inline'" not in answer.headers["content-security-policy"].split("style-src")[0], kind
            expect(watched.page.locator("h1").first).to_be_visible()
            assert watched.complaints == [], kind
        context.close()


def test_search_palette_and_tables_work_under_the_policy(browser: Browser, built: Path) -> None:
    with served(built, _Guarded) as base:
        watched = Watched(context := browser.new_context(color_scheme="light"))
        watched.page.add_init_script(TOLD)
        watched.page.goto(f"{base}/portfolio/?find=QUICK")
        expect(watched.page.locator("tbody tr:visible")).to_have_count(1)
        watched.look_for("QUICK")
        expect(watched.page.locator(".md-search-result__link").first).to_be_visible()
        watched.page.keyboard.press("Escape")
        for _ in range(2):
            watched.page.locator("label[for^='__palette']:not([hidden])").click()
        expect(watched.page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert watched.complaints == []
        context.close()


def test_a_script_that_is_not_the_theme_s_does_not_run(browser: Browser, built: Path) -> None:
    with served(built, _Guarded) as base:
        watched = Watched(context := browser.new_context())
        watched.page.goto(base)
        watched.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))")
        assert watched.page.evaluate("window.ran") is None
        assert any("Content Security Policy" in line for line in watched.complaints)
        context.close()
