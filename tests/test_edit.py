"""An edit changes what it says and keeps every other byte: in every style of writing, and for every text."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen import alphabet
from kamgen.diagnostic import FieldPath
from kamgen.document import read_plan
from kamgen.edit import CannotEditError, Change, Insert, Remove, Set, edit
from kamgen.model.kind import PROSE, TEXT, Kind, ListOf, RecordOf
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from tests import edits, hazards
from tests.conftest import ROOT

Reviewed = Callable[[str, str], None]
ACTIVITY = {
    "note": "Wants: prices # soon",
    "date": "2026-11-30",
    "type": "status-meeting",
    "status": "planned",
    "contacts": ["Anna Lind", "林小姐"],
    "subject": "0123",
    "agenda": "- prices\n- terms: #3\n",
}


def plan(front: str) -> bytes:
    return f"---\n{front}\n---\nbody\n".encode()


def changed(front: str, *changes: Change) -> str:
    """The front matter after some changes."""
    return edit(plan(front), changes).decode().removeprefix("---\n").removesuffix("\n---\nbody\n")


# What people see in the diff.


@pytest.mark.parametrize(
    ("front", "change", "expected"),
    [
        ("a: 1", Set(("a",), "2"), "a: 2"),
        ("a: 1  # one", Set(("a",), "x: y"), 'a: "x: y"  # one'),
        ("a: '1'", Set(("a",), "2"), "a: '2'"),
        ('a: "1"', Set(("a",), "it's"), 'a: "it\'s"'),
        ("a: 1", Set(("a",), 'say "so": x'), "a: 'say \"so\": x'"),
        ("a: 1", Set(("a",), None), "a: null"),
        ("a:", Set(("a",), "x"), "a: x"),
        ("a:   # hint", Set(("a",), "x"), "a: x   # hint"),
        ("a: 1", Set(("a",), "x\ny"), "a: |-\n  x\n  y"),
        ("a: 1 # one\nb: 2", Set(("a",), "x\n\n y\n"), "a: | # one\n  x\n\n   y\nb: 2"),
        ("a: |  # prose\n  x\n\n\nb: 2", Set(("a",), "y"), "a: |-  # prose\n  y\n\n\nb: 2"),
        ("a: >-\n  x\n  y\n\nb: 2", Set(("a",), "z w"), "a: >-\n  z w\n\nb: 2"),
        ("a: >-\n  x\nb: 2", Set(("a",), " z"), 'a: " z"\nb: 2'),
        ("a: |+\n  x\n\nb: 2", Set(("a",), "y"), "a: |-\n  y\nb: 2"),
        ("a: |\n  x\n   \nb: 2", Set(("a",), "y\n"), "a: |\n  y\nb: 2"),
        ("a: >\nb: 2", Set(("a",), None), "a: null\nb: 2"),
        ("a: {b: 1}", Set(("a", "b"), "x, y"), 'a: {b: "x, y"}'),
        ("a: {b: , c: 1}", Set(("a", "b"), "x"), "a: {b: x, c: 1}"),
        ("a: {'b':, c: 1}", Set(("a", "b"), "x"), "a: {'b': x, c: 1}"),
        ("a: {b}", Set(("a", "b"), "x"), "a: {b: x}"),
        ("a: ['1', 2]", Set(("a", 0), "3"), "a: ['3', 2]"),
        ("a:\n- x\n-", Set(("a", 1), "y"), "a:\n- x\n- y"),
        ("a:\n- x", Set(("a", 0), ["b", {"c": "d"}]), "a:\n-\n  - b\n  - c: d"),
        ("? a\n? b\nc:", Set(("a",), "x"), "? a\n: x\n? b\nc:"),
        ("? a # one: two\n: b", Set(("a",), "x"), "? a # one: two\n: x"),
        ("a:\n  b: 1", Set(("a",), "x"), "a: x"),
        ("a:  # why\n  - b\n  - c\nd: 1", Set(("a",), "x"), "a: x  # why\nd: 1"),
        ("a: 1 # one", Set(("a",), {"b": "c"}), "a: # one\n  b: c"),
        ("a: 1", Set(("a",), {"b": {"c": ["x", "y"]}, "l": [{"m": []}]}), "a:\n  b:\n    c: [x, y]\n  l:\n    - m: []"),
        ("a: {b: 1}", Set(("a",), {}), "a: {}"),
        ("a: [x, y, z]", Set(("a",), ["x", "w", "z"]), "a: [x, w, z]"),
        ("a: [x, y, z]", Set(("a",), ["x", "z"]), "a: [x, z]"),
        ("a:\n- x # 1\n- z # 2", Set(("a",), ["x", "y", "z"]), "a:\n- x # 1\n- y\n- z # 2"),
        ("a: {b: 1, c: 2}", Set(("a",), {"b": "1", "c": "3"}), "a: {b: 1, c: 3}"),
        ("a: {b: 1, c: 2}", Set(("a",), {"c": "3", "d": "4"}), "a: {c: 3, d: 4}"),
    ],
)
def test_a_value_is_set(front: str, change: Change, expected: str) -> None:
    assert changed(front, change) == expected


@pytest.mark.parametrize(
    ("front", "change", "expected"),
    [
        ("owner: x\ncontacts: []", Set(("status",), "lost"), "owner: x\nstatus: lost\ncontacts: []"),
        ("tier: A", Set(("account",), "Ærø"), "account: Ærø\ntier: A"),
        ("tier: A", Set(("x_code",), "07"), 'tier: A\nx_code: "07"'),
        ("tier: A\n\ngoals: []", Set(("company", "city"), "Oslo"), "tier: A\n\ncompany:\n  city: Oslo\n\ngoals: []"),
        ("a:\n    b: 1\n    # more\n  # less\nc: 2", Set(("a", "d"), "3"), "a:\n    b: 1\n    d: 3\n    # more\n  # less\nc: 2"),
        ("a: 1\n  # about a\n# about b\nb: 2", Set(("x",), "3"), "a: 1\n  # about a\n# about b\nb: 2\nx: 3"),
        ("activities:\n  - type: call", Set(("activities", 0, "id"), "o1"), "activities:\n  - id: o1\n    type: call"),
        ("activities:\n- type: call # x", Set(("activities", 0, "by"), "me"), "activities:\n- type: call # x\n  by: me"),
        ("activities: [{type: call}]", Set(("activities", 0, "id"), "o1"), "activities: [{id: o1, type: call}]"),
        ("company: {city: Oslo}", Set(("company", "country"), "Norway"), "company: {city: Oslo, country: Norway}"),
        ("company:", Set(("company", "city"), "Oslo"), "company:\n  city: Oslo"),
        ("company: {}", Set(("company", "city"), "Oslo"), "company: {city: Oslo}"),
        ("# only a hint", Set(("tier",), "A"), "tier: A\n# only a hint"),
        ("{}", Set(("tier",), "A"), "{tier: A}"),
        ("null", Set(("tier",), "A"), "tier: A"),
        ("a: 1", Set(("k: l",), "2"), 'a: 1\n"k: l": 2'),
        ("a: {x: 1}", Set(("a", "k, l"), "2"), 'a: {x: 1, "k, l": 2}'),
    ],
)
def test_a_new_key_stands_where_the_model_has_it(front: str, change: Change, expected: str) -> None:
    assert changed(front, change) == expected


@pytest.mark.parametrize(
    ("front", "change", "expected"),
    [
        ("l:\n- a\nm: 1", Insert(("l",), "b"), "l:\n- a\n- b\nm: 1"),
        ("l:\n  - a: 1 # x\n\n# about m\nm: 1", Insert(("l",), {"a": "2"}), "l:\n  - a: 1 # x\n  - a: 2\n\n# about m\nm: 1"),
        ("l:\n  - a\n\n  - b\n\nm: 1", Insert(("l",), "c"), "l:\n  - a\n\n  - b\n\n  - c\n\nm: 1"),
        ("l:\n  - a\n    # deep\n  # tail\nm: 1", Insert(("l",), "c"), "l:\n  - a\n    # deep\n  - c\n  # tail\nm: 1"),
        ("l:\n  # first\n  - a\n  - b", Insert(("l",), "c", 0), "l:\n  # first\n  - c\n  - a\n  - b"),
        ("l:\n  - a\n  # second\n  - b", Insert(("l",), "c", 1), "l:\n  - a\n  - c\n  # second\n  - b"),
        ("l:\n  - {a: 1}", Insert(("l",), {"a": "2", "b": ["x"]}), "l:\n  - {a: 1}\n  - {a: 2, b: [x]}"),
        ("l:\n  - {a: 1}", Insert(("l",), {"a": "x\ny"}), "l:\n  - {a: 1}\n  - a: |-\n      x\n      y"),
        ("l: []  # none yet", Insert(("l",), {"a": "1"}), "l:  # none yet\n  - a: 1"),
        ("l: []", Insert(("l",), "a"), "l: [a]"),
        ("l:\n- a\n       \nm: 1", Insert(("l",), "x\ny"), 'l:\n- a\n- "x\\ny"\n       \nm: 1'),
        ("l: [ # none\n]", Insert(("l",), "a"), "l: [ # none\na]"),
        ("l: [a, b, ]", Insert(("l",), "c"), "l: [a, b, c, ]"),
        ("l: [a, b]", Insert(("l",), "c", 0), "l: [c, a, b]"),
        ("l: [\n  a, # one, two\n  b # three\n]", Insert(("l",), "c"), "l: [\n  a, # one, two\n  b, # three\n  c\n]"),
        ("l: [\n  a, # one, two\n  b # three\n]", Insert(("l",), "c", 1), "l: [\n  a, # one, two\n  c,\n  b # three\n]"),
        ("l: [\n  a\n]", Insert(("l",), "c", 0), "l: [\n  c,\n  a\n]"),
        ("l: [\n  a, b\n]", Insert(("l",), "c", 1), "l: [\n  a, c, b\n]"),
        ("l:", Insert(("l",), {"a": "1"}), "l:\n  - a: 1"),
        ("l: ~ # hint\nm:\n- 1", Insert(("l",), {"a": "1"}), "l: # hint\n- a: 1\nm:\n- 1"),
        ("m: {l: }", Insert(("m", "l"), {"a": "1"}), "m: {l: [{a: 1}]}"),
        (
            "tier: A",
            Insert(("activities",), {"type": "call", "date": dt.date(2026, 11, 30)}),
            "tier: A\nactivities:\n  - date: 2026-11-30\n    type: call",
        ),
        ("l:\n- - a\n  - b", Insert(("l", 0), "c"), "l:\n- - a\n  - b\n  - c"),
        ("l:\n- - a", Insert(("l", 0), "c", 0), "l:\n- - c\n  - a"),
        ("l:\n- a: 1", Insert(("l",), ["x", ["y", {"z": "1"}]]), "l:\n- a: 1\n- - x\n  - - y\n    - z: 1"),
        ("l:\n- a: |\n    x\n\nm: 1", Insert(("l",), {"a": "y\nz"}), "l:\n- a: |\n    x\n- a: |-\n    y\n    z\n\nm: 1"),
    ],
)
def test_an_item_is_put_in(front: str, change: Change, expected: str) -> None:
    assert changed(front, change) == expected


@pytest.mark.parametrize(
    ("front", "change", "expected"),
    [
        ("a: 1 # one\n# two\nb: 2", Remove(("a",)), "# two\nb: 2"),
        ("a: 1\n\nb:\n- 2", Remove(("b",)), "a: 1"),
        ("l:\n- a: 1\n  b: 2", Remove(("l", 0, "a")), "l:\n- b: 2"),
        ("l:\n- a: 1\n  # two\n  b: 2", Remove(("l", 0, "a")), "l:\n- \n  # two\n  b: 2"),
        ("l:\n- a: 1 # x", Remove(("l", 0, "a")), "l:\n- {}"),
        ("l: # why\n# first\n- a", Remove(("l", 0)), "l: # why\n# first\n  []"),
        ("l: # why\n  # first\n  - a", Remove(("l", 0)), "l: # why\n  # first\n  []"),
        ("l:\n  - a # x\nm: 1", Remove(("l", 0)), "l: []\nm: 1"),
        ("l: [a, b, c]", Remove(("l", 1)), "l: [a, c]"),
        ("l: [a, b, c]", Remove(("l", 2)), "l: [a, b]"),
        ("l: [a, b, c, ]", Remove(("l", 2)), "l: [a, b, ]"),
        ("l: [a]", Remove(("l", 0)), "l: []"),
        ("l: {a: 1, # x\n b: 2}", Remove(("l", "a")), "l: { # x\n b: 2}"),
        ("l: {a: 1, # x\n b: 2 }", Remove(("l", "b")), "l: {a: 1, # x\n  }"),
        ("l: [\n  a, # one\n  b # two\n]", Remove(("l", 1)), "l: [\n  a, # one\n]"),
        ("a: 1", Remove(("a",)), ""),
        ("? a\n: b\nc: d", Remove(("a",)), "c: d"),
    ],
)
def test_something_is_removed(front: str, change: Change, expected: str) -> None:
    assert edit(plan(front), [change]) == (plan(expected) if expected else b"---\n---\nbody\n")


def test_prose_and_lists_are_written_as_in_the_demonstration(reviewed: Reviewed) -> None:
    data = (ROOT / "plans" / "alfreds-futterkiste.md").read_bytes()
    long = {**ACTIVITY, "note": "word " * 40 + "end", "documents": ["https://example.com/" + "x" * 60], "contacts": ["Somebody with a long name"] * 5}
    after = edit(data, [Insert(("activities",), ACTIVITY), Insert(("activities",), long), Set(("company", "situation"), "one  two " * 20)])
    reviewed("edit-activity.txt", "".join(f"{line}\n" for line in after.decode().splitlines() if line not in data.decode().splitlines()))


def test_values_are_written_as_a_plan_writes_them() -> None:
    value = {"date": dt.date(2026, 5, 6), "time": dt.time(9, 5), "minutes": 45, "value": Decimal("1E+3"), "booked": False, "tags": ("a", "b")}
    assert (
        changed("a: 1", Set(("b",), value))
        == "a: 1\nb:\n  date: 2026-05-06\n  time: 09:05\n  minutes: 45\n  value: 1000\n  booked: false\n  tags: [a, b]"
    )
    with pytest.raises(TypeError):
        edit(plan("a: 1"), [Set(("b",), object())])


def test_a_table_and_its_records_are_written_in_the_models_order() -> None:
    front = changed(
        "tier: A",
        Set(("meetings",), {"strategic": {"topics": "x", "per_year": 2}, "x_own": "1"}),
        Set(("sales",), [{"actual": {"2026": 5}, "product": "p"}]),
    )
    assert front.splitlines()[1:3] == ["sales:", "  - product: p"]


def test_several_changes_see_each_other() -> None:
    front = changed(
        "activities:\n  - date: 2026-05-06\n    status: planned",
        Set(("activities", 0, "date"), "2026-05-20"),
        Insert(("activities", 0, "moved_from"), "2026-05-06"),
        Insert(("activities", 0, "moved_from"), "2026-05-13"),
    )
    assert front == "activities:\n  - date: 2026-05-20\n    status: planned\n    moved_from: [2026-05-06, 2026-05-13]"


# What stays.


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf---\r\na: 1 # x\r\n\r\n---\r\n\r\n# Body\r\n", b"---\na: 1\n---", b"---  \n\na:   1\t\n# x\n---\n\n\n"]
)
def test_the_marks_and_ends_of_a_file_stay(data: bytes) -> None:
    end = b"\r\n" if b"\r" in data else b"\n"
    after = edit(data, [Insert(("activities",), {"note": "x\ny"})])
    start, stop = edits.touched(data, after)
    added = b"activities:" + end + b"  - note: |-" + end + b"      x" + end + b"      y"
    assert start == stop
    assert len(after) == len(data) + len(added + end)
    assert added in after


@given(st.data())
def test_nothing_changes_where_nothing_changes(data: st.DataObject) -> None:
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    tree = edits.tree(chance)
    written = edits.Writer(chance).plan(tree)
    assert edit(written, [Set((name,), value) for name, value in tree.items()]) == written


@given(st.integers(0, 2**32))
def test_a_change_is_that_change_and_no_other(seed: int) -> None:
    one_change(seed)


@pytest.mark.slow
def test_ten_thousand_changes_are_those_changes_and_no_others() -> None:
    for seed in range(10_000):
        one_change(seed)


def one_change(seed: int) -> None:
    chance = random.Random(seed)
    tree = edits.tree(chance)
    before = edits.Writer(chance).plan(tree)
    assert edits.held(before) == tree
    change = edits.change(chance, tree)
    after = edit(before, [change])
    assert edits.held(after) == edits.after(tree, change), (seed, change)
    stays(before, after, change, tree)


def stays(before: bytes, after: bytes, change: Change, tree: dict[str, Any]) -> None:
    """Text outside the change is as it was: the file's head and body, and every comment that is not inside what went."""
    if before == after:
        return
    start, end = edits.touched(before, after)
    assert start >= 3
    assert end <= before.rindex(b"---") + 3
    assert after.endswith(before[before.rindex(b"\n---") :])
    there = change.field in set(edits.fields(tree))
    replaced = not isinstance(change, Insert) and there and (isinstance(change, Remove) or isinstance(edits.at(tree, change.field), list | dict))
    if not replaced:
        assert after.count(b"# a comment") == before.count(b"# a comment")
        assert after.count(b"# beside") == before.count(b"# beside")
    if isinstance(change, Insert):
        assert set(before[start:end]) <= set(b" []null~") or b"#" in before[start:end]


