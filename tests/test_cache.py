"""The cache: what is kept comes back whole or not at all, and a build that remembers writes what a clean one writes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kamgen.cache import NO_CACHE, SEAL, Folder, Nothing
from kamgen.page import TEMPLATES
from tests.sites import PLAN, PORTFOLIO, build_here, write

KEYS = [f"{number:064x}" for number in range(9)]
PRODUCTS = f"{PORTFOLIO}products: [{{id: tea, label: Tea}}]\nsegments: [retail]\n"
SOLD = "sales:\n  - {product: tea, status: owned, actual: {2024: 90000, 2025: 120000, 2026: 40000}, spend: 300000}\n"
OUR_TABLE = (
    (TEMPLATES / "partials" / "portfolio.html").read_text("utf-8").replace("{% macro count(cell) -%}", "{% macro count(cell) -%}{{ site.errors }}")
)
PLANS = {
    "acme.md": PLAN.replace("tier: A\n", f"tier: A\nsegment: retail\n{SOLD}"),
    "north/bravo.md": PLAN.replace("Acme", "Bravo & <b>sons</b>").replace("tier: A\n", "tier: B\nparent: acme\n"),
    "charlie.md": "---\naccount: Charlie\ntier: A\nowner: kari.nygaard\n---\n\nSomething of *theirs*.\n",
    "broken.md": "---\naccount: Broken\ntier: A\ntier: B\nowner: [\n---\n",
    "handbook/index.md": "# Ours\n\nHow we sell.\n",
}


def kept(root: Path) -> list[Path]:
    """The files of a cache."""
    return sorted((root / ".kamgen" / "cache").iterdir())


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    Folder(tmp_path).keep(KEYS[0], b"one")
    assert Folder(tmp_path).has(KEYS[0])
    assert Folder(tmp_path).load(KEYS[0]) == b"one"
    assert not Folder(tmp_path).has(KEYS[1])
    assert Folder(tmp_path).load(KEYS[1]) is None
    assert (tmp_path / ".kamgen" / ".gitignore").read_text() == "*\n"


def test_the_folder_of_others_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".kamgen").mkdir()
    (tmp_path / ".kamgen" / ".gitignore").write_text("*.lock\n")
    Folder(tmp_path).keep(KEYS[0], b"one")
    assert Folder(tmp_path).load(KEYS[0]) == b"one"
    assert (tmp_path / ".kamgen" / ".gitignore").read_text() == "*.lock\n"


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * (SEAL + 3), None])
def test_what_is_damaged_is_not_there(tmp_path: Path, damage: bytes | None) -> None:
    Folder(tmp_path).keep(KEYS[0], b"one")
    file = kept(tmp_path)[0]
    file.write_bytes(file.read_bytes()[:-1] + b"E" if damage is None else damage)
    assert Folder(tmp_path).load(KEYS[0]) is None
    Folder(tmp_path).keep(KEYS[0], b"one")
    assert Folder(tmp_path).load(KEYS[0]) == b"one"


def test_what_stands_under_the_name_of_another_is_not_there(tmp_path: Path) -> None:
    Folder(tmp_path).keep(KEYS[0], b"one")
    kept(tmp_path)[0].rename(tmp_path / ".kamgen" / "cache" / KEYS[1])
    assert Folder(tmp_path).load(KEYS[1]) is None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / ".kamgen").write_text("a file")
    cache = Folder(tmp_path)
    cache.keep(KEYS[0], b"one")
    cache.keep(KEYS[1], b"two")
    cache.settle()
    assert cache.load(KEYS[0]) is None


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Folder(tmp_path)
    cache.keep(KEYS[0], b"one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.keep(KEYS[1], b"two")
    assert [file.name for file in kept(tmp_path)] == [KEYS[0]]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / ".kamgen").symlink_to(tmp_path / "elsewhere")
    Folder(tmp_path / "here").keep(KEYS[0], b"one")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_old_may_take_as_much_room_as_the_new(tmp_path: Path) -> None:
    first = Folder(tmp_path)
    for number in range(6):
        first.keep(KEYS[number], b"x" * 100)
        os.utime(tmp_path / ".kamgen" / "cache" / KEYS[number], ns=(number, number))
    second = Folder(tmp_path)
    assert second.load(KEYS[0])
    second.use(KEYS[1])
    second.settle()
    assert [file.name for file in kept(tmp_path)] == [KEYS[0], KEYS[1], KEYS[4], KEYS[5]]


def test_a_cache_of_many_leaves_them_room(tmp_path: Path) -> None:
    first = Folder(tmp_path, "kamgen")
    for number in range(4):
        first.keep(KEYS[number], b"x" * 100)
        os.utime(tmp_path / "kamgen" / "cache" / KEYS[number], ns=(number, number))
    Folder(tmp_path, "kamgen", spare=300).settle()
    assert sorted(file.name for file in (tmp_path / "kamgen" / "cache").iterdir()) == KEYS[2:4]


def test_nothing_keeps_nothing() -> None:
    cache = Nothing()
    cache.keep(KEYS[0], b"one")
    cache.use(KEYS[0])
    cache.settle()
    assert not cache.has(KEYS[0])
    assert cache.load(KEYS[0]) is None


def written(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def made(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site as a build writes it that remembers, and as a clean one does."""
    build_here(folder, folder / "site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NO_CACHE, "1")
        build_here(folder, folder / "clean")
    return written(folder / "site"), written(folder / "clean")


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of a file."""

    def edit(folder: Path) -> None:
        file = folder / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return edit


def put(path: str, text: str) -> Callable[[Path], None]:
    """A new file."""

    def edit(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")

    return edit


def renamed(folder: Path) -> None:
    """A plan under another name."""
    (folder / "plans/charlie.md").rename(folder / "plans/chaplin.md")


EDITS: dict[str, Callable[[Path], None]] = {
    "a date": replaced("plans/acme.md", "2026-05-20", "2026-06-11"),
    "a name": replaced("plans/north/bravo.md", "Bravo", "Beta"),
    "a subsidiary": replaced("plans/north/bravo.md", "parent: acme\n", ""),
    "an owner": replaced("plans/charlie.md", "kari.nygaard", "vera.lind"),
    "mended": put("plans/broken.md", PLAN.replace("Acme", "Mended")),
    "a new plan": put("plans/delta.md", PLAN.replace("Acme", "Delta")),
    "a twin": put("plans/north/acme.md", PLAN),
    "renamed": renamed,
    "gone": lambda folder: (folder / "plans/acme.md").unlink(),
    "portfolio": replaced("plans/portfolio.yml", "label: Tea", "label: Green tea"),
    "a person": replaced("plans/portfolio.yml", "name: Vera Lind", "name: Vera Berg"),
    "rules": replaced("plans/portfolio.yml", "per-person}", "per-person, severities: {no-next-activity: warning}}"),
    "as of": replaced("plans/portfolio.yml", "2026-05-06", "2026-05-07"),
    "handbook": replaced("plans/handbook/index.md", "Ours", "Ours & theirs"),
    "a handbook page": put("plans/handbook/price.md", "# Prices\n"),
    "traits": put("plans/handbook/twelve-traits.yml", "- {year: 2026}\n"),
    "our template": put("templates/pages/account/brief.html", "<p>{{ account.name }} {{ site.outlooks | length }}</p>"),
    "our theme": put("templates/theme/partials/copyright.html", "<p>Ours</p>"),
    "their theme": put("templates/theme/partials/footer.html", "<p>{{ pages | length }}</p>"),
    "style": put("templates/assets/kamgen-ours.css", "p {color: red}"),
    "the name of the site": replaced("mkdocs.yml", "site_name: Tests", "site_name: Trials"),
    "a feature": replaced("mkdocs.yml", "navigation.path, ", "navigation.path, navigation.footer, "),
    "a figure": replaced("plans/charlie.md", "tier: A\n", "tier: A\npotential: 90000\n"),
    "a segment": replaced("plans/acme.md", "segment: retail\n", ""),
    "a tier": replaced("plans/north/bravo.md", "tier: B", "tier: C"),
    "another's work": replaced("plans/north/bravo.md", "status: planned, ", "status: planned, by: vera.lind, "),
    "our table": put("templates/partials/portfolio.html", OUR_TABLE),
    "an address": replaced("mkdocs.yml", "docs_dir", "edit_uri: https://git.example/edit/\ndocs_dir"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company's folder."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    return write(tmp_path, PLANS, portfolio=PRODUCTS)


@pytest.mark.slow
def test_a_build_that_remembers_writes_what_a_clean_one_writes(folder: Path) -> None:
    first, clean = made(folder)
    assert first == clean
    names = set(kept(folder))
    EDITS["a date"](folder)
    second, clean = made(folder)
    assert second == clean
    assert second != first
    assert names & set(kept(folder))


@pytest.mark.slow
def test_whatever_is_edited_a_build_that_remembers_writes_what_a_clean_one_writes(folder: Path) -> None:
    names = list(EDITS)
    random.Random(1).shuffle(names)
    build_here(folder, folder / "site")
    for name in names:
        with suppress(AssertionError, FileNotFoundError):  # an edit before this one may have taken away what it is about
            EDITS[name](folder)
        ours, clean = made(folder)
        assert ours.keys() == clean.keys(), name
        assert [path for path in ours if ours[path] != clean[path]] == [], name
