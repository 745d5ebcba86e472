"""What pages are made from: told once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kamgen.site import Site
from kamgen.workspace import load
from tests.kinds import AS_OF


def test_what_is_told_of_the_whole_site_is_told_once_though_it_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    site = Site(load(tmp_path, AS_OF))
    asked: list[str] = []

    def make() -> Mapping[str, int]:
        asked.append("nothing")
        return {}

    assert [site.once("nothing", make), site.once("nothing", make), site.once("other", lambda: 1)] == [{}, {}, 1]
    assert asked == ["nothing"]