def accepted(corpora: Path, every: int = 1) -> Iterator[tuple[str, bytes]]:
    """The files of the corpora that the strict reader accepts, as plans; one of so many."""
    files: list[tuple[str, bytes]] = [(file.name, file.read_bytes()) for file in sorted((corpora / "frontmatter").glob("*.md*"))]
    files += [(f"round trip {name}", hazards.fenced(data)) for name, data in hazards.cases(corpora, "round_trip")]
    for case in json.loads((corpora / "yaml-test-suite" / "index.json").read_text("utf-8")):
        files.append((case["id"], hazards.fenced((corpora / "yaml-test-suite" / f"{case['id']}.yaml").read_bytes())))
    for name, data in files[::every]:
        document = read_plan("", data)
        if document.root is not None and all(problem.kind == "doubtful-text" for problem in document.problems):
            yield name, data


def edited_files(corpora: Path, every: int = 1) -> Iterator[str]:
    """Makes changes in the corpora's files; yields the changes that were refused."""
    for index, (name, data) in enumerate(accepted(corpora, every)):
        held = edits.held(data)
        assert edit(data, []) == data
        assert edit(data, [Set((key,), value) for key, value in held.items()]) == data
        chance = random.Random(index)
        for change in [
            Insert(("activities",), ACTIVITY),
            Set(("x_key",), "yes: no"),
            *(edits.change(chance, held) for _ in range(4)),
        ]:
            try:
                after = edit(data, [change])
            except CannotEditError as refused:
                yield f"{name}: {refused}"
            else:
                assert edits.held(after) == edits.after(held, change), (name, change)
                assert after.endswith(data[data.rindex(b"---") :])


