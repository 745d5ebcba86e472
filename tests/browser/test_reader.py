"""What people do with the site, on the demonstration portfolio, where the theme changes pages without loading them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_site import Watched
from tests.sites import pages, served

INSTANT = '"features": ["navigation.instant", '
STAYS = "window.stays === true"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def base(built: Path) -> Iterator[str]:
    """The address of the site, whose map the theme reads first: it changes only to pages that stand there."""
    with served(built) as address:
        yield address


def _instant(page: Page, base: str, built: Path) -> None:
    """Switches the theme's feature on in every page that is asked for, as its own configuration does."""
    known = (found.relative_to(built).as_posix() for found in pages(built) if found.name == "index.html")
    places = "".join(f"<url><loc>{base}/{place.removesuffix('index.html')}</loc></url>" for place in known)
    told = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    page.route("**/sitemap.xml", lambda route: route.fulfill(body=told, content_type="application/xml"))

    def changed(url: str) -> str:
        place = url.removeprefix(base).partition("?")[0].partition("#")[0].strip("/")
        return (built / place / "index.html").read_text("utf-8").replace('"features": [', INSTANT, 1)

    page.route(
        re.compile(rf"^{re.escape(base)}/([^.]*/)?([?#].*)?$"), lambda route: route.fulfill(body=changed(route.request.url), content_type="text/html")
    )


@pytest.fixture(params=[1280])
def reader(browser: Browser, base: str, built: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Somebody on the home page, in the light, who never loads another page, and whom nothing complains to."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, color_scheme="light", reduced_motion="reduce")
    watched = Watched(context)
    _instant(watched.page, base, built)
    with watched.page.expect_response("**/sitemap.xml"):
        watched.page.goto(f"{base}/")
    watched.page.wait_for_load_state("networkidle")
    watched.page.evaluate("window.stays = true")
    yield watched.page
    assert watched.complaints == []
    context.close()


def tab(page: Page, name: str) -> None:
    page.locator(".md-tabs").get_by_role("link", name=name, exact=True).click()


def column(page: Page, key: str) -> list[str]:
    """What the rows of the table are sorted by, from above."""
    place = page.locator("table.kg-grid-on thead th").evaluate_all("(all, key) => all.findIndex(head => head.dataset.kgKey === key)", key)
    cells = page.locator(f"table.kg-grid-on tbody tr > :nth-child({place + 1})")
    told: list[str] = cells.evaluate_all("all => all.map(cell => cell.dataset.order ?? '')")
    return told


def test_an_account_is_found_by_the_search(reader: Page, base: str) -> None:
    reader.locator(".md-search__input").click()
    reader.keyboard.type("ernst", delay=20)
    reader.locator(".md-search-result__link", has_text="Ernst Handel").first.click()
    expect(reader).to_have_url(re.compile(rf"{re.escape(base)}/accounts/ernst-handel/"))
    expect(reader.locator("article h1").first).to_have_text("Ernst Handel")
    assert reader.evaluate(STAYS)


OTHER_WAY: Final = {"ascending": "^descending$", "descending": "^ascending$"}


def test_my_overdue_activities_are_one_click_from_their_number(reader: Page) -> None:
    tab(reader, "Work")
    reader.get_by_role("link", name="Overdue", exact=True).first.click()
    expect(reader.locator("article h1")).to_have_text("Overdue")
    row = reader.locator("table", has=reader.get_by_text("Key account manager")).first.locator("tbody tr").first
    name, number = row.locator("th").inner_text(), row.locator("td a").last
    count = int(number.inner_text())
    number.click()
    expect(reader).to_have_url(re.compile(r"/overdue/\?f\."))
    rows = reader.locator("table.kg-grid-on tbody tr")
    expect(rows).to_have_count(count)
    assert rows.filter(has_text=name).count() == count


def test_my_board_has_what_is_overdue(reader: Page) -> None:
    tab(reader, "Work")
    reader.get_by_role("link", name="Janet Leverling", exact=True).first.click()
    expect(reader).to_have_url(re.compile(r"\?kam=janet\.leverling$"))
    late = reader.locator(".kg-lane--overdue")
    expect(late.locator(".kg-ticket:visible")).to_have_count(int(late.locator("[data-kg-number]").inner_text()))
    assert reader.evaluate(STAYS)


def test_money_and_days_stand_in_their_order(reader: Page) -> None:
    tab(reader, "Portfolio")
    expect(reader.locator("table.kg-grid-on")).to_have_count(1)
    for key, number in (("revenue-2025", True), ("next", False)):
        for _ in range(2):
            head = reader.locator(f"th[data-kg-key='{key}']")
            before = head.get_attribute("aria-sort")
            head.locator(".dt-column-order").click()
            expect(head).to_have_attribute("aria-sort", re.compile(OTHER_WAY.get(before or "", "^(asc|desc)ending$")))
            way = head.get_attribute("aria-sort")
            told = column(reader, key)
            given = [one for one in told if one]
            assert told == [*given, *[""] * (len(told) - len(given))], "what is missing stands last"
            assert given == sorted(given, key=float if number else str, reverse=way == "descending")
            assert len(told) > 50
    assert reader.evaluate(STAYS)


def test_a_bubble_leads_to_its_account(reader: Page) -> None:
    tab(reader, "Customers")
    bubble = reader.locator(".kg-figure a[aria-label^='QUICK-Stop:']").first
    bubble.focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("article h1").first).to_have_text("QUICK-Stop")


def test_who_leaves_while_the_tables_are_on_their_way_has_tables_on_the_next_page(reader: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.route("**/kamgen-grid.js", hold)
    with reader.expect_request("**/kamgen-grid.js"):
        tab(reader, "Portfolio")
    reader.get_by_role("link", name="QUICK-Stop", exact=True).first.click()
    expect(reader.locator("article h1").first).to_have_text("QUICK-Stop")
    reader.unroute("**/kamgen-grid.js")
    for request in held:
        request.continue_()
    tab(reader, "Portfolio")
    expect(reader.locator("table.kg-grid-on")).to_have_count(1)
    assert reader.evaluate(STAYS)


def test_the_brief_is_one_click_away_and_one_side_of_paper(reader: Page) -> None:
    tab(reader, "Portfolio")
    reader.get_by_role("link", name="QUICK-Stop", exact=True).first.click()
    reader.get_by_role("link", name="One-page brief").first.click()
    expect(reader).to_have_url(re.compile(r"/accounts/quick-stop/brief\.html$"))
    paper = reader.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    sides = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", paper)
    assert [tuple(round(float(one)) for one in side) for side in sides] == [(595, 842)], "A4"


def test_the_palette_stays_where_the_reader_goes(reader: Page) -> None:
    body = reader.locator("body")
    for _ in range(2):
        reader.locator("label[for^='__palette']:not([hidden])").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    tab(reader, "Portfolio")
    expect(reader.locator("article h1")).to_have_text("Portfolio")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert reader.evaluate(STAYS)


@pytest.mark.parametrize("reader", [390], indirect=True)
def test_a_phone_finds_the_way_by_its_menu(reader: Page) -> None:
    reader.locator("label.md-header__button[for=__drawer]").click()
    reader.locator(".md-nav--primary label[for]", has_text="Work").first.click()
    reader.locator(".md-nav--primary").get_by_role("link", name="Overdue", exact=True).click()
    expect(reader.locator("article h1")).to_have_text("Overdue")
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    reader.locator("article a[href*='accounts/']").first.click()
    expect(reader).to_have_url(re.compile(r"/accounts/[^/]+/$"))
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    assert reader.evaluate(STAYS)
