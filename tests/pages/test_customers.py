"""White space, relationships, competitors, issues and risks, feedback and complaints: every fact by hand, over a few accounts."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import html5lib
import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen import page
from kamgen.page import Page
from kamgen.pages import relationships, tiered, whitespace
from kamgen.pages.competitors import decimal
from kamgen.site import Site
from kamgen.workspace import load
from tests.sites import write

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """\
title: Customers
currency: EUR
people:
  - {id: kari.nygaard, name: Kari Nygaard, role: kam}
  - {id: ole.berg, name: Ole Berg, role: kam}
products: [{id: fittings, label: Fittings}, {id: lamps}, {id: locks, label: Locks}]
rates: [{currency: DKK, date: 2024-01-01, rate: 0.1}]
rules: {extends: per-account, currency: EUR}
"""
PAGES = ("white-space.md", "white-space/a.md", "relationships.md", "relationships/a.md", "competitors.md", "issues.md", "feedback.md")


def plan(name: str, tier: str, owner: str, rest: str = "") -> str:
    return f"---\naccount: {name}\ntier: {tier}\nowner: {owner}\n{rest}---\n"


ALPHA = """\
sales:
  - {product: fittings, actual: {2025: 131000}, spend: 310000, potential: 180000, competitor_shares: {Beslag Nord: 0.35, others: 0.2}, status: owned}
  - {product: lamps, potential: 20000, status: competitor}
competitors: [{name: beslag  nord, how: Golf with the buyer}, {name: Lampe AS}]
contacts:
  - {name: Anna Lind, title: Buyer, function: procurement, relationship: 2, wanted: 4, our_contact: ole.berg}
  - {name: Bo Dahl, function: ceo, buying_role: decision-maker, relationship: 4, wanted: 4}
  - {name: Carl Eng, function: ceo, relationship: 1, wanted: 4}
  - {name: Dora Fog, function: ceo}
absent_roles: [{buying_role: champion}]
activities:
  - {date: 2026-03-03, type: status-meeting, status: held, contacts: [anna-lind, bo-dahl]}
issues:
  - {area: competition, text: Price pressure, next_step: Ask for the tender, owner: ole.berg, due: 2026-04-01}
  - {area: competition, text: Second supplier}
risks: [{text: New owner, severity: low, mitigation: Dinner}, {text: Bankruptcy, severity: high}, {text: Ungraded}]
feedback:
  - {date: 2025-02-01, score: 3, scale: 5, problems: [{text: Old problem}]}
  - {date: 2026-02-10, score: 8, scale: 10, source: survey, scores: {delivery: 7},
     problems: [{area: delivery, text: Late on Mondays, due: 2026-04-06}]}
complaints:
  - {date: 2026-05-01, text: Wrong colour, measure: Exchange, owner: ole.berg, due: 2026-05-20}
  - {date: 2025-01-12, text: Broken lamp}
  - {date: 2025-01-13, text: Settled thing, closed: 2025-02-01}
"""
BETA = """\
currency: DKK
sales:
  - {product: fittings, actual: {2025: 200000}, potential: 500000, competitor_shares: {Beslag Nord: 0.6}, status: owned}
  - {product: locks, status: not-eligible}
contacts: [{name: Eli Gran, function: procurement, relationship: 1, wanted: 5}]
feedback: [{date: 2024-02-10, score: 8, scale: 10}, {date: 2026-01-10, text: Fine}]
"""
PLANS = {
    "alpha.md": plan("Alpha", "A", "kari.nygaard", ALPHA),
    "beta.md": plan("Beta | <b>", "A", "ole.berg", BETA),
    "gamma.md": plan("Gamma", "A", "ole.berg"),
    "delta.md": plan("Delta", "A", "ole.berg", "currency: SEK\nsales: [{product: lamps, potential: 10, status: gap}]\n"),
    "omega.md": plan("Omega", "A", "ole.berg", f"status: lost\nstatus_reason: Closed\n{ALPHA}"),
}
Make = Callable[..., Site]


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are looked at where charts are tested; here their words and tables count."""
    monkeypatch.setattr("kamgen.chart._drawn", lambda _made: "")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    numbers = itertools.count()

    def site(plans: dict[str, str], portfolio: str = PORTFOLIO) -> Site:
        folder = tmp_path / str(next(numbers))
        return Site(load(write(folder, plans, portfolio=portfolio), AS_OF), "told by the test")

    return site


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(load(write(tmp_path_factory.mktemp("customers"), PLANS, portfolio=PORTFOLIO), AS_OF), "told by the test")


