"""The baseline: what is known does not fail, what is new or graver does, and what is mended is told."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.baseline import Known, NotABaselineError, marked, mended, parse, pruned, renewed, written
from kamgen.diagnostic import Diagnostic, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def found(account: str | None, code: str = "KAM201", severity: Severity = ERROR, *, waived: bool = False, message: str = "words") -> Diagnostic:
    identity = (code, account or "plans/portfolio.yml", "", "", "", "")
    return Diagnostic("plans/x.md", 1, 1, code, "a-rule", severity, message, "", account, None, "", identity, waived)


def known(*diagnostics: Diagnostic) -> dict[str, Known]:
    return dict(renewed({}, diagnostics))


def told(baseline: Mapping[str, Known]) -> list[str]:
    return sorted(f"{one.account} {one.code}" for one in baseline.values())


def test_what_is_known_is_a_note_and_what_is_new_is_not() -> None:
    old, new = found("a"), found("b")
    assert [(one.severity, one.known) for one in marked([old, new], known(old))] == [(INFO, True), (ERROR, False)]


@pytest.mark.parametrize(
    ("then", "now", "is_known"), [(ERROR, ERROR, True), (ERROR, WARNING, True), (WARNING, WARNING, True), (WARNING, ERROR, False)]
)
def test_what_got_graver_is_new(then: Severity, now: Severity, is_known: bool) -> None:
    (one,) = marked([found("a", severity=now)], known(found("a", severity=then)))
    assert one.known is is_known


@pytest.mark.parametrize("code", ["KAM003", "KAM013", "KAM103", "KAM901"])
def test_what_hides_a_plan_is_never_known(code: str) -> None:
    unread = found("a", code)
    assert known(unread) == {}
    line = Known("a", code, "a-rule", ERROR, unread.fingerprint, "slipped in by hand")
    assert marked([unread], {unread.fingerprint: line}) == (unread,)


def test_notes_and_what_is_waived_need_no_baseline() -> None:
    assert known(found("a", severity=INFO), found("b", severity=INFO, waived=True)) == {}


def test_what_is_not_found_any_more_is_mended_and_pruned() -> None:
    before = known(found("a"), found("b"))
    assert told(mended(before, [found("b")])) == ["a KAM201"]
    assert told(pruned(before, [found("b"), found("c")])) == ["b KAM201"]
    assert told(renewed(before, [found("b"), found("c")])) == ["b KAM201", "c KAM201"]


def test_a_waiver_takes_a_finding_out_of_the_baseline() -> None:
    assert told(mended(known(found("a")), [found("a", severity=INFO, waived=True)])) == ["a KAM201"]


def test_what_became_a_note_is_not_mended() -> None:
    assert mended(known(found("a")), [found("a", severity=INFO)]) == {}


def test_nothing_is_mended_where_nothing_can_be_judged() -> None:
    before = known(found("a"), found("b"), found(None))
    assert told(mended(before, [found("a", "KAM003")])) == ["None KAM201", "b KAM201"]
    assert mended(before, [found(None, "KAM008")]) == {}
    assert told(mended(before, [found(None, "KAM905", INFO)])) == ["None KAM201", "a KAM201", "b KAM201"]


def test_a_known_line_stays_as_it_was_until_the_finding_gets_graver() -> None:
    before = known(found("a", severity=WARNING, message="on Monday"))
    assert renewed(before, [found("a", severity=WARNING, message="on Tuesday")]) == before
    (line,) = renewed(before, [found("a", message="on Tuesday")]).values()
    assert (line.severity, line.message) == (ERROR, "on Tuesday")


def test_the_file_is_a_line_each_sorted_and_read_by_people() -> None:
    text = written(known(found("b", message="Ærø | x"), found("a", "KAM301", WARNING), found("a"), found(None, "KAM405")))
    assert [json.loads(line)["account"] for line in text.splitlines()] == [None, "a", "a", "b"]
    fingerprint = found("b").fingerprint
    assert text.splitlines()[-1] == (
        f'{{"account": "b", "code": "KAM201", "rule": "a-rule", "severity": "error", "fingerprint": "{fingerprint}", "message": "Ærø | x"}}'
    )
    assert text.endswith("}\n")


ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["KAM201", "KAM301"]), st.sampled_from([ERROR, WARNING]), st.text()),
    unique_by=lambda row: row[:2],
)


@given(ROWS)
def test_what_is_written_is_read_again(rows: list[tuple[str, str, Severity, str]]) -> None:
    diagnostics = [found(account, code, severity, message=message) for account, code, severity, message in rows]
    baseline = known(*diagnostics)
    text = written(baseline)
    assert parse(text) == baseline
    assert written(renewed(parse(text), diagnostics)) == text
    assert written(dict(reversed(list(baseline.items())))) == text
    assert all(one.known for one in marked(diagnostics, baseline))


def test_an_empty_file_is_a_baseline_that_knows_nothing() -> None:
    assert parse("") == parse("\r\n\n") == {}
    assert written({}) == ""


LINE = {"account": "a", "code": "KAM201", "rule": "a-rule", "severity": "error", "fingerprint": "00", "message": "words"}


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "[]",
        "1",
        "null",
        "{}",
        json.dumps({key: value for key, value in LINE.items() if key != "account"}),
        json.dumps(LINE | {"severity": "fatal"}),
        json.dumps(LINE | {"severity": []}),
        json.dumps(LINE | {"code": 201}),
        json.dumps(LINE | {"account": 1}),
        json.dumps(LINE)[:-1],
    ],
)
def test_a_line_that_is_none_is_named_by_its_number(line: str) -> None:
    with pytest.raises(NotABaselineError) as told_as:
        parse(f"{json.dumps(LINE)}\n{line}\n")
    assert told_as.value.args == (2,)
