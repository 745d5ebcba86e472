"""What an edit has written, as programs read it: the fields by the names that `kamgen set` takes, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kamgen.cadence import next_activity
from kamgen.commands import judged
from kamgen.commands.office import Desk
from kamgen.diagnostic import Diagnostic, FieldPath, Message
from kamgen.edit import Change, Insert
from kamgen.frozen import Frozen
from kamgen.message import render


class Revision(Frozen):
    """A plan after an edit: what it was before, the changes, what they come to in sentences, and the errors that they bring.

    `brought` is None where a command of the day does without the rules.
    """

    before: Desk
    after: Desk
    changes: tuple[Change, ...]
    told: tuple[Message, ...]
    brought: tuple[Diagnostic, ...] | None = None

    @property
    def did(self) -> list[str]:
        """What was done, in sentences without the account's name."""
        return [render(message) for message in self.told]


def as_object(made: Revision, difference: str | None) -> dict[str, Any]:
    """The object that `kamgen.commands.answer` describes."""
    after = made.after
    fields = [field for field in dict.fromkeys(_fields(made)) if _at(made.before.tree, field) != _at(after.tree, field)]
    return {
        "account": after.plan.id,
        "path": after.path,
        "changed": after.data != made.before.data,
        "did": made.did,
        "activities": _ids(after, fields, "activities"),
        "contacts": _ids(after, fields, "contacts"),
        "fields": {_called(after, field): _at(after.tree, field) for field in fields},
        "next": _next(after),
        "errors": None if made.brought is None else judged.in_json(made.brought),
        "diff": difference,
    }


def _fields(made: Revision) -> Iterator[FieldPath]:
    """The place of everything that was written; of a new item, of each of its keys."""
    tree, more = made.before.tree, dict[FieldPath, int]()
    for change in made.changes:
        if not isinstance(change, Insert):
            yield change.field
            continue
        index = len(_at(tree, change.field) or ()) + more.get(change.field, 0)
        more[change.field] = more.get(change.field, 0) + 1
        yield from ((*change.field, index, str(name)) for name in change.value) if isinstance(change.value, dict) else (change.field,)


def _at(here: Any, field: Iterable[str | int]) -> Any:
    for step in field:
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here


def _called(desk: Desk, field: FieldPath) -> str:
    """`activities.spring.note`: an item by its id, else by its number from 1."""
    return ".".join(str(step) if isinstance(step, str) else _name(desk, field[: place + 1]) for place, step in enumerate(field))


def _name(desk: Desk, field: FieldPath) -> str:
    item, index = _at(desk.tree, field), int(field[-1])
    if field[:-1] == ("contacts",):
        return desk.plan.contacts[index].id
    return str(item["id"]) if isinstance(item, dict) and item.get("id") else str(index + 1)


def _ids(desk: Desk, fields: Sequence[FieldPath], name: str) -> list[str]:
    """The ids of the items of a list that were written; one without an id has none to tell."""
    ids = [one.id for one in (desk.plan.activities if name == "activities" else desk.plan.contacts)]
    touched = {int(field[1]) for field in fields if len(field) > 1 and field[0] == name}
    return [given for index, given in enumerate(ids) if index in touched and given]


def _next(desk: Desk) -> dict[str, Any] | None:
    found = next_activity(desk.plan, desk.office.ruleset, desk.office.today)
    return None if found is None else {"date": found.date.isoformat(), "type": found.type, "id": found.id, "contacts": list(found.contacts)}
