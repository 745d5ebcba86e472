"""The kinds of single values: what they take, and that the schema and the reader agree about it."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.message import plain, render
from kamgen.model import kind as kinds
from kamgen.model.kind import Scalar
from tests.filled import sample

KINDS = {name: found for name, found in vars(kinds).items() if isinstance(found, Scalar)} | {
    "CHOICE": kinds.choice("planned", "held"),
    "BELOW": kinds.number(-5, 5),
    "ANY": kinds.number(),
}
CANONICAL = {"flag": {True: "true", False: "false"}}


def written(found: Scalar, value: Any) -> str:
    """A value as a plan says it."""
    if found.name == "time":
        return f"{value:%H:%M}"
    return (
        CANONICAL["flag"][value] if found.name == "flag" else plain(value).replace(",", "") if found.name not in {"text", "prose", "link"} else value
    )


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_fits_reader_and_schema(name: str) -> None:
    found = KINDS[name]
    text = sample(found)
    found.convert(text)
    typed = json.loads(text) if re.fullmatch(r"-?[0-9.]+|true", text) and found.name not in {"text", "time", "month"} else text
    jsonschema.Draft202012Validator(found.schema).validate(typed)
    jsonschema.Draft202012Validator(found.schema).validate(None)


@pytest.mark.parametrize("name", KINDS)
@given(
    text=st.text(max_size=12)
    | st.sampled_from(["2026-05-20", "2026-05", "10:00", "true", "DKK", "0.5", "-1", "3", "a-b.c", "x_own", "held", "1e3", " 7"])
)
def test_what_is_taken_is_taken_again(name: str, text: str) -> None:
    found = KINDS[name]
    try:
        value = found.convert(text)
    except ValueError:
        return
    assert found.convert(written(found, value)) == value


@pytest.mark.parametrize("name", KINDS)
def test_every_form_has_its_words(name: str) -> None:
    assert render(KINDS[name].form)


@pytest.mark.parametrize(
    ("name", "text"),
    [("FLAG", "yes"), ("FLAG", "TRUE"), ("DATE", "1899-01-01"), ("TIME", "24:00"), ("MONTH", "2026-00"), ("ID", "a--b"), ("CUSTOM_KEY", "own")],
)
def test_refused(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        KINDS[name].convert(text)
