"""What a rule is: a small pure function with a code, whose name names the problem and whose docstring is its page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, get_type_hints

from kamgen.cadence import Standing
from kamgen.diagnostic import Finding, Problem
from kamgen.frozen import Frozen
from kamgen.model import kind as kinds
from kamgen.rulebook import KnownRules

Yield = Iterable[Finding]
Check = Callable[..., Yield]

INPUTS: Final = frozenset({"problems", "plan", "document", "portfolio", "ruleset", "rules", "tier", "cells", "window", "as_of", "accounts", "spent"})
"""What a rule may read, by the names of its parameters.

`accounts` makes it a rule of the whole portfolio; `spent`, the positions of the waivers that mean something that was found, makes it
one that runs after the others; `rules`, the rules in force with the origin of each, one that judges the rule set itself: the fields that it
yields are those of a rule set.
"""
ALWAYS: Final = frozenset({0, 1, 7, 9})
"""Families that judge lost and archived accounts too: file, reference, privacy, the rule set itself."""
DATED: Final = frozenset({"as_of", "window", "cells", "spent"})
"""Inputs that change with the date."""
NEVER_WAIVED: Final = frozenset({0, 1, 9})

OPTION_KINDS: Final[Mapping[Any, kinds.Scalar]] = {
    int: kinds.whole(0, 100_000),
    int | None: kinds.whole(0, 100_000),
    bool: kinds.FLAG,
    str: kinds.TEXT,
}


class Problems(Frozen):
    """What the reader, the parser or the rule-set loader met in one file."""

    told: tuple[Problem, ...]

    def of(self, kind: str) -> Iterator[Finding]:
        """The findings of one kind."""
        for problem in self.told:
            if problem.kind == kind:
                yield Finding(problem.field, problem.message.values, place=problem.place, message=problem.message)


class Rule(Frozen):
    """A rule: its function and everything that is said of it."""

    code: str
    name: str
    check: Check
    inputs: tuple[str, ...]
    options: Mapping[str, Any]
    kinds: Mapping[str, kinds.Scalar]
    variants: tuple[str, ...]
    apart: tuple[str, ...]
    unless: tuple[str, ...]
    grown_from: str
    gate: bool
    ahead: bool
    ambition: bool

    @property
    def family(self) -> int:
        """The first digit of the code."""
        return int(self.code[3])

    @property
    def of_problems(self) -> bool:
        """Whether it only passes on what an earlier stage met."""
        return self.inputs == ("problems",)

    @property
    def of_portfolio(self) -> bool:
        """Whether it looks at all accounts at once."""
        return "accounts" in self.inputs

    @property
    def of_rules(self) -> bool:
        """Whether it judges the rule set itself."""
        return "rules" in self.inputs

    @property
    def of_waivers(self) -> bool:
        """Whether it asks what the waivers of a plan were needed for."""
        return "spent" in self.inputs

    @property
    def dated(self) -> bool:
        """Whether what it finds in a plan may change with the date alone."""
        return not DATED.isdisjoint(self.inputs)

    def judges(self, may: Standing) -> bool:
        """Whether an account of this standing is judged by it."""
        if self.family in ALWAYS:
            return True
        return may.open and (may.gate or not self.gate) and (may.cadence or self.gate or self.family != 3)

    @property
    def waivable(self) -> bool:
        """File, reference, governance-of-waivers and rule-set findings cannot be waived."""
        return self.family not in NEVER_WAIVED and not self.name.startswith("waiver-")

    @property
    def page(self) -> Mapping[str, str]:
        """The docstring in its parts: `summary`, `why`, `help`."""
        text = inspect.cleandoc(self.check.__doc__ or "")
        parts = re.split(r"^(Why|Help):\s*", text, flags=re.MULTILINE)
        return {"summary": parts[0].strip(), **{name.lower(): said.strip() for name, said in zip(parts[1::2], parts[2::2], strict=True)}}


REGISTRY: Final[dict[str, Rule]] = {}
"""Every rule by name; filled when `kamgen.rules` is imported."""


def rule(
    code: str,
    *,
    variants: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    grown_from: str = "",
    gate: bool = False,
    ahead: bool = False,
    ambition: bool = False,
) -> Callable[[Check], Check]:
    """Registers a function as a rule.

    `variants` are sentences of the rule that a rule set may give a severity of their own (`over-service.zero`);
    `apart` are those of its variants that are another fact, which nobody who knows one of them knows; any other is the same finding in other words;
    `unless` names the rules that it gives way to where they speak of the same field (and requirement, if it names one), or of one of
    `Finding.also`, at least as gravely; where it speaks of the same field more gravely, for rule sets may turn the order round, they give way to it;
    `grown_from` is the rule that tells the same fact while it is younger: a waiver of that one holds for this one too;
    `gate` rules ask for a next activity, or for somebody to have it with, and rest while an account is paused, not while it is a prospect;
    `ahead` rules look at planned activities alone: a settled one that cannot be read whole does not silence them;
    `ambition` rules look at nothing but goals and actions, and judge those of the portfolio as a whole (002) as they do an account's.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        parameters = inspect.signature(check).parameters
        inputs = tuple(parameter for parameter in parameters if parameter in INPUTS)
        options = {name: parameter.default for name, parameter in parameters.items() if name not in INPUTS}
        hints = get_type_hints(check) if options else {}
        option_kinds = {option: OPTION_KINDS[hints[option]] for option in options}
        if name in REGISTRY or any(other.code == code for other in REGISTRY.values()):
            raise ValueError(f"{code} {name} is registered twice")
        REGISTRY[name] = Rule(code, name, check, inputs, options, option_kinds, variants, apart, unless, grown_from, gate, ahead, ambition)
        return check

    return register


def find(word: str) -> Rule | None:
    """The rule of a name or a code (`no-next-activity`, `KAM201`, `201`)."""
    code = word.upper() if word.upper().startswith("KAM") else f"KAM{word}"
    return REGISTRY.get(word.lower()) or next((found for found in REGISTRY.values() if found.code == code), None)


def known() -> KnownRules:
    """The rules as a rule-set loader needs to know them."""
    unwaivable = frozenset(found.name for found in REGISTRY.values() if not found.waivable)
    return KnownRules(names(), {found.name: found.kinds for found in REGISTRY.values()}, unwaivable)


def names() -> dict[str, str]:
    """What a rule set or a waiver may call a rule: its name, its code, a variant."""
    called = {found.name: found.name for found in REGISTRY.values()}
    called.update({found.code: found.name for found in REGISTRY.values()})
    called.update({f"{found.name}.{variant}": f"{found.name}.{variant}" for found in REGISTRY.values() for variant in found.variants})
    return called


def waivable_names() -> dict[str, str]:
    """What a waiver may mean by a word that is nearly one of them: the names of the rules that a plan can waive."""
    return {found.name: found.name for found in REGISTRY.values() if found.waivable and not found.of_portfolio}
