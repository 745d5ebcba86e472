"""Family 4: classification. The tier against the bands and the scores, and the criteria by which key accounts are chosen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Final

from kamgen.account import Account
from kamgen.cadence import standing
from kamgen.diagnostic import FieldPath, Finding, Message
from kamgen.figures.classification import NO_SCORES, PERSONS, Banded, counted, counts, tier_by_bands, tier_of_bands, winning_position
from kamgen.figures.money import fiscal_year
from kamgen.model.block import says
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.rule import Yield, rule
from kamgen.ruleset import Ruleset, Scoring, Tier

MEASURED_BY: Final = frozenset({"potential", "company", "currency", "tier_reason"})
"""The parts of a plan that a tier is compared with the bands by."""
PROSPECT: Final = "prospect"
MATRICES: Final = {"matrix-1": ("profitability", "potential"), "matrix-2": ("attractiveness", "ability_to_win")}
"""The two matrices (002, 003) by what they are drawn of."""
TABLES: Final = ("criteria", "attractiveness", "ability_to_win")


@rule("KAM401")
def tier_mismatch(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, as_of: dt.date) -> Yield:
    """The bands give the customer another tier, and no reason is written.

    Why: tiers follow from potential, turnover or size (004, 000), or from a personal assessment, which somebody can read (000).
    A tier without bands, like a yearly agreement, is not compared.

    Help: write the other tier; or write under `tier_reason:` why this one is right.
    """
    home = tier_of_bands(tier, ruleset)
    if home is None or (plan.tier_reason and tier.judgement) or plan.unread & MEASURED_BY:
        return
    banded = tier_by_bands(plan, portfolio, ruleset, as_of)
    if banded and banded.tier.id != home.id:
        values = {"given": banded.tier.id, "measure": _measure(plan, portfolio, banded), "band": _band(portfolio, ruleset, banded)}
        yield Finding(("tier",), values, variant="" if tier.judgement else "bands")


@rule("KAM402")
def unclassified(plan: Plan, ruleset: Ruleset) -> Yield:
    """The customer's potential, the scores of the criteria or those of the matrices are missing.

    Why: key accounts are chosen by written criteria (002), and what to do with them follows from the two matrices (002, 003).
    A prospect is excused.

    Help: write `potential:`, and the scores from 1 to 5 under `classification:`.
    """
    if plan.status == PROSPECT or plan.unread & {"potential", "classification"}:
        return
    missing = _unscored(plan, ruleset.classification)
    if missing or plan.potential is None:
        values = {"missing": _listed(_named(plan, missing)), "paste": _listed(_pastes(plan, missing, ruleset.classification))}
        yield Finding(("classification",) if missing else ("potential",), values)


@rule("KAM403")
def vip_without_arrangements(plan: Plan, tier: Tier) -> Yield:
    """The tier asks for special arrangements, and none is written.

    Why: a VIP is an A customer with special arrangements (000); what nobody wrote down, nobody keeps when the owner is away. A prospect is excused.

    Help: write under `arrangements:`, in words, what is arranged for this customer in particular.
    """
    if tier.arrangements and not says(plan.arrangements) and plan.status != PROSPECT:
        yield Finding(("arrangements",), {})


@rule("KAM404", variants=("core",))
def posture_mismatch(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, tier: Tier, as_of: dt.date) -> Yield:
    """The scores advise another effort than the tier takes.

    Why: a customer who is not attractive and whom we hardly win is attended to at low cost; one who is both is at the core of the business (003).

    Help: look at the scores under `classification:` once more; if they are right, change the tier, and say
    under `tier_reason:` why, where the bands give another one.
    """
    position = winning_position(plan, ruleset.classification) if plan.classification else None
    wrong = "attend" if tier.gated else "consolidate"
    if position is None or position.strategy != wrong:
        return
    advised = ruleset.classification.strategies.get(wrong)
    values = {
        "attractiveness": _two_digits(position.across),
        "ability": _two_digits(position.up),
        "strategy": (advised.label if advised else None) or wrong,
        "advice": _other_effort(plan, portfolio, ruleset, _other_tier(ruleset, tier), as_of),
    }
    yield Finding(("classification",), values, variant="" if tier.gated else "core")


@rule("KAM405", variants=("kam",))
def too_many_key_accounts(accounts: Sequence[Account], portfolio: Portfolio, as_of: dt.date) -> Yield:
    """The portfolio, or one key account manager, has more key accounts than were decided on.

    Why: so that each gets the attention it needs, the number of key accounts is limited (002); per manager, that is our decision.

    Help: choose by the criteria which accounts are key accounts, and give the others another tier; or give some to another manager.
    """
    owners = Counter(account.plan.owner for account in accounts if account.plan and _is_key(account, account.plan, as_of))
    most = portfolio.key_accounts_max
    if most is not None and owners.total() > most:
        yield Finding(("key_accounts_max",), {"count": owners.total(), "most": most, "n": owners.total() - most})
    each = portfolio.key_accounts_per_kam
    for index, person in enumerate(portfolio.people if each is not None else ()):
        if each is not None and owners[person.id] > each:
            values = {"person": person.name, "owner": person.id, "count": owners[person.id], "most": each, "n": owners[person.id] - each}
            yield Finding(("people", index), values, variant="kam")


@rule("KAM406", variants=("rules",))
def criteria_not_revised(portfolio: Portfolio, ruleset: Ruleset, accounts: Sequence[Account], as_of: dt.date, *, days: int = 365) -> Yield:
    """The rules of the tiers, or the criteria for key accounts, were not revised for a year, or on a day that has not come.

    Why: criteria are revised regularly, so that strategic chances decide and not history (002). A year is `days` days.

    Help: read them again, change what is no longer right, and write the day under `revised:`.
    """
    if not accounts:
        return
    criteria = portfolio.plan.criteria if portfolio.plan else None
    dated: list[tuple[str, FieldPath, dt.date | None]] = [("rules", ("rules", "revised"), ruleset.revised)] if ruleset.tiers else []
    if not _empty(portfolio):
        dated.append(("", ("plan", "criteria", "revised"), criteria.revised if criteria else None))
    for variant, field, revised in dated:
        if revised is None:
            yield Finding(field, {}, variant=f"{variant}.never".lstrip("."))
        elif revised > as_of:
            yield Finding(field, {"revised": revised}, variant=f"{variant}.ahead".lstrip("."))
        elif (as_of - revised).days > days:
            yield Finding(field, {"revised": revised, "n": (as_of - revised).days}, variant=variant)


@rule("KAM407")
def no_portfolio_plan(accounts: Sequence[Account], portfolio: Portfolio, as_of: dt.date) -> Yield:
    """There is no plan for the portfolio as a whole.

    Why: there is a plan both for the whole portfolio of key accounts and for each of them (002).

    Help: write it under `plan:` in the portfolio file: criteria, goals, strategies, actions and a budget.
    """
    if accounts and _empty(portfolio):
        begun = portfolio.plan and ("begun" if portfolio.plan.criteria else "bare")
        yield Finding(("plan",), {"year": fiscal_year(as_of, portfolio.fiscal_year_start)}, variant=begun or "")


def _empty(portfolio: Portfolio) -> bool:
    """Whether the portfolio's plan says nothing of what is to be reached; criteria alone are no plan."""
    plan = portfolio.plan
    return plan is None or not (plan.goals or plan.strategies or plan.actions or plan.budget)


