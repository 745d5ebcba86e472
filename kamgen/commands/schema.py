"""`kamgen schema`: the JSON Schema of a file, for editors and other programs."""

from __future__ import annotations

import json
from typing import Any, Final

import click

from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import Record
from kamgen.model.schema import schema_of
from kamgen.ruleset import Ruleset

FILES: Final[dict[str, tuple[type[Record], str]]] = {
    "plan": (Plan, "kamgen account plan"),
    "portfolio": (Portfolio, "kamgen portfolio"),
    "rules": (Ruleset, "kamgen rule set"),
}


@click.command()
@click.argument("part", type=click.Choice(tuple(FILES)), default="plan")
def schema(part: str) -> None:
    """Print the JSON Schema of the plan file, of plans/portfolio.yml, or of a rule set.

    Editors check plans with it while you type, and offer the keys with their meaning.
    """
    click.echo(json.dumps(schema_for(part), ensure_ascii=False, indent=2))


def schema_for(part: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a `plan`, the `portfolio` file, or the `rules` of a company."""
    record, title = FILES[part]
    return schema_of(record, title, {"ruleset": Ruleset})
