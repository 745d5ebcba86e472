"""Examples are what stands in a rule's folder, shown so that nothing hides."""

from __future__ import annotations

import pytest

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import example
from kamgen.example import EXAMPLES, dump, examples, seen
from kamgen.rule import REGISTRY


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_rule_has_a_plan_with_the_problem_what_is_said_of_it_and_one_without(name: str) -> None:
    bad, good = examples(name)[:2]
    assert (bad.case, good.case) == ("bad", "good")
    assert bad.said
    assert not good.said
    assert bad.files
    assert good.files


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_file_of_a_folder_is_shown(name: str) -> None:
    of_cases = {case.case for case in examples(name)}
    assert {file.stem for file in (EXAMPLES / name).iterdir()} <= of_cases | {"portfolio"}
    assert all(sample.text for case in examples(name) for sample in case.files)


def test_a_folder_is_shown_file_by_file_with_its_portfolio() -> None:
    bad = examples("overloaded")[0]
    assert [file.name for file in bad.files] == ["havnens-kobmandshus.md", "orskov-bageri.md", "skaergardens-kaffe.md"]
    assert bad.portfolio
    assert "people:" in bad.portfolio.text


def test_a_link_is_shown_as_where_it_leads_and_bytes_as_numbers() -> None:
    assert examples("symlink")[0].files[0].form == "link"
    latin = next(case for case in examples("not-utf8") if case.case == "bad-utf16").files[0]
    assert (latin.form, latin.cut) == ("bytes", True)
    assert latin.text.startswith("ff fe 2d 00 2d 00 2d 00 0a 00")


def test_what_cannot_be_seen_is_written_out() -> None:
    assert seen("a\u202eb\x00\r\nc\rd\ufeff") == "a<U+202E>b<U+0000>\nc<U+000D>\nd<U+FEFF>"
    assert dump(b"\x00kamgen\xff and what follows").splitlines()[0].endswith(".kamgen. and wha")


def test_what_is_very_long_is_cut_and_what_is_no_text_is_bytes_whatever_it_is_called(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(example, "EXAMPLES", tmp_path)
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "bad.md").write_bytes(b"\xe6\xf8\xe5")
    (tmp_path / "made" / "good.md").write_text("x" * 7000, encoding="utf-8")
    bad, good = examples("made")
    assert (bad.files[0].form, bad.files[0].cut, bad.said) == ("bytes", False, "")
    assert (len(good.files[0].text), good.files[0].cut) == (6000, True)
    assert examples("unmade") == ()