MAKERS = ("white-space", "relationships", "competitors", "issues", "feedback")


@functools.cache
def templates() -> page.Templates:
    return page.templates(None, "en")


def fragment(site: Site, address: str) -> str:
    parts = (part for name in MAKERS for part in page.MAKERS[name](site))
    made = next(part for part in parts if isinstance(part, Page) and part.address == address)
    return templates().render(made, site, lambda there: f"/{there}")


def told(site: Site, address: str) -> list[str]:
    """Every line of tables, lists and paragraphs; cells parted by ` | `."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parseFragment(fragment(site, address))
    assert parser.errors == []
    wanted = {"tr", "li", "p", "h2", "dd", "caption"}
    return [" | ".join(flat(cell) for cell in one) if one.tag == "tr" else flat(one) for one in root.iter() if one.tag in wanted]


def flat(element: object) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()  # type: ignore[attr-defined]  # html5lib has no types for its tree


def lines(site: Site, address: str, start: str) -> list[str]:
    """The lines that begin with a text."""
    return [line for line in told(site, address) if line.startswith(start)]


def test_white_space_tells_where_every_product_stands(usual: Site) -> None:
    found = told(usual, "white-space/a.md")
    assert "Alpha | Kari Nygaard | 69 0001 product not known | 33 % 1 of 3 | Owned49 000 | Competitor20 000 | Gap" in found
    assert "Beta | <b> | Ole Berg | 30 0001 product not known | 50 % 1 of 2 | Owned30 000 | Gap | Not eligible" in found
    assert "Delta | Ole Berg | no rate | 0 % 0 of 3 | Gap | Gap | Gap" not in found
    assert not any(line.startswith("Gamma |") for line in found)
    assert found[-1] == "Gamma"


def test_white_space_sums_up_and_names_the_largest_gaps(usual: Site) -> None:
    found = told(usual, "white-space.md")
    assert "White space 99 000 EUR known for 2 of 3 accounts whose plan tells of sales" in found
    assert "Penetration 25 % 2 of 8 products that customers could buy are bought" in found
    gaps = [line for line in found if re.match(r"(Alpha|Beta \| <b>|Delta) \| A \|", line)]
    assert gaps == [
        "Alpha | A | Kari Nygaard | Fittings | Owned | 49 000 | Beslag Nord 35 %, others 20 %",
        "Beta | <b> | A | Ole Berg | Fittings | Owned | 30 000 | Beslag Nord 60 %",
        "Alpha | A | Kari Nygaard | lamps | Competitor | 20 000 | –",
    ]
    assert "Fittings | 67 % 2 of 3 | 2 | 0 | 0 | 1 | 0 | 79 000not known at 1 account" in found
    assert "Locks | 0 % 0 of 2 | 0 | 0 | 0 | 2 | 1 | no potential" in found
    assert "Fittings has the most white space: 79 000 EUR" in found
    assert "lamps has the lowest penetration: 0 of 3 customers own it" in found
    assert "One key account whose plan tells of no sales" in found


def test_relationships_tell_every_required_role(usual: Site) -> None:
    rows = {line.split(" | ")[0]: line for line in told(usual, "relationships/a.md") if " | " in line}
    assert rows["Alpha"] == (
        "Alpha | Kari Nygaard | 75 % 3 of 4 | 2 | GoodBo Dahl, 4 → 4Carl Eng, 1 → 4and 1 moremet 2026-03-03 | Nobody | WeakAnna Lind, 2 → 4met "
        "2026-03-03 | GoodBo Dahl, 4 → 4met 2026-03-03 | –"
    )
    assert rows["Gamma"] == "Gamma | Ole Berg | 0 % 0 of 5 | 0 nobody met | Nobody | Nobody | Nobody | Nobody | Nobody"
    assert "Not metEli Gran, 1 → 5" in rows["Beta"]


def test_relationships_name_weak_contacts_and_single_threads(usual: Site) -> None:
    found = told(usual, "relationships.md")
    weak = [line for line in found if re.match(r"(Anna Lind|Carl Eng|Eli Gran)", line)]
    assert weak == [
        "Eli Gran | Beta | <b> | A | 1 weak | 5 trusted | not met | Ole Berg",
        "Carl Eng | Alpha | A | 1 weak | 4 strong | not met | Kari Nygaard",
        "Anna LindBuyer | Alpha | A | 2 occasional | 4 strong | 2026-03-03 | Ole Berg",
    ]
    assert "Single threads 3 of 4 key accounts" in found
    assert any(line.startswith("Gamma | A | Ole Berg | 0 | nobody met | ") for line in found)
    assert "Roles without a person 15 required, and nobody known who has them" in found


def test_a_single_thread_is_named(make: Make) -> None:
    alone = (
        "contacts: [{name: Anna Lind, title: Buyer}]\nactivities: [{date: 2026-03-03, type: status-meeting, status: held, contacts: [anna-lind]}]\n"
    )
    hidden = f"{alone}visibility: {{contacts: private}}\n"
    site = make({"one.md": plan("One", "A", "ole.berg", alone), "two.md": plan("Two", "A", "ole.berg", hidden)})
    assert lines(site, "relationships.md", "One | A")[0].startswith("One | A | Ole Berg | 1 | Anna LindBuyermet 2026-03-03")
    assert lines(site, "relationships.md", "Two | A")[0].startswith("Two | A | Ole Berg | 1 | not shown here")


def test_competitors_say_who_where_and_with_what_share(usual: Site) -> None:
    found = told(usual, "competitors.md")
    assert [line for line in found if re.match(r"(Beslag Nord|Lampe AS|others[^|]*|Not named) \|", line)] == [
        "Beslag Nord | 138 500 (38 %)",
        "Beslag Nord | 2 | Fittings | 38 % | 138 500",
        "Lampe AS | 1 | – | – | no spend",
        "otherswhom the plans do not tell apart; not counted as one | 1 | Fittings | 20 % | 62 000",
        "Not named | 1 | lamps | – | no spend",
    ]
    assert any(line.startswith("2 competitors with a name; whom nobody") for line in found)
    assert "Alpha | A | Kari Nygaard | Beslag Nord | Fittings | 35 % | 108 500 | 42 % | Golf with the buyer" in found
    assert "Beta | <b> | A | Ole Berg | Beslag Nord | Fittings | 60 % | 30 000 | 40 % | –" in found
    assert "Alpha | A | Kari Nygaard | Not named | lamps | – | no spend | – | –" in found
    assert "2 key accounts whose plans tell of no competitor" in found
    assert "?where.f.competitor=Beslag+Nord#where" in fragment(usual, "competitors.md")
    assert decimal(None) is None


def test_issues_stand_by_their_day_and_risks_by_their_gravity(usual: Site) -> None:
    found = [line for line in told(usual, "issues.md") if line.startswith("Alpha | A")]
    assert found == [
        "Alpha | A | Competition | Price pressure | Ask for the tender | Ole Berg | 2026-04-0135 days late",
        "Alpha | A | Competition | Second supplier | No next step | Kari Nygaard | –",
        "Alpha | A | High | Bankruptcy | No measure | Kari Nygaard",
        "Alpha | A | Low | New owner | Dinner | Kari Nygaard",
        "Alpha | A | – | Ungraded | No measure | Kari Nygaard",
    ]
    assert "Long-term issues 2 1 late" in told(usual, "issues.md")
    assert "Most issues concern Competition: 2 of 2" in told(usual, "issues.md")


def test_an_issue_may_have_no_area_and_be_ahead(make: Make) -> None:
    site = make({"one.md": plan("One", "A", "ole.berg", "issues: [{text: Later, due: 2026-12-01}]\n")})
    assert "not given | 1 |  |  | 1" in told(site, "issues.md")
    assert "One | A | – | Later | No next step | Ole Berg | 2026-12-01" in told(site, "issues.md")


def test_feedback_tells_scores_complaints_and_problems(usual: Site) -> None:
    found = told(usual, "feedback.md")
    assert [line for line in found if line.startswith(("Alpha | A", "Beta | <b> | A"))] == [
        "Alpha | A | 2025-01-12 | 479 days | Broken lamp | No measure | Kari Nygaard | –",
        "Alpha | A | 2026-05-01 | 5 days | Wrong colour | Exchange | Ole Berg | 2026-05-20",
        "Alpha | A | delivery | Late on Mondays | No measure | Kari Nygaard | 2026-04-0630 days late",
        "Alpha | A | Kari Nygaard | 2026-02-10survey | 80 % | – | 60 % | 80 % | delivery 7",
        "Beta | <b> | A | Ole Berg | 2026-01-10 | none in 12 months | 80 % | – | – | –",
    ]
    assert "Satisfaction 80 % the score of 1 customer in the last 12 months" in found
    assert "1 of 2 open complaints waits for more than 30 days" in found
    assert "3 key accounts without a score in the last 12 months" in found


@pytest.mark.parametrize("address", PAGES)
def test_who_left_us_and_what_is_over_is_on_no_page(usual: Site, address: str) -> None:
    words = "\n".join(told(usual, address))
    assert not any(gone in words for gone in ("Omega", "Old problem", "Settled thing"))


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_portfolio_is_told_in_words(make: Make, address: str) -> None:
    empty = [line for line in told(make({}), address) if line.startswith("No")]
    assert empty


EMPTY_TIER = {"white-space/a.md": "No plan of this tier tells of sales, or", "relationships/a.md": "No open account is in this tier."}


@pytest.mark.parametrize(("address", "words"), EMPTY_TIER.items())
def test_a_tier_without_accounts_says_so(make: Make, address: str, words: str) -> None:
    site = make({"one.md": plan("One", "B", "ole.berg")})
    assert lines(site, address, words)
    assert not any(line.startswith("A:") for line in told(site, address))


NASTY = '"<script>alert(1)</script> | {{ x }} =cmd 客户 Київ"'
HOSTILE = f"""\
sales:
  - {{product: fittings, actual: {{2025: 1}}, spend: 9, potential: 5, competitor_shares: {{{NASTY}: 0.5}}, status: owned}}
