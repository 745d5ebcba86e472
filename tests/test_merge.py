"""Two branches of a plan: what they say together, or a conflict; never something else that can be read."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from kamgen.document import read_plan
from kamgen.merge import Outcome, merge
from kamgen.parse import as_data
from tests import merging

MARKERS = re.compile(rb"(?m)^<{7} ours\r?\n(?:.*\n)*?={7}\r?\n(?:.*\n)*?>{7} theirs\r?$")


def data_of(outcome: Outcome) -> dict[str, Any]:
    document = read_plan("", outcome.data)
    assert {problem.kind for problem in document.problems} <= {"doubtful-text"}
    assert document.root is not None
    found: dict[str, Any] = as_data(document.root)
    return found


def outcome_of(seed: int) -> str:
    """Merged, conflict, or needless conflict; anything else is wrong."""
    base, ours, theirs, expected = merging.pair(seed)
    salt, end = ("x" if seed % 10 == 0 else ""), ("\r\n" if seed % 20 == 1 else "\n")
    outcome = merge(merging.written(base), merging.written(ours, end=end), merging.written(theirs, salt))
    if outcome.clashes:
        assert MARKERS.search(outcome.data), outcome
        assert "conflict-marker" in {problem.kind for problem in read_plan("", outcome.data).problems}
        return "conflict" if expected is None else "needless"
    assert expected is not None, (seed, "valid and lossy")
    said = data_of(outcome)
    assert merging.shown(said) == merging.shown(expected), seed
    assert read_plan("", outcome.data).body.split() == "".join(expected["body"]).split(), seed
    for side in (ours, theirs):
        assert in_order(merging.order(side), merging.order(said)), seed
    assert merging.comments(expected) <= set(re.findall("# about [a-z0-9]+", outcome.data.decode())), seed
    return "merged"


def in_order(side: dict[str, list[str]], result: dict[str, list[str]]) -> bool:
    """Whether what a side has in an order the result has in that order."""
    for name, items in side.items():
        found = [item for item in items if item in result.get(name, [])]
        if len(set(found)) == len(found) and sorted(found, key=result.get(name, []).index) != found:
            return False
    return True


def outcomes(seeds: range) -> Counter[str]:
    return Counter(outcome_of(seed) for seed in seeds)


def test_generated_branches() -> None:
    found = outcomes(range(120))
    assert found["merged"] > found["needless"] * 4


@pytest.mark.slow
def test_a_thousand_generated_branches() -> None:
    found = outcomes(range(1000))
    assert found["merged"] > 400
    assert found["conflict"] > 100
    assert found["needless"] < 100
