"""Changes inside brackets: `[...]` and `{...}`, on one line or on several, with comments between."""

from __future__ import annotations

from kamgen.edit.span import COMMA, Group, Splice, children, end_of, line_end, line_start, next_line, opens_line, starts


def insert(text: str, group: Group, index: int, piece: str, eol: str) -> Splice:
    """One more entry, before the entry `index`."""
    if not group.items:
        inner = text[group.start.index + 1 : group.end.index - 1]
        start = group.end.index - 1 if inner.strip() else group.start.index + 1
        return Splice(start, group.end.index - 1, piece)
    begins = starts(text, group)
    if index == 0:
        first = begins[0]
        gap = eol + " " * (first - line_start(text, first)) if opens_line(text, first) else " "
        return Splice(first, first, f"{piece},{gap}")
    begin, end = begins[index - 1], end_of(text, children(group)[index - 1])
    own_line = opens_line(text, begin) and _below(text, begin, end, piece, eol)
    return own_line or Splice(end, end, f", {piece}")


def _below(text: str, begin: int, end: int, piece: str, eol: str) -> Splice | None:
    """A line of its own below the entry from `begin` to `end`; None where something else stands on that line."""
    comma = COMMA.match(text, end)
    stop = line_end(text, comma.end() if comma else end)
    rest = text[comma.end() if comma else end : stop].strip()
    if rest and not rest.startswith("#"):
        return None
    line = eol + " " * (begin - line_start(text, begin)) + piece
    return Splice(stop, stop, f"{line},") if comma else Splice(end, stop, f",{text[end:stop]}{line}")


def remove(text: str, group: Group, index: int) -> Splice:
    """One entry less, with its comma."""
    begins, below = starts(text, group), children(group)
    begin, end = begins[index], end_of(text, below[index])
    comma = COMMA.match(text, end)
    stop = comma.end() if comma else end
    rest = text[stop : line_end(text, stop)].strip()
    if opens_line(text, begin) and (not rest or rest.startswith("#")):
        return Splice(line_start(text, begin), next_line(text, stop), "")
    if index + 1 < len(begins):
        following = begins[index + 1]
        return Splice(begin, stop if "#" in text[end:following] else following, "")
    ahead = end_of(text, below[index - 1]) if index else begin
    return Splice(begin, stop, "") if not index or "#" in text[ahead:begin] else Splice(ahead, end, "")
