"""What a rule set is: tiers with their requirements, severities and options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from kamgen.diagnostic import SEVERITIES, Message, Severity
from kamgen.model.activity import CUSTOMER_FORUMS
from kamgen.model.block import BLOCKS, GROUPS
from kamgen.model.governance import CARE_TOUCHES
from kamgen.model.kind import CURRENCY_CODE, DATE, FLAG, ID, TEXT, ListOf, Raw, RecordOf, Reference, Scalar, TableOf, choice, number, whole
from kamgen.model.people import BUYING_ROLES, FUNCTIONS
from kamgen.model.portfolio import ROLES
from kamgen.model.record import Record, blank, items, key
from kamgen.questions import QUESTIONS

UNITS: Final = ("person", "account")
MEASURES: Final = ("potential", "turnover", "employees")
HEALTH_PARTS: Final = ("compliance", "completeness", "freshness", "relationships", "goals", "satisfaction")
"""The figures that an account's health may be the mean of (domain.md section 7)."""
TIER_NAME: Final = Scalar("tier", str.strip, Message("form.text"), TEXT.schema)
SEVERITY: Final = choice(*SEVERITIES)
STRATEGIES: Final = ("keep", "keep-and-nurture", "keep-and-develop", "keep-nurture-and-develop", "harvest", "consolidate", "invest", "attend")
"""The quarters of the two matrices: profitability x potential (002), attractiveness x ability to win (003)."""


class ActivityType(Record):
    """What an activity can be."""

    label: str | None = key(TEXT, "What people call it")
    hours: Any = key(number(0, 100), "Hours of work it takes, for the KAM's load", default=1)
    customer: bool = key(FLAG, "false: an internal meeting, which satisfies no customer requirement", default=True)
    physical: bool = key(FLAG, "Do people meet in the same place? A physical activity always counts", default=False)


class Band(Record):
    """A half-open range: `from` is inside, `below` is not."""

    start: Any = key(number(0), "From this amount on", name="from")
    below: Any = key(number(0), "Below this amount")


class Requirement(Record):
    """How often something is to happen in a window."""

    label: str | None = key(TEXT, "What people call it")
    types: tuple[str, ...] = items(ListOf(Reference("activity-type")), "Activities of these types count")
    forums: tuple[str, ...] = items(ListOf(choice(*CUSTOMER_FORUMS)), "Activities of these forums count, of whatever type")
    per: str = key(choice(*UNITS), "For each person worked continuously, or for the account as a whole", required=True)
    min: int = key(whole(0, 366), "The floor", default=0)
    max: int | None = key(whole(0, 366), "Recommended at most; none = no upper limit")
    agreed: bool = key(FLAG, "true: the number is the plan's `meetings.kam_meetings_per_year`", default=False)
    present: tuple[str, ...] = items(ListOf(choice(*ROLES)), "Counts only when one of us in one of these roles is present")


class Tier(Record):
    """A customer class and what it asks for."""

    label: str | None = key(TEXT, "What people call it")
    gated: bool = key(FLAG, "true: a key tier; no next activity is an error", default=False)
    extends: str | None = key(Reference("tier"), "Another tier, whose keys hold where this one says nothing")
    bands: Mapping[str, Band] = items(
        TableOf(choice(*MEASURES), RecordOf(Band)), "The customer's potential, turnover or employees that give this tier"
    )
    judgement: bool = key(FLAG, "true: a personal assessment (tier_reason) may overrule the bands", default=True)
    requirements: Mapping[str, Requirement] = items(TableOf(ID, RecordOf(Requirement)), "How often what is to happen, by requirement id")
    care: tuple[str, ...] = items(ListOf(choice(*CARE_TOUCHES)), "The menu of care touches, per account and year")
    arrangements: bool = key(FLAG, "true: what is arranged for the customer in particular is written in the plan (000)", default=False)
    works: tuple[str, ...] = items(ListOf(choice(*FUNCTIONS)), "Functions worked continuously")
    roles: tuple[str, ...] = items(ListOf(choice(*BUYING_ROLES)), "Buying roles that somebody must have")
    functions: tuple[str, ...] = items(ListOf(choice(*FUNCTIONS)), "Functions in which we must know somebody")
    blocks: Mapping[str, int] = items(
        TableOf(choice(*BLOCKS), whole(0, 100)), "Parts of the plan that are required, with their weights; 0 = not required"
    )
    pages: Mapping[str, int] = items(TableOf(choice(*GROUPS), whole(1, 100)), "How many pages of 2,500 characters a group of parts may fill")
    questions: int = key(whole(0, len(QUESTIONS)), "How many of the eleven analysis questions must be answered", default=0)
    severities: Mapping[str, str] = items(TableOf(Reference("rule"), SEVERITY), "Severities of this tier, by rule")
    options: Mapping[str, Any] = items(TableOf(Reference("rule"), Raw(Message("form.options"), {"type": "object"})), "Options of rules in this tier")

    id: str = ""


