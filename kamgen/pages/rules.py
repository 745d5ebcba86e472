"""The rules: a page that lists them all by family, and for each one why it is there, what is in force, and its examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from kamgen.example import Example, Sample, examples
from kamgen.force import Ruling, Said, by_code, ruling, rulings
from kamgen.message import render
from kamgen.page import Page, page
from kamgen.pages.handbook import INDEX
from kamgen.prose import ticks
from kamgen.rule import REGISTRY, Rule
from kamgen.ruleset import Tier
from kamgen.site import Site

ADDRESS: Final = "rules.md"
EMPHASIS: Final = re.compile(r"\*(\w[^*]*)\*")


def address(name: str) -> str:
    """The page of a rule; names are permanent, so a link to it never breaks."""
    return f"rules/{name}.md"


@page("rules")
def rules(site: Site) -> Iterator[Page]:
    """The list, which stands below the handbook in the menu, and a page per rule, which stands in no menu."""
    yield Page(
        address=ADDRESS,
        title=site.say("site.rules"),
        template="rules.html",
        context=lambda: listed(site.near),
        rests_on=(),
        parent=INDEX,
        menu=91,
        search=site.say("site.rules.search"),
        hide=(),
    )
    for rule in by_code():
        yield Page(
            address=address(rule.name),
            title=rule.name,
            template="rule.html",
            context=partial(context, rule, site.near),
            rests_on=(),
            parent=ADDRESS,
            search=f"{rule.code} {rule.page['summary']}",
            hide=("navigation", "toc"),
        )


def tiers(site: Site) -> Sequence[Tier | None]:
    """The tiers in force; where none is, what holds without one."""
    return tuple(site.ruleset.tiers.values()) or (None,)


def listed(site: Site) -> Mapping[str, Any]:
    """Every rule by family, with its word in each tier."""
    columns = [rulings(site.workspace.ground.rules, tier) for tier in tiers(site)]
    rows = [(rule, [column[index] for column in columns]) for index, rule in enumerate(by_code())]
    families = [(family, list(found)) for family, found in groupby(rows, key=lambda row: row[0].family)]
    return {"families": families, "tiers": tiers(site), "address": address}


def context(rule: Rule, site: Site) -> Mapping[str, Any]:
    """What the page of one rule says."""
    columns = [ruling(rule, site.workspace.ground.rules, tier) for tier in tiers(site)]
    cases = examples(rule.name)
    return {
        "rule": rule,
        "summary": words(rule.page["summary"]),
        "why": words(rule.page["why"]),
        "help": words(rule.page["help"]),
        "graver": [REGISTRY[name] for name in rule.unless],
        "tiers": tiers(site),
        "columns": columns,
        "severities": [("", [one.severity for one in columns]), *_variants(rule, columns)],
        "options": [_option(option, rule, columns, site) for option in rule.options],
        "change": change(rule, columns[0]),
        "first": [shown(case, cases) for case in cases if case.case in {"bad", "good"}],
        "more": [shown(case, cases) for case in cases if case.case not in {"bad", "good"}],
        "portfolios": list(_portfolios(cases)),
        "address": address,
    }


def words(text: str) -> Markup:
    """A docstring's words as a sentence: code between back-ticks, stress between asterisks, everything else is text."""
    return Markup(EMPHASIS.sub(r"<em>\1</em>", str(ticks(text[:1].upper() + text[1:]))))  # noqa: S704  (ticks escapes)


class Shown(NamedTuple):
    """An example as it is laid out: its files, each with its lines, and whether a line is not in the example beside it."""

    example: Example
    files: Sequence[tuple[Sample, Sequence[tuple[str, bool]]]]


def shown(example: Example, cases: Sequence[Example]) -> Shown:
    """An example beside its counterpart: a bad one beside the good one, the good one beside the plain bad one."""
    other = next((case for case in cases if case.case == ("bad" if example.good else "good")), example)
    return Shown(example, [(file, _lines(file, _counterpart(file, example, other))) for file in example.files])


def _counterpart(file: Sample, example: Example, other: Example) -> Sample:
    """The file that stands for `file` in the other example: the only one, or that of the same name."""
    same = other.files if len(other.files) == len(example.files) == 1 else [one for one in other.files if one.name == file.name]
    return next((one for one in same if one.form == file.form == "text"), file)


def _lines(file: Sample, other: Sample) -> Sequence[tuple[str, bool]]:
    """The lines of a file; marked where the other file has no such line at that place."""
    lines = file.text.split("\n")
    blocks = SequenceMatcher(None, lines, other.text.split("\n"), autojunk=False).get_matching_blocks()
    kept = {block.a + step for block in blocks for step in range(block.size)}
    return [(line, index not in kept) for index, line in enumerate(lines)]


def _variants(rule: Rule, columns: Sequence[Ruling]) -> Iterator[tuple[str, list[Said]]]:
    """The variants that some tier takes otherwise than the rule."""
    for variant in rule.variants:
        if any(variant in one.variants for one in columns):
            yield variant, [one.variants.get(variant, one.severity) for one in columns]


def _option(option: str, rule: Rule, columns: Sequence[Ruling], site: Site) -> tuple[str, str, Any, list[Said]]:
    """An option: its name, what it may be, its default, its value in each tier."""
    return option, render(rule.kinds[option].form, site.language), rule.options[option], [one.options[option] for one in columns]


def change(rule: Rule, found: Ruling) -> str:
    """What a company writes into its portfolio file to rule otherwise: here what is in force already."""
    lines = ["rules:", f"  severities: {{{rule.name}: {written(found.severity.value)}}}"]
    if found.options:
        values = ", ".join(f"{option}: {written(said.value)}" for option, said in found.options.items())
        lines.append(f"  options: {{{rule.name}: {{{values}}}}}")
    return "\n".join(lines)


def written(value: object) -> str:
    """A value as it stands in a rule set; `off` is quoted, for some YAML readers take it for false."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return '"off"' if value == "off" else str(value)


def _portfolios(cases: Sequence[Example]) -> Iterator[tuple[list[str], Sample]]:
    """The portfolio files that examples bring with them, each with the cases that it is of."""
    own = [(case.case, case.portfolio) for case in cases if case.portfolio]
    for text in dict.fromkeys(sample.text for _, sample in own):
        same = [(case, sample) for case, sample in own if sample.text == text]
        yield [case for case, _ in same], same[0][1]
