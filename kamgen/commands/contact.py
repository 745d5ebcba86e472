"""`kamgen contact`: the customer's people, new, changed and gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from kamgen.commands import pick
from kamgen.commands.completion import of_contacts, of_us
from kamgen.commands.desk import carry_out
from kamgen.commands.office import Desk, of_account
from kamgen.commands.place import Misuse
from kamgen.commands.words import DATES, account_argument, contact_of, dates, dry_run_option, office_of, one_line
from kamgen.intent import Intended
from kamgen.intent.contact import FIELDS, added, changed, number_of
from kamgen.intent.contact import left as has_left
from kamgen.message import say
from kamgen.model.kind import Kind, Reference, Scalar
from kamgen.model.people import Contact
from kamgen.model.record import Key, keys

Function = TypeVar("Function", bound=Callable[..., Any])
LASTING: Final = ("id", "name")
"""What everybody has."""
COMPLETED = {"person": of_us, "contact": of_contacts}


def facts_of_a_contact(function: Function) -> Function:
    """An option for every fact of a person, from the model."""
    for entry in reversed([entry for entry in keys(Contact) if entry.name in FIELDS]):
        function = _option(entry)(function)
    return function


def _option(entry: Key) -> Any:
    kind: Kind = entry.kind
    choices = click.Choice(kind.choices) if isinstance(kind, Scalar) and kind.choices else None
    complete = COMPLETED.get(kind.target) if isinstance(kind, Reference) else None
    metavar = None if choices else "PERSON" if isinstance(kind, Reference) else entry.name.upper()
    return click.option(
        f"--{entry.name.replace('_', '-')}", entry.name, type=choices, metavar=metavar, shell_complete=complete, help=f"{entry.meaning}."
    )


@click.group()
def contact() -> None:
    """Keep the customer's people: add one, change what is said of one, tell that one has left."""


@contact.command()
@account_argument
@click.argument("new_name", metavar="NAME")
@facts_of_a_contact
@dry_run_option
def add(account: str, new_name: str, dry_run: bool, **given: Any) -> int:
    """Add a person."""
    here, path = office_of(account)
    return carry_out(here, path, lambda desk: added(desk.plan, {**_said(desk, given), "name": one_line(new_name)}), dry_run=dry_run, thorough=True)


@contact.command()
@account_argument
@click.argument("person", shell_complete=of_contacts)
@facts_of_a_contact
@dry_run_option
def edit(account: str, person: str, dry_run: bool, **given: Any) -> int:
    """Change what is said of a person. What names the person elsewhere in the plan follows a new name or id."""
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        meant = contact_of(person, desk)
        _nothing_blank(desk, given, meant)
        return changed(desk.plan, desk.tree, number_of(desk.plan, meant), _said(desk, given))

    return carry_out(here, path, decide, dry_run=dry_run, thorough=True)


@contact.command()
@account_argument
@click.argument("person", shell_complete=of_contacts)
@click.option("--date", metavar="DATE", default="today", show_default=True, help=f"The day the person left, {DATES}.")
@dry_run_option
def left(account: str, person: str, date: str, dry_run: bool) -> int:
    """Write down that a person has left; what is planned with them is named."""
    here, path = office_of(account)

    def decide(desk: Desk) -> Intended:
        return has_left(desk.diary, number_of(desk.plan, contact_of(person, desk)), dates(date, here.today, back=True))

    return carry_out(here, path, decide, dry_run=dry_run, thorough=True)


def _nothing_blank(desk: Desk, given: dict[str, Any], contact: str) -> None:
    """Raises Misuse where a fact says nothing: it is taken out by another command."""
    for name, value in given.items():
        if value is not None and not value.strip():
            sentence = "said.blank" if name in LASTING else "said.blank.clear"
            words = say(sentence, option=f"--{name.replace('_', '-')}", field=name, id=desk.plan.id, contact=contact)
            raise Misuse(of_account(desk.plan, words))


def _said(desk: Desk, given: dict[str, Any]) -> dict[str, Any]:
    """What was given, with people by their ids and days as they are written. Raises Misuse."""
    facts = {name: value for name, value in given.items() if value is not None and value.strip()}
    if "name" in facts:
        facts["name"] = one_line(facts["name"])
    if "our_contact" in facts:
        facts["our_contact"] = pick.person(desk.office.portfolio, facts["our_contact"]).id
    if "reports_to" in facts:
        facts["reports_to"] = contact_of(facts["reports_to"], desk)
    if "since" in facts:
        facts["since"] = dates(facts["since"], desk.office.today, back=True)
    return facts
