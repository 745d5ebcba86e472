"""The site in a browser: quiet, narrow, dark, from a sub-path; and under `serve`."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.kinds import kinds
from tests.sites import CONFIG, PLAN, build, served, write

PLACES = (
    "",
    "portfolio/",
    "overdue/",
    "kams/",
    "kams/andrew.fuller/",
    "board/",
    "compliance/a/",
    "matrices/",
    "finance/",
    "goals/",
    "tiers/a/",
    "twelve-traits/",
    "health/",
    "handbook/",
    "handbook/meetings/",
    "rules/",
    "rules/next-activity-too-far/",
    "rules/not-utf8/",
    "accounts/quick-stop/",
    "accounts/alfreds-futterkiste/",
)
expect.set_options(timeout=20_000)
UNCOVERED = "---\naccount: Uncovered\ntier: A\nowner: kari.nygaard\n---\n"


class Watched:
    """A browser page, and everything that it complained about or asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("request", lambda request: self.asked.add(request.url))

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def look_for(self, word: str) -> None:
        """Types a word into the search, key by key: the theme listens to keys."""
        self.page.locator(".md-search__input").click()
        self.page.keyboard.type(word, delay=20)

    def strangers(self, base: str) -> list[str]:
        """Addresses of other hosts."""
        return sorted(url for url in self.asked if not url.startswith((base, "data:", "blob:")))


@pytest.fixture(scope="session")
def base(below: Path) -> Iterator[str]:
    """The address of the demonstration site, in a sub-path of a plain file server."""
    with served(below) as address:
        yield f"{address}/some/path/"


@pytest.fixture
def desk(browser: Browser) -> Iterator[Watched]:
    """A desktop window, light."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield Watched(context)
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Watched]:
    """A phone, dark."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    yield Watched(context)
    context.close()


def test_no_page_complains_or_asks_another_host(base: str, desk: Watched) -> None:
    for place in PLACES:
        desk.page.goto(f"{base}{place}")
        expect(desk.page.locator("article h1")).to_have_count(1)
        expect(desk.page.locator(".kg-notice")).to_contain_text("2026-05-06")
    assert desk.complaints == []
    assert desk.strangers(base) == []


def test_on_a_phone_no_page_scrolls_sideways(base: str, phone: Watched) -> None:
    for place in PLACES:
        phone.page.goto(f"{base}{place}")
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390, place
    assert phone.complaints == []


@pytest.mark.slow
def test_no_kind_of_page_complains_scrolls_sideways_or_asks_another_host(browser: Browser, built: Path) -> None:
    with served(built) as base:
        watched = Watched(context := browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True))
        wide = []
        for kind, place in kinds(built).items():
            watched.page.goto(f"{base}/{place}")
            expect(watched.page.locator("h1").first).to_be_visible()
            if watched.page.evaluate("document.documentElement.scrollWidth") > 390:
                wide.append(kind)
        assert (wide, watched.complaints, watched.strangers(base)) == ([], [], [])
        context.close()


def test_on_a_phone_the_number_of_findings_of_a_rule_is_seen(base: str, phone: Watched) -> None:
    phone.page.goto(f"{base}health/")
    box = phone.page.locator(".kg-scroll:has(.kg-table--narrow)").first
    numbers = box.locator("td.kg-number")
    assert numbers.count() > 1
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    for place in numbers.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)"):
        assert place <= 390


def test_the_dark_palette_is_dark_and_words_stand_out(base: str, phone: Watched, desk: Watched) -> None:
    for watched, dark in ((phone, True), (desk, False)):
        watched.page.goto(f"{base}health/")
        ratios = watched.page.evaluate(CONTRAST)
        assert ratios["dark"] is dark
        assert {name: ratio for name, ratio in ratios["words"].items() if ratio < 4.5} == {}


CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const color = text => {
    const probe = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    probe.fillStyle = text; probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(color(getComputedStyle(at).backgroundColor));
    layers.push([255, 255, 255, 255]);
    return layers.reverse().reduce((below, [r, g, b, a]) => [r, g, b].map((v, i) => v * a / 255 + below[i] * (1 - a / 255)), [255, 255, 255]);
  };
  const ratio = element => {
    const back = behind(element), [r, g, b, a] = color(getComputedStyle(element).color);
    const front = [r, g, b].map((v, i) => v * a / 255 + back[i] * (1 - a / 255));
    const [low, high] = [light(back), light(front)].sort((x, y) => x - y);
    return (high + .05) / (low + .05);
  };
  const names = ["h1", ".kg-lead", ".kg-kpi__label", ".kg-kpi--warn .kg-kpi__value", ".kg-kpi__sub", ".kg-table caption", ".kg-table thead th",
    ".kg-table tbody td", ".kg-table tbody a", ".kg-help", ".kg-help code", ".kg-severity--warning", ".kg-severity--info", ".kg-sub", ".kg-notice"];
  const found = names.map(name => [name, document.querySelector(`article ${name}, .md-banner ${name}`)]).filter(([, element]) => element);
  return {dark: light(behind(document.querySelector("article"))) < .1,
    words: Object.fromEntries(found.map(([name, element]) => [name, ratio(element)]))};
}"""


def test_the_palette_can_be_switched(base: str, desk: Watched) -> None:
    desk.page.goto(base)
    scheme = desk.page.locator("body")
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")
    for _ in range(2):
        desk.page.locator("label[for^='__palette']:not([hidden])").click()
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")


def test_a_reader_finds_the_way(base: str, desk: Watched) -> None:
    page = desk.page
    page.goto(base)
    page.get_by_role("link", name="Portfolio", exact=True).first.click()
    page.get_by_role("link", name="QUICK-Stop").first.click()
    expect(page).to_have_url(f"{base}accounts/quick-stop/")
    assert page.locator("a[rel=edit]").get_attribute("href") == "https://git.northwind.example/sales/key-accounts/edit/main/plans/quick-stop.md"
    page.locator(".md-path a").last.click()
    expect(page).to_have_url(f"{base}portfolio/")


def test_the_search_finds_an_account_and_a_person(base: str, desk: Watched) -> None:
    for word, place in (("QUICK", "accounts/quick-stop/"), ("Kloss", "accounts/quick-stop/")):
        desk.page.goto(base)
        desk.look_for(word)
        expect(desk.page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(re.escape(place)))


def test_wide_tables_scroll_in_their_box_by_keyboard(base: str, phone: Watched) -> None:
    phone.page.goto(f"{base}portfolio/")
    box = phone.page.locator(".kg-scroll").first
    box.focus()
    phone.page.keyboard.press("ArrowRight")
    phone.page.wait_for_function("document.querySelector('.kg-scroll').scrollLeft > 0")


def test_paper_shows_the_date_and_whole_tables(base: str, desk: Watched) -> None:
    desk.page.goto(f"{base}portfolio/")
    desk.page.emulate_media(media="print")
    expect(desk.page.locator(".kg-notice")).to_be_visible()
    assert desk.page.locator(".kg-scroll").first.evaluate("box => getComputedStyle(box).overflowX") == "visible"
    desk.page.set_viewport_size({"width": 1046, "height": 700})
    assert desk.page.evaluate("document.documentElement.scrollWidth") == 1046, "a side of A4, lying"
    sides = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", desk.page.pdf(prefer_css_page_size=True))
    assert {tuple(round(float(one)) for one in side) for side in sides} == {(842, 595)}


def test_the_notice_leads_to_plan_health_from_everywhere(browser: Browser, tmp_path: Path) -> None:
    config = f"{CONFIG}site_url: http://127.0.0.1/\n".replace("content.action.edit", "content.action.edit, navigation.instant")
    site = build(write(tmp_path, {"acme.md": PLAN, "uncovered.md": UNCOVERED}, config=config))
    with served(site) as base:
        context = browser.new_context()
        watched = Watched(context)
        for place in ("/", "/portfolio/", "/accounts/acme/", "/kams/kari.nygaard/"):
            watched.page.goto(f"{base}{place}")
            expect(watched.page.locator(".kg-notice--error")).to_contain_text("errors in the account plans")
            watched.page.locator(".kg-notice a").click()
            expect(watched.page).to_have_url(f"{base}/health/")
            expect(watched.page.locator("article h1")).to_have_text("Plan health")
        assert watched.complaints == []
        context.close()


def test_hostile_names_open_no_dialog(browser: Browser, tmp_path: Path) -> None:
    names = ["</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "'><svg onload=alert(1)>"]
    plans = {f"a{index}.md": PLAN.replace("Acme", f"'{name.replace(chr(39), chr(39) * 2)}'") for index, name in enumerate(names)}
    site = build(write(tmp_path, plans))
    with served(site) as base:
        context = browser.new_context()
        watched = Watched(context)
        for place in ("", "portfolio/", "health/", *(f"accounts/a{index}/" for index in range(len(names)))):
            watched.page.goto(f"{base}/{place}")
            watched.look_for("Anna")
            expect(watched.page.locator(".md-search-result__link").first).to_be_visible()
        assert watched.complaints == []
        context.close()


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["mkdocs", "properdocs"])
def test_a_saved_plan_is_seen_and_a_broken_one_stops_nothing(tmp_path: Path, tool: str) -> None:
    folder = write(tmp_path, {"acme.md": PLAN})
    with _serving(folder, tool) as base:
        _until(f"{base}/accounts/acme/", "Autumn")
        plan = folder / "plans" / "acme.md"
        plan.write_text(PLAN.replace("Autumn", "Winter"))
        _until(f"{base}/accounts/acme/", "Winter")
        plan.write_text("---\naccount: [\n---\n")
        _until(f"{base}/accounts/acme/", "cannot be read")
        plan.write_text(PLAN.replace("Autumn", "Spring"))
        _until(f"{base}/accounts/acme/", "Spring")
        (folder / "plans" / "new.md").write_text(PLAN.replace("Acme", "Newcomer"))
        _until(f"{base}/portfolio/", "Newcomer")


@contextlib.contextmanager
def _serving(folder: Path, tool: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", tool, "serve", "-f", "mkdocs.yml", "-a", f"127.0.0.1:{port}"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    log = (folder / "serve.log").open("w")
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        log.close()


def _until(url: str, word: str) -> None:
    """Waits until a page says a word; a minute at most, for machines are slow when many tests run."""
    end = time.monotonic() + 60
    told = ""
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            told = answer.read().decode()
            if word in told:
                return
        time.sleep(0.2)
    raise AssertionError(f"{url} never said {word!r}: {told[-2000:]}")
