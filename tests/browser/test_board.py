"""The board in a browser: one person's work by a click, by an address that was sent, and without any script."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.sites import PLAN, build, served, write


def numbers(page: Page) -> list[str]:
    """How many cards each lane says that it has."""
    return page.locator("[data-kg-number]").all_text_contents()


def test_a_name_filters_the_board_and_the_address_can_be_sent(browser: Browser, below: Path) -> None:
    with served(below) as base:
        page = browser.new_page()
        page.goto(f"{base}/some/path/board/janet.leverling/")
        own = numbers(page)
        page.goto(f"{base}/some/path/board/")
        expect(page.locator("[data-kg-board=on]")).to_be_visible()
        everyone = numbers(page)
        page.get_by_role("link", name="Janet Leverling", exact=True).first.click()
        expect(page).to_have_url(f"{base}/some/path/board/?kam=janet.leverling")
        assert numbers(page) == own != everyone
        assert page.locator(".kg-ticket:visible").count() == sum(map(int, own))
        page.reload()
        expect(page.locator("[data-kg-kam][aria-current=true]")).to_have_text("Janet Leverling")
        assert numbers(page) == own
        page.get_by_role("link", name="Everyone").click()
        expect(page).to_have_url(f"{base}/some/path/board/")
        assert numbers(page) == everyone
        page.close()


def test_the_board_of_one_person_alone_has_nobody_to_choose(browser: Browser, tmp_path: Path) -> None:
    site = build(write(tmp_path, {"acme.md": PLAN}))
    with served(site) as base:
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(error.message))
        page.goto(f"{base}/board/")
        expect(page.locator("[data-kg-board=on]")).to_be_visible()
        assert page.locator("[data-kg-kam]").count() == 0
        assert errors == []
        page.close()


def test_without_a_script_a_name_leads_to_a_board_of_its_own(browser: Browser, below: Path) -> None:
    with served(below) as base:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{base}/some/path/board/")
        page.get_by_role("link", name="Janet Leverling", exact=True).first.click()
        expect(page).to_have_url(f"{base}/some/path/board/janet.leverling/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Board of Janet Leverling")
        context.close()
