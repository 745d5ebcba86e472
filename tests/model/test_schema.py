"""The JSON Schema says what the records say: plans that are good pass it, and mistakes do not."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from kamgen.commands.schema import FILES, schema, schema_for
from kamgen.decode import CLOSING_FENCE
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.record import KEYS, keys
from kamgen.model.schema import schema_of
from kamgen.ruleset import Ruleset
from tests import filled
from tests.conftest import ROOT

RULESETS = ROOT / "kamgen" / "rulesets"
PLANS = sorted((ROOT / "plans").glob("*.md"))


class PlainLoader(yaml.SafeLoader):
    """What an editor's YAML reader sees: numbers and booleans are typed, dates stay text."""


PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plainly(text: str) -> Any:
    """YAML as plain readers take it; keys are text, as in JSON."""
    return json.loads(json.dumps(yaml.load(text, Loader=PlainLoader)))


def front_matter(text: str) -> str:
    end = CLOSING_FENCE.search(text, 3)
    assert end is not None
    return text[4 : end.start()]


@cache
def validator(part: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_for(part))


def check(part: str, data: Any) -> list[str]:
    """Where data does not fit."""
    return [error.json_path for error in validator(part).iter_errors(data)]


@pytest.mark.parametrize("part", FILES)
def test_the_schema_is_a_schema(part: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_for(part))


@pytest.mark.parametrize("file", PLANS, ids=[file.stem for file in PLANS])
def test_the_demonstration_passes(file: Any) -> None:
    assert check("plan", plainly(front_matter(file.read_text("utf-8")))) == []


def test_the_demonstration_portfolio_passes() -> None:
    assert check("portfolio", plainly((ROOT / "plans" / "portfolio.yml").read_text("utf-8"))) == []


@pytest.mark.parametrize("name", [file.stem for file in sorted(RULESETS.glob("*.yml"))])
def test_the_shipped_rule_sets_pass(name: str) -> None:
    assert check("rules", plainly((RULESETS / f"{name}.yml").read_text("utf-8"))) == []


def typed(data: Any) -> Any:
    """Text as a plain YAML reader types it."""
    if isinstance(data, dict):
        return {name: typed(value) for name, value in data.items()}
    if isinstance(data, list):
        return [typed(value) for value in data]
    return data if data == "10:00" else plainly(data)


FULL = typed(filled.record_data(Plan))


def test_a_plan_with_every_key_passes() -> None:
    assert check("plan", FULL) == []
    assert check("portfolio", typed(filled.record_data(Portfolio))) == []


def test_nothing_given_passes_where_nothing_is_required() -> None:
    nothing = {**{entry.name: None for entry in keys(Plan)}, "account": "Acme", "tier": "A", "owner": "kari"}
    assert check("plan", nothing) == []


@pytest.mark.parametrize("account", [3, True, 2.5, "Acme"])
def test_text_may_be_what_a_plain_reader_makes_of_it(account: object) -> None:
    assert check("plan", {"account": account, "tier": 1, "owner": "kari", "x_own": {"any": ["thing"]}}) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"status": "actve"}, "$.status"),
        ({"since": "2026-2-3"}, "$.since"),
        ({"potential": -1}, "$.potential"),
        ({"potential": "much"}, "$.potential"),
        ({"onwer": "kari"}, "$"),
        ({"account": None}, "$.account"),
        ({"company": {"employees": 1.5}}, "$.company"),
        ({"contacts": [{"title": "Boss"}]}, "$.contacts[0]"),
        ({"contacts": [{"name": "Anna", "wanted": 9}]}, "$.contacts[0]"),
        ({"contacts": {"name": "Anna"}}, "$.contacts"),
        ({"sales": [{"product": "x", "actual": {"this year": 3}}]}, "$.sales[0]"),
        ({"sales": [{"product": "x", "margin": {"2024": 31}}]}, "$.sales[0]"),
        ({"visibility": {"swot": "all"}}, "$.visibility.swot"),
    ],
)
def test_a_mistake_does_not_pass(change: dict[str, Any], where: str) -> None:
    assert check("plan", {**copy.deepcopy(FULL), **change}) == [where]


def test_required_keys_are_required() -> None:
    assert schema_for("plan")["required"] == ["account", "tier", "owner"]
    assert "required" not in schema_for("rules")


def test_every_record_and_key_has_its_place_and_meaning() -> None:
    for part, (record, _) in FILES.items():
        made = schema_for(part)
        shapes = {**made["$defs"], record.__name__: made}
        for cls in KEYS:
            if cls.__name__ in shapes:
                assert list(shapes[cls.__name__]["properties"]) == [entry.name for entry in keys(cls)]
                assert all(shapes[cls.__name__]["properties"][entry.name]["description"] == entry.meaning for entry in keys(cls))


def test_a_default_is_told() -> None:
    properties = schema_for("plan")["properties"]
    assert properties["status"]["default"] == "active"
    assert "default" not in properties["since"]


def test_the_names_in_a_table_are_told() -> None:
    assert schema_of(Ruleset, "rules")["$defs"]["Tier"]["properties"]["bands"]["propertyNames"] == {"enum": ["potential", "turnover", "employees"]}


@pytest.mark.parametrize("part", FILES)
def test_the_command_prints_the_same_every_time(part: str) -> None:
    runs = [CliRunner().invoke(schema, [part]) for _ in range(2)]
    assert runs[0].exit_code == 0
    assert runs[0].output == runs[1].output
    assert json.loads(runs[0].output) == schema_for(part)


def test_the_command_prints_the_plan_when_nothing_is_said() -> None:
    assert json.loads(CliRunner().invoke(schema, []).output)["title"] == "kamgen account plan"
    assert CliRunner().invoke(schema, ["other"]).exit_code == 2
