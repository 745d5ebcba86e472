"""The reports, a file each. Importing this package registers all of them."""

from kamgen.reports import github, json, text

__all__ = ["github", "json", "text"]
