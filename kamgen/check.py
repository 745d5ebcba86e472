"""Plans x rules -> sorted diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kamgen.account import Account
from kamgen.cadence import Standing, cells, standing
from kamgen.diagnose import diagnose, means, severity_of
from kamgen.diagnostic import Diagnostic, Finding, Place, Problem, Severity
from kamgen.figures.classification import in_money, unrated_bands
from kamgen.frozen import Frozen, with_values
from kamgen.gravest import gravest
from kamgen.ground import Ground
from kamgen.model.governance import Waiver
from kamgen.model.plan import Plan
from kamgen.node import Document
from kamgen.rule import REGISTRY, Problems, Rule
from kamgen.ruleset import Tier


def account_of(
    document: Document, plan: Plan | None, problems: tuple[Problem, ...], account_id: str, ground: Ground, roles: Mapping[str, str]
) -> Account:
    """An account with its tier and its cells."""
    tier = ground.ruleset.tier(plan.tier) if plan else None
    found = cells(plan, tier, ground.ruleset, ground.window, ground.as_of, roles) if plan and tier else ()
    return Account(account_id, document.path, document, plan, problems, tier, found)


class Judge(Frozen):
    """A rule with what it needs to judge the accounts of one tier and standing."""

    rule: Rule
    options: Mapping[str, Any]
    dated: bool


class Bench(Frozen):
    """Those that judge accounts of one tier and standing: first those that look at the plan, then those that ask what its waivers were needed for."""

    first: tuple[Judge, ...]
    of_waivers: tuple[Judge, ...]


def check_accounts(accounts: Iterable[Account], ground: Ground) -> tuple[Diagnostic, ...]:
    """The diagnostics of every plan by the rules that look at one plan, sorted."""
    benches: dict[tuple[str, Standing | None, bool], Bench] = {}
    common = {"portfolio": ground.portfolio, "ruleset": ground.ruleset, "window": ground.window, "as_of": ground.as_of}
    found: list[Diagnostic] = []
    for account in accounts:
        may = standing(account.plan, ground.as_of) if account.plan and account.tier else None
        key = (account.tier.id if account.tier else "", may, bool(account.problems))
        if key not in benches:
            benches[key] = _bench(account, may, ground)
        found.extend(_check_account(account, benches[key], ground, common))
    return in_order(found)


def _bench(account: Account, may: Standing | None, ground: Ground) -> Bench:
    judges = tuple(_judges(account, may, ground))
    return Bench(tuple(judge for judge in judges if not judge.rule.of_waivers), tuple(judge for judge in judges if judge.rule.of_waivers))


def _judges(account: Account, may: Standing | None, ground: Ground) -> Iterator[Judge]:
    """The rules that judge accounts like this one: of its tier and standing, with problems or without."""
    for rule in REGISTRY.values():
        if rule.of_portfolio or rule.of_rules:
            continue
        if account.problems if rule.of_problems else (may and rule.judges(may) and _speaks(rule, ground, account.tier)):
            options = {**rule.options, **ground.ruleset.options_of(rule.name, account.tier)} if rule.options else {}
            yield Judge(rule, options, rule.dated)


def check_portfolio(accounts: tuple[Account, ...], ground: Ground) -> tuple[Diagnostic, ...]:
    """The diagnostics of the portfolio file, of the rule set, and of the rules that look at all accounts at once, sorted."""
    by_id = {account.id: account for account in accounts}
    found = [*check_settings(ground), *_check_bands(accounts, ground)]
    facts = {"accounts": accounts, "portfolio": ground.portfolio, "ruleset": ground.ruleset, "as_of": ground.as_of, "window": ground.window}
    for rule in REGISTRY.values():
        if rule.of_portfolio:
            for finding in _run(_of_portfolio(rule, ground), facts):
                account = by_id.get(finding.account or "")
                if account or not _unread_in_portfolio(finding, ground):
                    found.extend(diagnose(finding, rule, account, ground))
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
        for finding in _run(_of_portfolio(rule, ground), {**facts, "plan": plan}):
            moved = with_values(finding, field=("plan", *finding.field), values={**finding.values, "account": title})
            if not _unread_in_portfolio(moved, ground):
                yield from diagnose(moved, rule, None, ground)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file, place and code. Fingerprints of equal findings are told apart by their order."""
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.order)
    seen: dict[tuple[str, ...], int] = {}
    unique: list[Diagnostic] = []
    for diagnostic in ordered:
        count = seen[diagnostic.identity] = seen.get(diagnostic.identity, 0) + 1
        unique.append(diagnostic if count == 1 else with_values(diagnostic, identity=(*diagnostic.identity, str(count))))
    return tuple(unique)


def check_settings(ground: Ground) -> Iterator[Diagnostic]:
    """The diagnostics of the portfolio file and of the rule set alone."""
    told = [(ground.portfolio_document.path, problem) for problem in ground.portfolio_problems]
    for path, problem in (*told, *ground.rules.problems):
        rule = REGISTRY[problem.kind]
        finding = Finding(problem.field, problem.message.values, place=problem.place, message=problem.message)
        yield from diagnose(finding, rule, None, ground, path)
    yield from _check_rules(ground)


