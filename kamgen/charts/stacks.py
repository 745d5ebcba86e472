"""Bars that are made of parts, each with its words on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final

from kamgen.chart import Cell, Chart, Drawing, Heading, Lead, at, coloured, drawing, layer, lead, leading, said
from kamgen.charts.bars import LABEL, ROW, WIDTH, order, used
from kamgen.charts.lettering import shortened, widest, width
from kamgen.frozen import Frozen

SHADES: Final = tuple((f"var(--kg-chart-{number})", f"var(--kg-chart-on-{number})") for number in range(1, 7))
"""The colours of parts, and of the words on them."""
SMALL: Final = 12
"""Height of the words on a part."""


class Part(Frozen):
    """A part of a bar; parts of one label have one colour."""

    label: str
    value: Decimal | Fraction | int
    words: str


class Stack(Frozen):
    """A bar of parts; `words` is the sum as people read it, `address` the page that the bar leads to."""

    label: str
    parts: tuple[Part, ...]
    words: str
    address: str = ""


def stacks(id: str, title: str, description: str, rows: Iterable[Stack], headings: Sequence[str]) -> Chart:
    """Bars of parts, in the order given.

    `headings` name the label, each part by its own label, in the order of the colours, and the sum. A part's name stands on it where it
    has room; all are in the table.
    """
    told = tuple(rows)
    columns = tuple(Heading(name, number=place > 0) for place, name in enumerate(headings))
    cells = tuple(_cells(stack, headings[1:-1]) for stack in told)
    return Chart(id, title, description, columns, cells, _drawing(told, headings[1:-1]) if any(stack.parts for stack in told) else None)


def _cells(stack: Stack, names: Sequence[str]) -> tuple[Cell, ...]:
    parts = {part.label: part for part in stack.parts}
    middle = (Cell(parts[name].words, order=order(parts[name].value)) if name in parts else Cell("") for name in names)
    return (Cell(stack.label, stack.address), *middle, Cell(stack.words, order=order(_sum(stack))))


def _sum(stack: Stack) -> Fraction:
    return sum((Fraction(part.value) for part in stack.parts), Fraction(0))


def _drawing(rows: tuple[Stack, ...], names: Sequence[str]) -> Drawing:
    left = min(widest(stack.label for stack in rows), LABEL) + 10
    room = WIDTH - left - widest(stack.words for stack in rows) - 10
    scale = room / (float(max(map(_sum, rows))) or 1)
    pieces = [piece for index, stack in enumerate(rows) for piece in _pieces(index, stack, (left, scale), names)]
    ends = [_end(index, stack, left + float(_sum(stack)) * scale) for index, stack in enumerate(rows)]
    leads = used([Lead(stack.address, f"{stack.label}: {stack.words}") for stack in rows])
    return drawing(WIDTH, ROW * len(rows), _layers(pieces, ends), leads=leads, least=300)


def _pieces(index: int, stack: Stack, measure: tuple[float, float], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    left, scale = measure
    edges = [left + float(edge) * scale for edge in accumulate((Fraction(part.value) for part in stack.parts), initial=Fraction(0))]
    for part, start, end in zip(stack.parts, edges, edges[1:], strict=False):
        tone, ink = SHADES[names.index(part.label) % len(SHADES)]
        told = next((words for words in (f"{part.label} {part.words}", part.label, part.words) if width(words, SMALL) + 8 <= end - start), "")
        sides = {"start": start, "end": end - 1, "inner": start + 5, "top": ROW * index + 4, "bottom": ROW * (index + 1) - 4}
        yield {**sides, "middle": ROW * index + ROW / 2, "words": told, "tone": tone, "ink": ink}


def _end(index: int, stack: Stack, end: float) -> dict[str, Any]:
    number = index if stack.address else None
    return {"label": shortened(stack.label, LABEL), "after": end + 6, "middle": ROW * index + ROW / 2, "words": stack.words, "lead": lead(number)}


def _layers(pieces: list[dict[str, Any]], ends: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    part = {"x": at("start"), "x2": {"field": "end"}, "y": at("top"), "y2": {"field": "bottom"}, "fill": coloured()}
    yield layer({"type": "rect"}, part, pieces)
    name = {"x": at("inner"), "y": at("middle"), "text": said(), "fill": coloured("ink")}
    yield layer({"type": "text", "align": "left", "baseline": "middle", "fontSize": SMALL}, name, [piece for piece in pieces if piece["words"]])
    label = {"x": {"value": 0}, "y": at("middle"), "text": said("label"), "href": leading()}
    yield layer({"type": "text", "align": "left", "baseline": "middle"}, label, ends)
    yield layer({"type": "text", "align": "left", "baseline": "middle"}, {"x": at("after"), "y": at("middle"), "text": said()}, ends)
