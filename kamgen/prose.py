"""Markdown of a plan to safe HTML: raw HTML off, then an allow-list. The only door to markdown-it and nh3."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
BLOCKS: Final = frozenset({"p", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "hr"})
CELLS: Final = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
TAGS: Final = BLOCKS | CELLS | {"a", "br", "em", "strong", "del", "code"}
ATTRIBUTES: Final = {"a": {"href", "title"}, "th": {"style"}, "td": {"style"}, "ol": {"start"}}
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
PLAIN: Final = re.compile(r"[^*_`#\[\]<>&\\~|!\n:/@\"'-]*(?:-[^*_`#\[\]<>&\\~|!\n:/@\"'-]+)*")
"""Text that Markdown would only wrap in a paragraph: most notes are, and it is fifty times as fast to say so."""


@cache
def _converter() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=4096)
def prose(text: str) -> Markup:
    """Markdown as HTML that may stand in any page: no raw HTML, no images, links to http, https, mailto and tel only."""
    text = text.strip()
    if PLAIN.fullmatch(text) and not text[:1].isdigit() and not text.startswith(("-", "+", "=")):
        return Markup("<p>%s</p>") % text
    return Markup(clean(_converter().render(text)))  # noqa: S704  (what nh3 lets pass is safe)


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
    return Markup("").join(Markup("<code>%s</code>") % part if index % 2 else escape(part) for index, part in enumerate(parts))


def safe_link(url: str) -> str | None:
    """The address itself when its scheme is allowed, else None."""
    scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", url)
    return url.strip() if scheme and scheme[1].lower() in SCHEMES else None


def escaped(text: str) -> Markup:
    """Text for a place where a template of the theme prints it as it is; escaped once, also where a template escapes again."""
    return escape(text)
