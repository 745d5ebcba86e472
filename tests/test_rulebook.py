"""Rule sets: the numbers of domain.md section 5, extending and merging, and what is said of a mistake."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.diagnose import severity_of
from kamgen.diagnostic import Severity, dotted
from kamgen.document import read_data
from kamgen.message import render
from kamgen.model.governance import CARE_TOUCHES
from kamgen.rule import REGISTRY
from kamgen.rulebook import Rules
from kamgen.ruleset import Ruleset, SeverityByKey, Tier
from kamgen.workspace import load

WORKED = ("ceo", "sales-marketing", "development", "department", "product", "project", "procurement", "influencer")
MENU_A = (
    "market-watch",
    "newsletter",
    "mail-offer",
    "course-invitation",
    "golf-or-sailing",
    "fair-invitation",
    "gift",
    "season-ticket",
    "special-day",
)
MENU_B = ("market-watch", "newsletter", "mail-offer", "course-invitation", "fair-invitation", "season-ticket")
MENU_C = ("newsletter", "course-invitation")

AGREED = ("account", 0, None, True, ("kam-meeting",), ("strategic", "tactical", "operational"), ())
A_NUMBERS = {
    "contact": ("person", 2, 4, False, ("contact",), (), ()),
    "proactive-sales-meeting": ("person", 2, None, False, ("proactive-sales-meeting",), (), ()),
    "lunch": ("person", 2, None, False, ("lunch",), (), ()),
    "kam-meetings": AGREED,
    "management-meeting": ("person", 1, None, False, ("management-meeting",), (), ("leader", "executive")),
}
PER_PERSON = {
    "VIP": (True, MENU_A, A_NUMBERS),
    "A": (True, MENU_A, A_NUMBERS),
    "B": (
        False,
        MENU_B,
        {
            "contact": ("person", 1, 2, False, ("contact",), (), ()),
            "proactive-sales-meeting": ("person", 1, 2, False, ("proactive-sales-meeting",), (), ()),
            "lunch": ("person", 1, None, False, ("lunch",), (), ()),
            "kam-meetings": AGREED,
        },
    ),
    "C": (
        False,
        MENU_C,
        {
            "contact": ("person", 2, None, False, ("contact",), (), ()),
            "proactive-sales-call": ("person", 1, 3, False, ("proactive-sales-call", "proactive-sales-meeting"), (), ()),
            "kam-meetings": AGREED,
        },
    ),
}
MEETINGS = ("discovery-meeting", "proposal-meeting", "status-meeting", "agreed-sales-meeting")
PER_ACCOUNT = {
    "programme": (True, {}, (1, 1), (1, 1), (4, 6), (0, 0)),
    "A": (True, {"potential": (390_000, None)}, (1, 1), (1, 3), (4, 6), (0, 0)),
    "B": (True, {"potential": (140_000, 390_000)}, (1, 1), (1, 2), (2, 2), (1, 1)),
    "C": (False, {"potential": (45_000, 140_000)}, (1, 1), (1, 1), (1, 1), (2, 2)),
    "D": (False, {"potential": (None, 45_000)}, (0, 0), (0, 0), (0, 0), (2, 2)),
}
HOURS = {
    "contact": "0.5",
    "proactive-sales-call": "0.5",
    "proactive-sales-meeting": "2",
    "lunch": "3",
    "kam-meeting": "3",
    "management-meeting": "2",
    "discovery-meeting": "2",
    "proposal-meeting": "2",
    "status-meeting": "2",
    "agreed-sales-meeting": "2",
    "unannounced-visit": "2",
    "internal-meeting": "1",
}


def loaded(text: str) -> Rules:
    return rulebook.load(read_data("plans/portfolio.yml", text.encode()), rule.known())


def in_force(text: str) -> Ruleset:
    rules = loaded(text)
    assert [render(problem.message) for _, problem in rules.problems] == []
    return rules.ruleset


def told(text: str) -> list[str]:
    """What is wrong with a portfolio's rules, as it is reported."""
    return [
        f"{path}:{problem.place.line}:{problem.place.column} {problem.kind}: {render(problem.message)}" for path, problem in loaded(text).problems
    ]


def tier_of(rules: Ruleset, name: str) -> Tier:
    found = rules.tier(name)
    assert found
    return found


