"""Completeness: how much of what its tier asks for a plan has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from kamgen.figures.coverage import Rate
from kamgen.frozen import Frozen
from kamgen.model.block import EARNED, is_filled
from kamgen.model.plan import Plan
from kamgen.ruleset import Tier

NEW_FOR: Final = 90
"""For so many days after `since` nobody is asked for what only time with the customer brings (our decision)."""


class Completeness(Frozen):
    """The weighted share of the required blocks that are filled, how many are required, and which are missing, the heaviest first."""

    rate: Rate
    required: int
    missing: tuple[str, ...]


def completeness(plan: Plan, tier: Tier, as_of: dt.date) -> Completeness:
    """How much of what its tier asks for the plan has (001, 003); what is required by nobody makes no figure.

    Of `company: 2, contacts: 3, goals: 3`, a plan with a company and contacts has 2 + 3 of 8.
    """
    weights = required(plan, tier, as_of)
    missing = sorted((block for block in weights if not is_filled(plan, block)), key=lambda block: -weights[block])
    whole = sum(weights.values())
    return Completeness(Rate(whole - sum(weights[block] for block in missing), whole), len(weights), tuple(missing))


def required(plan: Plan, tier: Tier, as_of: dt.date) -> Mapping[str, int]:
    """The blocks that this plan must have, with their weights, in the order of the rule set.

    A weight of 0 requires nothing; a part that could not be read is neither filled nor missing; what only time with the
    customer brings is not asked of a prospect, nor of a new customer.
    """
    early = plan.status == "prospect" or is_new(plan, as_of)
    return {block: weight for block, weight in tier.blocks.items() if weight and block not in plan.unread and not (early and block in EARNED)}


def is_new(plan: Plan, as_of: dt.date, days: int = NEW_FOR) -> bool:
    """Whether the customer came less than so many days ago."""
    return plan.since is not None and (as_of - plan.since).days < days
