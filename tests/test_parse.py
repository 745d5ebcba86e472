"""Documents become records: what fits each kind, what is refused and in which words, and everything that is wrong at once."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kamgen.ruleset  # noqa: F401  (its records are among those that are read)
from kamgen import parse
from kamgen.diagnostic import Message, Place, Problem, dotted
from kamgen.document import read_data, read_mapping, read_plan
from kamgen.message import render
from kamgen.model.plan import Plan
from kamgen.model.portfolio import CustomField, Portfolio
from kamgen.model.record import KEYS, keys
from kamgen.ruleset import Ruleset
from tests import filled

NAMES: parse.Names = {
    "person": {"kari": "kari", "jens.holm": "jens.holm", "Jens Holm": "jens.holm"},
    "tier": {"A": "A", "B": "B"},
    "product": {"fittings": "fittings"},
    "activity-type": {"status-meeting": "status-meeting", "contact": "contact"},
}
HARD = "U+00A0 NO-BREAK SPACE"
HEAD = "account: Acme\ntier: A\nowner: kari\n"


def read(front: str, names: parse.Names = NAMES, custom: tuple[CustomField, ...] = ()) -> tuple[Plan | None, tuple[Problem, ...]]:
    return parse.read_plan(read_plan("plans/acme.md", f"---\n{HEAD}{front}\n---\nbody\n".encode()), names, custom)


def plan_of(front: str, **more: Any) -> Plan:
    plan, problems = read(front, **more)
    assert [render(problem.message) for problem in problems] == []
    assert plan is not None
    return plan


def told(front: str, **more: Any) -> list[str]:
    """Place, field and words of every problem."""
    return [
        f"{problem.place.line}:{problem.place.column} {dotted(problem.field)} {problem.kind}: {render(problem.message)}"
        for problem in read(front, **more)[1]
    ]


def portfolio(text: str) -> tuple[Portfolio, list[str]]:
    found, problems = parse.read_portfolio(read_data("plans/portfolio.yml", text.encode()))
    return found, [f"{problem.place.line}:{problem.place.column} {render(problem.message)}" for problem in problems]


# Every kind: what fits.


@pytest.mark.parametrize(
    ("front", "attribute", "value"),
    [
        ("tier_reason: '  largest buyer '", "tier_reason", "largest buyer"),
        ("tier_reason: 3", "tier_reason", "3"),
        ("tier_reason: 'null'", "tier_reason", "null"),
        ("tier_reason: null", "tier_reason", None),
        ("tier_reason: ''", "tier_reason", None),
        ("value_proposition: |\n  one\n  two", "value_proposition", "one\ntwo"),
        ("since: 2024-02-29", "since", dt.date(2024, 2, 29)),
        ("since: '2024-02-28'", "since", dt.date(2024, 2, 28)),
        ("potential: 450000", "potential", Decimal(450000)),
        ("potential: 0.10", "potential", Decimal("0.10")),
        ("currency: DKK", "currency", "DKK"),
        ("status: prospect", "status", "prospect"),
        ("deputy: Jens Holm", "deputy", "jens.holm"),
        ("deputy: ' jens.holm '", "deputy", "jens.holm"),
        ("deputy: ''", "deputy", None),
        ("arrangements: [one, '', null, two]", "arrangements", ("one", "two")),
        ("arrangements:", "arrangements", ()),
        ("visibility: {swot: team, goals: null}", "visibility", {"swot": "team"}),
        ("segment: whatever", "segment", "whatever"),
        ("company:", "company", None),
    ],
)
def test_fits(front: str, attribute: str, value: object) -> None:
    assert getattr(plan_of(front), attribute) == value


def test_curly_quotes_around_a_text_are_doubted_and_read() -> None:
    plan, problems = read("company: {city: “Aarhus & Omegn”}")
    assert [render(problem.message) for problem in problems] == ["company.city: the curly quotes of “Aarhus & Omegn” are read as a part of the text"]
    assert problems[0].message.values["paste"] == '"Aarhus & Omegn"'
    assert plan
    assert plan.company
    assert (plan.company.city, plan.unread) == ("“Aarhus & Omegn”", frozenset())


@pytest.mark.parametrize("text", ["Ole “the bear” Dahl", "“Ole” and “Kari”", "'“Ole”'", "«Ole»", "“"])
def test_curly_quotes_inside_of_a_text_are_text(text: str) -> None:
    assert told(f"company: {{city: {text}}}\nactivities: [{{date: 2026-05-01, type: contact, status: held, note: “Yes”}}]") == []


def test_values_inside_parts() -> None:
    plan = plan_of(
        "activities: [{date: 2026-05-20, time: '09:30', minutes: 45, type: contact, status: held, booked: false, with: [Jens Holm]}]\n"
        "sales: [{product: fittings, first_purchase: 2021-04, actual: {2024: -12.5}, margin: {2024: 0.31}}]\n"
        "company: {history: [{year: 2025, profit: -3}]}"
    )
    activity, sale = plan.activities[0], plan.sales[0]
    assert (activity.time, activity.minutes, activity.booked, activity.colleagues) == (dt.time(9, 30), 45, False, ("jens.holm",))
    assert (sale.first_purchase, sale.actual, sale.margin) == ("2021-04", {2024: Decimal("-12.5")}, {2024: Decimal("0.31")})
    assert plan.company is not None
    assert plan.company.history[0].profit == -3
    assert (plan.id, plan.body, plan.unread) == ("acme", "body\n", frozenset())


# Every kind: what does not fit, in words.

DATE = "is not a date like 2026-05-20"
ADDRESS = "is not an e-mail address like anna.lind@beslag.example"
SHARE = "is not a share from 0 to 1, like 0.35 for 35 %"
TOO_LONG = "has more digits than a number may have: 15 before the `.`, and 6 after it"
AMOUNT = "is not an amount from 0 up: digits and at most one `.`, no spaces, commas or currency"


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("since: 2026-02-30", "since: the date 2026-02-30 does not exist"),
        ("since: 2026-13-01", "since: the date 2026-13-01 does not exist"),
        ("since: 2026-2-3", f'since: "2026-2-3" {DATE}; did you mean `2026-02-03`?'),
        ("since: 20.5.2026", f'since: "20.5.2026" {DATE}'),
        ("since: 2026-02-03 10:00:00", f'since: "2026-02-03 10:00:00" {DATE}'),
        ("since: 20260203", f'since: "20260203" {DATE}'),
        ("since: ''", f'since: "" {DATE}'),
        ("since: [2026-01-01]", "since takes one value, a date like 2026-05-20, and not a list or a group"),
        ("since: {a: b}", "since takes one value, a date like 2026-05-20, and not a list or a group"),
        ("potential: 1,200", f'potential: "1,200" {AMOUNT}; did you mean `1200`?'),
        ("potential: 1_000", f'potential: "1_000" {AMOUNT}; did you mean `1000`?'),
        ("potential: 450_000", f'potential: "450_000" {AMOUNT}; did you mean `450000`?'),
        ("potential: 450.000 €", f'potential: "450.000 €" {AMOUNT}; did you mean `450000`?'),
        ("potential: EUR 1.450.000", f'potential: "EUR 1.450.000" {AMOUNT}; did you mean `1450000`?'),
        ("potential: 1.450.000", f'potential: "1.450.000" {AMOUNT}; did you mean `1450000`?'),
        ("potential: 12 Mio", f'potential: "12 Mio" {AMOUNT}; did you mean `12000000`?'),
        ("potential: 1,5 Mio. EUR", f'potential: "1,5 Mio. EUR" {AMOUNT}; did you mean `1500000`?'),
        ("potential: 12 MIO", f'potential: "12 MIO" {AMOUNT}; did you mean `12000000`?'),
        ("potential: 1.200 Mio", f'potential: "1.200 Mio" {AMOUNT}'),
        ("potential: 12 MRD", f'potential: "12 MRD" {AMOUNT}'),
        ("potential: 12 Mia", f'potential: "12 Mia" {AMOUNT}'),
        (
            "since: 2026–05–20",
            'since: in "2026–05–20" stands another sign (U+2013 EN DASH) in the place of the plain `-`; did you mean `2026-05-20`?',
        ),
        ("since: 2026–5", f'since: "2026–5" {DATE}'),
        (
            "activities: [{date: 2026-05-01, type: contact, status: done}]",
            'activities[1].status: "done" is not one of planned, held, not-held, cancelled; did you mean `held`?',
        ),
        ("status: done", 'status: "done" is not one of prospect, active, at-risk, paused, lost, archived'),
        ("potential: 12 000", f'potential: "12 000" {AMOUNT}; did you mean `12000`?'),
        ("potential: 1e5", f'potential: "1e5" {AMOUNT}'),
        ("potential: .inf", f'potential: ".inf" {AMOUNT}'),
        ("potential: -1", f'potential: "-1" {AMOUNT}'),
        ("potential: ١٢", f'potential: "١٢" {AMOUNT}'),
        ("potential: 1234567890123456", f"potential: 1234567890123456 {TOO_LONG}"),
        ("potential: 12345678901234567890123", f"potential: 12345678901234567890123 {TOO_LONG}"),
        ("potential: 1.2345678", f"potential: 1.2345678 {TOO_LONG}"),
        ("service: [{year: 2025, on_time: 0.1234567}]", f"service[1].on_time: 0.1234567 {TOO_LONG}"),
        ("kpis: [{text: P, unit: share, target: 98}]", f'kpis[1].target: "98" {SHARE}; did you mean `0.98`?'),
        ("kpis: [{text: P, unit: Share, target: 0.9, actual: {2024: 1, 2025: 97.5}}]", f'kpis[1].actual.2025: "97.5" {SHARE}; did you mean `0.975`?'),
        ("kpis: [{text: P, unit: share, actual: {2025: -0.1}}]", f'kpis[1].actual.2025: "-0.1" {SHARE}'),
        ("kpis: [{text: P, unit: share, target: 980}]", f'kpis[1].target: "980" {SHARE}'),
        ("contacts: [{name: Bo, email: bo at x}]", f'contacts[1].email: "bo at x" {ADDRESS}'),
        ("contacts: [{name: Bo, email: bo@x@y}]", f'contacts[1].email: "bo@x@y" {ADDRESS}'),
        ("contacts: [{name: Bo, email: '@x.example'}]", f'contacts[1].email: "@x.example" {ADDRESS}'),
        ("contacts: [{name: Bo, email: bo@}]", f'contacts[1].email: "bo@" {ADDRESS}'),
        ("contacts: [{name: Bo, email: Bo <bo@x.example>}]", f'contacts[1].email: "Bo <bo@x.example>" {ADDRESS}'),
        ("currency: kr", 'currency: "kr" is not a currency code of three capital letters, like DKK'),
        ("status: actve", 'status: "actve" is not one of prospect, active, at-risk, paused, lost, archived; did you mean `active`?'),
        ("status: Active", 'status: "Active" is not one of prospect, active, at-risk, paused, lost, archived; did you mean `active`?'),
        ("status: xyz", 'status: "xyz" is not one of prospect, active, at-risk, paused, lost, archived'),
        ("deputy: karl", 'deputy: there is no person "karl" under `people:` in the portfolio; did you mean `kari`?'),
        ("deputy: Zoe", 'deputy: there is no person "Zoe" under `people:` in the portfolio; it can be jens.holm, kari'),
        ("deputy: [kari]", "deputy takes one value, the id or exact name of one of our people, and not a list or a group"),
        ("arrangements: golf", "arrangements takes a list"),
        ("arrangements: {a: b}", "arrangements takes a list"),
        ("arrangements: -5 %", "arrangements takes a list"),
        ("arrangements: {'1. a': b}", "arrangements takes a list"),
        ("arrangements:\n  -golf\n  -sailing", "arrangements takes a list, and behind the `-` that begins an item of one a space is missing"),
        ("arrangements:\n  1. golf\n  2. sailing", "arrangements takes a list, and the sign 1. does not begin an item of one"),
        ("arrangements:\n  a) golf\n  b) sailing", "arrangements takes a list, and the sign a) does not begin an item of one"),
        ("arrangements:\n  \uf0a7 golf", "arrangements takes a list, and the sign \uf0a7 does not begin an item of one"),
        ("needs:\n  o\ttext: golf", "needs takes a list, and the sign o does not begin an item of one"),
        ("team:\n  1. person: kari\n  2. person: kari", "team takes a list, and the sign 1. does not begin an item of one"),
        ("arrangements:\n  • golf\n  • sailing", "arrangements takes a list, and the sign • does not begin an item of one"),
        (
            "contacts:\n  \u00a0- Anna",
            "contacts takes a list; a character that only looks like a space (U+00A0 NO-BREAK SPACE) stands before its first item",
        ),
        (
            "competitors:\n  - name:\u00a0Nærkøb",
            f"competitors[1]: a character that only looks like a space ({HARD}) stands beside the colon of `name`, so that this is text and no key",
        ),
        (
            "arrangements:\n  -\u00a0golf\n  -\u00a0sailing",
            f"arrangements takes a list; a character that only looks like a space ({HARD}) stands behind the `-` of its first item",
        ),
        ("contacts: [Bo:\u00a0boss]", "contacts[1] takes a group of keys: id, name, title, function ..."),
        ("contacts: ['name:\u00a0Bo']", "contacts[1] takes a group of keys: id, name, title, function ..."),
        (
            "since: “2026-01-01”",
            "since: the curly quotes are read as a part of “2026-01-01”, which so is not a date like 2026-05-20; did you mean `2026-01-01`?",
        ),
        ("potential: “410”", f"potential: the curly quotes are read as a part of “410”, which so {AMOUNT}; did you mean `410`?"),
        ("currency: “kr”", 'currency: "“kr”" is not a currency code of three capital letters, like DKK'),
        ("success_factors:\n  - “we: fast”", "success_factors[1]: the `: ` in this text makes a key and its value of it"),
        ("success_factors: [We: fast]", "success_factors[1]: the `: ` in this text makes a key and its value of it"),
        ("success_factors: [{text: x}]", "success_factors[1] takes one value, one line or more of text, and not a list or a group"),
        ("arrangements: [[golf]]", "arrangements[1] takes one value, one line or more of text, and not a list or a group"),
        ("company: Acme", "company takes a group of keys: legal_name, industry, website, address ..."),
        ("contacts: [Anna]", "contacts[1] takes a group of keys: id, name, title, function ..."),
        ("visibility: [swot]", "visibility takes `name: value` lines"),
        ("visibility: {swot: everybody}", 'visibility.swot: "everybody" is not one of site, team, private'),
        ("classification: {criteria: {size: 6}}", 'classification.criteria.size: "6" is not a whole number from 1 to 5'),
        ("classification: {potential: 2.0}", 'classification.potential: "2.0" is not a whole number from 1 to 5'),
        ("sales: [{product: fittings, actual: {24: 1}}]", 'sales[1].actual.24: "24" is not a whole number from 1900 to 2199'),
        ("sales: [{product: fittings, margin: {2024: 31}}]", 'sales[1].margin.2024: "31" is not a margin from -1 to 1, like 0.31 for 31 %'),
        ("sales: [{product: fittings, first_purchase: 2021-13}]", 'sales[1].first_purchase: "2021-13" is not a month like 2026-05'),
        ("needs: [{text: x, agreed: yes}]", 'needs[1].agreed: "yes" is not true or false'),
        ("needs: [{text: x, agreed: True}]", 'needs[1].agreed: "True" is not true or false'),
        ("service: [{year: 2025, on_time: 97 %}]", 'service[1].on_time: "97 %" is not a share from 0 to 1, like 0.35 for 35 %'),
        ("kpis: [{text: x, target: n/a}]", 'kpis[1].target: "n/a" is not a number: digits and at most one `.`, no spaces, commas or %'),
        (
            "feedback: [{date: 2026-01-01, score: -1}]",
            'feedback[1].score: "-1" is not a number from 0 up: digits and at most one `.`, no spaces, commas or %',
        ),
        (
            "goals: [{id: G 1, text: x}]",
            'goals[1].id: "G 1" is not an id: small letters, digits, and single `-`, `.` or `_` between them; did you mean `g-1`?',
        ),
        ("since: " + "9" * 90, f'since: "{"9" * 59}…" {DATE}'),
    ],
)
def test_does_not_fit(front: str, said: str) -> None:
    plan, problems = read(front)
    assert [render(problem.message) for problem in problems] == [said]
    assert plan is not None
    assert plan.unread == {front.partition(":")[0]}


def test_an_address_is_read_without_the_spaces_around_it() -> None:
    contacts = plan_of(
        "contacts: [{name: Bo, email: ' bo@x.example '}, {name: Li, email: ''}, {name: Åse, id: ase, email: åse@bånd.example}]"
    ).contacts
    assert [contact.email for contact in contacts] == ["bo@x.example", None, "åse@bånd.example"]


def test_a_key_figure_keeps_what_is_a_share() -> None:
    plan, _ = read("kpis: [{text: P, unit: share, target: 98, actual: {2024: 0, 2025: 97}}, {text: Late, unit: days, target: 98}]")
    assert plan is not None
    assert [(kpi.target, dict(kpi.actual)) for kpi in plan.kpis] == [(None, {2024: Decimal(0)}), (Decimal(98), {})]


def test_a_value_that_does_not_fit_is_left_out() -> None:
    plan, _ = read("potential: much\nsince: 2021-01-01\ncontacts: [{name: Anna, wanted: 9}]")
    assert plan is not None
    assert (plan.potential, plan.since, plan.contacts[0].wanted) == (None, dt.date(2021, 1, 1), None)


# Required keys.

REQUIRED = sorted({(cls, entry.name) for cls in KEYS for entry in keys(cls) if entry.required}, key=lambda pair: (pair[0].__name__, pair[1]))


@pytest.mark.parametrize(("record", "name"), REQUIRED, ids=[f"{record.__name__}.{name}" for record, name in REQUIRED])
def test_every_required_key_is_missed(record: Any, name: str) -> None:
    data = filled.record_data(record)
    for written in ({key: value for key, value in data.items() if key != name}, {**data, name: None}, {**data, name: ""}):
        root = read_data("x", json.dumps(written).encode()).root
        assert root is not None
        found, problems = parse.read_record(record, root, {})
        assert found is None
        assert [(problem.field, problem.kind) for problem in problems] in ([((name,), "missing-key")], [((name,), "wrong-value")])


def test_a_record_without_its_key_is_left_out_of_its_list() -> None:
    plan, problems = read("goals:\n  - {id: g1}\n  - {id: g2, text: Grow}")
    assert plan is not None
    assert [goal.id for goal in plan.goals] == ["g2"]
    assert [(problem.place, render(problem.message)) for problem in problems] == [(Place(6, 5), "`text` is missing in goals[1]")]


def test_a_plan_without_account_tier_and_owner() -> None:
    plan, problems = parse.read_plan(read_plan("plans/x.md", b"---\ntier: null\nsegment: a\n---\n"), NAMES)
    assert plan is None
    assert [(problem.place, render(problem.message)) for problem in problems] == [
        (Place(2, 1), "`account` is missing"),
        (Place(2, 1), "`tier` has no value"),
        (Place(2, 1), "`owner` is missing"),
    ]


def test_a_file_that_cannot_be_read_has_no_plan() -> None:
    document = read_plan("plans/x.md", b"hello")
    assert parse.read_plan(document, NAMES) == (None, document.problems)


def test_a_required_value_that_does_not_fit_is_told_once() -> None:
    assert told("goals: [{text: [x]}]") == [
        "5:16 goals[1].text wrong-value: goals[1].text takes one value, one line or more of text, and not a list or a group"
    ]


# Unknown keys, and the company's own.


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("onwer: kari", "`onwer` is not a key of the plan; `owner` stands there already, on line 4"),
        ("segmnet:", "`segmnet` is not a key of the plan; did you mean `segment`?"),
        ("Segment: x", "`Segment` is not a key of the plan; did you mean `segment`?"),
        ("status-reason: x", "`status-reason` is not a key of the plan; did you mean `status_reason`?"),
        ("zzz: 1", "`zzz` is not a key of the plan"),
        ("X_foo: 1", "`X_foo` is not a key of the plan; did you mean `x_foo`?"),
        ("needs: [{text: a, X-Crm: 1}]", "`X-Crm` is not a key of needs[1]; did you mean `x_crm`?"),
        ("costs: [{year: 2025, promotion: 1,200}]", "costs[1]: the comma in 1,200 starts a second key; as a number it is 1200"),
        ("costs: [{year: 2025, promotion: 1,200,000}]", "costs[1]: the comma in 1,200,000 starts a second key; as a number it is 1200000"),
        ("cooperation: {zzz: 1}", "`zzz` is not a key of cooperation; it has mode, customer_view"),
        ("contacts: [{name: A, telephone: 1}]", "`telephone` is not a key of contacts[1]; did you mean `phone`?"),
        ("needs: [{text: Fewer shops, higher rents}]", "the comma before `higher rents` starts a second key in needs[1]; it was meant as text"),
        ("company: {Acme}", "`Acme` is not a key of company"),
    ],
)
def test_unknown_key(front: str, said: str) -> None:
    problems = read(front)[1]
    assert [(problem.kind, render(problem.message)) for problem in problems] == [("unknown-key", said)]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("account2: x", ("`account2` is not a key of the plan; `account` stands there already, on line 2", "unknown-key.there")),
        ("Tier: B", ("`Tier` is not a key of the plan; `tier` stands there already, on line 3", "unknown-key.there")),
        ("time: 9:00", ("`time` is not a key of the plan", "unknown-key")),
        ("x_crm: a\nX-Crm: b", ("`X-Crm` is not a key of the plan; `x_crm` stands there already, on line 5", "unknown-key.there")),
        ("contacts: [{name: A, nam: B}]", ("`nam` is not a key of contacts[1]; `name` stands there already, on line 5", "unknown-key.there")),
        (
            "goals: [{text: a, dues: 1, due: 2026-05-01}]",
            ("`dues` is not a key of goals[1]; `due` stands there already, on line 5", "unknown-key.there"),
        ),
        ("potential: 1\npotentials: 2", ("`potentials` is not a key of the plan; `potential` stands there already, on line 5", "unknown-key.there")),
        ("strategy: {text: a}", ("`strategy` is not a key of the plan; did you mean `strategies`?", "unknown-key.near")),
    ],
)
def test_a_key_that_stands_there_is_not_offered_again(front: str, said: tuple[str, str]) -> None:
    assert [(render(problem.message), problem.message.id) for problem in read(front)[1]] == [said]


@pytest.mark.parametrize(
    ("front", "pasted"),
    [
        ("team: [kari]", "team: [{person: kari}]"),
        ("team:\n  - kari", "team:\n  - person: kari"),
        ("team: kari", "team: [{person: kari}]"),
        ("competitors: [Beslag Nord]", "competitors: [{name: Beslag Nord}]"),
        ("needs: [ole]", "needs: [{text: ole}]"),
        ("needs:\n- 'a: b'\n- text: c", 'needs:\n- text: "a: b"\n- text: c'),
        ("contacts: bo", "contacts: [{name: bo}]"),
        ("absent_roles: [ceo]", "absent_roles: [{function: ceo}]"),
        ("absent_roles: [chief]", "absent_roles: [{function: ...}]"),
        ("activities:\n  - 2026-05-20", "activities:\n  - {date: 2026-05-20, type: ..., status: ...}"),
        ("activities: [Call Anna]", "activities: [{date: ..., type: ..., status: ...}]"),
        ("needs: ['" + "long " * 20 + "']", "needs: [{text: ...}]"),
        ("needs: [[a]]", "needs: [{text: ...}]"),
        ("needs: ['null', '012']", 'needs: [{text: "null"}, {text: "012"}]'),
        ("company: Acme", "company: {legal_name: ...}"),
        ("meetings: {strategic: 4}", "meetings: {strategic: {per_year: ...}}"),
        ("competitors:\n  - name:\u00a0Nærkøb", "competitors:\n  - name: Nærkøb"),
        ("team:\n  - person\u00a0:\u00a0 kari", "team:\n  - person: kari"),
        ("goals: [Text:\u200bGrow]", "goals: [{Text: Grow}]"),
        ("needs:\n  - text:\u00a0a\n    gain:\u00a03", "needs:\n  - text: ...\n    gain: 3"),
        ("needs:\n  text:\u00a0a, b", 'needs: [{text: "a, b"}]'),
        ("needs:\n  - text:\u00a0[a]", "needs:\n  - text: ..."),
        ("needs:\n  - text:\u00a0", "needs:\n  - text: ..."),
        ("company:\n  city:\u00a0Aarhus", "company: {city: Aarhus}"),
        ('company:\n  address:\u00a0"a, b"', 'company: {address: "a, b"}'),
        ("company:\n  city:\u00a0Aarhus\n  country:\u00a0DK", "company:\n  city: ...\n  country: DK"),
        ("visibility:\n  swot:\u00a0team", "visibility: {swot: team}"),
        ("needs:\n  -\u00a0text:\u00a0a", "needs:\n  - text: a"),
        ("needs:\n  -\u00a0text:\u00a0a\n    gain:\u00a03", "needs:\n  - text: ...\n    gain: 3"),
        ("team:\n  -\u00a0kari", "team:\n  - ..."),
        ("needs:\n  -{text: a}", "needs:\n  - {text: a}"),
        ("needs:\n  -{text: a # b", "needs:\n  - {text: ...}"),
        ("team:\n  -person: kari", "team:\n  - person: kari"),
        ("team:\n  -person: 'kari'", "team:\n  - person: ..."),
        ("team:\n  -person:\n    - kari", "team:\n  - person: ..."),
        ("team:\n  -kari", "team:\n  - ..."),
        ("arrangements: -Own stock", "arrangements:\n  - Own stock"),
        ("arrangements:\n  -Own stock\n  -Other", "arrangements:\n  - ...\n  - Other"),
        ("arrangements:\n  -\u00a0Own stock", "arrangements:\n  - Own stock"),
    ],
)
def test_what_is_to_stand_in_place_of_a_wrong_shape_can_be_pasted(front: str, pasted: str) -> None:
    problems = read(front)[1]
    assert problems
    for problem in problems:
        assert str(problem.message.values["paste"]) in pasted
        assert f"write `{problem.message.values['paste']}`" in render(Message(f"{problem.message.id}.help", problem.message.values))
    assert "wrong-value" not in {problem.kind for problem in read(pasted)[1]}


@pytest.mark.parametrize(
    ("front", "entry", "pasted"),
    [
        ("visibility: private", "contacts: private", "visibility: {contacts: private}"),
        ("visibility: [swot]", "contacts: team", "visibility: {contacts: team}"),
        ("classification: {criteria: [4, 5]}", "price: 4", "classification: {criteria: {price: 4}}"),
        ("classification: {ability_to_win: 3}", "name: 3", "classification: {ability_to_win: {name: 3}}"),
        ("sales: [{product: fittings, budget: 98000}]", "2026: 98000", "sales: [{product: fittings, budget: {2026: 98000}}]"),
        ("sales: [{product: fittings, actual: []}]", "2026: 140000", "sales: [{product: fittings, actual: {2026: 140000}}]"),
        ("sales: [{product: fittings, margin: high}]", "2026: 0.4", "sales: [{product: fittings, margin: {2026: 0.4}}]"),
        ("feedback: [{date: 2026-05-01, scores: [3]}]", "name: 4", "feedback: [{date: 2026-05-01, scores: {name: 4}}]"),
        ("contacts: [{name: Bo, targets: 4}]", "strategic: {min: ...}", "contacts: [{name: Bo, targets: {strategic: {min: 4}}}]"),
    ],
)
def test_the_example_of_a_table_is_an_entry_of_that_table(front: str, entry: str, pasted: str) -> None:
    names = {**NAMES, "criterion": {"price": "price", "size": "size"}, "requirement of A": {"strategic": "strategic"}}
    problems = read(front, names)[1]
    assert [f"like `{entry}`" in render(Message(f"{problem.message.id}.help", problem.message.values)) for problem in problems] == [True]
    assert "wrong-value" not in {problem.kind for problem in read(pasted, names)[1]}


def test_a_name_that_needs_quotes_has_them_in_the_example() -> None:
    _, problems = read("classification: {criteria: 9}", {**NAMES, "criterion": {"Price: level": "Price: level"}})
    assert [problem.message.values["paste"] for problem in problems] == ['"Price: level": 4']


def test_a_table_of_the_rules_has_an_example_too() -> None:
    root, _ = read_mapping("options: 3\ncriteria: 4\n")
    assert root
    _, problems = parse.read_record(Ruleset, root, {"rule": {"KAM201": "no-next-activity"}})
    assert [problem.message.values["paste"] for problem in problems if "paste" in problem.message.values] == ["no-next-activity: ..."]


def test_a_table_of_tables_has_an_example_too() -> None:
    _, problems = parse.read_portfolio(read_data("plans/portfolio.yml", b"service_average: 0.9"))
    assert [problem.message.values["paste"] for problem in problems] == ["2026: {name: 0.4}"]


@pytest.mark.parametrize(
    ("text", "paste"),
    [
        ("We: fast", '"We: fast"'),
        ("“Weekly: on Friday”", '"Weekly: on Friday"'),
        ("„weekly: on “Friday”", '"„weekly: on “Friday”"'),
        ("“Weekly”: on Friday", '"“Weekly”: on Friday"'),
    ],
)
def test_a_text_with_a_colon_in_a_list_comes_in_plain_quotes(text: str, paste: str) -> None:
    assert [problem.message.values["paste"] for problem in read(f"arrangements:\n  - {text}")[1]] == [paste]


def test_a_key_that_is_no_word_is_told_once() -> None:
    assert [problem.message.id for problem in read("[1, 2]: x")[1]] == ["invalid-yaml.key-shape"]


def test_a_number_with_commas_at_two_keys_is_told_at_both() -> None:
    assert [problem.message.id for problem in read("costs: [{year: 2025, promotion: 1,200, logistics: 3,200}]")[1]] == [
        "unknown-key.number",
        "doubtful-text.number",
    ]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("company: {turnover: 12,5 Mio, city: Aarhus}", "company: the comma in 12,5 Mio starts a second key; as a number it is 12500000"),
        ("company: {turnover: 1,200,000 EUR}", "company: the comma in 1,200,000 EUR starts a second key; as a number it is 1200000"),
        (
            "company: {turnover: 1,200,000.50 kr, city: Aarhus}",
            "company: the comma in 1,200,000.50 kr starts a second key; as a number it is 1200000.50",
        ),
        ("company: {turnover: 12,50 EUR}", "company: the comma in 12,50 EUR starts a second key; as a number it is 12.50"),
        ("company: {turnover: 12,5 Mrd, city: Aarhus}", "company: the comma in 12,5 Mrd starts a second key"),
        ("company: {turnover: 1,200 Mio}", "company: the comma in 1,200 Mio starts a second key"),
        ("sales: [{product: fittings, actual: {2025: 1,2 Mio}}]", "the comma in 1,2 Mio starts a second key; as a number it is 1200000"),
    ],
)
def test_an_amount_with_a_comma_in_braces_is_told_as_one(front: str, said: str) -> None:
    assert [render(problem.message) for problem in read(front)[1]] == [said]


def test_a_comma_before_a_key_that_is_known_is_doubtful() -> None:
    assert told("needs: [{text: Fewer shops, pain}]") == ["5:29  doubtful-text: the comma before `pain` starts a second key, without a value"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "needs: [{text：Lager, pain: x}]",
            "5:10 needs[1].text missing-key: `text：` in needs[1] has a full-width colon, so it is text, and `text` is missing",
        ),
        ("needs: [{text: x, pain：y}]", "5:19  doubtful-text: `pain：` has a full-width colon, so it is text and not a key"),
        ("needs:\n  - text：x", "6:5 needs[1] wrong-value: `text：` has a full-width colon, so needs[1] is text and not a group of keys"),
    ],
)
def test_a_full_width_colon_is_told_once(text: str, expected: str) -> None:
    assert told(text) == [expected]


def test_a_part_is_judged_without_what_no_rule_judges_by() -> None:
    front = "activities: [{date: 2026-05-20, type: contact, status: held, minutes: 45.5, time: '9.30', place: [x], updated: soon}]"
    plan, problems = read(front)
    assert plan is not None
    assert {problem.kind for problem in problems} == {"wrong-value"}
    assert 'activities[1].time: "9.30" is not a time like "10:00"' in [render(problem.message) for problem in problems]
    assert [(activity.date.day, activity.minutes, activity.time) for activity in plan.activities] == [(20, None, None)]
    assert plan.unread == frozenset()


def test_nothing_is_judged_by_a_part_that_was_misspelt() -> None:
    plan = read("activites: []\ncompany: {turnover: 1, turnover: 2}")[0]
    assert plan is not None
    assert plan.unread == {"activites", "activities", "turnover", "company"}


def test_the_companys_own_keys_are_kept() -> None:
    plan = plan_of("x_crm: +0017\nx_list: [a, {b: null}]\ncontacts: [{name: Anna, x_size: M}]")
    assert plan.custom == {"x_crm": "+0017", "x_list": ["a", {"b": None}]}
    assert plan.contacts[0].custom == {"x_size": "M"}


@pytest.mark.parametrize(
    ("kind", "fits", "not_fits"),
    [
        ("text", "a", "[a]"),
        ("number", "1.5", "1,5"),
        ("date", "2026-01-01", "tomorrow"),
        ("flag", "true", "yes"),
        ("link", "https://x.example", "{a: b}"),
    ],
)
def test_the_companys_own_keys_have_types(kind: str, fits: str, not_fits: str) -> None:
    custom = (CustomField(name="x_own", type=kind),)
    assert plan_of(f"x_own: {fits}", custom=custom).custom == {"x_own": fits}
    assert plan_of("x_own:", custom=custom).custom == {"x_own": None}
    assert plan_of("", custom=custom).custom == {}
    assert [problem.kind for problem in read(f"x_own: {not_fits}", custom=custom)[1]] == ["wrong-value"]


# References.


def test_contacts_are_named_by_id_or_exact_name() -> None:
    plan = plan_of(
        "contacts:\n  - {name: Anna Lind}\n  - {id: al2, name: 林安娜, reports_to: Anna Lind}\n"
        "activities:\n  - {date: 2026-05-20, type: contact, status: held, contacts: [Anna Lind, anna-lind, 林安娜, al2]}"
    )
    assert [contact.id for contact in plan.contacts] == ["anna-lind", "al2"]
    assert plan.contacts[1].reports_to == "anna-lind"
    assert plan.activities[0].contacts == ("anna-lind", "anna-lind", "al2", "al2")


def test_a_name_that_two_share_names_neither() -> None:
    front = "contacts: [{id: a, name: Anna}, {id: b, name: Anna, reports_to: Anna}]"
    assert told(front) == ['5:65 contacts[2].reports_to unknown-contact: contacts[2].reports_to: two people or items are called "Anna"']


def test_an_id_goes_before_a_name() -> None:
    plan = plan_of("contacts: [{id: anna, name: Anna L}, {id: other, name: anna, reports_to: anna}]")
    assert plan.contacts[1].reports_to == "anna"


def test_a_name_that_makes_no_id_needs_one() -> None:
    plan, problems = read("contacts: [{name: 林安娜}]")
    assert [(problem.kind, render(problem.message)) for problem in problems] == [
        ("missing-key", "the contact 林安娜 needs an `id`, for example `linanna`: the name is not plain ASCII, so none is made from it")
    ]
    assert plan is not None


@pytest.mark.parametrize(
    ("front", "kind", "said"),
    [
        ("tier: Z", "unknown-tier", 'tier: there is no tier "Z" in the rules in force; it can be A, B'),
        (
            "goals: [{id: g1, text: x}]\nactions: [{text: y, goal: g2}]",
            "unknown-goal",
            'actions[1].goal: there is no goal "g2" in this plan; it can be g1',
        ),
        ("strategies: [{text: y, goal: g2}]", "unknown-goal", 'strategies[1].goal: there is no goal "g2" in this plan'),
        (
            "sales: [{product: fitings}]",
            "unknown-product",
            'sales[1].product: there is no product "fitings" in the portfolio; did you mean `fittings`?',
        ),
        ("sales: [{product: ovens}]", "unknown-product", 'sales[1].product: there is no product "ovens" in the portfolio; it can be fittings'),
        (
            "activities: [{date: 2026-05-20, type: visit, status: held, offer: o1}]",
            "unknown-offer",
            'activities[1].offer: there is no offer "o1" in this plan',
        ),
    ],
)
def test_unknown_reference(front: str, kind: str, said: str) -> None:
    text = f"---\naccount: Acme\nowner: kari\n{front}{'' if front.startswith('tier') else chr(10) + 'tier: A'}\n---\n"
    problems = parse.read_plan(read_plan("plans/acme.md", text.encode()), NAMES)[1]
    assert said in [render(problem.message) for problem in problems if problem.kind == kind]


def test_targets_have_the_problems_of_their_rules() -> None:
    problems = read(
        "parent: nobody\nwaivers: [{rule: r, until: 2026-01-01, reason: x, requirement: q}]",
        names={**NAMES, "account": {}, "requirement-or-forum": {}},
    )[1]
    assert [problem.kind for problem in problems] == ["unknown-parent", "wrong-value"]


def test_a_target_that_nobody_knows_is_not_checked() -> None:
    assert plan_of("parent: nobody\nregion: mars").parent == "nobody"


def test_many_candidates_are_not_listed() -> None:
    people = {f"person{n}": f"person{n}" for n in range(20)}
    assert told("deputy: 林", names={**NAMES, "person": {**people, "kari": "kari"}}) == [
        '5:9 deputy unknown-person: deputy: there is no person "林" under `people:` in the portfolio'
    ]


# What one key asks of another.


@pytest.mark.parametrize("status", ["paused", "lost", "at-risk"])
def test_some_statuses_need_a_reason(status: str) -> None:
    assert told(f"status: {status}") == [
        f"5:1 status_reason missing-key: an account with the status {status} needs a `status_reason`",
    ]
    assert plan_of(f"status: {status}\nstatus_reason: They moved").status == status
    assert len(read(f"status: {status}\nstatus_reason: [x]")[1]) == 1


# All at once.


def test_everything_wrong_is_told_at_once_in_file_order() -> None:
    front = (
        "status: lots\nsegmnet: x\npotential: 1 000\npotential: 2\ncontacts:\n  - {name: Anna, wanted: 9, phone: 012}\n  - {title: Boss}\n"
        "activities:\n  - {date: 2026-02-30, type: contac, status: held, contacts: [Ann]}\nx_own: &a 1"
    )
    kinds = [(problem.place.line, problem.kind) for problem in read(front)[1]]
    assert kinds == sorted(kinds, key=lambda pair: pair[0])
    assert kinds == [
        (5, "wrong-value"),
        (6, "unknown-key"),
        (7, "wrong-value"),
        (8, "duplicate-key"),
        (10, "wrong-value"),
        (10, "doubtful-text"),
        (11, "missing-key"),
        (13, "wrong-value"),
        (13, "unknown-activity-type"),
        (13, "unknown-contact"),
        (14, "forbidden-yaml"),
    ]


def test_a_file_with_very_many_mistakes_is_still_read_in_a_moment() -> None:
    plan, problems = read("contacts:\n" + "- {}\n" * 20_000 + "x_end: 1")
    assert plan is not None
    assert len(problems) == 20_000
    assert len(read("arrangements:\n" + "- [x]\n" * 200 + "deputy: karl")[1]) == 201


# The portfolio.


def test_the_portfolio_has_defaults() -> None:
    found, problems = portfolio("title: Ours")
    assert problems == []
    assert (found.title, found.language, found.currency, found.time_zone, found.fiscal_year_start) == ("Ours", "en", "EUR", "UTC", 1)
    assert [window.name for window in found.review_windows] == ["budget", "half-year"]


def test_the_portfolio_refers_to_itself() -> None:
    text = (
        "people: [{id: a, name: Anna, role: kam, manager: Vera}, {id: v, name: Vera, role: leader}]\n"
        "plan: {goals: [{id: g, text: Grow}], strategies: [{text: Sell, goal: g}, {text: Buy, goal: h}]}\nrules: {extends: per-person}"
    )
    found, problems = portfolio(text)
    assert found.people[0].manager == "v"
    assert problems == ['2:92 plan.strategies[2].goal: there is no goal "h" in this plan; it can be g']


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language: sv", 'there is no catalogue for the language "sv" yet; only en is there'),
        ("time_zone: Mars/Base", '"Mars/Base" is not a time zone'),
        ("time_zone: ../etc", '"../etc" is not a time zone'),
        ("custom_fields: [{key: crm_id}]", 'custom_fields[1].key: "crm_id" is not a key of the company\'s own, which begins with x_, like x_crm_id'),
        ("review_windows: [{name: b, due: {month: 2, day: 30}}]", 'review_windows[1].due.day: "30" is not a whole number from 1 to 29'),
        ("service_average: {2025: {on_time: 2}}", 'service_average.2025.on_time: "2" is not a number from 0 to 1'),
        ("titel: x", "`titel` is not a key of the portfolio; did you mean `title`?"),
    ],
)
def test_what_is_wrong_with_a_portfolio(text: str, said: str) -> None:
    assert portfolio(text)[1][0].partition(" ")[2] == said


def test_a_portfolio_that_cannot_be_read_is_blank() -> None:
    assert portfolio("- a")[0] == Portfolio()
    assert portfolio("language: sv")[0].language == "en"


# Every key, every kind, any tree.


def front_of(record: Any) -> bytes:
    """Every key of a record, filled, as JSON, which is YAML in flow style."""
    return json.dumps(filled.record_data(record), ensure_ascii=False).encode()


RAW = {"rules", "severities", "options"}
"""What the loader of rule sets reads."""


RECORDS = sorted(KEYS, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("record", RECORDS, ids=[record.__name__ for record in RECORDS])
def test_every_key_can_be_filled_and_read_back(record: Any) -> None:
    root = read_data("x", front_of(record)).root
    assert root is not None
    names = {**filled.NAMES, **{target: {text: text} for target, text in filled.IN_PLAN.items()}}
    found, problems = parse.read_record(record, root, names)
    assert [problem.field for problem in problems] == ([("language",), ("time_zone",)] if record is Portfolio else [])
    for entry in keys(record):
        if entry.name not in RAW:
            assert getattr(found, entry.attribute) not in (None, (), {}), entry.name


def test_a_whole_plan_is_read_back() -> None:
    document = read_plan("plans/all.md", b"---\n" + front_of(Plan) + b"\n---\n")
    plan, problems = parse.read_plan(document, filled.NAMES)
    assert [render(problem.message) for problem in problems] == []
    assert plan is not None
    assert plan.contacts[0].targets["known"].min == 0
    assert plan.swot is not None
    assert plan.swot.threats[0].text == "Two words"


TEXTS = st.sampled_from(["", "null", "x", "2026-05-20", "kari", "A", "7", "true", "🙂", "x" * 70])
TREES = st.recursive(
    TEXTS | st.none(),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(sorted({*filled.record_data(Plan), "name", "id", "text", "date", "2025", "x_own", "zzz"})), below, max_size=4
        )
    ),
    max_leaves=15,
)


@given(st.dictionaries(st.sampled_from([*filled.record_data(Plan), "x_own", "onwer"]), TREES, max_size=6))
def test_no_tree_makes_the_parser_fail(tree: dict[str, Any]) -> None:
    document = read_plan(
        "plans/x.md", b"---\n" + json.dumps({"account": "A", "tier": "A", "owner": "kari", **tree}, ensure_ascii=False).encode() + b"\n---\n"
    )
    plan, problems = parse.read_plan(document, NAMES)
    places = [problem.place for problem in problems]
    assert places == sorted(places)
    assert all(render(problem.message) for problem in problems)
    assert plan is not None or {"account", "tier", "owner"} & {str(problem.field[0]) for problem in problems}


@given(st.dictionaries(st.sampled_from([*filled.record_data(Portfolio)]), TREES, max_size=6))
def test_no_tree_makes_the_portfolio_reader_fail(tree: dict[str, Any]) -> None:
    found, problems = parse.read_portfolio(read_data("p", json.dumps(tree, ensure_ascii=False).encode()))
    assert isinstance(found, Portfolio)
    assert all(render(problem.message) for problem in problems)


@pytest.mark.parametrize(
    ("written", "near"),
    [("450,000 USD", "450000"), ("450 000", "450000"), ("450'000", "450000"), ("450000 kr", "450000"), ("$450", "450")],
)
def test_an_amount_with_grouping_or_currency_is_offered_plain(written: str, near: str) -> None:
    _, problems = parse.read_plan(read_plan("plans/acme.md", f'---\naccount: A\ntier: A\nowner: o\npotential: "{written}"\n---\n'.encode()), {})
    assert [problem.message.values["near"] for problem in problems] == [near]


@pytest.mark.parametrize("written", ["1.450,50", "4,5", "12,34", "much", "1 2 3"])
def test_an_amount_that_could_be_two_is_not_guessed(written: str) -> None:
    _, problems = parse.read_plan(read_plan("plans/acme.md", f'---\naccount: A\ntier: A\nowner: o\npotential: "{written}"\n---\n'.encode()), {})
    assert [problem.message.id for problem in problems] == ["wrong-value"]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("potential: 180k DKK", "wrong-value"),
        ("potential: 2 MSEK", "wrong-value"),
        ("potential: 180 000 DKK", "wrong-value.near"),
        ("since: 9999-12-31", "wrong-value.far-day"),
        ("since: 2026-02-30", "wrong-value.no-such-day"),
        ("status: active\u00a0", "wrong-value.invisible"),
        ("status: activ", "wrong-value.near"),
        ("status: „active“", "wrong-value.curly"),
    ],
)
def test_what_is_proposed_is_what_was_meant(front: str, expected: str) -> None:
    _, problems = read(front)
    assert [problem.message.id for problem in problems] == [expected]


def test_people_who_cannot_be_read_are_told_once() -> None:
    assert told("contacts: Anna Lind\nactivities: [{date: 2026-05-01, type: contact, status: planned, contacts: [Anna Lind]}]") == [
        "5:11 contacts wrong-value: contacts takes a list, each item a group of keys that begins with `name`"
    ]


def test_a_misspelt_key_is_not_missing_too() -> None:
    _, problems = parse.read_plan(read_plan("plans/acme.md", b"---\naccount: Acme\ntier: A\nOwner: kari\n---\n"), NAMES)
    assert [problem.kind for problem in problems] == ["unknown-key"]


def test_a_fence_among_the_facts_is_named() -> None:
    text = b"---\naccount: Acme\ntier: A\nowner: kari\n---\npotential: 5\ncontacts: []\n---\n\n## Strategy\n"
    plan, problems = parse.read_plan(read_plan("plans/acme.md", text), NAMES)
    assert [(problem.place, problem.message.id) for problem in problems] == [((5, 1), "not-a-plan.early")]
    assert plan
    assert plan.unread == {"potential", "contacts"}
    _, problems = parse.read_plan(read_plan("plans/acme.md", text.replace(b"potential: 5\ncontacts: []", b"Facts: none")), NAMES)
    assert not problems


def test_what_stands_below_a_stray_fence_is_no_body() -> None:
    plan, _ = parse.read_plan(read_plan("plans/a.md", b"---\naccount: A\ntier: A\nowner: kari\n---\n    phone: 1\nneeds: []\n---\n"), NAMES)
    assert plan
    assert plan.body == ""


def test_an_invisible_character_in_a_reference_is_named() -> None:
    assert [problem.message.id for problem in read("region: north\u200b", {**NAMES, "region": {"north": "north"}})[1]] == ["wrong-value.invisible"]


def test_a_stub_that_was_pasted_says_nothing() -> None:
    plan = plan_of(
        'status: active\ntier_reason: ...\nvalue_proposition: "…"\ndocuments: [{title: Plan, url: "https://..."}]\nsuccess_factors: [..., Price]'
    )
    assert (plan.tier_reason, plan.value_proposition, plan.success_factors, plan.documents[0].url) == (None, None, ("Price",), None)
    assert [line.split(" ", 2)[1:] for line in told("goals: [{text: ...}]")] == [["goals[1].text", "missing-key: `text` has no value"]]


OWN_NUMBERS = "contacts: [{name: Anna, targets: {lunch: {min: 3, max: 2}, lnch: {min: 0}, contact: {min: 1, max: 1}}}]"


def test_a_person_s_own_numbers_are_told_one_by_one_and_the_others_stand() -> None:
    names = {**NAMES, "requirement": {"lunch": "lunch", "contact": "contact"}}
    plan, problems = read(OWN_NUMBERS, names)
    assert plan is not None
    assert plan.unread == frozenset()
    assert {name: (target.min, target.max) for name, target in plan.contacts[0].targets.items()} == {"lunch": (3, None), "contact": (1, 1)}
    assert [f"{problem.place.column} {problem.kind}: {render(problem.message)}" for problem in problems] == [
        "56 wrong-value: contacts[1].targets.lunch.max: 2 is recommended at most, and at least 3 asked for",
        '60 wrong-value: contacts[1].targets.lnch: there is no requirement "lnch" in the rules of the tier; did you mean `lunch`?',
    ]


def test_what_stands_below_a_second_document_is_not_judged_by_its_absence() -> None:
    text = "---\naccount: Acme\ntier: A\n--- # note\nowner: kari\nactivities:\n  - {date: 2026-06-01}\n---\ngoals: none\n"
    plan, problems = parse.read_plan(read_plan("plans/acme.md", text.encode()), NAMES)
    assert plan is None
    assert [problem.message.id for problem in problems] == ["forbidden-yaml.document"]
    plan, problems = parse.read_plan(read_plan("plans/acme.md", text.replace("tier: A", "tier: A\nowner: kari", 1).encode()), NAMES)
    assert plan is not None
    assert plan.unread == {"owner", "activities"}
    assert [problem.message.id for problem in problems] == ["forbidden-yaml.document"]


@pytest.mark.parametrize("written", ["2020/1/1", "2020-1-1", "2020.01.01"])
def test_a_day_in_another_form_is_offered_in_ours(written: str) -> None:
    assert told(f"since: {written}") == [f'5:8 since wrong-value: since: "{written}" is not a date like 2026-05-20; did you mean `2020-01-01`?']


@pytest.mark.parametrize(("written", "said"), [("2020/2/30", "not a date like"), ("0020/1/1", "not a date like"), ("2020-02-30", "does not exist")])
def test_a_day_that_does_not_exist_is_not_offered(written: str, said: str) -> None:
    (found,) = told(f"since: {written}")
    assert said in found
    assert "did you mean" not in found


def test_a_doubted_amount_is_shown_but_not_judged() -> None:
    plan, problems = read("potential: 450.000")
    assert [problem.kind for problem in problems] == ["doubtful-text"]
    assert plan is not None
    assert (plan.potential, plan.unread) == (Decimal("450.000"), frozenset({"potential"}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "contacts: [{name: Anna Lind, since: 2026-05-02, left: 2026-05-01}]",
            "contacts[1].left: 2026-05-01 lies before the day under `since`, 2026-05-02",
        ),
        ("contacts: [{name: Anna Lind, since: 2026-05-01, left: 2026-05-01}]", None),
        (
            "agreements: [{title: F, start: 2026-05-02, end: 2026-05-01}]",
            "agreements[1].end: 2026-05-01 lies before the day under `start`, 2026-05-02",
        ),
        ("goals: [{text: G, start: 2026-05-02, due: 2026-05-01}]", "goals[1].due: 2026-05-01 lies before the day under `start`, 2026-05-02"),
        ("actions: [{text: G, start: 2026-05-02, due: 2026-05-01}]", "actions[1].due: 2026-05-01 lies before the day under `start`, 2026-05-02"),
        ("actions: [{text: G, due: 2026-05-01}]", None),
        ("feedback: [{date: 2026-05-01, score: 12, scale: 10}]", "feedback[1].score: 12 is more than the scale of 10 has"),
        ("feedback: [{date: 2026-05-01, score: 10, scale: 10}]", None),
        ("feedback: [{date: 2026-05-01, score: 12}]", None),
        ("feedback: [{date: 2026-05-01, scale: 5, scores: {price: 6, delivery: 5}}]", "feedback[1].scores.price: 6 is more than the scale of 5 has"),
    ],
)
def test_what_one_key_asks_of_another(text: str, said: str | None) -> None:
    plan, problems = read(text)
    assert [render(problem.message) for problem in problems] == ([said] if said else [])
    assert {problem.kind for problem in problems} <= {"wrong-value"}
    assert plan is not None
    assert plan.unread == frozenset()


def test_what_cannot_hold_is_left_out_and_the_rest_stands() -> None:
    plan, problems = read(
        "contacts: [{name: Anna Lind, since: 2026-05-02, left: 2026-05-01}]\nagreements: [{title: F, start: 2026-05-02, end: 2026-05-01}]\n"
        "feedback: [{date: 2026-05-01, score: 6, scale: 5, scores: {price: 6, delivery: 5}}]"
    )
    assert plan is not None
    assert len(problems) == 4
    assert (plan.contacts[0].since, plan.contacts[0].left) == (None, dt.date(2026, 5, 1))
    assert (plan.agreements[0].start, plan.agreements[0].end) == (dt.date(2026, 5, 2), None)
    assert (plan.feedback[0].score, dict(plan.feedback[0].scores)) == (None, {"delivery": Decimal(5)})


@pytest.mark.parametrize(("month", "day", "right"), [(6, 30, True), (6, 31, False), (10, 31, True), (2, 29, True), (2, 30, False)])
def test_a_day_that_comes_back_every_year_is_one_of_the_month(month: int, day: int, *, right: bool) -> None:
    _, told = portfolio(f"review_windows: [{{name: b, due: {{month: {month}, day: {day}}}}}]")
    assert (list(told) == []) is right


def test_a_person_s_own_numbers_are_those_of_the_tier() -> None:
    names = {**NAMES, "requirement": {"lunch": "lunch", "contact": "contact"}, "requirement of A": {"contact": "contact"}}
    text = "contacts: [{name: Anna Lind, targets: {lunch: {min: 1}, contact: {min: 1}}}]"
    plan, problems = read(text, names)
    assert plan is not None
    assert list(plan.contacts[0].targets) == ["contact"]
    said = [render(problem.message) for problem in problems]
    assert said == ['contacts[1].targets.lunch: there is no requirement "lunch" in the rules of the tier; it can be contact']