@pytest.mark.parametrize("name", sorted(rulebook.shipped_names()))
def test_shipped_sets_have_no_mistake(name: str) -> None:
    rules = loaded(f"rules: {{extends: {name}}}")
    mistakes = [problem.kind for _, problem in rules.problems]
    assert mistakes == (["missing-key"] if name == "shared" else [])


def test_three_sets_are_shipped() -> None:
    assert rulebook.shipped_names() == ("per-account", "per-person", "shared")


def test_per_person_says_what_source_000_says() -> None:
    rules = in_force("rules: {extends: per-person}")
    said: dict[str, Any] = {}
    for name, tier in rules.tiers.items():
        numbers = {
            word: (found.per, found.min, found.max, found.agreed, found.types, found.forums, found.present)
            for word, found in tier.requirements.items()
        }
        said[name] = (tier.gated, tier.care, numbers)
    assert said == PER_PERSON
    assert list(said) == list(PER_PERSON)
    assert all((tier.judgement, tier.works, dict(tier.bands)) == (True, WORKED, {}) for tier in rules.tiers.values())
    assert (rules.tiers["VIP"].id, rules.tiers["VIP"].extends, rules.tiers["VIP"].label) == ("VIP", "A", "VIP")


def test_per_account_says_what_source_004_says() -> None:
    rules = in_force("rules: {extends: per-account}")
    said: dict[str, Any] = {}
    for name, tier in rules.tiers.items():
        numbers = [tier.requirements[word] for word in MEETINGS]
        assert all((found.per, found.types, found.agreed) == ("account", (word,), False) for word, found in zip(MEETINGS, numbers, strict=True))
        bands = {word: (band.start, band.below) for word, band in tier.bands.items()}
        said[name] = (tier.gated, bands, *((found.min, found.max) for found in numbers))
        assert (tuple(tier.requirements), tier.care, tier.judgement) == (MEETINGS, (), True)
    assert said == PER_ACCOUNT
    assert list(said) == list(PER_ACCOUNT)
    assert rules.currency == "DKK"


def test_activity_types() -> None:
    rules = in_force("rules: {extends: per-person}")
    assert {name: str(kind.hours) for name, kind in rules.activity_types.items()} == HOURS
    assert rules.customer_types == HOURS.keys() - {"internal-meeting"}
    assert {name for name, kind in rules.activity_types.items() if not kind.physical} == {"contact", "proactive-sales-call"}
    assert all(kind.label for kind in rules.activity_types.values())


def test_every_rule_has_a_severity() -> None:
    assert set(rule.REGISTRY) - set(loaded("").ruleset.severities) == set()


def test_every_option_of_a_rule_stands_in_the_shared_set() -> None:
    shared = loaded("").ruleset.options
    assert {name: dict(options) for name, options in shared.items()} == {
        found.name: {option: value for option, value in found.options.items() if value is not None}
        for found in rule.REGISTRY.values()
        if found.options
    }


@pytest.mark.parametrize(
    ("set_name", "tier", "severity"),
    [
        ("per-person", "VIP", "error"),
        ("per-person", "A", "error"),
        ("per-person", "B", "warning"),
        ("per-person", "C", "info"),
        ("per-account", "programme", "error"),
        ("per-account", "B", "error"),
        ("per-account", "C", "warning"),
        ("per-account", "D", "info"),
    ],
)
def test_the_gate(set_name: str, tier: str, severity: str) -> None:
    rules = in_force(f"rules: {{extends: {set_name}}}")
    found = rules.severity("no-next-activity", tier_of(rules, tier))
    assert found
    assert found.word == severity


def test_without_a_tier_the_word_for_the_others_holds() -> None:
    rules = in_force("rules: {extends: per-person}")
    assert isinstance(rules.severities["no-next-activity"], SeverityByKey)
    assert rules.severity("no-next-activity", None) is Severity.WARNING
    assert rules.severity("cadence-behind", None) is Severity.WARNING
    assert rules.severity("no-such-rule", None) is None
    assert rules.tier("Z") is None


