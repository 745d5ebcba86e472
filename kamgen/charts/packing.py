"""Where bubbles and their labels stand, so that none hides another: the largest first, the same on every machine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from kamgen.charts.lettering import width
from kamgen.frozen import Frozen

TURN: Final = math.pi * (3 - math.sqrt(5))
"""The angle between two places of a spiral that leaves no gaps: the golden one."""
STEPS: Final = 500
GAP: Final = 1.5


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
    """Words at a bubble: the place of their middle, and the room they take."""

    x: float
    y: float
    box: Box


def labelled(words: str, circle: Circle, size: float, inside: Box, circles: Sequence[Circle], taken: Sequence[Box]) -> Label | None:
    """A place for a bubble's label: on it, else beside it where nothing is hidden; None where there is none."""
    half, tall = width(words, size) / 2, size * 0.6
    if half + 3 <= circle.radius:
        return _label(circle.x, circle.y, half, tall)
    others = [other for other in circles if other != circle]
    left, right, down = circle.x - circle.radius - 3 - half, circle.x + circle.radius + 3 + half, circle.radius + tall + 1
    middle = min(max(circle.x, inside.left + half), inside.right - half)
    places = ((right, circle.y), (left, circle.y), (middle, circle.y + down), (middle, circle.y - down))
    found = (_label(x, y, half, tall) for x, y in places)
    return next((label for label in found if _free(label.box, inside, others, taken)), None)


def _label(x: float, y: float, half: float, tall: float) -> Label:
    return Label(x, y, Box(x - half, y - tall, x + half, y + tall))


def _free(box: Box, inside: Box, circles: Sequence[Circle], taken: Sequence[Box]) -> bool:
    return inside.holds(box) and not any(circle.under(box) for circle in circles) and not any(map(box.meets, taken))