def test_files_of_the_corpora_are_edited(corpora: Path) -> None:
    assert list(edited_files(corpora, 31)) == []


@pytest.mark.slow
def test_every_file_of_the_corpora_is_edited(corpora: Path, reviewed: Reviewed) -> None:
    count = Counter(name.partition(" ")[0] if name.startswith("round") else "file" for name, _ in accepted(corpora))
    refused = list(edited_files(corpora))
    reviewed(
        "edit-corpora.txt", "".join([*(f"{name}: {number} edited\n" for name, number in sorted(count.items())), *(f"{line}\n" for line in refused)])
    )


# Hostile texts.


def filled(kind: Kind, text: str) -> Any:
    """A value with `text` in every text field of the model."""
    match kind:
        case RecordOf(record):
            values = {entry.name: filled(entry.kind, text) for entry in keys(record)}
            return {name: value for name, value in values.items() if value is not None} or None
        case ListOf(item):
            value = filled(item, text)
            return None if value is None else [value]
        case _:
            return text if kind is TEXT or kind is PROSE else None


def naughty(corpora: Path) -> list[str]:
    strings: list[str] = json.loads((corpora / "blns" / "blns.json").read_text("utf-8"))
    assert len(strings) == 485
    return strings


EVERYWHERE = b"---\r\ntier: A\r\ncompany: {legal_name: x}\r\nactivities:\r\n  - subject: 'x'\r\n    note: >-\r\n      x\r\n---\r\n"
PLACES: tuple[FieldPath, ...] = (("account",), ("company", "legal_name"), ("activities", 0, "subject"), ("activities", 0, "note"))


