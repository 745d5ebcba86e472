"""What a help says to add goes into the list as the file has it."""

from __future__ import annotations

import pytest

from kamgen.document import read_plan
from kamgen.pasting import fitted

ADVICE = "find the person and add to `contacts:` the item `- {name: ...}`; is there none, add to `absent_roles:` the item `- {reason: ...}`"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("contacts:\n  - {name: Anna}\n", ADVICE),
        ("contacts: [{name: Anna}]\n", ADVICE.replace("- {name", "{name")),
        ("contacts: []\nabsent_roles: [{function: it}]\n", ADVICE.replace("- {", "{")),
        ("absent_roles: [\n  {function: it},\n]\n", ADVICE.replace("- {reason", "{reason")),
        ("contacts: nobody\n", ADVICE),
    ],
)
def test_an_item_has_a_dash_where_the_list_has_them(plan: str, expected: str) -> None:
    assert fitted(ADVICE, read_plan("plans/acme.md", f"---\naccount: Acme\n{plan}---\n".encode())) == expected


def test_other_advice_stays() -> None:
    document = read_plan("plans/acme.md", b"---\ncontacts: []\n---\n")
    assert fitted("write `contacts:` (once) and on the line below it `  - {name: ...}`", document).endswith("`  - {name: ...}`")
