"""Placeholders: what says nothing yet, and what only looks like it."""

from __future__ import annotations

import pytest

from kamgen.placeholder import says_something


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "...",
            "?",
            "-",
            "TBD",
            "tbd.",
            "n/a",
            "N/A",
            "To do",
            "xxx",
            "TODO",
            "TODO: ask Anna",
            "todo - ask Anna",
            "TBD by Anna",
            "- TODO: ask Anna",
        ),
        *("**TBD**", "待定", "FIXME (Anna)", "...\nTODO: ask Anna\n", "Xxxx"),
    ],
)
def test_a_placeholder_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna decides.",
        "3",
        "待办列表由客户维护",
        "Todo lists are what they buy",
        "TODO: ask Anna\nAnna decides.",
        "None.",
        "xx-large shelves",
        "To doctors",
    ],
)
def test_an_answer_says_something(text: str) -> None:
    assert says_something(text)
