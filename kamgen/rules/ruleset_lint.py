"""Family 9: the rule set itself. What the rule-set loader met, and numbers that do not go together; the engine adds the file and the line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.diagnostic import FieldPath, Finding, Message
from kamgen.node import MappingNode
from kamgen.rule import Problems, Yield, rule
from kamgen.rulebook import Rules
from kamgen.ruleset import MEASURES, Band, Requirement, Tier

ENDLESS = Decimal("Infinity")


@rule("KAM901")
def unknown_rule_or_option(problems: Problems) -> Yield:
    """The rule set names a rule, an option or a set that does not exist, or tiers that extend each other in a circle.

    Why: a misspelt name changes nothing, and nobody notices that the rule is not in force.

    Help: use the names that `kamgen explain` lists.
    """
    return problems.of("unknown-rule-or-option")


@rule("KAM902", variants=("gap", "overlap", "empty"))
def band_gap_or_overlap(rules: Rules) -> Yield:
    """The bands of the tiers leave a gap, lie over each other, or hold nothing.

    Why: a customer's potential, turnover or number of employees gives one tier (000, 004); in a gap it gives none, in an overlap two.

    Help: let each band begin where the one below it ends: `from` is inside, `below` is not.
    """
    for measure in MEASURES:
        bands = [(name, tier.bands[measure]) for name, tier in rules.ruleset.tiers.items() if measure in tier.bands]
        if any(_misread(rules, ("tiers", name, "bands", measure)) for name, _ in bands):
            continue
        empty = [_empty(name, measure, band) for name, band in bands if _start(band) >= _end(band)]
        yield from empty or _neighbours(rules, measure, sorted(bands, key=lambda named: _start(named[1])))


def _what(measure: str) -> Message:
    """A measure in words: `a potential`."""
    return Message(f"band-gap-or-overlap.{measure}")


def _start(band: Band) -> Decimal:
    return Decimal(0) if band.start is None else band.start


def _end(band: Band) -> Decimal:
    return ENDLESS if band.below is None else band.below


def _empty(name: str, measure: str, band: Band) -> Finding:
    values = {"low": name, "measure": measure, "what": _what(measure), "start": _start(band), "end": band.below}
    return Finding(("tiers", name, "bands", measure), values, variant="empty")


def _neighbours(rules: Rules, measure: str, bands: list[tuple[str, Band]]) -> Iterator[Finding]:
    """Each band against the one below it that reaches furthest. A tier without a band has no place among them."""
    furthest = bands[0] if bands else None
    for high, band in bands[1:]:
        low, below = furthest or (high, band)
        if _start(band) != _end(below):
            overlap = _start(band) < _end(below)
            end = min(_end(band), _end(below)) if overlap else _start(band)
            start = _start(band) if overlap else _end(below)
            values = {"low": low, "high": high, "measure": measure, "what": _what(measure), "start": start, "end": end, "mended": f"{_start(band):f}"}
            variant = ("overlap.open" if end == ENDLESS else "overlap") if overlap else "gap"
            fields: tuple[FieldPath, FieldPath] = (("tiers", high, "bands", measure, "from"), ("tiers", low, "bands", measure, "below"))
            yield Finding(_own(rules, fields), values, variant=variant)
        furthest = max((low, below), (high, band), key=lambda named: _end(named[1]))


def _own(rules: Rules, fields: tuple[FieldPath, FieldPath]) -> FieldPath:
    """Which of two numbers the company wrote, the first where both are of one hand."""
    first, second = fields
    return second if rules.origin(first)[0].shipped and not rules.origin(second)[0].shipped else first


@rule("KAM903", variants=("shipped",))
def non_monotone_minimum(rules: Rules) -> Yield:
    """A lower tier asks for more than a higher one.

    Why: time follows the tier; mostly such a number is a slip. Source 000 itself asks for two calls or mails in C and one or two in B:
    it is told and not corrected. A higher tier whose number is 0 has other meetings in its place (004).

    Help: raise the minimum of the higher tier or lower the other. If it is meant so: `severities: {non-monotone-minimum: "off"}`.
    """
    for tier in rules.ruleset.tiers.values():
        for name, requirement in tier.requirements.items():
            higher = _nearest_above(rules, tier.id, name)
            if higher and _asks_more(requirement, higher.requirements[name]) and not _meant(rules, tier, higher, name):
                yield _more_below(rules, tier, higher, name)


def _more_below(rules: Rules, low: Tier, high: Tier, name: str) -> Finding:
    """The finding, at the number that the company wrote; `shipped` where both come with kamgen."""
    here: FieldPath = ("tiers", low.id, "requirements", name, "min")
    there: FieldPath = ("tiers", high.id, "requirements", name, "min")
    shipped = rules.origin(here)[0].shipped and rules.origin(there)[0].shipped
    asked, least = low.requirements[name], high.requirements[name].min
    values = {"low": low.id, "high": high.id, "requirement": asked.label or name, "target": name, "min": asked.min, "least": least}
    return Finding(_own(rules, (here, there)), values, variant="shipped" if shipped else "", requirement=name)


def _asks_more(low: Requirement, high: Requirement) -> bool:
    """Whether the lower tier's floor is above the higher one's. A ceiling of 0 says that it is meant: other meetings take its place (004)."""
    return low.min > high.min and high.max != 0 and low.per == high.per and not (low.agreed or high.agreed)


def _meant(rules: Rules, low: Tier, high: Tier, name: str) -> bool:
    """Whether the source itself lowers the ceiling below the lower tier's floor (004), or one of the numbers could not be read."""
    numbers: list[FieldPath] = [("tiers", tier.id, "requirements", name, key) for tier in (low, high) for key in ("min", "max")]
    if any(_misread(rules, number) for number in numbers):
        return True
    most = high.requirements[name].max
    return most is not None and most < low.requirements[name].min and all(rules.origin(number)[0].shipped for number in numbers)


