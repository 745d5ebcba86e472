"""Finding -> diagnostic: how grave it is, whether a waiver covers it, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kamgen.account import Account
from kamgen.diagnostic import Diagnostic, Finding, Message, Severity
from kamgen.ground import Ground
from kamgen.message import has, phrase
from kamgen.model.governance import Waiver
from kamgen.model.plan import Plan
from kamgen.natural import lasting
from kamgen.node import spot
from kamgen.pasting import fitted
from kamgen.rule import Rule
from kamgen.ruleset import Ruleset, Tier


def diagnose(finding: Finding, rule: Rule, account: Account | None, ground: Ground, path: str = "") -> Iterator[Diagnostic]:
    """The diagnostic of a finding; none where the rule set says `off`. `path` is the file, where it is not the account's nor the portfolio's."""
    plan = account.plan if account else None
    tier = account.tier if account else None
    severity = severity_of(rule, finding.variant, ground.ruleset, tier)
    if severity is Severity.OFF:
        return
    waived = plan is not None and bool(plan.waivers) and rule.waivable and any(_waives(one, finding, rule, plan, ground) for one in plan.waivers)
    document = account.document if account else ground.portfolio_document
    path = path or document.path
    trail = document.trail(finding.field)
    place, words = spot(trail, finding.field)
    place = finding.place or place
    message, advice = _words(finding, rule, account, ground)
    advice = fitted(advice, document)
    yield Diagnostic(
        path=path,
        line=place.line,
        column=place.column,
        code=rule.code,
        rule=rule.name,
        severity=Severity.INFO if waived else severity,
        message=message,
        help=advice,
        account=account.id if account else None,
        owner=plan.owner if plan else None,
        field=".".join(words),
        identity=_identity(finding, rule, account.id if account else path, lasting(trail, finding.field, words), ground),
        waived=waived,
        quotes=_quotes(finding, rule),
    )


QUOTED: Final = ("line", "text", "rest", "name", "marker", "paste")
"""The values of a reader's message that repeat what the file says."""


def _quotes(finding: Finding, rule: Rule) -> tuple[str, ...]:
    """The words of the file that a finding repeats, where it is not known which key they belong to; a key that is nearly one is known."""
    if rule.family or (finding.field and rule.name != "unknown-key"):
        return ()
    said = finding.values
    names = QUOTED if said.get("near") else (*QUOTED, "key")
    return tuple(sorted({str(said[name]) for name in names if said.get(name)}, key=len, reverse=True))


def severity_of(rule: Rule, variant: str, ruleset: Ruleset, tier: Tier | None) -> Severity:
    """How grave a finding is: what the rule set says of it; an error where it says nothing."""
    severity = ruleset.severity(rule.name, tier, _variant_name(rule, variant))
    return Severity.ERROR if severity is None else severity


def _waives(waiver: Waiver, finding: Finding, rule: Rule, plan: Plan, ground: Ground) -> bool:
    return means(waiver, finding, rule) and waiver.until >= ground.as_of and ground.portfolio.may_approve(waiver.approved_by, plan.owner)


def means(waiver: Waiver, finding: Finding, rule: Rule) -> bool:
    """Whether a waiver is about a finding, approved or not: who excused it while it was young has excused it."""
    return (
        waiver.rule in {rule.name, _variant_name(rule, finding.variant), rule.grown_from}
        and waiver.contact in {None, finding.contact}
        and waiver.requirement in {None, finding.requirement}
    )


def _variant_name(rule: Rule, variant: str) -> str:
    """What rule sets and waivers call a variant: `over-service.zero`, of whatever unit."""
    return f"{rule.name}.{variant.partition('.')[0]}"


def _words(finding: Finding, rule: Rule, account: Account | None, ground: Ground) -> tuple[str, str]:
    plan = account.plan if account else None
    about = {
        "id": account.id if account else "",
        "account": account.name if account else "",
        "tier": plan.tier if plan else "",
        "as_of": ground.as_of,
    }
    message = finding.message or Message(f"{rule.name}.{finding.variant}" if finding.variant else rule.name, finding.values)
    values = {**about, **message.values}
    if "type" in values:
        values["type"] = _kind(values["type"], ground.ruleset)
    advice = f"{message.id}.help"
    if not has(advice, ground.language):
        advice = f"{rule.name}.help"
    return phrase(message.id, values, ground.language), phrase(advice, values, ground.language)


def _kind(type: object, ruleset: Ruleset) -> object:
    """An activity's type as people call it, inside a sentence: `call or mail`, `KAM meeting`."""
    known = ruleset.activity_types.get(type) if isinstance(type, str) else None
    label = known.label if known else None
    if not label:
        return type
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def _identity(finding: Finding, rule: Rule, subject: str, words: Sequence[str], ground: Ground) -> tuple[str, ...]:
    """What makes a finding this one and no other: the rule, whose it is, the field by what lasts of it, whom and what it means, and its year.

    What is half mended is still the same finding, in other words: a variant belongs to it only where it is another fact.
    """
    sort = finding.variant.partition(".")[0]
    fact = sort if sort in rule.apart else ""
    narrowed = (finding.contact or "", finding.requirement or "", fact)
    return (rule.code, subject, "\0".join(words), *narrowed, *_period(finding, rule, ground))


def _period(finding: Finding, rule: Rule, ground: Ground) -> tuple[str, ...]:
    """The year or window of a finding, where the same of the next one is another finding: nobody knows next year's by this year's."""
    said = finding.period or (ground.window.start.isoformat() if "window" in rule.inputs else "")
    return (said,) if said else ()