class Factor(Record):
    """What a customer is scored by, from 1 to 5."""

    label: str | None = key(TEXT, "What people call it")
    weight: Decimal = key(number(0, 100), "How much it counts in the mean; 0 = not at all", default=Decimal(1))


class Posture(Record):
    """What a quarter of a matrix advises."""

    label: str | None = key(TEXT, "What people call it")
    advice: tuple[str, ...] = items(ListOf(TEXT), "What to do with such a customer")
    reasons: tuple[str, ...] = items(ListOf(TEXT), "Why")


class Scoring(Record):
    """How customers are classified beside the bands: the criteria (002), the matrices (002, 003) and what follows from them."""

    high: Decimal = key(number(1, 5), "A score is high from this number on", default=Decimal(3))
    criteria: Mapping[str, Factor] = items(TableOf(TEXT, RecordOf(Factor)), "The written criteria for key accounts")
    attractiveness: Mapping[str, Factor] = items(TableOf(TEXT, RecordOf(Factor)), "What makes a customer attractive")
    ability_to_win: Mapping[str, Factor] = items(TableOf(TEXT, RecordOf(Factor)), "What makes us able to win the customer")
    strategies: Mapping[str, Posture] = items(TableOf(choice(*STRATEGIES), RecordOf(Posture)), "What each quarter of the matrices advises")


class SeverityByKey(Record):
    """A severity that differs between key tiers and the others."""

    gated: str = key(SEVERITY, "For key tiers", name="key", required=True)
    other: str = key(SEVERITY, "For every other tier", required=True)


class Ruleset(Record):
    """Everything that is judged by. Derived from layers of text; the order of tiers is the order of the file."""

    extends: str | None = key(TEXT, "The shipped set that this one extends")
    label: str | None = key(TEXT, "What people call it")
    currency: str | None = key(CURRENCY_CODE, "Currency of the bands; default: the portfolio's")
    revised: dt.date | None = key(DATE, "When the rules were last revised")
    window: str = key(choice("calendar-year", "fiscal-year"), "The window in which requirements are counted", default="calendar-year")
    activity_types: Mapping[str, ActivityType] = items(TableOf(ID, RecordOf(ActivityType)), "What an activity can be, by id")
    tiers: Mapping[str, Tier] = items(TableOf(TIER_NAME, RecordOf(Tier)), "The customer classes, highest first")
    classification: Scoring = key(RecordOf(Scoring), "How customers are classified beside the bands", default=blank(Scoring))
    severities: Mapping[str, Any] = items(
        TableOf(Reference("rule"), Raw(Message("form.severity"), {"type": ["string", "object"]})),
        "Severities by rule: one, or {key: ..., other: ...}",
    )
    health: Mapping[str, int] = items(TableOf(choice(*HEALTH_PARTS), whole(0, 100)), "What an account's health is made of, with the weights")
    options: Mapping[str, Any] = items(TableOf(Reference("rule"), Raw(Message("form.options"), {"type": "object"})), "Options by rule")

    def tier(self, tier_id: str) -> Tier | None:
        """The tier with this id."""
        return self.tiers.get(tier_id)

    @property
    def customer_types(self) -> frozenset[str]:
        """Activity types that meet the customer."""
        return frozenset(name for name, kind in self.activity_types.items() if kind.customer)

    def severity(self, rule: str, tier: Tier | None, variant: str = "") -> Severity | None:
        """How grave a rule's findings are in a tier: what the tier says, else what the set says; of each, the variant's word first."""
        for said in (tier.severities if tier else {}, self.severities):
            for name in (variant, rule):
                if name in said:
                    return SEVERITIES[_word(said[name], tier)]
        return None

    def speaks(self, rule: str, tier: Tier | None) -> bool:
        """Whether the set has a rule, and reports what it finds in a tier."""
        return self.severity(rule, tier) not in {None, Severity.OFF}

    def spares(self, rule: str, tier: Tier | None) -> bool:
        """Whether the set has a rule for key tiers alone, or for the others alone, and this is none of them. What is off for all is turned off."""
        said = self.severities.get(rule)
        return isinstance(said, SeverityByKey) and not self.speaks(rule, tier) and not (tier and rule in tier.severities)

    def options_of(self, rule: str, tier: Tier | None) -> dict[str, Any]:
        """The options of a rule in a tier; the tier's over the set's."""
        return {**self.options.get(rule, {}), **(tier.options.get(rule, {}) if tier else {})}


def _word(entry: str | SeverityByKey, tier: Tier | None) -> str:
    """The word of an entry that may differ between key tiers and the others."""
    if isinstance(entry, str):
        return entry
    return entry.gated if tier and tier.gated else entry.other
