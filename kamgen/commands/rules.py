"""`kamgen rules`: what is in force, in words and numbers, and who says so."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final

import click

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.commands.answer import form_option
from kamgen.commands.completion import of_tiers
from kamgen.commands.place import Misuse, root
from kamgen.folder import PORTFOLIO
from kamgen.force import BUILT_IN, COMPANY, Ruling, Said, origin, rulings
from kamgen.message import say
from kamgen.model.record import keys
from kamgen.report import printable
from kamgen.rulebook import Rules
from kamgen.ruleset import Ruleset, Tier
from kamgen.settings import read_portfolio_file
from kamgen.terms import APART, Term, as_data, set_terms, tier_terms

WIDTH: Final = 98
ORIGIN: Final = 10
LABEL: Final = 27
RULE: Final = 38
GRAVE: Final = 9
COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.command()
@click.option("--tier", "name", metavar="TIER", shell_complete=of_tiers, help="Only this tier, with every rule and its options.")
@form_option()
def rules(name: str | None, form: str) -> None:
    """Tell what is in force: the tiers, what each asks for, and how grave every finding is.

    On the right of each line stands who says so: `company` is plans/portfolio.yml, the others are rule sets that come with kamgen.
    """
    found = rulebook.load(read_portfolio_file(root())[0], rule.known())
    tiers = tuple(found.ruleset.tiers.values()) if name is None else (_tier(name, found.ruleset),)
    if found.problems:
        click.echo(say("rules.problems", n=len(found.problems)), err=True)
    if form == "json":
        click.echo(json.dumps(as_object(found, tiers), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(whole(found, tiers) if name is None else one_tier(found, tiers[0])))


def _tier(name: str, ruleset: Ruleset) -> Tier:
    """The tier of an id, in capitals or not. Raises Misuse with the ones that there are."""
    by_word = {tier.casefold(): found for tier, found in ruleset.tiers.items()}
    if name.casefold() not in by_word:
        known = [(tier.id, tier.label or tier.id) for tier in ruleset.tiers.values()]
        raise Misuse(say("rules.no-such-tier", text=name, known=list(ruleset.tiers) or say("rules.none")), known)
    return by_word[name.casefold()]


def whole(found: Rules, tiers: Sequence[Tier]) -> Iterator[str]:
    """The whole rule set: what holds for all, each tier, then the rules against the tiers."""
    yield from _title(found)
    yield ""
    yield from _table(set_terms(found))
    for tier in tiers:
        yield from _tier_lines(found, tier)
    yield from _matrix([rulings(found, tier) for tier in tiers or (None,)])
    yield from _heading(say("rules.options"))
    for one in rulings(found, None):
        if one.options:
            name = f"{one.rule.code} {one.rule.name}"
            yield from _row([name], _options(one), min((said.origin for said in one.options.values()), key=_rank), RULE, name)
    yield "\n" + say("rules.more", tier=tiers[0].id if tiers else "A")


def one_tier(found: Rules, tier: Tier) -> Iterator[str]:
    """A tier with everything that it says of every rule."""
    yield from _title(found)
    yield from _tier_lines(found, tier)
    yield from _heading(say("rules.rules", n=sum(one.used for one in rulings(found, tier))))
    for one in rulings(found, tier):
        yield from _ruling(one)


def _title(found: Rules) -> Iterator[str]:
    names = [layer.path if not layer.shipped else layer.path.removeprefix("rulesets/").removesuffix(".yml") for layer in reversed(found.layers)]
    label = found.ruleset.label or names[0]
    yield click.style(printable(label), bold=True)
    yield from textwrap.wrap(say("rules.layers", names=names, path=PORTFOLIO), WIDTH)


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield click.style(words, bold=True)


def _tier_lines(found: Rules, tier: Tier) -> Iterator[str]:
    label = f" ({tier.label})" if tier.label and tier.label != tier.id else ""
    extends = say("rules.extends", tier=tier.extends) if tier.extends else ""
    yield from _heading(printable(f"{say('rules.tier', tier=tier.id)}{label}{extends}"))
    yield from _table(tier_terms(tier, found))


def _table(terms: Iterable[Term]) -> Iterator[str]:
    """Three columns: about what, what holds, who says so."""
    for term in terms:
        yield from _row(textwrap.wrap(printable(term.label), LABEL, subsequent_indent="  "), printable(term.words), term.origin, LABEL, term.label)


def _row(left: list[str], words: str, who: str, width: int, label: str = "") -> Iterator[str]:
    """A label, words beside it that are broken where they are long, and on the first line who says so."""
    indent = " " * (len(label) - len(label.lstrip()))
    middle = textwrap.wrap(words, WIDTH - width - ORIGIN - 6) or [""]
    for index, (first, second) in enumerate(zip_longest(left, middle, fillvalue="")):
        start = f"  {(indent if index == 0 and not first.startswith(' ') else '') + first:{width}}  {second}"
        yield f"{start:{WIDTH - ORIGIN}}{click.style(who, dim=True)}".rstrip() if index == 0 and who else start.rstrip()


def _word(said: Said, width: int = GRAVE) -> str:
    """A severity in its colour; a star where the company says it."""
    text = f"{say('rules.severity.' + said.value)}{'*' if said.origin == COMPANY else ''}"
    return click.style(f"{text:{width}}", fg=COLOURS.get(said.value), dim=said.value == "off")


def _ruling(one: Ruling) -> Iterator[str]:
    """A rule in one tier: its word, its options, who says so; its variants below."""
    words = textwrap.wrap(_options(one), WIDTH - RULE - GRAVE - ORIGIN - 6) or [""]
    name = f"{one.rule.code} {one.rule.name}"
    yield f"  {name:{RULE}}{_word(one.severity)} {words[0]:{WIDTH - RULE - GRAVE - ORIGIN - 3}}{click.style(one.severity.origin, dim=True)}".rstrip()
    for more in words[1:]:
        yield " " * (RULE + GRAVE + 3) + more
    for variant, said in one.variants.items():
        yield f"  {'       .' + variant:{RULE}}{_word(said)} {'':{WIDTH - RULE - GRAVE - ORIGIN - 3}}{click.style(said.origin, dim=True)}".rstrip()


def _options(one: Ruling) -> str:
    """`days 90, minimum 5*`."""
    written = ((option, say("rules.unset") if said.value is None else said.value, said.origin) for option, said in one.options.items())
    return ", ".join(f"{option} {value}{'*' if who == COMPANY else ''}" for option, value, who in written)


def _rank(who: str) -> int:
    """What is told of several origins: the company before a shipped set before a rule's own default."""
    return {COMPANY: 0, BUILT_IN: 2}.get(who, 1)


