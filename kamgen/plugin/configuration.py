"""What mkdocs.yml says to kamgen, and what kamgen says to the theme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from kamgen.pages.extra import SECTIONS
from kamgen.plugin.laid import STYLES

TABS: Final = "navigation.tabs"
FEATURES: Final = (TABS, "navigation.indexes", "navigation.path", "navigation.top", "toc.follow", "search.highlight", "content.action.edit")
FONTS: Final = {"text": "Roboto", "code": "Roboto Mono"}
"""What Material fetches from another host unless it is told not to."""


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


def own_templates(config: MkDocsConfig, name: str) -> Path:
    """The folder of the company's templates, beside mkdocs.yml; the watcher looks at it where there is one."""
    own = Path(config.config_file_path or config.docs_dir).parent / name
    if own.is_dir() and str(own) not in config.watch:
        config.watch.append(str(own))
    return own


def dress(config: MkDocsConfig, folders: Iterable[Path]) -> None:
    """What the pages need of the theme, where mkdocs.yml says nothing: our notice out of the templates' folders, a menu, no font of another host."""
    theme = config.theme
    ours = [str(folder / "theme") for folder in folders if (folder / "theme").is_dir()]
    place = 1 if theme.custom_dir else 0
    theme.dirs[place:place] = [folder for folder in ours if folder not in theme.dirs]
    if theme.name == "material":
        theme["features"] = theme.get("features") or list(FEATURES)
        if theme.get("font") == FONTS:
            theme["font"] = False


def use_style(config: MkDocsConfig, address: str) -> None:
    """Our style sheet comes before those of mkdocs.yml; that of a build before goes."""
    others = [path for path in config.extra_css if not path.startswith(STYLES)]
    config.extra_css = [address, *others]
