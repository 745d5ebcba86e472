"""What a build remembers: only what it knows to be the same, and never a page that could not be made."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config

from kamgen import remember
from kamgen.cache import NO_CACHE, Folder, Nothing
from kamgen.chart import PICTURES, Pictures
from kamgen.page import Asset, Page, Templates
from kamgen.policy import Policy
from kamgen.remember import Finished, content, remembering
from kamgen.site import Site
from kamgen.theme import is_plain, own_folders, spelled
from kamgen.workspace import load
from tests.sites import CONFIG, PLAN, build_here, write
from tests.test_cache import kept, written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One account."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    return write(tmp_path, {"acme.md": PLAN})


def clean(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What a build writes that remembers nothing."""
    with monkeypatch.context() as patch:
        patch.setenv(NO_CACHE, "1")
        build_here(folder, folder / "clean")
    return written(folder / "clean")


def test_a_configuration_is_spelled_out() -> None:
    assert spelled({"a": [1, "1", None, {"b": (True, dt.date(2026, 5, 6))}]}) == "{'a':[1,'1',None,{'b':[True,datetime.date(2026, 5, 6)]}]}"
    assert spelled({"a": 1, "b": 2}) != spelled({"a": 1}) != spelled({"a": "1"})
    assert spelled(load) == "kamgen.workspace.load"
    assert spelled(partial(load)) != spelled(load)


def test_a_finished_page_comes_back_as_it_was() -> None:
    page = Finished("<p>one</p>\n<p>\udc80 Ω</p>", Policy({"'sha256-x'"}, {"https://a.example"}, {"https://b.example", "https://c.example"}))
    assert Finished.unpacked(page.packed()) == page


def test_where_templates_cannot_be_read_nothing_is_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_folders: object) -> str:
        raise PermissionError

    monkeypatch.setattr(remember, "of_files", unreadable)
    site = Site(load(folder, dt.date(2026, 5, 6)))
    assert isinstance(remembering(Folder(folder), site, (), ()).cache, Nothing)


def test_pictures_are_kept_by_what_draws_them(tmp_path: Path) -> None:
    first, second = Pictures(), Pictures()
    first.remember(Folder(tmp_path), "stamp")
    first.keep("key", "picture")
    second.remember(Folder(tmp_path), "stamp")
    assert second["key"] == "picture"
    second.clear()
    second.remember(Folder(tmp_path), "other")
    with pytest.raises(KeyError):
        second["key"]


@pytest.mark.parametrize(
    ("config", "theme", "plain"),
    [
        (CONFIG, None, True),
        (CONFIG, "<p>ours</p>", True),
        (CONFIG, "{% for page in pages %}x{% endfor %}", False),
        (CONFIG, "{{ build_date_utc }}", False),
        (CONFIG.replace("[search, kamgen]", "[search, kamgen, tags]"), None, False),
        (f"{CONFIG}hooks: [hook.py]\n", None, False),
    ],
)
def test_what_others_may_change_is_not_remembered(folder: Path, config: str, theme: str | None, plain: bool) -> None:
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    (folder / "hook.py").write_text("", "utf-8")
    if theme:
        (folder / "ours").mkdir()
        (folder / "ours" / "main.html").write_text(theme, "utf-8")
        (folder / "mkdocs.yml").write_text(config.replace("name: material", "name: material\n  custom_dir: ours"), "utf-8")
    loaded = load_config(config_file=str(folder / "mkdocs.yml"))
    assert is_plain(loaded, own_folders(loaded, (folder / "shipped",))) is plain


def test_a_theme_that_cannot_be_read_is_not_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object, **__: object) -> str:
        raise PermissionError

    (folder / "theme").mkdir()
    (folder / "theme" / "main.html").write_text("x", "utf-8")
    loaded = load_config(config_file=str(folder / "mkdocs.yml"))
    monkeypatch.setattr(Path, "read_text", unreadable)
    assert is_plain(loaded, (folder,)) is False


@pytest.mark.slow
def test_pages_that_are_damaged_are_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_here(folder, folder / "site")
    for file in kept(folder):
        file.write_bytes(b"x" * 100)
    PICTURES.clear()
    build_here(folder, folder / "site")
    assert written(folder / "site") == clean(folder, monkeypatch)


@pytest.mark.slow
def test_a_page_that_failed_while_somebody_watched_is_not_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render, sheet = Templates.render, Templates.sheet

    def broken(_: Templates, made: Page, *arguments: Any) -> str:
        if made.address in {"board.md", "accounts/acme/brief.html"}:
            raise ValueError("broken")
        return (render if isinstance(made, Page) else sheet)(_, made, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Templates, "render", broken)
        patch.setattr(Templates, "sheet", broken)
        build_here(folder, folder / "site", "serve")
    assert b"broken" in written(folder / "site")["board/index.html"]
    build_here(folder, folder / "site", "serve")
    assert written(folder / "site") == clean(folder, monkeypatch)


def test_what_is_skipped_while_somebody_watches_is_what_a_full_build_writes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "mkdocs.yml").write_text(f"{CONFIG}not_in_nav: away.md\nexclude_docs: out.md\n", "utf-8")
    build_here(folder, folder / "site", "serve")
    file = folder / "plans" / "acme.md"
    file.write_text(PLAN.replace("2026-05-20", "2026-06-10"), "utf-8")
    made: list[str] = []
    render = Templates.render

    def seen(shown: Templates, page: Page, *others: Any) -> str:
        made.append(page.address)
        return render(shown, page, *others)

    monkeypatch.setattr(Templates, "render", seen)
    build_here(folder, folder / "site", "serve")
    assert "accounts/acme.md" in made
    assert not any(address.startswith("rules/") for address in made)
    assert written(folder / "site") == clean(folder, monkeypatch)


def test_a_download_is_made_again_when_what_it_is_made_of_changes(tmp_path: Path) -> None:
    cache = Folder(tmp_path)
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return "a,b\n"

    def told(value: object) -> str | bytes:
        return content(Asset("one.csv", make, of=lambda: value), cache)

    assert (told((1, "x")), told((1, "x"))) == ("a,b\n", b"a,b\n")
    assert made == ["made"]
    told((2, "x"))
    assert made == ["made", "made"]
    assert content(Asset("one.xlsx", lambda: b"book", of=tuple), cache) == b"book"
    assert content(Asset("one.css", make), cache) == "a,b\n"
