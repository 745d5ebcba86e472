"""Proof of every page: what we write is what a browser reads, headings and tables can be followed by ear, no link leads nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from kamgen.page import Page, Sheet, templates
from tests.kinds import demonstration, pages
from tests.sites import pages as files

KNOWN: Final[dict[str, str]] = {}
"""Parse errors by html5lib's name that are none, each with the reason."""
FIRST: Final = 3
SHOWN: Final = templates(None, "en")


def made(part: Page | Sheet) -> str:
    """What we write of a page: a fragment, or the whole document of a sheet."""
    site = demonstration()
    if isinstance(part, Sheet):
        return SHOWN.sheet(part, site, lambda there: f"/{there}", "style.css")
    return SHOWN.render(part, site, lambda there: f"/{there}")


def longest(kind: str) -> str:
    """The longest of the first pages of a kind."""
    some = islice((part for name, part in pages() if name == kind), FIRST)
    return max(map(made, some), key=len)


KINDS: Final = sorted({kind for kind, _ in pages()})


def parsed(text: str) -> tuple[Any, list[str]]:
    """The tree of a page, and what is wrong with its HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text) if text.lstrip().lower().startswith("<!doctype") else parser.parseFragment(text)
    return root, [f"{place}: {name} {values}" for place, name, values in parser.errors if name not in KNOWN]


def wrong(text: str) -> list[str]:
    """What is wrong with a page: its HTML, its ids, its headings, its tables, its pictures."""
    root, errors = parsed(text)
    return [*errors, *_ids(root), *_headings(root), *_tables(root), *_pictures(root)]


def _ids(root: Any) -> Iterator[str]:
    counts = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"two elements are called {name}" for name, count in counts.items() if count > 1)
    for element in root.iter():
        for name in (element.get("aria-labelledby") or "").split():
            if name not in counts:
                yield f"aria-labelledby: nothing is called {name}"


def _headings(root: Any) -> Iterator[str]:
    levels = [(int(element.tag[1]), _words(element)) for element in root.iter() if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
        yield "a page begins with its one h1"
    for (before, _), (level, words) in pairwise(levels):
        if level > before + 1:
            yield f"h{level} after h{before}: {words}"
    yield from (f"an h{level} without words" for level, words in levels if not words)


def _tables(root: Any) -> Iterator[str]:
    for table in root.iter("table"):
        captions = [_words(element) for element in table if element.tag == "caption"]
        name = captions[0] if captions else str(table.attrib)
        if not any(captions):
            yield f"a table without a caption: {name}"
        yield from (f"{name}: th without a scope: {_words(cell)}" for cell in table.iter("th") if not cell.get("scope"))
        widths = {sum(int(cell.get("colspan") or 1) for cell in row) for row in table.iter("tr")}
        if len(widths) > 1 and not any(cell.get("rowspan") for cell in table.iter()):
            yield f"{name}: rows of {sorted(widths)} cells"


def _pictures(root: Any) -> Iterator[str]:
    for element in root.iter():
        if element.get("role") == "img" and not (element.get("aria-labelledby") or element.get("aria-label")):
            yield "a picture without a name"
        if element.tag == "img" and element.get("alt") is None:
            yield f"an image without words: {element.get('src')}"


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_what_a_browser_reads(kind: str) -> None:
    assert wrong(longest(kind)) == []


@pytest.mark.slow
def test_every_page_is_what_a_browser_reads() -> None:
    found = {part.address: told for _, part in pages() if (told := wrong(made(part)))}
    assert found == {}


def test_what_is_wrong_is_found() -> None:
    page = '<h2>x</h2><h4></h4><p id=a><p id=a><table><tr><th>1<td>2<tr><td>3</table><svg role=img></svg><img src=x><div aria-labelledby="b">'
    told = wrong(page)
    assert len(told) >= 9
    assert wrong("<h1>Title</h1><h2>Part</h2><table><caption>About</caption><tbody><tr><th scope=row>1</th><td>2</td></tr></tbody></table>") == []


class _Links(HTMLParser):
    """What a page is called by and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.targets: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.names.update(said[name] for name in ("id", "name") if name in said)
        self.targets.update(
            said[name]
            for name in ("href", "xlink:href", "src", "data-kg-src")
            if name in said and not (tag == "link" and said.get("rel") == "canonical")
        )


def dead(site: Path) -> list[str]:
    """Every link of a site that leads to no file or no place of it: page and target."""
    told = {file: _Links(file.read_text("utf-8")) for file in files(site)}
    return [
        f"{file.relative_to(site)}: {target}"
        for file, links in told.items()
        for target in sorted(links.targets)
        if not _leads(file, target, site, told)
    ]


def _leads(file: Path, target: str, site: Path, told: dict[Path, _Links]) -> bool:
    address = urlsplit(target)
    if address.scheme or address.netloc:
        return True
    way = unquote(address.path)
    there = file if not way else (site / way.lstrip("/") if way.startswith("/") else file.parent / way).resolve()
    there = there / "index.html" if there.is_dir() else there
    if not there.is_file():
        return False
    return not address.fragment or there not in told or unquote(address.fragment) in told[there].names


def test_no_link_and_no_anchor_of_the_built_site_is_dead(built: Path) -> None:
    found = dead(built.resolve())
    assert found == [], _few(found)


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="a/">1</a><a href="a/#there">2</a><a href="a/#not">3</a><a href="b/">4</a><a href="https://x.example/">5</a>'
    )
    (tmp_path / "a" / "index.html").write_text('<p id="there"><a href="../?find=x#">6</a><a href="/">7</a>')
    assert dead(tmp_path.resolve()) == ["index.html: a/#not", "index.html: b/"]


def _few(found: Iterable[str]) -> str:
    return "\n".join(sorted(found)[:20])
