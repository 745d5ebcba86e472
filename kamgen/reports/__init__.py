"""The reports, a file each. Importing this package registers all of them."""

from kamgen.reports import concise, github, gitlab, json, junit, markdown, sarif, text

__all__ = ["concise", "github", "gitlab", "json", "junit", "markdown", "sarif", "text"]
