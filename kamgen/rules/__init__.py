"""The rules, a file per family. Importing this package registers all of them."""

from kamgen.rules import activities, cadence, files, references, ruleset_lint

__all__ = ["activities", "cadence", "files", "references", "ruleset_lint"]