def test_a_naughty_string_reads_back_or_is_refused_by_name(corpora: Path, reviewed: Reviewed) -> None:
    refusals = []
    for text in naughty(corpora):
        try:
            after = edit(EVERYWHERE, [Set(field, text) for field in PLACES])
        except CannotEditError as refused:
            refusals.append(f"{refused.kind} {ascii(text)[:60]}: {refused}\n")
        else:
            assert [edits.at(edits.held(after), field) for field in PLACES] == [text] * len(PLACES)
    reviewed("edit-naughty.txt", "".join(refusals))


@pytest.mark.slow
def test_a_naughty_string_reads_back_from_every_text_field(corpora: Path) -> None:
    refusals: Counter[str] = Counter()
    for text in naughty(corpora):
        value = filled(RecordOf(Plan), text)
        for name, below in value.items():
            try:
                after = edit(b"---\nx_a: 1\n---\n", [Set((name,), below)])
            except CannotEditError as refused:
                refusals[refused.kind] += 1
            else:
                assert edits.held(after) == {name: below, "x_a": "1"}
    assert refusals == {"not-utf8": 10 * len(value)}


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.sampled_from(PLACES))
def test_any_text_reads_back_or_is_refused(text: str, field: FieldPath) -> None:
    if alphabet.FORBIDDEN.search(text):
        with pytest.raises(CannotEditError):
            edit(EVERYWHERE, [Set(field, text)])
    else:
        assert edits.at(edits.held(edit(EVERYWHERE, [Set(field, text)])), field) == text


