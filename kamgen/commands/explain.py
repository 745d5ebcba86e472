"""`kamgen explain`: the page of a rule."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator, Sequence

import click

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.commands.completion import of_rules
from kamgen.commands.place import Misuse, root
from kamgen.document import read_data
from kamgen.example import Example, examples
from kamgen.folder import PORTFOLIO
from kamgen.force import Ruling, Said, ruling
from kamgen.message import say
from kamgen.parse.reading import nearest
from kamgen.rulebook import Rules
from kamgen.settings import read_portfolio_file


@click.command()
@click.argument("name", metavar="CODE|NAME", required=False, shell_complete=of_rules)
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
        near = _near(name)
        raise Misuse(say("no-such-rule.near", text=name, near=near) if near else say("no-such-rule", text=name))
    click.echo(page_of(found_rule))


def _near(text: str) -> str:
    """The rule whose name `text` is nearly, or is a part of where dashes and spaces are left out: the shortest."""
    near, letters = nearest(text, rule.REGISTRY, 0.6), _letters(text)
    if near or len(letters) < 3:
        return near
    return min((name for name in rule.REGISTRY if letters in _letters(name)), key=lambda name: (len(name), name), default="")


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


def page_of(found: rule.Rule) -> str:
    """A rule's page as text: what is said of it, what is in force in the shipped rule sets and here, and its example."""
    page = found.page
    parts = [click.style(f"{found.code} {found.name}", bold=True), page["summary"], f"Why: {page['why']}", f"Help: {page['help']}"]
    sets = [*((name, _shipped(name)) for name in rulebook.shipped_names()), *_own()]
    parts.append(say("explain.severity", words="".join(f"\n  {line}" for line in _severities(found, sets))))
    if found.options:
        parts.append(say("explain.options", words="".join(f"\n  {line}" for line in _options(found, sets))))
    return "\n\n".join([*parts, *_example(found), say("explain.site", address=f"rules/{found.name}/")])


Sets = Sequence[tuple[str, Rules]]


def _shipped(name: str) -> Rules:
    return rulebook.load(read_data("plans/portfolio.yml", f"rules: {{extends: {name}}}".encode()), rule.known())


def _own() -> Sets:
    """The rules of the company whose folder this is; nothing where it is nobody's."""
    try:
        return [(PORTFOLIO, rulebook.load(read_portfolio_file(root())[0], rule.known()))]
    except Misuse:
        return []


def _severities(found: rule.Rule, sets: Sets) -> Iterator[str]:
    """`error in VIP, A; warning in B; info in C (per-person)`, a line for each rule set and for a variant with a word of its own."""
    for name, rules in sets:
        columns = [ruling(found, rules, tier) for tier in rules.ruleset.tiers.values()]
        if columns:
            yield f"{_by_tier(columns, [one.severity for one in columns])} ({name})"
        for variant in found.variants:
            if any(variant in one.variants for one in columns):
                yield f"  .{variant}: {_by_tier(columns, [one.variants.get(variant, one.severity) for one in columns])}"


def _options(found: rule.Rule, sets: Sets) -> Iterator[str]:
    """`days = 90`, and below what a rule set says otherwise: `30 in A; 90 in B, C (plans/portfolio.yml)`."""
    for option, default in found.options.items():
        yield f"{option} = {_written(default)}"
        for name, rules in sets:
            columns = [ruling(found, rules, tier) for tier in rules.ruleset.tiers.values()]
            if any(one.options[option].value != default for one in columns):
                yield f"  {_by_tier(columns, [one.options[option] for one in columns])} ({name})"


def _written(value: object) -> str:
    return say("rules.unset") if value is None else str(value)


def _by_tier(columns: Sequence[Ruling], said: Sequence[Said]) -> str:
    """`error in VIP, A; warning in B`; the value alone where all tiers have it."""
    by_value: dict[str, list[str]] = {}
    for one, value in zip(columns, said, strict=True):
        by_value.setdefault(_written(value.value), []).append(one.tier.id if one.tier else "")
    return "; ".join(f"{value} in {', '.join(tiers)}" if len(by_value) > 1 else value for value, tiers in by_value.items())


def _example(found: rule.Rule) -> Iterator[str]:
    """The plain bad example, what kamgen says of it, and how it is mended."""
    bad, good = examples(found.name)[:2]
    for file in bad.files:
        yield f"{say(f'explain.{file.form}', name=file.name)}\n{_indented(file.text)}"
    yield f"{say('explain.said')}\n{_indented(bad.said)}"
    if lines := list(_mended(bad, good)):
        yield say("explain.mended") + "\n" + _indented("\n".join(lines))


def _mended(bad: Example, good: Example) -> Iterator[str]:
    """The lines that go and those that come, file by file; not of a link or of bytes, which have none."""
    names = {file.name: file for file in good.files}
    for file in bad.files:
        other = good.files[0] if len(bad.files) == len(good.files) == 1 else names.get(file.name)
        if other and file.form == other.form == "text":
            changed = list(difflib.unified_diff(file.text.splitlines(), other.text.splitlines(), n=1, lineterm=""))
            yield from (line for line in changed[2:] if not line.startswith("@@"))


def _indented(text: str) -> str:
    return textwrap.indent(text.strip("\n"), "  ")
