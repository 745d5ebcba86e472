"""The analysis questions as headings of a plan's body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from kamgen.questions import QUESTIONS, answered, answers, headings


def test_there_are_eleven_and_their_slugs_stay() -> None:
    assert list(QUESTIONS) == [
        *("done", "not-done", "buys", "does-not-buy", "decision", "share", "use", "weak-contacts", "team", "competitors", "customer-competitors"),
    ]


def test_every_question_is_answered_by_a_sentence_under_its_heading() -> None:
    body = "\n\n".join(f"## {heading}\n\nNothing." for heading in QUESTIONS.values())
    assert answered(body) == set(QUESTIONS)


@pytest.mark.parametrize(
    "body",
    [
        "## What have we done so far?\nSix orders.",
        "### what have we done so far\n\nSix orders.",
        "# **What have we done so far?** #\n\n- Six orders",
        "What have we done so far?\n-------\nSix orders.",
        "What have we done so far?\r\n=====\r\n\r\nSix orders.\r\n",
        "## What have we done so far?\n\n### In the spring\n\nSix orders.",
        "## What have we done so far?\n\n## What have we done so far?\n\nSix orders.",
        "## What have we done so far?\n\n```\nsix orders\n```\n",
        "## What have we done so far?\n\n六次订货",
        "## What have we done so far?\n\n- Cheese\n---\n",
        "Six orders\n\n## What have we done so far?\n- Cheese\n```\n",
    ],
)
def test_answered(body: str) -> None:
    assert answered(body) == {"done"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "What have we done so far?\n\nSix orders.",
        "## What have we done so far?",
        "## What have we done so far?\n\n...\n",
        "## What have we done so far?\n\nTBD\n",
        "## What have we done so far?\n\nTODO: ask Anna\n\n- n/a\n",
        "## What have we done so far?\n\n<!-- write what we did\nlast year -->\n",
        "## What have we done so far?\n\n## Strategy\n\nSix orders.",
        "## What have we done so far?\n\n# Strategy\n\nSix orders.",
        "```\n## What have we done so far?\nSix orders.\n```",
        "~~~\n```\n## What have we done so far?\nSix orders.",
        "    ## What have we done so far?\n\nSix orders.",
        "## What have we not done?x\n\nSix orders.",
    ],
)
def test_not_answered(body: str) -> None:
    assert answered(body) == set()


@pytest.mark.parametrize("owner", ["customer's", "customer’s", "customers", "Customers’"])
def test_a_heading_is_known_without_its_apostrophe(owner: str) -> None:
    assert answered(f"## The {owner} competitors and how they work the market\n\nNord.") == {"customer-competitors"}


def test_a_question_below_a_question_ends_its_answer() -> None:
    told = answers("## What have we done so far?\n\n### What have we not done?\n\nA visit.\n")
    assert {slug: (answer.line, answer.text) for slug, answer in told.items()} == {"done": (0, ""), "not-done": (2, "A visit.")}


def test_an_answer_that_is_given_stays() -> None:
    told = answers("## What do they buy from us?\n\nCheese.\n\n## What do they buy from us?\n\nFish.\n")
    assert told["buys"].text == "Cheese."


PIECES = ["# ", "## ", "###", "#", " ", "\n", "\n\n", "```", "~~~", "````", "`", "words", "    ", "### done ##", "\t"]


@given(some.lists(some.sampled_from(PIECES), max_size=12).map("".join))
def test_headings_are_those_of_markdown(body: str) -> None:
    tokens = MarkdownIt("commonmark").parse(body)
    opening = [(index, token) for index, token in enumerate(tokens) if token.type == "heading_open"]
    expected = [(int(token.tag[1]), token.map[0] if token.map else None, tokens[index + 1].content) for index, token in opening]
    assert [(heading.level, heading.line, heading.words) for heading in headings(body.split("\n"))] == expected


@given(some.lists(some.sampled_from([*QUESTIONS.values(), "Strategy"]), max_size=20), some.text(max_size=20))
def test_more_text_never_takes_an_answer_away(asked: list[str], more: str) -> None:
    body = "".join(f"## {heading}\n\n{'Cheese.' if index % 2 else ''}\n\n" for index, heading in enumerate(asked))
    assert answered(body) <= answered(f"{body}\n## Strategy\n\n{more}")
