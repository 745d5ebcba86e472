"""Runs MkDocs for `kamgen build` and `kamgen serve`. The plugin is what MkDocs calls; this is what calls MkDocs."""

from __future__ import annotations

import errno
import gc
import logging
import os
import re
import socket
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.aside import aside
from kamgen.cache import NO_CACHE
from kamgen.clock import VARIABLE, NotADateError
from kamgen.clock import as_of as today
from kamgen.diagnostic import Severity
from kamgen.message import say
from kamgen.page import MAKERS, Part, Templates, templates
from kamgen.pages.extra import ExtraError, extra_pages
from kamgen.report import Verdict
from kamgen.settings import read_portfolio_file
from kamgen.site import Site
from kamgen.workspace import load

CONFIG: Final = "mkdocs.yml"
LOADING: Final = logging.getLogger("mkdocs.config")
OF_MKDOCS: Final = re.compile(r"Config value '(?P<key>[^']*)': (?P<words>.*)", re.DOTALL)
"""How MkDocs tells a line of its configuration."""
HIGHEST_PORT: Final = 65535
COLLECT_AFTER: Final = 100_000
"""MkDocs and Jinja leave circles behind; collecting them rarely keeps the memory of a large build flat at little cost."""


NOT_OURS: Final = frozenset({errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES, socket.EAI_NONAME})
"""What the machine says of an address on which nothing can listen."""


class CannotBuildError(Exception):
    """The site cannot be built from what is there; its text is a sentence for the user."""


def build(folder: Path, as_of: str | None, site_dir: str | None = None, *, forgets: bool = False) -> tuple[Verdict, Path]:
    """Builds the site of `folder`, also when there are errors, and under `strict: true`. Returns the verdict and the folder of the site.

    A build that fails leaves the site as it was.
    With `forgets` every page is made anew. Raises CannotBuildError for a configuration that cannot be used, OSError for the disk.
    """
    _quiet()
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415  (MkDocs costs half a second)
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415  (MkDocs costs half a second)

    config = _config(folder, site_dir)
    plugin = config.plugins["kamgen"]
    plugin.asked, plugin.forgets = as_of, forgets
    site = Path(config.site_dir)
    with aside(site) as made:
        config.site_dir = str(made)
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build_site(config)
        except (Abort, MkDocsException) as error:
            if not (config.strict and plugin.workspace and plugin.workspace.count(Severity.ERROR)):
                raise CannotBuildError(say("build.failed", words=" ".join(str(error).split()))) from None
        finally:
            config.plugins.on_shutdown()
    workspace = plugin.workspace
    return Verdict(workspace, plugin.as_of, len(workspace.accounts), partial=False), site


class Layout(NamedTuple):
    """What a site is made of: the parts by who makes them (a company's own under `extra`), the templates, and the company's folder of them."""

    parts: Mapping[str, tuple[Part, ...]]
    templates: Templates
    own: Path


def layout(folder: Path) -> Layout:
    """The parts of the site of `folder`, without making one. Raises CannotBuildError, and OSError for the disk."""
    _quiet()
    settings = _config(folder, None).plugins["kamgen"].config
    own = folder / settings.templates
    try:
        site = Site(load(folder, today(None, read_portfolio_file(folder)[1]).date))
        parts, shown = {name: tuple(maker(site)) for name, maker in MAKERS.items()}, templates(own, site.language)
        taken = {part.address for made in parts.values() for part in made}
        company = tuple(extra_pages(site, settings.extra, shown.folders, taken))
    except (ExtraError, NotADateError) as error:
        raise CannotBuildError(str(error)) from None
    return Layout({**parts, **({"extra": company} if company else {})}, shown, own)


