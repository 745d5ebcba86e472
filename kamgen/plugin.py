"""MkDocs <- workspace and pages: the plugin behind `mkdocs build`, `mkdocs serve` and `kamgen build`. MkDocs lives here and in publish.py.

Files come first (what MkDocs may see, what is generated), then each page is filled just before it is written, so that a large
portfolio never stands in memory as HTML. ProperDocs runs the same plugin unchanged.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

import jinja2
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils import get_build_date

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import grid
from kamgen.cache import NO_CACHE, Cache, Folder, Nothing
from kamgen.chart import PICTURES
from kamgen.clock import AsOf, NotADateError, as_of
from kamgen.compiled import COMPILED, Compiled
from kamgen.diagnostic import Severity
from kamgen.each import Each
from kamgen.folder import PLANS
from kamgen.known import Known
from kamgen.message import say
from kamgen.page import Asset, Page, PageError, Sheet, collect, headings, templates
from kamgen.pages.extra import SECTIONS, ExtraError, extra_pages
from kamgen.pages.handbook import PREFIX, publishable, reading_order
from kamgen.pages.health import source_address
from kamgen.policy import Policy
from kamgen.private import caches
from kamgen.prose import clean_page, escaped, plain_text
from kamgen.remember import MARK, Finished, content, remembering, stamp
from kamgen.settings import read_portfolio_file
from kamgen.site import Site
from kamgen.theme import called, is_plain, own_folders, shown, spelled, titles
from kamgen.workspace import Workspace, load

LOG: Final = get_plugin_logger("kamgen")
LAST: Final = -100
"""After every other plugin: the search has read a page by then, and reads only what we mean it to read."""
TOLD: Final = 20
TABS: Final = "navigation.tabs"
FEATURES: Final = (TABS, "navigation.indexes", "navigation.path", "navigation.top", "toc.follow", "search.highlight", "content.action.edit")
FONTS: Final = {"text": "Roboto", "code": "Roboto Mono"}
"""What Material fetches from another host unless it is told not to."""
STYLE: Final = "assets/kamgen.css"
SHEET_STYLE: Final = "assets/sheet.{}.css"
NOTICE: Final = "kg-notice"
BODY: Final = re.compile(r"<body[^>]*>")
KEPT: Final = "kept.html"
"""The template of a page that is remembered as a whole."""
HANDBOOK_META: Final = ("title", "description", "hide", "search")
"""What the front matter of a handbook page may say; the theme prints the rest unescaped, or runs it."""


class ExtraPage(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its part untyped
    """A page of the company's own, in `extra:`."""

    address = option.Type(str)
    title = option.Type(str)
    template = option.Type(str)
    menu = option.Optional(option.Type(int))
    section = option.Choice(("", *SECTIONS), default="")


class KamgenConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its part untyped
    """What `plugins: - kamgen:` takes in mkdocs.yml."""

    as_of = option.Optional(option.Type((str, dt.date)))
    templates = option.Type(str, default="templates")
    extra = option.ListOfItems(option.SubConfig(ExtraPage), default=[])


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


