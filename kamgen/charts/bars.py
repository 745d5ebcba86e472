"""Horizontal bars: a label, a length, the exact words at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from kamgen.chart import Cell, Chart, Drawing, Heading, Lead, at, coloured, drawing, layer, lead, leading, said
from kamgen.charts.lettering import shortened, widest, width
from kamgen.frozen import Frozen

WIDTH: Final = 520
ROW: Final = 30
BAR: Final = 16
LABEL: Final = 190
"""Room for labels at most."""
MAIN: Final = "var(--kg-chart)"
ASIDE: Final = "var(--kg-chart-muted)"
TEXT: Final = "currentColor"
QUIET: Final = "var(--kg-muted)"
ON: Final = {MAIN: "var(--kg-chart-on-1)", **{f"var(--kg-chart-{number})": f"var(--kg-chart-on-{number})" for number in range(1, 7)}}
"""The colour of words on a bar of a colour."""
HEAD: Final = 24
"""Room above the bars for the words of a goal that all of them have."""
SMALL: Final = 12


class Bar(Frozen):
    """One bar. `words` is the value as people read it, or why there is none; `address` the page that it leads to.

    `goal` is a mark to compare with (a budget, an average), told in words by `goal_words`. `tone` is a colour of the style sheet.
    """

    label: str
    value: Decimal | Fraction | int | None
    words: str
    address: str = ""
    goal: Decimal | Fraction | int | None = None
    goal_words: str = ""
    tone: str = MAIN


def bars(id: str, title: str, description: str, rows: Iterable[Bar], headings: Sequence[str]) -> Chart:
    """Bars below each other, in the order given. `headings` name the label, the value and, where there are goals, the goal.

    A bar's words stand at its end, inside where a goal's mark would part them from it; a goal that all bars have is told once, on top.
    """
    told = tuple(rows)
    columns = tuple(Heading(name, number=place > 0) for place, name in enumerate(headings))
    table = tuple(cells(bar, len(headings)) for bar in told)
    return Chart(id, title, description, columns, table, _drawing(told, headings[2:]) if any(bar.value is not None for bar in told) else None)


def cells(bar: Bar, columns: int) -> tuple[Cell, ...]:
    """The row of a bar in the table: as many cells as there are headings."""
    whole = (Cell(bar.label, bar.address), Cell(bar.words, order=order(bar.value)), Cell(bar.goal_words, order=order(bar.goal)))
    return whole[:columns]


def order(value: Decimal | Fraction | int | None) -> str:
    """What a number is sorted by; nothing where there is none."""
    return "" if value is None else f"{float(value):.6f}".rstrip("0").rstrip(".")


def _drawing(rows: tuple[Bar, ...], goals: Sequence[str]) -> Drawing:
    left = min(widest(bar.label for bar in rows), LABEL) + 10
    right = WIDTH - widest(bar.words for bar in rows) - 10
    known = [float(number) for bar in rows for number in (bar.value, bar.goal) if number is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    scale = (right - left) / ((high - low) or 1)
    shared = _shared(rows, goals)
    top = HEAD if shared else 0
    placed = [_placed(top + ROW * index, index, bar, lambda value: left + (value - low) * scale) for index, bar in enumerate(rows)]
    leads = [Lead(bar.address, f"{bar.label}: {bar.words}") for bar in rows]
    return drawing(WIDTH, top + ROW * len(rows), _layers(placed, shared), leads=used(leads), least=300)


def _shared(rows: tuple[Bar, ...], goals: Sequence[str]) -> str:
    """What is told of a goal that is the same for every bar; nothing where there is none, or where it differs."""
    told = {bar.goal_words for bar in rows if bar.goal is not None}
    return f"{goals[0]} {told.pop()}" if goals and len(told) == 1 else ""


def used(leads: list[Lead]) -> tuple[Lead, ...]:
    """The leads, where any leads anywhere."""
    return tuple(leads) if any(one.address for one in leads) else ()


def _placed(over: float, index: int, bar: Bar, place: Any) -> dict[str, Any]:
    middle, zero = over + ROW / 2, place(0)
    end = zero if bar.value is None else place(float(bar.value))
    goal = None if bar.goal is None else place(float(bar.goal))
    number = index if bar.address else None
    return {
        "label": shortened(bar.label, LABEL),
        "middle": middle,
        "top": middle - BAR / 2,
        "bottom": middle + BAR / 2,
        "zero": zero,
        "end": end,
        "goal": goal,
        "words": bar.words,
        "tone": bar.tone,
        **_worded(bar, zero, end, goal),
        "lead": lead(number),
        "again": lead(number, again=True),
    }


def _worded(bar: Bar, zero: float, end: float, goal: float | None) -> dict[str, Any]:
    """Where a bar's words stand, and their colour: behind it, or inside where a goal's mark would stand between the two."""
    after, room = max(zero, end) + 6, width(bar.words)
    behind = {"inside": False, "ink": QUIET if bar.value is None else TEXT}
    if goal is None or not after - 6 <= goal <= after + room + 4:
        return {"after": after, **behind}
    if goal > after - 2 and room + 10 <= end - zero and bar.tone in ON:
        return {"after": end - 5, "inside": True, "ink": ON[bar.tone]}
    return {"after": goal + 6, **behind}


def _layers(rows: list[dict[str, Any]], shared: str) -> Iterator[dict[str, Any]]:
    bar = {"x": at("zero"), "x2": {"field": "end"}, "y": at("top"), "y2": {"field": "bottom"}, "fill": coloured(), "href": leading("again")}
    yield layer({"type": "rect", "cornerRadius": 1}, bar, [row for row in rows if row["end"] != row["zero"]])
    yield layer({"type": "rule", "stroke": MAIN, "strokeWidth": 1}, {"x": at("zero"), "y": at("top"), "y2": {"field": "bottom"}}, rows)
    goal = {"x": at("goal"), "y": at("over"), "y2": {"field": "under"}}
    marked = [{**row, "over": row["top"] - 4, "under": row["bottom"] + 4} for row in rows if row["goal"] is not None]
    yield layer({"type": "rule", "stroke": TEXT, "strokeWidth": 2}, goal, marked)
    name = {"x": {"value": 0}, "y": at("middle"), "text": said("label"), "href": leading()}
    yield layer({"type": "text", "align": "left", "baseline": "middle"}, name, rows)
    words = {"x": at("after"), "y": at("middle"), "text": said(), "fill": coloured("ink")}
    for inside in (False, True):
        side = "right" if inside else "left"
        yield layer({"type": "text", "align": side, "baseline": "middle"}, words, [row for row in rows if row["inside"] is inside])
    if shared:
        yield _head(shared, max(row["goal"] for row in marked))


def _head(words: str, place: float) -> dict[str, Any]:
    """The words of a goal that all bars have, above its marks."""
    half = width(words, SMALL) / 2
    told = {"x": min(place, WIDTH - half), "y": HEAD / 2 - 1, "words": words}
    return layer({"type": "text", "fontSize": SMALL, "fill": QUIET, "baseline": "middle"}, {"x": at("x"), "y": at("y"), "text": said()}, [told])