# What is refused.


@pytest.mark.parametrize(
    ("data", "changes", "kind", "words"),
    [
        (b"---\n<<<<<<< ours\na: 1\n---\n", [], "conflict-marker", "Line 2: "),
        (b"no plan", [], "not-a-plan", "Line 1: the file does not begin"),
        (b"---\na: &x 1\n---\n", [], "forbidden-yaml", "Line 2: "),
        (b"---\na: 1\na: 2\n---\n", [], "duplicate-key", "`a`"),
        (b"---\na: 1\n---\n", [Set(("a",), "x\u202ey")], "not-utf8", "U+202E"),
        (b"---\na: 1\n---\n", [Set(("b",), {"x\x00": "y"})], "not-utf8", "U+0000"),
        (b"---\na: 1\n---\n", [Set(("b",), "\ud83d")], "not-utf8", "U+D83D"),
        (b"---\na: 1\n---\n", [Set(("a", "b"), "x")], "", "`a.b`"),
        (b"---\na: 1\n---\n", [Insert(("a",), "x")], "", "`a`"),
        (b"---\na: [1]\n---\n", [Insert(("a",), "x", 2)], "", "`a`"),
        (b"---\na: [1]\n---\n", [Set(("a", 1), "x")], "", "`a[2]`"),
        (b"---\na: [1]\n---\n", [Set(("a", "x"), "x")], "", "`a.x`"),
        (b"---\na: [1]\n---\n", [Remove(("a", 1))], "", "`a[2]`"),
        (b"---\na: 1\n---\n", [Remove(("b",))], "", "`b`"),
        (b"---\na: 1\n---\n", [Remove(("b", "c"))], "", "`b.c`"),
        (b"---\na: [b: 1]\n---\n", [Set(("a", 0, "c"), "x")], "", "`a[1].c`"),
        (b"---\na: 1\n---\n", [Set(("k" * 1100,), "x")], "", "cannot be changed here"),
    ],
)
def test_refused_in_a_sentence(data: bytes, changes: list[Change], kind: str, words: str) -> None:
    with pytest.raises(CannotEditError) as refused:
        edit(data, changes)
    assert refused.value.kind == kind
    assert words in str(refused.value)


