"""Sites for tests: a folder with plans, built by MkDocs or ProperDocs as people do it, and read as a browser reads it."""

from __future__ import annotations

import functools
import http.server
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, Literal

import html5lib
import pytest
from filelock import FileLock

BUILDERS: Final = ("mkdocs", "properdocs")
PORTFOLIO: Final = """\
title: Test accounts
currency: EUR
today: 2026-05-06
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam, email: kari@secret.example}
  - {id: vera.lind, name: Vera Lind, role: leader}
rules: {extends: per-person}
"""
CONFIG: Final = """\
site_name: Tests
docs_dir: plans
theme:
  name: material
  font: false
  palette:
    - {scheme: default, toggle: {icon: material/brightness-7, name: Dark}}
    - {scheme: slate, toggle: {icon: material/brightness-4, name: Light}}
  features: [navigation.tabs, navigation.indexes, navigation.path, content.action.edit]
plugins: [search, kamgen]
extra: {generator: false}
validation: {nav: {omitted_files: ignore}}
"""
PLAIN: Final = "site_name: Plain\ndocs_dir: plans\ntheme: mkdocs\nplugins: [search, kamgen]\n"
"""For what is the same under every theme: MkDocs' own costs half of what Material does."""
PLAN: Final = """\
---
account: Acme
tier: A
owner: kari.nygaard
contacts:
  - {name: Anna Lind, function: ceo}
activities:
  - {date: 2026-05-20, type: status-meeting, status: planned, contacts: [anna-lind], subject: Autumn, channel: phone}
---
"""


def write(folder: Path, plans: Mapping[str, str], *, portfolio: str = PORTFOLIO, config: str = CONFIG) -> Path:
    """A company's folder: `plans` are paths below `plans/` with their text."""
    for name, text in {"portfolio.yml": portfolio, **plans}.items():
        file = folder / "plans" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return folder


def run(folder: Path, *options: str, tool: str = "mkdocs") -> subprocess.CompletedProcess[str]:
    """`mkdocs build` (or ProperDocs') in a folder, into its `site/`. MkDocs' command runs in this process, which knows the templates already."""
    if tool == "mkdocs":
        return run_here(folder, *options)
    environment = {key: value for key, value in os.environ.items() if key != "KAMGEN_AS_OF"} | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", tool, "build", "-f", "mkdocs.yml", *options]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def run_here(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """MkDocs' own command in this process: its exit code and what it said. A traceback is a test that fails."""
    from click.testing import CliRunner
    from mkdocs import __main__ as mkdocs

    command = ["build", "-f", str(folder / "mkdocs.yml"), *options]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mkdocs, "_enable_warnings", lambda: None)
        for name in ("propagate", "level"):
            patch.setattr(logging.getLogger("mkdocs"), name, getattr(logging.getLogger("mkdocs"), name))
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.delenv("KAMGEN_AS_OF", raising=False)
        said = CliRunner().invoke(mkdocs.cli, command, catch_exceptions=False)
    return subprocess.CompletedProcess(command, said.exit_code, said.stdout, said.stderr)


def build(folder: Path, out: Path | None = None, tool: str = "mkdocs") -> Path:
    """The folder of a built site. MkDocs runs in this process, so that what it calls is measured; ProperDocs has one of its own."""
    site = out or folder / "site"
    if tool == "mkdocs":
        build_here(folder, site)
    else:
        done = run(folder, "-d", str(site), tool=tool)
        assert done.returncode == 0, done.stderr
    return site


def build_here(folder: Path, site: Path, command: Literal["build", "serve"] = "build") -> Any:
    """`mkdocs build` in this process; returns MkDocs' configuration, which holds the plugin."""
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.delenv("KAMGEN_AS_OF", raising=False)
        config = load_config(config_file=str(folder / "mkdocs.yml"), site_dir=str(site))
        config.plugins.on_startup(command=command, dirty=False)
        build_site(config)
    return config


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once in a test run, by the worker that needs it first; nobody changes what is in it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        if not (done := folder.with_name(f"{name}.made")).exists():
            make(folder)
            done.touch()
    return folder


def tree(page: Path) -> Any:
    """A page as a browser's parser understands it."""
    return html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: Path) -> list[tuple[str, dict[str, str | None]]]:
    """Every element of a page with its attributes, as they are written; a tenth of the time that a tree takes."""
    return _Elements(page.read_text("utf-8")).found


def pages(site: Path) -> list[Path]:
    """Every page of a site, sorted."""
    return sorted(site.rglob("*.html"))


def words(page: Path) -> str:
    """What people read of a page's article."""
    root = tree(page)
    article = next(root.iter("article"), None) or next(element for element in root.iter() if element.get("role") == "main")
    return " ".join("".join(article.itertext()).split())


def search(site: Path) -> list[dict[str, str]]:
    """The entries of the search index."""
    index: dict[str, list[dict[str, str]]] = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    return index["docs"]


def everything(site: Path) -> str:
    """All text of a site that is ours: pages, search index, downloads."""
    files = [file for file in sorted(site.rglob("*")) if file.suffix in {".html", ".json", ".csv", ".xml", ".md", ".yml"}]
    return "\n".join(file.read_text("utf-8") for file in files)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that says nothing of what it serves."""

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """A plain file server for a folder, or one that answers by `handler`: its address without a slash at the end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
