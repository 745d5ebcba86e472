"""Columns over months or years, each with its words on top and, where there is one, a goal as a line across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from kamgen.chart import Chart, Drawing, Heading, Lead, at, coloured, drawing, layer, lead, leading, said
from kamgen.charts.bars import MAIN, QUIET, TEXT, Bar, cells, used
from kamgen.charts.lettering import shortened

WIDTH: Final = 520
HEIGHT: Final = 250
TOP: Final = 20
"""Room above the highest column, for its words."""
FOOT: Final = 44
"""Room for the months or years, and for the words of goals."""
SMALL: Final = 12


def columns(id: str, title: str, description: str, rows: Iterable[Bar], headings: Sequence[str]) -> Chart:
    """Columns side by side, in the order of time. `headings` name the time, the value and, where there are goals, the goal.

    A goal is a line across, its words stand below. Up to fourteen columns have words on top; with more, the words are in the table.
    """
    told = tuple(rows)
    names = tuple(Heading(name, number=place > 0) for place, name in enumerate(headings))
    table = tuple(cells(bar, len(headings)) for bar in told)
    return Chart(id, title, description, names, table, _drawing(told) if any(bar.value is not None for bar in told) else None)


def _drawing(rows: tuple[Bar, ...]) -> Drawing:
    known = [float(number) for bar in rows for number in (bar.value, bar.goal) if number is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    scale = (HEIGHT - TOP - FOOT) / ((high - low) or 1)
    step = WIDTH / len(rows)

    def level(value: float) -> float:
        return TOP + (high - value) * scale

    placed = [_placed(index, bar, step, level) for index, bar in enumerate(rows)]
    leads = used([Lead(bar.address, f"{bar.label}: {bar.words}") for bar in rows])
    return drawing(WIDTH, HEIGHT, _layers(placed, level(0)), leads=leads, least=300)


def _placed(index: int, bar: Bar, step: float, level: Any) -> dict[str, Any]:
    middle, half = step * (index + 0.5), min(step * 0.34, 44)
    top = level(0) if bar.value is None else level(float(bar.value))
    goal = None if bar.goal is None else level(float(bar.goal))
    number = index if bar.address else None
    return {
        "middle": middle,
        "start": middle - half,
        "end": middle + half,
        "before": middle - half - 6,
        "behind": middle + half + 6,
        "zero": level(0),
        "top": top,
        "above": min(top, level(0), top if goal is None else goal) - 10,
        "goal": goal,
        "words": shortened(bar.words, step, SMALL + 1) if step > 36 else "",
        "goal_words": shortened(bar.goal_words, step, SMALL) if step > 36 else "",
        "label": shortened(bar.label, step),
        "tone": bar.tone,
        "ink": QUIET if bar.value is None else TEXT,
        "lead": lead(number),
        "again": lead(number, again=True),
    }


def _layers(rows: list[dict[str, Any]], zero: float) -> Iterator[dict[str, Any]]:
    column = {"x": at("start"), "x2": {"field": "end"}, "y": at("top"), "y2": {"field": "zero"}, "fill": coloured(), "href": leading("again")}
    yield layer({"type": "rect"}, column, [row for row in rows if row["top"] != row["zero"]])
    yield layer({"type": "rule", "stroke": MAIN, "strokeWidth": 1}, {"y": {"value": zero}, "x": {"value": 0}, "x2": {"value": WIDTH}}, [{}])
    goals = [row for row in rows if row["goal"] is not None]
    yield layer({"type": "rule", "stroke": TEXT, "strokeWidth": 2}, {"x": at("before"), "x2": {"field": "behind"}, "y": at("goal")}, goals)
    told = {"x": at("middle"), "y": {"value": HEIGHT - 8}, "text": said("goal_words")}
    yield layer({"type": "text", "baseline": "middle", "fontSize": SMALL, "fill": QUIET}, told, goals)
    words = {"x": at("middle"), "y": at("above"), "text": said(), "fill": coloured("ink")}
    yield layer({"type": "text", "baseline": "middle", "fontSize": SMALL + 1, "fontWeight": 600}, words, rows)
    label = {"x": at("middle"), "y": {"value": HEIGHT - 28}, "text": said("label"), "href": leading()}
    yield layer({"type": "text", "baseline": "middle"}, label, rows)
