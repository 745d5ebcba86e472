"""What the theme and the configuration of MkDocs put on every page, in words that differ where it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

PLAIN: Final = frozenset({"kamgen", "search", "material/search"})
"""Plugins of which it is known what they do to our pages."""
WIDE: Final = re.compile(r"\b(?:pages|files|build_date_utc)\b")
"""What a template of the company's theme can learn that no page is remembered by."""
ELSEWHERE: Final = frozenset(
    {"config_file_path", "dev_addr", "docs_dir", "draft_docs", "exclude_docs", "not_in_nav", "plugins", "site_dir", "theme", "watch"}
)
"""Settings that no page shows, or that are told apart: which pages there are, and where, is told by the pages themselves."""


def own_folders(config: Any, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders of templates that are the company's own: of our pages (`folders`, ours the last), and of the theme."""
    custom = config.theme.custom_dir
    return (*folders[:-1], *([Path(custom)] if custom else []))


def is_plain(config: Any, own: Iterable[Path]) -> bool:
    """Whether it is known what a page is made of: no plugin or hook of others changes it, and no template of the theme looks at other pages."""
    if config.hooks or not PLAIN.issuperset(config.plugins):
        return False
    folders = (folder if str(folder) == config.theme.custom_dir else folder / "theme" for folder in own)
    try:
        return not any(WIDE.search(file.read_text(encoding="utf-8", errors="replace")) for folder in folders for file in folder.rglob("*.html"))
    except OSError:
        return False


def shown(config: Any) -> Iterator[str]:
    """The settings that pages show."""
    yield spelled({name: value for name, value in config.items() if name not in ELSEWHERE})
    yield spelled({name: dict(plugin.config) for name, plugin in config.plugins.items()})
    yield spelled((config.theme.name, dict(config.theme)))


def called(item: Any) -> str:
    """What another page or section is called, and where it is."""
    return f"{item.title} {getattr(item, 'url', '')}" if item else ""


def titles(sections: Mapping[str, Iterable[Any]]) -> list[tuple[str, str, str]]:
    """The pages of every section, which stand on top of each of them."""
    return [(name, page.address, page.title) for name, pages in sections.items() for page in pages]


def spelled(value: object) -> str:
    """A value of a configuration in words that differ where it does; what is of no plain type is the same as nothing else."""
    match value:
        case Mapping():
            return f"{{{','.join(f'{name!r}:{spelled(value[name])}' for name in value)}}}"
        case list() | tuple():
            return f"[{','.join(map(spelled, value))}]"
        case _ if callable(value):
            return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', repr(value))}"
        case _:
            return repr(value)
