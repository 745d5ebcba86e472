"""Who may see what: plans, and the words of findings."""

from __future__ import annotations

import datetime as dt

import pytest

from kamgen.privacy import own_words, visible
from kamgen.site import Site
from kamgen.visibility import may_see
from kamgen.workspace import load
from tests.sites import PORTFOLIO, write

AS_OF = dt.date(2026, 5, 6)
HEAD = "---\naccount: Acme\ntier: A\nowner: kari.nygaard\n"
PEOPLE = """\
contacts:
  - {id: anna-lind, name: Anna Lind, function: ceo, phone: "+45 86 12 34 56", email: anna@acme.example, support: critic, influence: 4}
  - {id: bo.holm, name: Bo Holm, function: product, phone: "+45 11 22 33 44"}
"""


@pytest.fixture
def site_of(tmp_path):
    def made(text: str, audience: str = "site") -> Site:
        write(tmp_path, {"acme.md": f"{HEAD}{text}---\n"}, portfolio=f"{PORTFOLIO}publish: {{audience: {audience}}}\n")
        return Site(load(tmp_path, AS_OF))

    return made


def test_contacts_lose_what_is_the_team_s(site_of):
    contact = site_of(PEOPLE).accounts[0].plan.contacts[0]
    assert (contact.name, contact.phone, contact.email, contact.support, contact.influence) == ("Anna Lind", None, None, None, None)


def test_the_team_sees_it(site_of):
    contact = site_of(PEOPLE, "team").accounts[0].plan.contacts[0]
    assert (contact.phone, contact.support) == ("+45 86 12 34 56", "critic")


def test_private_is_for_nobody(site_of):
    text = f"{PEOPLE}potential: 450000\nvisibility: {{potential: private, contacts.anna-lind.phone: private, contacts.bo.holm.phone: site}}\n"
    plan = site_of(text, "team").accounts[0].plan
    assert plan.potential is None
    assert plan.contacts[0].phone is None
    assert plan.contacts[0].email == "anna@acme.example"
    assert site_of(text).accounts[0].plan.contacts[1].phone == "+45 11 22 33 44"


def test_a_whole_part_can_be_hidden(site_of):
    plan = site_of("swot: {strengths: [{text: Price}]}\nrisks: [{text: Merger}]\nvisibility: {swot: team, risks: private}\n").accounts[0].plan
    assert plan.swot is None
    assert plan.risks == ()


def test_an_entry_of_a_list_or_a_table_can_be_hidden(site_of):
    text = "arrangements: [One, Two]\nclassification: {criteria: {size: 5, history: 2}}\n"
    plan = site_of(f"{text}visibility: {{arrangements.1: private, classification.criteria.size: team}}\n").accounts[0].plan
    assert plan.arrangements == ("Two",)
    assert dict(plan.classification.criteria) == {"history": 2}


LISTS = """\
activities:
  - {id: spring, date: 2026-05-20, type: contact, status: planned, subject: Secret}
  - {date: 2026-05-06, type: contact, status: planned, subject: Secret}
competitors: [{name: Bolt & Sons, strengths: Secret}]
risks: [{text: Secret}]
"""


@pytest.mark.parametrize(
    ("field", "part", "left"),
    [
        (("activities", 0), "activities.spring", 1),
        (("activities", 1), "activities.2026-05-06", 1),
        (("competitors", 0), "competitors.bolt-sons", 0),
        (("risks", 0), "risks.1", 0),
    ],
)
def test_the_name_that_is_printed_hides(site_of, field, part, left):
    site = site_of(f"{LISTS}visibility: {{{part}: private}}\n", "team")
    assert site.workspace.accounts[0].document.name(field) == part
    assert len(getattr(site.accounts[0].plan, field[0])) == left


@pytest.mark.parametrize(("part", "left"), [("activities.1", 1), ("activities.2", 1), ("competitors.1", 0)])
def test_the_number_of_an_item_with_a_name_hides_too(site_of, part, left):
    plan = site_of(f"{LISTS}visibility: {{{part}: private}}\n", "team").accounts[0].plan
    assert len(getattr(plan, part.partition(".")[0])) == left


def test_a_part_of_an_item_hides_by_its_name(site_of):
    plan = site_of(f"{LISTS}visibility: {{activities.2026-05-06.subject: private}}\n", "team").accounts[0].plan
    assert [one.subject for one in plan.activities] == ["Secret", None]


def test_a_number_shows_no_more_of_an_item_with_a_name(site_of):
    plan = site_of(f"{PEOPLE}visibility: {{contacts.1.phone: site}}\n").accounts[0].plan
    assert plan.contacts[0].phone is None


def test_a_person_s_own_numbers_can_be_hidden(site_of):
    text = "contacts:\n  - {id: anna, name: Anna, function: ceo, targets: {lunch: {min: 0, reason: Ill}, contact: {min: 1}}}\n"
    targets = site_of(f"{text}visibility: {{contacts.anna.targets.lunch.reason: private}}\n").accounts[0].plan.contacts[0].targets
    assert (targets["lunch"].reason, targets["lunch"].min, targets["contact"].min) == (None, 0, 1)


def test_the_words_below_the_front_matter_can_be_hidden(tmp_path):
    text = f"{HEAD}visibility: {{body: private}}\n---\n\nConfidential\n"
    write(tmp_path, {"acme.md": text})
    plan = Site(load(tmp_path, AS_OF)).accounts[0].plan
    assert plan
    assert plan.body == ""


