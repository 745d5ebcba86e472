"""The plugin, as MkDocs and ProperDocs run it: what they may see, what they write, what they say."""

from __future__ import annotations

import csv
import io
import itertools
import posixpath
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer

from kamgen.page import Asset, collect
from kamgen.site import Site
from kamgen.workspace import load
from tests import fewer
from tests.kinds import AS_OF, place
from tests.sites import (
    BUILDERS,
    CONFIG,
    PLAIN,
    PLAN,
    PORTFOLIO,
    build,
    build_here,
    elements,
    everything,
    once,
    pages,
    run,
    search,
    tree,
    words,
    write,
)

MARKERS = {"team": "Markerteam", "private": "Markerprivate"}
SECRET = f"""\
---
account: Secret
tier: B
owner: kari.nygaard
potential: 987654321
contacts:
  - {{name: Anna Lind, function: ceo, phone: {MARKERS["team"]}, description: {MARKERS["team"]}}}
  - {{id: hidden, name: {MARKERS["private"]}, function: ceo}}
activities:
  - {{date: 2026-04-01, type: contact, status: planned, contacts: [hidden], subject: Prices}}
swot: {{strengths: [{{text: {MARKERS["private"]}}}]}}
x_note: {MARKERS["team"]}
visibility: {{swot: private, contacts.hidden: private, potential: private}}
---
"""
EACH = (BUILDERS[0], *(pytest.param(tool, marks=pytest.mark.slow) for tool in BUILDERS[1:]))
"""MkDocs, and where CI has the time ProperDocs, which starts a process of its own and compiles every template."""
NOTICE = re.compile(r'<div[^>]*\bclass="[^"]*kg-notice.*?</div>', re.DOTALL)
NO_ICON = "data:,"
"""What a sheet says so that no browser asks for its icon."""
BROKEN = "---\naccount: Broken\ntier: A\ntier: B\nowner: [\n---\n"
UNCOVERED = "---\naccount: Uncovered\ntier: A\nowner: kari.nygaard\n---\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio in sub-folders with errors, something hidden, and a handbook."""
    folder = write(
        tmp_path_factory.mktemp("small"),
        {
            "acme.md": PLAN,
            "north/uncovered.md": UNCOVERED,
            "broken.md": BROKEN,
            "secret.md": SECRET,
            "_draft.md": "never",
            "notes.txt": "never",
            "handbook/index.md": "---\ntitle: Ours </title><script>alert(1)</script>\nicon: nowhere\n---\n# Ours\n\n"
            "See [Acme](../accounts/acme.md). <script>alert(1)</script>\n\n![p](p.png) ![q](https://else.example/q.png)\n\n"
            "| a | b |\n| - | -: |\n| 1 | 2 |\n",
            "handbook/meetings.md": '# &lt;/title&gt;<img src=x onerror="alert(1)">\n\n## <b onclick=alert(1)>Two</b>\n',
            "handbook/p.png": "picture",
            "handbook/page.html": "<script>alert(1)</script>",
            "handbook/twelve-traits.yml": "- {year: 2026}",
            "handbook/good.svg": "<svg/>",
            "handbook/bad.svg": "<svg onload=alert(1)></svg>",
        },
        config=f"{CONFIG}edit_uri: https://git.example/kam/edit/main/plans/\n",
    )
    (folder / "plans/handbook/linked.md").symlink_to(folder / "plans/acme.md")
    return folder


