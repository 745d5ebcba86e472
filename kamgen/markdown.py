"""What Markdown says: the HTML and the links in it, as tokens. The only door to markdown-it, opened when there is something to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
"""What a link may begin with."""
TAG: Final = re.compile(r"<[A-Za-z/!?]")
SAFE: Final = r"(?:https?|mailto|tel):"
LINK: Final = re.compile(rf"\](?:\(|:)\s*<?(?!\s|<?{SAFE})|<(?!{SAFE})[a-z][a-z0-9+.-]{{1,31}}:", re.IGNORECASE)
SIGNS: Final = ("](", "]:", "<")
"""One of these stands in every link."""
SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
IGNORED: Final = re.compile(r"[\x00-\x20]+")
"""What browsers leave out of the beginning of an address."""


class Found(NamedTuple):
    """Something in a text: the line, counted from 0, and the words."""

    line: int
    words: str


@cache
def converter() -> MarkdownIt:
    """Markdown as the site shows it: raw HTML is text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  (a tenth of a second that most checks never need)

    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


@cache
def _reader() -> MarkdownIt:
    """Reads HTML as HTML, and every link whatever it leads to, as it is written."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  (a tenth of a second that most checks never need)

    reader = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    object.__setattr__(reader, "validateLink", _any)
    object.__setattr__(reader, "normalizeLink", str)
    return reader


def _any(_address: str) -> bool:
    return True


def raw_html(text: str) -> Iterator[Found]:
    """The HTML tags and comments of a Markdown text; addresses between angle brackets and code are none."""
    if TAG.search(text):
        for line, token in _tokens(text, {}):
            if token.type in {"html_inline", "html_block"}:
                yield Found(line, token.content.strip().partition("\n")[0])


def may_link(text: str) -> bool:
    """Whether a text may hold a link that does not plainly begin as `SCHEMES` do."""
    return any(sign in text for sign in SIGNS) and LINK.search(text) is not None


def links(text: str) -> Iterator[Found]:
    """The addresses that a Markdown text links to, in its links, pictures and reference definitions.

    Only looked for where one does not plainly begin as `SCHEMES` do; so it is the way to find doubtful ones.
    """
    if not may_link(text):
        return
    env: dict[str, Any] = {}
    for line, token in _tokens(text, env):
        address = token.attrGet("src" if token.type == "image" else "href")
        if isinstance(address, str):
            yield Found(line, address)
    for reference in env.get("references", {}).values():
        yield Found(reference["map"][0], reference["href"])


def _tokens(text: str, env: dict[str, Any]) -> Iterator[tuple[int, Token]]:
    """Every token with its line, those of running text too."""
    for token in _reader().parse(text, env):
        start = token.map[0] if token.map else 0
        if token.children:
            yield from _running(token.children, start)
        elif token.type == "html_block":
            yield start, token


def _running(tokens: Sequence[Token], line: int) -> Iterator[tuple[int, Token]]:
    for token in tokens:
        yield line, token
        line += token.content.count("\n") + (token.type in {"softbreak", "hardbreak"})


def scheme(address: str) -> str | None:
    """What an address begins with, in small letters: `https`; None where it has no scheme."""
    found = SCHEME.match(IGNORED.sub("", address))
    return found[1].lower() if found else None
