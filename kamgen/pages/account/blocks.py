"""What an account page is built from: sections with parts, parts with blocks; the templates lay each sort of block out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from kamgen.frozen import Frozen
from kamgen.message import has, say
from kamgen.model.record import Record
from kamgen.pages.account.pieces import Row, definitions, ready, table_head, table_line
from kamgen.pages.account.values import Words, cell, cells, rows, titles, told


class Facts(Frozen):
    """Labels and values one below the other."""

    layout: ClassVar[str] = "facts"
    rows: Markup


class Table(Frozen):
    """A table. A `stack` is laid out line by line on a narrow screen, a `grid` keeps its columns and scrolls, `figures` are a grid of amounts."""

    layout: ClassVar[str] = "table"
    head: Markup
    lines: Markup
    style: str = "stack"
    total: Markup | None = None
    note: str = ""


class Card(NamedTuple):
    """One thing with a heading and everything that is said of it; `sub` stands beside the title."""

    id: str
    title: str
    sub: str
    rows: Markup
    table: Table | None = None


class Cards(Frozen):
    """Several things that are too long for a table."""

    layout: ClassVar[str] = "cards"
    cards: Sequence[Card]


class Text(Frozen):
    """Free text."""

    layout: ClassVar[str] = "text"
    value: str


class Point(NamedTuple):
    """One strength, weakness, opportunity or threat."""

    text: str
    area: str
    rows: Markup


class Quadrant(NamedTuple):
    """One of the four fields of the strengths, weaknesses, opportunities and threats."""

    name: str
    title: str
    points: Sequence[Point]


class Swot(Frozen):
    """The four fields, two beside two where there is room."""

    layout: ClassVar[str] = "swot"
    quadrants: Sequence[Quadrant]


class Node(NamedTuple):
    """A person of the organisation chart, and who reports to the person. `above` names the manager where the chart begins anew below one."""

    name: str
    title: str
    below: Sequence[Node]
    about: str = ""
    above: str = ""
    mark: str = ""


class Chart(Frozen):
    """The organisation chart as a nested list."""

    layout: ClassVar[str] = "chart"
    nodes: Sequence[Node]


class Entry(NamedTuple):
    """One activity of the timeline. `state` is the word that it is marked with."""

    id: str
    state: str
    headline: Markup
    byline: Markup
    rows: Markup


class Timeline(Frozen):
    """Activities in their order. `later` is how many stand on the page of all activities."""

    layout: ClassVar[str] = "timeline"
    entries: Sequence[Entry]
    later: int = 0


class Asked(NamedTuple):
    """One of the analysis questions: the answer, and what the data says beside it. Both may be empty."""

    id: str
    title: str
    answer: Markup
    rows: Markup


class Questions(Frozen):
    """The analysis questions. `count` says how many are answered, `silent` of which nothing is known at all."""

    layout: ClassVar[str] = "questions"
    asked: Sequence[Asked]
    count: str
    silent: str


class Elsewhere(Frozen):
    """In place of what has no room: a link to the page of the whole plan."""

    layout: ClassVar[str] = "elsewhere"


Block = Facts | Table | Cards | Text | Swot | Chart | Timeline | Questions | Elsewhere


class Part(NamedTuple):
    """A part of a section under a heading of its own; without a title where the section says enough."""

    id: str
    title: str
    blocks: Sequence[Block]


class Section(NamedTuple):
    """A section of the page: a heading of the second level and the parts that are filled."""

    id: str
    title: str
    parts: Sequence[Part]


def section(name: str, words: Words, *parts: Part | None) -> Section | None:
    """A section with the parts that are filled; None where none is. A part that is called like the section needs no title."""
    title = told(f"account.section.{name}", words.language)
    filled = [one._replace(title="") if one.title == title else one for one in parts if one]
    return Section(f"section-{name}", title, filled) if filled else None


def part(name: str, words: Words, *blocks: Block | None) -> Part | None:
    """A part with the blocks that are filled; None where none is. The title is the label of the plan's key, or the page's own."""
    filled = [block for block in blocks if block]
    return Part(name.replace("_", "-").replace(".", "-"), _title(name, words.language), filled) if filled else None


def _title(name: str, language: str) -> str:
    own = f"account.part.{name}"
    return told(own if has(own, language) else f"label.{name}", language)


def facts(found: Sequence[Row]) -> Facts | None:
    """The block of some rows; None where there are none."""
    return Facts(definitions(found)) if found else None


def text(value: str) -> Text | None:
    """The block of a text; None where it is empty."""
    return Text(value) if value else None


class Line(NamedTuple):
    """A line of a table. `more` are the values that have no column of their own; they stand in the first cell."""

    cells: Sequence[str]
    more: Sequence[Row] = ()
    mark: str = ""


def table(records: Sequence[Record], path: str, words: Words, shown: tuple[str, ...]) -> Table | None:
    """A table of records: the columns `shown` that somebody filled; every other value stands below the first one."""
    if not records:
        return None
    rest = frozenset(shown)
    lines = [Line(cells(record, path, shown, words), rows(record, path, words, rest)) for record in records]
    return stack(titles(records[0].__class__, path, shown, words), lines)


def stack(head: Sequence[str], lines: Sequence[Line], note: str = "", total: Line | None = None) -> Table | None:
    """A table that a narrow screen shows line by line, without the columns that nobody filled; None without lines."""
    kept = [index for index in range(len(head)) if index == 0 or any(line.cells[index] for line in lines)]
    named = [head[index] for index in kept]
    made = [table_line([line.cells[index] for index in kept], named, line.more, line.mark) for line in lines]
    last = ready(table_line([total.cells[index] for index in kept], named)) if total else None
    return Table(table_head(named), ready("".join(made)), total=last, note=note) if lines else None


def grid(head: Sequence[str], lines: Sequence[Line], note: str = "") -> Table | None:
    """A table that keeps its columns on every screen; None without lines."""
    return Table(table_head(head), _lines(lines), "grid", note=note) if lines else None


def figures(head: Sequence[str], lines: Sequence[Line], total: Line | None) -> Table | None:
    """A grid of amounts with its sums; None without lines."""
    last = ready(table_line(total.cells)) if total else None
    return Table(table_head(head), _lines(lines), "figures", last) if lines else None


def _lines(lines: Sequence[Line]) -> Markup:
    return ready("".join([table_line(line.cells, (), line.more, line.mark) for line in lines]))


def cards(records: Iterable[Record], path: str, words: Words, title: str) -> Cards | None:
    """A card for each record, headed by one of its values."""
    rest = frozenset({title})
    made = [Card("", cell(record, path, title, words), "", definitions(rows(record, path, words, rest))) for record in records]
    return Cards(made) if made else None


def say_in(words: Words, message_id: str, **values: object) -> str:
    """A sentence in the language of the page."""
    return say(message_id, language=words.language, **values)
