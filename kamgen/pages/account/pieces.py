"""The small pieces of HTML that a page of a thousand values cannot ask a template for one by one; all that goes in is escaped.

A value is `Markup` where it is HTML already (a date, a link, a list, prose) and plain text everywhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup
from markupsafe import escape as as_markup

from kamgen.prose import safe_link

SHORT: Final = 30
"""Letters up to which a value is a word or two and no sentence."""
Row = tuple[str, str]
"""A label and a value."""


@lru_cache(maxsize=16384)
def escape(text: str) -> str:
    """Text as HTML. A portfolio says the same names and words over and over."""
    return str(as_markup(text))


def html(value: str) -> str:
    """A value as HTML: text is escaped, `Markup` stays."""
    return value if value.__class__ is Markup else escape(value)


def ready(markup: str) -> Markup:
    """What was put together from escaped values, so that a template does not escape it again."""
    return Markup(markup)  # noqa: S704  (every function of this module escapes what it is given)


@lru_cache(maxsize=8192)
def dated(day: dt.date) -> Markup:
    """A day for people and machines."""
    iso = day.isoformat()
    return ready(f'<time datetime="{iso}">{iso}</time>')


def linked(address: str) -> str:
    """A link where the scheme is allowed, else the address as text."""
    target = safe_link(address)
    return anchor(target, target.partition("://")[2] or target) if target else address


def anchor(target: str, text: str) -> Markup:
    """A link to another place."""
    return ready(f'<a href="{escape(target)}" rel="noopener">{escape(text)}</a>')


def listed(parts: Sequence[str]) -> str:
    """Several values: short ones in one line, sentences one below the other."""
    short = all(len(part) <= SHORT and part.__class__ is str and "," not in part for part in parts)
    return ", ".join([part for part in parts if part]) if short else bulleted(parts)


def bulleted(parts: Iterable[str]) -> str:
    """Several values one below the other; a single one as it is."""
    shown = [part for part in parts if part]
    if len(shown) < 2:
        return shown[0] if shown else ""
    return ready('<ul class="kg-list"><li>' + "</li><li>".join([html(part) for part in shown]) + "</li></ul>")


def joined(parts: Sequence[str], by: str = ", ") -> str:
    """Several values in one line."""
    if all(part.__class__ is str for part in parts):
        return by.join(parts)
    return ready(escape(by).join([html(part) for part in parts]))


def paired(name: str, value: str) -> str:
    """A name and its value."""
    return f"{name}: {value}" if value.__class__ is str else ready(f"{html(name)}: {html(value)}")


def state(mark: str, words: str, more: str) -> Markup:
    """A state in words, marked, and the numbers it comes from. `mark` is one of kamgen's own words."""
    return ready(f'<span class="kg-state kg-state--{escape(mark)}">{escape(words)}</span> <span class="kg-numbers">{escape(more)}</span>')


def headline(day: Markup, mark: str, status: str, late: str, subject: str) -> Markup:
    """The first line of an activity: when, its state in words, how long it is overdue, what it is about."""
    age = f' <strong class="kg-late">{escape(late)}</strong>' if late else ""
    return ready(f'{day} <span class="kg-state kg-state--{escape(mark)}">{escape(status)}</span>{age} <strong>{escape(subject)}</strong>')


def byline(about: str, people: str, name: str) -> Markup:
    """The second line of an activity: what sort it is, who takes part, what the commands call it."""
    called = f' <code class="kg-id">{escape(name)}</code>' if name else ""
    return ready(f"{escape(about)}{f'<br>{escape(people)}' if people else ''}{called}")


def definitions(rows: Iterable[Row]) -> Markup:
    """The inside of a definition list."""
    return ready("".join([f"<div><dt>{html(label)}</dt><dd>{html(value)}</dd></div>\n" for label, value in rows]))


def table_head(titles: Iterable[str]) -> Markup:
    """The line of a table that names its columns."""
    return ready("<tr>" + "".join([f'<th scope="col">{html(title)}</th>' for title in titles]) + "</tr>")


def table_line(cells: Sequence[str], titles: Sequence[str] = (), more: Sequence[Row] = (), mark: str = "") -> str:
    """A line of a table; the first cell names it and holds `more`. With `titles` every other cell knows its column's name."""
    named = f' class="kg-line--{escape(mark)}"' if mark else ""
    extra = f'<dl class="kg-more">{definitions(more)}</dl>' if more else ""
    first = f'<tr{named}><th scope="row">{html(cells[0])}{extra}</th>'
    if titles:
        rest = [f'<td data-label="{html(title)}">{html(value)}</td>' for title, value in zip(titles[1:], cells[1:], strict=True)]
    else:
        rest = [f"<td>{html(value)}</td>" for value in cells[1:]]
    return f"{first}{''.join(rest)}</tr>\n"
