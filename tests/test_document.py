"""The strict reader: what it accepts, what it refuses and in which words, and that nothing makes it fail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kamgen.decode import MAX_BYTES, MAX_PROBLEMS
from kamgen.diagnostic import FieldPath, Place
from kamgen.document import MAX_DEPTH, read_data, read_file, read_mapping, read_plan
from kamgen.message import render
from kamgen.node import Document, MappingNode, Node, ScalarNode, SequenceNode, at
from tests import hazards

Reviewed = Callable[[str, str], None]


def plan(front: str, body: str = "") -> Document:
    return read_plan("plans/x.md", f"---\n{front}\n---\n{body}".encode())


def read(front: str) -> Any:
    """What a front matter holds; it must be free of problems."""
    document = plan(front)
    assert document.problems == ()
    assert document.root is not None
    return hazards.plain(document.root)


def told(document: Document) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.message.id}" for problem in document.problems]


def words(document: Document) -> str:
    return "\n".join(render(problem.message) for problem in document.problems)


# Everything is text.


@pytest.mark.parametrize(
    "text",
    ["NO", "on", "y", "12:30", "1:30:00", "1_000", "12e3", ".inf", "2026-02-30", "Null", "0x1F", "+45 86 12 34 56", "=", "true", "3.10", "1 %"],
)
def test_a_plain_scalar_stays_as_it_was_written(text: str) -> None:
    assert read(f"key: {text}") == {"key": text}


@pytest.mark.parametrize("text", ["", "null", "~", "# nothing"])
def test_not_given(text: str) -> None:
    assert read(f"key: {text}") == {"key": None}


@pytest.mark.parametrize("text", ['"null"', "'null'", '"~"', '""', "|\n  null"])
def test_in_quotes_it_is_text(text: str) -> None:
    value = read(f"key: {text}")["key"]
    assert value is not None
    assert value.strip() in {"null", "~", ""}


@pytest.mark.parametrize("front", ["", "# only a comment", "null", "{}"])
def test_nothing_is_an_empty_mapping(front: str) -> None:
    assert read(front) == {}


# The file: fences, encoding, size.


def test_body_and_its_line() -> None:
    document = plan("account: Acme", "\n## Strategy\n\n---\n")
    assert (document.body, document.body_line) == ("\n## Strategy\n\n---\n", 4)


def test_a_byte_order_mark_is_no_matter_at_the_start() -> None:
    document = read_plan("x", "\ufeff---\naccount: Ærø\n---\n".encode())
    assert document.problems == ()
    assert document.place(("account",)) == Place(2, 1)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("---\na: é\n---\n".encode("utf-16"), "1:1 not-utf8.utf16"),
        ("---\na: é\n---\n".encode("utf-16-le"), "1:1 not-utf8.utf16"),
        ("---\na: é\n---\n".encode("utf-16-be"), "1:1 not-utf8.utf16"),
        ("---\na: é\n---\n".encode("latin-1"), "2:4 not-utf8.bytes"),
        (b"---\na: 1\n\xef\xbb\xbfb: 2\n---\n", "3:1 not-utf8.mark"),
        ("---\na: x\n---\nbody \u202e gnp\n".encode(), "4:6 not-utf8.direction"),
        (b"---\na: x\x07\n---\n", "2:5 not-utf8.control"),
        (b"---\ra: x\r---\r", "1:1 not-utf8.line-ends"),
        (b"---\na: 1\n---\n" + b"x" * MAX_BYTES, "1:1 too-large.bytes"),
        (b"", "1:1 not-a-plan.no-front-matter"),
        (b"\n---\na: 1\n---\n", "1:1 not-a-plan.late"),
        (b"---\na: 1\n", "3:1 not-a-plan.never-closed"),
        (b"---\na: 1", "2:5 not-a-plan.never-closed"),
        (b"---\r\na: 1\r\n\r\n## Strategy\r\n\r\n- b\r\n", "3:1 not-a-plan.never-closed"),
        (b"---\na:\n- b\n  - c\n# remark\n\nd:\n\n# remark\n\nText: all of it\nis here\n", "12:1 not-a-plan.never-closed"),
        (b"---\na: b\n  c\n\nWords of a plan, with more\ne: f\n", "4:1 not-a-plan.never-closed"),
        (b"---\n", "2:1 not-a-plan.never-closed"),
        (b"---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n---\n", "2:1 conflict-marker"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, expected: str) -> None:
    document = read_plan("plans/x.md", data)
    assert told(document)[0] == expected
    assert document.root is None


def test_a_refused_character_has_its_name() -> None:
    assert words(read_plan("x", "---\na: \u202ex\n---\n".encode())).startswith("the character U+202E RIGHT-TO-LEFT OVERRIDE changes")


def test_a_megabyte_of_refused_characters_is_told_fifty_times() -> None:
    assert len(read_plan("x", b"---\n" + b"\x01" * 900_000).problems) == MAX_PROBLEMS


def test_crlf_reads_as_lf_does() -> None:
    text = "account: Acme\nnote: |\n  one\n  two\nlist:\n  - a\n"
    assert read(text.replace("\n", "\r\n")) == read(text)


def test_no_more_of_a_file_is_read_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"x" * (MAX_BYTES + 500))
    assert len(read_file(tmp_path, "x.md")) == MAX_BYTES + 1


def test_a_data_file_is_one_mapping() -> None:
    document = read_data("p.yml", b"---\ntitle: Accounts\n")
    assert document.root is not None
    assert hazards.plain(document.root) == {"title": "Accounts"}
    assert told(read_data("p.yml", b"a: 1\n---\nb: 2\n")) == ["2:1 forbidden-yaml.document.data"]
    assert told(read_data("p.yml", b"---\na: 1\n---\n")) == ["3:1 forbidden-yaml.document.data"]
    assert told(read_data("p.yml", b"a: \xff\n")) == ["1:4 not-utf8.bytes"]
    assert told(read_data("p.yml", b"%YAML 1.2\n---\na: 1\n")) == ["1:1 forbidden-yaml.directive"]


# What is refused, and in which words.

REFUSED = [
    ("a: &x 1", "2:4 forbidden-yaml.anchor", "`&x` is an anchor"),
    ("a: *x", "2:4 forbidden-yaml.alias", "`*x` is an alias"),
    ("<<: {a: 1}", "2:1 forbidden-yaml.merge", "`<<:` is a merge key"),
    ("a: !!int 3", "2:4 forbidden-yaml.tag", "`!!int` is a tag"),
    ("a: !<tag:x,2000:y> 3", "2:4 forbidden-yaml.tag", "`!<tag:x,2000:y>` is a tag"),
    ("a: &x !y {b: 1}", "2:4 forbidden-yaml.anchor", "`!y` is a tag"),
    ("%YAML 1.1", "2:1 forbidden-yaml.directive", "is a directive"),
    ("a: 1\nb: 2\na: 3", "4:1 duplicate-key", "`a` stands twice: on line 2 and on line 4"),
    ("a: [1]\nb: 2\na: [3]", "4:1 duplicate-key.list", "`a` stands twice: on line 2 and on line 4"),
    ("a: [{b: 1, b: 2}]", "2:12 duplicate-key.line", "`b` stands twice on line 2: in column 6 and in column 12"),
    ("a:\n\tb: 1", "3:1 invalid-yaml.tab", "a tab stands where spaces are needed"),
    ("a: 1\n\tb: 1", "3:1 invalid-yaml.tab", "a tab stands"),
    ("a:\n  - x\n  \t- y", "4:3 invalid-yaml.tab", "a tab stands"),
    ("a: {\n\tb: 1}", "3:1 invalid-yaml.tab", "a tab stands"),
    ("a: |\n  fine\n\ttab", "4:1 invalid-yaml.tab", "a tab stands where spaces are needed"),
    ("a: >\n  fine\n \ttab\n  fine", "4:2 invalid-yaml.tab", "a tab stands"),
    ("a: |\n\ttab", "3:1 invalid-yaml.tab", "a tab stands"),
    ("- a\n-\tb: 1", "3:2 invalid-yaml.tab", "a tab stands"),
    ("hello", "2:1 invalid-yaml.not-a-mapping", "stands no `key: value`"),
    ("- a", "2:1 invalid-yaml.not-a-mapping", "stands no `key: value`"),
    ("[a]: b", "2:1 invalid-yaml.key-shape", "a key must be one word"),
    ("a: {{ name }}", "2:5 invalid-yaml.key-shape", "a key must be one word"),
    (": x", "2:1 invalid-yaml.empty-key", "nothing stands before the colon"),
    ('"": x', "2:1 invalid-yaml.empty-key", "nothing stands before the colon"),
    ("a: [1\nb: 2", "2:4 invalid-yaml.list-open", "a list that begins with `[` is not closed, or a comma is missing: a: [1"),
    ("a: {b: 1\nc: 2", "2:4 invalid-yaml.braces-open", "a `{` is not closed"),
    ("a: [", "2:4 invalid-yaml.list-open", "a list that begins with `[` is not closed, or a comma is missing: a: ["),
    ("a: {\n", "2:4 invalid-yaml.braces-open", "a `{` is not closed, or a comma is missing: a: {"),
    ("a:\n  - [x,\n    {b: 1}, [2],\n", "3:5 invalid-yaml.list-open", "is missing: - [x,"),
    ("a: [x, {b: 1,", "2:8 invalid-yaml.braces-open", "a `{` is not closed"),
    ("a: ['{', \"[\",  # {", "2:4 invalid-yaml.list-open", "a list that begins with `[`"),
    ("a: [1, }]", "2:8 invalid-yaml.braces-open", "a `{` is not closed"),
    ('a: "x', "2:4 invalid-yaml.quote", "the quote that begins here"),
    ('a: "C:\\Users"', "2:9 invalid-yaml.escape", "inside double quotes `\\` begins a special character"),
    ('a: "\\ud800"', "2:7 invalid-yaml.escape", "inside double quotes"),
    ("a: 'Ole's Bar'", "2:9 invalid-yaml.after.paste", "text stands after the closing quote or bracket: a: 'Ole's Bar'"),
    ('a: "x" y', "2:8 invalid-yaml.after.paste", "text stands after the closing quote"),
    ("a: b: c", "2:5 invalid-yaml.colon.paste", "a second `: ` makes two keys"),
    ("a: 1\n b: 2", "3:3 invalid-yaml.indentation", "the line is moved in too far or not far enough: b: 2"),
    ("a:\n  - x\n b: 1", "4:2 invalid-yaml.no-key", "not in line with its neighbours: b: 1"),
    ("- a\nb: 1", "3:1 invalid-yaml.no-dash", "an item of a list is expected here"),
    ("a: - x", "2:4 invalid-yaml.dash", "a list item `- ` cannot stand on this line"),
    ("a: x\ny\nb: 1", "3:1 invalid-yaml.no-colon", "this line has no `key: value`: y"),
    ("  a\nb: 1", "2:3 invalid-yaml.no-colon", "this line has no `key: value`: a"),
    ("a: x\nb：y", "3:1 invalid-yaml.full-width-colon", "is not a YAML colon: b：y"),
    ("a：x\nb: 1", "2:2 invalid-yaml.full-width-colon", "is not a YAML colon: a：x"),
    ("a:\n  - b：x\n    c: y", "3:6 invalid-yaml.full-width-colon", "is not a YAML colon: - b：x"),
    ("a:\n  - b：x\n    more\n    c: y", "3:6 invalid-yaml.full-width-colon", "is not a YAML colon: - b：x"),
    ("a: [{b：1, c: 2]", "2:6 doubtful-text.full-width-colon", "is not a YAML colon: a: [{b：1"),
    ("a: [{b: x， c: y}]", "2:10 invalid-yaml.full-width", "the sign ， here is full-width, and not the `, ` that"),
    ("a: {b: 'x， c: y', d: z，e：1，f: 2}", "2:23 invalid-yaml.full-width", "the sign ， here is full-width"),
    ("a: ［{b: x}］", "2:4 invalid-yaml.full-width", "the sign ［ here is full-width, and not the `[` that"),
    ("a: [{b: x}， {c: y}］", "2:19 invalid-yaml.full-width", "the sign ］ here is full-width"),
    ("a: {b: 库存，缺货", "2:4 invalid-yaml.braces-open", "a `{` is not closed"),
    ("a: [{b: x, c: Head #2}]", "2:20 invalid-yaml.cut.paste", "` #` begins a comment, so `#2}]` is cut off"),
    ("a:\n  - {b: '#1}', c: '# 2', d: x #3, e: y}\n  - {b: 1}", "3:31 invalid-yaml.cut.paste", "so `#3, e: y}` is cut off"),
    ("a: [b, c # two\nd: 1", "2:4 invalid-yaml.list-open", "a list that begins with `[`"),
    ("a:\n– b: x\n  c: y", "3:1 invalid-yaml.dash-sign", "the sign – only looks like the `-` that begins an item of a list: – b: x"),
    ("a:\n  — b: x\n    more\n    c: y", "3:3 invalid-yaml.dash-sign", "the sign — only looks like"),
    ("a:\n  - b: x\n  – b: y\n    c: z", "4:3 invalid-yaml.dash-sign", "of a list: – b: y"),
    ("a:\n  -b: x\n    c: y", "3:3 invalid-yaml.dash-space", "behind the `-` that begins an item of a list a space is missing: -b: x"),
    ("a:\n  - b: x\n  -b: y", "4:3 invalid-yaml.dash-space", "a space is missing: -b: y"),
    ("a: x ： y: z", "2:9 invalid-yaml.colon.paste", "a second `: `"),
    ("a: @x", "2:4 invalid-yaml.character.paste", "a value cannot begin with this character: a: @x"),
    ("a: **bold**", "2:4 invalid-yaml.character.paste", "a value cannot begin with this character"),
    ("a: ]", "2:4 invalid-yaml.character.paste", "a value cannot begin with this character"),
    ("a: !<x", "2:4 invalid-yaml.character", "a value cannot begin with this character"),
    ("a: |x", "2:4 invalid-yaml.block", "after `|` or `>` nothing more can stand on the line: a: |x"),
    ("{b:}", "2:3 invalid-yaml.other", "cannot be read here: found unexpected ':'"),
    ('a: "\\e"', "2:4 not-utf8.control", "U+001B ESCAPE"),
    ('a: "\\u202e"', "2:4 not-utf8.direction", "U+202E"),
    ("a: " + "[" * (MAX_DEPTH + 1), f"2:{MAX_DEPTH + 3} too-large.depth", "nested deeper than 20"),
]


@pytest.mark.parametrize(("front", "expected", "said"), REFUSED, ids=[front[:30] for front, _, _ in REFUSED])
def test_refused(front: str, expected: str, said: str) -> None:
    document = plan(front)
    assert told(document)[0] == expected
    assert said in words(document)


PASTED = [
    ("a:\n  - {b: x, c: Offer: prices}", "3:15 invalid-yaml.colon.paste", 'c: "Offer: prices"'),
    ("a:\n  - {b: x, c: Offer: prices, d: y}\n  - {b: z}", "3:15 invalid-yaml.colon.paste", 'c: "Offer: prices"'),
    ("a: {\n  b: x,\n  c: Offer: prices,\n  d: y}", "4:6 invalid-yaml.colon.paste", 'c: "Offer: prices"'),
    ('a:\n  - {b: "all" of it}', "3:9 invalid-yaml.after.paste", "b: '\"all\" of it'"),
    ('a:\n  - {b: "all" of "it"}', "3:9 invalid-yaml.after.paste", 'b: \'"all" of "it"\''),
    ('a:\n  - {b: "say "hi" now"}', "3:9 invalid-yaml.after.paste", "b: 'say \"hi\" now'"),
    ("a:\n  - {b: see [1]}", "3:9 invalid-yaml.bracket.paste", 'b: "see [1]"'),
    ("a: [{b: see [1], and [2], c: d}]", "2:9 invalid-yaml.bracket.paste", 'b: "see [1], and [2]"'),
    ("a:\n  - {b: 'Anna's day', c: d}", "3:9 invalid-yaml.after.paste", 'b: "Anna\'s day"'),
    ("a:\n  - {b: #3 first}", "3:9 invalid-yaml.cut.paste", 'b: "#3 first"'),
    ("a:\n  - {b: #3 first, c: d}\n  - {b: x}", "3:9 invalid-yaml.cut.paste", 'b: "#3 first"'),
    ("a: {b: Note: rents up}", "2:8 invalid-yaml.colon.paste", 'b: "Note: rents up"'),
    ("a: {b: [c, see [1] d]}", "2:12 invalid-yaml.bracket.paste", '"see [1] d"'),
    ("a: {b: - x}", "2:8 invalid-yaml.character.paste", 'b: "- x"'),
    ("a: {b: @x, c: d: e}", "2:8 invalid-yaml.character.paste", 'b: "@x"'),
    ('a:\n  - ok\n  - "Quality" first # of all\n', "4:15 invalid-yaml.after.paste", "- '\"Quality\" first'"),
    ("a:\n  - [x] delivery\n  - [ ] price", "3:9 invalid-yaml.after.paste", '- "[x] delivery"'),
    ('a:\n  - b: **it\'s** "so"', "3:8 invalid-yaml.character.paste", '- b: "**it\'s** \\"so\\""'),
    ("a: x: y #3", "2:5 invalid-yaml.colon.paste", 'a: "x: y #3"'),
    ("a: {b: see c: d}", "2:12 invalid-yaml.comma.text", 'b: "see c: d"'),
    ("a: [b [c], d]", "2:5 invalid-yaml.bracket.paste", '"b [c]"'),
    ("a: {b: c {d}, e: f}", "2:8 invalid-yaml.bracket.paste", 'b: "c {d}"'),
    ("a:\n  - b: c, d: e, f: g", "3:12 invalid-yaml.keys.paste", '- b: "c, d: e, f: g"'),
    ("a: b, c: d", "2:8 invalid-yaml.keys.paste", 'a: "b, c: d"'),
    ("a:\n  - [b, c] and d", "3:12 invalid-yaml.after.paste", '- "[b, c] and d"'),
    ("a: [b, c}\nd: e", "2:9 invalid-yaml.closing", "]"),
    ("a:\n  - {b: c, d: e]\n  - {b: f}", "3:16 invalid-yaml.closing", "}"),
    ("a: b]: c", "2:6 invalid-yaml.colon.paste", 'a: "b]: c"'),
    ("a: {b: c], d: e}", "2:8 invalid-yaml.bracket.paste", 'b: "c]"'),
]


@pytest.mark.parametrize(("front", "expected", "paste"), PASTED, ids=[front[:40] for front, _, _ in PASTED])
def test_a_text_that_needs_quotes_comes_with_them(front: str, expected: str, paste: str) -> None:
    found = plan(front).problems[0]
    assert (told(plan(front))[0], found.message.values["paste"]) == (expected, paste)


@pytest.mark.parametrize(
    ("front", "expected", "said"),
    [
        ("a:\n  - {b: x}}\n  - {b: y}", "3:11 invalid-yaml.surplus", "one `}` is too many here: - {b: x}}"),
        ("a:\n  - {b: x, c: y},\n  - {b: y}", "3:17 invalid-yaml.behind", "`,` stands after the closing quote or bracket"),
        ("a: [b,, c]", "2:7 invalid-yaml.commas", "two commas stand here with nothing between them: a: [b,, c]"),
        ("a: {b: c, , d: e}", "2:11 invalid-yaml.commas", "two commas"),
        ("a: [{b: c},\n  , {b: d}]", "3:3 invalid-yaml.commas", "two commas stand here with nothing between them: , {b: d}]"),
        ("a: [, b]", "2:5 invalid-yaml.comma-ahead", "right behind the `[`, with nothing before it"),
        ("a: { , b: c}", "2:6 invalid-yaml.comma-ahead", "right behind the `{`"),
        ("a:\n  - {b: x} and more", "3:12 invalid-yaml.behind", "`and more` stands after"),
        ("a:\n  - {b: x}{b: y}", "3:11 invalid-yaml.behind", "`{b: y}` stands after"),
        ("a: {b: x}, c: y", "2:10 invalid-yaml.behind", "`, c: y` stands after"),
        ('a: {b: x,\n  c: "d"} and more', "3:11 invalid-yaml.behind", "`and more` stands after"),
        ('a: "b",\nc: d', "2:7 invalid-yaml.behind", "`,` stands after"),
        ('a: "b"; # c', "2:7 invalid-yaml.behind", "`;` stands after"),
        ('a: "b", c: d', "2:7 invalid-yaml.behind", "`, c: d` stands after"),
        ("a:\n  - [b, c],\n  - d", "3:11 invalid-yaml.behind", "`,` stands after"),
        ("a: {b: x} c: d: e", "2:11 invalid-yaml.behind", "`c: d: e` stands after"),
        ("a:\n  - {b: c],\n  - {b: d}", "3:5 invalid-yaml.braces-open", "is not closed"),
        ("a:\n  - [b]]", "3:8 invalid-yaml.surplus", "one `]` is too many"),
        ("a: {b: [c, d]]}", "2:14 invalid-yaml.surplus", "one `]` is too many"),
        ("a: {b: [c, d]}}  # e", "2:15 invalid-yaml.surplus", "one `}` is too many"),
        ("a: {b: [c, 'd'}", "2:8 invalid-yaml.list-open", "is not closed"),
        ("a: [{b: 1, c: 2]", "2:5 invalid-yaml.braces-open", "is not closed"),
        ("a: [{b: 1} {c: 2}]", "2:12 invalid-yaml.comma", "a comma is missing before `{`"),
        ("a: ['b' 'c']", "2:9 invalid-yaml.comma", "a comma is missing before `'`"),
        ("a: {b: 'x' c: y}", "2:12 invalid-yaml.comma", "a comma is missing before `c:`"),
        ("a: {b: x\n  y: z}", "2:4 invalid-yaml.braces-open", "a comma is missing"),
        (f"a: b: {'c' * 200}", "2:5 invalid-yaml.colon", "a second `: `"),
        (f"a: {{b: {'c' * 200} c: d}}", "2:4 invalid-yaml.braces-open", "a comma is missing"),
        (f"a: {{b: c: {'c' * 200}}}", "2:4 invalid-yaml.braces-open", "a comma is missing"),
        ("a:\n" + "  - b\n" * 20_000 + "  - 'c' d", "20003:9 invalid-yaml.after", "text stands after"),
    ],
)
def test_what_stands_inside_brackets_is_told_by_its_cause(front: str, expected: str, said: str) -> None:
    assert told(plan(front))[0] == expected
    assert said in words(plan(front))


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("owner:\u00a0kari\ntier: A", "2:7 invalid-yaml.invisible"),
        ("a:\n  - b: 1\n\u00a0   c: 2\n    d: 3", "4:1 invalid-yaml.invisible.ahead"),
        ("a:\n  - b: 1\n\u00a0\u00a0\u00a0\u00a0c: 2", "4:1 invalid-yaml.invisible.ahead"),
        ("a: 1\n\u2003Title: x", "3:1 invalid-yaml.invisible.ahead"),
        ("a:\n\u00a0\u00a0- b: 1", "3:1 invalid-yaml.invisible.ahead"),
        ("a:\n\u00a0\u00a0- b\n\u00a0\u00a0- c", "3:1 invalid-yaml.invisible.ahead"),
        ("a:\n  -{b: x, c: y}", "3:3 invalid-yaml.dash-space.braces"),
        (f"a:\n  -{{b: x, c: {'y' * 60}}}", "3:3 invalid-yaml.dash-space"),
        ("a:\n  -{b: x}\n  -{b: y}", "4:3 invalid-yaml.dash-space.braces"),
        ("a:\n  -b: x\n  -b: y", "4:3 invalid-yaml.dash-space"),
        ("a:\n  -b: x, c: y", "3:3 invalid-yaml.dash-space"),
        ("a:\n  \uf0a7 b: x", "3:3 invalid-yaml.dash-sign.either"),
        ("a:\n  -\u00a0b: 1", "3:4 invalid-yaml.invisible.dash"),
        ("a:\n  - b\n  -\u00a0c", "4:4 invalid-yaml.invisible.dash"),
        ("e: f\na\u00a0:\u00a0b", "3:2 invalid-yaml.invisible.colon"),
        ("a: b\nc\u00a0 :\u00a0d\ne: f", "3:2 invalid-yaml.invisible.colon"),
        ("a:\n  b\u00a0:\u00a0c\n  d: e", "3:4 invalid-yaml.invisible.colon"),
        ("\u00a0a: 1", "2:1 invalid-yaml.invisible.ahead"),
        ("a:\n  - {b:\u00a0c}", "3:8 invalid-yaml.invisible"),
        ("a: {\u00a0b: c}", "2:5 invalid-yaml.invisible"),
        ("a: {b: c,\u00a0d: e}", "2:10 invalid-yaml.invisible"),
        ("a: {b\u00a0: c}", "2:6 invalid-yaml.invisible"),
        ("a\u00a0: b", "2:2 invalid-yaml.invisible"),
        ("a: b\nc\u2003 : d", "3:2 invalid-yaml.invisible"),
        ("a:\n– B: x", "3:1 invalid-yaml.dash-sign.either"),
        ("a:\n  — b: x", "3:3 invalid-yaml.dash-sign.either"),
        ("a:\n  – {b: x, c: y}", "3:3 invalid-yaml.dash-sign"),
        ("a:\n  – {b: x, c: y}\n  – {b: z}", "3:3 invalid-yaml.dash-sign"),
        ("a:\n  • b: c: d", "3:3 invalid-yaml.dash-sign.either"),
        ("• a: b", "2:1 invalid-yaml.dash-sign.key"),
        ("a: x\n– b: c", "3:1 invalid-yaml.dash-sign.key"),
        ("a:\n  b: c\n– d: e", "4:1 invalid-yaml.dash-sign.key"),
        ("a:\n  b: x\n\n  • c: d", "5:3 invalid-yaml.dash-sign.key"),
        ("a:\n  - b: x\n    • c: d", "4:5 invalid-yaml.dash-sign.key"),
        ("a:\n  - b: x\n  • b: d\n    e: f", "4:3 invalid-yaml.dash-sign"),
        ("a:\n  • b: x\n    c: y", "3:3 invalid-yaml.dash-sign"),
        ("a:\n  - b: x\n  • b: y", "4:3 invalid-yaml.dash-sign"),
        ("a:\n• b\n• c", "3:1 invalid-yaml.dash-sign"),
        ("a:\n  * b\n  * c", "3:3 invalid-yaml.dash-sign"),
        ("a:\n  - b: 1\n   - b: 2", "4:4 invalid-yaml.out-of-line"),
        ("a:\n  - b: 1\n   c: 2", "4:4 invalid-yaml.out-of-line"),
        ("a: ? b", "2:4 invalid-yaml.question"),
        ("a: 1\n...\nb: 2", "4:1 invalid-yaml.dots"),
        ("a: 1\n...", "3:1 forbidden-yaml.end"),
        ("a: 1\n... # done\n\n", "3:1 forbidden-yaml.end"),
    ],
)
def test_what_the_eye_does_not_see_is_named(front: str, expected: str) -> None:
    assert told(plan(front))[0] == expected


@pytest.mark.parametrize(
    ("front", "paste"),
    [
        ("a:\n  -\u00a0b:\u00a0c\u00a0d\n    e: f", "- b: c\u00a0d"),
        ("a:\n  - b\n  -\u00a0Own stock ", "- Own stock"),
        ("e: f\na\u00a0:\u00a0b", "a: b"),
        ("a:\n  -{b: x, c: y} ", "- {b: x, c: y}"),
        (f"e: f\na\u00a0:\u00a0{'b' * 61}", "a: ..."),
    ],
)
def test_a_line_with_strange_or_missing_spaces_comes_with_plain_ones(front: str, paste: str) -> None:
    assert plan(front).problems[0].message.values["paste"] == paste


def test_a_sign_on_the_first_line_of_a_file_of_facts_stands_before_a_key() -> None:
    assert told(read_data("p.yml", "• a: b".encode())) == ["1:1 invalid-yaml.dash-sign.key"]


def test_every_line_with_strange_spaces_is_told_and_nothing_of_the_plan_is_read() -> None:
    document = plan("a:\n\u00a0\u00a0- b: 1\n\u00a0\u00a0- b: 2\n\u00a0\u00a0- b: 3\nc: 1\nc: 2")
    assert told(document) == [*(f"{line}:1 invalid-yaml.invisible.ahead" for line in (3, 4, 5)), "7:1 duplicate-key"]
    assert document.root is None


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  \u00a0- b: c\n  • d: e",
        "a: b\n  \u00a0more",
        "a:\n  • b\n  • c",
        "a: '– b: c'",
        "a: {b\u00a0c: d}",
        '"a\u00a0": b',
        "'– a': b",
        'a: "x\n\n  • b: y"',
    ],
)
def test_signs_of_a_word_processor_are_content_where_they_are_no_key(text: str) -> None:
    assert plan(text).problems == ()


@pytest.mark.parametrize("data", [b"PK\x03\x04word", b"%PDF-1.7", b"\x89PNG"])
def test_a_file_of_another_program_is_named(data: bytes) -> None:
    assert told(read_plan("plans/acme.md", data)) == ["1:1 not-utf8.other-file"]


def test_one_conflict_is_one_problem() -> None:
    ours = "<<<<<<< ours\na: 1\n||||||| base\na: 0\n=======\na: 2\n>>>>>>> theirs\n"
    data = f"---\n{ours}b: 1\n---\n```\n{ours}```\n>>>>>>> left over\n".encode()
    assert told(read_plan("plans/x.md", data)) == ["2:1 conflict-marker", "12:1 conflict-marker", "20:1 conflict-marker"]


def test_twenty_levels_are_not_too_deep() -> None:
    assert plan("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)).problems == ()


def test_everything_wrong_is_told_at_once_and_in_order() -> None:
    document = plan("b: &x 1\na: *x\nb: 2\n<<: {c: !d e}")
    assert told(document) == [
        "2:4 forbidden-yaml.anchor",
        "3:4 forbidden-yaml.alias",
        "4:1 duplicate-key",
        "5:1 forbidden-yaml.merge",
        "5:9 forbidden-yaml.tag",
    ]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert read('"<<": x') == {"<<": "x"}


def test_reading_ends_after_fifty_problems_and_says_so() -> None:
    document = plan("\n".join(f"k{n}: &a{n} x" for n in range(200)))
    assert len(document.problems) == MAX_PROBLEMS + 1
    assert told(document)[-1] == "51:6 too-large.problems"
    assert document.root is None


@pytest.mark.parametrize(
    "text", ["a: |\n  x\n  \ty\nb: z", "a: >-\n  x\n\n  \ty", "a: x\n \t\nb: y", "a: 1\n  \t# a comment", "a:\tx\t", 'a: "x\ty"']
)
def test_a_tab_is_content_where_it_indents_nothing(text: str) -> None:
    assert plan(text).problems == ()


# What is read otherwise than it was meant.


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("a: {text: Fewer shops, higher rents}", ["2:24 doubtful-text.comma"]),
        ("a: {text: One,\n  two }", ["3:3 doubtful-text.comma"]),
        ("a: {text: Fewer shops, rent: }", []),
        ("a: {Acme}", ["2:5 doubtful-text.brace"]),
        ("a: {year: 2025, promotion: 1,200}", ["2:30 doubtful-text.number"]),
        ("a: {b: 1,200, c: 3,200 }", ["2:10 doubtful-text.number", "2:20 doubtful-text.number"]),
        ("a: {b: 12,5 Mio, c: 1,2 Mio. EUR}", ["2:11 doubtful-text.number", "2:23 doubtful-text.number"]),
        ("a: {b: 131,000 EUR }", ["2:12 doubtful-text.number"]),
        ("a: {b: 12,5 Mrd}", ["2:11 doubtful-text.amount"]),
        ("a: {b: 1,200 Mio}", ["2:10 doubtful-text.amount"]),
        ("a: {b: 1,5 shops}", ["2:10 doubtful-text.comma"]),
        ("a: {b: 1,5 XYZ}", ["2:10 doubtful-text.comma"]),
        ("a: {b: 12, 5 Mio}", ["2:12 doubtful-text.comma"]),
        ("a: {b: 1,200: x, 5 Mio: y}", []),
        ("a: {b: Berlin 1,200}", ["2:17 doubtful-text.comma"]),
        ("a: {b: 1,200: x}", []),
        ("a: {b: 1,200 000}", ["2:10 doubtful-text.comma"]),
        ("a: {b: 1,200 , 12: }", ["2:10 doubtful-text.number"]),
        ("a: see #4 in the list", ["2:4 doubtful-text.hash"]),
        ("a: one\n  two #4", ["2:4 doubtful-text.hash"]),
        ("a: #12 order", ["2:4 doubtful-text.hash-ahead"]),
        ("a:\n  - b:   #4\n  - #12\n  - c", ["3:10 doubtful-text.hash-ahead", "4:5 doubtful-text.hash-ahead"]),
        ("a: # a remark\nb: #\nc:\n  # d", []),
        ("a: #here comes a list\n  - b", []),
        ("a: see # a comment", []),
        ("a: 'see' #4", []),
        ("a: owner：kari", ["2:4 doubtful-text.full-width-colon"]),
        ("a: text： more", ["2:4 doubtful-text.full-width-colon"]),
        ("a: {b：x, c: y}", ["2:5 doubtful-text.full-width-colon"]),
        ("a: {b：x， c: y}", ["2:5 doubtful-text.full-width-colon"]),
        ("a: {b: 'b：x', 'c：y': z}", []),
        ("a: 0123", ["2:4 doubtful-text.leading-zero"]),
        ("a: [012, '034', 5]", ["2:5 doubtful-text.leading-zero"]),
        ("a: 0123_4", []),
        ("a: #none\nb: 0.5", ["2:4 doubtful-text.hash-ahead"]),
    ],
)
def test_doubtful(front: str, expected: list[str]) -> None:
    document = plan(front)
    assert told(document) == expected
    assert document.root is not None


# Places.


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,200", "1200"),
        ("1,200,000", "1200000"),
        ("1,200.50", "1200.50"),
        ("60.000,50", "60000.50"),
        ("1.200.000,5", "1200000.5"),
        ("-1,5", "-1.5"),
        ("0,350", "0.350"),
    ],
)
def test_a_number_with_a_comma_is_offered_without(written: str, meant: str) -> None:
    first = plan(f"a: {{b: {written}}}").problems[0]
    assert (first.message.values["text"], first.message.values["plain"]) == (written, meant)


def test_a_place_is_the_key_then_the_nearest_parent_then_the_top() -> None:
    document = plan("account: Acme\ncontacts:\n  - name: Anna\n    phone: 1")
    assert document.place(("contacts", 0, "phone")) == Place(5, 5)
    assert document.place(("contacts", 0)) == Place(4, 5)
    assert document.place(("contacts", 0, "email")) == Place(4, 5)
    assert document.place(("contacts", 7)) == Place(3, 1)
    assert document.place(("contacts", "name")) == Place(3, 1)
    assert document.place(("account", "deeper")) == Place(2, 1)
    assert document.place(()) == Place(1, 1)
    assert read_plan("x", b"no").place(("account",)) == Place(1, 1)


def test_a_node_is_found_by_its_field() -> None:
    document = plan("contacts: [{name: Anna}]")
    node = document.node(("contacts", 0, "name"))
    assert isinstance(node, ScalarNode)
    assert node.text == "Anna"
    assert document.node(("contacts", 1)) is None
    assert document.node(("nothing", "below")) is None


def test_a_field_has_a_name_that_survives_a_reordering() -> None:
    document = plan("contacts:\n  - {name: Anna Lind}\n  - {id: b.x, name: B}\n  - {name: 林}\n  - {phone: 1}\n  - x")
    names = [document.name(("contacts", index, "phone")) for index in range(5)]
    assert names == ["contacts.anna-lind.phone", "contacts.b.x.phone", "contacts.林.phone", "contacts.4.phone", "contacts.5.phone"]
    assert document.name(("goals", 2, "text")) == "goals.2.text"


def fields(node: Node, above: FieldPath = ()) -> list[FieldPath]:
    """The field of every key in a tree."""
    if isinstance(node, MappingNode):
        return [found for name, child in node.items.items() for found in ((*above, name), *fields(child, (*above, name)))]
    if isinstance(node, SequenceNode):
        return [found for index, child in enumerate(node.items) for found in fields(child, (*above, index))]
    return []


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"), include_characters="\n\t"), max_size=30)
TREES = st.recursive(TEXTS, lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS.filter(bool), below, max_size=4), max_leaves=12)
MAPPINGS = st.dictionaries(TEXTS.filter(bool), TREES, max_size=5)
STYLES = st.fixed_dictionaries({"default_style": st.sampled_from(["'", '"']), "default_flow_style": st.booleans()})


@given(MAPPINGS, STYLES, st.integers(20, 200))
def test_what_is_written_is_read_back(data: dict[str, Any], style: dict[str, Any], width: int) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, width=width, **style)
    root, problems = read_mapping(text)
    assert problems == ()
    assert root is not None
    assert hazards.plain(root) == data


@given(MAPPINGS, STYLES)
def test_a_place_points_at_its_key(data: dict[str, Any], style: dict[str, Any]) -> None:
    document = read_plan("x", f"---\n{yaml.safe_dump(data, allow_unicode=True, **style)}---\n".encode())
    lines = document.text.split("\n")
    assert document.root is not None
    for field in fields(document.root):
        if isinstance(field[-1], str):
            line, column = document.place(field)
            assert lines[line - 1][column - 1] in "'\"?"


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    for document in (read_plan("x", data), read_plan("x", hazards.fenced(data)), read_data("x", data)):
        assert (document.root is not None) or document.problems


@example("0\r0:")
@given(st.text("ab:#-,[]{}&*!|>'\"% \t\n\r\x85\u2028\ufeff：0?<~", max_size=40))
def test_no_text_makes_the_mapping_reader_fail(text: str) -> None:
    root, problems = read_mapping(text)
    assert root is not None or problems
    assert [problem.place for problem in problems] == sorted(problem.place for problem in problems)
    assert all(render(problem.message) for problem in problems)


# The corpora.


@pytest.mark.parametrize("name", ["yaml", "fences"])
def test_every_hazard_has_its_outcome(name: str, corpora: Path, reviewed: Reviewed) -> None:
    outcomes = []
    for case, data in hazards.cases(corpora, name):
        document = read_plan("plans/x.md", data if name == "fences" else hazards.fenced(data))
        outcomes.append("\n    ".join([case, *hazards.of_plan(document)]))
    reviewed(f"hazards-{name}.txt", "\n".join(outcomes) + "\n")


def test_the_mapping_reader_meets_the_hazards_alone(corpora: Path, reviewed: Reviewed) -> None:
    outcomes = ["\n    ".join([case, *hazards.in_words(*read_mapping(hazards.decoded(data)))]) for case, data in hazards.cases(corpora, "yaml")]
    reviewed("hazards-mapping.txt", "\n".join(outcomes) + "\n")


@pytest.mark.slow
def test_no_hazard_takes_two_seconds_or_300_megabytes(corpora: Path) -> None:
    done = subprocess.run([sys.executable, hazards.__file__, str(corpora)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-300:]
    taken = [float(line) for line in done.stdout.split()]
    assert len(taken) == 100
    assert max(taken) < hazards.SECONDS


ACCEPTED_INVALID = {
    "9C9N": "a flow list goes on in the first column; nothing is lost, and libyaml lets it pass",
    "QB6E": "a quoted text goes on in the first column; nothing is lost, and libyaml lets it pass",
    "S98Z": "blank lines of an empty block text are longer than its first; nothing is lost",
    "SU5Z": "a comment follows a quoted text without a space; the text ends with its quote",
    "X4QW": "a comment follows `>` without a space; the text begins on the next line",
}
TABBED = {"4ZYM", "6HB6", "DK95-02", "DK95-08", "UV7Q"}
"""Valid YAML that begins a line with a tab outside block text: domain.md refuses it."""


def suite(corpora: Path) -> list[tuple[dict[str, Any], str]]:
    folder = corpora / "yaml-test-suite"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    return [(case, (folder / f"{case['id']}.yaml").read_bytes().decode()) for case in index]


def test_the_yaml_test_suite_invalid_cases_are_refused(corpora: Path) -> None:
    invalid = [(case["id"], text) for case, text in suite(corpora) if case["fail"]]
    accepted = {case for case, text in invalid if read_mapping(text)[0] is not None and not refused(text)}
    assert len(invalid) == 94
    assert accepted == set(ACCEPTED_INVALID)


def refused(text: str) -> bool:
    return any(problem.kind != "doubtful-text" for problem in read_mapping(text)[1])


READ_OTHERWISE = {
    "652Z": "libyaml takes the `?` of a key `?foo` in braces for the mark of a key",
    "L24T-01": "libyaml reads no line break at the end of a block text whose last line is blank and the file's last",
}


def test_the_yaml_test_suite_valid_cases_read_as_they_should(corpora: Path) -> None:
    read_as = {}
    for case, text in suite(corpora):
        expected = corpora / "yaml-test-suite" / f"{case['id']}.json"
        if not case["fail"] and not refused(text) and expected.exists() and expected.stat().st_size:
            root, _ = read_mapping(text)
            read_as[case["id"]] = root is not None and same(root, json.loads(expected.read_text("utf-8")))
    assert len(read_as) == 66
    assert {case for case, equal in read_as.items() if not equal} == set(READ_OTHERWISE)


def same(node: Node, value: Any) -> bool:
    """Whether a node says as text what JSON says with types."""
    if isinstance(node, MappingNode):
        if value is None:
            return not node.items
        return node.items.keys() == value.keys() and all(same(child, value[name]) for name, child in node.items.items())
    if isinstance(node, SequenceNode):
        return len(node.items) == len(value) and all(map(same, node.items, value))
    if value is None or isinstance(value, bool):
        return node.absent if value is None else node.text == json.dumps(value)
    return node.text == value if isinstance(value, str) else float(node.text) == value


def test_the_yaml_test_suite_outcomes_are_reviewed(corpora: Path, reviewed: Reviewed) -> None:
    outcomes = []
    for case, text in suite(corpora):
        root, problems = read_mapping(text)
        kinds = ", ".join(sorted({problem.message.id for problem in problems})) or "accepted"
        outcomes.append(f"{case['id']} {'invalid' if case['fail'] else 'valid'}: {kinds}")
        assert (root is None) <= bool(problems)
        assert not (TABBED & {case["id"]}) or "invalid-yaml.tab" in kinds
    assert len(outcomes) == 402
    reviewed("yaml-test-suite.txt", "\n".join(outcomes) + "\n")


def test_a_thousand_real_files_are_read(corpora: Path, reviewed: Reviewed) -> None:
    count: Counter[str] = Counter()
    files = sorted((corpora / "frontmatter").glob("*.md*"))
    for file in files:
        document = read_plan(file.name, file.read_bytes())
        count["read" if document.root is not None else "not read"] += 1
        count.update(problem.message.id for problem in document.problems)
        for problem in document.problems:
            if problem.kind == "duplicate-key":
                first, second = (int(str(problem.message.values[which])) for which in ("first", "second"))
                lines = document.text.split("\n")
                assert lines[first - 1].strip(" -").split(":")[0] == lines[second - 1].strip(" -").split(":")[0] == problem.message.values["key"]
    reviewed("frontmatter.txt", "".join(f"{name}: {count[name]}\n" for name in sorted(count)))


def naughty(corpora: Path) -> list[str]:
    strings: list[str] = json.loads((corpora / "blns" / "blns.json").read_text("utf-8"))
    assert len(strings) == 485
    xss = (corpora / "xss" / "xss_from_blns.txt").read_text("utf-8").splitlines()
    payloads = (corpora / "csv_injection" / "payloads.txt").read_text("utf-8").splitlines()
    return [*strings, *xss, *payloads]


def test_naughty_strings_are_read_back_or_refused_by_name(corpora: Path) -> None:
    refusals: Counter[str] = Counter()
    for text in naughty(corpora):
        for quoted in (
            f"'{text.replace(chr(39), chr(39) * 2)}'",
            *(yaml.safe_dump(text, default_style='"', allow_unicode=whole, width=9999) for whole in (True, False)),
        ):
            document = plan(f"a: {quoted}")
            if document.problems:
                assert {problem.kind for problem in document.problems} == {"not-utf8"}, text
                assert "U+" in words(document)
                refusals["refused"] += 1
            else:
                assert document.root is not None
                assert hazards.plain(document.root) == {"a": text}
                refusals["equal"] += 1
    assert refusals["refused"] < 40
    assert refusals["equal"] > 2_000


def test_marks_count_from_one() -> None:
    root, _ = read_mapping("a: 1\n  \nb: 2\n")
    assert root is not None
    assert at(root.keys["b"].start) == (3, 1)
