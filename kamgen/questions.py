"""The eleven analysis questions (000) as headings of a plan's body: which are asked, where they stand, which are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from kamgen.frozen import Frozen
from kamgen.placeholder import says_something

QUESTIONS: Final[Mapping[str, str]] = {
    "done": "What have we done so far?",
    "not-done": "What have we not done?",
    "buys": "What do they buy from us?",
    "does-not-buy": "What do they not buy from us?",
    "decision": "Decision process and buying style",
    "share": "Our share of their turnover or budget",
    "use": "How do they work with our products?",
    "weak-contacts": "Which contacts do we not know well?",
    "team": "Who should be in our KAM team?",
    "competitors": "How do our competitors work our key accounts?",
    "customer-competitors": "The customer's competitors and how they work the market",
}
"""Slug -> heading, in the order of the source. The headings are the grammar of the plan file, as its keys are; slugs never change."""

HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*")
FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
MARKS: Final = frozenset("#=-`~")
"""What a line begins with that may be more than text."""
COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
BESIDE: Final = re.compile(r"[\W_]+")
APOSTROPHE: Final = re.compile(r"(?<=\w)['’‘ʼ´`](?=\w)")


class Heading(Frozen):
    """A heading: its level, its words, its line counted from 0, and how many lines it takes."""

    level: int
    words: str
    line: int
    height: int


class Answer(Frozen):
    """A question that the body asks: the line of its heading, counted from 0, and the text below it, without comments."""

    line: int
    text: str

    @property
    def given(self) -> bool:
        """At least one sentence: something with a letter or a digit that is not a heading, and no placeholder like `TBD`."""
        return says_something(self.text)


def answers(body: str) -> Mapping[str, Answer]:
    """What a body says to each question that it asks, by slug; of two headings that ask the same, the first that is answered counts.

    An answer reaches to the next heading of the same level or a higher one; a question below a question ends it too.
    """
    lines = _without_comments(body).split("\n")
    found = [(heading, _slug(heading.words)) for heading in headings(lines)]
    told: dict[str, Answer] = {}
    for place, (heading, slug) in enumerate(found):
        if slug and not (slug in told and told[slug].given):
            told[slug] = Answer(heading.line, _below(lines, found, place))
    return told


def answered(body: str) -> frozenset[str]:
    """The slugs of the questions that a body answers."""
    return frozenset(slug for slug, answer in answers(body).items() if answer.given)


class Split(Frozen):
    """A body as Markdown in two parts: what stands below each question, by slug and with its lower headings, and the rest."""

    answers: Mapping[str, str]
    rest: str


def split(body: str) -> Split:
    """A body for a page that shows every question by itself. What two headings say to the same question stands together."""
    lines = _without_comments(body).split("\n")
    told: dict[str, list[str]] = {}
    rest: list[str] = []
    slug, level, after = None, 0, 0
    found = {heading.line: heading for heading in headings(lines)}
    for number, line in enumerate(lines):
        if heading := found.get(number):
            asked = _slug(heading.words)
            if asked or (slug and heading.level <= level):
                slug, level, after = asked, heading.level, number + heading.height if asked else 0
        if slug is None:
            rest.append(line)
        elif number >= after:
            told.setdefault(slug, []).append(line)
    return Split({slug: "\n".join(answer).strip() for slug, answer in told.items()}, "\n".join(rest).strip())


def headings(lines: list[str]) -> Iterator[Heading]:
    """The headings of a Markdown text that is no code: `## What ...`, and a line of words that is underlined."""
    fence = ""
    before = ""
    for number, line in enumerate(lines):
        words = line.strip()
        above, before = before, ""
        opening = FENCE.match(line) if words[:1] in MARKS else None
        if fence:
            closes = opening and opening[1].startswith(fence) and not words.strip("`~")
            fence = "" if closes else fence
        elif words[:1] not in MARKS:
            before = words if words[:1].isalpha() else ""
        elif opening:
            fence = opening[1]
        elif marked := HEADING.fullmatch(line.rstrip()):
            yield Heading(len(marked[1]), (marked[2] or "").strip(), number, 1)
        elif above and (under := UNDERLINE.fullmatch(line.rstrip())):
            yield Heading(1 if under[1][0] == "=" else 2, above, number - 1, 2)


def _without_comments(body: str) -> str:
    """The body with as many lines, and none of what stands in HTML comments: the hints of a template are no answer."""
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), body) if "<!--" in body else body


@lru_cache(maxsize=1024)
def _slug(words: str) -> str | None:
    return ASKED.get(_plain(words))


def _plain(words: str) -> str:
    """Words alone, in small letters: a heading is known without its question mark and apostrophe, and with an emphasis."""
    return BESIDE.sub(" ", APOSTROPHE.sub("", words.casefold())).strip()


ASKED: Final[Mapping[str, str]] = {_plain(heading): slug for slug, heading in QUESTIONS.items()}


def _below(lines: list[str], found: list[tuple[Heading, str | None]], place: int) -> str:
    """The text below a heading, and of the headings below it that are no questions."""
    level = found[place][0].level
    after = range(place + 1, len(found))
    end = next((index for index in after if found[index][1] or found[index][0].level <= level), len(found))
    parts = [heading for heading, _ in found[place:end]]
    borders = [*(heading.line for heading, _ in found[place + 1 : end + 1]), len(lines)]
    text = (line for part, border in zip(parts, borders, strict=False) for line in lines[part.line + part.height : border])
    return "\n".join(text).strip()