def test_what_is_doubtful_stays_and_grows_no_more() -> None:
    assert changed("a: 0123\nb: 1", Set(("b",), "2")) == "a: 0123\nb: 2"
    assert changed("a: 0123", Set(("a",), "0456")) == 'a: "0456"'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("beside", ["", "  # who"])
def test_the_first_item_stands_below_the_hints(beside: str, end: str) -> None:
    head, hints, tail = f"---\naccount: A\ncontacts:{beside}\n", "  ## The customer's people.\n  # - {name: Anna Lind}\n", "tier: A\n---\n"
    before, after = f"{head}{hints}{tail}", f"{head}{hints}  - name: Dora\n{tail}"
    assert edit(before.replace("\n", end).encode(), [Insert(("contacts",), {"name": "Dora"})]) == after.replace("\n", end).encode()


MIXED = ["---", "account: A", "tier: A", "owner: kari", "contacts:", "  - name: Anna", "", "  - name: Bo", "# last", "activities: []", "---", "body"]


@given(
    st.lists(st.sampled_from(["\n", "\r\n"]), min_size=len(MIXED), max_size=len(MIXED)),
    st.sampled_from([
        Set(("potential",), "5"), Set(("company",), {"city": "Aarhus"}), Set(("contacts", 0, "title"), "Buyer"),
        Insert(("contacts",), {"name": "Dora"}), Insert(("contacts",), {"name": "Dora", "note": "a\nb"}, 0),
    ]),
)  # fmt: skip
def test_no_line_that_is_there_gets_another_end(ends: list[str], change: Change) -> None:
    before = [line + end for line, end in zip(MIXED, ends, strict=True)]
    after = edit("".join(before).encode(), [change]).decode().splitlines(keepends=True)
    moved_in = change.field == ("contacts",) and isinstance(change, Insert) and change.index == 0
    left = iter(after)
    assert all(line in left for line in before if not (moved_in and line.startswith("  - name: Anna"))), after


def test_a_new_line_ends_as_the_line_before_it() -> None:
    data = b"---\naccount: A\ntier: A\nowner: kari\r\nstatus: active\n---\n"
    assert edit(data, [Set(("deputy",), "bo")]) == data.replace(b"kari\r\n", b"kari\r\ndeputy: bo\r\n")
