"""Family 9: the rule set itself. What the rule-set loader met, as findings."""

from __future__ import annotations

from kamgen.rule import Problems, Yield, rule


@rule("KAM901")
def unknown_rule_or_option(problems: Problems) -> Yield:
    """The rule set names a rule, an option or a set that does not exist, or tiers that extend each other in a circle.

    Why: a misspelt name changes nothing, and nobody notices that the rule is not in force.

    Help: use the names that `kamgen explain` lists.
    """
    return problems.of("unknown-rule-or-option")


@rule("KAM905")
def unknown_type(problems: Problems) -> Yield:
    """A requirement counts an activity type that the rule set does not have.

    Why: no activity can ever satisfy it.

    Help: use one of the types under `activity_types:`, or add the type there.
    """
    return problems.of("unknown-type")
