"""Pages from their template to what is written: filled one at a time, remembered, and with the notice on top."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import jinja2
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page as MkDocsPage

from kamgen import grid
from kamgen.message import say
from kamgen.page import Page, PageError, Sheet
from kamgen.plugin.laid import Laid
from kamgen.plugin.made import MadePage
from kamgen.policy import Policy
from kamgen.prose import escaped
from kamgen.remember import MARK, Finished, Memory

LOG: Final = get_plugin_logger("kamgen")
NOTICE: Final = "kg-notice"
BODY: Final = re.compile(r"<body[^>]*>")
KEPT: Final = "kept.html"
"""The template of a page that is remembered as a whole."""


class Finishing:
    """Finishes the pages of one build, each between `fill` and `finish`. `policy` is what they ask for together.

    While somebody `watches`, a page that cannot be made is a sentence in its place.
    """

    def __init__(self, laid: Laid, memory: Memory, environment: jinja2.Environment, *, watches: bool) -> None:
        self.policy = Policy()
        self._laid = laid
        self._memory = memory
        self._environment = environment
        self._watches = watches
        self._notices: dict[str, str] = {}
        self._finished: Finished | None = None
        self._marking, self._spoilt = False, False

    def look_up(self, page: MadePage, *beside: str) -> None:
        """Tells whether a page is remembered; `beside` is what else it shows."""
        page.key = self._memory.key(page.made, *beside)
        if self._memory.cache.has(page.key):
            page.meta["template"] = KEPT

    def notice(self, base: str) -> str:
        """As of when, and how many errors; `base` is the way to the top of the site. A page to be remembered gets it last."""
        return MARK if self._marking else self._told(base)

    def _told(self, base: str) -> str:
        if base not in self._notices:
            self._notices[base] = self._laid.templates.notice(self._laid.site, self._laid.link(f"{base.rstrip('/')}/"))
        return self._notices[base]

    def fill(self, page: MadePage, context: Any) -> Any:
        """The context of a page's template: its content, or the page as a whole where it is remembered."""
        self._marking = True
        self._finished = self._memory.load(page.key) if page.meta.get("template") == KEPT else None
        if self._finished:
            return {**context, "kamgen_kept": self._finished.html}
        page.fill(self._fragment(page.made, self._laid.link(_up(page.url))))
        if page.meta.pop("template", None):  # it is gone since: the theme's own template makes it here
            context["kamgen_kept"] = self._environment.get_template("main.html").render(context)
        return context

    def _fragment(self, made: Page, link: Callable[[str], str]) -> str:
        laid, templates = self._laid, self._laid.templates
        group = laid.sections[made.section] if made.section else []

        def make() -> str:
            fragment = templates.siblings(made, group, link) + templates.render(made, self._memory.view(made), link)
            return fragment + templates.grid(laid.grid, laid.site.language, link) if grid.ASKS in fragment else fragment

        return self._made(made, make)

    def finish(self, output: str, page: MkDocsPage) -> str:
        """What is written of a page. A theme without a place for the notice gets it on top; the fragment is given back to memory."""
        finished, self._finished = self._finished, None
        if finished is None:
            finished = self._finish(output, page)
        self.policy.take(finished.policy)
        self._marking = False
        return finished.html.replace(MARK, self._told(_up(page.url) or "."))

    def _finish(self, output: str, page: MkDocsPage) -> Finished:
        found = Policy()
        found.see(output, page.content or "")
        has_notice = (MARK if self._marking else NOTICE) in output
        finished = Finished(output if has_notice else BODY.sub(lambda match: match[0] + MARK, output, count=1), found)
        if isinstance(page, MadePage):
            page.content = ""
            self._keep(page.key, page.made, finished)
        return finished

    def sheets(self) -> Iterator[tuple[str, str]]:
        """The address and the text of every sheet, one at a time."""
        for sheet in self._laid.sheets:
            up = _up(sheet.address)
            yield sheet.address, self._sheet(sheet, up).html.replace(MARK, self._told(up))

    def _sheet(self, made: Sheet, up: str) -> Finished:
        """A sheet as it is remembered, or as it is made and remembered from now on."""
        key = self._memory.key(made)
        found = self._memory.load(key)
        if found is None:
            laid, link = self._laid, self._laid.link(up)
            html = self._made(made, lambda: laid.templates.sheet(made, self._memory.view(made), link, up + laid.sheet_style, MARK))
            found = Finished(html, Policy())
            self._keep(key, made, found)
        return found

    def _made(self, made: Page | Sheet, make: Callable[[], str]) -> str:
        """What is made, or while somebody watches what is shown in its place; a build ends with it, and says which template."""
        try:
            return make()
        except Exception as error:
            if self._watches:
                self._spoilt = True
                LOG.error(made.address, exc_info=error)  # noqa: TRY400  (the same line, at any level)
                return f"<h1>{escaped(made.title)}</h1><p>{escaped(say('site.page-failed', words=str(error)))}</p>"
            if isinstance(error, PageError):
                raise PluginError(str(error)) from error
            raise

    def _keep(self, key: str, made: Page | Sheet, finished: Finished) -> None:
        """Remembers a page, unless it could not be made."""
        if not self._spoilt:
            self._memory.keep(key, made, finished)
        self._spoilt = False


def _up(url: str) -> str:
    """The way from a page to the top of the site."""
    return "../" * url.count("/")