def test_no_rules_at_all() -> None:
    assert told("title: Key accounts") == ["plans/portfolio.yml:1:1 missing-key: no rules are in force, so no plan can be judged"]
    assert told("title: x\nrules: null") == ["plans/portfolio.yml:2:1 missing-key: no rules are in force, so no plan can be judged"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: x\nrules:\n  extends:", "3:3 missing-key: no rules are in force, so no plan can be judged: `extends` names no set that has tiers"),
        ("rules: {extends: null}", "1:9 missing-key: no rules are in force, so no plan can be judged: `extends` names no set that has tiers"),
        ("rules: {extends: shared}", "1:9 missing-key: no rules are in force, so no plan can be judged: `extends` names no set that has tiers"),
        (
            "a: b\nrules: {revised: 2026-01-01}",
            "2:1 missing-key: no rules are in force, so no plan can be judged: `rules` has neither tiers nor `extends`",
        ),
        ("rules: {extends: shred}", '1:18 unknown-rule-or-option: there is no rule set "shred"; it can be per-account, per-person'),
    ],
)
def test_no_rules_in_force_are_told_where_the_set_is_named(text: str, expected: str) -> None:
    assert told(text) == [f"plans/portfolio.yml:{expected}"]


@pytest.mark.parametrize("key", ["rule", "Rules", "ruels"])
def test_a_misspelt_key_for_the_rules_is_told_as_that_alone(key: str) -> None:
    assert told(f"{key}: {{extends: per-person}}") == []
    assert told("x_rules: 1\npolicy: 2")[0].startswith("plans/portfolio.yml:1:1 missing-key")
    assert loaded("a: [").problems == ()


def test_a_company_merges_key_by_key() -> None:
    rules = in_force("""
rules:
  extends: per-account
  revised: 2026-02-01
  window: fiscal-year
  currency: SEK
  activity_types:
    status-meeting: {hours: 4}
    webinar: {label: Webinar, hours: 1}
  tiers:
    A:
      requirements:
        status-meeting: {min: 6, max: 8}
        webinar: {types: [webinar, lunch], per: person, min: 1}
        proposal-meeting: null
      severities: {KAM301: error}
      options: {held-without-note: {days: 10}}
    E: {label: E, extends: D, gated: true, bands: {turnover: {below: 100}}, works: [ceo]}
  severities:
    no-next-activity: {key: warning, other: info}
    over-service.zero: off
    KAM202: error
  options: {KAM203: {days: 30}}
""")
    top = tier_of(rules, "A")
    assert (rules.revised, rules.window, rules.currency) == (dt.date(2026, 2, 1), "fiscal-year", "SEK")
    assert {name: (found.min, found.max) for name, found in top.requirements.items()} == {
        "discovery-meeting": (1, 1),
        "status-meeting": (6, 8),
        "agreed-sales-meeting": (0, 0),
        "webinar": (1, None),
    }
    assert top.requirements["status-meeting"].label == "Status meetings"
    kind = rules.activity_types["status-meeting"]
    assert (str(kind.hours), kind.label, kind.physical) == ("4", "Status meeting", True)
    low = tier_of(rules, "E")
    assert (low.gated, low.extends, list(low.bands), low.works) == (True, "D", ["turnover"], ("ceo",))
    assert low.requirements == tier_of(rules, "D").requirements
    assert low.severities == tier_of(rules, "D").severities
    assert list(rules.tiers) == ["programme", "A", "B", "C", "D", "E"]
    words = {
        name: [found.word for tier in ("A", "C") if (found := rules.severity(name, tier_of(rules, tier))) is not None] for name in rules.severities
    }
    assert words["no-next-activity"] == ["warning", "info"]
    assert words["over-service.zero"] == ["off", "off"]
    assert words["cadence-behind"] == ["error", "info"]
    assert words["overdue-activity"] == ["error", "error"]
    assert [rules.options_of("held-without-note", tier) for tier in (top, low, None)] == [{"days": 10}, {"days": 30}, {"days": 30}]
    assert rules.options_of("no-contact", top) == {}


def test_an_option_that_is_not_given_is_the_rule_s_own() -> None:
    rules = in_force("rules: {extends: per-account, options: {held-without-note: {days: null}}}")
    assert rules.options_of("held-without-note", None) == {}


def test_a_tier_may_be_taken_out() -> None:
    assert list(in_force("rules: {extends: per-account, tiers: {D: null}}").tiers) == ["programme", "A", "B", "C"]


def test_a_tier_extends_through_another() -> None:
    rules = in_force("rules: {extends: per-person, tiers: {Star: {extends: VIP, care: [gift]}}}")
    star = tier_of(rules, "Star")
    assert (star.requirements, star.gated, star.care, star.label) == (tier_of(rules, "A").requirements, True, ("gift",), None)


