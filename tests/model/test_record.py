"""Records: frozen, comparable, with keys that say what they mean."""

from __future__ import annotations

import pytest

from kamgen.model.company import Company
from kamgen.model.people import Contact
from kamgen.model.plan import CLOSED, Plan
from kamgen.model.portfolio import Person, Portfolio
from kamgen.model.record import KEYS, NOTHING, blank, keys


def test_nothing_is_an_empty_table_that_can_be_shared() -> None:
    assert dict(NOTHING) == {}
    assert len(NOTHING) == 0
    assert len({NOTHING, NOTHING}) == 1
    assert repr(NOTHING) == "{}"
    with pytest.raises(KeyError):
        NOTHING["x"]


def test_a_record_is_frozen_and_compared_by_what_it_holds() -> None:
    assert Contact(name="Anna") == Contact(name="Anna")
    with pytest.raises(AttributeError):
        setattr(Contact(name="Anna"), "name", "Vera")  # noqa: B010  (mypy knows that it is frozen)


def test_a_blank_record_has_nothing() -> None:
    assert blank(Company).history == ()
    assert blank(Company).legal_name is None


@pytest.mark.parametrize("record", list(KEYS), ids=[record.__name__ for record in KEYS])
def test_every_key_means_something_in_words(record: type) -> None:
    names = [entry.name for entry in keys(record)]
    assert len(names) == len(set(names))
    assert (record.__doc__ or "").strip()
    for entry in keys(record):
        assert len(entry.meaning) > 2, entry.name
        assert not entry.name.startswith("x_")


def test_a_key_may_be_called_otherwise_in_python() -> None:
    assert {entry.name: entry.attribute for entry in keys(Plan)}["account"] == "account"


def test_who_is_closed() -> None:
    plan = Plan(account="Acme", tier="A", owner="kari")
    assert not plan.closed
    assert all(Plan(account="Acme", tier="A", owner="kari", status=status).closed for status in CLOSED)


def test_people_are_found_by_id() -> None:
    portfolio = Portfolio(people=(Person(id="kari", name="Kari Nygaard", role="kam"),))
    assert portfolio.person("kari") == portfolio.people[0]
    assert portfolio.person(None) is None
    assert [portfolio.person_name(word) for word in ("kari", "jens", None)] == ["Kari Nygaard", "jens", ""]
