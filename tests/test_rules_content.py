"""What a plan says and whom it knows: boundaries, what is left to other rules, and thin plans."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest

from kamgen.diagnostic import Diagnostic, Severity
from kamgen.document import read_data
from kamgen.message import say
from kamgen.model.block import BLOCKS, GROUPS
from kamgen.model.people import BUYING_ROLES, FUNCTIONS
from kamgen.rule import REGISTRY, known
from kamgen.rulebook import load as load_rules
from kamgen.rules.content import TOLD
from kamgen.workspace import load

AS_OF = dt.date(2026, 5, 6)
MINE = {f"KAM{number}" for number in (501, 502, 503, 508, 511, 512, 513, 514, 517, 518)}
CONTACT = "contacts:\n  - {id: anna, name: Anna Lind, title: Buyer}\n"
PLANNED = "activities:\n  - {date: 2026-06-09, type: contact, status: planned, contacts: [anna], channel: phone, subject: Autumn}\n"
SETS = {"per-person": ("VIP", "A", "B", "C"), "per-account": ("programme", "A", "B", "C", "D")}


def judged(
    root: Path, text: str, *, tier: str = "A", rules: str = "{extends: per-account}", as_of: dt.date = AS_OF, body: str = ""
) -> list[Diagnostic]:
    (root / "plans").mkdir(exist_ok=True)
    people = "people: [{id: kari, name: Kari, role: kam}, {id: vera, name: Vera, role: leader}]"
    (root / "plans/portfolio.yml").write_text(f"{people}\nrules: {rules}\n", encoding="utf-8")
    (root / "plans/havnen.md").write_text(f"---\naccount: Havnen\ntier: {tier}\nowner: kari\n{text}---\n{body}", encoding="utf-8")
    found = load(root, as_of).diagnostics
    assert not [
        diagnostic.message for diagnostic in found if diagnostic.code[:4] in {"KAM0", "KAM1", "KAM9"} and diagnostic.severity is Severity.ERROR
    ]
    return [diagnostic for diagnostic in found if diagnostic.code in MINE]


def of(rule: str, found: list[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in found if diagnostic.rule == rule]


@pytest.mark.parametrize(("name", "tier"), [(name, tier) for name, tiers in SETS.items() for tier in tiers if tier in "CD"])
def test_a_thin_plan_of_a_small_account_gets_no_warning(name: str, tier: str, tmp_path: Path) -> None:
    found = judged(tmp_path, CONTACT + PLANNED, tier=tier, rules=f"{{extends: {name}}}")
    assert [diagnostic.message for diagnostic in found if diagnostic.severity > Severity.INFO] == []


@pytest.mark.parametrize(("name", "tier"), [(name, tier) for name, tiers in SETS.items() for tier in tiers])
def test_an_empty_plan_is_one_list_and_no_flood(name: str, tier: str, tmp_path: Path) -> None:
    found = judged(tmp_path, "", tier=tier, rules=f"{{extends: {name}}}")
    assert max([0, *(len(of(rule, found)) for rule in {diagnostic.rule for diagnostic in found})]) <= 1
    assert sum(diagnostic.severity is Severity.ERROR for diagnostic in found) <= 1


@pytest.mark.parametrize(("since", "told"), [("2026-02-04", True), ("2026-02-05", True), ("2026-02-06", False), ("2026-05-06", False)])
def test_a_new_customer_has_ninety_days(since: str, told: bool, tmp_path: Path) -> None:
    days_ago = (AS_OF - dt.date.fromisoformat(since)).days
    assert (days_ago >= 90) is told
    met = "activities:\n  - {date: 2026-05-05, type: status-meeting, status: held, contacts: [anna], note: Wants Tuesdays}\n"
    found = judged(tmp_path, f"since: {since}\n{CONTACT}{met}")
    rules = {"missing-block", "unanswered-question", "missing-role", "kpis-missing", "single-threaded"}
    assert {diagnostic.rule for diagnostic in found} == (rules if told else set())


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("{extends: per-account}", {"weak-contact-idle"}),
        ("{extends: per-account, severities: {weak-contact-idle: off}}", {"contact-not-met"}),
        ("{extends: per-account, severities: {weak-contact-idle.decides: off}}", {"contact-not-met"}),
    ],
)
@pytest.mark.parametrize("role", ["", ", buying_role: decision-maker"])
def test_a_person_is_to_be_called_once(rules: str, told: set[str], role: str, tmp_path: Path) -> None:
    both = {"weak-contact-idle", "contact-not-met"}
    weak = f"  - {{id: bo, name: Bo, function: ceo, relationship: 1, wanted: 4{role}}}\n"
    judged(tmp_path, f"since: 2020-01-01\n{CONTACT}{weak}{PLANNED}", rules=rules)
    found = {each.rule for each in load(tmp_path, AS_OF).diagnostics} & both
    assert found == (told if role or "decides" not in rules else {"weak-contact-idle"})


GIVEN = {"baseline": "10", "target": "20", "start": "2026-05-06", "due": "2026-12-31", "owner": "kari", "days": "2"}
GOALS_FIRST = "{extends: per-account, tiers: {A: {blocks: {goals: 99}}, C: {blocks: {goals: 99}}}}"
BOTH_FIRST = "{extends: per-account, tiers: {A: {blocks: {goals: 99, actions: 98}}}}"


@pytest.mark.parametrize(
    ("tier", "rules", "text"),
    [
        ("A", BOTH_FIRST, ""),
        ("A", GOALS_FIRST, ""),
        ("A", GOALS_FIRST, "actions:\n  - {text: Ask, owner: kari, due: 2026-06-01, days: 1}\n"),
        ("C", GOALS_FIRST, ""),
    ],
)
def test_a_goal_that_is_written_as_the_help_says_brings_no_new_finding(tier: str, rules: str, text: str, tmp_path: Path) -> None:
    (found,) = of("missing-block", judged(tmp_path, text, tier=tier, rules=rules))
    pasted = [line.strip("`") for line in re.findall(r"`(?:goals: |actions: |- )\S.*?}]?`", found.help)]
    for key, value in GIVEN.items():
        pasted = [line.replace(f"{key}: ...", f"{key}: {value}") for line in pasted]
    pasted = [line.replace("...", "Visits in a year") for line in pasted]
    items = "".join(f"  {line}\n" if line.startswith("- ") else "" for line in pasted)
    whole = text + items + "".join(f"{line}\n" for line in pasted if not line.startswith("- "))
    judged(tmp_path, whole, tier=tier, rules=rules)
    told = {each.rule for each in load(tmp_path, AS_OF).diagnostics}
    assert "goals: [{id: g1" in whole
    assert "goal: g1" in whole
    assert told.isdisjoint({"goal-without-measure", "goal-without-action", "action-without-owner", "action-without-resources", "goal-late"})


def test_an_action_that_is_missing_serves_the_goal_there_is(tmp_path: Path) -> None:
    goal = "goals:\n  - {id: shops, text: Nine shops, measure: shops, baseline: 1, target: 9, due: 2026-12-31}\n"
    rules = "{extends: per-account, tiers: {A: {blocks: {actions: 99}}}}"
    (found,) = of("missing-block", judged(tmp_path, goal, rules=rules))
    assert "`actions: [{text: ..., goal: shops, owner: ..., due: ..., days: ...}]`" in found.help


ASKED = "{extends: shared, tiers: {A: {gated: true, blocks: {actions: 1, company: 1}}, C: {blocks: {actions: 1}}, D: {blocks: {company: 1}}}}"


@pytest.mark.parametrize(
    ("tier", "rules", "more", "told"),
    [
        ("A", ASKED, "", {"missing-block"}),
        ("C", ASKED, "", {"missing-block"}),
        ("A", ASKED, "actions: [{text: TBD}]\n", {"missing-block", "action-without-owner", "action-without-resources"}),
        ("D", ASKED, "", {"missing-block", "goal-without-action", "at-risk-without-action"}),
        (
            "A",
            ASKED.replace("{extends: shared", "{extends: shared, severities: {missing-block: info}"),
            "",
            {"missing-block", "at-risk-without-action"},
        ),
        (
            "A",
            ASKED.replace("{extends: shared", "{extends: shared, severities: {missing-block: off}"),
            "",
            {"goal-without-action", "at-risk-without-action"},
        ),
        ("A", ASKED, "since: 2026-05-01\n", {"goal-without-action", "at-risk-without-action"}),
    ],
)
def test_that_there_are_no_actions_is_told_once(tier: str, rules: str, more: str, told: set[str], tmp_path: Path) -> None:
    goal = "goals: [{id: g1, text: Grow, measure: shops, baseline: 1, target: 9, start: 2026-05-01, due: 2026-12-31}]\n"
    judged(tmp_path, f"status: at-risk\nstatus_reason: Fire\n{goal}{more}", tier=tier, rules=rules)
    rules_of_actions = {"missing-block", "goal-without-action", "at-risk-without-action", "action-without-owner", "action-without-resources"}
    assert {each.rule for each in load(tmp_path, AS_OF).diagnostics} & rules_of_actions == told


def test_what_another_rule_tells_of_is_left_to_it(tmp_path: Path) -> None:
    (found,) = of("missing-block", judged(tmp_path, CONTACT + PLANNED))
    told = [say(f"label.{block}") for block in ("team", "meetings", "executive_sponsor", "kpis", "classification", "feedback")]
    assert not [label for label in told if label in found.message]


RESTING = "status: paused\nstatus_reason: Fire\npaused_until: 2026-08-01\n"


@pytest.mark.parametrize(
    ("rules", "text", "tier"),
    [
        ("{extends: per-account, severities: {stale-feedback: off, no-team: off, kpis-missing: off}}", "", "A"),
        ("{extends: per-account, tiers: {A: {severities: {stale-feedback: off, no-team: off}}}}", "", "A"),
        ("{extends: per-account}", RESTING, "A"),
        ("{extends: per-account}", "status: prospect\n", "A"),
        ("{extends: shared, tiers: {C: {blocks: {team: 1, company: 1}, severities: {no-team: off}}}}", "", "C"),
    ],
)
def test_what_another_rule_does_not_tell_today_is_left_to_it_too(rules: str, text: str, tier: str, tmp_path: Path) -> None:
    (found,) = of("missing-block", judged(tmp_path, text + CONTACT + PLANNED, rules=rules, tier=tier))
    left = [say(f"label.{block}") for block in ("team", "meetings", "executive_sponsor", "kpis", "classification", "feedback")]
    assert not [label for label in left if label in found.message]
    assert say("label.company") in found.message


@pytest.mark.parametrize(("tier", "told"), [("C", True), ("A", False)])
def test_a_part_that_no_rule_asks_of_such_tiers_is_told(tier: str, told: bool, tmp_path: Path) -> None:
    rules = "{extends: shared, tiers: {A: {gated: true, blocks: {team: 1}}, C: {blocks: {team: 1}}}}"
    found = of("missing-block", judged(tmp_path, CONTACT + PLANNED, tier=tier, rules=rules))
    assert [say("label.team") in each.message for each in found] == [True] * told


def test_a_paused_account_is_asked_for_no_more_than_before(tmp_path: Path) -> None:
    def severities(text: str) -> dict[str, Severity]:
        return {each.rule: each.severity for each in judged(tmp_path, text + CONTACT + PLANNED, rules=rules)}

    rules = "{extends: shared, tiers: {A: {gated: true, blocks: {feedback: 1, activities: 1, contacts: 1}}}}"
    assert severities(RESTING).keys() <= severities("").keys()


def test_nothing_is_missing_where_other_rules_tell_of_all(tmp_path: Path) -> None:
    rules = "{extends: shared, tiers: {A: {gated: true, blocks: {contacts: 1}}}}"
    assert of("missing-block", judged(tmp_path, "", rules=rules)) == []


def test_the_rules_that_it_leaves_parts_to_exist() -> None:
    assert set(TOLD.values()) <= set(REGISTRY)
    assert set(TOLD) <= set(BLOCKS)


def test_absent_roles_that_cannot_be_read_are_not_judged(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/portfolio.yml").write_text("people: [{id: kari, name: K, role: kam}]\nrules: {extends: per-account}\n", encoding="utf-8")
    text = f"---\naccount: H\ntier: A\nowner: kari\n{CONTACT}absent_roles: [{{function: boss}}]\n---\n"
    (tmp_path / "plans/havnen.md").write_text(text, encoding="utf-8")
    assert of("missing-role", list(load(tmp_path, AS_OF).diagnostics)) == []


def test_who_is_missing_can_be_pasted_and_brings_nothing_new(tmp_path: Path) -> None:
    def told() -> set[str]:
        return {found.rule for found in load(tmp_path, AS_OF).diagnostics if found.code[3] in "0135" and found.rule != "missing-block"}

    (found,) = of("missing-role", judged(tmp_path, CONTACT + PLANNED, body="x"))
    before = told()
    items = re.findall(r"`(- {id: new.*?})`", found.help)
    assert len(items) == 3
    judged(tmp_path, CONTACT + "".join(f"  {item}\n" for item in items).replace("...", "Head") + PLANNED)
    assert told() == before - {"missing-role"}


LEAVES = "since: 2020-01-01\ncontacts:\n  - {id: bo, name: Bo, work: occasional}\n  - {id: anna, name: Anna, title: Buyer, work: ongoing, %s}\n"
MET = "activities:\n  - {date: 2026-04-09, type: status-meeting, status: held, contacts: [bo], note: Fine}\n"
AHEAD = "  - {date: 2026-07-09, type: status-meeting, status: planned, contacts: [bo], channel: phone, subject: Autumn}\n"


@pytest.mark.parametrize("rule", ["weak-contact-idle", "single-threaded", "contact-not-met"])
@pytest.mark.parametrize(
    ("anna", "said"),
    [("left: 2026-05-11", "2026-05-08, type: contact"), ("targets: {contact: {min: 0, max: 0, reason: Travels}}", "2026-05-20, type: ")],
)
def test_what_is_planned_with_a_person_is_before_the_person_leaves_and_allowed(rule: str, anna: str, said: str, tmp_path: Path) -> None:
    weak = ", relationship: 1, wanted: 4" if rule == "weak-contact-idle" else ""
    others = ("weak-contact-idle", "cadence-behind", "single-threaded", "contact-not-met")
    off = ", ".join(f'{other}: "off"' for other in others if other != rule)
    judged(tmp_path, LEAVES % (anna + weak) + MET + AHEAD, rules=f"{{extends: per-person, severities: {{{off}}}}}")
    (found,) = of(rule, list(load(tmp_path, AS_OF).diagnostics))
    assert said in found.help
    assert ("type: contact" in found.help) is ("left" in anna)


def test_a_page_limit_is_kept_up_to_the_last_character(tmp_path: Path) -> None:
    rules = "{extends: shared, tiers: {A: {pages: {long-term-issues: 1}}}}"
    assert of("plan-too-long", judged(tmp_path, f"issues:\n  - text: {'a' * 2499}\n    next_step: b\n", rules=rules)) == []
    (found,) = of("plan-too-long", judged(tmp_path, f"issues:\n  - text: {'a' * 2500}\n    next_step: b\n", rules=rules))
    assert "2,501 characters" in found.message
    assert of("plan-too-long", judged(tmp_path, f"issues:{' ' * 3000}\n  - text: {'a' * 2000}\n    next_step: b\n", rules=rules)) == []


def test_an_analysis_question_stands_where_it_is_asked(tmp_path: Path) -> None:
    (nowhere,) = of("unanswered-question", judged(tmp_path, "", tier="C"))
    assert nowhere.line == 5
    (asked,) = of("unanswered-question", judged(tmp_path, "", tier="C", body="\nText.\n\n## What do they buy from us?\n"))
    assert (asked.line, "## What do they buy from us?" in asked.help) == (9, True)


def weak(function: str, planned: str, *, more: str = "", as_of: dt.date = AS_OF, root: Path) -> list[Diagnostic]:
    anna = f"  - {{id: anna, name: Anna, {function}relationship: 1, wanted: 3, work: occasional}}\n"
    people = f"contacts:\n{anna}  - {{id: bo, name: Bo, work: occasional}}\n"
    return of("weak-contact-idle", judged(root, f"{more}{people}activities:\n  - {planned}\n", as_of=as_of))


@pytest.mark.parametrize(
    ("function", "planned", "severities"),
    [
        ("", "{date: 2026-06-09, type: contact, status: planned, contacts: [bo]}", [Severity.INFO]),
        ("buying_role: decision-maker, ", "{date: 2026-06-09, type: contact, status: planned, contacts: [bo]}", [Severity.WARNING]),
        ("", "{date: 2026-05-06, type: contact, status: planned, contacts: [anna]}", []),
        ("left: 2026-05-06, ", "{date: 2026-06-09, type: contact, status: planned, contacts: [bo]}", []),
        ("", "{date: 2026-05-05, type: contact, status: planned, contacts: [anna]}", []),
    ],
)
def test_a_weak_contact_is_idle(function: str, planned: str, severities: list[Severity], tmp_path: Path) -> None:
    assert [found.severity for found in weak(function, planned, root=tmp_path)] == severities


def test_while_an_account_is_paused_nobody_is_idle(tmp_path: Path) -> None:
    planned = "{date: 2026-06-09, type: contact, status: planned, contacts: [bo]}"
    assert weak("", planned, more="status: paused\nstatus_reason: Rebuilding\n", root=tmp_path) == []


def test_where_the_cadence_speaks_of_a_person_nothing_more_is_said(tmp_path: Path) -> None:
    people = "contacts:\n  - {id: anna, name: Anna, relationship: 1, wanted: 3, work: ongoing}\n  - {id: bo, name: Bo, work: none}\n"
    planned = "activities:\n  - {date: 2026-06-09, type: contact, status: planned, contacts: [bo]}\n"
    assert of("weak-contact-idle", judged(tmp_path, people + planned, rules="{extends: per-person}")) == []
    off = "{extends: per-person, severities: {cadence-behind: off, cadence-short: off}}"
    assert len(of("weak-contact-idle", judged(tmp_path, people + planned, rules=off))) == 1


def test_of_a_decision_maker_whom_we_know_too_little_the_graver_rule_speaks(tmp_path: Path) -> None:
    anna = "  - {id: anna, name: Anna, relationship: 1, wanted: 3, work: ongoing, buying_role: decision-maker}\n"
    planned = "activities:\n  - {date: 2026-06-09, type: contact, status: planned, contacts: [bo]}\n"
    text = f"contacts:\n{anna}  - {{id: bo, name: Bo, work: none}}\n{planned}"
    for tier, speaks in (("A", "cadence-behind"), ("C", "weak-contact-idle")):
        judged(tmp_path, text, tier=tier, rules="{extends: per-person}")
        found = {said.rule for said in load(tmp_path, AS_OF).diagnostics if said.field.startswith("contacts.anna")}
        assert found & {"cadence-behind", "weak-contact-idle"} == {speaks}


def test_where_nothing_is_planned_with_the_customer_only_that_is_told(tmp_path: Path) -> None:
    assert weak("", "{date: 2026-06-09, type: internal-meeting, status: planned, contacts: [bo]}", root=tmp_path) == []


@pytest.mark.parametrize(("status", "count"), [("status: active\n", 1), ("status: paused\nstatus_reason: Rebuilding\n", 0)])
def test_a_single_thread_is_not_pulled_while_an_account_is_paused(status: str, count: int, tmp_path: Path) -> None:
    met = "activities:\n  - {date: 2026-05-05, type: status-meeting, status: held, contacts: [anna], note: Wants Tuesdays}\n"
    assert len(of("single-threaded", judged(tmp_path, status + CONTACT + met))) == count


@pytest.mark.parametrize(
    ("need", "lacks"),
    [
        ("agreed: true, gain: 200 kroner a day", []),
        ("agreed: true, gain: No fall on the stairs", []),
        ("agreed: true, gain: 三成", []),
        ("agreed: true, gain: Six fewer returns a week", []),
        ("agreed: true, gain: Halverad ledtid", []),
        ("agreed: true, gain: 投诉减半", []),
        ("agreed: true, gain: One hour a week", []),
        ("agreed: true, gain: En uge kortere levering", []),
        ("agreed: true, gain: One morning free for loading", []),
        ("agreed: true, gain: One contact for all shops", ["number"]),
        ("agreed: true, gain: Alle er glade", ["number"]),
        ("agreed: true, gain: En dagligvarebutik", ["number"]),
        ("agreed: true, gain: Doubtful", ["number"]),
        ("agreed: true, gain: Safer, impact: 3 falls less", []),
        ("agreed: true, gain: Guests feel safe", ["number"]),
        ("agreed: true, gain: ...", ["gain"]),
        ("agreed: false, gain: Half the falls", ["agreed"]),
        ("gain: Guests feel safe", ["agreed", "number"]),
    ],
)
def test_a_need_is_agreed_and_its_gain_measured(need: str, lacks: list[str], tmp_path: Path) -> None:
    found = of("need-without-gain", judged(tmp_path, f"needs:\n  - {{text: Light on the stairs, {need}}}\n", tier="C"))
    assert [diagnostic.message for diagnostic in found] == (
        [say("need-without-gain", account="Havnen", text="Light on the stairs", lacks=say(f"need-without-gain.{'-and-'.join(lacks)}"))]
        if lacks
        else []
    )


def test_key_figures_are_asked_of_key_tiers_and_where_they_are_required(tmp_path: Path) -> None:
    assert of("kpis-missing", judged(tmp_path, CONTACT + PLANNED, tier="C")) == []
    required = "{extends: per-account, tiers: {C: {blocks: {kpis: 1}}}}"
    assert len(of("kpis-missing", judged(tmp_path, CONTACT + PLANNED, tier="C", rules=required))) == 1
    assert of("kpis-missing", judged(tmp_path, "status: prospect\n" + CONTACT + PLANNED)) == []


@pytest.mark.parametrize(
    "key", ["blocks: {gaols: 3}", "blocks: {owner: 1}", "pages: {customer: 3}", "functions: [boss]", "questions: 12", "blocks: {goals: -1}"]
)
def test_a_rule_set_asks_only_for_what_there_is(key: str) -> None:
    text = f"rules:\n  extends: per-person\n  tiers:\n    A:\n      {key}\n"
    found = load_rules(read_data("plans/portfolio.yml", text.encode()), known()).problems
    assert [(problem.kind, problem.place.line) for path, problem in found if path == "plans/portfolio.yml"][:1] == [("wrong-value", 5)]


def test_depth_follows_the_tier() -> None:
    for name, tiers in SETS.items():
        rules = load_rules(read_data("plans/portfolio.yml", f"rules: {{extends: {name}}}".encode()), known()).ruleset
        asked = [rules.tiers[tier] for tier in tiers]
        for above, below in pairwise(asked):
            assert len(above.blocks) >= len(below.blocks)
            assert above.questions >= below.questions
            assert all(above.pages[group] >= below.pages[group] for group in GROUPS)
            assert set(above.roles) >= set(below.roles)
            assert set(above.functions) >= set(below.functions)
        assert {role for tier in asked for role in tier.roles} <= set(BUYING_ROLES)
        assert {function for tier in asked for function in tier.functions} <= set(FUNCTIONS)
