"""Plans x rules -> sorted diagnostics; waivers are applied here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kamgen.account import Account
from kamgen.cadence import Standing, Window, cells, standing, window_of
from kamgen.diagnostic import Diagnostic, FieldPath, Finding, Message, Place, Problem, Severity
from kamgen.frozen import Frozen, with_values
from kamgen.message import has, render, say
from kamgen.model.governance import Waiver
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.node import Document
from kamgen.rule import REGISTRY, Problems, Rule
from kamgen.rulebook import Rules
from kamgen.ruleset import Ruleset, Tier

EVERYTHING = Standing(open=True, gate=True, cadence=True)


Lasting = dict[tuple[str, str], tuple[Finding, ...]]
"""What rules found that do not ask for the date, by rule and path: who judges one text on many days hears them once."""


class Ground(Frozen):
    """What every rule stands on: the portfolio, the rules, the date."""

    portfolio: Portfolio
    portfolio_document: Document
    portfolio_problems: tuple[Problem, ...]
    rules: Rules
    as_of: dt.date
    lasting: Lasting

    @property
    def ruleset(self) -> Ruleset:
        """The rules in force."""
        return self.rules.ruleset

    @property
    def window(self) -> Window:
        """The window that contains as-of."""
        return window_of(self.ruleset, self.portfolio.fiscal_year_start, self.as_of)

    @property
    def language(self) -> str:
        """The language of every message."""
        return self.portfolio.language


def account_of(
    document: Document, plan: Plan | None, problems: tuple[Problem, ...], account_id: str, ground: Ground, roles: Mapping[str, str]
) -> Account:
    """An account with its tier and its cells."""
    tier = ground.ruleset.tier(plan.tier) if plan else None
    found = cells(plan, tier, ground.ruleset, ground.window, ground.as_of, roles) if plan and tier else ()
    return Account(account_id, document.path, document, plan, problems, tier, found)


def check_accounts(accounts: Iterable[Account], ground: Ground) -> tuple[Diagnostic, ...]:
    """The diagnostics of every plan by the rules that look at one plan, sorted."""
    rules = [rule for rule in REGISTRY.values() if not (rule.of_portfolio or rule.of_rules)]
    plan_rules = [rule for rule in rules if not rule.of_problems]
    told = [rule for rule in rules if rule.of_problems]
    window = ground.window
    found: list[Diagnostic] = []
    for account in accounts:
        judged = [*told, *plan_rules] if account.problems else plan_rules
        found.extend(_check_account(account, judged, ground, window))
    return in_order(found)


def check_portfolio(accounts: tuple[Account, ...], ground: Ground) -> tuple[Diagnostic, ...]:
    """The diagnostics of the portfolio file, of the rule set, and of the rules that look at all accounts at once, sorted."""
    by_id = {account.id: account for account in accounts}
    found = [*check_settings(ground)]
    facts = {"accounts": accounts, "portfolio": ground.portfolio, "ruleset": ground.ruleset, "as_of": ground.as_of, "window": ground.window}
    for rule in REGISTRY.values():
        if rule.of_portfolio:
            for finding in _run(rule, facts, ground, None):
                account = by_id.get(finding.account or "")
                if account or not _unread_in_portfolio(finding, ground):
                    found.extend(_diagnose(finding, rule, account, ground))
    return in_order((*found, *_check_ambition(facts, ground)))


def _check_ambition(facts: Mapping[str, Any], ground: Ground) -> Iterator[Diagnostic]:
    """The diagnostics of the goals and actions of the portfolio as a whole: judged as if it were one more account."""
    ours = ground.portfolio.plan
    if ours is None or not (ours.goals or ours.actions):
        return
    title = ground.portfolio.title
    unread = frozenset(str(problem.field[1]) for problem in ground.portfolio_problems if problem.field[:1] == ("plan",) and problem.field[1:])
    plan = Plan(account=title, tier="", owner="", goals=ours.goals, actions=ours.actions, unread=unread)
    for rule in (rule for rule in REGISTRY.values() if rule.ambition):
        for finding in _run(rule, {**facts, "plan": plan}, ground, None):
            moved = with_values(finding, field=("plan", *finding.field), values={**finding.values, "account": title})
            if not _unread_in_portfolio(moved, ground):
                yield from _diagnose(moved, rule, None, ground)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file, place and code. Fingerprints of equal findings are told apart by their order."""
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.order)
    seen: Counter[tuple[str, ...]] = Counter()
    unique: list[Diagnostic] = []
    for diagnostic in ordered:
        seen[diagnostic.identity] += 1
        count = seen[diagnostic.identity]
        unique.append(diagnostic if count == 1 else with_values(diagnostic, identity=(*diagnostic.identity, str(count))))
    return tuple(unique)


