"""Family 7 at its boundaries: what is a telephone number and what is not, who is kept too long, which links are safe, what hides nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamgen import markdown
from kamgen.document import read_plan
from kamgen.model.kind import LINK
from kamgen.model.plan import Plan
from kamgen.model.text import texts
from kamgen.parse import read_plan as parsed
from kamgen.telephone import SHORT_NAMES, country_of_name, country_of_zone, emails, phones
from kamgen.visibility import astray, is_shown, own_words
from kamgen.workspace import load

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = """\
time_zone: Europe/Copenhagen
people: [{id: kari, name: Kari Nygaard, role: kam}]
custom_fields: [{key: x_page, type: link}]
rules: {extends: per-account}
"""
HEAD = "---\naccount: Acme\ntier: D\nowner: kari\n"


def told(root: Path, plan: str, code: str, *, portfolio: str = PORTFOLIO) -> list[str]:
    """What is said by one rule: place, variant and field."""
    (root / "plans").mkdir(exist_ok=True)
    (root / "plans/portfolio.yml").write_text(portfolio, encoding="utf-8")
    (root / "plans/acme.md").write_text(plan, encoding="utf-8")
    return [f"{found.line}:{found.column} {found.identity[5]} {found.field}" for found in load(root, AS_OF).diagnostics if found.code == code]


def numbers(text: str, *countries: str) -> list[str]:
    return [text[start : start + 6] for start in phones(text, lambda: countries)]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("call +45 86 12 34 56.", "SE"),
        ("(+45) 8612 3456", "SE"),
        ("0045 86 12 34 56", "DK"),
        ("86 12 34 56, in the morning", "DK"),
        ("ring 86123456", "DK"),
        ("Tlf.: 22123456", "NO"),
        ("912 34 567", "NO"),
        ("08-123 456 78", "SE"),
        ("(08) 123 456 78", "SE"),
        ("0171/1234567", "DE"),
        ("(503) 555-7555", "US"),
        ("503-555-7555", "US"),
    ],
)
def test_a_telephone_number(text: str, country: str) -> None:
    assert len(numbers(text, country)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from 2026-05-06 on",
        "06-05-2026",
        "06.05.2026 10.30",
        "2024-2026",
        "20260506",
        "86123456",
        "86-12-34-56",
        "12 500 000 DKK",
        "86 123 456",
        "order 20 26 05 06",
        "CVR-nr. 27 36 19 40",
        "no. 27 36 19 40",
        "45 60 75 90 cm",
        "12 34 56 78",
        "DK50 0040 0440 1162 43",
        "4006381333931",
        "4711-0815-33",
        "A86 12 34 56",
        "86 12 34 56x",
        "+12 500 000",
        "123",
        "1.500.000,00",
    ],
)
def test_no_telephone_number(text: str) -> None:
    assert numbers(text, "DK") == []


@pytest.mark.parametrize(
    "text",
    [
        "Hon nås på 070-123 45 67",
        "Växel 08-123 456 78",
        "Rufen Sie 0171 1234567 an",
        "Rufen Sie uns an: 0171/1234567",
        "Hendes mobil er 40123456",
        "Hendes direkte nr. er 86123456",
        "direkte nr. 86123456",
        "direkte linje 86123456",
        "Træffes på 40123456",
        "Hun kan træffes om morgenen på 40123456.",
        "Reach her directly at 40123456",
        "Erreichbar unter 030 1234567",
        "040-123 4567",
    ],
)
def test_a_danish_plan_holds_numbers_of_the_neighbours_and_numbers_in_a_sentence(text: str) -> None:
    assert len(numbers(text, "DK")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "uge 20 21 22 23 lukket",
        "I ugerne 20 21 22 23",
        "Vecka 20 21 22 23",
        "35 12 45 60 kasser pr. uge",
        "35 12 45 60 flasker pr. butik",
        "35 12 45 60 pallets",
        "Målet nås på 40 12 34 56 kr",
        "Målet nås på 40.123.456 DKK",
        "nås i 2025 2026 2027",
        "08-12 2026",
        "08-12 2026 kl. 10",
        "åbent 08-16 09-17",
        "0-10 000 000",
        "artikel 0171 1234567",
        "ordre 08-123 456 78",
        "ring ordre 40123456",
        "leveres direkte 40123456",
    ],
)
def test_weeks_amounts_and_hours_are_no_numbers_of_neighbours(text: str) -> None:
    assert numbers(text, "DK") == []


def test_numbers_of_the_north_are_looked_for_in_the_north() -> None:
    assert numbers("070-123 45 67", "NO") == ["070-12"]
    assert numbers("070-123 45 67", "US") == []


def test_two_numbers_in_a_sentence_are_two() -> None:
    assert numbers("86 12 34 56. 22 12 34 56 or +45 33 12 34 56", "DK") == ["86 12 ", "22 12 ", "+45 33"]


def test_a_national_number_of_no_known_country_is_none() -> None:
    assert numbers("86 12 34 56") == []


@pytest.mark.parametrize(
    "text",
    [
        "call 070-123 45 67",
        "Call Anna on 070-123 45 67",
        "ring 5551234",
        "Tel.: 0171/1234567",
        "phone number: 0171 1234567",
        "Mobil 070 123 45 67",
        "telefon nr. 22123456",
        "mobiltelefon (08) 123 456 78",
        "tlf. 22 12 34 56 in the morning",
        "电话 13812345678",
        "电话：13812345678",
        "联系电话13812345678。",
        "手机号13812345678联系",
    ],
)
def test_the_word_before_makes_a_number_of_any_country(text: str) -> None:
    assert len(numbers(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "call 2026-05-06",
        "Call Anna on 06.05.2026",
        "call 20260506",
        "ring 2024-2026",
        "call 1 500 000",
        "calls 1200 1350 1400",
        "call 1200000 DKK",
        "call order 12345678",
        "call 123456",
        "telephones 4711 0815",
        "phone invoice no. 12345678",
    ],
)
def test_the_word_before_makes_no_number_of_something_else(text: str) -> None:
    assert numbers(text) == []


def test_a_day_is_none_though_a_numbering_plan_has_it() -> None:
    assert numbers("call 2026-05-06", "DK") == []


@given(st.text(alphabet="+()0123456789 -./abc,:@", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(text[start] in "+(0123456789" for start in phones(text, lambda: ("DK",)))
    assert all("@" in text[start:] for start in emails(text))


@pytest.mark.parametrize(("text", "count"), [("anna.lind@acme.example, b@c.dk", 2), ("@anna, kari@work 3@4", 0), ("", 0)])
def test_an_address(text: str, count: int) -> None:
    assert len(list(emails(text))) == count


def test_countries() -> None:
    assert (country_of_zone("Europe/Copenhagen"), country_of_zone("UTC")) == ("DK", None)
    assert (country_of_name("Denmark "), country_of_name("se"), country_of_name("Danmark")) == ("DK", "SE", "DK")
    assert country_of_name("Utopia") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("USA", "US"),
        ("U.S.", "US"),
        ("U.S.A.", "US"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("United Kingdom", "GB"),
        ("Great Britain", "GB"),
        ("Holland", "NL"),
        ("Korea", "KR"),
        ("South Korea", "KR"),
        ("P.R. China", "CN"),
        ("Czechia", "CZ"),
        ("UAE", "AE"),
        ("Congo (Dem. Rep.)", "CD"),
    ],
)
def test_a_country_by_its_usual_short_name(name: str, code: str) -> None:
    assert country_of_name(name) == code


def test_the_short_names_are_of_countries_and_hide_no_name() -> None:
    words = [word for words in SHORT_NAMES.values() for word in words.split("|")]
    assert all(country_of_name(code) == code for code in SHORT_NAMES)
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


NOTE = """\
activities:
  - date: 2026-03-12
    type: contact
    status: held
    note: |
      Wants fewer deliveries.
      Ask kari@acme.example
