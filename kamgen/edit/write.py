"""How a new value is written in YAML: groups and lists in lines, short lists in brackets.

Lines are given without the indentation of the first, which stands behind something; the others have theirs.
"""

from __future__ import annotations

from typing import Any

from kamgen.edit import scalar
from kamgen.edit.span import Style

SHORT = 60
"""Texts longer than this stand on lines of their own, also in a list."""


def flow(value: Any, quote: str = "") -> str:
    """A value on one line, in brackets where it is a list or a group."""
    match value:
        case None:
            return "null"
        case str():
            return scalar.inline(value, flow=True, quote=quote)
        case list():
            return f"[{', '.join(map(flow, value))}]"
        case _:
            return f"{{{', '.join(pair(name, below) for name, below in value.items())}}}"


def pair(name: str, value: Any) -> str:
    """One key and its value in braces."""
    return f"{scalar.key(name, flow=True)}: {flow(value)}"


def entry(name: str, value: Any, column: int, style: Style) -> list[str]:
    """The lines of one key that stands in `column`, with its value."""
    written = scalar.key(name, flow=False)
    first, *rest = behind(value, column, column + len(written) + 2, style)
    return [f"{written}: {first}".rstrip(" ") if first else f"{written}:", *rest]


def entries(value: dict[str, Any], column: int, style: Style) -> list[str]:
    """The lines of a group whose keys stand in `column`."""
    lines = [entry(name, below, column, style) for name, below in value.items()]
    return [*lines[0], *(line for first, *rest in lines[1:] for line in (" " * column + first, *rest))]


def item(value: Any, column: int, style: Style) -> list[str]:
    """The lines of one item whose dash stands in `column`."""
    if not style.lines:
        return [f"- {flow(value)}"]
    if isinstance(value, dict) and value:
        first, *rest = entries(value, column + 2, style)
    elif isinstance(value, list) and not _is_short(value, column, style):
        first, *rest = _items(value, column + 2, style)
    else:
        first, *rest = behind(value, column, column + 2, style, dash=True)
    return [f"- {first}", *rest]


def _items(value: list[Any], column: int, style: Style) -> list[str]:
    lines = [item(below, column, style) for below in value]
    return [*lines[0], *(line for first, *rest in lines[1:] for line in (" " * column + first, *rest))]


def behind(value: Any, column: int, used: int, style: Style, before: str = "", *, dash: bool = False) -> list[str]:
    """What stands behind a colon or a dash: the rest of its line, empty for lines of their own, and those lines.

    `column` is that of the key or the dash, and the line is used up to `used`. `before` is the mark of the text that it replaces.
    """
    if not style.lines:
        return [flow(value) if not isinstance(value, str) else scalar.inline(value, flow=False, quote=before.strip("|>"))]
    step, offset = (2, 2) if dash else (style.step, style.offset)
    if isinstance(value, str):
        first, *rest = scalar.written(value, used, column + step, style.width, before)
        return [first, *(" " * (column + step) + line if line else "" for line in rest)]
    if isinstance(value, dict) and value:
        inner = column + step
        return ["", *_moved(entries(value, inner, style), inner)]
    if isinstance(value, list) and not _is_short(value, used, style):
        inner = column + offset
        return ["", *_moved(_items(value, inner, style), inner)]
    return [flow(value)]


def _moved(lines: list[str], column: int) -> list[str]:
    return [" " * column + lines[0], *lines[1:]]


def _is_short(value: list[Any], used: int, style: Style) -> bool:
    """Whether a list stands in brackets: few short texts, or nothing at all."""
    plain = all(below is None or (isinstance(below, str) and len(below) <= SHORT and "\n" not in below) for below in value)
    return plain and used + len(flow(value)) <= style.width