def check_settings(ground: Ground) -> Iterator[Diagnostic]:
    """The diagnostics of the portfolio file and of the rule set alone."""
    told = [(ground.portfolio_document.path, problem) for problem in ground.portfolio_problems]
    for path, problem in (*told, *ground.rules.problems):
        rule = REGISTRY[problem.kind]
        finding = Finding(problem.field, problem.message.values, place=problem.place, message=problem.message)
        yield from _diagnose(finding, rule, None, ground, path)
    yield from _check_rules(ground)


def _check_rules(ground: Ground) -> Iterator[Diagnostic]:
    """The diagnostics of what does not go together in the rule set, each where it is written; what a tier inherits is told once."""
    rules = ground.rules
    told: set[tuple[str, str, Place]] = set()
    for rule in (rule for rule in REGISTRY.values() if rule.of_rules):
        for finding in sorted(_run(rule, {"rules": rules}, ground, None), key=lambda finding: rules.layer(finding.field) is None):
            layer, place = rules.origin(finding.field)
            if (rule.name, layer.path, place) not in told:
                told.add((rule.name, layer.path, place))
                moved = with_values(finding, field=(*layer.prefix, *finding.field), place=place)
                yield from _diagnose(moved, rule, None, ground, layer.path)


def _check_account(account: Account, rules: list[Rule], ground: Ground, window: Window) -> Iterator[Diagnostic]:
    plan = account.plan
    may = standing(plan, ground.as_of) if plan else EVERYTHING
    facts: dict[str, Any] = {
        "problems": Problems(account.problems),
        "plan": plan,
        "document": account.document,
        "portfolio": ground.portfolio,
        "ruleset": ground.ruleset,
        "tier": account.tier,
        "cells": account.cells,
        "window": window,
        "as_of": ground.as_of,
    }
    judging = [rule for rule in rules if rule.of_problems or (plan and account.tier and rule.judges(may))]
    found = _found([rule for rule in judging if not rule.of_waivers], facts, ground, account)
    if plan and plan.waivers:
        facts["spent"] = _spent(plan, found)
        found += _found([rule for rule in judging if rule.of_waivers], facts, ground, account)
    for rule, finding in _gravest(found, ground.ruleset, account.tier):
        yield from _diagnose(finding, rule, account, ground)


def _found(rules: Iterable[Rule], facts: Mapping[str, Any], ground: Ground, account: Account) -> list[tuple[Rule, Finding]]:
    return [
        (rule, finding)
        for rule in rules
        for finding in (_run(rule, facts, ground, account.tier) if rule.dated else _once(rule, facts, ground, account))
        if rule.of_problems or not _unread(finding, account.plan)
    ]


def _once(rule: Rule, facts: Mapping[str, Any], ground: Ground, account: Account) -> tuple[Finding, ...]:
    said = ground.lasting.get((rule.name, account.path))
    if said is None:
        said = ground.lasting[rule.name, account.path] = tuple(_run(rule, facts, ground, account.tier))
    return said


