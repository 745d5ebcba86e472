"""MkDocs <- workspace and pages: the plugin behind `mkdocs build`, `mkdocs serve` and `kamgen build`. MkDocs lives here and in publish.py.

Files come first (what MkDocs may see, what is generated), then each page is filled just before it is written, so that a large
portfolio never stands in memory as HTML. ProperDocs runs the same plugin unchanged.

    before         what builds before have made
    laid           a site laid out: everything has its place
    configuration  what mkdocs.yml says to kamgen, and kamgen to the theme
    handbook       the company's own pages, which MkDocs reads itself
    made           the pages that kamgen makes, as MkDocs has them
    menu           the menu, and where the pages outside of it stand
    finish         pages from their template to what is written
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_build_date

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.cache import Nothing
from kamgen.clock import AsOf, NotADateError, as_of
from kamgen.compiled import COMPILED, Compiled
from kamgen.diagnostic import Severity
from kamgen.folder import PLANS
from kamgen.message import say
from kamgen.page import templates
from kamgen.pages.extra import ExtraError
from kamgen.pages.handbook import reading_order
from kamgen.pages.health import source_address
from kamgen.plugin.before import Before
from kamgen.plugin.configuration import KamgenConfig, dress, own_templates, use_style
from kamgen.plugin.finish import Finishing
from kamgen.plugin.handbook import clean, hide_sources, narrow
from kamgen.plugin.laid import lay_out
from kamgen.plugin.made import MadePage, put
from kamgen.plugin.menu import attach, navigation
from kamgen.remember import Memory, remembering
from kamgen.settings import read_portfolio_file
from kamgen.site import Site
from kamgen.theme import called, is_plain, own_folders, shown, spelled, titles
from kamgen.workspace import Workspace, load

LOG: Final = get_plugin_logger("kamgen")
LAST: Final = -100
"""After every other plugin: the search has read a page by then, and reads only what we mean it to read."""
TOLD: Final = 20


class KamgenPlugin(BasePlugin[KamgenConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves its part untyped
    """The plugin. After a build `workspace` holds the verdict, and `as_of` the date with its origin. Under `serve` nothing is raised.

    `asked` is a date of the command line; with `forgets` every page is made anew.
    """

    def __init__(self) -> None:
        self.workspace: Workspace | None = None
        self.as_of: AsOf | None = None
        self.asked: str | None = None
        self.forgets = False
        self._before = Before()
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
        docs = Path(config.docs_dir)
        if docs.name != PLANS:
            raise PluginError(say("site.docs-dir", name=docs.name))
        self._before.begin(docs.parent, forgets=self.forgets)
        self._templates = templates(own_templates(config, self.config.templates), "en")
        dress(config, self._templates.folders)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Takes every plan out of MkDocs' hands, and puts our pages in."""
        self.workspace = self._load(Path(config.docs_dir).parent)
        hide_sources(files, config)
        site = self._site_of(self.workspace, files, config)
        try:
            self._laid = lay_out(site, self._templates, self.config.extra, partial(put, files, config, self._before.cache))
        except ExtraError as error:
            raise PluginError(str(error)) from None
        use_style(config, self._laid.style)
        if config.nav is None or config.nav is self._nav:
            handbook = reading_order(file.src_uri for file in files.documentation_pages())
            self._nav = config.nav = navigation(self._laid.sections, handbook, site.language)
        return files

    def _load(self, root: Path) -> Workspace:
        """The workspace of today. While somebody watches, a disk that does not answer leaves the last one standing."""
        try:
            _, portfolio, _ = read_portfolio_file(root)
            pinned = self.config.as_of
            self.as_of = as_of(str(pinned), portfolio, "configuration") if pinned and not self.asked else as_of(self.asked, portfolio)
            return load(root, self.as_of.date, known=self._before.known)
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
        return Site(workspace, origin, partial(_source_url, config), own, each=self._before.each, url=config.site_url or "")

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002  (MkDocs' signature)
        """Pages outside the navigation get their place too."""
        attach(files)
        self._menu = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  (MkDocs' signature)
        """Of a handbook page's front matter only what the theme may print."""
        if not isinstance(page, MadePage):
            narrow(page)
        return markdown

    @event_priority(LAST)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  (MkDocs' signature)
        """A handbook page runs no script, whatever extensions made of it."""
        return html if isinstance(page, MadePage) else clean(page, html)

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The theme's own pages, like 404, carry the notice too. All titles are known now, and so what each page is remembered by."""
        pages = [file.page for file in files.documentation_pages()]
        own = own_folders(config, self._templates.folders)
        plain = is_plain(config, own)
        env.bytecode_cache = COMPILED if plain else self._compiled
        memory = self._memory(config, pages, own, plain=plain)
        memory.remember_rows()
        self._finishing = Finishing(self._laid, memory, env, watches=self._serving)
        env.globals["kamgen_notice"] = self._finishing.notice
        for page in pages:
            if isinstance(page, MadePage):
                self._finishing.look_up(page, *map(called, (page.previous_page, page.next_page, *page.ancestors)))
        return env

    def _memory(self, config: MkDocsConfig, pages: list[MkDocsPage | None], own: tuple[Path, ...], *, plain: bool) -> Memory:
        """What finished pages are remembered by, and where: nowhere, unless it is known what they are made of."""
        laid = self._laid
        ours = (laid.urls, laid.grid, laid.sheet_style, titles(laid.sections), list(map(called, pages)), get_build_date())
        cache = self._before.cache if plain else Nothing()
        return remembering(cache, laid.site, own, (*shown(config), str(self._menu), spelled(ours)))

    @event_priority(LAST)
    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:  # noqa: ARG002  (MkDocs' signature)
        """The page is filled: the search has had its turn."""
        return self._finishing.fill(page, context) if isinstance(page, MadePage) else context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002  (MkDocs' signature)
        """What is written, of handbook pages too."""
        return self._finishing.finish(output, page)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002  (MkDocs' signature)
        """Pages of the theme's own, like 404, have scripts too."""
        self._finishing.policy.see(output_content)
        return output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The sheets are written, one at a time, and the log says what is wrong."""
        for address, text in self._finishing.sheets():
            file = Path(config.site_dir, address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        self._finishing.policy.write(Path(config.site_dir))
        self._before.settle(self._laid.site)
        _tell(self._laid.site)


def _tell(site: Site) -> None:
    """One warning, which `--strict` counts, and the first errors line by line."""
    errors = [found for found in site.diagnostics if found.severity is Severity.ERROR]
    if not errors:
        return
    LOG.warning(say("site.log", language=site.language, n=len(errors), as_of=site.as_of, origin=site.origin))
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


def _source_url(config: MkDocsConfig, path: str, line: int) -> str | None:
    return source_address(path, line, config.repo_url, config.edit_uri, config.edit_uri_template)
