"""What is made once is made when somebody asks, and not again."""

from __future__ import annotations

from kamgen.once import Once


def test_nothing_is_made_before_it_is_asked_for_nor_twice() -> None:
    made: list[str] = []

    def make(name: str) -> int:
        made.append(name)
        return len(name)

    known = Once(make)
    assert made == []
    assert [known["acme"], known["acme"], known["b"]] == [4, 4, 1]
    assert made == ["acme", "b"]