def _spent(plan: Plan, found: Iterable[tuple[Rule, Finding]]) -> frozenset[int]:
    """The positions of the waivers that mean something that was found, approved or not."""
    told = list(found)
    return frozenset(index for index, waiver in enumerate(plan.waivers) if any(_means(waiver, finding, rule) for rule, finding in told))


def _gravest(found: list[tuple[Rule, Finding]], ruleset: Ruleset, tier: Tier | None) -> list[tuple[Rule, Finding]]:
    """One fact gives one finding: what a rule says is left out where one that it gives way to speaks of the same thing."""
    if not any(rule.unless for rule, _ in found):
        return found
    said = {
        (rule.name, finding.field, requirement)
        for rule, finding in found
        if severity_of(rule, finding.variant, ruleset, tier) is not Severity.OFF
        for requirement in (finding.requirement, None)
    }
    return [(rule, finding) for rule, finding in found if not any((name, finding.field, finding.requirement) in said for name in rule.unless)]


def _unread(finding: Finding, plan: Plan | None) -> bool:
    """A part that could not be read whole is not judged: the person would be told twice."""
    return plan is not None and bool(finding.field) and finding.field[0] in plan.unread


def _unread_in_portfolio(finding: Finding, ground: Ground) -> bool:
    """A part of the portfolio file that could not be read is not judged either, nor what it is a part of."""
    told = (*ground.portfolio_problems, *(problem for path, problem in ground.rules.problems if path == ground.portfolio_document.path))
    met = (problem.field for problem in told if problem.field)
    return ground.portfolio_document.root is None or any(all(a == b for a, b in zip(field, finding.field, strict=False)) for field in met)


def _run(rule: Rule, facts: Mapping[str, Any], ground: Ground, tier: Tier | None) -> Iterable[Finding]:
    values = {name: facts[name] for name in rule.inputs}
    if rule.options:
        values.update({**rule.options, **ground.ruleset.options_of(rule.name, tier)})
    return rule.check(**values)


def _diagnose(finding: Finding, rule: Rule, account: Account | None, ground: Ground, path: str = "") -> Iterator[Diagnostic]:
    plan = account.plan if account else None
    tier = account.tier if account else None
    severity = severity_of(rule, finding.variant, ground.ruleset, tier)
    if severity is Severity.OFF:
        return
    waived = plan is not None and rule.waivable and any(_waives(waiver, finding, rule, plan, ground) for waiver in plan.waivers)
    document = account.document if account else ground.portfolio_document
    path = path or document.path
    place = finding.place or document.place(finding.field)
    message, advice = _words(finding, rule, account, ground)
    field = document.name(finding.field)
    subject = account.id if account else path
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
        field=field,
        identity=(rule.code, subject, _lasting(document, finding.field), finding.contact or "", finding.requirement or "", finding.variant),
        waived=waived,
        quotes=_quotes(finding, rule),
    )


QUOTED: Final = ("line", "text", "rest", "name", "marker")
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
    return _means(waiver, finding, rule) and waiver.until >= ground.as_of and ground.portfolio.may_approve(waiver.approved_by, plan.owner)


def _means(waiver: Waiver, finding: Finding, rule: Rule) -> bool:
    """Whether a waiver is about a finding, approved or not."""
    return (
        waiver.rule in {rule.name, _variant_name(rule, finding.variant)}
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
    values = {**about, **finding.values}
    message = finding.message or Message(f"{rule.name}.{finding.variant}" if finding.variant else rule.name, values)
    message = Message(message.id, {**about, **message.values})
    advice = next(name for name in _help_ids(message.id, rule.name) if has(name, ground.language))
    return render(message, ground.language), say(advice, language=ground.language, **message.values)


def _help_ids(message_id: str, rule: str) -> Iterator[str]:
    yield f"{message_id}.help"
    yield f"{rule}.help"


def _lasting(document: Document, field: FieldPath) -> str:
    """`field` without numbers of position: those change when items are reordered."""
    words = document.words(field)
    return "\0".join("*" if isinstance(step, int) and word == str(step + 1) else word for step, word in zip(field, words, strict=True))