"""


def test_who_does_not_see_the_text_is_shown_nothing(tmp_path: Path) -> None:
    found = ["11:11 email activities.2026-03-12.note"]
    assert told(tmp_path, f"{HEAD}{NOTE}---\n", "KAM701") == found
    assert told(tmp_path, f"{HEAD}{NOTE}visibility: {{activities.1.note: team}}\n---\n", "KAM701") == []
    assert told(tmp_path, f"{HEAD}{NOTE}visibility: {{activities: private}}\n---\n", "KAM701") == []
    team = f"{PORTFOLIO}publish: {{audience: team}}\n"
    assert told(tmp_path, f"{HEAD}{NOTE}visibility: {{activities.1.note: team}}\n---\n", "KAM701", portfolio=team) == found


def test_fields_made_for_it_and_hidden_by_default_are_none(tmp_path: Path) -> None:
    people = "contacts: [{name: Anna Lind, email: a@acme.example, phone: '+45 86 12 34 56', background: 'Was b@acme.example'}]\n"
    links = "documents: [{title: Prices, url: 'mailto:a@acme.example'}]\n"
    assert told(tmp_path, f"{HEAD}{people}{links}---\n", "KAM701") == []


def test_the_customer_s_country_counts_too(tmp_path: Path) -> None:
    company = "company: {country: United States, situation: Anna (503) 555-7555}\n"
    assert told(tmp_path, f"{HEAD}{company}---\n", "KAM701") == ["5:51 phone company.situation"]
    assert told(tmp_path, f"{HEAD}{company.replace('country: United States, ', '')}---\n", "KAM701") == []
    assert told(tmp_path, f"{HEAD}{company.replace('United States', 'UK').replace('(503) 555-7555', '020 7183 8750')}---\n", "KAM701") != []


@pytest.mark.parametrize(("left", "activity", "count"), [("2024-05-06", "", 0), ("2024-05-05", "", 1), ("2024-05-05", "2024-05-06", 0)])
def test_the_last_day_a_person_is_kept(tmp_path: Path, left: str, activity: str, count: int) -> None:
    acts = f"activities: [{{date: {activity}, type: contact, status: held, contacts: [anna-lind], note: Said farewell}}]\n" if activity else ""
    plan = f"{HEAD}contacts: [{{name: Anna Lind, left: {left}}}, {{name: Bo Holm}}]\n{acts}---\n"
    assert len(told(tmp_path, plan, "KAM702")) == count


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a <b>x</b>", [0, 0]),
        ("a\nb<br>\nc <i>", [1, 2]),
        ("<!-- hint -->", [0]),
        ("- x\n\n  <div>\n  y\n  </div>", [2]),
        ("<https://x.dk> <a@x.dk> `<b>` 3 < 4 <3\n\n    <p>\n\n```\n<p>\n```", []),
    ],
)
def test_html(text: str, lines: list[int]) -> None:
    assert [found.line for found in markdown.raw_html(text)] == lines


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("<!--0701234567-->", "<!-- …>"),
        ("<!-- hint -->", "<!-- …>"),
        ("<p-0701234567>", "<p …>"),
        ("<T86123456>", "<T …>"),
        ("<h2-0701234567>", "<h …>"),
        ("<h20701234567>", "<h …>"),
        ("<h2>", "<h2>"),
        ("</H6>", "</H6>"),
        ("<b>", "<b>"),
        ("<div class='x'>", "<div …>"),
    ],
)
def test_of_html_only_the_name_of_the_tag_is_told(tmp_path: Path, tag: str, shown: str) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/portfolio.yml").write_text("people: [{id: kari, name: Kari, role: kam}]\nrules: {extends: per-account}\n", encoding="utf-8")
    (tmp_path / "plans/acme.md").write_text(f"---\naccount: Acme\ntier: A\nowner: kari\n---\n\nHere {tag} it is\n", encoding="utf-8")
    (found,) = (each for each in load(tmp_path, AS_OF).diagnostics if each.rule == "raw-html")
    assert f"`{shown}`" in found.message


@pytest.mark.parametrize(
    ("text", "schemes"),
    [
        ("[a](https://x.dk) <mailto:a@x.dk> [b](HTTP://x.dk)\n\n[c]: tel:+45", []),
        ("[a](JavaScript:x)", ["javascript"]),
        ("[a](java&#115;cript:x)", ["javascript"]),
        ("![a](data:image/png;base64,x)", ["data"]),
        ("<file:///x>", ["file"]),
        ("[a]\n\n[a]:\n  vbscript:x", ["vbscript", "vbscript"]),
        ("`[a](javascript:x)`", []),
        (r"[a](\\\\server\\share)", [None]),
        ("[a]()", [None]),
        ("[a](plan.md) [b](#top) [c](//x.dk)", [None, None, None]),
    ],
)
def test_links(text: str, schemes: list[str | None]) -> None:
    assert [markdown.scheme(found.words) for found in markdown.links(text)] == schemes


@pytest.mark.parametrize(("address", "scheme"), [("java\tscript:x", "javascript"), (" \x01file:x", "file"), ("C:\\x", "c"), ("www.x.dk", None)])
def test_what_browsers_leave_out_hides_no_scheme(address: str, scheme: str | None) -> None:
    assert markdown.scheme(address) == scheme


def test_links_of_the_company_s_own_keys(tmp_path: Path) -> None:
    assert told(tmp_path, f"{HEAD}x_page: javascript:x\n---\n", "KAM704") == ["5:9  x_page"]
    assert told(tmp_path, f"{HEAD}x_page: //x.dk\n---\n", "KAM704") == ["5:9 nowhere x_page"]
    assert told(tmp_path, f"{HEAD}x_page: tel:+4586123456\n---\n", "KAM704") == []


@pytest.mark.parametrize("address", ["https://", "http:", "HTTPS:///", "https://?a=1", "mailto:", "tel:"])
def test_a_beginning_alone_leads_nowhere(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, f"{HEAD}x_page: '{address}'\n---\n", "KAM704") == ["5:10 nowhere x_page"]


@pytest.mark.parametrize(
    "address", ["https://x.dk", "http://[::1]/", "https://例子.中国", "mailto:a@b.dk", "tel:1", "https://x.dk/my price list.pdf", "https://x.dk "]
)
def test_a_whole_address_leads_somewhere(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, f"{HEAD}x_page: '{address}'\n---\n", "KAM704") == []


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("havnens.dk", "https://havnens.dk"),
        ("havnens.dk/kontakt", "https://havnens.dk/kontakt"),
        ("shop.havnens.co.uk?a=1", "https://shop.havnens.co.uk?a=1"),
        ("blåbær.dk#top", "https://blåbær.dk#top"),
        ("www.havnens.dk", "https://www.havnens.dk"),
        ("//havnens.dk", "https://havnens.dk"),
        ("https:/x.example", "https://x.example"),
        ("https:x.dk/a", "https://x.dk/a"),
        ("https://x example.dk", "https://..."),
        ("https://", "https://..."),
        ("mailto:", "https://..."),
        ("offer.pdf", "https://example.org/offer.pdf"),
        ("plans/offer.PDF", "https://example.org/plans/offer.PDF"),
        ("plan.md#goals", "https://example.org/plan.md#goals"),
        ("#top", "https://example.org/#top"),
    ],
)
def test_the_whole_address_is_proposed(tmp_path: Path, address: str, whole: str) -> None:
    told(tmp_path, f"{HEAD}x_page: '{address}'\n---\n", "KAM704")
    (found,) = (each for each in load(tmp_path, AS_OF).diagnostics if each.code == "KAM704")
    assert f"`{whole}`" in found.help


def test_an_address_is_told_once_in_a_text(tmp_path: Path) -> None:
    body = "See [one](file:x), [two](file:x) and\n[three](data:y)\n"
    assert told(tmp_path, f"{HEAD}---\n{body}", "KAM704") == ["6:11  body", "7:9  body"]


def test_what_is_written_otherwise_than_it_reads_is_told_at_its_key(tmp_path: Path) -> None:
    assert told(tmp_path, f'{HEAD}value_proposition: "[x](\\u0066ile:x)"\n---\n', "KAM704") == ["5:1  value_proposition"]


LISTS = """\
contacts: [{id: bo.holm, name: Bo Holm, phone: "1", targets: {lunch: {min: 1}}}, {name: Anna Lind}]
risks: [{text: Merger}]
sales: [{product: fittings, actual: {2025: 1}}]
arrangements: [Early]
feedback: [{date: 2026-02-10, problems: [{text: Late}]}]
x_own: yes
"""


@pytest.mark.parametrize(
    "said",
    [
        "body",
        "swot",
        "company.situation",
        "swot.threats",
        "contacts.bo.holm",
        "contacts.bo.holm.phone",
        "contacts.1.phone",
        "contacts.anna-lind",
        "contacts.bo.holm.targets.lunch.min",
        "risks.1.text",
        "sales.1.actual.2025",
        "arrangements.1",
        "feedback.2026-02-10.problems.1.text",
        "x_own",
        "x_page",
    ],
)
def test_what_names_a_part_of_the_plan(said: str) -> None:
    document = read_plan("plans/acme.md", f"{HEAD}{LISTS}---\n".encode())
    assert astray(said, document, frozenset({"x_page"})) is None


@pytest.mark.parametrize(
    ("said", "sort", "within", "word"),
    [
        ("swott", "key", "", "swott"),
        ("", "key", "", ""),
        ("swot.weak", "key", "swot", "weak"),
        ("contacts.bo.holm.fone", "key", "contacts.bo.holm", "fone"),
        ("contacts.ana-lind.phone", "item", "contacts", "ana-lind"),
        ("risks.2", "item", "risks", "2"),
        ("goals.1", "item", "goals", "1"),
        ("sales.fittings", "item", "sales", "fittings"),
        ("sales.1.actual.2024", "item", "sales.1.actual", "2024"),
        ("arrangements.1.text", "part", "arrangements.1", "text"),
        ("x_own.more", "part", "x_own", "more"),
        ("x_other", "key", "", "x_other"),
    ],
)
def test_what_names_nothing(said: str, sort: str, within: str, word: str) -> None:
    document = read_plan("plans/acme.md", f"{HEAD}{LISTS}---\n".encode())
    lost = astray(said, document)
    assert lost
    assert (lost.sort, lost.within, lost.word) == (sort, within, word)
    assert ("body" in lost.known) == (sort == "key" and not within)


@pytest.mark.parametrize(
    ("said", "shown"),
    [("activities.1: private", False), ("activities.spring: team", False), ("activities.2: private", True), ("activities.1.note: site", True)],
)
def test_names_and_numbers_hide_alike(said: str, shown: bool) -> None:
    text = f"{HEAD}activities: [{{id: spring, date: 2026-05-06, type: contact, status: held, note: x}}]\nvisibility: {{{said}}}\n---\n"
    document = read_plan("plans/acme.md", text.encode())
    assert is_shown(document, ("activities", 0, "note"), own_words(document), "site") is shown


def test_the_texts_of_a_plan() -> None:
    plan, _ = parsed(read_plan("plans/acme.md", f"{HEAD}{LISTS}company: {{website: https://x.dk}}\n---\n".encode()), {})
    assert isinstance(plan, Plan)
    found = {text.field: text for text in texts(plan)}
    assert found["risks", 0, "text"].words == "Merger"
    assert found["feedback", 0, "problems", 0, "text"].words == "Late"
    assert found["company", "website"].kind is LINK
    assert ("arrangements", 0) in found
