"""Which files of the handbook are published."""

from __future__ import annotations

from pathlib import Path

from kamgen.pages.handbook import publishable


def test_nothing_behind_a_link_is_published(tmp_path: Path) -> None:
    docs = tmp_path / "plans"
    (docs / "handbook").mkdir(parents=True)
    (docs / "handbook/page.md").write_text("x", encoding="utf-8")
    (docs / "handbook/linked.md").symlink_to(docs / "handbook/page.md")
    (docs / "handbook/folder").symlink_to(docs / "handbook")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/plans").symlink_to(docs)
    (tmp_path / "above").symlink_to(tmp_path)
    assert publishable(docs, "handbook/page.md")
    assert publishable(tmp_path / "above/plans", "handbook/page.md")
    assert not publishable(docs, "handbook/linked.md")
    assert not publishable(docs, "handbook/folder/page.md")
    assert not publishable(tmp_path / "elsewhere/plans", "handbook/page.md")


def test_what_mkdocs_yml_names_is_published_unless_it_could_be_a_plan(tmp_path: Path) -> None:
    named = {"logo.svg", "bad.svg", "own.css", "acme.md", "portfolio.yml"}
    for name, text in {"logo.svg": "<svg/>", "bad.svg": "<svg onload=alert(1)/>"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "linked.css").symlink_to(tmp_path / "logo.svg")
    assert [name for name in (*sorted(named), "linked.css") if publishable(tmp_path, name, {*named, "linked.css"})] == ["logo.svg", "own.css"]
    assert not publishable(tmp_path, "own.css")
