"""`kamgen set`: one field of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import click

from kamgen import spoken
from kamgen.commands import pick
from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk
from kamgen.commands.place import Misuse
from kamgen.commands.words import account_argument, contact_of, dry_run_option, office_of, with_words
from kamgen.intent import Intended
from kamgen.intent.contact import changed
from kamgen.intent.field import Field, cleared, field_of, found, put, value_of
from kamgen.intent.guard import guard, touched
from kamgen.message import say
from kamgen.model.kind import DATE, Kind, ListOf, RecordOf, Reference, Scalar
from kamgen.model.plan import Plan
from kamgen.model.record import keys

BELOW_NOTHING: Final = re.compile(r"-[0-9.]+")


def _fields(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The fields that a shell completes: `tier`, `company.city`."""
    return [name for name in _all(RecordOf(Plan)) if name.startswith(begun)]


def _all(kind: Kind, before: str = "") -> Iterator[str]:
    for entry in keys(kind.record) if isinstance(kind, RecordOf) else ():
        yield before + entry.name
        yield from _all(entry.kind, f"{before}{entry.name}.")


class Amounts(click.Command):
    """A command that takes `-5` for an amount below nothing, not for an option."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Where an amount below nothing is said, what looks like an option and is none is a value."""
        context.ignore_unknown_options = any(BELOW_NOTHING.fullmatch(word) for word in args)
        return super().parse_args(context, args)


@click.command(cls=Amounts)
@account_argument
@click.argument("field", metavar="FIELD", required=False, shell_complete=_fields)
@click.argument("values", metavar="VALUE...", nargs=-1)
@click.option("--reason", metavar="TEXT", callback=with_words, help="Why, where a field has its reason beside it: status, tier.")
@click.option("--clear", is_flag=True, help="Take the field out.")
@dry_run_option
def set(account: str, field: str | None, values: tuple[str, ...], reason: str | None, clear: bool, dry_run: bool) -> int:
    """Set one field of a plan.

    FIELD is a key like tier or potential, or the way to it: company.city, contacts.anna-lind.phone, goals.g1.actual,
    sales.fittings.actual.2026. A list like company.products takes several values.
    """
    if not field or not field.strip():
        raise Misuse(say("said.no-field"))
    if clear == bool("".join(values).strip()):
        raise Misuse(say("set.value-or-clear"))
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        data = desk.tree
        meant = field_of(field, data, [contact.id for contact in desk.plan.contacts])
        value = None if clear else _meant(desk, meant, value_of(meant, values))
        guard(desk.diary, meant.path, value)
        if meant.path == ("account",) and value and (there := pick.named(here.root, value, path)):
            raise Misuse(say("new.named", name=pick.quoted(value), path=there))
        if value is not None and _calls_somebody(meant):
            return changed(desk.plan, data, int(meant.path[1]), {str(meant.path[2]): value})
        intended = cleared(data, meant) if clear else put(data, meant, value, reason)
        return intended if found(data, meant) == value else touched(desk.diary, intended, meant.path)

    return carry_out(here, path, decide, dry_run=dry_run, thorough=True)


def _calls_somebody(field: Field) -> bool:
    """Whether a field is the id or the name of one of the customer's people, which others refer to."""
    return field.path[0] == "contacts" and field.path[2:] in {("id",), ("name",)}


def _meant(desk: Desk, field: Field, value: str | list[str]) -> Any:
    """A value as the plan writes it: people by their ids, days in ISO form. What does not fit is told when the plan is read again."""
    kind = field.kind.item if isinstance(field.kind, ListOf) else field.kind
    return [_one(desk, kind, word) for word in value] if isinstance(value, list) else _one(desk, kind, value)


def _one(desk: Desk, kind: Kind | None, word: str) -> str:
    if isinstance(kind, Reference) and kind.target == "person":
        return pick.person(desk.office.portfolio, word).id
    if isinstance(kind, Reference) and kind.target == "contact":
        return contact_of(word, desk)
    return _day(word, desk) if isinstance(kind, Scalar) and kind is DATE else word


def _day(word: str, desk: Desk) -> str:
    try:
        return spoken.day(word, desk.office.today).isoformat()
    except spoken.TooFarError:
        raise Misuse(say("said.too-far", text=word)) from None
    except ValueError:
        return word
