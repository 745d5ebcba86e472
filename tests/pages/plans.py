"""Plans for page tests: one in which every key is filled with a value of its own, and small ones written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from kamgen import workspace
from kamgen.account import Account
from kamgen.frozen import with_values
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, Scalar, TableOf
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from kamgen.node import Document
from kamgen.site import Site

AS_OF = dt.date(2026, 5, 6)
HERE = Path(__file__).parent / "account"
SETTINGS = (HERE / "portfolio.yml").read_text(encoding="utf-8")
OWN = "x_own"
PEOPLE = ("anna", "berta")
"""Contacts that others refer to: a reference to a contact without a name is never shown."""


class Leaf(NamedTuple):
    """A single value of a plan: the field it stands in, its number among all, and whether it is the other of two."""

    path: str
    number: int
    other: bool

    @property
    def word(self) -> str:
        """A word that stands nowhere else."""
        return f"{'other' if self.other else 'marker'}{self.number}end"


Make = Callable[[Kind, Leaf], Any]


def leaves(cls: Any = Plan, path: str = "") -> Iterator[tuple[str, Kind]]:
    """Every key that holds single values, and every place for a key of the company's own."""
    for key in keys(cls):
        here = f"{path}.{key.name}".removeprefix(".")
        kind = inner(key.kind)
        if isinstance(kind, RecordOf):
            yield from leaves(kind.record, here)
        else:
            yield here, kind
    yield f"{path}.{OWN}".removeprefix("."), TEXT


TEXT = next(key.kind for key in keys(Plan) if key.name == "account")


def inner(kind: Kind) -> Kind:
    """What a list or a table is of."""
    while isinstance(kind, ListOf | TableOf):
        kind = kind.item if isinstance(kind, ListOf) else kind.value
    return kind


NUMBERS: Mapping[str, int] = {path: number for number, (path, _) in enumerate(leaves())}


def filled(make: Make, changed: str = "") -> Plan:
    """A plan with every key filled by `make`; `changed` gets the other of two values."""
    plan: Plan = _record(Plan, "", make, changed)
    extra = tuple(with_values(_blank_contact(plan), id=name, name=f"{name.title()} Named") for name in PEOPLE)
    return with_values(plan, id="filled", contacts=(*plan.contacts, *extra), body=f"## {make(TEXT, Leaf('body', 9999, other=False))}\n")


def _blank_contact(plan: Plan) -> Any:
    return plan.contacts[0].__class__(name="")


def _record(cls: Any, path: str, make: Make, changed: str) -> Any:
    values = {key.attribute: _value(key.kind, f"{path}.{key.name}".removeprefix("."), make, changed) for key in keys(cls)}
    own = f"{path}.{OWN}".removeprefix(".")
    return cls(**values, custom={OWN: make(TEXT, Leaf(own, NUMBERS[own], own == changed))})


def _value(kind: Kind, path: str, make: Make, changed: str) -> Any:
    match kind:
        case ListOf():
            return (_value(kind.item, path, make, changed),)
        case TableOf():
            name = make(kind.key, Leaf(path, NUMBERS[path], path == changed)) if path in NUMBERS else "marker-requirement"
            return {name: _value(kind.value, path, make, changed)}
        case RecordOf():
            return _record(kind.record, path, make, changed)
        case _:
            return make(kind, Leaf(path, NUMBERS[path], path == changed))


def marked(kind: Kind, leaf: Leaf) -> Any:
    """A value of its own for each key, of the right kind."""
    if isinstance(kind, Reference):
        return PEOPLE[leaf.other] if kind.target == "contact" else leaf.word
    assert isinstance(kind, Scalar)
    if kind.choices:
        return kind.choices[leaf.other]
    name, n, other = kind.name, leaf.number, leaf.other
    simple: Mapping[str, Callable[[], Any]] = {
        "date": lambda: dt.date(2001 + 10 * other, 1, 1) + dt.timedelta(days=n),
        "time": lambda: dt.time(12 + other, 34),
        "flag": lambda: (leaf.path != "activities.booked") != other,
        "link": lambda: f"https://{leaf.word}.example/x",
        "month": lambda: f"200{1 + other}-01",
        "currency": lambda: ("NOK", "SEK")[other],
        "whole": lambda: kind.schema["minimum"] + 1 + (n % 2 if kind.schema["maximum"] < 9 else n % 150) + other,
        "share": lambda: Decimal(n % 40 + 1 + 41 * other) / 100,
        "margin": lambda: Decimal(n % 40 + 1 + 41 * other) / 100,
        "number": lambda: Decimal(1000 + n + 5000 * other),
        "amount": lambda: Decimal(1000 + n + 5000 * other),
    }
    return simple[name]() if name in simple else leaf.word


def site_of(root: Path, plans: Mapping[str, str], settings: str = SETTINGS) -> Site:
    """The site of some plans, written as files."""
    folder = root / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "portfolio.yml").write_text(settings, encoding="utf-8")
    for name, text in plans.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return Site(workspace.load(root, AS_OF))


def with_plan(site: Site, plan: Plan) -> Site:
    """The same site with one account, whose plan was made in memory."""
    account = Account(plan.id, f"plans/{plan.id}.md", Document("plans/filled.md", "", None, "", 1, ()), plan, (), None, ())
    return Site(with_values(site.workspace, accounts=(account,), diagnostics=()))
