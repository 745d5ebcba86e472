"""What templates were compiled to: kept for who builds again, and never where a repository could bring it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from kamgen.cache import Folder
from kamgen.compiled import Compiled


def environment(compiled: Compiled, text: str = "{{ name }}", *, autoescape: bool = True) -> Environment:
    """An environment of one template."""
    return Environment(loader=DictLoader({"page.html": text}), autoescape=autoescape, bytecode_cache=compiled)


def count(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The templates that are compiled from now on."""
    told: list[str | None] = []
    compile_ = Environment.compile

    def seen(self: Environment, source: str, name: str | None = None, *others: object, **options: object) -> object:
        told.append(name)
        return compile_(self, source, name, *others, **options)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(Environment, "compile", seen)
    return told


def test_a_template_is_compiled_once_in_a_process_and_once_for_all_that_share_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, other = Compiled(), Compiled(), Compiled()
    first.remember(Folder(tmp_path), "stamp")
    second.remember(Folder(tmp_path), "stamp")
    other.remember(Folder(tmp_path), "another version")
    told = count(monkeypatch)
    for compiled in (first, first, second):
        assert environment(compiled).get_template("page.html").render(name="<a>") == "&lt;a&gt;"
    assert told == ["page.html"]
    second.settle()
    environment(other).get_template("page.html")
    assert len(told) == 2


def test_another_text_or_another_environment_is_another_template(tmp_path: Path) -> None:
    compiled = Compiled()
    compiled.remember(Folder(tmp_path), "stamp")
    assert environment(compiled).get_template("page.html").render(name="<a>") == "&lt;a&gt;"
    assert environment(compiled, "new {{ name }}").get_template("page.html").render(name="a") == "new a"
    assert environment(compiled, autoescape=False).get_template("page.html").render(name="<a>") == "<a>"
