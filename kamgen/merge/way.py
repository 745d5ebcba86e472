"""The way to a value in words, as people call what stands there."""

from __future__ import annotations

from typing import Any

from kamgen.frozen import Frozen
from kamgen.message import has, say
from kamgen.node import NAMING, called


class Way(Frozen):
    """`keys` are those of the file, without the items between them; `words` are for people."""

    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The last key."""
        return self.keys[-1] if self.keys else ""

    def to_key(self, name: str) -> Way:
        """One step further: the value of a key."""
        keys = (*self.keys, name)
        label = f"label.{'.'.join(keys)}"
        return Way(keys, (*self.words, say(label) if has(label) else name))

    def to_item(self, item: Any, index: int) -> Way:
        """One step further: an item of a list."""
        given = item if isinstance(item, dict) else {}
        name = called({key: given[key] for key in NAMING if isinstance(given.get(key), str)}, index)
        return Way(self.keys, (*self.words, name))

    def __str__(self) -> str:
        return ", ".join(self.words)
