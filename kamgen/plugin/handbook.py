"""The company's own pages below `plans/handbook/`, the only Markdown that MkDocs itself reads: what it may see, and what of it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from kamgen.pages.handbook import publishable
from kamgen.prose import clean_page, escaped, plain_text

META: Final = ("title", "description", "hide", "search")
"""What the front matter of a handbook page may say; the theme prints the rest unescaped, or runs it."""


def hide_sources(files: Files, config: MkDocsConfig) -> None:
    """Of everything below `plans/` MkDocs keeps the handbook's pages and pictures, and styles, scripts and pictures that mkdocs.yml names."""
    docs = Path(config.docs_dir)
    named = {*config.extra_css, *map(str, config.extra_javascript), *(str(config.theme.get(picture)) for picture in ("logo", "favicon"))}
    for file in list(files):
        if file.src_dir is not None and Path(file.src_dir) == docs:
            if publishable(docs, file.src_uri, named):
                file.edit_uri = quote(file.src_uri)
            else:
                files.remove(file)


def narrow(page: MkDocsPage) -> None:
    """Of a page's front matter only what the theme may print."""
    page.meta = {key: page.meta[key] for key in META if key in page.meta}


def clean(page: MkDocsPage, html: str) -> str:
    """The page runs no script, whatever extensions made of it; what the theme prints as it is is escaped."""
    page.meta["title"] = escaped(plain_text(str(page.title)))
    if "description" in page.meta:
        page.meta["description"] = escaped(str(page.meta["description"]))
    _clean_toc(page.toc)
    return clean_page(html)


def _clean_toc(links: Iterable[AnchorLink]) -> None:
    for link in links:
        link.title = escaped(plain_text(link.title))
        _clean_toc(link.children)
