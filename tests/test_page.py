"""What a page is: its address, its headings, its values, its templates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

import kamgen.pages  # noqa: F401  (importing it registers the pages)
from kamgen.page import Asset, Heading, Page, PageError, collect, headings, templates
from kamgen.site import Site
from kamgen.workspace import load
from kamgen.written import day, money, number, share
from tests.sites import PLAN, write

AS_OF = dt.date(2026, 5, 6)


@pytest.fixture
def site(tmp_path):
    plans = {
        "acme.md": PLAN,
        "north/beta.md": PLAN.replace("Acme", "beta"),
        "south/beta.md": PLAN.replace("Acme", "Beta"),
        "Übel & Söhne.md": PLAN.replace("Acme", "Übel & Söhne"),
        "index.md": PLAN.replace("Acme", "Index"),
        "lost.md": PLAN.replace("Acme", "Lost").replace("owner:", "status: lost\nstatus_reason: Closed\nowner:"),
        "broken.md": "---\naccount: [\n---\n",
    }
    return Site(load(write(tmp_path, plans), AS_OF))


def test_accounts_are_sorted_by_name(site):
    assert [account.name for account in site.accounts] == ["Acme", "beta", "Beta", "broken", "Index", "Lost", "Übel & Söhne"]


def test_two_plans_never_share_an_address(site):
    addresses = {account.path: site.address(account) for account in site.accounts}
    assert addresses == {
        "plans/acme.md": "accounts/acme.md",
        "plans/broken.md": "accounts/broken.md",
        "plans/index.md": "accounts/index-2.md",
        "plans/lost.md": "accounts/lost.md",
        "plans/north/beta.md": "accounts/beta.md",
        "plans/south/beta.md": "accounts/beta-2.md",
        "plans/Übel & Söhne.md": "accounts/account.md",
    }


def test_every_page_and_download_has_an_address_of_its_own(site):
    addresses = [part.address for part in collect(site)]
    assert len(addresses) == len(set(addresses))
    assert {"index.md", "portfolio.md", "portfolio.csv", "overdue.md", "health.md", "findings.csv", "kams/index.md"} <= set(addresses)


def test_parents_are_pages(site):
    made = [part for part in collect(site) if isinstance(part, Page)]
    assert {page.parent for page in made if page.parent} <= {page.address for page in made}


def test_downloads_say_what_their_columns_are(site):
    made = {part.address: part.make() for part in collect(site) if isinstance(part, Asset)}
    assert str(made["portfolio.csv"]).startswith("id,account,")
    assert str(made["findings.csv"]).startswith("severity,code,")


def test_who_owns_something_has_a_page_and_leaders_without_accounts_have_none(site):
    assert dict(site.kam_pages) == {"kari.nygaard": "kams/kari.nygaard.md"}


def test_a_person_named_like_the_index_gets_a_page_all_the_same(tmp_path):
    people = "people: [{id: index, name: In Dex, role: kam}]\nrules: {extends: per-person}\n"
    site = Site(load(write(tmp_path, {}, portfolio=people), AS_OF))
    assert dict(site.kam_pages) == {"index": "kams/person-index.md"}


def test_findings_are_told_by_account(site):
    broken = next(account for account in site.accounts if account.id == "broken")
    assert {diagnostic.path for diagnostic in site.findings(broken)} == {"plans/broken.md"}
    assert site.counts["plans/broken.md"]["error"] == len(site.findings(broken))
    assert site.errors == sum(1 for diagnostic in site.diagnostics if diagnostic.severity.word == "error")


def test_outlooks_begin_with_the_highest_tier(tmp_path):
    plans = {"a.md": PLAN.replace("tier: A", "tier: C"), "b.md": PLAN.replace("Acme", "Zeta").replace("tier: A", "tier: VIP")}
    site = Site(load(write(tmp_path, plans), AS_OF))
    assert [outlook.plan.tier for outlook in site.outlooks] == ["VIP", "C"]


def test_a_hidden_next_activity_still_counts(tmp_path):
    site = Site(load(write(tmp_path, {"a.md": PLAN.replace("---\n", "---\nvisibility: {activities: private}\n", 1)}), AS_OF))
    assert (site.outlooks[0].next, site.outlooks[0].has_next) == (None, True)


def test_headings_carry_their_level_and_words():
    fragment = '<h1>No</h1><h2 id="a">A <em>b</em> &amp; c</h2><p>x</p><h3 id="d" class="e">\n D\n</h3><h4 id="f">F</h4><h2>none</h2>'
    assert headings(fragment) == (Heading(2, "a", "A b &amp; c"), Heading(3, "d", "D"))


def test_values_are_written_alike():
    assert (day(dt.date(2026, 5, 6)), day(None)) == ("2026-05-06", "")
    assert (money(Decimal("1234567.5")), money(Decimal(-1200), "EUR"), money(None)) == ("1\u00a0234\u00a0568", "-1\u00a0200\u00a0EUR", "")
    shown = [share(value) for value in (Fraction(999, 1000), Fraction(1, 1000), Fraction(138, 539), Decimal("0.5"), Fraction(1), Fraction(0), None)]
    assert shown == ["99\u00a0%", "1\u00a0%", "26\u00a0%", "50\u00a0%", "100\u00a0%", "0\u00a0%", ""]
    assert (number(Decimal("1.50")), number(Decimal(100)), number(3), number(None)) == ("1.5", "100", "3", "")


def test_a_company_s_template_stands_over_ours_file_by_file(tmp_path, site):
    own = tmp_path / "templates" / "pages"
    own.mkdir(parents=True)
    (own / "kams.html").write_text("<h1>{{ site.portfolio.title }}: {{ kams | length }}</h1>")
    made = {part.address: part for part in collect(site) if isinstance(part, Page)}
    ours = templates(tmp_path / "templates", "en")
    assert ours.render(made["kams/index.md"], site, str) == "<h1>Test accounts: 1</h1>"
    assert "<h1>Overdue</h1>" in ours.render(made["overdue.md"], site, str)


@pytest.mark.parametrize("text", ["{{ missing }}", "{% if %}", "{% include 'nowhere.html' %}"])
def test_a_template_that_does_not_fit_is_named(tmp_path, site, text):
    own = tmp_path / "templates" / "pages"
    own.mkdir(parents=True)
    (own / "kams.html").write_text(text)
    made = next(part for part in collect(site) if part.address == "kams/index.md" and isinstance(part, Page))
    with pytest.raises(PageError, match=r"pages/kams\.html"):
        templates(tmp_path / "templates", "en").render(made, site, str)


@pytest.mark.parametrize(
    "line",
    [
        'phone: "+45 SECRETWORD',
        "description: likes SECRETWORD: golf",
        "background: @SECRETWORD",
        "description: *SECRETWORD",
        "description: &SECRETWORD x",
        "background: !SECRETWORD x",
        "description: {SECRETWORD, a}",
        "description: {text: a, SECRETWORD: b}",
        "interests: A #SECRETWORD",
        "descripton: SECRETWORD: x",
        "description: long\n  SECRETWORD",
    ],
)
def test_a_line_that_cannot_be_read_is_not_repeated_on_the_site(tmp_path, line):
    text = f"---\naccount: Acme\ntier: A\nowner: kari.nygaard\ncontacts:\n  - name: Anna Lind\n    {line}\n---\n"
    site = Site(load(write(tmp_path, {"acme.md": text}), AS_OF), "told by the test")
    assert site.workspace.diagnostics
    assert not [told for told in site.diagnostics if "SECRETWORD" in told.message + told.help]