@pytest.fixture(scope="module", params=BUILDERS)
def site(small: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The small portfolio, built."""
    return once(tmp_path_factory, f"small-{request.param}", lambda folder: build(small, folder, tool=request.param))


def test_every_part_has_its_page(site: Path, small: Path) -> None:
    parts = collect(Site(load(small, AS_OF), handbook=("handbook/index.md", "handbook/meetings.md")))
    built = {page.relative_to(site).as_posix() for page in pages(site)}
    assert built == {place(part) for part in parts if not isinstance(part, Asset)} | {
        "404.html",
        "handbook/index.html",
        "handbook/meetings/index.html",
    }
    assert built >= {"index.html", "accounts/broken/index.html", "accounts/secret/brief.html", "kams/kari.nygaard/index.html", "portfolio/index.html"}


def test_of_the_plans_folder_only_the_handbook_is_published(site: Path) -> None:
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    assert {name for name in files if name.startswith("handbook/")} == {
        "handbook/index.html",
        "handbook/meetings/index.html",
        "handbook/p.png",
        "handbook/good.svg",
    }
    assert not [name for name in files if name.endswith((".md", ".yml", ".txt"))]
    assert "kari@secret.example" not in everything(site)


def test_what_is_hidden_is_nowhere(site: Path) -> None:
    text = everything(site)
    assert "Anna Lind" in text
    assert not [word for word in (*MARKERS.values(), "987654321", "987\u00a0654\u00a0321") if word in text]


def test_the_team_s_build_has_the_team_s_words_and_nothing_private(tmp_path: Path) -> None:
    folder = write(tmp_path, {"secret.md": SECRET}, portfolio=f"{PORTFOLIO}publish: {{audience: team}}\n", config=PLAIN)
    text = everything(build(folder))
    assert MARKERS["team"] in text
    assert MARKERS["private"] not in text


def test_a_broken_plan_has_a_page_that_says_what_is_wrong(site: Path) -> None:
    told = words(site / "accounts/broken/index.html")
    assert "plans/broken.md" in told
    assert "line" in told
    assert "Acme" in words(site / "accounts/acme/index.html")


def test_every_page_carries_the_errors_and_the_date(site: Path) -> None:
    for page in pages(site):
        notices = NOTICE.findall(page.read_text("utf-8"))
        assert len(notices) == 1, page
        notice = html5lib.parseFragment(notices[0], namespaceHTMLElements=False)
        told = "".join(notice.itertext())
        assert re.search(r"\d+ errors? in the account plans", told)
        assert "2026-05-06" in told
        link = next(notice.iter("a")).get("href", "")
        target = link if link.startswith("/") else posixpath.normpath(posixpath.join("/" + page.parent.relative_to(site).as_posix(), link))
        assert target.strip("/") == "health", page


def test_edit_opens_the_plan_s_file(site: Path) -> None:
    def edit(page: str) -> list[str | None]:
        return [link.get("href") for link in tree(site / page / "index.html").iter("a") if link.get("rel") == "edit"]

    assert edit("accounts/uncovered") == ["https://git.example/kam/edit/main/plans/north/uncovered.md"]
    assert edit("portfolio") == ["https://git.example/kam/edit/main/plans/portfolio.yml"]
    assert edit("handbook") == ["https://git.example/kam/edit/main/plans/handbook/index.md"]
    assert edit("overdue") == []


def test_findings_lead_to_the_page_and_the_line(site: Path) -> None:
    links = [link.get("href") for link in tree(site / "health/index.html").iter("a")]
    assert "../accounts/uncovered/" in links
    assert any(link and re.fullmatch(r"https://git\.example/kam/edit/main/plans/north/uncovered\.md#L\d+", link) for link in links)


def test_the_menu_is_small_and_breadcrumbs_lead_up(site: Path) -> None:
    account = tree(site / "accounts/acme/index.html")
    menu = [link for element in account.iter("nav") if element.get("data-md-level") == "0" for link in element.iter("a")]
    assert not [link for link in menu if "accounts/" in link.get("href", "")]
    assert [link.get("href") for link in menu if "rules" in link.get("href", "")] == ["../../rules/"]
    path = next(element for element in account.iter("nav") if element.get("class") == "md-path")
    assert [link.get("href") for link in path.iter("a")] == ["../..", "../../portfolio/"]
    tabs = next(element for element in account.iter("nav") if element.get("class") == "md-tabs")
    active = next(item for item in tabs.iter("li") if "md-tabs__item--active" in item.get("class", ""))
    assert "".join(active.itertext()).strip() == "Portfolio"


def test_the_search_has_one_entry_per_account_and_no_markup(site: Path) -> None:
    entries = {entry["location"]: entry for entry in search(site)}
    assert {"", "portfolio/", "health/", "accounts/acme/", "accounts/broken/", "kams/kari.nygaard/"} <= set(entries)
    assert "Anna Lind" in entries["accounts/acme/"]["text"]
    assert entries["accounts/acme/"]["title"] == "Acme"


def test_a_handbook_page_runs_nothing(site: Path) -> None:
    for page in (site / "handbook/index.html", site / "handbook/meetings/index.html"):
        root = tree(page)
        _runs_nothing(root)
        assert "<script>alert" not in page.read_text("utf-8")
        assert not [image for image in root.iter("img") if "//" in image.get("src", "")]
    index = tree(site / "handbook/index.html")
    assert "../accounts/acme/" in [link.get("href") for link in index.iter("a")]
    assert len(list(index.iter("td"))) == 2


@pytest.mark.slow
def test_links_and_anchors_lead_somewhere(demonstration: Path) -> None:
    anchors = {page: {element.get("id") for element in tree(page).iter() if element.get("id")} for page in pages(demonstration)}
    dead = [
        f"{page.relative_to(demonstration)}: {link}"
        for page in anchors
        if page.name != "404.html"
        for link in _links(tree(page))
        if not _leads_somewhere(page, link, anchors)
    ]
    assert not dead


@pytest.mark.slow
def test_the_demonstration_has_no_error_and_headings_in_order(demonstration: Path) -> None:
    for page in pages(demonstration):
        root = tree(page)
        article = next(root.iter("article"))
        levels = [int(element.tag[1]) for element in article.iter() if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag)]
        assert levels[:1] == [1], page
        assert levels.count(1) == 1, page
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (page, levels)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), page
        assert "kg-notice--error" not in page.read_text("utf-8")


def test_nothing_in_the_site_names_another_host(demonstration: Path) -> None:
    for page in pages(demonstration):
        for tag, said in elements(page):
            for name in ("src", "data-src", "srcset", "poster", "action", *(["href"] if tag == "link" else [])):
                assert "//" not in (said.get(name) or ""), (page, said)


@pytest.mark.parametrize("site", BUILDERS[:1], indirect=True)
def test_two_builds_are_the_same_bytes(site: Path, small: Path, tmp_path: Path) -> None:
    again = shutil.copytree(small, tmp_path / "again", symlinks=True, ignore=shutil.ignore_patterns(".kamgen"))
    first, second = site, build(again, tmp_path / "two")
    files = sorted(file.relative_to(first) for file in first.rglob("*") if file.is_file() and file.suffix != ".gz")
    assert all((first / file).read_bytes() == (second / file).read_bytes() for file in files)


@pytest.mark.parametrize("tool", EACH)
def test_strict_fails_on_errors_and_says_how_many(small: Path, tmp_path: Path, tool: str) -> None:
    done = run(small, "--strict", "-d", str(tmp_path / tool), tool=tool)
    assert done.returncode == 1
    assert re.search(r"kamgen: \d+ errors in the account plans as of 2026-05-06", done.stderr)
    assert "plans/north/uncovered.md:1:1: error[KAM201]" in done.stderr


@pytest.mark.parametrize("tool", EACH)
def test_strict_passes_without_errors(tmp_path: Path, tool: str) -> None:
    few = PORTFOLIO.replace("{extends: per-person}", f"{{extends: per-person, severities: {fewer.severities()}}}")
    folder = write(tmp_path, {"acme.md": PLAN}, portfolio=few)
    done = run(folder, "--strict", tool=tool)
    assert done.returncode == 0, done.stderr


def test_the_date_comes_from_the_configuration_first(tmp_path: Path) -> None:
    config = PLAIN.replace("kamgen]", "{kamgen: {as_of: 2026-06-30}}]")
    site = build(write(tmp_path, {"acme.md": PLAN}, config=config))
    assert "As of 2026-06-30" in (site / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (CONFIG.replace("docs_dir: plans", "docs_dir: docs"), "docs_dir: plans"),
        (CONFIG.replace("plugins: [search, kamgen]", "plugins: [search, {kamgen: {as_of: someday}}]"), "someday"),
        (CONFIG.replace("plugins: [search, kamgen]", "plugins: [search, {kamgen: {asof: 2026-01-01}}]"), "asof"),
    ],
)
def test_a_wrong_configuration_is_told_in_a_sentence(tmp_path: Path, config: str, told: str) -> None:
    folder = write(tmp_path, {"acme.md": PLAN}, config=config)
    (folder / "docs").mkdir()
    done = run(folder, "--strict")
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_template_of_the_company_s_own_that_does_not_fit_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, {"acme.md": PLAN}, config=PLAIN)
    (folder / "templates/pages").mkdir(parents=True)
    (folder / "templates/pages/kams.html").write_text("{{ missing }}")
    done = run(folder)
    assert done.returncode == 1
    assert "pages/kams.html: 'missing' is undefined" in done.stderr
    assert "Traceback" not in done.stderr


def test_links_hold_without_directory_urls_and_the_notice_without_material(tmp_path: Path) -> None:
    config = f"{PLAIN}use_directory_urls: false\n"
    site = build(write(tmp_path, {"acme.md": PLAN, "uncovered.md": UNCOVERED}, config=config))
    page = site / "accounts" / "acme.html"
    notice = next(element for element in tree(page).iter("div") if "kg-notice" in element.get("class", ""))
    assert [link.get("href") for link in notice.iter("a")] == ["../health.html"]
    anchors = {made: {element.get("id") for element in tree(made).iter()} for made in pages(site)}
    ours = [link for link in _links(tree(page)) if "accounts/" in link or "kams/" in link or "portfolio" in link]
    assert ours
    assert all(_leads_somewhere(page, link, anchors) for link in ours)


@pytest.mark.parametrize("theme", ["material", "{name: material, features: [navigation.top]}"])
def test_the_smallest_configuration_has_a_menu_and_asks_no_other_host(tmp_path: Path, theme: str) -> None:
    config = f"site_name: Tests\ndocs_dir: plans\ntheme: {theme}\nplugins: [search, kamgen]\n"
    site = build(write(tmp_path, {"acme.md": PLAN}, config=config))
    for page in ("index.html", "portfolio/index.html", "accounts/acme/index.html"):
        html = (site / page).read_text(encoding="utf-8")
        assert ("md-tabs__link" in html) or ('md-sidebar--primary" data-md-component="sidebar" data-md-type="navigation" >' in html)
        assert "fonts.g" not in html


def test_the_company_s_menu_and_style_stand(tmp_path: Path) -> None:
    config = f"{CONFIG}extra_css: [own.css]\nextra_javascript: [handbook/a.js]\nnav: [index.md, {{Accounts: portfolio.md}}]\n"
    site = build(
        write(tmp_path, {"acme.md": PLAN, "own.css": "b {}", "other.css": "i {}", "handbook/a.js": "1", "handbook/b.js": "2"}, config=config)
    )
    root = tree(site / "index.html")
    tabs = next(element for element in root.iter("nav") if element.get("class") == "md-tabs")
    assert len(list(tabs.iter("li"))) == 2
    styles = [link.get("href", "") for link in root.iter("link") if link.get("rel") == "stylesheet"]
    assert re.fullmatch(r"assets/kamgen\.[0-9a-f]{8}\.css", styles[-2])
    assert styles[-1] == "own.css"
    assert {name for name in ("own.css", "other.css", "handbook/a.js", "handbook/b.js") if (site / name).exists()} == {"own.css", "handbook/a.js"}


def test_without_a_handbook_the_rules_in_force_are_shown(tmp_path: Path) -> None:
    site = build(write(tmp_path, {"acme.md": PLAN}, config=PLAIN))
    assert "Proactive sales meetings" in words(site / "handbook/index.html")


def test_an_empty_portfolio_has_every_page(tmp_path: Path) -> None:
    site = build(write(tmp_path, {}, config=PLAIN))
    assert "No plan can be shown yet" in words(site / "portfolio/index.html")
    assert "Nothing is overdue" in words(site / "overdue/index.html")


def test_after_a_build_the_plugin_holds_the_verdict_and_its_date(small: Path, tmp_path: Path) -> None:
    plugin = build_here(small, tmp_path / "site").plugins["kamgen"]
    assert len(plugin.workspace.accounts) == 4
    assert (plugin.as_of.date.isoformat(), plugin.as_of.origin) == ("2026-05-06", "portfolio")


def test_where_to_edit_may_be_a_pattern(tmp_path: Path) -> None:
    config = f"{PLAIN}edit_uri_template: https://git.example/x?file={{path}}\n"
    site = build(write(tmp_path, {"uncovered.md": UNCOVERED}, config=config))
    links = [link.get("href") for link in tree(site / "health/index.html").iter("a")]
    assert "https://git.example/x?file=uncovered.md#L1" in links


def test_the_company_s_templates_are_watched(tmp_path: Path) -> None:
    folder = write(tmp_path, {"acme.md": PLAN}, config=PLAIN)
    (folder / "templates/pages").mkdir(parents=True)
    config = build_here(folder, tmp_path / "site", "serve")
    assert config.watch == [str(folder / "templates")]


def test_while_somebody_watches_a_page_that_fails_says_so_and_stops_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, {"acme.md": PLAN}, config=PLAIN)
    (folder / "templates/pages").mkdir(parents=True)
    (folder / "templates/pages/kams.html").write_text("{{ missing }}")
    build_here(folder, tmp_path / "site", "serve")
    assert "'missing' is undefined" in words(tmp_path / "site/kams/index.html")
    assert "Acme" in words(tmp_path / "site/portfolio/index.html")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The configuration of a site that somebody watches."""
    folder = write(tmp_path_factory.mktemp("watched"), {"acme.md": PLAN}, config=PLAIN)
    return build_here(folder, folder / "site", "serve")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ConfigurationError("expected\n  a key"), "mkdocs.yml cannot be used: expected a key"),
        (PluginError("no folder"), "the site could not be built: no folder"),
        (Abort("1 error"), "1 error"),
    ],
)
def test_while_somebody_watches_a_broken_configuration_is_a_sentence(watched: Any, tmp_path: Path, error: Exception, told: str) -> None:
    def fails() -> None:
        raise error

    server = LiveReloadServer(fails, "127.0.0.1", 0, str(tmp_path))
    with pytest.raises(Abort, match=f"^{told}$"):
        watched.plugins.on_serve(server, config=watched, builder=fails).builder()