def _nearest_above(rules: Rules, tier: str, requirement: str) -> Tier | None:
    """The next higher tier that has the requirement too. The order is that of the most general file that names both."""
    having = (other for other in rules.ruleset.tiers.values() if other.id != tier and requirement in other.requirements)
    above = [other for other in having if _is_above(rules, other.id, tier)]
    return above[-1] if above else None


def _is_above(rules: Rules, high: str, low: str) -> bool:
    """Whether a tier is higher than another; one that extends a tier above it is not below it, wherever the company's file names it."""
    return _stands_above(rules, high, low) and not any(_stands_above(rules, parent, high) for parent in _lineage(rules, low))


def _lineage(rules: Rules, tier: str) -> tuple[str, ...]:
    """The tiers that a tier extends, the nearest first."""
    found: list[str] = []
    parent = rules.ruleset.tiers[tier].extends
    while parent and parent in rules.ruleset.tiers and parent not in found:
        found.append(parent)
        parent = rules.ruleset.tiers[parent].extends
    return tuple(found)


def _stands_above(rules: Rules, high: str, low: str) -> bool:
    for layer in rules.layers:
        tiers = layer.node.items.get("tiers")
        names = list(tiers.items) if isinstance(tiers, MappingNode) else []
        if high in names and low in names:
            return names.index(high) < names.index(low)
    return False


@rule("KAM904")
def maximum_below_minimum(rules: Rules) -> Yield:
    """A requirement recommends at most less than it asks for.

    Why: no number of activities can be right.

    Help: raise `max:`, lower `min:`, or take `max:` out with `max: null`.
    """
    for tier in rules.ruleset.tiers.values():
        for name, requirement in tier.requirements.items():
            if not requirement.agreed and requirement.max is not None and requirement.max < requirement.min:
                place: FieldPath = ("tiers", tier.id, "requirements", name)
                values = {"low": tier.id, "requirement": requirement.label or name, "target": name, "min": requirement.min, "max": requirement.max}
                yield Finding(_own(rules, ((*place, "max"), (*place, "min"))), values, requirement=name)


@rule("KAM905")
def unknown_type(problems: Problems) -> Yield:
    """A requirement counts an activity type that the rule set does not have.

    Why: no activity can ever satisfy it.

    Help: use one of the types under `activity_types:`, or add the type there.
    """
    return problems.of("unknown-type")


@rule("KAM906")
def unused_type(rules: Rules) -> Yield:
    """An activity type of the company's own is counted by no requirement.

    Why: activities of this type are work that the numbers of the tiers do not see.

    Help: name it under `types:` of a requirement, or write `customer: false` if it is no meeting with the customer.
    """
    counted = {kind for tier in rules.ruleset.tiers.values() for requirement in tier.requirements.values() for kind in requirement.types}
    shipped = {name for layer in rules.layers if layer.shipped for name in _types(layer.node)}
    meant = {problem.message.values.get("near") for _, problem in rules.problems if problem.kind == "unknown-type"}
    for name, kind in rules.ruleset.activity_types.items():
        if kind.customer and name not in counted | shipped | meant:
            yield Finding(("activity_types", name), {"type": kind.label or name, "target": name})


def _types(node: MappingNode) -> tuple[str, ...]:
    """The activity types that a layer names."""
    types = node.items.get("activity_types")
    return tuple(types.items) if isinstance(types, MappingNode) else ()


@rule("KAM907")
def requirement_counts_nothing(rules: Rules) -> Yield:
    """A requirement counts no activity at all.

    Why: without a type or a forum of the customer's, nothing that anybody does can satisfy it.

    Help: write under the requirement `types:` with the activity types that count.
    """
    customer = rules.ruleset.customer_types
    for tier in rules.ruleset.tiers.values():
        for name, requirement in tier.requirements.items():
            place: FieldPath = ("tiers", tier.id, "requirements", name, "types")
            counted = requirement.forums or not customer.isdisjoint(requirement.types)
            if (requirement.min or requirement.agreed) and not counted and not _misread(rules, place):
                values = {"low": tier.id, "requirement": requirement.label or name, "target": name}
                yield Finding(place, values, requirement=name)


def _misread(rules: Rules, field: FieldPath) -> bool:
    """Whether something in a field could not be read, which is told already. What a tier inherits stands where it is written."""
    if not rules.problems:
        return False
    layer, place = rules.origin(field)
    told = (problem.field[len(layer.prefix) :][: len(field)] for path, problem in rules.problems if path == layer.path)
    return any(rules.origin(part)[1] == place for part in told)
