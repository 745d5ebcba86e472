"""What is known of single accounts: told once, and let go with the account."""

from __future__ import annotations

from kamgen.account import Account
from kamgen.each import Each
from kamgen.node import Document


def account(name: str) -> Account:
    path = f"plans/{name}.md"
    return Account(name, path, Document(path, "", None, "", 1, ()), None, (), None, ())


def test_it_is_told_once_for_an_account_and_again_for_another_of_that_name() -> None:
    each, acme = Each(), account("acme")
    assert [each.known("length", acme, lambda: 1), each.known("length", acme, lambda: 2), each.known("width", acme, lambda: 3)] == [1, 1, 3]
    again = account("acme")
    assert again == acme
    assert [each.known("length", again, lambda: 4), each.known("length", acme, lambda: 5)] == [4, 5]


def test_one_account_does_not_stand_for_another() -> None:
    each, acme, bravo = Each(), account("acme"), account("bravo")
    assert [each.known("length", one, lambda one=one: one.id) for one in (acme, bravo, acme)] == ["acme", "bravo", "acme"]  # type: ignore[misc]  # mypy types no lambda with a default


def test_who_is_gone_is_let_go() -> None:
    each, acme, bravo = Each(), account("acme"), account("bravo")
    for one in (acme, bravo):
        each.known("length", one, lambda: 1)
    each.settle(frozenset({bravo.path}))
    assert [each.known("length", one, lambda: 2) for one in (acme, bravo)] == [2, 1]