def serve(folder: Path, as_of: str | None, address: str | None, *, open_in_browser: bool, forgets: bool = False) -> None:
    """Serves the site of `folder` until the user stops it; a saved plan is built again. With `forgets` every page is made anew each time."""
    _quiet(logging.INFO)
    from mkdocs.commands.serve import serve as serve_site  # noqa: PLC0415  (MkDocs costs half a second)
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415  (MkDocs costs half a second)

    configured = _config(folder, None, address).dev_addr
    listen = address or f"{configured.host}:{configured.port}"
    if as_of:
        os.environ[VARIABLE] = as_of
    if forgets:
        os.environ[NO_CACHE] = "1"
    options: dict[str, Any] = {"dev_addr": address} if address else {}
    try:
        serve_site(config_file=str(folder / CONFIG), open_in_browser=open_in_browser, **options)
    except (Abort, MkDocsException) as error:
        raise CannotBuildError(say("build.failed", words=" ".join(str(error).split()))) from None
    except OSError as error:
        if error.filename or error.errno not in NOT_OURS:
            raise
        name = "serve.taken" if error.errno == errno.EADDRINUSE else "serve.address"
        raise CannotBuildError(say(name, address=listen, reason=error.strerror, other=_elsewhere(listen))) from None


def _elsewhere(address: str) -> str:
    """An address that is probably free."""
    return "127.0.0.1:8001" if not address.endswith(":8001") else "127.0.0.1:8002"


def _config(folder: Path, site_dir: str | None, address: str | None = None) -> Any:
    """MkDocs' configuration, with kamgen in it."""
    from mkdocs.config import load_config  # noqa: PLC0415  (MkDocs costs half a second)
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415  (MkDocs costs half a second)

    if not (folder / CONFIG).is_file():
        raise CannotBuildError(say("build.no-config"))
    options = {name: value for name, value in (("site_dir", site_dir), ("dev_addr", address)) if value}
    with _Held() as held:
        try:
            config = load_config(config_file=str(folder / CONFIG), **options)
        except (Abort, ConfigurationError, ValueError) as error:
            raise CannotBuildError(_unusable(error, held.records, folder, address)) from None
    if config.dev_addr.port > HIGHEST_PORT:
        raise CannotBuildError(_no_address(address))
    if "kamgen" not in config.plugins:
        raise CannotBuildError(say("build.no-plugin", path=CONFIG))
    return config


class _Held(logging.Handler):
    """Holds back what MkDocs says of a configuration: its lines are told when it can be used, and are a sentence of ours when it cannot."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __enter__(self) -> Self:
        LOADING.addHandler(self)
        LOADING.propagate = False
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        LOADING.removeHandler(self)
        LOADING.propagate = True
        for record in self.records if kind is None else ():
            LOADING.handle(record)


def _unusable(error: Exception, records: Iterable[logging.LogRecord], folder: Path, address: str | None) -> str:
    """Why mkdocs.yml cannot be used: the first line of it that is wrong, and what to do."""
    worst = sorted(records, key=lambda record: -record.levelno)
    told = next((found for record in worst if (found := OF_MKDOCS.fullmatch(record.getMessage()))), None)
    mark = getattr(error.__context__, "problem_mark", None)
    if told and told["key"] == "docs_dir":
        return say("build.config.docs", path=CONFIG)
    if told and told["key"] == "dev_addr":
        return _no_address(address)
    if told and told["words"].startswith("Required"):
        return say("build.config.missing", path=CONFIG, key=told["key"])
    if told:
        return say("build.config.key", path=CONFIG, key=told["key"], words=" ".join(told["words"].split()).rstrip("."))
    if mark:
        return say("build.config.line", path=CONFIG, line=min(mark.line + 1, len((folder / CONFIG).read_bytes().splitlines())))
    return say("build.config", path=CONFIG, words=" ".join(str(error).split()))


def _no_address(address: str | None) -> str:
    """What was asked for is no address, on the command line or in mkdocs.yml."""
    return say("serve.no-address", address=address) if address else say("build.config.address", path=CONFIG)


def _quiet(level: int = logging.WARNING) -> None:
    """MkDocs tells warnings in plain lines, and keeps its announcements to itself."""
    gc.enable()
    gc.set_threshold(COLLECT_AFTER, 20, 100)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    logging.getLogger("mkdocs").setLevel(level)
