"""What is in force: of every rule how grave it is in a tier and with which options, of every value who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kamgen.diagnose import severity_of
from kamgen.diagnostic import FieldPath
from kamgen.frozen import Frozen
from kamgen.rule import REGISTRY, Rule
from kamgen.rulebook import Rules
from kamgen.ruleset import Tier

COMPANY: Final = "company"
BUILT_IN: Final = "default"
NOBODY: Final = ""


class Said(Frozen):
    """A value in force and its origin: `company`, the name of a shipped set, `default` for a rule's own, empty where nobody says it."""

    value: Any
    origin: str


class Ruling(Frozen):
    """What a rule comes to in a tier: how grave it is, its variants where they have a word of their own, and its options."""

    rule: Rule
    tier: Tier | None
    severity: Said
    variants: Mapping[str, Said]
    options: Mapping[str, Said]

    @property
    def used(self) -> bool:
        """Whether the tier hears of it at all."""
        return any(said.value != "off" for said in (self.severity, *self.variants.values()))


def by_code() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes."""
    return tuple(sorted(REGISTRY.values(), key=lambda rule: rule.code))


def origin(rules: Rules, *fields: FieldPath) -> str:
    """Who says what several names of one thing may hold: of those who do, the most special layer."""
    layers = [layer for field in fields if (layer := rules.said(field))]
    if not layers:
        return NOBODY
    layer = max(layers, key=rules.layers.index)
    return Path(layer.path).stem if layer.shipped else COMPANY


def ruling(rule: Rule, rules: Rules, tier: Tier | None) -> Ruling:
    """What a rule comes to in a tier."""
    severity = _severity(rule, rules, tier, "")
    spoken = {variant: _severity(rule, rules, tier, variant) for variant in rule.variants}
    variants = {variant: said for variant, said in spoken.items() if said.value != severity.value}
    given = {**rule.options, **rules.ruleset.options_of(rule.name, tier)}
    options = {option: Said(value, _option_origin(rule, rules, tier, option)) for option, value in given.items()}
    return Ruling(rule, tier, severity, variants, options)


def rulings(rules: Rules, tier: Tier | None) -> tuple[Ruling, ...]:
    """What every rule comes to in a tier, in the order of the codes."""
    return tuple(ruling(rule, rules, tier) for rule in by_code())


def _severity(rule: Rule, rules: Rules, tier: Tier | None, variant: str) -> Said:
    word = severity_of(rule, variant, rules.ruleset, tier).word
    return Said(word, next(_severity_origins(rule, rules, tier, variant), BUILT_IN))


def _severity_origins(rule: Rule, rules: Rules, tier: Tier | None, variant: str) -> Iterator[str]:
    """In the order in which they are asked: what the tier says, else what the set says; of each, the variant's word first."""
    places: Iterable[tuple[FieldPath, Mapping[str, Any]]] = (
        (("tiers", tier.id, "severities") if tier else (), tier.severities if tier else {}),
        (("severities",), rules.ruleset.severities),
    )
    names = ((f"{rule.name}.{variant}",), (rule.name, rule.code)) if variant else ((rule.name, rule.code),)
    for place, said in places:
        for written in names:
            if written[0] in said:
                yield origin(rules, *((*place, name) for name in written))


def _option_origin(rule: Rule, rules: Rules, tier: Tier | None, option: str) -> str:
    places: Iterable[tuple[FieldPath, Mapping[str, Any]]] = (
        (("tiers", tier.id, "options") if tier else (), tier.options if tier else {}),
        (("options",), rules.ruleset.options),
    )
    found = (
        origin(rules, *((*place, name, option) for name in (rule.name, rule.code))) for place, said in places if option in said.get(rule.name, {})
    )
    return next(found, BUILT_IN)
