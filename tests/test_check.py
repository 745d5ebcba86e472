"""The engine: order, severities, waivers, what is not judged, fingerprints, and hostile values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamgen.diagnostic import Diagnostic, Finding, Severity
from kamgen.frozen import with_values
from kamgen.rule import REGISTRY
from kamgen.workspace import Workspace, load
from tests import fewer

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """
currency: DKK
people:
  - {id: kari, name: Kari Nygaard, role: kam}
  - {id: vera, name: Vera Lind, role: leader}
  - {id: eva, name: Eva Holm, role: executive}
  - {id: jens, name: Jens Holm, role: specialist}
rules:
  extends: per-person
  severities: {non-monotone-minimum.shipped: "off"}
"""
LOUD = PORTFOLIO.replace('  severities: {non-monotone-minimum.shipped: "off"}\n', "")
"""The same portfolio with everything that is said of the shipped rule set."""
NEXT = "  - {date: 2026-06-09, type: contact, status: planned, contacts: [anna], channel: phone, subject: Prices}\n"
CONTACT = "contacts:\n  - {id: anna, name: Anna Lind, work: occasional}\n"


def plan(more: str = "", *, tier: str = "A", owner: str = "kari", activities: str = NEXT, contacts: str = CONTACT, account: str = "Acme") -> str:
    """A plan without findings: nobody is worked by numbers, and the number of KAM meetings is agreed."""
    acts = f"activities:\n{activities}" if activities else ""
    return f"---\naccount: {account}\ntier: {tier}\nowner: {owner}\n{contacts}meetings: {{kam_meetings_per_year: 0}}\n{acts}{more}---\n"


def made(root: Path, plans: dict[str, str | bytes], portfolio: str | None = PORTFOLIO) -> Path:
    folder = root / "plans"
    folder.mkdir(exist_ok=True)
    for name, text in plans.items():
        (folder / f"{name}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    if portfolio is not None:
        (folder / "portfolio.yml").write_text(portfolio, encoding="utf-8")
    return root


def check(root: Path, *plans: str | bytes, portfolio: str | None = PORTFOLIO, as_of: dt.date = AS_OF) -> Workspace:
    """The verdict by the rules that these tests are about."""
    workspace = load(made(root, {f"acme{number or ''}": text for number, text in enumerate(plans)}, portfolio), as_of)
    off = set(fewer.others())
    return with_values(workspace, diagnostics=tuple(found for found in workspace.diagnostics if found.rule not in off))


def codes(workspace: Workspace) -> list[str]:
    return [f"{found.code} {found.severity.word}" for found in workspace.diagnostics]


def lines(workspace: Workspace) -> list[str]:
    return [f"{found.path}:{found.line}:{found.column} {found.rule} {found.message}" for found in workspace.diagnostics]


def test_a_plan_without_findings(tmp_path: Path) -> None:
    workspace = check(tmp_path, plan())
    assert lines(workspace) == []
    assert [workspace.count(severity) for severity in Severity] == [0, 0, 0, 0]


def test_findings_are_sorted_by_file_and_place(tmp_path: Path) -> None:
    broken = plan("deputy: nobody\nsegment: nowhere\n", activities="")
    workspace = check(tmp_path, broken, broken, portfolio=PORTFOLIO + "  windo: fiscal-year\n")
    places = [(found.path, found.line, found.column, found.code) for found in workspace.diagnostics]
    assert places == sorted(places)
    assert {path for path, *_ in places} == {"plans/acme.md", "plans/acme1.md", "plans/portfolio.yml"}


@pytest.mark.parametrize(("tier", "severity"), [("VIP", "error"), ("A", "error"), ("B", "warning"), ("C", "info")])
def test_severity_by_tier(tmp_path: Path, tier: str, severity: str) -> None:
    assert codes(check(tmp_path, plan(tier=tier, activities=""))) == [f"KAM201 {severity}"]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("", ["KAM302 warning"]),
        ("  severities: {over-service.zero: error}\n", ["KAM302 error"]),
        ("  severities: {over-service: error}\n", ["KAM302 error"]),
        ("  severities: {over-service.zero: null, over-service: error}\n", ["KAM302 error"]),
        ("  severities: {over-service.zero: off}\n", []),
        ("  tiers: {D: {severities: {over-service.zero: info}}}\n", ["KAM302 info"]),
    ],
)
def test_severity_of_a_variant(tmp_path: Path, own: str, expected: list[str]) -> None:
    held = "  - {date: 2026-05-04, type: status-meeting, status: held, note: Fine}\n"
    sold = "".join(f"  - {{date: 2026-{month}-04, type: agreed-sales-meeting, status: planned}}\n" for month in ("06", "09"))
    portfolio = LOUD.replace("per-person", "per-account") + own
    assert codes(check(tmp_path, plan(tier="D", activities=held + sold), portfolio=portfolio)) == expected


def test_a_rule_without_a_severity_is_an_error(tmp_path: Path) -> None:
    portfolio = LOUD + "  severities: {non-monotone-minimum: off, no-next-activity: null}\n"
    assert codes(check(tmp_path, plan(tier="B", activities=""), portfolio=portfolio)) == ["KAM201 error"]


# Options.


def test_options_of_the_set_and_of_a_tier(tmp_path: Path) -> None:
    held = "  - {date: 2026-04-01, type: lunch, status: held}\n  - {date: 2026-04-20, type: lunch, status: held, note: Fine}\n"
    text = plan(activities=held + NEXT)
    assert codes(check(tmp_path, text)) == ["KAM203 warning"]
    assert codes(check(tmp_path, text, portfolio=PORTFOLIO + "  options: {held-without-note: {days: 30}}\n")) == []
    tier = "  options: {held-without-note: {days: 30}}\n  tiers: {A: {options: {held-without-note: {days: 60}}}}\n"
    assert codes(check(tmp_path, text, portfolio=PORTFOLIO + tier)) == ["KAM203 warning"]


# Waivers.


def waived(root: Path, waiver: str, *, owner: str = "kari", activities: str = "", tier: str = "A") -> list[tuple[str, str, bool]]:
    workspace = check(root, plan(f"waivers:\n  - {{{waiver}}}\n", owner=owner, activities=activities, tier=tier))
    return [(found.rule, found.severity.word, found.waived) for found in workspace.diagnostics]


RULE = "rule: no-next-activity, reason: Rebuilding"
YES = [("no-next-activity", "info", True)]
NO = [("no-next-activity", "error", False)]


@pytest.mark.parametrize(
    ("waiver", "owner", "expected"),
    [
        (f"{RULE}, until: 2026-05-06, approved_by: vera", "kari", YES),
        (f"{RULE}, until: 2026-05-06, approved_by: Eva Holm", "kari", YES),
        (f"{RULE.replace('no-next-activity', 'KAM201')}, until: 2026-12-31, approved_by: vera", "kari", YES),
        (f"{RULE}, until: 2026-05-05, approved_by: vera", "kari", NO),
        (f"{RULE}, until: 2026-12-31", "kari", NO),
        (f"{RULE}, until: 2026-12-31, approved_by: jens", "kari", NO),
        (f"{RULE}, until: 2026-12-31, approved_by: kari", "kari", NO),
        (f"{RULE}, until: 2026-12-31, approved_by: vera", "vera", NO),
        (f"{RULE}, until: 2026-12-31, approved_by: eva", "vera", YES),
        (f"{RULE}, until: 2026-12-31, approved_by: vera, contact: anna", "kari", NO),
        (f"{RULE}, until: 2026-12-31, approved_by: vera, requirement: lunch", "kari", NO),
        ("rule: overdue-activity, reason: Rebuilding, until: 2026-12-31, approved_by: vera", "kari", NO),
    ],
)
def test_a_waiver(tmp_path: Path, waiver: str, owner: str, expected: list[tuple[str, str, bool]]) -> None:
    assert waived(tmp_path, waiver, owner=owner) == expected


def test_an_approver_who_does_not_exist_waives_nothing(tmp_path: Path) -> None:
    told = waived(tmp_path, f"{RULE}, until: 2026-12-31, approved_by: ole")
    assert sorted(told) == [("no-next-activity", "error", False), ("unknown-person", "error", False)]


@pytest.mark.parametrize(
    ("narrow", "open_left"),
    [
        ("", []),
        (", contact: bo", ["anna lunch", "anna proactive-sales-meeting"]),
        (", requirement: lunch", ["anna proactive-sales-meeting", "bo proactive-sales-meeting"]),
        (", contact: bo, requirement: lunch", ["anna lunch", "anna proactive-sales-meeting", "bo proactive-sales-meeting"]),
    ],
)
def test_a_waiver_narrowed(tmp_path: Path, narrow: str, open_left: list[str]) -> None:
    people = "contacts:\n  - {id: anna, name: Anna, work: ongoing}\n  - {id: bo, name: Bo, work: ongoing}\n"
    call = NEXT.replace("[anna]", "[anna, bo]")
    waiver = f"waivers:\n  - {{rule: cadence-behind, reason: Leave, until: 2026-08-31, approved_by: vera{narrow}}}\n"
    workspace = check(tmp_path, plan(waiver, tier="B", contacts=people, activities=call))
    assert [found.rule for found in workspace.diagnostics] == ["cadence-behind"] * 4
    left = sorted(_who_and_what(found) for found in workspace.diagnostics if not found.waived)
    assert left == open_left


def _who_and_what(found: Diagnostic) -> str:
    requirement = {"Lunches": "lunch", "Proactive sales meetings": "proactive-sales-meeting"}
    said = found.message.split("), ")[1].split(":")[0]
    what, who = said.split(" with ")
    return f"{who.lower()} {requirement[what]}"


def test_a_waiver_of_a_variant(tmp_path: Path) -> None:
    portfolio = LOUD.replace("per-person", "per-account")
    acts = "  - {date: 2026-05-04, type: status-meeting, status: held, note: Fine}\n" + "".join(
        f"  - {{date: 2026-{month}-04, type: agreed-sales-meeting, status: planned}}\n" for month in ("06", "07", "09")
    )
    waiver = "waivers:\n  - {rule: over-service.zero, reason: Asked for, until: 2026-12-31, approved_by: vera}\n"
    workspace = check(tmp_path, plan(waiver, tier="D", activities=acts), portfolio=portfolio)
    assert sorted((found.severity.word, found.waived) for found in workspace.diagnostics) == [("info", False), ("info", True)]


def test_file_reference_and_rule_set_findings_are_never_waived(tmp_path: Path) -> None:
    waivers = "".join(
        f"  - {{rule: {name}, reason: Later, until: 2026-12-31, approved_by: vera}}\n" for name in ("unknown-key", "unknown-person", "duplicate-id")
    )
    people = "contacts:\n  - {id: anna, name: Anna, work: occasional}\n  - {id: anna, name: Anne, work: occasional}\n"
    workspace = check(tmp_path, plan(f"waivers:\n{waivers}deputy: nobody\nsegmnt: x\n", contacts=people))
    assert sorted((found.rule, found.severity.word, found.waived) for found in workspace.diagnostics) == [
        ("duplicate-id", "error", False),
        ("unknown-key", "error", False),
        ("unknown-person", "error", False),
    ]


def test_a_waiver_that_cannot_be_read_says_nothing_of_the_others(tmp_path: Path) -> None:
    waivers = """waivers:
  - {rule: no-teem, reason: Later, until: 2026-12-31, approved_by: vera}
  - {rule: review-missed, reason: Leave, until: 2025-01-31, approved_by: vera}
