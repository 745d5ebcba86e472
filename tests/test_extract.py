"""An extract of a site: what some plans tell is what they tell in the whole, and of the others it knows where they are and no more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.extract import extract
from kamgen.near import ALIKE
from kamgen.page import Page, collect, templates
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import PLAN, write

PLANS = {
    "acme.md": PLAN,
    "bravo.md": PLAN.replace("Acme", "Bravo").replace("tier: A\n", "tier: B\nparent: acme\n"),
    "charlie.md": PLAN.replace("Acme", "Charlie").replace("kari.nygaard", "vera.lind"),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two accounts of one of us, and one of another."""
    return Site(load(write(tmp_path, PLANS), dt.date(2026, 5, 6)), "the portfolio")


def test_an_extract_tells_of_its_plans_what_the_whole_tells_and_of_others_nothing(site: Site) -> None:
    mine = tuple(outlook for outlook in site.outlooks if outlook.plan.owner == "kari.nygaard")
    some = extract(site, mine)
    assert some.rests_on == ("plans/acme.md", "plans/bravo.md")
    assert some.outlooks == mine
    assert [account.id for account in some.accounts] == [account.id for account in some.workspace.accounts] == ["acme", "bravo"]
    assert [plan.document.path for plan in some.workspace.reading.plans] == list(some.rests_on)
    assert {path: some.profiles[path] for path in some.rests_on} == {path: site.profiles[path] for path in some.rests_on}
    assert {found.path for found in some.diagnostics} == set(some.rests_on)
    assert some.findings(mine[0].account) == site.findings(mine[0].account)
    assert some.counted(mine[0].account) == site.counted(mine[0].account)
    assert some.each is site.each
    with pytest.raises(KeyError):
        some.profiles["plans/charlie.md"]


@pytest.mark.parametrize("name", sorted(ALIKE - {"source_url", "say", "name", "type_label", "address", "calendar", "webcal"}))
def test_what_is_alike_for_all_is_that_of_the_whole(site: Site, name: str) -> None:
    assert getattr(extract(site, ()), name) == getattr(site, name)


def test_every_account_has_its_address(site: Site) -> None:
    assert [extract(site, ()).address(account) for account in site.accounts] == [site.address(account) for account in site.accounts]


def test_a_page_of_few_plans_is_the_same_whatever_stands_in_the_others(tmp_path: Path) -> None:
    """The other plan keeps its name, its id, its tier and its owner: what is the same for all. Everything else in it changes."""
    other = PLANS["charlie.md"].replace("function: ceo", "function: procurement").replace("2026-05-20", "2026-05-03").replace("Autumn", "Winter")
    one, two = (
        Site(load(write(tmp_path / name, {**PLANS, "charlie.md": text}), dt.date(2026, 5, 6)))
        for name, text in (("one", PLANS["charlie.md"]), ("two", other))
    )
    shown = templates(None, "en")
    first, second = ({part.address: part for part in collect(site) if isinstance(part, Page)} for site in (one, two))
    few = [page for page in first.values() if page.rests_on is not None and "plans/charlie.md" not in page.rests_on]
    assert {page.template for page in few} >= {"kam.html", "kam-worklog.html", "board.html", "group.html", "tier.html", "account.html"}
    for page in few:
        assert page.beside == second[page.address].beside
        assert shown.render(page, one.near, str) == shown.render(second[page.address], two.near, str), page.address