def _check_bands(accounts: Iterable[Account], ground: Ground) -> Iterator[Diagnostic]:
    """The rate that every account lacks that is compared with the bands: that of their currency. No plan is at fault, so it is told once."""
    if unrated_bands(ground.portfolio, ground.ruleset, ground.as_of) and any(account.plan and in_money(account.plan) for account in accounts):
        values = {"currency": ground.ruleset.currency, "base": ground.portfolio.currency, "first": ground.as_of.year}
        finding = Finding(("rates",), values, variant="bands")
        if not any(_unread_in_portfolio(with_values(finding, field=part), ground) for part in (("rates",), ("currency",), ("rules", "currency"))):
            yield from diagnose(finding, REGISTRY["missing-rate"], None, ground)


def _check_rules(ground: Ground) -> Iterator[Diagnostic]:
    """The diagnostics of what does not go together in the rule set, each where it is written; what a tier inherits is told once."""
    rules = ground.rules
    told: set[tuple[str, str, Place]] = set()
    for rule in (rule for rule in REGISTRY.values() if rule.of_rules):
        for finding in sorted(_run(_of_portfolio(rule, ground), {"rules": rules}), key=lambda finding: rules.layer(finding.field) is None):
            layer, place = rules.origin(finding.field)
            if (rule.name, layer.path, place) not in told:
                told.add((rule.name, layer.path, place))
                moved = with_values(finding, field=(*layer.prefix, *finding.field), place=place)
                yield from diagnose(moved, rule, None, ground, layer.path)


def _speaks(rule: Rule, ground: Ground, tier: Tier | None) -> bool:
    """Whether anything that the rule finds in a tier would be told."""
    return any(severity_of(rule, variant, ground.ruleset, tier) is not Severity.OFF for variant in ("", *rule.variants))


def _check_account(account: Account, bench: Bench, ground: Ground, common: Mapping[str, Any]) -> Iterator[Diagnostic]:
    plan = account.plan
    facts: dict[str, Any] = {
        **common,
        "problems": Problems(account.problems),
        "plan": plan,
        "document": account.document,
        "tier": account.tier,
        "cells": account.cells,
    }
    found = _found(bench.first, facts, ground, account)
    if plan and plan.waivers:
        facts["spent"] = _spent(plan, found)
        found += _found(bench.of_waivers, facts, ground, account)
    for rule, finding in gravest(found, ground, account.tier):
        yield from diagnose(finding, rule, account, ground)


def _found(judges: Iterable[Judge], facts: Mapping[str, Any], ground: Ground, account: Account) -> list[tuple[Rule, Finding]]:
    unread = account.plan.unread if account.plan else frozenset()
    return [
        (judge.rule, finding)
        for judge in judges
        for finding in (_run(judge, facts) if judge.dated else _once(judge, facts, ground, account))
        if not unread or judge.rule.of_problems or not finding.field or finding.field[0] not in unread or _is_apart(judge.rule, finding, account)
    ]


APART: Final = frozenset({"visibility", "waivers"})
"""Parts whose entries stand for themselves: one that cannot be read says nothing about the others."""


def _is_apart(rule: Rule, finding: Finding, account: Account) -> bool:
    """Whether what cannot be read of a part says nothing about a finding in it."""
    return finding.field[0] in APART or (rule.ahead and account.plan is not None and account.plan.settled_unread)


def _once(judge: Judge, facts: Mapping[str, Any], ground: Ground, account: Account) -> tuple[Finding, ...]:
    said = ground.lasting.get((judge.rule.name, account.path))
    if said is None:
        said = ground.lasting[judge.rule.name, account.path] = tuple(_run(judge, facts))
    return said


def _spent(plan: Plan, found: Iterable[tuple[Rule, Finding]]) -> frozenset[int]:
    """The positions of the waivers that mean something that was found, approved or not, or what that will grow into."""
    told = list(found)
    return frozenset(
        index
        for index, waiver in enumerate(plan.waivers)
        if any(means(meant, finding, rule) for meant in (waiver, _of_the_young(waiver)) for rule, finding in told)
    )


def _of_the_young(waiver: Waiver) -> Waiver:
    """A waiver of the rule that its own has grown from."""
    rule = REGISTRY.get(waiver.rule)
    return with_values(waiver, rule=rule.grown_from) if rule and rule.grown_from else waiver


def _unread_in_portfolio(finding: Finding, ground: Ground) -> bool:
    """A part of the portfolio file that could not be read, or whose key is misspelt, is not judged either, nor what it is a part of."""
    told = (*ground.portfolio_problems, *(problem for path, problem in ground.rules.problems if path == ground.portfolio_document.path))
    met = {field for problem in told if problem.field for field in (problem.field, (*problem.field[:-1], problem.message.values.get("near")))}
    return ground.portfolio_document.root is None or any(all(a == b for a, b in zip(field, finding.field, strict=False)) for field in met)


def _run(judge: Judge, facts: Mapping[str, Any]) -> Iterable[Finding]:
    return judge.rule.check(*[facts[name] for name in judge.rule.inputs], **judge.options)


def _of_portfolio(rule: Rule, ground: Ground) -> Judge:
    """A rule that judges the portfolio or the rule set: its options are those of no tier."""
    return Judge(rule, {**rule.options, **ground.ruleset.options_of(rule.name, None)} if rule.options else {}, dated=True)
