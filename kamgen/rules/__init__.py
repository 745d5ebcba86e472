"""The rules, a file per family. Importing this package registers all of them."""

from kamgen.rules import (
    activities,
    cadence,
    classification,
    feedback,
    files,
    goals,
    governance,
    money,
    notes,
    offers,
    ownership,
    references,
    ruleset_lint,
    waivers,
)

__all__ = [
    "activities",
    "cadence",
    "classification",
    "feedback",
    "files",
    "goals",
    "governance",
    "money",
    "notes",
    "offers",
    "ownership",
    "references",
    "ruleset_lint",
    "waivers",
]
