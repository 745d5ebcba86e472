"""What is proposed to plan: it mends what it is proposed for, and makes nothing else wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule, rulebook
from kamgen.cadence import Cell, State, cells, window_of
from kamgen.document import read_data
from kamgen.frozen import with_values
from kamgen.model.activity import Activity
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Person, Portfolio
from kamgen.proposal import Proposal, Proposer, first_person
from kamgen.ruleset import Ruleset
from kamgen.workspace import load

AS_OF: Final = dt.date(2026, 5, 6)
SOON: Final = dt.date(2026, 5, 20)
FREE: Final = "tiers: {free: {requirements: {calls: {types: [contact, internal-meeting], per: account, min: 1, max: 1}}}}"
SETS: Final = {
    name: rulebook.load(read_data("portfolio.yml", f"rules: {{extends: {name}, {FREE}}}\n".encode()), rule.known()).ruleset
    for name in ("shared", "per-account", "per-person")
}
TIERS: Final = [(name, tier) for name, rules in SETS.items() for tier in rules.tiers]
PEOPLE: Any = (
    Person(id="kari", name="Kari Nygaard", role="kam"),
    Person(id="old", name="Olaf Gone", role="leader", active=False),
    Person(id="vera", name="Vera Lind", role="leader"),
    Person(id="eva", name="Eva Berg", role="executive"),
)
PORTFOLIO: Any = Portfolio(people=PEOPLE)
ROLES: Final = {person.id: person.role for person in PEOPLE}
ANNA: Any = Contact(id="anna", name="Anna Lind", function="procurement")
BO: Any = Contact(id="bo", name="Bo Dahl", function="ceo")


def account(tier: str, *activities: Activity, **more: Any) -> Plan:
    values: Any = {"contacts": (ANNA, BO), **more}
    return Plan(account="Acme", tier=tier, owner="kari", activities=activities, **values)


def held(type: str, *contacts: str) -> Activity:
    return Activity(date=dt.date(2026, 2, 3), type=type, status="held", note="Said yes", contacts=contacts or ("anna",), by="vera")


def proposer(rules: Ruleset, plan: Plan) -> Proposer:
    return Proposer(plan, PORTFOLIO, rules, rules.tiers[plan.tier], counted(rules, plan), AS_OF)


def counted(rules: Ruleset, plan: Plan) -> tuple[Cell, ...]:
    return cells(plan, rules.tiers[plan.tier], rules, window_of(rules, 1, AS_OF), AS_OF, ROLES)


def kept(plan: Plan, proposed: Proposal) -> Plan:
    """The plan with what was proposed."""
    people: Any = {"contacts": (proposed.contact,) if proposed.contact else (), "colleagues": (proposed.colleague,) if proposed.colleague else ()}
    more: Any = Activity(date=SOON, type=proposed.type, status="planned", **people)
    return with_values(plan, activities=(*plan.activities, more))


@pytest.mark.parametrize(
    ("rules", "tier", "done", "type"),
    [
        ("per-account", "programme", [], "status-meeting"),
        ("per-account", "A", ["status-meeting"] * 6, "discovery-meeting"),
        ("per-account", "A", ["discovery-meeting", "proposal-meeting", *["status-meeting"] * 6], "proposal-meeting"),
        ("per-account", "B", ["status-meeting"] * 2, "discovery-meeting"),
        ("per-account", "C", [], "agreed-sales-meeting"),
        ("per-account", "C", ["status-meeting"], "agreed-sales-meeting"),
        ("per-account", "C", ["discovery-meeting", "proposal-meeting", "status-meeting", *["agreed-sales-meeting"] * 2], "contact"),
        ("per-account", "D", ["agreed-sales-meeting"] * 2, "contact"),
        ("per-person", "VIP", ["contact"] * 4, "proactive-sales-meeting"),
        ("per-person", "C", ["contact"] * 2, "proactive-sales-call"),
        ("shared", "free", [], "contact"),
        ("shared", "free", ["contact"], "proactive-sales-call"),
    ],
)
def test_what_is_lacking_most_is_proposed_and_never_what_is_enough(rules: str, tier: str, done: list[str], type: str) -> None:
    plan = account(tier, *(held(each) for each in done), contacts=(ANNA,))
    assert proposer(SETS[rules], plan).propose(SOON).type == type


def test_what_nobody_settled_may_have_been_held() -> None:
    unsettled = Activity(date=dt.date(2026, 5, 1), type="status-meeting", status="planned", contacts=("anna",))
    plan = account("C", unsettled, *(held("agreed-sales-meeting") for _ in range(2)), contacts=(ANNA,))
    assert proposer(SETS["per-account"], plan).propose(SOON).type == "discovery-meeting"


@pytest.mark.parametrize(
    ("rules", "tier", "type"),
    [
        ("per-account", "programme", "status-meeting"),
        ("per-account", "C", "agreed-sales-meeting"),
        ("per-account", "D", "agreed-sales-meeting"),
        ("per-person", "A", "proactive-sales-meeting"),
        ("per-person", "C", "proactive-sales-meeting"),
        ("shared", "free", "proactive-sales-meeting"),
    ],
)
def test_a_meeting_is_no_call(rules: str, tier: str, type: str) -> None:
    assert proposer(SETS[rules], account(tier)).propose(SOON, meeting=True).type == type


@pytest.mark.parametrize(("calls", "type"), [(3, "contact"), (4, "proactive-sales-meeting")])
def test_a_call_is_asked_for_until_there_are_enough(calls: int, type: str) -> None:
    plan = account("VIP", *(held("contact") for _ in range(calls)), contacts=(ANNA,))
    assert proposer(SETS["per-person"], plan).propose(SOON, rather="contact").type == type


def test_a_prospect_that_nothing_is_counted_for() -> None:
    rules = SETS["per-account"]
    assert proposer(rules, account("A", status="prospect")).propose(SOON) == Proposal("status-meeting", "anna")
    assert proposer(rules, account("A", status="prospect", contacts=())).propose(SOON) == Proposal("status-meeting")


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_proposed_is_never_one_too_many(data: st.DataObject) -> None:
    name, tier = data.draw(st.sampled_from(TIERS))
    rules = SETS[name]
    sorts = [type for type, kind in rules.activity_types.items() if kind.customer]
    with_whom = st.sampled_from([("anna",), ("bo",), ("anna", "bo")])
    done = data.draw(st.lists(st.builds(lambda sort, who: held(sort, *who), st.sampled_from(sorts), with_whom), max_size=24))
    plan = account(tier, *done)
    rather, meeting = data.draw(st.sampled_from([("", False), ("contact", False), ("", True)]))
    proposed = proposer(rules, plan).propose(SOON, rather=rather, meeting=meeting)
    before, after = counted(rules, plan), counted(rules, kept(plan, proposed))
    assert [now for was, now in zip(before, after, strict=True) if was.state is not State.OVER and now.state is State.OVER] == []
    assert rules.activity_types[proposed.type].physical or not meeting


@pytest.mark.parametrize(("sponsor", "named"), [(None, "vera"), ("eva", "eva"), ("kari", "vera"), ("old", "vera")])
def test_a_meeting_with_our_management_names_who_of_it_comes(sponsor: str | None, named: str) -> None:
    rules = SETS["per-person"]
    plan = account("A", executive_sponsor=sponsor, contacts=(ANNA,))
    lacking = next(cell for cell in counted(rules, plan) if cell.requirement == "management-meeting")
    proposed = proposer(rules, plan).fill(lacking, SOON)
    assert proposed == Proposal("management-meeting", "anna", named)
    mended = next(cell for cell in counted(rules, kept(plan, proposed)) if cell.requirement == "management-meeting")
    assert mended.state is State.ON_PLAN


def test_where_nobody_of_ours_leads_the_name_is_left_to_write() -> None:
    rules, plan = SETS["per-person"], account("A")
    lacking = next(cell for cell in counted(rules, plan) if cell.requirement == "management-meeting")
    nobody: Any = Portfolio(people=PEOPLE[:1])
    assert Proposer(plan, nobody, rules, rules.tiers["A"], (), AS_OF).fill(lacking, SOON).colleague == "..."


def test_who_will_be_gone_is_not_named() -> None:
    leaving = with_values(ANNA, left=dt.date(2026, 5, 10))
    plan = account("A", contacts=(leaving, BO))
    assert first_person(plan, AS_OF) == "anna"
    assert first_person(plan, SOON) == "bo"
    assert proposer(SETS["per-person"], plan).propose(SOON).contact == "bo"
    assert proposer(SETS["per-account"], account("A", contacts=(leaving,))).propose(SOON).contact is None


PEOPLE_FILE: Final = "people:\n  - {id: kari, name: Kari Nygaard, role: kam}\n  - {id: vera, name: Vera Lind, role: leader}\n"


def told(root: Path, plan: str, rules: str) -> dict[str, str]:
    """The rules that speak, each with its last help."""
    (root / "plans").mkdir(exist_ok=True)
    (root / "plans/portfolio.yml").write_text(f"currency: DKK\n{PEOPLE_FILE}rules: {{extends: {rules}}}\n", encoding="utf-8")
    (root / "plans/acme.md").write_text(f"---\naccount: Acme\nowner: kari\n{plan}---\n", encoding="utf-8")
    return {f"{one.code} {one.message}": one.help for one in load(root, AS_OF).diagnostics}


def pasted(plan: str, advice: str) -> str:
    """The plan with the item that a help gives."""
    item = advice[advice.index("{date") : advice.index("}") + 1]
    return f"{plan if 'activities:' in plan else f'{plan}activities:' + chr(10)}  - {item}\n"


LEAVES: Final = "tier: A\ncontacts: [{id: anna, name: Anna Lind, function: ceo, left: 2026-05-10}, {id: bo, name: Bo Dahl, work: occasional}]\n"


@pytest.mark.parametrize("code", ["KAM201", "KAM301"])
def test_a_help_that_is_pasted_names_nobody_who_is_gone(tmp_path: Path, code: str) -> None:
    found = told(tmp_path, LEAVES, "per-person")
    helps = [advice for said, advice in found.items() if said.startswith(code)]
    assert helps
    for advice in helps:
        assert not any(said.startswith("KAM114") for said in told(tmp_path, pasted(LEAVES, advice), "per-person"))


def test_the_help_of_a_meeting_with_our_management_mends_it(tmp_path: Path) -> None:
    plan = "tier: A\ncontacts: [{id: anna, name: Anna Lind, function: ceo}]\n"
    asked = [said for said in told(tmp_path, plan, "per-person") if "Meetings with our management" in said]
    assert len(asked) == 1
    mended = pasted(plan, told(tmp_path, plan, "per-person")[asked[0]])
    assert "with: [vera]" in mended
    assert not [said for said in told(tmp_path, mended, "per-person") if said.startswith("KAM301") and "our management" in said]


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("KAM201", "tier: C\nactivities:\n  - {date: 2026-02-03, type: status-meeting, status: held}\n"),
        (
            "KAM212",
            "tier: B\nactivities:\n"
            + "  - {date: 2026-02-03, type: status-meeting, status: held}\n" * 2
            + "  - {date: 2026-11-03, type: contact, status: planned}\n",
        ),
        (
            "KAM220",
            "tier: C\nagreements: [{title: Frame, end: 2026-06-01}]\nactivities:\n  - {date: 2026-02-03, type: status-meeting, status: held}\n",
        ),
    ],
)
def test_a_help_that_is_pasted_makes_nothing_too_many(tmp_path: Path, code: str, plan: str) -> None:
    advice = next(advice for said, advice in told(tmp_path, plan, "per-account").items() if said.startswith(code))
    after = told(tmp_path, pasted(plan, advice), "per-account")
    assert not [said for said in after if said.startswith(("KAM302", code))]


@pytest.mark.parametrize(
    ("calls", "meetings", "type"), [(0, 1, "lunch"), (0, 0, "contact"), (1, 1, "contact"), (1, 0, "contact"), (2, 0, "contact"), (0, 2, "lunch")]
)
def test_where_all_is_full_nothing_is_proposed_whose_number_is_0(calls: int, meetings: int, type: str) -> None:
    asked = ", ".join(f"{name}: {{types: [{name}], per: account, min: 0, max: {most}}}" for name, most in (("contact", calls), ("lunch", meetings)))
    text = f"rules: {{tiers: {{A: {{requirements: {{{asked}}}}}}}}}"
    rules = rulebook.load(read_data("portfolio.yml", text.encode()), rule.known()).ruleset
    rules = with_values(rules, activity_types={name: rules.activity_types[name] for name in ("contact", "lunch")})
    assert proposer(rules, account("A", held("contact"), held("lunch"))).propose(SOON, rather="contact", person="bo") == Proposal(type, "bo")


@pytest.mark.parametrize("person", ["anna", "bo"])
def test_what_is_proposed_with_a_person_is_with_the_person(person: str) -> None:
    few = with_values(ANNA, function="ceo", targets={})
    for name, tier in TIERS:
        asked = proposer(SETS[name], account(tier, contacts=(few, BO)))
        assert {asked.propose(SOON, person=person).contact, asked.propose(SOON, rather="contact", person=person).contact} == {person}