MISTAKES = {
    "set": (
        "rules: {extends: per-acount}",
        ['1:18 unknown-rule-or-option: there is no rule set "per-acount"; did you mean `per-account`?'],
    ),
    "list": ("rules: [per-person]", ["1:8 wrong-value: `rules` takes a rule set"]),
    "word": ("rules: per-person", ["1:8 wrong-value: `rules` takes a rule set"]),
    "day": ("rules: {revised: yesterday}", ['1:18 wrong-value: rules.revised: "yesterday" is not a date like 2026-05-20']),
    "window": (
        "rules:\n  window: leap-year",
        ['2:11 wrong-value: rules.window: "leap-year" is not one of calendar-year, fiscal-year; did you mean `calendar-year`?'],
    ),
    "extends a list": (
        "rules: {extends: [x]}",
        ["1:18 wrong-value: rules.extends takes one value, one line or more of text, and not a list or a group"],
    ),
    "tier extends": (
        "rules:\n  extends: per-person\n  tiers:\n    VIP: {extends: AA}",
        ['4:20 unknown-tier: rules.tiers.VIP.extends: there is no tier "AA" in the rules in force; did you mean `A`?'],
    ),
    "type": (
        "rules:\n  extends: per-person\n  tiers:\n    A:\n      requirements:\n        lunch: {types: [lunsh]}",
        [
            (
                '6:25 unknown-type: rules.tiers.A.requirements.lunch.types[1]: there is no activity type "lunsh" in the rules in force; '
                "did you mean `lunch`?"
            )
        ],
    ),
    "rule": (
        "rules:\n  extends: per-person\n  severities:\n    no-next-activty: error",
        [
            (
                '4:5 unknown-rule-or-option: rules.severities.no-next-activty: there is no rule "no-next-activty" in kamgen; '
                "did you mean `no-next-activity`?"
            )
        ],
    ),
    "rule of a tier": (
        "rules:\n  extends: per-person\n  tiers:\n    B: {severities: {no-contcat: error}}",
        ['4:22 unknown-rule-or-option: rules.tiers.B.severities.no-contcat: there is no rule "no-contcat" in kamgen; did you mean `no-contact`?'],
    ),
    "rule with options": (
        "rules:\n  extends: per-person\n  options:\n    no-such-thing: {days: 3}",
        ['4:5 unknown-rule-or-option: rules.options.no-such-thing: there is no rule "no-such-thing" in kamgen'],
    ),
    "option": (
        "rules:\n  extends: per-person\n  options:\n    held-without-note: {day: 3}",
        ["4:25 unknown-rule-or-option: the rule held-without-note has no option `day`; it has days"],
    ),
    "option of a tier": (
        "rules:\n  extends: per-person\n  tiers:\n    B:\n      options: {no-contact: {days: 3}}",
        ["5:30 unknown-rule-or-option: the rule no-contact has no option `days`; it has none"],
    ),
    "option of a variant": (
        "rules:\n  extends: per-person\n  options:\n    over-service.zero: {days: 3}",
        ["4:25 unknown-rule-or-option: the rule over-service.zero has no option `days`; it has none"],
    ),
    "value of an option": (
        "rules:\n  extends: per-person\n  options:\n    held-without-note: {days: many}",
        ['4:31 wrong-value: rules.options.held-without-note.days: "many" is not a whole number from 0 to 100000'],
    ),
    "list as an option": (
        "rules:\n  extends: per-person\n  options:\n    held-without-note: {days: [3]}",
        ["4:31 wrong-value: rules.options.held-without-note.days: \"['3']\" is not a whole number from 0 to 100000"],
    ),
    "options that are none": (
        "rules:\n  extends: per-person\n  options:\n    held-without-note: 3",
        ["4:24 wrong-value: the options of held-without-note are a group of keys"],
    ),
    "severity": (
        "rules:\n  extends: per-person\n  severities:\n    no-contact: fatal",
        ['4:17 wrong-value: rules.severities.no-contact: "fatal" is not one of off, info, warning, error'],
    ),
    "a severity that is nearly one": (
        "rules:\n  extends: per-person\n  severities:\n    no-contact: Error",
        ['4:17 wrong-value: rules.severities.no-contact: "Error" is not one of off, info, warning, error; did you mean `error`?'],
    ),
    "severity of a tier": (
        "rules:\n  extends: per-person\n  tiers:\n    B: {severities: {no-contact: fatal}}",
        ['4:34 wrong-value: rules.tiers.B.severities.no-contact: "fatal" is not one of off, info, warning, error'],
    ),
    "no severity": (
        "rules:\n  extends: per-person\n  severities:\n    cadence-behind: {}",
        [
            "4:5 missing-key: `key` is missing in rules.severities.cadence-behind",
            "4:5 missing-key: `other` is missing in rules.severities.cadence-behind",
        ],
    ),
    "severity as a list": (
        "rules:\n  extends: per-person\n  severities:\n    cadence-behind: [error]",
        ["4:21 wrong-value: rules.severities.cadence-behind: \"['error']\" is not one of off, info, warning, error"],
    ),
    "requirement of a tier that extends another": (
        "rules:\n  extends: per-person\n  tiers:\n    VIP:\n      requirements:\n        gala: {types: [lunch]}",
        ["6:9 missing-key: `per` is missing in rules.tiers.VIP.requirements.gala"],
    ),
    "requirement of a tier in a circle": (
        "rules:\n  extends: per-person\n  tiers:\n    E: {extends: F, requirements: {gala: {min: 1}}}\n    F: {extends: E}",
        [
            "5:9 unknown-rule-or-option: the tiers E, F extend each other in a circle",
            "4:36 missing-key: `per` is missing in rules.tiers.E.requirements.gala",
        ],
    ),
    "half a severity": (
        "rules:\n  extends: per-person\n  severities:\n    cadence-behind: {key: error}",
        ["4:5 missing-key: `other` is missing in rules.severities.cadence-behind"],
    ),
    "severity by another key": (
        "rules:\n  extends: per-person\n  severities:\n    no-contact: {key: error, others: info}",
        ["4:30 unknown-key: `others` is not a key of rules.severities.no-contact; did you mean `other`?"],
    ),
    "key": (
        "rules:\n  extends: per-person\n  tiers:\n    B: {gate: true}",
        ["4:9 unknown-key: `gate` is not a key of rules.tiers.B; did you mean `gated`?"],
    ),
    "blocks of another name": (
        "rules:\n  extends: per-person\n  tiers:\n    B: {blocks: {swott: 1, zzz: 1}}",
        [
            (
                '4:18 wrong-value: rules.tiers.B.blocks.swott: did you mean `swot`? "swott" is none of the 39 words that can stand there, '
                "like deputy, executive_sponsor, team, since, segment, region"
            ),
            (
                '4:28 wrong-value: rules.tiers.B.blocks.zzz: "zzz" is none of the 39 words that can stand there: '
                "deputy, executive_sponsor, team, since, segment, region, potential, arrangements, company, cooperation, agreements, offers, "
                "documents, assignments, contacts, activities, sales, costs, service, kpis, classification, value_proposition, needs, "
                "decision_process, competitors, partners, swot, feedback, complaints, goals, success_factors, strategies, actions, "
                "relationship_plan, issues, risks, meetings, care, reviews"
            ),
        ],
    ),
    "number": (
        "rules:\n  extends: per-person\n  tiers:\n    B:\n      requirements:\n        lunch: {min: two}",
        ['6:22 wrong-value: rules.tiers.B.requirements.lunch.min: "two" is not a whole number from 0 to 366'],
    ),
    "new requirement without a unit": (
        "rules:\n  extends: per-person\n  tiers:\n    B:\n      requirements:\n        webinar: {types: [lunch], min: 1}",
        ["6:9 missing-key: `per` is missing in rules.tiers.B.requirements.webinar"],
    ),
    "an inherited mistake is told once": (
        "rules:\n  extends: per-person\n  tiers:\n    A: {care: [gifts]}",
        ['4:16 wrong-value: rules.tiers.A.care[1]: "gifts" is not one of ' + ", ".join(CARE_TOUCHES) + "; did you mean `gift`?"],
    ),
    "tiers in a circle": (
        "rules:\n  extends: per-person\n  tiers:\n    D: {extends: E}\n    E: {extends: F}\n    F: {extends: E}",
        ["6:9 unknown-rule-or-option: the tiers E, F extend each other in a circle"],
    ),
    "a tier of itself": (
        "rules:\n  extends: per-person\n  tiers:\n    B: {extends: B}",
        ["4:9 unknown-rule-or-option: the tier B extends itself"],
    ),
    "a tier that is no group": (
        "rules:\n  extends: per-person\n  tiers:\n    B: high\n    E: {extends: B}",
        [
            "4:8 wrong-value: rules.tiers.B takes a group of keys: label, gated, extends, bands ...",
        ],
    ),
    "tiers that are none": ("rules:\n  extends: per-person\n  tiers: [A, B]", ["3:10 wrong-value: rules.tiers takes `name: value` lines"]),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistakes_are_told_with_their_place(case: str) -> None:
    text, expected = MISTAKES[case]
    assert told(text) == [f"plans/portfolio.yml:{line}" for line in expected]


def test_a_mistake_in_an_inherited_key_is_told_where_it_is_written() -> None:
    rules = loaded("rules:\n  extends: per-person\n  tiers:\n    New: {extends: A, gated: true}")
    layer, place = rules.origin(("tiers", "New", "requirements", "lunch", "min"))
    assert (layer.path, layer.shipped) == ("rulesets/per-person.yml", True)
    assert layer.document.text.splitlines()[place.line - 1].strip().startswith("lunch:")
    layer, place = rules.origin(("tiers", "New", "gated"))
    assert (layer.path, layer.shipped, place.line) == ("plans/portfolio.yml", False, 4)
    layer, place = rules.origin(("tiers", "New", "nothing"))
    assert (layer.path, place.line) == ("plans/portfolio.yml", 4)
    layer, place = rules.origin(("nothing",))
    assert (layer.path, place.line) == ("plans/portfolio.yml", 1)


@pytest.mark.parametrize("base", ["per person", "[per-person]"])
def test_what_rests_on_a_set_that_is_not_known_is_not_told(base: str, tmp_path: Path) -> None:
    rules = f"rules:\n  extends: {base}\n  tiers: {{A: {{gated: often, extends: VIP, requirements: {{contact: {{min: 3, types: [visit]}}}}}}}}\n"
    found = told(rules)
    assert [line.split()[0] for line in found] == ["plans/portfolio.yml:2:12", "plans/portfolio.yml:3:22"]
    assert not loaded(rules).ruleset.tiers
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/portfolio.yml").write_text(f"people: [{{id: kari, name: Kari, role: kam}}]\n{rules}", encoding="utf-8")
    (tmp_path / "plans/acme.md").write_text("---\naccount: Acme\ntier: C\nowner: kari\n---\n", encoding="utf-8")
    diagnostics = load(tmp_path, dt.date(2026, 5, 6)).diagnostics
    assert {each.path for each in diagnostics if REGISTRY[each.rule].family in {0, 1, 9}} == {"plans/portfolio.yml"}


def test_off_for_a_rule_is_off_for_its_variants_too() -> None:
    rules = in_force("rules: {extends: per-account, severities: {over-service: off}}")
    assert severity_of(rule.REGISTRY["over-service"], "zero", rules, tier_of(rules, "A")) is Severity.OFF
    tiers = in_force("rules: {extends: per-account, tiers: {A: {severities: {over-service: off}}}}")
    assert severity_of(rule.REGISTRY["over-service"], "zero", tiers, tier_of(tiers, "A")) is Severity.OFF
    assert severity_of(rule.REGISTRY["over-service"], "zero", tiers, tier_of(tiers, "C")) is Severity.WARNING
    both = in_force("rules: {extends: per-account, severities: {over-service: off, over-service.zero: error}}")
    assert severity_of(rule.REGISTRY["over-service"], "zero", both, tier_of(both, "A")) is Severity.ERROR


def linted(text: str) -> list[str]:
    """What does not go together in a portfolio's rules: the rule, the variant and the field."""
    rules = loaded(text)
    assert rules.problems == ()
    checks = [found for found in rule.REGISTRY.values() if found.of_rules]
    return [f"{check.name} {finding.variant} {dotted(finding.field)}" for check in checks for finding in check.check(rules)]


CALLS = "non-monotone-minimum shipped tiers.C.requirements.contact.min"


def test_the_shipped_sets_say_what_their_sources_say() -> None:
    assert linted("rules: {extends: per-account}") == []
    assert linted("rules: {extends: per-person}") == [CALLS]


@pytest.mark.parametrize(
    ("tiers", "found"),
    [
        ("B: {bands: {potential: {from: 139999}}}", ["band-gap-or-overlap overlap tiers.B.bands.potential.from"]),
        ("C: {bands: {potential: {below: 139999}}}", ["band-gap-or-overlap gap tiers.C.bands.potential.below"]),
        ("B: {bands: {potential: {below: null}}}", ["band-gap-or-overlap overlap.open tiers.B.bands.potential.below"]),
        ("D: {bands: {potential: {from: 45000}}}", ["band-gap-or-overlap empty tiers.D.bands.potential"]),
        ("D: {bands: {potential: {from: 1000}}}", []),
        ("D: null", []),
        ("E: {bands: {potential: {from: 400000, below: 500000}}}", ["band-gap-or-overlap overlap tiers.E.bands.potential.from"]),
        ("C: {requirements: {status-meeting: {min: 2, max: 2}}}", []),
        ("C: {requirements: {status-meeting: {min: 3, max: null}}}", ["non-monotone-minimum  tiers.C.requirements.status-meeting.min"]),
        ("C: {requirements: {status-meeting: {min: 3, max: 3}}}", ["non-monotone-minimum  tiers.C.requirements.status-meeting.min"]),
        ("B: {requirements: {status-meeting: {min: 0, max: 0}}}", []),
        ("C: {requirements: {agreed-sales-meeting: {label: Meetings}}}", []),
        ("C: {requirements: {agreed-sales-meeting: {min: 3, max: 3}}}", ["non-monotone-minimum  tiers.C.requirements.agreed-sales-meeting.min"]),
        (
            "B: {requirements: {status-meeting: {max: null}}}, C: {requirements: {status-meeting: {min: 3, max: 3}}}",
            ["non-monotone-minimum  tiers.C.requirements.status-meeting.min"],
        ),
        (
            "A: {requirements: {status-meeting: {min: 1, max: null}}}",
            ["non-monotone-minimum  tiers.A.requirements.status-meeting.min"],
        ),
        ("Star: {extends: A, requirements: {status-meeting: {min: 9, max: 9}}}", []),
        ("C: {requirements: {status-meeting: {per: person, min: 3, max: 3}}}", []),
        ("C: {requirements: {status-meeting: {agreed: true, min: 3}}}", []),
        ("C: {requirements: {status-meeting: {min: 2}}}", ["maximum-below-minimum  tiers.C.requirements.status-meeting.min"]),
        ("B: {requirements: {status-meeting: {max: 1}}}", ["maximum-below-minimum  tiers.B.requirements.status-meeting.max"]),
        ("C: {requirements: {status-meeting: {types: []}}}", ["requirement-counts-nothing  tiers.C.requirements.status-meeting.types"]),
        ("D: {requirements: {status-meeting: {types: []}}}", []),
    ],
)
def test_numbers_that_do_not_go_together(tiers: str, found: list[str]) -> None:
    assert linted(f"rules: {{extends: per-account, tiers: {{{tiers}}}}}") == found


@pytest.mark.parametrize(
    ("tiers", "kind"),
    [
        ("B: {requirements: {status-meeting: {min: -1}}}", "wrong-value"),
        ("B: {requirements: {status-meeting: {min: -1, max: 0}}}", "wrong-value"),
        ("A: {requirements: {status-meeting: {min: few}}}", "wrong-value"),
        ("A: {requirements: {status-meeting: {min: few}}}, Star: {extends: A}", "wrong-value"),
        ("C: {requirements: {status-meeting: {types: [status-meting]}}}", "unknown-type"),
        ("A: {requirements: {status-meeting: {types: [status-meting]}}}, Star: {extends: A}", "unknown-type"),
        ("C: {requirements: {status-meeting: {types: status}}}", "wrong-value"),
        ("C: {bands: {potential: {from: much}}}", "wrong-value"),
    ],
)
def test_what_cannot_be_read_is_told_once(tiers: str, kind: str) -> None:
    rules = loaded(f"rules: {{extends: per-account, tiers: {{{tiers}}}}}")
    assert [problem.kind for _, problem in rules.problems] == [kind]
    assert [finding for check in rule.REGISTRY.values() if check.of_rules for finding in check.check(rules)] == []


def test_a_type_whose_name_is_misspelt_where_it_counts_is_not_unused() -> None:
    requirement = "{types: [audti], per: account, min: 1}"
    rules = loaded(
        f"rules: {{extends: per-account, activity_types: {{audit: {{}}, walk: {{}}}}, tiers: {{C: {{requirements: {{aud: {requirement}}}}}}}}}"
    )
    assert [problem.kind for _, problem in rules.problems] == ["unknown-type"]
    assert [finding.field for check in rule.REGISTRY.values() if check.of_rules for finding in check.check(rules)] == [("activity_types", "walk")]


def test_what_can_be_read_beside_it_is_judged() -> None:
    text = "rules: {extends: per-account, tiers: {A: {requirements: {status-meeting: {min: few}}}, C: {requirements: {status-meeting: {types: []}}}}}"
    rules = loaded(text)
    assert [finding.field for check in rule.REGISTRY.values() if check.of_rules for finding in check.check(rules)] == [
        ("tiers", "C", "requirements", "status-meeting", "types")
    ]


@pytest.mark.parametrize(
    ("types", "found"),
    [
        ("walk: {hours: 2}", ["unused-type  activity_types.walk"]),
        ("walk: {customer: false}", []),
        ("lunch: {hours: 5}", []),
    ],
)
def test_only_types_of_the_company_s_own_can_be_unused(types: str, found: list[str]) -> None:
    assert linted(f"rules: {{extends: per-account, activity_types: {{{types}}}}}") == found


def test_a_set_of_the_company_s_own_is_judged_by_its_own_order() -> None:
    low = "per: account, types: [lunch]"
    text = f"rules: {{extends: shared, tiers: {{one: {{requirements: {{r: {{{low}, min: 1}}}}}}, two: {{requirements: {{r: {{{low}, min: 2}}}}}}}}}}"
    assert linted(text) == ["non-monotone-minimum  tiers.two.requirements.r.min"]


@pytest.mark.parametrize(
    "said", ["severities: {invalid-yaml: off}", "severities: {KAM608: warning}", "tiers: {B: {severities: {unknown-person: info}}}"]
)
def test_what_nobody_may_waive_nobody_switches_off(said: str) -> None:
    rules = loaded(f"rules:\n  extends: per-person\n  {said}\n")
    assert [(path, problem.message.id, problem.place.line) for path, problem in rules.problems] == [("plans/portfolio.yml", "severity-fixed", 3)]
    tier = tier_of(rules.ruleset, "B")
    assert all(rules.ruleset.severity(name, tier) is Severity.ERROR for name in ("invalid-yaml", "waiver-expired", "unknown-person"))


@pytest.mark.parametrize(
    "bent",
    ["activity_types: x", "tiers: x", "tiers: {A: x}", "activity_types: {status-meeting: [x]}", "classification: {criteria: x}"],
)
def test_what_has_no_shape_is_told_once(tmp_path: Path, bent: str) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    people = "currency: DKK\npeople: [{id: kari, name: Kari, role: kam}]\n"
    (plans / "portfolio.yml").write_text(f"{people}rules: {{extends: per-account, {bent}}}\n", encoding="utf-8")
    acts = "activities: [{date: 2026-06-01, type: status-meeting, status: planned}]\nclassification: {criteria: {size: 4}}\n"
    (plans / "acme.md").write_text(f"---\naccount: Acme\ntier: A\nowner: kari\n{acts}---\n", encoding="utf-8")
    found = load(tmp_path, dt.date(2026, 5, 6)).diagnostics
    assert [each.rule for each in found if REGISTRY[each.rule].family in {0, 1, 9}] == ["wrong-value"]


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ("severities: {KAM402: error, unclassified: warning}", ["severities: unclassified and KAM402 are the same rule"]),
        ("severities: {KAM402: {key: error, other: info}, unclassified: {key: error, other: info}}", []),
        ("severities: {KAM402: error}", []),
        ("severities: {KAM402: error, unclassified: error}", []),
        ("tiers: {A: {severities: {unclassified: error, KAM402: 'off'}}}", ["tiers.A.severities: KAM402 and unclassified are the same rule"]),
        ("severities: {KAM402: error}, tiers: {A: {severities: {unclassified: info}}, VIP: {severities: {KAM402: info}}}", []),
        ("severities: x", []),
    ],
)
def test_a_rule_that_is_named_twice_has_one_severity(severities: str, said: list[str]) -> None:
    words = told(f"rules: {{extends: per-person, {severities}}}")
    assert [each for each in said if not any(each in one for one in words)] == []
    assert sum("are the same rule" in one for one in words) == len(said)