class KamgenPlugin(BasePlugin[KamgenConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves its part untyped
    """The plugin. After a build `workspace` holds the verdict, and `as_of` the date with its origin. Under `serve` nothing is raised.

    `asked` is a date of the command line; with `forgets` every page is made anew.
    """

    def __init__(self) -> None:
        self.workspace: Workspace | None = None
        self.as_of: AsOf | None = None
        self.asked: str | None = None
        self.forgets = False
        self._cache: Folder | None = None
        self._known: Known | None = None
        self._each = Each()
        self._finished: Finished | None = None
        self._compiled = Compiled()
        self._serving = False
        self._nav: object = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002  (MkDocs' signature)
        """Keeps this object across rebuilds, and tells whether somebody is watching."""
        self._serving = command == "serve"

    @event_priority(LAST)
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:  # noqa: ARG002  (MkDocs' signature)
        """While somebody watches, a configuration that cannot be used is a sentence; when it is mended the site is built again."""
        server.builder = partial(_rebuild, server.builder, Path(config.config_file_path).name)
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The theme gets our notice, the watcher the company's templates."""
        self._policy = Policy()
        self._marking, self._spoilt, self._finished = False, False, None
        if Path(config.docs_dir).name != PLANS:
            raise PluginError(say("site.docs-dir", name=Path(config.docs_dir).name))
        self._begin_cache(Path(config.docs_dir).parent)
        own = Path(config.config_file_path or config.docs_dir).parent / self.config.templates
        self._templates = templates(own, "en")
        ours = [str(folder / "theme") for folder in self._templates.folders if (folder / "theme").is_dir()]
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs[place:place] = [folder for folder in ours if folder not in config.theme.dirs]
        if own.is_dir() and str(own) not in config.watch:
            config.watch.append(str(own))
        _dress(config)
        return config

    def _begin_cache(self, root: Path) -> None:
        """What builds before have made; one for as long as somebody watches. Nothing, where the environment says `KAMGEN_NO_CACHE`."""
        mine = None if self.forgets or os.environ.get(NO_CACHE) else caches(root)
        if mine is None:
            self._cache, self._known, self._each = None, None, Each()
            PICTURES.remember(Nothing(), "")
            COMPILED.remember(Nothing(), "")
            return
        if self._cache is None or self._cache.root != root:  # MkDocs has one plugin for all sites that a process builds
            self._cache = mine[0]
            self._known, self._each = Known(self._cache, stamp()), Each()
        PICTURES.remember(self._cache, stamp())
        COMPILED.remember(mine[1], stamp())

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Takes every plan out of MkDocs' hands, and puts our pages in."""
        docs = Path(config.docs_dir)
        self.workspace = self._load(docs.parent)
        _hide_sources(files, docs)
        self._site = self._site_of(self.workspace, files, config)
        self._notices: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        parts = list(collect(self._site))
        parts += self._extra({part.address for part in parts})
        self._sections = _sections(parts)
        self._sheets = [part for part in parts if isinstance(part, Sheet)]
        for part in parts:
            self._urls[part.address] = part.address if isinstance(part, Sheet) else _put(files, part, config, self._cache).url
        self._style(files, config)
        self._scripts(files, config)
        if config.nav is None or config.nav is self._nav:
            self._nav = config.nav = _navigation(self._sections, files, self._site.language)
        return files

    def _extra(self, taken: set[str]) -> list[Page]:
        """The company's own pages, beside ours."""
        try:
            return list(extra_pages(self._site, self.config.extra, self._templates.folders, taken))
        except ExtraError as error:
            raise PluginError(str(error)) from None

    def _load(self, root: Path) -> Workspace:
        """The workspace of today. While somebody watches, a disk that does not answer leaves the last one standing."""
        try:
            _, portfolio, _ = read_portfolio_file(root)
            pinned = self.config.as_of
            self.as_of = as_of(str(pinned), portfolio, "configuration") if pinned and not self.asked else as_of(self.asked, portfolio)
            return load(root, self.as_of.date, known=self._known)
        except NotADateError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            if not self._serving or self.workspace is None:
                raise
            LOG.error(say("site.machine", path=error.filename or root.name, reason=error.strerror or str(error)))  # noqa: TRY400  (no traceback reaches a user)
            return self.workspace

    def _site_of(self, workspace: Workspace, files: Files, config: MkDocsConfig) -> Site:
        own = tuple(reading_order(file.src_uri for file in files.documentation_pages()))
        origin = self.as_of.words if self.as_of else ""
        return Site(workspace, origin, partial(_source_url, config), own, each=self._each, url=config.site_url or "")

    def _style(self, files: Files, config: MkDocsConfig) -> None:
        """The style sheet under a name that changes with it, so that no browser shows yesterday's."""
        text = self._templates.style()
        name = STYLE.replace(".css", f".{hashlib.sha256(text.encode()).hexdigest()[:8]}.css")
        _put(files, Asset(name, lambda: text), config)
        sheets = self._templates.sheet_style()
        self._sheet_style = SHEET_STYLE.format(hashlib.sha256(sheets.encode()).hexdigest()[:8])
        _put(files, Asset(self._sheet_style, lambda: sheets), config)
        others = [path for path in config.extra_css if not path.startswith(STYLE.removesuffix("css"))]
        config.extra_css = [name, *others]

    def _scripts(self, files: Files, config: MkDocsConfig) -> None:
        """The scripts of tables; a page that has no such table never asks for them."""
        found = grid.scripts(self._templates.folders)
        for name, text in found.files.items():
            address = f"{found.folder}/{name}"
            self._urls[address] = _put(files, Asset(address, partial(str, text)), config).url
        self._grid = found.entry

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002  (MkDocs' signature)
        """Pages outside the navigation get what is above and beside them: breadcrumbs, the active tab."""
        made = [file.page for file in files.documentation_pages() if isinstance(file.page, MadePage)]
        families: dict[str, list[MadePage]] = {}
        for page in made:
            if page.made.parent and page.made.menu is None:
                families.setdefault(page.made.parent, []).append(page)
        for parent, children in families.items():
            file = files.get_file_from_path(parent)
            for before, page, after in zip([None, *children], children, [*children[1:], None], strict=False):
                page.parent = file.page if file else None  # type: ignore[assignment]  # Material's blog does the same
                page.previous_page, page.next_page = before, after
        self._menu = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  (MkDocs' signature)
        """Of a handbook page's front matter only what the theme may print."""
        if not isinstance(page, MadePage):
            page.meta = {key: page.meta[key] for key in HANDBOOK_META if key in page.meta}
        return markdown

    @event_priority(LAST)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  (MkDocs' signature)
        """A handbook page runs no script, whatever extensions made of it."""
        if isinstance(page, MadePage):
            return html
        page.meta["title"] = escaped(plain_text(str(page.title)))
        if "description" in page.meta:
            page.meta["description"] = escaped(str(page.meta["description"]))
        _clean_toc(page.toc)
        return clean_page(html)

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The theme's own pages, like 404, carry the notice too. All titles are known now, and so what each page is remembered by."""
        env.globals["kamgen_notice"] = self._notice
        self._env = env
        own = own_folders(config, self._templates.folders)
        plain = is_plain(config, own)
        env.bytecode_cache = COMPILED if plain else self._compiled
        cache = self._cache if self._cache and plain else Nothing()
        pages = [file.page for file in files.documentation_pages()]
        ours = (self._urls, self._grid, self._sheet_style, titles(self._sections), list(map(called, pages)), get_build_date())
        self._memory = remembering(cache, self._site, own, (*shown(config), str(self._menu), spelled(ours)))
        self._memory.remember_rows()
        for page in (page for page in pages if isinstance(page, MadePage)):
            page.key = self._memory.key(page.made, *map(called, (page.previous_page, page.next_page, *page.ancestors)))
            if cache.has(page.key):
                page.meta["template"] = KEPT
        return env

    def _notice(self, base: str) -> str:
        """As of when, and how many errors; `base` is the way to the top of the site. A page to be remembered gets it last."""
        return MARK if self._marking else self._told(base)

    def _told(self, base: str) -> str:
        if base not in self._notices:
            link = partial(_link, f"{base.rstrip('/')}/", self._urls)
            self._notices[base] = self._templates.notice(self._site, link)
        return self._notices[base]

    @event_priority(LAST)
    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:  # noqa: ARG002  (MkDocs' signature)
        """The page is filled: the search has had its turn. One that is remembered is put in as a whole."""
        if not isinstance(page, MadePage):
            return context
        self._marking = True
        self._finished = self._memory.load(page.key) if page.meta.get("template") == KEPT else None
        if self._finished:
            return {**context, "kamgen_kept": self._finished.html}
        page.fill(self._fragment(page.made, partial(_link, "../" * page.url.count("/"), self._urls)))
        if page.meta.pop("template", None):  # it is gone since: the theme's own template makes it here
            context["kamgen_kept"] = self._env.get_template("main.html").render(context)
        return context

    def _fragment(self, made: Page, link: Callable[[str], str]) -> str:
        group = self._sections[made.section] if made.section else []
        try:
            fragment = self._templates.siblings(made, group, link) + self._templates.render(made, self._memory.view(made), link)
            return fragment + self._templates.grid(self._grid, self._site.language, link) if grid.ASKS in fragment else fragment
        except Exception as error:  # noqa: BLE001  (raised again, unless somebody watches)
            return self._failed(made, error)

    def _sheet(self, made: Sheet) -> str:
        up = "../" * made.address.count("/")
        try:
            return self._templates.sheet(made, self._memory.view(made), partial(_link, up, self._urls), up + self._sheet_style, MARK)
        except Exception as error:  # noqa: BLE001  (raised again, unless somebody watches)
            return self._failed(made, error)

    def _finished_sheet(self, made: Sheet) -> str:
        """A sheet as it is remembered, or as it is made and remembered from now on."""
        key = self._memory.key(made)
        found = self._memory.load(key)
        if found is None:
            found = Finished(self._sheet(made), Policy())
            self._keep(key, made, found)
        return found.html.replace(MARK, self._told("../" * made.address.count("/")))

    def _failed(self, made: Page | Sheet, error: Exception) -> str:
        """What is shown in place of a page that could not be made, while somebody watches; a build ends with it, and says which template."""
        if self._serving:
            self._spoilt = True
            LOG.error(made.address, exc_info=error)
            return f"<h1>{escaped(made.title)}</h1><p>{escaped(say('site.page-failed', words=str(error)))}</p>"
        if isinstance(error, PageError):
            raise PluginError(str(error)) from error
        raise error

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002  (MkDocs' signature)
        """A theme without a place for the notice gets it on top; the fragment is given back to memory."""
        finished, self._finished = self._finished, None
        if finished is None:
            finished = self._finish(output, page)
        self._policy.take(finished.policy)
        self._marking = False
        return finished.html.replace(MARK, self._told("../" * page.url.count("/") or "."))

    def _finish(self, output: str, page: MkDocsPage) -> Finished:
        found = Policy()
        found.see(output, page.content or "")
        has_notice = (MARK if self._marking else NOTICE) in output
        finished = Finished(output if has_notice else BODY.sub(lambda match: match[0] + MARK, output, count=1), found)
        if isinstance(page, MadePage):
            page.content = ""
            self._keep(page.key, page.made, finished)
        return finished

    def _keep(self, key: str, made: Page | Sheet, finished: Finished) -> None:
        """Remembers a page, unless it could not be made."""
        if not self._spoilt:
            self._memory.keep(key, made, finished)
        self._spoilt = False

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002  (MkDocs' signature)
        """Pages of the theme's own, like 404, have scripts too."""
        self._policy.see(output_content)
        return output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The sheets are written, one at a time. One warning, which `--strict` counts, and the first errors line by line."""
        for sheet in self._sheets:
            file = Path(config.site_dir, sheet.address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self._finished_sheet(sheet), encoding="utf-8", newline="\n")
        self._policy.write(Path(config.site_dir))
        if self._known and self._cache:
            self._known.settle()
            self._site.rows.settle()
            self._each.settle(frozenset(account.path for account in self._site.accounts))
            self._cache.settle()
            COMPILED.settle()
        errors = [found for found in self._site.diagnostics if found.severity is Severity.ERROR]
        if not errors:
            return
        LOG.warning(say("site.log", language=self._site.language, n=len(errors), as_of=self._site.as_of, origin=self._site.origin))
        for error in errors[:TOLD]:
            LOG.info("%s:%s:%s: error[%s] %s", error.path, error.line, error.column, error.code, error.message)


def _rebuild(builder: Callable[[], None], path: str) -> None:
    """Builds again. Raises Abort, of which MkDocs prints the words, where it would print a traceback."""
    try:
        builder()
    except Abort:
        raise
    except MkDocsException as error:
        words = " ".join(str(error).split())
        broken = isinstance(error, ConfigurationError)
        raise Abort(say("build.config", path=path, words=words) if broken else say("build.failed", words=words)) from None


def _hide_sources(files: Files, docs: Path) -> None:
    """Of everything below `plans/` MkDocs keeps the handbook's pages and their pictures; it never sees a plan."""
    for file in list(files):
        if file.src_dir is not None and Path(file.src_dir) == docs:
            if publishable(docs, file.src_uri):
                file.edit_uri = quote(file.src_uri)
            else:
                files.remove(file)


def _dress(config: MkDocsConfig) -> None:
    """What the pages need of the theme, where mkdocs.yml says nothing: a menu on top, breadcrumbs, no font of another host."""
    theme = config.theme
    if theme.name == "material":
        theme["features"] = theme.get("features") or list(FEATURES)
        if theme.get("font") == FONTS:
            theme["font"] = False


def _put(files: Files, part: Page | Asset, config: MkDocsConfig, cache: Cache | None = None) -> File:
    """A part of the site among MkDocs' files, in place of one that has its name."""
    if (old := files.get_file_from_path(part.address)) is not None:
        files.remove(old)
    if isinstance(part, Asset):
        file = File.generated(config, part.address, content=content(part, cache or Nothing()), inclusion=InclusionLevel.INCLUDED)
    else:
        level = InclusionLevel.NOT_IN_NAV if part.menu is None else InclusionLevel.INCLUDED
        file = File.generated(config, part.address, content="", inclusion=level)
        file.edit_uri = quote(part.source.removeprefix(f"{PLANS}/")) if part.source else None
        MadePage(part, file, config)
    files.append(file)
    return file


def _sections(parts: Iterable[object]) -> dict[str, list[Page]]:
    """The pages of the menu by section, in their order; those that stand alone are under the empty name."""
    found: dict[str, list[Page]] = {}
    for page in sorted((part for part in parts if isinstance(part, Page) and part.menu is not None), key=lambda part: part.menu or 0):
        found.setdefault(page.section, []).append(page)
    return found


def _navigation(sections: dict[str, list[Page]], files: Files, language: str) -> list[Any]:
    """The menu where mkdocs.yml has none: our pages in their order, then the handbook with the company's pages and those of ours below it."""
    own = reading_order(file.src_uri for file in files.documentation_pages())
    alone = sections.get("", [])
    below = [page.address for page in alone if page.parent]
    places: list[tuple[int, Any]] = [(page.menu or 0, page.address) for page in alone if not page.parent and not page.address.startswith(PREFIX)]
    groups = [(name, pages) for name, pages in sections.items() if name]
    places += [(pages[0].menu or 0, {say(f"site.section.{name}", language=language): [page.address for page in pages]}) for name, pages in groups]
    return [*(entry for _, entry in sorted(places, key=lambda place: place[0])), {say("site.handbook", language=language): [*own, *below]}]


def _link(prefix: str, urls: dict[str, str], address: str) -> str:
    """The relative URL of an address from a page whose way to the top is `prefix`. Raises KeyError where there is no such page."""
    url = urls[address]
    return prefix + url.removeprefix("./") or "./"


def _source_url(config: MkDocsConfig, path: str, line: int) -> str | None:
    return source_address(path, line, config.repo_url, config.edit_uri, config.edit_uri_template)


def _clean_toc(links: Iterable[AnchorLink]) -> None:
    """Titles of the table of contents, which the theme prints as they are."""
    for link in links:
        link.title = escaped(plain_text(link.title))
        _clean_toc(link.children)
