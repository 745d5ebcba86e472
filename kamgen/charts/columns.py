"""Columns over months or years, each with its words on top and, where there is one, a goal as a line across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from kamgen.chart import Chart, Drawing, Heading, Lead, at, coloured, drawing, layer, lead, leading, said
from kamgen.charts.bars import MAIN, ON, QUIET, TEXT, Bar, cells, used
from kamgen.charts.lettering import shortened, width

WIDTH: Final = 520
HEIGHT: Final = 250
TOP: Final = 20
"""Room above the highest column, for its words."""
FOOT: Final = 28
"""Room for the months or years."""
SMALL: Final = 12
CLOSE: Final = 22
"""What a line of words needs, from its foot to the next."""


def columns(id: str, title: str, description: str, rows: Iterable[Bar], headings: Sequence[str]) -> Chart:
    """Columns side by side, in the order of time. `headings` name the time, the value and, where there are goals, the goal.

    A goal is a line across with its words at it; a column's words stand just above it, or on it where the line passes there.
    Up to fourteen columns have words on top; with more, the words are in the table.
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
    places = _places(min(top, level(0)), level(0), goal)
    told = shortened(bar.goal_words, step, SMALL) if step > 36 and goal is not None else ""
    number = index if bar.address else None
    return {
        "middle": middle,
        "start": middle - half,
        "end": middle + half,
        "before": middle - half - 6,
        "behind": middle + half + 6,
        "zero": level(0),
        "top": top,
        "above": places[0],
        "at_goal": places[1],
        "goal": goal,
        "words": shortened(bar.words, step, SMALL + 1) if step > 36 else "",
        "goal_words": told,
        "plate": width(told, SMALL) / 2 + 4 if places[2] else 0,
        "label": shortened(bar.label, step),
        "tone": bar.tone,
        "ink": QUIET if bar.value is None else ON.get(bar.tone, TEXT) if places[0] > top else TEXT,
        "lead": lead(number),
        "again": lead(number, again=True),
    }


def _places(edge: float, foot: float, goal: float | None) -> tuple[float, float, bool]:
    """Where the words of a column and those of its goal stand, and whether the goal's lie on the column.

    `edge` is the upper end of the column, `foot` its lower one.
    """
    if goal is None or goal < edge - CLOSE:
        return edge - 10, (goal or edge) - 10, False
    if goal > edge:
        return (edge - 10, goal + 12, True) if foot - goal >= CLOSE else (edge - 10, edge - 10 - SMALL - 4, False)
    return (edge + 13, goal - 10, False) if foot - edge >= CLOSE + 4 else (goal - 26, goal - 10, False)


def _layers(rows: list[dict[str, Any]], zero: float) -> Iterator[dict[str, Any]]:
    column = {"x": at("start"), "x2": {"field": "end"}, "y": at("top"), "y2": {"field": "zero"}, "fill": coloured(), "href": leading("again")}
    yield layer({"type": "rect"}, column, [row for row in rows if row["top"] != row["zero"]])
    yield layer({"type": "rule", "stroke": MAIN, "strokeWidth": 1}, {"y": {"value": zero}, "x": {"value": 0}, "x2": {"value": WIDTH}}, [{}])
    goals = [row for row in rows if row["goal"] is not None]
    yield layer({"type": "rule", "stroke": TEXT, "strokeWidth": 2}, {"x": at("before"), "x2": {"field": "behind"}, "y": at("goal")}, goals)
    plates = [{**row, "l": row["middle"] - row["plate"], "r": row["middle"] + row["plate"]} for row in goals if row["plate"]]
    plates = [{**row, "over": row["at_goal"] - 9, "under": row["at_goal"] + 8} for row in plates]
    plate = {"x": at("l"), "x2": {"field": "r"}, "y": at("over"), "y2": {"field": "under"}}
    yield layer({"type": "rect", "cornerRadius": 2, "fill": "var(--kg-surface)"}, plate, plates)
    told = {"x": at("middle"), "y": at("at_goal"), "text": said("goal_words")}
    yield layer({"type": "text", "baseline": "middle", "fontSize": SMALL, "fill": QUIET}, told, goals)
    words = {"x": at("middle"), "y": at("above"), "text": said(), "fill": coloured("ink")}
    yield layer({"type": "text", "baseline": "middle", "fontSize": SMALL + 1, "fontWeight": 600}, words, rows)
    label = {"x": at("middle"), "y": {"value": HEIGHT - 12}, "text": said("label"), "href": leading()}
    yield layer({"type": "text", "baseline": "middle"}, label, rows)
