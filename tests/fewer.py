"""Rule sets with few rules: what a test of the engine or of a command is about, and nothing beside it."""

from __future__ import annotations

from typing import Final

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen.rule import REGISTRY

KEPT: Final = frozenset({201, 202, 203, 204, 301, 302, 303, 309})
"""The rules of what was done and what is planned; those of files, references and rule sets are always there."""


def others() -> list[str]:
    """The names of all rules that judge a plan and are not kept, sorted."""
    return sorted(name for name, found in REGISTRY.items() if found.family not in {0, 1, 9} and int(found.code[3:]) not in KEPT)


def severities() -> str:
    """What a rule set says to switch them off, save those that nobody can: YAML in one line."""
    return f"{{{', '.join(f'{name}: off' for name in others() if REGISTRY[name].waivable)}}}"


def rules(extends: str, *tiers: str) -> str:
    """A rule set that is a shipped one with few rules, also in tiers that have severities of their own: YAML in one line."""
    off = severities()
    by_tier = ", ".join(f"{tier}: {{severities: {off}}}" for tier in tiers)
    return f"{{extends: {extends}, severities: {off}, tiers: {{{by_tier}}}}}"
