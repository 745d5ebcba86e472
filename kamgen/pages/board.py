"""Board: what is planned, in lanes by how near it is, for all of us and for each key account manager."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from kamgen.extract import extract
from kamgen.figures.board import Board, boards, concerned
from kamgen.figures.board import board as lanes_of
from kamgen.model.portfolio import Person
from kamgen.page import TEMPLATES, Asset, Page, Part, page
from kamgen.pages.rolled import involved
from kamgen.site import Site

ADDRESS: Final = "board.md"
SCRIPT: Final = TEMPLATES / "assets" / "kamgen-board.js"
"""Filters the board of all in place; without it, each key account manager's board is a page of its own."""
CARDS: Final = 150
"""Cards of a lane on the board of all; the board of a key account manager has every one. A board that is cut is not filtered in place."""


@page("board")
def board(site: Site) -> Iterator[Part]:
    """The board of all, then one for each key account manager by name."""
    yield Page(
        address=ADDRESS,
        title=site.say("board.page"),
        template="board.html",
        context=lambda: _context(site, None),
        menu=20,
        section="work",
        hide=("navigation", "toc"),
        search=site.say("board.search"),
    )
    for person in site.kams:
        yield _page(site, person)
    yield Asset(script_address(), script)


@cache
def script() -> str:
    """The script of the board."""
    return SCRIPT.read_text(encoding="utf-8")


def script_address() -> str:
    """Where the script is published: under a name that changes with it, so that no browser runs yesterday's."""
    return f"assets/{SCRIPT.stem}.{hashlib.sha256(script().encode()).hexdigest()[:8]}.js"


def _page(site: Site, person: Person) -> Page:
    some = extract(site, involved(site, person))
    return Page(
        address=of(site, person.id),
        title=site.say("board.of", name=person.name),
        template="board.html",
        context=lambda: _context(some, person.id),
        rests_on=some.rests_on,
        parent=ADDRESS,
        hide=("navigation", "toc"),
        search=site.say("board.search"),
    )


def of(site: Site, person: str) -> str:
    """The address of the board of a key account manager."""
    return f"board/{site.kam_pages[person].partition('/')[2]}"


def _context(site: Site, person: str | None) -> Mapping[str, Any]:
    whole, each = _boards(site)
    found = whole if person is None else each.get(person) or Board(tuple(replace(lane, cards=()) for lane in whole.lanes), ())
    most = CARDS if person is None else None
    cut = person is None and max(len(found.without), *(len(lane.cards) for lane in found.lanes)) > CARDS
    return {
        "board": found,
        "most": most,
        "person": person,
        "boards": [(one, of(site, one.id)) for one in site.kams],
        "all_boards": ADDRESS,
        "script": None if person or cut else script_address(),
        "whose": lambda one: " ".join(concerned(one)),
    }


def _boards(site: Site) -> tuple[Board, Mapping[str, Board]]:
    """The board of all and those of each, told once for all pages."""
    return site.once("boards", lambda: _told(lanes_of(site.outlooks, site.as_of)))


def _told(whole: Board) -> tuple[Board, Mapping[str, Board]]:
    return whole, boards(whole)