def _is_key(account: Account, plan: Plan, as_of: dt.date) -> bool:
    return account.tier is not None and account.tier.gated and standing(plan, as_of).open


def _measure(plan: Plan, portfolio: Portfolio, banded: Banded) -> Message:
    """What was measured, in words: `a potential of 62,000 DKK`."""
    return Message(f"tier-mismatch.{banded.measure}", {"value": banded.value, "currency": plan.currency or portfolio.currency})


def _band(portfolio: Portfolio, ruleset: Ruleset, banded: Banded) -> Message:
    """A band in words: `45,000 up to 140,000 DKK`."""
    start, below = banded.band.start, banded.band.below
    currency = "" if banded.measure == PERSONS else f" {ruleset.currency or portfolio.currency}"
    form = "any" if start is None and below is None else "from" if below is None else "below" if start is None else "between"
    return Message(f"the-band.{form}", {"start": start, "below": below, "currency": currency})


def _unscored(plan: Plan, scoring: Scoring) -> tuple[str, ...]:
    """What is missing under `classification`, by key. What the rule set does not count is not asked for."""
    given = plan.classification or NO_SCORES
    tables = (name for name in TABLES if counts(factors := getattr(scoring, name)) and not counted(getattr(given, name), factors))
    return (*tables, *(name for name in ("profitability", "potential") if getattr(given, name) is None))


