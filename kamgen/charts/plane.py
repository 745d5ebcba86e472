"""Bubbles on a plane with four quarters: two scores give the place, a third number the size."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from kamgen.chart import Cell, Chart, Drawing, Heading, Lead, at, coloured, drawing, layer, lead, leading, said
from kamgen.charts.bars import QUIET, TEXT, order
from kamgen.charts.lettering import shortened, width
from kamgen.charts.packing import CROWD, Box, Circle, Label, labelled, settled
from kamgen.frozen import Frozen

FIELD: Final = Box(30, 4, 936, 580)
"""Where the bubbles are; the names of the two scores stand left of it and below."""
WIDTH: Final = 940
HEIGHT: Final = 624
LOWEST: Final = 0.5
HIGHEST: Final = 5.5
"""Scores go from 1 to 5; bubbles of 1 and of 5 are seen whole."""
LARGEST: Final = 40
SMALLEST: Final = 6
SMALL: Final = 12
MOST: Final = 120
"""How many bubbles are drawn, the largest of them; the table has all."""
NAME_ROOM: Final = 26
AGAIN: Final = 2
NAME: Final = 240
"""Room for the name of a bubble at most."""


class Bubble(Frozen):
    """One bubble: `words` are its size as people read it, `across_words` and `up_words` its scores. Without a size it is the smallest, and hollow."""

    label: str
    across: Fraction
    up: Fraction
    size: Decimal | None
    words: str
    across_words: str
    up_words: str
    address: str = ""


class Quarters(Frozen):
    """The plane: what the two scores are called, from where on one is high, and the names of the quarters.

    Quarters in the order low and low, high across, high up, high in both.
    """

    across: str
    up: str
    high: Fraction
    names: tuple[str, str, str, str]

    def of(self, bubble: Bubble) -> int:
        """The number of a bubble's quarter."""
        return (bubble.across >= self.high) + 2 * (bubble.up >= self.high)


def plane(id: str, title: str, description: str, bubbles: Iterable[Bubble], quarters: Quarters, headings: Sequence[str]) -> Chart:
    """Bubbles, the largest first. `headings` name the bubble, its quarter, the score across, the score up, and the size.

    Bubbles of one place stand beside each other, always in their own quarter.
    """
    told = sorted(bubbles, key=lambda bubble: -(bubble.size or 0))
    columns = tuple(Heading(name, number=place > 1) for place, name in enumerate(headings))
    cells = tuple(_cells(bubble, quarters) for bubble in told)
    return Chart(id, title, description, columns, cells, _drawing(told[:MOST], quarters) if told else None)


def _cells(bubble: Bubble, quarters: Quarters) -> tuple[Cell, ...]:
    scores = (Cell(bubble.across_words, order=order(bubble.across)), Cell(bubble.up_words, order=order(bubble.up)))
    return (Cell(bubble.label, bubble.address), Cell(quarters.names[quarters.of(bubble)]), *scores, Cell(bubble.words, order=order(bubble.size)))


def _drawing(bubbles: list[Bubble], quarters: Quarters) -> Drawing:
    boxes = _boxes(quarters)
    names = [_name(name, box, number) for number, (name, box) in enumerate(zip(quarters.names, boxes, strict=True))]
    circles: list[Circle] = []
    for bubble in bubbles:
        circles.append(settled(_circle(bubble, bubbles[0].size), _room(boxes[quarters.of(bubble)], quarters.of(bubble)), circles))
    placed = [_placed(index, bubble, circle, quarters.of(bubble)) for index, (bubble, circle) in enumerate(zip(bubbles, circles, strict=True))]
    labels = _labels(bubbles, circles, [label.box for label, _ in names], quarters)
    leads = tuple(Lead(bubble.address, _told(bubble, quarters)) for bubble in bubbles)
    used = leads if any(bubble.address for bubble in bubbles) else ()
    return drawing(WIDTH, HEIGHT, _layers(boxes, names, placed, labels, quarters), leads=used, least=740)


def _told(bubble: Bubble, quarters: Quarters) -> str:
    """What is said of a bubble: its name, its quarter, its scores and its size."""
    scores = f"{quarters.across} {bubble.across_words}, {quarters.up} {bubble.up_words}"
    return f"{bubble.label}: {quarters.names[quarters.of(bubble)]}; {scores}; {bubble.words}"


def _x(score: Fraction | float) -> float:
    return FIELD.left + (float(score) - LOWEST) / (HIGHEST - LOWEST) * (FIELD.right - FIELD.left)


def _y(score: Fraction | float) -> float:
    return FIELD.bottom - (float(score) - LOWEST) / (HIGHEST - LOWEST) * (FIELD.bottom - FIELD.top)


def _boxes(quarters: Quarters) -> tuple[Box, Box, Box, Box]:
    """The four quarters, parted where a score becomes high."""
    x, y = _x(quarters.high), _y(quarters.high)
    low, across = Box(FIELD.left, y, x, FIELD.bottom), Box(x, y, FIELD.right, FIELD.bottom)
    return low, across, Box(FIELD.left, FIELD.top, x, y), Box(x, FIELD.top, FIELD.right, y)


def _room(box: Box, number: int) -> Box:
    """Where the bubbles of a quarter may stand: not on its name, which is at the outer edge."""
    top, bottom = (NAME_ROOM, 3) if number > 1 else (3, NAME_ROOM)
    return Box(box.left + 3, box.top + top, box.right - 3, box.bottom - bottom)


