"""Markdown of a plan to safe HTML: raw HTML off, then an allow-list. The only door to nh3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final

import nh3
from markupsafe import Markup, escape

from kamgen.alphabet import slug
from kamgen.markdown import SCHEMES, converter

BLOCKS: Final = frozenset({"p", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "hr"})
CELLS: Final = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
TAGS: Final = BLOCKS | CELLS | {"a", "br", "em", "strong", "del", "code"}
HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
ATTRIBUTES: Final = {"a": {"href", "title"}, "th": {"style"}, "td": {"style"}, "ol": {"start"}, **{tag: {"id"} for tag in HEADINGS}}
FIGURES: Final = frozenset({"img", "figure", "figcaption", "details", "summary", "div", "span", "dl", "dt", "dd", "caption", "tfoot"})
WORDS: Final = frozenset({"abbr", "b", "cite", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "sub", "sup", "var"})
PAGE_TAGS: Final = TAGS | FIGURES | WORDS | {"h1"}
PAGE_ATTRIBUTES: Final = {
    **{tag: {"class", "id", "title", "lang", "dir"} for tag in PAGE_TAGS},
    "a": {"class", "id", "href", "title"},
    "img": {"class", "src", "alt", "title", "width", "height", "loading"},
    "ol": {"class", "id", "start"},
    "details": {"class", "id", "open"},
    "th": {"class", "style", "scope", "colspan", "rowspan"},
    "td": {"class", "style", "colspan", "rowspan"},
}
HERE_ONLY: Final = re.compile(r"(?![a-zA-Z][a-zA-Z0-9+.-]*:)(?!//|/\\|\\)[^\s].*", re.DOTALL)
"""An address below this site: neither a scheme nor another host."""
MARKS: Final = "*_`[]<&\\~|\t\r"
"""Characters that Markdown may read as more than text, wherever they stand."""
STARTS: Final = re.compile(r"[-+=#>\s]|[0-9]{1,9}[.)]")
"""Beginnings of a line that may make it more than a line of a paragraph."""
HEADING: Final = re.compile(r"(#{1,6}) ([^#\s][^#]*)")
TOP: Final = 3
"""The level of a body's uppermost headings: below the page's own sections."""


@lru_cache(maxsize=4096)
def prose(text: str) -> Markup:
    """Markdown as HTML that may stand in any page: no raw HTML, no images, links to http, https, mailto and tel only."""
    text = text.strip()
    if text and "\n" not in text and _unmarked(text) and not STARTS.match(text):
        return Markup(f"<p>{escape(text)}</p>")  # noqa: S704  (escaped)
    return Markup(clean(converter().render(text)))  # noqa: S704  (what nh3 lets pass is safe)


def body(text: str, prefix: str, top: int = TOP) -> Markup:
    """The Markdown of a plan's body like `prose`, its uppermost headings brought to the level `top`, with ids that begin with `prefix`."""
    return Markup(_plain_body(text, prefix, top) or clean(_marked_body(text, prefix, top)))  # noqa: S704  (escaped, or what nh3 lets pass)


def _unmarked(text: str) -> bool:
    """Whether Markdown would only wrap the text in a paragraph, its beginning apart: most notes are so, and it is fifty times as fast to say it."""
    return not any(mark in text for mark in MARKS)


def _plain_body(text: str, prefix: str, top: int = TOP) -> str | None:
    """A body of headings and plain paragraphs; None for any other, which Markdown has to read."""
    if not _unmarked(text) or "  \n" in text:
        return None
    blocks: list[tuple[int, str]] = []
    gap = True
    for line in text.split("\n"):
        heading = HEADING.fullmatch(line)
        if heading:
            blocks.append((len(heading[1]), heading[2].strip()))
        elif STARTS.match(line):
            return None
        elif line and gap:
            blocks.append((0, line))
        elif line:
            blocks[-1] = (0, f"{blocks[-1][1]}\n{line}")
        gap = bool(heading) or not line
    return _laid_out(blocks, prefix, top)


def _laid_out(blocks: list[tuple[int, str]], prefix: str, top: int) -> str:
    headings = [(level, words) for level, words in blocks if level]
    ranks = _ranks([level for level, _ in headings], top)
    names = _names([words for _, words in headings], prefix)
    return "".join(_heading(next(ranks), next(names), words) if level else f"<p>{escape(words)}</p>" for level, words in blocks)


def _heading(rank: int, name: str, words: str) -> str:
    return f'<h{rank} id="{name}">{escape(words)}</h{rank}>'


def _marked_body(text: str, prefix: str, top: int = TOP) -> str:
    reader = converter()
    tokens = reader.parse(text)
    opening = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    ranks = _ranks([int(tokens[index].tag[1]) for index in opening], top)
    names = _names([tokens[index + 1].content for index in opening], prefix)
    for index, rank, name in zip(opening, ranks, names, strict=True):
        tokens[index].tag = tokens[index + 2].tag = f"h{rank}"
        tokens[index].attrs = {"id": name}
    return str(reader.renderer.render(tokens, reader.options, {}))


def _ranks(levels: list[int], top: int) -> Iterator[int]:
    """The levels of headings, the uppermost at `top`, none more than one below the heading before it."""
    shift = top - min(levels, default=top)
    before = top - 1
    for level in levels:
        before = min(level + shift, before + 1, 6)
        yield before


def _names(headings: list[str], prefix: str) -> Iterator[str]:
    """An id for each heading: its words, or its number (after two dashes) where they are not plain ASCII or stand twice."""
    seen: set[str] = set()
    for number, heading in enumerate(headings, 1):
        words = slug(heading)
        name = f"{prefix}-{words}" if words and words not in seen else f"{prefix}--{number}"
        seen.add(words)
        yield name


def clean(html: str) -> str:
    """HTML of a plan's own words: the few tags that Markdown makes, links to other places only."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel="noopener",
        filter_style_properties={"text-align"},
    )


def clean_page(html: str) -> str:
    """HTML of a page of the company's handbook: what Markdown and its extensions make, no script, no picture from another host."""
    return nh3.clean(
        html,
        tags=set(PAGE_TAGS),
        attributes={tag: set(names) for tag, names in PAGE_ATTRIBUTES.items()},
        attribute_filter=_pictures_from_here,
        url_schemes=set(SCHEMES),
        link_rel="noopener",
        filter_style_properties={"text-align"},
    )


def _pictures_from_here(tag: str, attribute: str, value: str) -> str | None:
    return None if (tag, attribute) == ("img", "src") and not HERE_ONLY.fullmatch(value) else value


def ticks(text: str) -> Markup:
    """A message's words: what stands between back-ticks is code, everything else is text."""
    parts = str(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    told = [f"<code>{escape(part)}</code>" if index % 2 else str(escape(part)) for index, part in enumerate(parts)]
    return Markup("".join(told))  # noqa: S704  (escaped)


def safe_link(url: str) -> str | None:
    """The address itself when its scheme is allowed, else None."""
    begins = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", url)
    return url.strip() if begins and begins[1].lower() in SCHEMES else None


def plain_text(html: str) -> str:
    """HTML as the words that people read, without tags and entities."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def escaped(text: str) -> Markup:
    """Text for a place where a template of the theme prints it as it is; escaped once, also where a template escapes again."""
    return escape(text)
