"""The twelve traits: read strictly, told as a picture and a table, never published as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.pages.handbook import publishable
from kamgen.site import Site
from kamgen.workspace import load
from tests.pages.plans import AS_OF
from tests.pages.test_money import PORTFOLIO, told
from tests.sites import write

FILE = "handbook/twelve-traits.yml"
GOOD = """\
# Once a year
- {year: 2025, by: kari.nygaard, scores: [3, 3, 2, 3, 3, 2, 3, 3, 2, 3, 2, 1], top_three: [3, 12, 9]}
- {year: 2026, by: kari.nygaard, scores: [4, 4, 4, 3, 3, 3, 3, 3, 3, 4, 1, 4], top_three: [4, 9, 11]}
- {year: 2026, by: ole.berg, scores: [4, 3, 4, 3, 3, 3, 3, 3, 3, 4, 2, 4]}
"""


def site(folder: Path, text: str) -> Site:
    return Site(load(write(folder, {FILE: text}, portfolio=PORTFOLIO), AS_OF), "told by the test")


def test_the_scores_are_told_over_the_years(tmp_path: Path) -> None:
    made = site(tmp_path, GOOD)
    lines = told(made, "twelve-traits.md")
    assert "1 Market and customer are understood | 3 | 4 | –" in lines
    assert "2 Key accounts are chosen by criteria | 3 | 3.5 | –" in lines
    assert "11 Pay supports the strategy | 2 | 1.5 | 1" in lines
    assert "Weakest in 2026, with 1.5 of 5: Pay supports the strategy" in lines
    assert "2026 | Ole Berg | 4 | 3 | 4 | 3 | 3 | 3 | 3 | 3 | 3 | 4 | 2 | 4 | –" in lines
    assert not [one for one in made.diagnostics if one.path.endswith(FILE)]


def test_nobody_scored_is_said(tmp_path: Path) -> None:
    made = Site(load(write(tmp_path, {}, portfolio=PORTFOLIO), AS_OF), "told by the test")
    assert any(line.startswith("Nobody has scored yet.") for line in told(made, "twelve-traits.md"))


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("- {year: 2025, scores: [3, 3], top_three: [3, 12]}\n", "wrong-value", 1),
        (GOOD.replace("[4, 9, 11]", "[4, 9, 13]"), "wrong-value", 3),
        (GOOD.replace("2, 1]", "2, 7]"), "wrong-value", 2),
        (GOOD.replace("ole.berg", "nobody.here"), "unknown-person", 4),
        (GOOD.replace("by: ole", "from: ole"), "unknown-key", 4),
        ("- {by: ole.berg, scores: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n", "missing-key", 1),
        ("- {year: 2025}\n", "wrong-value", 1),
        ("- {year: 2025\n\tx", "invalid-yaml", 2),
        ("just words\n", "invalid-yaml", 1),
    ],
)
def test_a_wrong_shape_is_a_finding_with_its_place(tmp_path: Path, text: str, rule: str, line: int) -> None:
    found = [(one.rule, one.line) for one in site(tmp_path, text).diagnostics if one.path == f"plans/{FILE}"]
    assert (rule, line) in found


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yml").write_text(GOOD, encoding="utf-8")
    write(tmp_path, {"handbook/index.md": "# Us\n"}, portfolio=PORTFOLIO)
    (tmp_path / "plans" / FILE).symlink_to(tmp_path / "elsewhere.yml")
    assert load(tmp_path, AS_OF).reading.traits.assessments == ()


def test_the_file_itself_is_not_published(tmp_path: Path) -> None:
    write(tmp_path, {FILE: GOOD}, portfolio=PORTFOLIO)
    assert not publishable(tmp_path / "plans", FILE)
