"""The canonical writing of a plan holds the same, with every comment, and is canonical itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen.edit import CannotEditError
from kamgen.style import canonical
from tests import edits
from tests.test_edit import accepted, plan

Reviewed = Callable[[str, str], None]

UNTIDY = """\
---
# Our plan for Acme

tier: A   # by turnover
account:   Acme
x_code: "07"
# the goals
goals: # of this year
# one
- due: 2026-12-31
  text: >-
     More coffee

     and tea
  # who
  owner: kari


- {text: Two, owner: jens}
owner: kari
company:
      situation: |
          One
            two
          # no comment

      city: 'Oslo
           by the fjord'
      # nothing more
contacts: [
  {name: Anna}, # ours
    {name: Bo}
    ]
activities:
-
  # the first
  type: call
  date: 2026-11-30
- - odd
# the end

---
Body
"""


def test_an_untidy_plan(reviewed: Reviewed) -> None:
    reviewed("style.txt", canonical(UNTIDY.encode()).decode())


def test_line_ends_and_marks_stay() -> None:
    data = b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode()
    written = canonical(data)
    assert written == b"\xef\xbb\xbf" + canonical(UNTIDY.encode()).replace(b"\n", b"\r\n")
    assert canonical(written) == written


@pytest.mark.parametrize("data", [b"---\n---\n", b"---\n{b: 1,  a: 2}\n---", b"---\n# only\n\n\n---\n", b"---\ntier: A\n\n# end\n---\n"])
def test_what_is_left_as_it_is(data: bytes) -> None:
    assert canonical(data) == data


@pytest.mark.parametrize("front", ["? a\n: b", "a: |2\n  x\nb: 1", "a: |+\n  x\n   \n", "&a b: 1", "? a # x\n: b"])
def test_what_is_refused(front: str) -> None:
    with pytest.raises(CannotEditError):
        canonical(plan(front))


def holds(data: bytes) -> None:
    written = canonical(data)
    assert edits.held(written) == edits.held(data)
    assert written.count(b"# ") == data.count(b"# ")
    assert written.endswith(data[data.rindex(b"\n---") + 1 :])
    assert canonical(written) == written


@given(st.integers(0, 2**32))
def test_a_canonical_plan_holds_the_same(seed: int) -> None:
    chance = random.Random(seed)
    holds(edits.Writer(chance).plan(edits.tree(chance)))


def rewritten(corpora: Path, every: int = 1) -> Iterator[str]:
    for name, data in accepted(corpora, every):
        try:
            holds(data)
        except CannotEditError as refused:
            yield f"{name}: {refused}\n"


def test_files_of_the_corpora_are_rewritten(corpora: Path) -> None:
    assert list(rewritten(corpora, 31)) == []


@pytest.mark.slow
def test_every_file_of_the_corpora_is_rewritten(corpora: Path, reviewed: Reviewed) -> None:
    reviewed("style-corpora.txt", "".join(rewritten(corpora)))
