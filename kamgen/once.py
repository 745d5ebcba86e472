"""What is made once, when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Name = TypeVar("Name")
Thing = TypeVar("Thing")


class Once(dict[Name, Thing]):
    """Name -> what `make` makes of it: nothing that nobody asks for, and nothing twice. Raises what `make` raises."""

    def __init__(self, make: Callable[[Name], Thing]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: Name) -> Thing:
        found = self[name] = self._make(name)
        return found
