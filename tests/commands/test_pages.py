"""`kamgen pages` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen
from tests.sites import CONFIG

EXTRA = "plugins:\n  - kamgen:\n      extra: [{address: board-pack.md, title: Pack, template: board-pack.html}]\n"


@pytest.fixture
def company(folder: Path) -> Path:
    """A company with a template of its own over ours, and a page of its own."""
    (folder / "mkdocs.yml").write_text(CONFIG.replace("plugins: [search, kamgen]\n", EXTRA), encoding="utf-8")
    (folder / "templates" / "pages").mkdir(parents=True)
    (folder / "templates" / "pages" / "board-pack.html").write_text("<h1>x</h1>", encoding="utf-8")
    (folder / "templates" / "pages" / "home.html").write_text("{# Our home. Context: `all`. #}<h1>x</h1>", encoding="utf-8")
    return folder


def test_pages_and_templates_are_listed(company: Path, kamgen: Kamgen) -> None:
    told = kamgen("pages")
    assert (told.code, told.err) == (0, "")
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert "home index.md pages/home.html" in lines
    assert "account accounts/havnens.md pages/account.html" in lines
    assert any(line.startswith("rules rules/") and line.endswith("more pages/rule.html") for line in lines)
    assert "extra board-pack.md pages/board-pack.html" in lines
    assert lines[lines.index("pages/home.html *") + 1] == "Our home. Context: `all`."
    assert lines[lines.index("pages/board-pack.html *") + 1] == "(says nothing of its context)"


def test_pages_for_programs(company: Path, kamgen: Kamgen) -> None:
    told = json.loads(kamgen("pages", "--format", "json").out)
    assert {"sort": "extra", "template": "pages/board-pack.html", "addresses": ["board-pack.md"]} in told["pages"]
    assert any(one["template"] is None and "portfolio.csv" in one["addresses"] for one in told["pages"])
    assert {one["name"]: one["from"] for one in told["templates"]}["pages/home.html"] == "company"


def test_a_page_that_cannot_be_is_told(company: Path, kamgen: Kamgen) -> None:
    config = company / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("board-pack.md", "portfolio.md"), encoding="utf-8")
    told = kamgen("pages")
    assert told.code == 2
    assert "there is a page `portfolio.md` already" in told.err