def _named(plan: Plan, missing: Collection[str]) -> Iterator[Message]:
    """What is missing, in words: the potential, the criteria, the matrices or one of them."""
    if plan.potential is None:
        yield Message("unclassified.potential")
    if "criteria" in missing:
        yield Message("unclassified.criteria")
    yield from _matrices({*missing} - {"criteria"})


def _matrices(missing: Collection[str]) -> Iterator[Message]:
    """The matrices that lack scores: both at once where nothing is scored, else each by its two axes."""
    if len(missing) == sum(map(len, MATRICES.values())):
        yield Message("unclassified.matrices")
        return
    for matrix, axes in MATRICES.items():
        lacking = [axis for axis in axes if axis in missing]
        if lacking:
            yield Message(f"unclassified.{matrix}" if len(lacking) == len(axes) else f"unclassified.{matrix}.half")


def _pastes(plan: Plan, missing: Collection[str], scoring: Scoring) -> Iterator[Message]:
    """What to write for it."""
    if plan.potential is None:
        yield Message("unclassified.paste.potential")
    if missing:
        lines = [f"{name}: {_blank(name, scoring)}" for name in missing]
        more = Message("unclassified.paste.more", {"lines": ", ".join(f"`{line}`" for line in lines)})
        yield more if plan.classification else Message("unclassified.paste.first", {"item": ", ".join(lines)})


def _blank(name: str, scoring: Scoring) -> str:
    """A score to fill in, or a table of those that count. YAML, so it is the same in every language."""
    if name not in TABLES:
        return "..."
    return f"{{{', '.join(f'{factor}: ...' for factor in counts(getattr(scoring, name)))}}}"


def _listed(parts: Iterable[Message]) -> Message:
    """One to four things in a row."""
    given = dict(zip(("first", "second", "third", "fourth"), parts, strict=False))
    return Message(f"unclassified.list.{len(given)}", given)


def _two_digits(score: Fraction) -> Decimal:
    """A score as people read it, never rounded up to a number that is high."""
    return (Decimal(score.numerator) / Decimal(score.denominator)).quantize(Decimal("0.01"), ROUND_DOWN).normalize()


def _other_effort(plan: Plan, portfolio: Portfolio, ruleset: Ruleset, other: str, as_of: dt.date) -> Message:
    """Another tier to write, with what `tier-mismatch` will ask for where the bands give a third."""
    proposed = ruleset.tier(other)
    home = tier_of_bands(proposed, ruleset) if proposed else None
    banded = tier_by_bands(plan, portfolio, ruleset, as_of) if home else None
    if proposed is None or home is None or banded is None or banded.tier.id == home.id:
        return Message("posture-mismatch.tier", {"other": other})
    if plan.tier_reason and proposed.judgement:
        return Message("posture-mismatch.tier", {"other": other})
    return Message("posture-mismatch.reason" if proposed.judgement else "posture-mismatch.bands", {"other": other, "given": banded.tier.id})


def _other_tier(ruleset: Ruleset, tier: Tier) -> str:
    """The nearest tier of the other sort: the lowest key tier, or the highest of the others."""
    others = [name for name, other in ruleset.tiers.items() if other.gated is not tier.gated]
    return (others[0] if tier.gated else others[-1]) if others else "..."