competitors: [{{name: {NASTY}, how: {NASTY}}}]
contacts: [{{id: n, name: {NASTY}, title: {NASTY}, function: ceo, relationship: 1, wanted: 3}}]
issues: [{{text: {NASTY}, next_step: {NASTY}}}]
risks: [{{text: {NASTY}, mitigation: {NASTY}}}]
feedback: [{{date: 2026-02-10, score: 8, scale: 10, source: {NASTY}, scores: {{{NASTY}: 1}}, problems: [{{area: {NASTY}, text: {NASTY}}}]}}]
complaints: [{{date: 2026-02-10, text: {NASTY}}}]
"""


@pytest.mark.parametrize("address", PAGES)
def test_names_are_only_words(make: Make, address: str) -> None:
    html = fragment(make({"one.md": plan(NASTY, "A", "ole.berg", HOSTILE)}), address)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | {{ x }} =cmd 客户 Київ" in html


HIDE = "visibility: {{{0}: private}}\n"
SECRETS = {
    "sales": ("white-space/a.md", "Owned49 000"),
    "contacts": ("relationships.md", "Anna Lind"),
    "competitors": ("competitors.md", "Golf"),
    "issues": ("issues.md", "Price pressure"),
    "risks": ("issues.md", "Bankruptcy"),
    "complaints": ("feedback.md", "Broken lamp"),
    "feedback": ("feedback.md", "Late on Mondays"),
}


@pytest.mark.parametrize(("field", "place"), SECRETS.items())
def test_what_is_hidden_is_on_no_page(make: Make, usual: Site, field: str, place: tuple[str, str]) -> None:
    address, secret = place
    assert any(secret in line for line in told(usual, address))
    site = make({"alpha.md": plan("Alpha", "A", "kari.nygaard", ALPHA + HIDE.format(field))})
    assert not any(secret in line for one in PAGES for line in told(site, one))


def test_a_hidden_product_is_not_called_a_gap(make: Make) -> None:
    site = make({"alpha.md": plan("Alpha", "A", "kari.nygaard", ALPHA + HIDE.format("sales.1"))})
    assert lines(site, "white-space/a.md", "Alpha |") == ["Alpha | Kari Nygaard | 20 000 | 0 % 0 of 1 | – | Competitor20 000 | –"]


def test_a_hidden_person_is_not_called_missing(make: Make) -> None:
    site = make({"alpha.md": plan("Alpha", "A", "kari.nygaard", ALPHA + HIDE.format("contacts"))})
    assert "Weaknot shown here" in lines(site, "relationships/a.md", "Alpha |")[0]


def test_every_role_met_and_every_product_owned_are_said(make: Make) -> None:
    people = "".join(f"  - {{name: N {n}, {sort}: {name}}}\n" for n, (sort, name) in enumerate(ALL_ROLES))
    met = ", ".join(f"n-{n}" for n in range(len(ALL_ROLES)))
    sold = "".join(f"  - {{product: {name}, status: owned}}\n" for name in ("fittings", "lamps", "locks"))
    text = f"sales:\n{sold}contacts:\n{people}activities: [{{date: 2026-03-03, type: status-meeting, status: held, contacts: [{met}]}}]\n"
    site = make({"one.md": plan("One", "A", "ole.berg", text)})
    assert "At every account somebody was met in every required role" in told(site, "relationships.md")
    assert "Every customer who could buy a product owns it" in told(site, "white-space.md")
    assert lines(site, "white-space.md", "No gap has a value yet")
    assert lines(site, "relationships.md", "At every key account we met two people or more")
    assert lines(site, "relationships.md", "Nobody is known less well than wanted")


ALL_ROLES = (
    *(("function", name) for name in ("ceo", "sales-marketing", "procurement")),
    *(("buying_role", name) for name in ("decision-maker", "champion")),
)


def test_nothing_is_eligible_anywhere(make: Make) -> None:
    sold = "".join(f"  - {{product: {name}, status: not-eligible}}\n" for name in ("fittings", "lamps", "locks"))
    site = make({"one.md": plan("One", "A", "ole.berg", f"sales:\n{sold}")})
    assert "One | Ole Berg | no sales | – | Not eligible | Not eligible | Not eligible" in told(site, "white-space/a.md")


@pytest.mark.parametrize(("address", "module"), [("white-space/a.md", whitespace), ("relationships/a.md", relationships)])
def test_rows_beyond_those_of_the_page_follow_as_data(usual: Site, monkeypatch: pytest.MonkeyPatch, address: str, module: object) -> None:
    monkeypatch.setattr(module, "ROWS", 1)
    html = fragment(usual, address)
    assert "data-kg-cut" in html
    rest = re.search(r'data-kg-rest="">(.*?)</script>', html, re.DOTALL)
    assert rest is not None
    assert "Gamma" in rest[1] or "Delta" in rest[1]
    assert "<b>" not in rest[1]


def test_the_pages_of_tiers_lie_in_their_folder(usual: Site) -> None:
    assert tiered.addresses(usual, "white-space")["A"] == "white-space/a.md"
    assert [choice.accounts for choice in tiered.choices(usual, "white-space")] == [4]
    assert decimal(Fraction(1, 4)) == Decimal("0.25")


@pytest.mark.parametrize("address", PAGES)
def test_an_id_stands_once_on_a_page(usual: Site, address: str) -> None:
    found = re.findall(r' id="([^"]+)"', fragment(usual, address))
    assert sorted(found) == sorted(set(found))