"""
    workspace = load(made(tmp_path, {"acme": plan(waivers)}, PORTFOLIO), AS_OF)
    found = {found.rule: found.line for found in workspace.diagnostics if found.rule in {"unknown-rule", "waiver-expired"}}
    assert found["waiver-expired"] == found["unknown-rule"] + 1


# What is not judged.


def test_a_part_that_cannot_be_read_is_not_judged(tmp_path: Path) -> None:
    assert codes(check(tmp_path, plan(activities=NEXT.replace("2026-06-09", "2026-06-31")))) == ["KAM009 error"]
    worked = CONTACT.replace("occasional", "ongoing")
    assert codes(check(tmp_path, plan(contacts=worked, activities=NEXT.replace("planned", "planed")))) == ["KAM009 error"]
    assert codes(check(tmp_path, plan(contacts=worked.replace("}", ", wrk: none}")))) == ["KAM008 error"]
    assert codes(check(tmp_path, plan("status: lst\n", activities=""))) == ["KAM009 error"]


HELD = "  - {date: 2026-03-12, type: contact, status: held, contacts: [anna], channel: phone, note: Wants twelve, next_step: Send them}\n"
LATE = "  - {date: 2026-03-12, type: contact, status: planned, contacts: [anna], channel: phone, subject: Prices}\n"


@pytest.mark.parametrize("slip", [("[anna]", "[ann]"), ("phone", "fone"), ("held,", "held, with: [xx],"), ("note:", "nte:")])
def test_what_is_wrong_in_a_settled_activity_hides_no_planned_one(tmp_path: Path, slip: tuple[str, str]) -> None:
    found = load(made(tmp_path, {"acme": plan(activities=HELD.replace(*slip) + LATE)}), AS_OF).diagnostics
    assert {one.code for one in found} > {"KAM201", "KAM216"}
    assert "KAM201 error" not in codes(check(tmp_path, plan(activities=HELD.replace(*slip) + NEXT)))


@pytest.mark.parametrize("slip", [("held", "hold"), ("contact,", "kontakt,"), ("03-12", "02-31")])
def test_an_activity_that_may_be_any_hides_the_others(tmp_path: Path, slip: tuple[str, str]) -> None:
    assert "KAM201 error" not in codes(check(tmp_path, plan(activities=HELD.replace(*slip) + LATE)))
    assert "KAM201 error" not in codes(check(tmp_path, plan(activities=HELD.replace("[anna]", "[ann]") + NEXT.replace("[anna]", "[ann]"))))


def test_of_two_mistakes_about_who_may_see_what_both_are_told(tmp_path: Path) -> None:
    found = load(made(tmp_path, {"acme": plan("visibility: {swot: privat, stratgy: private}\n")}), AS_OF).diagnostics
    assert [(one.code, one.field) for one in found if one.code in {"KAM009", "KAM705"}] == [
        ("KAM009", "visibility.swot"),
        ("KAM705", "visibility.stratgy"),
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("active", ["KAM201 error", "KAM301 warning"]),
        ("at-risk\nstatus_reason: Prices", ["KAM201 error", "KAM301 warning"]),
        ("prospect", ["KAM201 error"]),
        ("paused\nstatus_reason: Rebuilding", []),
        ("paused\nstatus_reason: Rebuilding\npaused_until: soon", ["KAM009 error"]),
        ("paused\nstatus_reason: Rebuilding\npaused_until: 2026-05-07", []),
        ("paused\nstatus_reason: Rebuilding\npaused_until: 2026-05-06", ["KAM201 error", "KAM301 warning"]),
        ("lost\nstatus_reason: Went to Beslag Nord", []),
        ("archived", []),
    ],
)
def test_what_a_status_lets_the_rules_judge(tmp_path: Path, status: str, expected: list[str]) -> None:
    workspace = check(tmp_path, plan(f"status: {status}\n", activities="", contacts=CONTACT.replace("occasional", "ongoing")))
    assert list(dict.fromkeys(codes(workspace))) == expected


def test_lost_and_paused_accounts_keep_their_references_right(tmp_path: Path) -> None:
    lost = plan("status: lost\nstatus_reason: Prices\nparent: nobody\n")
    overdue = plan("status: paused\nstatus_reason: Prices\n", activities=NEXT.replace("06-09", "05-04"))
    assert codes(check(tmp_path, lost, overdue.replace("Acme", "Bolt"))) == ["KAM105 error", "KAM202 warning"]


def test_a_broken_plan_does_not_hide_another(tmp_path: Path) -> None:
    workspace = check(tmp_path, "no plan at all", b"\xff\xfe\x00", plan(activities=""))
    assert codes(workspace) == ["KAM001 error", "KAM002 error", "KAM201 error"]
    assert [(account.id, account.name, account.plan is None) for account in workspace.accounts] == [
        ("acme", "acme", True),
        ("acme1", "acme1", True),
        ("acme2", "Acme", False),
    ]


# The portfolio.


def test_a_missing_portfolio_is_told_once(tmp_path: Path) -> None:
    workspace = check(tmp_path, plan("deputy: nobody\n"), plan(account="Bolt"), portfolio=None)
    assert lines(workspace) == [
        "plans/portfolio.yml:1:1 not-a-plan the portfolio file is missing: nobody can own an account, and no rules are in force"
    ]


def test_a_portfolio_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    assert codes(check(tmp_path, plan("deputy: nobody\n"), portfolio="people: [")) == ["KAM003 error"]


def test_a_portfolio_without_rules_is_told_once(tmp_path: Path) -> None:
    assert codes(check(tmp_path, plan(), portfolio=PORTFOLIO.partition("rules:")[0])) == ["KAM010 error"]


def test_a_language_without_a_catalogue(tmp_path: Path) -> None:
    workspace = check(tmp_path, plan(), portfolio="language: sv\n" + PORTFOLIO)
    assert lines(workspace) == ['plans/portfolio.yml:1:11 wrong-value there is no catalogue for the language "sv" yet; only en is there']


# Fingerprints.


def fingerprints(root: Path, text: str) -> list[str]:
    found = check(root, text).diagnostics
    assert len(found) == 3
    return sorted(entry.fingerprint for entry in found)


def test_fingerprints_stay_when_lines_move_and_items_change_places(tmp_path: Path) -> None:
    late = [f"  - {{date: 2026-05-0{day}, type: contact, status: planned, contacts: [anna], channel: phone, subject: Prices}}\n" for day in (1, 2, 3)]
    before = fingerprints(tmp_path, plan(activities="".join(late) + NEXT))
    assert len(set(before)) == 3
    assert all(len(word) == 16 for word in before)
    assert fingerprints(tmp_path, plan("# a comment\n", activities=NEXT + "".join(reversed(late)))) == before
    moved = plan(activities="".join(late[:2]) + late[2].replace("05-03", "05-04") + NEXT)
    assert len(set(fingerprints(tmp_path, moved)) & set(before)) == 2


def test_equal_findings_have_fingerprints_of_their_own(tmp_path: Path) -> None:
    same = "  - {date: 2026-05-01, type: contact, status: planned}\n"
    assert len(set(fingerprints(tmp_path, plan(activities=same * 3 + NEXT)))) == 3
    needs = "needs:\n  - {text: a, agreed: ja}\n  - {text: b}\n  - {text: c, agreed: ja}\n  - {text: d, agreed: nej}\n"
    before = fingerprints(tmp_path, plan(needs))
    assert len(set(before)) == 3
    assert fingerprints(tmp_path, plan(needs.replace("  - {text: b}\n", ""))) == before


def fingerprint(root: Path, text: str, rule: str) -> str:
    (found,) = (each for each in load(made(root, {"acme": plan(text)}, PORTFOLIO + RACKS), AS_OF).diagnostics if each.rule == rule)
    return found.fingerprint


RACKS = "products: [{id: racks, label: Racks}]\n"
SOLD = "sales: [{product: racks, spend: 100, actual: {2025: 131}%s}]\n"


@pytest.mark.parametrize(
    ("rule", "before", "half", "same"),
    [
        ("shares-over-one", SOLD % "", SOLD % ", competitor_shares: {Nord: 0.2}", True),
        ("shares-over-one", SOLD % "", SOLD % ", competitor_shares: {Nord: 0.9, Syd: 0.9}", True),
        ("old-complaint", "complaints: [{date: 2026-01-02, text: Late}]\n", "complaints: [{date: 2026-01-02, text: Late, measure: A list}]\n", True),
        ("goal-without-measure", "goals: [{text: Grow}]\n", "goals: [{text: Grow, measure: shops}]\n", True),
        (
            "agreement-expired",
            "agreements: [{title: Old, end: 2026-03-01}]\n",
            "agreements: [{title: Old, end: 2026-03-01}, {title: New, start: 2026-03-02}]\n",
            True,
        ),
        (
            "goal-late",
            "goals: [{id: g, text: Grow, measure: shops, baseline: 0, target: 9, actual: 1, start: 2026-01-01, due: 2026-06-01}]\n",
            "goals: [{id: g, text: Grow, measure: shops, baseline: 0, target: 9, actual: 1, start: 2026-01-01, due: 2026-05-01}]\n",
            False,
        ),
        ("personal-data-in-text", "partners: [{name: a@b.dk}]\n", "partners: [{name: +45 33 12 34 56}]\n", False),
    ],
)
def test_what_is_half_mended_is_the_finding_it_was(tmp_path: Path, rule: str, before: str, half: str, same: bool) -> None:
    assert (fingerprint(tmp_path, before, rule) == fingerprint(tmp_path, half, rule)) is same


def test_fingerprints_tell_files_apart(tmp_path: Path) -> None:
    found = check(tmp_path, plan(activities=""), plan(activities="", account="Bolt")).diagnostics
    assert len({entry.fingerprint for entry in found}) == len(found) == 2


# Hostile values.


@pytest.mark.parametrize(
    "name", ["a|b", "<script>alert(1)</script>", "{{", "{account}", "{0}", "%s %(x)s", "${PATH}", "王伟", "'; --", "\\n", "𝒜cme é"]
)
def test_hostile_values_are_said_as_they_are(tmp_path: Path, name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    person = f"contacts:\n  - {{id: anna, name: {quoted}, work: ongoing, left: 2026-05-01}}\n"
    workspace = check(tmp_path, plan(f"deputy: {quoted}\n", account=quoted, contacts=person))
    told = {found.rule: found.message for found in workspace.diagnostics}
    assert set(told) == {"unknown-person", "no-contact", "planned-with-someone-who-left"}
    assert all(name in message for message in told.values())


PIECES = st.sampled_from(
    [
        "---\n",
        "account: Acme\n",
        "tier: A\n",
        "owner: kari\n",
        "contacts:\n",
        "  - {name: Anna, reports_to: Anna}\n",
        "activities:\n",
        NEXT,
        "status: lost\n",
        "status: paused\nstatus_reason: x\npaused_until: 2026-05-06\n",
        "waivers: [{rule: KAM201, until: 2026-12-31, reason: x, approved_by: vera}]\n",
        "since: 2026-02-30\n",
        "meetings: 4\n",
        "sales: [{product: {a: b}}]\n",
        "currency: SEK\n",
        "parent: acme\n",
        "x_own: [1, {a: 2}]\n",
        "*a\n",
        "? {a: b}\n",
        "\t",
        "\u202e",
        "#",
        ": ",
        "- ",
    ]
)
ANYTHING = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=80), st.text(max_size=60).map(lambda text: f"---\n{text}\n---\n"))


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(ANYTHING.map(str.encode), st.binary(max_size=60)))
def test_no_text_of_a_plan_raises(tmp_path: Path, data: bytes) -> None:
    workspace = check(tmp_path, data)
    assert [account.id for account in workspace.accounts] == ["acme"]
    assert workspace.accounts[0].plan or workspace.count(Severity.ERROR)
    assert len({found.fingerprint for found in workspace.diagnostics}) == len(workspace.diagnostics)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*PORTFOLIO.strip().splitlines(), "  tiers: {A: {extends: B}, B: {extends: A}}", "  tiers: 3", "rates: [1]", "  - x"]))
)
def test_no_text_of_a_portfolio_raises(tmp_path: Path, pieces: list[str]) -> None:
    assert check(tmp_path, plan(), portfolio="\n".join(pieces)).accounts


def test_long_chains_cost_no_more_than_their_length(tmp_path: Path) -> None:
    people = "".join(f"  - {{name: p{number}, reports_to: p{number + 1}, work: occasional}}\n" for number in range(5000))
    workspace = check(tmp_path, plan(contacts=f"contacts:\n{people}  - {{name: p5000}}\n  - {{id: anna, name: Anna}}\n"))
    assert codes(workspace) == []


def test_every_circle_is_told_once(tmp_path: Path) -> None:
    chart = [("d", "c"), ("b", "a"), ("a", "c"), ("c", "b"), ("e", "e"), ("f", "anna")]
    people = "".join(f"  - {{name: {who}, reports_to: {manager}, work: occasional}}\n" for who, manager in chart)
    workspace = check(tmp_path, plan(contacts=f"contacts:\n{people}  - {{id: anna, name: Anna}}\n"))
    assert [found.message.rpartition(": ")[2] for found in workspace.diagnostics if found.rule == "reporting-cycle"] == ["a > c > b > a", "e > e"]


def test_a_finding_knows_its_account_owner_and_field(tmp_path: Path) -> None:
    found: Any = check(tmp_path, plan(activities=NEXT.replace("06-09", "05-05") + NEXT)).diagnostics
    assert [(entry.account, entry.owner, entry.field, entry.line) for entry in found] == [("acme", "kari", "activities.2026-05-05", 9)]


def test_where_two_rules_see_the_same_thing_the_graver_speaks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    softer = with_values(REGISTRY["held-without-note"], unless=("overdue-activity",), check=lambda *_, **__: [Finding(("activities", 0), MANY)])
    monkeypatch.setitem(REGISTRY, "held-without-note", softer)
    late = NEXT.replace("2026-06-09", "2026-05-01")
    silent = check(tmp_path, plan(activities=late + NEXT))
    assert [found.rule for found in silent.diagnostics] == ["overdue-activity"]
    loud = check(tmp_path, plan(activities=late + NEXT), portfolio=LOUD + "  severities: {non-monotone-minimum: off, overdue-activity: off}\n")
    assert [found.rule for found in loud.diagnostics] == ["held-without-note"]


MANY = {"type": "contact", "date": AS_OF, "contacts": "nobody named", "n": 1}
