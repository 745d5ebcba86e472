"""Markdown of a plan to safe HTML: raw HTML off, then an allow-list. The only door to markdown-it and nh3."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
TAGS: Final = frozenset(
    [
        "p",
        "br",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ],
)
ATTRIBUTES: Final = {"a": {"href", "title"}, "th": {"style"}, "td": {"style"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "ol": {"start"}}
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
    """HTML with nothing but the tags, attributes and link schemes of the allow-list."""
    return nh3.clean(
        html, tags=set(TAGS), attributes={tag: set(names) for tag, names in ATTRIBUTES.items()}, url_schemes=set(SCHEMES), link_rel="noopener"
    )


def safe_link(url: str) -> str | None:
    """The address itself when its scheme is allowed, else None."""
    scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", url)
    return url.strip() if scheme and scheme[1].lower() in SCHEMES else None


def escaped(text: str) -> str:
    """Text for a place where a template of the theme prints it as it is."""
    return str(escape(text))
