"""The catalogue: every entry can be said, every id that the code uses is there, and no sentence is left over."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import kamgen.diagnose
import kamgen.message
import kamgen.rules
from kamgen.diagnostic import Message
from kamgen.message import LOCALES, catalogue, has, languages, phrase, plain, render, say
from kamgen.model.block import GROUPS
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, TableOf
from kamgen.model.record import KEYS
from kamgen.parse.reference import PROBLEM_OF
from kamgen.rule import REGISTRY
from kamgen.ruleset import MEASURES
from tests.test_rules import BAD, RULES, judged

PACKAGE = LOCALES.parent
ENTRIES = catalogue("en")
ABOUT = {"id", "account", "tier", "as_of"}
"""What every message may name (kamgen.diagnose)."""


def forms(entry: str | dict[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def fields(entry: str | dict[str, str]) -> set[str]:
    return {name for form in forms(entry) for _, name, _, _ in Formatter().parse(form) if name is not None}


def entries_of(file: str) -> dict[str, str | dict[str, str]]:
    found: dict[str, str | dict[str, str]] = json.loads((LOCALES / "en" / file).read_text("utf-8"))
    return found


RULES_SAY = {name: entry for file in sorted((LOCALES / "en").glob("rules*.json")) for name, entry in entries_of(file.name).items()}
SENTENCES = {**entries_of("reader.json"), **RULES_SAY}


NODES = [node for file in sorted(PACKAGE.rglob("*.py")) for node in ast.walk(ast.parse(file.read_text("utf-8")))]
"""Everything in the code, read once."""


def calls() -> Iterator[ast.expr]:
    """The first argument of every call that takes a message id."""
    for node in NODES:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in {"say", "_say", "Message", "problem"}:
            yield from _choices(node.args[0])


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    else:
        yield node


LITERALS = {str(node.value) for node in calls() if isinstance(node, ast.Constant)}


def patterns() -> Iterator[re.Pattern[str]]:
    """Ids that are put together: the fixed parts as they are, anything between them."""
    for node in calls():
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values]
            if any(len(part) > 3 for part in parts):
                yield re.compile("".join(parts))


PATTERNS = list(patterns())
STRINGS = {node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)}
"""Every text in the code: an id may be chosen before it is said."""


@pytest.mark.parametrize("file", sorted(file.name for file in (LOCALES / "en").glob("*.json")))
def test_every_entry_can_be_said(file: str) -> None:
    for message_id, entry in entries_of(file).items():
        names = fields(entry)
        assert all(name.isidentifier() for name in names), message_id
        for n in (1, 2):
            values: dict[str, Any] = {name: f"<{name}>" for name in names} | {"n": n}
            said = say(message_id, **values)
            assert said.strip() == said, message_id
            assert said, message_id


def test_no_id_stands_in_two_files() -> None:
    files = [set(json.loads(file.read_text("utf-8"))) for file in sorted((LOCALES / "en").glob("*.json"))]
    assert sum(map(len, files)) == len(set().union(*files)) == len(ENTRIES)


def test_no_id_stands_twice_in_a_file() -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]
        return dict(pairs)

    for file in (LOCALES / "en").glob("*.json"):
        json.loads(file.read_text("utf-8"), object_pairs_hook=once)


def test_every_id_in_the_code_has_an_entry() -> None:
    assert sorted(word for word in LITERALS if not has(word)) == []


def test_every_rule_has_its_sentences() -> None:
    for found in REGISTRY.values():
        if not found.of_problems:
            for said in (found.name, *(f"{found.name}.{variant}" for variant in found.variants)):
                assert any(name == said or name.startswith(f"{said}.") for name in RULES_SAY if not name.endswith(".help")), said


def targets(kind: Kind) -> Iterator[str]:
    match kind:
        case Reference():
            yield kind.target
        case ListOf():
            yield from targets(kind.item)
        case TableOf():
            yield from targets(kind.value)
            if isinstance(kind.key, Reference):
                yield kind.key.target
        case RecordOf():
            yield from (found for key in KEYS[kind.record] for found in targets(key.kind))


TARGETS = {target for declared in KEYS.values() for key in declared for target in targets(key.kind)}


def test_every_reference_has_its_sentences() -> None:
    assert {"person", "contact", "rule", "tier", "requirement"} <= TARGETS
    for target in TARGETS:
        rule = PROBLEM_OF.get(target, f"unknown-{target}")
        sentences = [f"unknown-{target}", f"unknown-{target}.near", f"unknown-{target}.near.help", f"unknown-{target}.known", f"form.{target}"]
        assert [name for name in sentences if not has(name)] == []
        assert has(f"{rule}.help")


def parts_of_speech(name: str) -> bool:
    return name.startswith(("form.", "the-")) or name.partition(".")[0] in PARTS or name.rpartition(".")[2] in MEASURES


PARTS = {"paste", "review", "agreement", "takeover", "goal"}
"""What begins so is a part of several sentences."""


def rule_of(name: str) -> str:
    """The rule that says a sentence."""
    head = name.partition(".")[0]
    moved = {f"unknown-{target}": rule for target, rule in PROBLEM_OF.items()} | dict.fromkeys(
        ("unknown-option", "unknown-ruleset", "tier-cycle", "rule-said-twice"), "unknown-rule-or-option"
    )
    moved |= {"shared-name": "unknown-contact", "severity-fixed": "wrong-value"}
    return moved.get(head, head)


def test_every_sentence_has_advice_that_it_can_give() -> None:
    reader = entries_of("reader.json")
    for name, entry in SENTENCES.items():
        if not name.endswith(".help") and not parts_of_speech(name):
            assert rule_of(name) in REGISTRY, name
            assert has(f"{name}.help") or has(f"{rule_of(name)}.help"), name
            if not has(f"{name}.help") and name in reader:
                assert fields(reader[f"{rule_of(name)}.help"]) <= fields(entry) | ABOUT, name


def test_no_sentence_is_left_over() -> None:
    """Of the reader; help belongs to a sentence or to a rule. What the rules say is tried on their examples, below."""
    said = STRINGS | set(REGISTRY) | {f"unknown-{target}" for target in TARGETS}
    for name in entries_of("reader.json"):
        sentence = name.removesuffix(".help")
        assert sentence in said or any(pattern.fullmatch(sentence) for pattern in PATTERNS), name


def test_advice_names_only_what_its_sentence_knows() -> None:
    for name, entry in entries_of("reader.json").items():
        if name.endswith(".help"):
            head = name.removesuffix(".help")
            related = [
                fields(SENTENCES[other]) for other in SENTENCES if (other == head or other.startswith(f"{head}.")) and not other.endswith(".help")
            ]
            assert fields(entry) <= set().union(ABOUT, {"paste"}, *related), name


def test_the_examples_say_every_sentence_of_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()

    def heard(message_id: str, values: Mapping[str, object], language: str = "en") -> str:
        said.add(message_id)
        return phrase(message_id, values, language)

    monkeypatch.setattr(kamgen.diagnose, "phrase", heard)
    monkeypatch.setattr(kamgen.message, "phrase", heard)
    for number, (name, case) in enumerate(BAD):
        root = tmp_path / str(number)
        root.mkdir()
        judged(RULES / name, case, root)
    labels = {name for name in RULES_SAY if name.startswith("plan-too-long.") and name.split(".")[1] in GROUPS}
    assert set(RULES_SAY) - said - labels == set()


def test_values_as_people_read_them() -> None:
    assert [plain(value) for value in (None, dt.date(2026, 5, 6), Decimal("1234567.50"), Decimal("1E+3"), ("a", 2), ["x"], 7)] == [
        "-",
        "2026-05-06",
        "1,234,567.50",
        "1,000",
        "a, 2",
        "x",
        "7",
    ]


def test_one_and_many() -> None:
    values: dict[str, Any] = {"account": "Acme", "type": "lunch", "date": dt.date(2026, 5, 5), "contacts": "Anna"}
    assert "one day past" in say("overdue-activity", **values, n=1)
    assert "2 days past" in say("overdue-activity", **values, n=2)


def test_a_message_inside_a_message() -> None:
    inner = Message("form.choice", {"choices": ("a", "b")})
    assert render(Message("wrong-value", {"key": "x", "text": "c", "form": inner})) == 'x: "c" is not one of a, b'


def test_an_unknown_id_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say("no-such-message")
    assert not has("no-such-message")
    assert languages() == ("en",)