def _name(name: str, box: Box, number: int) -> tuple[Label, str]:
    """Where the name of a quarter stands: in its outer corner, on the left."""
    words = shortened(name, box.right - box.left - 20)
    y = box.top + 15 if number > 1 else box.bottom - 13
    return Label(box.left + 10, y, Box(box.left, y - 9, box.left + 10 + width(words) * 1.1, y + 9)), words


def _circle(bubble: Bubble, largest: Decimal | None) -> Circle:
    """A bubble at its true place. Its area is its size."""
    radius = LARGEST * math.sqrt(max(bubble.size or 0, 0) / largest) if largest and largest > 0 else SMALLEST
    return Circle(_x(bubble.across), _y(bubble.up), max(radius, SMALLEST))


def _placed(index: int, bubble: Bubble, circle: Circle, quarter: int) -> dict[str, Any]:
    tone = f"var(--kg-chart-{quarter + 1})"
    return {
        "x": circle.x,
        "y": circle.y,
        "area": math.pi * circle.radius**2,
        "tone": "none" if bubble.size is None else tone,
        "edge": tone if bubble.size is None else "var(--kg-surface)",
        "lead": lead(index if bubble.address else None),
    }


def _labels(bubbles: list[Bubble], circles: list[Circle], names: list[Box], quarters: Quarters) -> list[dict[str, Any]]:
    """The labels that have room, the largest bubble's first; where some have none, those are tried first, and kept where more have room."""
    best = list(_tried(range(len(bubbles)), bubbles, circles, [*names], quarters))
    for _ in range(AGAIN if len(bubbles) <= CROWD else 0):
        told = [label["index"] for label in best]
        order = [*(index for index in range(len(bubbles)) if index not in told), *told]
        found = list(_tried(order, bubbles, circles, [*names], quarters))
        if len(found) <= len(best):
            break
        best = found
    return best


def _tried(order: Iterable[int], bubbles: list[Bubble], circles: list[Circle], taken: list[Box], quarters: Quarters) -> Iterator[dict[str, Any]]:
    """The labels that have room when they are placed in this order."""
    for index in order:
        bubble, circle = bubbles[index], circles[index]
        words = shortened(bubble.label, NAME, SMALL)
        label = labelled(words, circle, SMALL, FIELD, circles, taken)
        if label:
            taken.append(label.box)
            on = (label.x, label.y) == (circle.x, circle.y)
            ink = f"var(--kg-chart-on-{quarters.of(bubble) + 1})" if on and bubble.size is not None else TEXT
            line = dict(zip(("x1", "y1", "x2", "y2"), label.line(circle), strict=True)) if label.apart else {}
            yield {
                "index": index,
                "x": label.x,
                "y": label.y,
                "words": words,
                "ink": ink,
                "again": lead(index if bubble.address else None, again=True),
                **line,
            }


def _layers(
    boxes: tuple[Box, ...], names: list[tuple[Label, str]], bubbles: list[dict[str, Any]], labels: list[dict[str, Any]], quarters: Quarters
) -> Iterator[dict[str, Any]]:
    fields = [
        {"l": box.left, "t": box.top, "r": box.right, "b": box.bottom, "tone": f"var(--kg-chart-soft-{place})"} for place, box in enumerate(boxes, 1)
    ]
    field = {"x": at("l"), "x2": {"field": "r"}, "y": at("t"), "y2": {"field": "b"}, "fill": coloured()}
    yield layer({"type": "rect", "stroke": "var(--kg-surface)", "strokeWidth": 3}, field, fields)
    told = [{"x": label.x, "y": label.y, "words": words} for label, words in names]
    name = {"x": at("x"), "y": at("y"), "text": said()}
    yield layer({"type": "text", "align": "left", "baseline": "middle", "fontWeight": 600}, name, told)
    size = {"field": "area", "type": "quantitative", "scale": None, "legend": None}
    circle = {"x": at("x"), "y": at("y"), "size": size, "fill": coloured(), "stroke": coloured("edge"), "href": leading()}
    yield layer({"type": "point", "opacity": 0.92, "strokeWidth": 1.5}, circle, bubbles)
    between = {"x": at("x1"), "y": at("y1"), "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    yield layer({"type": "rule", "stroke": QUIET, "strokeWidth": 1}, between, [label for label in labels if "x1" in label])
    words = {"x": at("x"), "y": at("y"), "text": said(), "fill": coloured("ink"), "href": leading("again")}
    yield layer({"type": "text", "align": "center", "baseline": "middle", "fontSize": SMALL}, words, labels)
    yield from _edges(quarters)


def _edges(quarters: Quarters) -> Iterator[dict[str, Any]]:
    """What the two scores are called, and their numbers."""
    across = [{"x": _x(score), "y": FIELD.bottom + 11, "words": str(score)} for score in range(1, 6)]
    up = [{"x": FIELD.left - 11, "y": _y(score), "words": str(score)} for score in range(1, 6)]
    place = {"x": at("x"), "y": at("y"), "text": said()}
    yield layer({"type": "text", "fontSize": SMALL, "fill": QUIET, "baseline": "middle"}, place, across + up)
    names = [{"x": (FIELD.left + FIELD.right) / 2, "y": HEIGHT - 12, "words": f"{quarters.across} →"}]
    yield layer({"type": "text", "fill": QUIET, "baseline": "middle"}, place, names)
    upwards = [{"x": 7, "y": (FIELD.top + FIELD.bottom) / 2, "words": f"{quarters.up} →"}]
    yield layer({"type": "text", "fill": QUIET, "baseline": "middle", "angle": 270}, place, upwards)
