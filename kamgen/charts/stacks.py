"""Bars that are made of parts, each with its words on it."""

from __future__ import annotations

import math
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
KEY: Final = 17
"""Room for a line of words below a bar."""


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

    `headings` name the label, each part by its own label, in the order of the colours, and the sum. A part's words stand on it where they
    have room; below a bar with a part that is too small for them all of its parts are told. All are in the table, too.
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
    pieces: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    top = 0.0
    for index, stack in enumerate(rows):
        own = list(_pieces(top, stack, (left, scale), names))
        told = [] if all(piece["whole"] for piece in own) else list(_key(top + ROW, stack, left, names))
        pieces, keys = [*pieces, *own], [*keys, *told]
        ends.append(_end(index, stack, top, left + float(_sum(stack)) * scale))
        top = told[-1]["middle"] + KEY / 2 + 5 if told else top + ROW
    leads = used([Lead(stack.address, f"{stack.label}: {stack.words}") for stack in rows])
    return drawing(WIDTH, math.ceil(top), _layers(pieces, ends, keys), leads=leads, least=300)


def _pieces(top: float, stack: Stack, measure: tuple[float, float], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    left, scale = measure
    edges = [left + float(edge) * scale for edge in accumulate((Fraction(part.value) for part in stack.parts), initial=Fraction(0))]
    for part, start, end in zip(stack.parts, edges, edges[1:], strict=False):
        tone, ink = _shade(part, names)
        whole = f"{part.label} {part.words}"
        told = next((words for words in (whole, part.words, part.label) if width(words, SMALL) + 13 <= end - start), "")
        sides = {"start": start, "end": end - 1, "inner": start + 5, "top": top + 4, "bottom": top + ROW - 4}
        yield {**sides, "middle": top + ROW / 2, "words": told, "whole": told == whole, "tone": tone, "ink": ink}


def _shade(part: Part, names: Sequence[str]) -> tuple[str, str]:
    return SHADES[names.index(part.label) % len(SHADES)]


def _key(top: float, stack: Stack, left: float, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """All parts of a bar with their words, on lines below it: where one of them is too small to have its words on it."""
    x, middle = left, top + KEY / 2 - 2
    for part in stack.parts:
        words = shortened(f"{part.label} {part.words}", WIDTH - left - 14, SMALL)
        if x > left and x + 14 + width(words, SMALL) > WIDTH:
            x, middle = left, middle + KEY
        sides = {"start": x, "end": x + 9, "top": middle - 5, "bottom": middle + 4}
        yield {**sides, "inner": x + 14, "middle": middle, "words": words, "tone": _shade(part, names)[0]}
        x += 14 + width(words, SMALL) + 14


def _end(index: int, stack: Stack, top: float, end: float) -> dict[str, Any]:
    number = index if stack.address else None
    return {"label": shortened(stack.label, LABEL), "after": end + 6, "middle": top + ROW / 2, "words": stack.words, "lead": lead(number)}


def _layers(pieces: list[dict[str, Any]], ends: list[dict[str, Any]], keys: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    part = {"x": at("start"), "x2": {"field": "end"}, "y": at("top"), "y2": {"field": "bottom"}, "fill": coloured()}
    yield layer({"type": "rect"}, part, [*pieces, *keys])
    name = {"x": at("inner"), "y": at("middle"), "text": said(), "fill": coloured("ink")}
    yield layer({"type": "text", "align": "left", "baseline": "middle", "fontSize": SMALL}, name, [piece for piece in pieces if piece["words"]])
    told = {"x": at("inner"), "y": at("middle"), "text": said()}
    yield layer({"type": "text", "align": "left", "baseline": "middle", "fontSize": SMALL}, told, keys)
    label = {"x": {"value": 0}, "y": at("middle"), "text": said("label"), "href": leading()}
    yield layer({"type": "text", "align": "left", "baseline": "middle"}, label, ends)
    yield layer({"type": "text", "align": "left", "baseline": "middle"}, {"x": at("after"), "y": at("middle"), "text": said()}, ends)