def test_while_somebody_watches_a_disk_that_fails_leaves_the_last_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path, {"acme.md": PLAN}, config=PLAIN)
    config = build_here(folder, tmp_path / "site", "serve")
    before = config.plugins["kamgen"].workspace

    def fails(*_arguments: object, **_options: object) -> None:
        raise OSError(5, "Input/output error", "plans/acme.md")

    monkeypatch.setattr("kamgen.plugin.load", fails)
    build_again(config)
    assert config.plugins["kamgen"].workspace is before
    assert "Acme" in words(tmp_path / "site/portfolio/index.html")
    with pytest.raises(OSError, match="Input/output"):
        build_here(folder, tmp_path / "site")


def build_again(config: Any) -> None:
    from mkdocs.commands.build import build as build_site

    build_site(config)


# Hostile words.

HOSTILE = [
    "</title><script>alert(1)</script>",
    "a | b",
    "{{ 7*7 }} {% raise %}",
    "=cmd|'/c calc'!A1",
    "\"quoted\" 'twice'",
    "百事可乐（中国）",
    "Київ Хліб",
    "<img src=x onerror=alert(1)>",
    "`ticks` and <b>bold</b> & co",
    "javascript:alert(1)",
]


def _hostile(names: list[str]) -> dict[str, str]:
    """A plan per name, with the name wherever a plan holds words."""
    plans = {}
    for index, name in enumerate(names):
        text = "'" + name.replace("'", "''") + "'"
        plans[f"account-{index}.md"] = (
            f"---\naccount: {text}\ntier: B\nowner: kari.nygaard\nstatus: at-risk\nstatus_reason: {text}\n"
            f"company: {{website: {text}, situation: {text}}}\n"
            f"contacts:\n  - {{id: c1, name: {text}, title: {text}, function: ceo}}\n"
            f"activities:\n  - {{date: 2026-04-01, type: contact, status: planned, contacts: [c1], subject: {text}, note: {text},\n"
            f"     documents: [{text}]}}\n"
            f"  - {{date: 2026-06-01, type: contact, status: planned, contacts: [c1], subject: {text}}}\n"
            f"offers: [{{text: {text}, documents: [{text}]}}]\nneeds: [{{text: {text}, pain: {text}}}]\n---\n\n## {name}\n\n{name}\n"
        )
    return plans


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of hostile names."""
    return once(tmp_path_factory, "hostile", lambda site: build(write(tmp_path_factory.mktemp("hostile"), _hostile(HOSTILE)), site))


def test_hostile_words_are_shown_as_they_were_written(hostile: Path) -> None:
    for index, name in enumerate(HOSTILE):
        page = hostile / f"accounts/account-{index}/index.html"
        root = tree(page)
        _runs_nothing(root)
        assert "".join(next(root.iter("h1")).itertext()).strip() == name
        title = "".join(next(root.iter("title")).itertext())
        assert title == f"{name} - Tests"
    assert {entry["title"] for entry in search(hostile)} >= {"a | b", "Київ Хліб", "{{ 7*7 }} {% raise %}"}


def test_hostile_words_stay_text_in_lists_and_downloads(hostile: Path) -> None:
    for page in pages(hostile):
        _runs_nothing(tree(page))
        assert "&amp;lt;" not in page.read_text("utf-8"), page
    rows = list(csv.DictReader(io.StringIO((hostile / "portfolio.csv").read_text("utf-8"))))
    assert {row["account"] for row in rows} == {*HOSTILE, "'=cmd|'/c calc'!A1"} - {"=cmd|'/c calc'!A1"}


@pytest.mark.slow
def test_the_corpus_of_injections_injects_nothing(corpora: Path, tmp_path: Path) -> None:
    lines = (corpora / "xss" / "xss_from_blns.txt").read_text("utf-8").splitlines()
    names = [line for line in lines if line.strip() and line.isprintable()]
    assert len(names) > 200
    site = build(write(tmp_path, _hostile(names)))
    made = pages(site)
    assert len(made) > len(names)
    for page in made:
        _runs_nothing(tree(page))


def _runs_nothing(root: ET.Element) -> None:
    """No script but the theme's, no handler, no address that runs."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script":
            source, text = element.get("src"), "".join(element.itertext())
            assert source is None or re.fullmatch(
                r"(?:\.\./|/)*(?:\./)?assets/(?:javascripts/bundle\.[0-9a-f]+\.min|grid\.[0-9a-f]+/kamgen-grid|kamgen-board\.[0-9a-f]+)\.js", source
            ), source
            assert "alert" not in text or "__md_" in text or element.get("id") == "__config", text
        for name, value in element.attrib.items():
            assert not str(name).startswith("on"), element.attrib
            if name in {"href", "src", "action", "formaction", "xlink:href"}:
                assert value == NO_ICON or not re.match(r"[\s\x00-\x20]*(?:javascript|data|vbscript):", value, re.IGNORECASE), value


def _links(root: ET.Element) -> list[str]:
    return [link.get("href", "") for link in root.iter("a") if link.get("href")]


def _leads_somewhere(page: Path, link: str, anchors: dict[Path, set[str | None]]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in {"http", "https", "mailto", "tel"}
    target = page if not parts.path else Path(posixpath.normpath(page.parent.as_posix() + "/" + unquote(parts.path)))
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file():
        return False
    return not parts.fragment or target.suffix != ".html" or parts.fragment in anchors[target]
