"""What is to be written where a plan mentions one of the customer's people, when the person is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kamgen.edit import Change, mention
from kamgen.model.plan import Plan


def renamed(plan: Plan, tree: Mapping[str, Any], index: int, facts: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes of a plan's text that keep every mention of a person, who gets another id or name: id for id, name for name.

    `tree` is the front matter as it is written. Where another has the new name, or it as an id, the id stands in the place of the name.
    What `visibility` says of the person is kept too.
    """
    id = plan.contacts[index].id
    return mention.renamed(tree, _words(plan, index, facts), {id: str(facts.get("id", id))})


def _words(plan: Plan, index: int, facts: Mapping[str, Any]) -> dict[str, str]:
    """What means the person now, and what will; a name that others have, or have as an id, does not mean this one."""
    one, others = plan.contacts[index], [*plan.contacts[:index], *plan.contacts[index + 1 :]]
    taken = {name for other in others for name in (other.id, other.name)}
    id, name = str(facts.get("id", one.id)), str(facts.get("name", one.name))
    by_name = {one.name: id if name in taken else name} if one.name not in taken else {}
    return {**by_name, one.id: id}
