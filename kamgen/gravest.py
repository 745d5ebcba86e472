"""One fact gives one finding: which of the rules that see the same thing speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kamgen.diagnose import severity_of
from kamgen.diagnostic import FieldPath, Finding, Severity
from kamgen.ground import Ground
from kamgen.rule import Rule
from kamgen.ruleset import Tier

Said = tuple[str, str, FieldPath, str | None]
"""What is spoken of: by which rule, or else before which one that it would give way to; the field, and the requirement, if there is one."""


def gravest(found: list[tuple[Rule, Finding]], ground: Ground, tier: Tier | None) -> list[tuple[Rule, Finding]]:
    """One fact gives one finding: of two rules that see the same thing the graver speaks, by the severities in force.

    Where they are equal, it is the one that `unless` names. So no gate that one of them closes is opened by the other.
    Of several that share a `fact`, without the rule that `unless` names, the first of the gravest speaks.
    """
    there = {rule.name for rule, _ in found}
    named = {name for rule, _ in found for name in rule.unless}
    concerned = {
        id(finding): severity_of(rule, finding.variant, ground.ruleset, tier)
        for rule, finding in found
        if finding.fact or rule.name in named or not there.isdisjoint(rule.unless)
    }
    said: dict[Said, Severity] = {}
    for rule, finding in found:
        if severity := concerned.get(id(finding)):
            for spoken in _spoken(rule, finding):
                said[spoken] = max(severity, said.get(spoken, Severity.OFF))
    return list(
        _first_of_fact(
            (rule, finding) for rule, finding in found if id(finding) not in concerned or not _gives_way(rule, finding, said, concerned[id(finding)])
        )
    )


def _first_of_fact(found: Iterable[tuple[Rule, Finding]]) -> Iterator[tuple[Rule, Finding]]:
    """Those that share no fact with one before them."""
    told: set[Said] = set()
    for rule, finding in found:
        facts = _shared(rule, finding)
        if told.isdisjoint(facts):
            yield rule, finding
        told.update(facts)


def _spoken(rule: Rule, finding: Finding) -> Iterator[Said]:
    """What a finding speaks of: to rules that would give way to it, and to those that it would give way to itself."""
    yield rule.name, "", finding.field, finding.requirement
    if finding.requirement:
        yield rule.name, "", finding.field, None
    for other in (*finding.also, *finding.covers):
        yield rule.name, "", other, None
    for name in rule.unless:
        yield "", name, finding.field, finding.requirement
        yield from (("", name, covered, None) for covered in finding.covers)
    yield from _shared(rule, finding)


def _shared(rule: Rule, finding: Finding) -> tuple[Said, ...]:
    """The fact that a finding shares with others, before each rule that would tell it for all of them."""
    return tuple(("", name, finding.fact, None) for name in rule.unless) if finding.fact else ()


def _gives_way(rule: Rule, finding: Finding, said: Mapping[Said, Severity], severity: Severity) -> bool:
    """Whether a rule that it gives way to says the same at least as gravely, or one that would give way to it, or with it, says it more gravely."""
    after = {("", rule.name, finding.field, requirement) for requirement in (finding.requirement, None)}
    if any(said.get(spoken, Severity.OFF) > severity for spoken in (*after, *_shared(rule, finding))):
        return True
    fields = (*finding.also, *finding.covers, *((finding.fact,) if finding.fact else ()))
    return any(
        said.get((name, "", field, requirement), Severity.OFF) >= max(severity, Severity.INFO)
        for name in rule.unless
        for field, requirement in ((finding.field, finding.requirement), *((field, None) for field in fields))
    )
