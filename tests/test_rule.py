"""What a rule is: its name, its page, its options, and how people call it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import kamgen.rules  # noqa: F401  (importing it registers the rules)
from kamgen import rule
from kamgen.diagnostic import Finding, Message, Place, Problem
from kamgen.model.plan import Plan
from kamgen.rule import INPUTS, REGISTRY, Problems


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, rule.Rule]:
    """A registry of its own, so that a test's rule stays in the test."""
    own = dict(REGISTRY)
    monkeypatch.setattr(rule, "REGISTRY", own)
    return own


def test_codes_and_names_have_their_form() -> None:
    for name, found in REGISTRY.items():
        assert re.fullmatch(r"KAM[0-9]{3}", found.code)
        assert re.fullmatch(r"[a-z]+[0-9]*(-[a-z0-9]+)*", name)
        assert found.name == name
        assert set(found.inputs) <= INPUTS
    assert len({found.code for found in REGISTRY.values()}) == len(REGISTRY)


@pytest.mark.parametrize(("name", "option"), [(name, option) for name, found in REGISTRY.items() for option in found.options])
def test_every_option_is_said_on_the_page_of_its_rule(name: str, option: str) -> None:
    assert any(f"`{option}`" in said for said in REGISTRY[name].page.values())


def test_the_rules_of_this_version() -> None:
    codes = sorted(int(found.code[3:]) for found in REGISTRY.values())
    assert {*range(1, 14), *range(101, 118), 201, 202, 203, 204, 301, 302, 303, 309, 901, 905} <= set(codes)


def test_a_function_becomes_a_rule(registry: dict[str, rule.Rule]) -> None:
    @rule.rule("KAM899", variants=("small",))
    def no_cake(plan: Plan, *, days: int = 3, strict: bool = False, at_most: int | None = None, word: str = "cake") -> Iterator[Finding]:
        """There is no cake.

        Why: people like
        cake.

        Help: bake one.
        """
        yield Finding(("care",), {"days": days, "word": word, "most": at_most, "strict": strict, "plan": plan})

    found = registry["no-cake"]
    assert found.page == {"summary": "There is no cake.", "why": "people like\ncake.", "help": "bake one."}
    assert (found.inputs, dict(found.options)) == (("plan",), {"days": 3, "strict": False, "at_most": None, "word": "cake"})
    assert {name: kind.name for name, kind in found.kinds.items()} == {"days": "whole", "strict": "flag", "at_most": "whole", "word": "text"}
    assert (found.family, found.of_problems, found.of_portfolio, found.waivable, found.gate) == (8, False, False, True, False)
    assert rule.names()["no-cake.small"] == "no-cake.small"
    assert rule.known().options["no-cake"] == found.kinds


@pytest.mark.parametrize(("code", "name"), [("KAM201", "another_name"), ("KAM898", "no_next_activity")])
@pytest.mark.usefixtures("registry")
def test_a_code_and_a_name_are_given_once(code: str, name: str) -> None:
    def check(plan: Plan) -> Iterator[Finding]:
        """Nothing.

        Why: nothing.

        Help: nothing.
        """
        yield Finding((), {"plan": plan})

    check.__name__ = name
    with pytest.raises(ValueError, match=f"{code} .* registered twice"):
        rule.rule(code)(check)


@pytest.mark.parametrize("word", ["KAM201", "kam201", "201", "no-next-activity", "No-Next-Activity"])
def test_how_people_call_a_rule(word: str) -> None:
    found = rule.find(word)
    assert found
    assert found.code == "KAM201"


def test_nothing_is_called_something_else() -> None:
    assert rule.find("KAM999") is None
    assert rule.find("") is None


def test_who_is_never_waived() -> None:
    assert not any(found.waivable for found in REGISTRY.values() if found.family in {0, 1, 9})
    assert all(found.waivable for found in REGISTRY.values() if found.family in {2, 3})


def test_problems_become_findings_of_their_kind() -> None:
    told = Problem("symlink", Place(3, 4), Message("symlink"), ("account",))
    other = Problem("not-utf8", Place(1, 1), Message("not-utf8.utf16"))
    found = list(Problems((told, other)).of("symlink"))
    assert [(entry.field, entry.place, entry.message) for entry in found] == [(("account",), Place(3, 4), Message("symlink"))]
