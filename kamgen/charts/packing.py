"""Where bubbles and their labels stand, so that none hides another: the largest first, the same on every machine."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Final

from kamgen.charts.lettering import width
from kamgen.frozen import Frozen

TURN: Final = math.pi * (3 - math.sqrt(5))
"""The angle between two places of a spiral that leaves no gaps: the golden one."""
STEPS: Final = 500
GAP: Final = 1.5
REACHES: Final = tuple(range(14, 96, 7))
"""How far from its bubble words stand at most, and what is tried before."""
TURNS: Final = 32
CROWD: Final = 50
"""With more bubbles than this, names that have no room at theirs are left to the table."""


class Box(Frozen):
    """A rectangle of the picture: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        """Whether another lies inside."""
        return self.left <= other.left and self.top <= other.top and other.right <= self.right and other.bottom <= self.bottom

    def meets(self, other: Box) -> bool:
        """Whether another has something in common with it."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


class Circle(Frozen):
    """A circle of the picture."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    def touches(self, other: Circle) -> bool:
        """Whether there is less than a gap between the two."""
        return (self.x - other.x) ** 2 + (self.y - other.y) ** 2 < (self.radius + other.radius + GAP) ** 2

    def under(self, box: Box) -> bool:
        """Whether it reaches into a rectangle."""
        across = self.x - min(max(self.x, box.left), box.right)
        down = self.y - min(max(self.y, box.top), box.bottom)
        return across**2 + down**2 < self.radius**2


def settled(wanted: Circle, inside: Box, taken: Sequence[Circle]) -> Circle:
    """The free place next to the wanted one, inside a rectangle; the wanted one, moved inside, where nothing is free."""
    first = _inside(wanted, inside)
    near = sorted(taken, key=lambda circle: (circle.x - first.x) ** 2 + (circle.y - first.y) ** 2)
    return next((place for place in _around(first) if inside.holds(place.box) and not any(map(place.touches, near))), first)


def _inside(wanted: Circle, inside: Box) -> Circle:
    radius = wanted.radius
    x = min(max(wanted.x, inside.left + radius), inside.right - radius)
    return Circle(x, min(max(wanted.y, inside.top + radius), inside.bottom - radius), radius)


def _around(first: Circle) -> Iterator[Circle]:
    spread = max(3.0, first.radius * 0.45)
    for step in range(STEPS):
        away, angle = spread * math.sqrt(step), step * TURN
        yield Circle(first.x + away * math.cos(angle), first.y + away * math.sin(angle), first.radius)


class Label(Frozen):
    """Words at a bubble: the place of their middle, and the room they take. What stands `apart` wants a line from its bubble."""

    x: float
    y: float
    box: Box
    apart: bool = False

    def line(self, circle: Circle) -> tuple[float, float, float, float]:
        """From the edge of the bubble to the nearest of the words."""
        x, y = min(max(circle.x, self.box.left), self.box.right), min(max(circle.y, self.box.top), self.box.bottom)
        away = math.hypot(x - circle.x, y - circle.y) or 1
        return circle.x + (x - circle.x) * circle.radius / away, circle.y + (y - circle.y) * circle.radius / away, x, y


def labelled(words: str, circle: Circle, size: float, inside: Box, circles: Sequence[Circle], taken: Sequence[Box]) -> Label | None:
    """A place for a bubble's label: on it, else beside it where nothing is hidden, else a little away; None where there is none."""
    half, tall = width(words, size) / 2, size * 0.6
    if half + 3 <= circle.radius:
        return _label(circle.x, circle.y, half, tall)
    others = [other for other in circles if other != circle]
    beside = (_label(x, y, half, tall) for x, y in _beside(circle, half, tall, inside))
    found = next((label for label in beside if _free(label.box, inside, others, taken)), None)
    return found or (_apart(circle, (half, tall), inside, others, taken) if len(circles) <= CROWD else None)


def _beside(circle: Circle, half: float, tall: float, inside: Box) -> Iterator[tuple[float, float]]:
    """Right, left, below, above; then the same aside, so that the words begin or end at the bubble."""
    left, right, down = circle.x - circle.radius - 3 - half, circle.x + circle.radius + 3 + half, circle.radius + tall + 1
    middle = min(max(circle.x, inside.left + half), inside.right - half)
    yield from ((right, circle.y), (left, circle.y), (middle, circle.y + down), (middle, circle.y - down))
    for x in (circle.x + half - 4, circle.x - half + 4):
        yield from ((x, circle.y + down), (x, circle.y - down))


def _apart(circle: Circle, size: tuple[float, float], inside: Box, others: Sequence[Circle], taken: Sequence[Box]) -> Label | None:
    """A free place around the bubble, the nearest first, from which a line to the bubble crosses nothing."""
    half, tall = size
    reach = circle.radius + REACHES[-1] + 2 * half
    near = [other for other in others if math.hypot(other.x - circle.x, other.y - circle.y) < reach + other.radius]
    for away, turn in itertools.product(REACHES, range(TURNS)):
        across, down = math.cos(2 * math.pi * turn / TURNS), math.sin(2 * math.pi * turn / TURNS)
        x, y = circle.x + (circle.radius + away) * across, circle.y + (circle.radius + away) * down
        label = Label(x + half * across, y, _label(x + half * across, y, half, tall).box, apart=True)
        if _free(label.box, inside, near, taken) and _clear(label.line(circle), near, taken):
            return label
    return None


def _clear(line: tuple[float, float, float, float], circles: Sequence[Circle], taken: Sequence[Box]) -> bool:
    """Whether a line crosses no bubble and no words, looked at in some of its points."""
    x, y, to_x, to_y = line
    points = [(x + (to_x - x) * part / 6, y + (to_y - y) * part / 6) for part in range(1, 6)]
    dots = [Box(across, down, across + 0.1, down + 0.1) for across, down in points]
    return not any(circle.under(dot) for dot in dots for circle in circles) and not any(box.meets(dot) for dot in dots for box in taken)


def _label(x: float, y: float, half: float, tall: float) -> Label:
    return Label(x, y, Box(x - half, y - tall, x + half, y + tall))


def _free(box: Box, inside: Box, circles: Sequence[Circle], taken: Sequence[Box]) -> bool:
    return inside.holds(box) and not any(circle.under(box) for circle in circles) and not any(map(box.meets, taken))
