"""Lines over years, each with its name at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from kamgen.chart import Cell, Chart, Drawing, Heading, Lead, at, coloured, drawing, layer, lead, leading, said
from kamgen.charts.bars import QUIET, order, used
from kamgen.charts.lettering import shortened, widest
from kamgen.frozen import Frozen

WIDTH: Final = 720
HEIGHT: Final = 340
TOP: Final = 14
FOOT: Final = 28
LABEL: Final = 260
SMALL: Final = 13
APART: Final = 18
"""Between two names at the ends of lines."""
SHADES: Final = 6
Number = Decimal | Fraction | int


class Line(Frozen):
    """A line: its values by year, each with the words that people read; a year without a value is left out."""

    label: str
    values: Mapping[int, Number]
    words: Mapping[int, str]
    address: str = ""


def lines(id: str, title: str, description: str, rows: Iterable[Line], between: tuple[Number, Number], headings: tuple[str, str]) -> Chart:
    """Lines over all years that any has, from the lower to the upper number of `between`. `headings` name the line, and its name at the end.

    The table has a column per year. Lines that have the same value are drawn a little apart.
    """
    told = tuple(rows)
    years = sorted({year for line in told for year in line.values})
    columns = (Heading(headings[0]), *(Heading(str(year), number=True) for year in years))
    table = tuple((Cell(line.label, line.address), *(_cell(line, year) for year in years)) for line in told)
    return Chart(id, title, description, columns, table, _drawing(told, years, between) if years else None)


def _cell(line: Line, year: int) -> Cell:
    return Cell(line.words[year], order=order(line.values[year])) if year in line.values else Cell("")


def _drawing(rows: tuple[Line, ...], years: Sequence[int], between: tuple[Number, Number]) -> Drawing:
    shown = tuple(line for line in rows if line.values)
    height = max(HEIGHT, TOP + FOOT + APART * len(shown))
    right = WIDTH - min(widest((line.label for line in shown), SMALL), LABEL) - 66
    low, high = map(float, between)

    def x(year: int) -> float:
        return 26 + (year - years[0]) / max(years[-1] - years[0], 1) * (right - 26)

    def y(value: float) -> float:
        return height - FOOT - (value - low) / ((high - low) or 1) * (height - FOOT - TOP)

    points = [point for index, line in enumerate(shown) for point in _points(index, line, x, y, len(shown))]
    ends = _ends(shown, points, height)
    leads = used([Lead(line.address, f"{line.label}: {line.words[max(line.values)]}") for line in shown])
    return drawing(
        WIDTH,
        height,
        _layers(points, ends, _grid(between, y), [{"x": x(year), "words": str(year)} for year in years], right, height),
        leads=leads,
        least=620,
    )


def _points(index: int, line: Line, x: Any, y: Any, count: int) -> Iterator[dict[str, Any]]:
    """The places of a line. It lies a little off its value, so that equal lines are seen beside each other."""
    aside = (index - (count - 1) / 2) * min(2.6, 14 / count)
    for year in sorted(line.values):
        yield {"line": str(index), "x": x(year), "y": y(float(line.values[year])) + aside, "tone": f"var(--kg-chart-{index % SHADES + 1})"}


def _ends(rows: tuple[Line, ...], points: list[dict[str, Any]], height: int) -> list[dict[str, Any]]:
    """The names at the ends, in the order of the ends, apart from each other."""
    last = {int(point["line"]): point for point in points}
    placed: list[dict[str, Any]] = []
    for index in sorted(last, key=lambda index: (last[index]["y"], index)):
        point, line = last[index], rows[index]
        above = placed[-1]["at"] + APART if placed else 0.0
        words = shortened(f"{line.label} {line.words[max(line.values)]}", LABEL + 40, SMALL)
        placed.append({**point, "at": max(point["y"], above), "words": words, "lead": lead(index if line.address else None)})
    over = max((end["at"] for end in placed), default=0) - (height - FOOT + 6)
    return _lifted(placed, over) if over > 0 else placed


def _lifted(placed: list[dict[str, Any]], over: float) -> list[dict[str, Any]]:
    """The names moved up where the last would stand below the picture."""
    below = placed[-1]["at"] - over + APART
    for end in reversed(placed):
        end["at"] = below = min(end["at"], below - APART)
    return placed


def _grid(between: tuple[Number, Number], y: Any) -> list[dict[str, Any]]:
    low, high = map(float, between)
    steps = range(int(low), int(high) + 1) if high - low <= 10 else ()
    return [{"y": y(value), "words": str(value)} for value in steps]


def _layers(
    points: list[dict[str, Any]], ends: list[dict[str, Any]], grid: list[dict[str, Any]], years: list[dict[str, Any]], right: float, height: int
) -> Iterator[dict[str, Any]]:
    yield layer({"type": "rule", "stroke": "var(--kg-chart-line)"}, {"x": {"value": 20}, "x2": {"value": right}, "y": at("y")}, grid)
    quiet = {"type": "text", "fontSize": SMALL, "fill": QUIET, "baseline": "middle"}
    yield layer(quiet, {"x": {"value": 8}, "y": at("y"), "text": said()}, grid)
    yield layer(quiet, {"x": at("x"), "y": {"value": height - 8}, "text": said()}, years)
    place = {"x": at("x"), "y": at("y")}
    by_line = {"field": "line", "type": "nominal"}
    yield layer({"type": "line", "strokeWidth": 2}, {**place, "detail": by_line, "stroke": coloured()}, points)
    yield layer({"type": "point", "size": 34, "opacity": 1, "filled": True}, {**place, "fill": coloured()}, points)
    lead_line = {"x": at("x"), "x2": {"value": right + 20}, "y": at("y"), "y2": {"field": "at"}, "stroke": coloured()}
    yield layer({"type": "rule", "strokeWidth": 1, "opacity": 0.6}, lead_line, ends)
    name = {"x": {"value": right + 24}, "y": at("at"), "text": said(), "href": leading()}
    yield layer({"type": "text", "fontSize": SMALL, "align": "left", "baseline": "middle"}, name, ends)
