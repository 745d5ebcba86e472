"""Templates: each opens with a comment that names its context, and a company's own template and page stand beside ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from jinja2 import meta, nodes

from kamgen.page import opening, templates
from tests.sites import CONFIG, PLAN, build, run, tree, write

SHOWN: Final = templates(None, "en")
DOCUMENTED: Final[Mapping[str, str]] = SHOWN.documented()
GIVEN: Final = frozenset({"site", "page", "link", "say", *SHOWN.environment.globals})
"""What every template has."""


def wanted(name: str) -> set[str]:
    """What a template asks for that it does not make itself."""
    environment = SHOWN.environment
    assert environment.loader
    root = environment.parse(environment.loader.get_source(environment, name)[0])
    made = {target.name for target in root.find_all(nodes.Name) if target.ctx == "store"}
    return {*meta.find_undeclared_variables(root)} - made - GIVEN


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_every_template_opens_with_a_comment_that_names_its_context(name: str) -> None:
    said = set(re.findall(r"\w+", DOCUMENTED[name]))
    assert DOCUMENTED[name]
    assert sorted(wanted(name) - said) == []


def test_a_template_may_say_nothing_of_itself() -> None:
    assert opening("<h1>x</h1>{# y #}") == ""
    assert opening("\n{#- One\n  two. -#}<h1>x</h1>") == "One two."


EXTRA: Final = """\
plugins:
  - search
  - kamgen:
      extra:
        - {address: board-pack.md, title: "Board <pack>", template: board-pack.html, menu: 35, section: work}
"""
OWN: Final = """\
{# The board pack. Context: `all`, `outlooks`. #}
<h1>{{ page.title }}</h1>
<ul>{% for outlook in outlooks %}<li><a href="{{ link(site.address(outlook.account)) }}">{{ outlook.plan.account }}</a></li>{% endfor %}</ul>
<p>{{ all.accounts }} in all</p>
"""


def folder(tmp_path: Path, extra: str = EXTRA) -> Path:
    made = write(tmp_path, {"acme.md": PLAN.replace("Acme", "A & B")}, config=CONFIG.replace("plugins: [search, kamgen]\n", extra))
    (made / "templates" / "pages").mkdir(parents=True)
    (made / "templates" / "pages" / "board-pack.html").write_text(OWN, encoding="utf-8")
    return made


def test_a_page_of_the_company_s_own_stands_beside_ours(tmp_path: Path) -> None:
    site = build(folder(tmp_path))
    root = tree(site / "board-pack" / "index.html")
    article = next(root.iter("article"))
    assert ["".join(heading.itertext()) for heading in article.iter("h1")] == ["Board <pack>"]
    assert any(link.get("href") == "../accounts/acme/" and link.text == "A & B" for link in article.iter("a"))
    beside = next(element for element in tree(site / "overdue" / "index.html").iter("nav") if element.get("class") == "kg-siblings")
    assert "../board-pack/" in [link.get("href") for link in beside.iter("a")]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("board-pack.md", "../board.md", "is no address"),
        ("board-pack.md", "portfolio.md", "there is a page `portfolio.md` already"),
        ("board-pack.html", "other.html", "there is no `pages/other.html`"),
        ("section: work", "section: nowhere", "section"),
    ],
)
def test_what_cannot_be_a_page_is_a_sentence(tmp_path: Path, before: str, after: str, told: str) -> None:
    done = run(folder(tmp_path, EXTRA.replace(before, after)))
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