def test_name_tier_and_owner_are_always_shown(site_of):
    plan = site_of("visibility: {account: private, tier: private, owner: private}\n").accounts[0].plan
    assert (plan.account, plan.tier, plan.owner) == ("Acme", "A", "kari.nygaard")


def test_own_keys_are_the_team_s_unless_the_plan_says_otherwise(site_of):
    text = "x_crm: 12345\nx_score: 9\nvisibility: {x_score: site}\n"
    portfolio_keys = site_of(text).accounts[0].plan.custom
    assert dict(portfolio_keys) == {"x_score": "9"}
    assert dict(site_of(text, "team").accounts[0].plan.custom) == {"x_crm": "12345", "x_score": "9"}


def test_a_word_that_is_none_of_the_three_hides(site_of):
    site = site_of("swot: {strengths: [{text: Price}]}\nvisibility: {swot: privat}\n", "team")
    assert own_words(site.workspace.accounts[0]) == {"swot": "private"}
    assert site.accounts[0].plan.swot is None


def test_an_unchanged_plan_is_the_same_object(site_of):
    account = site_of("").workspace.accounts[0]
    assert visible(account.plan, "site") is account.plan


@pytest.mark.parametrize(
    ("field", "own", "seen"),
    [
        ("", {}, True),
        ("swot", {}, True),
        ("contacts.anna-lind.phone", {}, False),
        ("contacts.anna.lind.phone", {}, False),
        ("contacts.anna-lind.name", {}, True),
        ("contacts.anna-lind.name", {"contacts": "team"}, False),
        ("contacts.anna-lind.phone", {"contacts.anna-lind.phone": "site"}, True),
        ("x_crm", {}, False),
        ("contacts.anna-lind.targets.lunch.reason", {}, True),
        ("contacts.anna-lind.targets.lunch.reason", {"contacts.anna-lind.targets": "private"}, False),
    ],
)
def test_a_field_s_name_tells_who_may_see_it(field, own, seen):
    assert may_see(field, own, "site") is seen


def test_a_finding_in_a_hidden_field_only_says_that_there_is_one(site_of):
    text = "contacts:\n  - {id: anna, name: Anna, influence: 99}\n"
    found = [diagnostic for diagnostic in site_of(text).diagnostics if "99" in f"{diagnostic.message}{diagnostic.help}"]
    hidden = [diagnostic for diagnostic in site_of(text).diagnostics if diagnostic.rule == "wrong-value"]
    assert not found
    assert hidden[0].message == "A finding in a part of the plan that is not shown here"
    assert "99" in next(one.message for one in site_of(text, "team").diagnostics if one.rule == "wrong-value")


def test_a_line_that_cannot_be_read_is_not_repeated_nor_what_to_paste(site_of):
    found = next(one for one in site_of("complaints:\n  - {text: Anna: too late}\n").diagnostics if one.rule == "invalid-yaml")
    assert "put the whole text in quotes: " in found.help
    assert "Anna" not in f"{found.message}{found.help}"


def test_a_hidden_name_is_in_no_other_finding(site_of):
    overdue = "activities:\n  - {date: 2026-05-01, type: contact, status: planned, contacts: [anna-lind]}\n"
    shown = next(one for one in site_of(f"{PEOPLE}{overdue}").diagnostics if one.rule == "overdue-activity")
    assert "Anna Lind" in shown.message
    text = f"{PEOPLE}{overdue}visibility: {{contacts.anna-lind.name: private}}\n"
    for diagnostic in site_of(text).diagnostics:
        assert "Anna Lind" not in f"{diagnostic.message}{diagnostic.help}"


GOAL = "goals:\n  - {id: g1, text: QUICK-Stop from critic to champion in Rio}\nactions:\n  - {text: Ask for the plans of the year}\n"


@pytest.mark.parametrize("word", ["QUICK", "critic", "from critic", "leads to", "no action leads", "acme"])
def test_a_hidden_word_inside_of_what_is_shown_is_left(site_of, word):
    shown = {(one.rule, one.message, one.help) for one in site_of(f"{PEOPLE}{GOAL}").diagnostics}
    hidden = {(one.rule, one.message, one.help) for one in site_of(f"{PEOPLE}{GOAL}x_code: {word}\n").diagnostics}
    assert "goal-without-action" in {rule for rule, _, _ in shown}
    assert hidden == shown


def test_a_hidden_word_that_stands_by_itself_is_cut_beside_one_that_is_shown(site_of):
    overdue = "activities:\n  - {date: 2026-05-01, type: contact, status: planned, subject: Anna Lind calls, contacts: [anna-lind]}\n"
    text = f"{PEOPLE}{overdue}visibility: {{contacts.anna-lind.name: private}}\n"
    said = next(one.message for one in site_of(text).diagnostics if one.rule == "overdue-activity")
    assert "Anna Lind" not in said.replace("Anna Lind calls", "")


def test_a_plan_that_cannot_be_read_hides_by_its_own_words(tmp_path):
    broken = "---\naccount: Acme\ntier: A\nowner: nobody.known\npotential: lots\nvisibility: {potential: private}\n---\n"
    write(tmp_path, {"acme.md": broken})
    site = Site(load(tmp_path, AS_OF))
    assert "lots" not in "".join(f"{one.message}{one.help}" for one in site.diagnostics)
