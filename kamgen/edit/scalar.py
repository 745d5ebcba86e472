"""How one text is written: plain where the strict reader reads it back, else in quotes; prose in lines of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from kamgen.document import read_mapping
from kamgen.parse import as_data

ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@lru_cache(256)
def inline(text: str, *, flow: bool, quote: str = "") -> str:
    """A text on one line. `quote` is the quote that stood there before, and is kept."""
    double = f'"{text.translate(ESCAPES)}"'
    single = "'{}'".format(text.replace("'", "''"))
    favoured = [single, double] if quote == "'" or (not quote and '"' in text) else [double, single]
    candidates = favoured if quote else [text, *favoured]
    return next((candidate for candidate in candidates if _reads_back(_around(candidate, flow=flow), [text, text])), double)


@lru_cache(256)
def key(name: str, *, flow: bool) -> str:
    """A key as it is written before its colon."""
    quoted = f'"{name.translate(ESCAPES)}"'
    return name if _reads_back(f"{{{name}: x}}" if flow else f"{name}: x\n", "x", name) else quoted


def block(text: str, mark: str, width: int) -> list[str]:
    """A text in lines of its own: `|-` or `>-`, then the lines, not moved in yet. Empty where it cannot be written so."""
    ended = text.endswith("\n")
    lines = (text[:-1] if ended else text).split("\n")
    if "\r" in text or any(line != line.rstrip() for line in lines) or not (lines[0] and lines[-1]):
        return []
    if mark == ">":
        lines = _wrapped(lines[0], width) if len(lines) == 1 else []
    header = mark if ended else f"{mark}-"
    moved = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return [header, *lines] if lines and _reads_back(f"a:\n  b: {header}\n{moved}", {"b": text}) else []


def written(text: str, used: int, column: int, width: int, before: str = "") -> list[str]:
    """The lines of a text that begins behind the column `used`, or in lines of its own in `column`; none is to be wider than `width`.

    `before` is the mark that stood there: `|`, `>`, a quote or nothing.
    """
    if before in {"|", ">"}:
        lines = block(text, before, width - column) or block(text, "|", width - column)
    elif "\n" in text:
        lines = block(text, "|", width)
    else:
        lines = block(text, ">", width - column) if used + len(text) > width else []
    return lines or [inline(text, flow=False, quote=before.strip("|>"))]


def _wrapped(text: str, width: int) -> list[str]:
    """The words of a text in lines; empty where it has spaces that would be lost."""
    words = text.split(" ")
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if all(words) else []


def _around(candidate: str, *, flow: bool) -> str:
    return f"{{a: [{candidate}, {candidate}]}}" if flow else f"a:\n- {candidate}\n- {candidate}\n"


def _reads_back(front: str, expected: Any, name: str = "a") -> bool:
    root, problems = read_mapping(front)
    return root is not None and not problems and as_data(root) == {name: expected}
