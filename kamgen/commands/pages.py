"""`kamgen pages`: the pages of the site, and the templates that make them, each with its context."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from kamgen.commands.answer import form_option
from kamgen.commands.place import Misuse, root
from kamgen.message import say
from kamgen.publish import CannotBuildError, layout
from kamgen.report import printable

SHOWN: Final = 2
"""Addresses of a sort that are told; the others are counted."""
WIDTH: Final = 98
BUILT_IN: Final = "kamgen"
COMPANY: Final = "company"


class Sort(NamedTuple):
    """A sort of pages: who makes it, its template (empty for downloads), and the addresses."""

    maker: str
    template: str
    addresses: tuple[str, ...]


@click.command()
@form_option()
def pages(form: str) -> None:
    """List the pages of the site and the templates that make them.

    A file of the same name in the folder `templates/` stands for ours; each template tells what it is given.
    """
    folder = root()
    try:
        found = layout(folder)
    except CannotBuildError as error:
        raise Misuse(str(error)) from None
    sorts, documented = list(_sorts(found.parts)), found.templates.documented()
    own = frozenset(name for name in documented if (found.own / name).is_file())
    if form == "json":
        click.echo(json.dumps(as_object(sorts, documented, own), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_text(sorts, documented, own, f"{_near(found.own, folder)}/")))


def _sorts(parts: Mapping[str, tuple[Any, ...]]) -> Iterator[Sort]:
    """The pages by maker and template, in the order that they are made in."""
    for maker, made in parts.items():
        found: dict[str, list[str]] = {}
        for part in made:
            template = getattr(part, "template", "")
            found.setdefault(f"pages/{template}" if template else "", []).append(part.address)
        yield from (Sort(maker, template, tuple(addresses)) for template, addresses in found.items())


def as_text(sorts: list[Sort], documented: Mapping[str, str], own: frozenset[str], folder: str) -> Iterator[str]:
    """The pages, a line a sort; then the templates with what they say of themselves."""
    yield click.style(say("pages.pages"), bold=True)
    width = max(len(sort.maker) for sort in sorts)
    for sort in sorts:
        more = len(sort.addresses) - SHOWN
        told = [*sort.addresses[:SHOWN], *([say("pages.more", n=more)] if more > 0 else [])]
        yield f"  {sort.maker:{width}}  {printable(', '.join(told)):50}  {sort.template}".rstrip()
    yield ""
    yield click.style(say("pages.templates", folder=folder), bold=True)
    yield f"  {say('pages.every')}"
    for name, words in documented.items():
        yield f"  {name}{' *' if name in own else ''}"
        yield from textwrap.wrap(printable(words or say("pages.undocumented")), WIDTH, initial_indent="      ", subsequent_indent="      ")


def as_object(sorts: list[Sort], documented: Mapping[str, str], own: frozenset[str]) -> dict[str, Any]:
    """Everything as data."""
    return {
        "version": 1,
        "pages": [{"sort": sort.maker, "template": sort.template or None, "addresses": list(sort.addresses)} for sort in sorts],
        "templates": [{"name": name, "from": COMPANY if name in own else BUILT_IN, "about": words} for name, words in documented.items()],
    }


def _near(own: Path, folder: Path) -> Path:
    return own.relative_to(folder) if own.is_relative_to(folder) else own