def _matrix(columns: Sequence[Sequence[Ruling]]) -> Iterator[str]:
    """The rules against the tiers, as many tiers beside each other as a line holds."""
    width = max([GRAVE, *(len(column[0].tier.id) + 1 for column in columns if column[0].tier)])
    beside = max(1, (WIDTH - RULE) // width)
    for start in range(0, len(columns), beside):
        some = columns[start : start + beside]
        heads = "".join(f"{column[0].tier.id if column[0].tier else say('rules.everywhere'):{width}}" for column in some)
        yield from _heading(printable(f"{say('rules.by-tier'):{RULE + 2}}{heads}".rstrip()))
        for row in zip(*some, strict=True):
            yield _cells(f"{row[0].rule.code} {row[0].rule.name}", [one.severity for one in row], width)
            for variant in row[0].rule.variants:
                if any(variant in one.variants for one in row):
                    yield _cells(f"       .{variant}", [one.variants.get(variant, one.severity) for one in row], width)


def _cells(name: str, found: Sequence[Said], width: int) -> str:
    """A line of the rules against the tiers, without spaces at its end."""
    return f"  {name:{RULE}}{''.join(_word(said, width) for said in found[:-1])}{_word(found[-1], 0)}"


def as_object(found: Rules, tiers: Iterable[Tier]) -> dict[str, Any]:
    """Everything as data: every value with its origin."""
    return {
        "version": 1,
        "label": found.ruleset.label,
        "rules": {e.name: _said(found, (e.name,), getattr(found.ruleset, e.attribute)) for e in keys(Ruleset) if e.name not in APART},
        "tiers": {tier.id: _tier_object(found, tier) for tier in tiers},
    }


def _said(found: Rules, field: tuple[str, ...], value: Any) -> dict[str, Any]:
    return {"value": as_data(value), "origin": origin(found, field) or None}


def _tier_object(found: Rules, tier: Tier) -> dict[str, Any]:
    terms = {e.name: _said(found, ("tiers", tier.id, e.name), getattr(tier, e.attribute)) for e in keys(Tier) if e.name not in APART}
    return {"label": tier.label, "extends": tier.extends, **terms, "rules": {one.rule.name: _rule_object(one) for one in rulings(found, tier)}}


def _rule_object(one: Ruling) -> dict[str, Any]:
    def plain(said: Said) -> dict[str, Any]:
        return {"value": said.value, "origin": said.origin}

    variants = {variant: plain(said) for variant, said in one.variants.items()}
    options = {option: plain(said) for option, said in one.options.items()}
    return {"code": one.rule.code, "severity": plain(one.severity), "variants": variants, "options": options}
