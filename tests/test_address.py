"""Addresses of pages: no two are the same, and none stands in the place of an index."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kamgen import address
from kamgen.account import Account
from kamgen.node import Document

NAMES = st.lists(st.sampled_from(("a", "A", "a-1", "a-2", "index", "Index", "README", "readme-2", "", "/", "百")), unique=True)


def account(place: int, name: str) -> Account:
    path = f"plans/{place}.md"
    return Account(name, path, Document(path, "", None, "", 1, ()), None, (), None, ())


def test_a_name_that_is_taken_gets_a_number() -> None:
    found = address.in_folder("tiers", ("A b", "a-b", "index", "/"))
    assert list(found.values()) == ["tiers/a-b.md", "tiers/a-b-1.md", "tiers/index-1.md", "tiers/tier.md"]
    accounts = address.of_accounts(account(place, name) for place, name in enumerate(("acme", "acme", "index", "/")))
    assert [where for _, where in accounts] == ["accounts/acme.md", "accounts/acme-2.md", "accounts/index-2.md", "accounts/account.md"]


@given(NAMES)
def test_no_two_pages_share_an_address(names: list[str]) -> None:
    accounts = dict(address.of_accounts(account(place, name) for place, name in enumerate(names)))
    for found in (address.in_folder("groups", names), accounts):
        stems = {where.partition("/")[2].removesuffix(".md") for where in found.values()}
        assert len(stems) == len(found) == len(names)
        assert not stems & address.TAKEN
