"""The rules, a file per family. Importing this package registers all of them."""

from kamgen.rules import (
    activities,
    cadence,
    classification,
    content,
    feedback,
    files,
    goals,
    governance,
    money,
    notes,
    offers,
    ownership,
    references,
    relationships,
    ruleset_lint,
    waivers,
)

__all__ = [
    "activities",
    "cadence",
    "classification",
    "content",
    "feedback",
    "files",
    "goals",
    "governance",
    "money",
    "notes",
    "offers",
    "ownership",
    "references",
    "relationships",
    "ruleset_lint",
    "waivers",
]
