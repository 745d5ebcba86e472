"""Which files are plans, and which names and links are refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.folder import MAX_ID, PAGES, RESERVED, PlanFile, linked_portfolio, links, skeleton, survey


def files(root: Path, *names: str) -> tuple[PlanFile, ...]:
    for name in names:
        path = root / "plans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"---\n---\n")
    return survey(root)


def told(found: tuple[PlanFile, ...]) -> dict[str, list[str]]:
    return {file.path.removeprefix("plans/"): [problem.message.id for problem in file.problems] for file in found}


@pytest.mark.parametrize("name", ["acme", "acme-2", "a", "1", "4-you", "nordic/acme", "a/b/c/acme", "x" * MAX_ID])
def test_a_good_name(name: str, tmp_path: Path) -> None:
    assert told(files(tmp_path, f"{name}.md")) == {f"{name}.md": []}


@pytest.mark.parametrize("name", ["Acme", "acme_2", "acme.old", "acme--2", "-acme", "acme-", "café", "ac me", "客户", "købmand", "ー", "md.x"])
def test_a_name_that_is_no_id(name: str, tmp_path: Path) -> None:
    (found,) = files(tmp_path, f"{name}.md")
    (problem,) = found.problems
    near = {"Acme": "acme", "acme_2": "acme-2", "acme.old": "acme-old", "acme--2": "acme-2", "café": "cafe", "ac me": "ac-me", "md.x": "md-x"}
    near |= {"-acme": "acme", "acme-": "acme", "客户": "kehu", "købmand": "kobmand"}
    said = ("bad-file-name.near", f"{near[name]}.md") if name in near else ("bad-file-name.grammar", ".md")
    assert (problem.message.id, problem.message.values["near"]) == said


def test_an_ending_in_capitals_is_told(tmp_path: Path) -> None:
    assert told(files(tmp_path, "acme.MD")) == {"acme.MD": ["bad-file-name.near"]}


def test_a_name_that_is_taken_is_not_offered(tmp_path: Path) -> None:
    assert told(files(tmp_path, "Index.md", "acme_2.md", "acme-2.md")) == {
        "Index.md": ["bad-file-name.grammar"],
        "acme-2.md": [],
        "acme_2.md": ["bad-file-name.grammar"],
    }


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    name = "x" * (MAX_ID + 1) + ".md"
    assert told(files(tmp_path, name)) == {name: ["bad-file-name.long"]}


@pytest.mark.parametrize("name", sorted(RESERVED | PAGES))
def test_a_reserved_name(name: str, tmp_path: Path) -> None:
    assert told(files(tmp_path, f"sub/{name}.md")) == {f"sub/{name}.md": ["bad-file-name.reserved"]}


@pytest.mark.parametrize("other", ["ACME-BIL", "acme-bi1", "асme-bil", "ａｃｍｅ-bil", "acmé-bil", "acme-biI"])
def test_names_that_look_alike(other: str, tmp_path: Path) -> None:
    found = told(files(tmp_path, "north/acme-bil.md", f"south/{other}.md"))
    assert found == {"north/acme-bil.md": [], f"south/{other}.md": ["bad-file-name.collision"]}


def test_of_names_that_look_alike_the_worse_is_told(tmp_path: Path) -> None:
    assert told(files(tmp_path, "Demo.md", "demo.md")) == {"Demo.md": ["bad-file-name.collision"], "demo.md": []}


def test_the_same_name_in_two_folders(tmp_path: Path) -> None:
    found = files(tmp_path, "north/acme.md", "south/acme.md", "south/other.md")
    assert told(found) == {"north/acme.md": [], "south/acme.md": ["bad-file-name.taken"], "south/other.md": []}
    assert found[1].problems[0].message.values["other"] == "plans/north/acme.md"


def test_what_is_no_plan_is_passed_over(tmp_path: Path) -> None:
    names = (
        "_draft.md",
        "_drafts/x.md",
        ".hidden.md",
        ".git/x.md",
        "handbook/index.md",
        "handbook/deep/x.md",
        "portfolio.yml",
        "notes.txt",
        "logo.png",
    )
    assert files(tmp_path, *names) == ()


def test_only_the_top_handbook_is_the_handbook(tmp_path: Path) -> None:
    assert list(told(files(tmp_path, "nordic/handbook/acme.md"))) == ["nordic/handbook/acme.md"]


def test_links_are_never_followed(tmp_path: Path) -> None:
    files(tmp_path, "acme.md")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("x")
    (tmp_path / "plans" / "linked.md").symlink_to(outside / "secret.md")
    (tmp_path / "plans" / "folder").symlink_to(outside)
    (tmp_path / "plans" / "loop").symlink_to(tmp_path / "plans")
    (tmp_path / "plans" / "broken.md").symlink_to(outside / "nothing.md")
    (tmp_path / "plans" / "logo.png").symlink_to(outside / "secret.md")
    found = survey(tmp_path)
    assert {file.path: file.readable for file in found} == {
        "plans/acme.md": True,
        "plans/broken.md": False,
        "plans/folder": False,
        "plans/linked.md": False,
        "plans/loop": False,
    }
    assert all([problem.kind for problem in file.problems] == ["symlink"] for file in found if not file.readable)


def test_links_that_are_no_plans_are_found(tmp_path: Path) -> None:
    files(tmp_path, "acme.md", "handbook/deep/x.md", "_drafts/x.md", "north/b.md")
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in (
        "linked.md",
        "logo.png",
        "handbook/_p.png",
        "handbook/deep/y.md",
        "handbook/f",
        "handbook/.x",
        "_drafts/z.md",
        "north/.x",
        "portfolio.yml",
    ):
        (tmp_path / "plans" / name).symlink_to(outside)
    assert links(tmp_path) == ("plans/handbook/_p.png", "plans/handbook/deep/y.md", "plans/handbook/f")


def test_a_handbook_that_is_a_link_is_found(tmp_path: Path) -> None:
    files(tmp_path, "acme.md")
    (tmp_path / "plans/handbook").symlink_to(tmp_path)
    assert links(tmp_path) == ("plans/handbook",)


def test_a_folder_of_plans_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    files(tmp_path / "outside", "acme.md")
    (tmp_path / "plans").symlink_to(tmp_path / "outside/plans")
    found = linked_portfolio(tmp_path)
    assert (survey(tmp_path), links(tmp_path), found and found.message.id) == ((), (), "symlink.plans")


def test_a_link_above_the_plans_is_fine(tmp_path: Path) -> None:
    files(tmp_path / "kept", "acme.md")
    (tmp_path / "here").symlink_to(tmp_path / "kept")
    assert told(survey(tmp_path / "here")) == {"acme.md": []}
    assert linked_portfolio(tmp_path / "here") is None


def test_plans_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    assert list(told(files(tmp_path, "b.md", "a/z.md", "a.md"))) == ["a.md", "a/z.md", "b.md"]


def test_no_folder_is_the_machines_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        survey(tmp_path)


@given(st.text(max_size=12))
def test_the_eye_sees_no_case_and_no_width(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


def test_a_name_that_is_not_utf8_is_told_and_not_opened(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / os.fsdecode(b"caf\xe9.md")).write_bytes(b"---\n---\n")
    found = survey(tmp_path)
    assert told(found) == {"caf\ufffd.md": ["bad-file-name.encoding"]}
    assert not found[0].readable


@pytest.mark.parametrize("name", ["acme.md.txt", "acme.markdown"])
def test_a_name_that_nearly_ends_in_md_is_told(name: str, tmp_path: Path) -> None:
    assert told(files(tmp_path, name, "notes.txt")) == {name: ["bad-file-name.ending"]}


def test_what_is_no_ordinary_file_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    os.mkfifo(tmp_path / "plans/acme.md")
    assert told(survey(tmp_path)) == {"acme.md": ["symlink.special"]}
