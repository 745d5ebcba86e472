"""Spans and points in time, one row each: agreements until they end, goals until they are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from kamgen.chart import Cell, Chart, Drawing, Heading, Lead, at, coloured, drawing, layer, lead, leading, said
from kamgen.charts.bars import MAIN, QUIET, TEXT, used
from kamgen.charts.lettering import shortened, widest, width
from kamgen.frozen import Frozen

WIDTH: Final = 1000
ROW: Final = 28
BAR: Final = 12
HEAD: Final = 42
"""Room for the years, and below them for the name of the day that it is seen from."""
LABEL: Final = 420
SMALL: Final = 12


class Moment(Frozen):
    """A point on a row: a notice date, a decision."""

    date: dt.date
    words: str


class Span(Frozen):
    """A row: from `start` (None: from before the picture) to `end` (None: open), both included, with points on it.

    `words` say what the span is about (`until 2026-12-31`), `tone` is a colour of the style sheet.
    """

    label: str
    start: dt.date | None
    end: dt.date | None
    words: str
    address: str = ""
    moments: tuple[Moment, ...] = ()
    tone: str = MAIN


class Window(Frozen):
    """The time that is shown, both days included, and the day that it is seen from, with its name (`today`)."""

    start: dt.date
    end: dt.date
    now: dt.date
    now_words: str


def timeline(id: str, title: str, description: str, rows: Iterable[Span], window: Window, headings: Sequence[str]) -> Chart:
    """Rows in the order given. `headings` name the label, the start, the end, the words, and the points where there are any."""
    told = tuple(rows)
    columns = tuple(Heading(name) for name in headings)
    table = tuple(_cells(span)[: len(columns)] for span in told)
    return Chart(id, title, description, columns, table, _drawing(told, window) if told else None)


def _cells(span: Span) -> tuple[Cell, ...]:
    days = (Cell(day.isoformat() if day else "", order=day.isoformat() if day else "") for day in (span.start, span.end))
    moments = ", ".join(f"{moment.date.isoformat()} {moment.words}" for moment in span.moments)
    return (Cell(span.label, span.address), *days, Cell(span.words), Cell(moments))


def _drawing(rows: tuple[Span, ...], window: Window) -> Drawing:
    left = min(widest(span.label for span in rows), LABEL) + 12
    days = max((window.end - window.start).days, 1)

    def place(day: dt.date) -> float:
        return left + min(max((day - window.start).days / days, 0.0), 1.0) * (WIDTH - left - 4)

    placed = [_placed(index, span, window, place) for index, span in enumerate(rows)]
    moments = [
        {"x": place(moment.date), "y": HEAD + ROW * (index + 0.5)}
        for index, span in enumerate(rows)
        for moment in span.moments
        if window.start <= moment.date <= window.end
    ]
    leads = used([Lead(span.address, f"{span.label}: {span.words}") for span in rows])
    height = HEAD + ROW * len(rows) + 4
    marks = [{"x": place(day), "words": words} for day, words in _marks(window)]
    now = [{"x": place(window.now), "words": window.now_words}]
    return drawing(WIDTH, height, _layers(placed, moments, marks, now, height), leads=leads, least=800)


def _placed(index: int, span: Span, window: Window, place: Any) -> dict[str, Any]:
    middle = HEAD + ROW * (index + 0.5)
    start, end = place(span.start or window.start), place(span.end or window.end)
    after = max([end, *(place(moment.date) + 5 for moment in span.moments if moment.date <= window.end)])
    behind = after + 8 + width(span.words, SMALL) <= WIDTH
    number = index if span.address else None
    return {
        "label": shortened(span.label, LABEL),
        "middle": middle,
        "start": start,
        "end": max(end, start + 3),
        "top": middle - BAR / 2,
        "bottom": middle + BAR / 2,
        "words": shortened(span.words, max(end - start - 8, WIDTH - end - 8), SMALL),
        "at": after + 6 if behind else end - 5,
        "behind": behind,
        "tone": span.tone,
        "lead": lead(number),
        "again": lead(number, again=True),
    }


def _marks(window: Window) -> Iterator[tuple[dt.date, str]]:
    """The years that begin in the window, and its quarters where it is shorter than three years."""
    months = (1, 4, 7, 10) if (window.end - window.start).days < 1100 else (1,)
    for year in range(window.start.year, window.end.year + 1):
        for month in months:
            day = dt.date(year, month, 1)
            if window.start <= day <= window.end:
                yield day, str(year) if month == 1 else f"{year}-{month:02d}"


def _layers(
    rows: list[dict[str, Any]], moments: list[dict[str, Any]], marks: list[dict[str, Any]], now: list[dict[str, Any]], height: int
) -> Iterator[dict[str, Any]]:
    down = {"x": at("x"), "y": {"value": HEAD - 6}, "y2": {"value": height}}
    told = [{**mark, "x": min(mark["x"], WIDTH - width(mark["words"], SMALL) / 2 - 2)} for mark in marks]
    yield layer({"type": "rule", "stroke": "var(--kg-chart-line)"}, {**down, "y": {"value": 18}}, marks)
    yield layer({"type": "text", "fontSize": SMALL, "fill": QUIET, "baseline": "middle"}, {"x": at("x"), "y": {"value": 9}, "text": said()}, told)
    head = {"x": at("x"), "y": {"value": 26}, "text": said()}
    bar = {"x": at("start"), "x2": {"field": "end"}, "y": at("top"), "y2": {"field": "bottom"}, "fill": coloured(), "href": leading("again")}
    yield layer({"type": "rect", "cornerRadius": 2}, bar, rows)
    yield layer({"type": "rule", "stroke": TEXT, "strokeWidth": 2, "opacity": 0.5}, down, now)
    yield layer({"type": "text", "fontSize": SMALL, "fontWeight": 600, "baseline": "middle"}, head, now)
    diamond = {"x": at("x"), "y": at("y")}
    yield layer({"type": "point", "shape": "diamond", "size": 90, "fill": "var(--kg-surface)", "stroke": TEXT, "opacity": 1}, diamond, moments)
    label = {"x": {"value": 0}, "y": at("middle"), "text": said("label"), "href": leading()}
    yield layer({"type": "text", "align": "left", "baseline": "middle"}, label, rows)
    words = {"x": at("at"), "y": at("middle"), "text": said()}
    behind, inside = [row for row in rows if row["behind"]], [row for row in rows if not row["behind"]]
    yield layer({"type": "text", "fontSize": SMALL, "align": "left", "baseline": "middle"}, words, behind)
    yield layer({"type": "text", "fontSize": SMALL, "align": "right", "baseline": "middle", "fill": "var(--kg-chart-on-1)"}, words, inside)
