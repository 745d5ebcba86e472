"""`kamgen explain`: the page of a rule."""

from __future__ import annotations

import difflib

import click

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.commands.place import Misuse
from kamgen.diagnose import severity_of
from kamgen.document import read_data
from kamgen.message import say


@click.command()
@click.argument("name", metavar="CODE|NAME", required=False)
def explain(name: str | None) -> None:
    """Explain a rule: what the problem is, why it matters, how to mend it.

    Without a name all rules are listed.
    """
    if name is None:
        for found in sorted(rule.REGISTRY.values(), key=lambda known: known.code):
            click.echo(f"{found.code}  {found.name:32}  {found.page['summary']}")
        return
    found_rule = rule.find(name)
    if found_rule is None:
        near = difflib.get_close_matches(name.lower(), rule.REGISTRY, n=1)
        raise Misuse(say("no-such-rule.near", text=name, near=near[0]) if near else say("no-such-rule", text=name))
    click.echo(page_of(found_rule))


def page_of(found: rule.Rule) -> str:
    """A rule's page as text, with its severities and options in the shipped rule sets."""
    page = found.page
    parts = [click.style(f"{found.code} {found.name}", bold=True), page["summary"], f"Why: {page['why']}", f"Help: {page['help']}"]
    parts.append(say("explain.severity", words=_severities(found)))
    if found.options:
        words = ", ".join(f"{option} = {default}" if default is not None else f"{option} (not set)" for option, default in found.options.items())
        parts.append(say("explain.options", words=words))
    return "\n\n".join(parts)


def _severities(found: rule.Rule) -> str:
    """`error in tiers VIP, A; warning in tier B; info in tier C (per-person)`, a line for each shipped set."""
    lines = []
    for name in rulebook.shipped_names():
        rules = rulebook.load(read_data("plans/portfolio.yml", f"rules: {{extends: {name}}}".encode()), rule.known()).ruleset
        by_word: dict[str, list[str]] = {}
        for tier in rules.tiers.values():
            by_word.setdefault(severity_of(found, "", rules, tier).word, []).append(tier.id)
        if by_word:
            said = "; ".join(f"{word} in {', '.join(tiers)}" if len(by_word) > 1 else word for word, tiers in by_word.items())
            lines.append(f"{said} ({name})")
    return "\n  ".join(["", *lines])
