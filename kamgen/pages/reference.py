"""The reference of the plan file: every key with what it may hold, in what unit, who sees it, and an example; out of the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from kamgen.message import render
from kamgen.model.kind import Kind, ListOf, Raw, RecordOf, Reference, Scalar, TableOf
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import Key, Record, keys
from kamgen.page import TEMPLATES, Page, page
from kamgen.pages.handbook import INDEX
from kamgen.site import Site

SKELETON: Final = TEMPLATES / "new" / "plan.md"
PART: Final = re.compile(r"^(\w+):")
SHOWN: Final = re.compile(r"^  # ")
SAMPLES: Final[Mapping[str, str]] = {
    "text": "Spring assortment",
    "prose": "They decide in May; bring the figures.",
    "date": "2026-05-20",
    "month": "2026-05",
    "time": '"10:00"',
    "flag": "true",
    "id": "anna-lind",
    "currency": "EUR",
    "link": "https://files.example/offer.pdf",
    "share": "0.35",
    "margin": "0.31",
    "amount": "60000",
    "number": "12.5",
    "rate": "7.46",
    "custom-key": "x_crm_id",
    "secret": "x7Gk2mQ9vR4tZ8bW",
}
"""An example of every kind of value."""
NAMED: Final[Mapping[str, str]] = {
    "account": "Beslag Nord",
    "currency": "DKK",
    "email": "anna.lind@beslag.example",
    "function": "procurement",
    "lost_reason": "A cheaper second supplier",
    "name": "Anna Lind",
    "phone": '"+46 31 701 64 00"',
    "status_reason": "They have a new owner",
    "tier_reason": "A reference that others in the region look to",
    "title": "Head of procurement",
}
"""A better example for some keys that hold text."""
UNITS: Final = {"amount": "money", "share": "share", "margin": "share", "rate": "rate", "date": "day", "month": "month", "time": "clock"}
"""The kinds that have a unit, and its name in the catalogue."""


@dataclass(frozen=True, slots=True)
class Line:
    """A key of the reference: how many it holds (`one`, `list`, `table`), the kind of each, and the part that describes it."""

    key: Key
    many: str
    form: str
    unit: str
    choices: tuple[str, ...]
    below: str
    example: str
    default: str


@dataclass(frozen=True, slots=True)
class Section:
    """A record: its name, the keys that lead to it, what it is, its lines, and an example that can be pasted."""

    name: str
    paths: tuple[str, ...]
    meaning: str
    lines: tuple[Line, ...]
    example: str


@page("reference")
def reference(site: Site) -> Iterator[Page]:
    """Two pages of the handbook: the plan file, and the portfolio file."""
    for name, record, menu in (("plan-file", Plan, 94), ("portfolio-file", Portfolio, 95)):
        yield Page(
            address=f"{name}.md",
            title=site.say(f"reference.{name}"),
            template="reference.html",
            context=partial(_context, site.near, name, record),
            rests_on=(),
            parent=INDEX,
            menu=menu,
            search=site.say(f"reference.{name}.search"),
            hide=(),
        )


def _context(site: Site, name: str, record: type[Record]) -> Mapping[str, Any]:
    return {"file": name, "sections": list(sections(site, record)), "currency": site.portfolio.currency}


def sections(site: Site, record: type[Record]) -> Iterator[Section]:
    """Every record of a file, in the order in which its keys lead to it, each once."""
    paths: dict[type[Record], list[str]] = {record: []}
    for cls in _walk(record, paths):
        meaning = (cls.__doc__ or "").strip().partition("\n")[0]
        example = _examples().get(paths[cls][0], "") if record is Plan and paths[cls] else ""
        yield Section(cls.__name__.lower(), tuple(paths[cls]), meaning, tuple(_line(site, key) for key in keys(cls)), example)


def _walk(record: type[Record], paths: dict[type[Record], list[str]]) -> Iterable[type[Record]]:
    """The records below one, breadth first; `paths` learns the ways to each."""
    ahead = [record]
    for cls in ahead:
        stem = f"{paths[cls][0]}." if paths[cls] else ""
        for key in keys(cls):
            below = _record(key.kind)
            if below is not None:
                if below not in paths:
                    ahead.append(below)
                paths.setdefault(below, []).append(f"{stem}{key.name}")
    return ahead


def _single(kind: Kind) -> Kind:
    """What a list or a table is of."""
    while isinstance(kind, ListOf | TableOf):
        kind = kind.item if isinstance(kind, ListOf) else kind.value
    return kind


def _record(kind: Kind) -> type[Record] | None:
    single = _single(kind)
    return single.record if isinstance(single, RecordOf) else None


def _line(site: Site, key: Key) -> Line:
    single, below = _single(key.kind), _record(key.kind)
    many = "list" if isinstance(key.kind, ListOf) else "table" if isinstance(key.kind, TableOf) else "one"
    unit = UNITS.get(single.name, "") if isinstance(single, Scalar) else ""
    choices = single.choices if isinstance(single, Scalar) else ()
    default = str(key.default).lower() if isinstance(key.default, bool) else str(key.default) if isinstance(key.default, str | int) else ""
    return Line(key, many, _form(site, single), unit, choices, below.__name__.lower() if below else "", _example(key), default)


def _form(site: Site, kind: Kind) -> str:
    """What a value may be, in the words that the check uses."""
    match kind:
        case Scalar(form=form) | Raw(form=form):
            return render(form, site.language)
        case Reference(target):
            return site.say(f"form.{target}")
        case _:
            return ""


def _example(key: Key) -> str:
    """One line that can be pasted; empty where the value is a record, which has an example of its own."""
    plain = isinstance(key.kind, Scalar) and not key.kind.choices
    value = NAMED.get(key.name, _value(key.kind)) if plain else _value(key.kind)
    return f"{key.name}: {value}" if value else ""


def _value(kind: Kind) -> str:
    match kind:
        case Scalar():
            return kind.choices[0] if kind.choices else str(kind.schema["minimum"] + 1) if kind.name == "whole" else SAMPLES.get(kind.name, "")
        case Reference(target):
            return REFERRED.get(target, target)
        case ListOf(item):
            return f"[{_value(item)}]" if _value(item) else ""
        case TableOf(name, value):
            return f"{{{_name(name)}: {_value(value)}}}" if _value(value) else ""
        case _:
            return ""


def _name(kind: Kind) -> str:
    return "2026" if isinstance(kind, Scalar) and kind.name == "whole" else _value(kind)


REFERRED: Final[Mapping[str, str]] = {
    "person": "kari.nygaard",
    "contact": "anna-lind",
    "tier": "A",
    "goal": "g1",
    "offer": "o1",
    "account": "acme",
    "activity-type": "status-meeting",
    "rule": "no-next-activity",
    "product": "fittings",
}
"""An example of what a reference names; any other is named by what it refers to."""


def _examples() -> Mapping[str, str]:
    """The example of each part of a plan: what the skeleton of a new plan shows, without the marks that keep it out."""
    found: dict[str, list[str]] = {}
    part = ""
    for line in SKELETON.read_text(encoding="utf-8").split("\n"):
        if begun := PART.match(line):
            part = begun[1]
        elif SHOWN.match(line):
            found.setdefault(part, [f"{part}:"]).append(f"  {SHOWN.sub('', line)}")
    return {name: "\n".join(lines) for name, lines in found.items()}
