"""The pages and files that kamgen makes, as MkDocs has them: no file of a repository stands behind them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from kamgen.cache import Cache
from kamgen.folder import PLANS
from kamgen.page import Asset, Page, headings
from kamgen.plugin.configuration import TABS
from kamgen.prose import escaped
from kamgen.remember import content


class MadePage(MkDocsPage):
    """A page that kamgen makes: no Markdown is read for it, and until it is filled it holds only what the search finds it by."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escaped(made.title), file, config)
        self.made = made
        self.key = ""

    def read_source(self, config: MkDocsConfig) -> None:
        """Front matter that never saw a file. The menu at the side goes only where there is one on top."""
        self.markdown = ""
        tabs = TABS in (config.theme.get("features") or ())
        hide = [part for part in self.made.hide if part != "navigation" or tabs]
        self.meta = {"title": escaped(self.made.title), "hide": hide}

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002  (MkDocs' signature)
        """What search plugins read."""
        self.content = f"<p>{escaped(self.made.search)}</p>"
        self.toc = get_toc([])

    def fill(self, fragment: str) -> None:
        """What people read, with its table of contents."""
        tokens: list[Any] = []
        for heading in headings(fragment):
            level = tokens if heading.level == 2 or not tokens else tokens[-1]["children"]
            level.append({"level": heading.level, "id": heading.id, "name": heading.title, "children": []})
        self.content, self.toc = fragment, get_toc(tokens)


def put(files: Files, config: MkDocsConfig, cache: Cache, part: Page | Asset) -> str:
    """A part of the site goes among MkDocs' files, in place of one that has its name; its URL."""
    if (old := files.get_file_from_path(part.address)) is not None:
        files.remove(old)
    file = _asset(part, config, cache) if isinstance(part, Asset) else _page(part, config)
    files.append(file)
    return file.url


def _asset(asset: Asset, config: MkDocsConfig, cache: Cache) -> File:
    return File.generated(config, asset.address, content=content(asset, cache), inclusion=InclusionLevel.INCLUDED)


def _page(page: Page, config: MkDocsConfig) -> File:
    level = InclusionLevel.NOT_IN_NAV if page.menu is None else InclusionLevel.INCLUDED
    file = File.generated(config, page.address, content="", inclusion=level)
    file.edit_uri = quote(page.source.removeprefix(f"{PLANS}/")) if page.source else None
    MadePage(page, file, config)
    return file
